//! Folded quiet time, and how busy each lane is where events are too many to draw.

use super::DiagramDrawContext;
use super::model::DiagramLane;
use super::scale::ScalePiece;
use crate::view::Scene;
use crate::view::geometry::{Point, Rect, point};
use crate::view::paint::Paint;
use crate::view::path::{Path, PathCommand};
use crate::view::strip::fill;

/// The width of a fold in a diagram of this width, in CSS pixels.
pub fn width(size: f64) -> f64 {
    if size < 480.0 { 26.0 } else { 34.0 }
}

pub(crate) fn draw_folds(context: &DiagramDrawContext, scene: &mut Scene) {
    for fold in context.scale.folds() {
        draw_one(context, fold, scene);
    }
}

fn draw_one(context: &DiagramDrawContext, fold: ScalePiece, scene: &mut Scene) {
    // From the middle of a torn edge to the edge of the fold.
    const RIM: f64 = 8.0;
    let tokens = context.tokens();
    let (top, foot) = (context.rows.axis, context.rows.foot);
    let middle = (fold.left + fold.right) / 2.0;
    let inner = (fold.right - fold.left) / 2.0 - RIM;
    // One that reaches over an edge is torn once, or only blank.
    let seen = |x: &f64| (context.rows.left + 3.0..=context.rows.right - 3.0).contains(x);
    let edges = [middle - inner, middle + inner];
    let zigzags: Vec<Path> = edges.into_iter().filter(seen).map(|x| zigzag(x, top, foot)).collect();
    for zigzag in &zigzags {
        scene.path(zigzag.clone(), Paint::stroke(tokens.stage, 6.0));
    }
    let (left, right) = (edges[0].max(context.rows.left), edges[1].min(context.rows.right));
    fill(scene, Rect::new(left, top - 3.0, right, foot), Paint::fill(tokens.stage));
    for zigzag in zigzags {
        scene.path(zigzag, Paint::stroke(tokens.line2, 1.0));
    }
}

/// A vertical zigzag.
fn zigzag(x: f64, top: f64, foot: f64) -> Path {
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

/// The number of messages in a pixel above which a step begins, and the opacity of the step.
const STEPS: [(f64, f64); 4] = [(0.0, 0.28), (1.5, 0.45), (4.0, 0.65), (12.0, 0.9)];

pub(crate) fn draw_busy(context: &DiagramDrawContext, scene: &mut Scene) {
    for (place, lane) in context.record.lanes.iter().enumerate() {
        let y = context.rows.lane(place);
        if context.rows.is_seen(y) {
            draw_lane(context, lane, y, scene);
        }
    }
}

fn draw_lane(context: &DiagramDrawContext, lane: &DiagramLane, y: f64, scene: &mut Scene) {
    let rows = &context.rows;
    let top = y + context.reach_of_rails();
    let foot = (top + 7.0).min(y + rows.pitch / 2.0).max(top + 0.75);
    let top = (top + 1.0).min(foot - 0.75);
    let columns = columns(context, lane);
    for (step, &(_, alpha)) in STEPS.iter().enumerate() {
        let commands = runs(&columns, step).flat_map(|(from, to)| {
            let x = |column: usize| rows.left + column as f64;
            boxed(Rect::new(x(from), top, x(to), foot))
        });
        let path = Path::new(commands);
        if !path.0.is_empty() {
            scene.path(path, Paint::fill(context.tokens().ink).opacity(alpha));
        }
    }
}

/// How many messages there are in each pixel.
fn columns(context: &DiagramDrawContext, lane: &DiagramLane) -> Vec<f64> {
    let left = context.rows.left;
    let mut columns = vec![0.0; (context.rows.right - left).ceil().max(1.0) as usize];
    let last = columns.len() - 1;
    for busy in &lane.busy {
        let (from, to) = (context.x(busy.from) - left, context.x(busy.to) - left);
        if to < 0.0 || from > last as f64 {
            continue;
        }
        let (first, end) = (from.max(0.0) as usize, (to.max(0.0) as usize).min(last));
        let share = f64::from(busy.count) / (end - first + 1) as f64;
        columns[first..=end].iter_mut().for_each(|column| *column += share);
    }
    columns
}

/// Ranges of adjacent pixels whose opacity is that of a step.
fn runs(columns: &[f64], step: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let is = move |count: f64| {
        let darkest = STEPS.iter().rposition(|&(least, _)| count > least);
        darkest == Some(step)
    };
    let mut next = 0;
    std::iter::from_fn(move || {
        let from = next + columns[next..].iter().position(|&count| is(count))?;
        let length = columns[from..].iter().position(|&count| !is(count));
        next = length.map_or(columns.len(), |length| from + length);
        Some((from, next))
    })
}

fn boxed(Rect { min, max }: Rect) -> [PathCommand; 5] {
    [
        PathCommand::Move(min),
        PathCommand::Line(point(max.x, min.y)),
        PathCommand::Line(max),
        PathCommand::Line(point(min.x, max.y)),
        PathCommand::Close,
    ]
}
