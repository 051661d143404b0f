//! The instant that is looked at: its line, its label, and the veil over what comes after it.

use super::axis::rounded;
use super::{CursorState, DiagramDrawContext};
use crate::view::Scene;
use crate::view::bars::fill;
use crate::view::geometry::{Rect, point};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::text::Font;

const FONT: Font = Font::new(11.0, 600);
/// Most labels are as wide, so that it does not jitter.
const LABEL: f64 = 60.0;
/// The button *Fit* lies in the corner up to here.
const FIT: f64 = 40.0;

pub fn draw_veil(sight: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    let tokens = sight.tokens();
    let left = sight.x(now.at).clamp(sight.rows.left, sight.rows.right);
    let area = Rect::new(left, sight.rows.axis - 3.0, sight.rows.right + 0.5, sight.rows.foot);
    fill(scene, area, Paint::fill(tokens.stage).opacity(f64::from(tokens.veil) / 100.0));
}

pub fn draw(sight: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    let x = sight.x(now.at);
    if !sight.is_in(x) {
        return;
    }
    let tokens = sight.tokens();
    let axis = sight.rows.axis;
    scene.line(point(x, axis - 2.0), point(x, sight.rows.foot), Paint::stroke(tokens.ink, 1.75));
    let (left, right) = label(sight, now);
    let pill = Rect::new(left, 2.0, right, axis - 5.0);
    scene.path(Path::rounded(pill, 10.0), Paint::fill(tokens.ink));
    let foot = axis - 5.5;
    let tip = [point(x - 5.0, foot), point(x + 5.0, foot), point(x, axis + 1.0)];
    scene.path(Path::polygon(&tip), Paint::fill(tokens.ink));
    let at = point((left + right) / 2.0, axis - 9.5);
    sight.centred(scene, &rounded(now.said), at, FONT, Paint::fill(tokens.stage));
}

/// From where to where the label reaches; nowhere if the playhead is out of sight.
pub fn label(sight: &DiagramDrawContext, now: &CursorState) -> (f64, f64) {
    let x = sight.x(now.at);
    if !sight.is_in(x) {
        return (-100.0, -100.0);
    }
    let half = LABEL.max(sight.measure.width(&rounded(now.said), FONT) + 22.0) / 2.0;
    let least = FIT + half;
    let middle = x.clamp(least, (sight.frame.size.width - half - 2.0).max(least));
    (middle - half, middle + half)
}
