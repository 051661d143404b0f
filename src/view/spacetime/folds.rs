//! Folds: where quiet time is left out, the diagram is torn.

use super::DiagramDrawContext;
use super::scale::ScalePiece;
use crate::view::Scene;
use crate::view::bars::fill;
use crate::view::geometry::{Point, Rect, point};
use crate::view::paint::Paint;
use crate::view::path::{Path, PathCommand};

/// How wide a fold is.
pub fn width(size: f64) -> f64 {
    if size < 480.0 { 26.0 } else { 34.0 }
}

pub fn draw(sight: &DiagramDrawContext, scene: &mut Scene) {
    for fold in sight.scale.folds() {
        draw_one(sight, fold, scene);
    }
}

fn draw_one(sight: &DiagramDrawContext, fold: ScalePiece, scene: &mut Scene) {
    // From the middle of a torn edge to the edge of the fold.
    const RIM: f64 = 8.0;
    let tokens = sight.tokens();
    let (top, foot) = (sight.rows.axis, sight.rows.foot);
    let middle = (fold.left + fold.right) / 2.0;
    let inner = (fold.right - fold.left) / 2.0 - RIM;
    // One that reaches over an edge is torn once, or only blank.
    let seen = |x: &f64| (sight.rows.left + 3.0..=sight.rows.right - 3.0).contains(x);
    let edges = [middle - inner, middle + inner];
    let tears: Vec<Path> = edges.into_iter().filter(seen).map(|x| tear(x, top, foot)).collect();
    for tear in &tears {
        scene.path(tear.clone(), Paint::stroke(tokens.stage, 6.0));
    }
    let (left, right) = (edges[0].max(sight.rows.left), edges[1].min(sight.rows.right));
    fill(scene, Rect::new(left, top - 3.0, right, foot), Paint::fill(tokens.stage));
    for tear in tears {
        scene.path(tear, Paint::stroke(tokens.line2, 1.0));
    }
}

/// A zigzag downwards.
fn tear(x: f64, top: f64, foot: f64) -> Path {
    const STEP: f64 = 7.0;
    const SWAY: f64 = 1.6;
    let at = |step: u32| -> Point {
        let side = if step.is_multiple_of(2) { -SWAY } else { SWAY };
        point(x + side, (top + STEP * f64::from(step)).min(foot))
    };
    let steps = ((foot - top) / STEP).ceil().max(1.0) as u32;
    let rest = (1..=steps).map(|step| PathCommand::Line(at(step)));
    Path::new([PathCommand::Move(at(0))].into_iter().chain(rest))
}
