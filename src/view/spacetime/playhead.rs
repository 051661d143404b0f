//! The time axis, the line and label of the cursor, and the veil over the time after it.

use super::{CursorState, DiagramDrawContext, SMALL};
use crate::time::{Duration, Time};
use crate::view::Scene;
use crate::view::geometry::{Rect, point};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::strip::fill;
use crate::view::text::Font;
use crate::view::ticks::{self, brief};

const FONT: Font = Font::new(11.0, 600);
/// The least width of the label, so that most labels are equally wide and do not jitter.
const LABEL: f64 = 60.0;
/// The button *Fit* covers the corner up to this x.
const FIT: f64 = 40.0;

pub(crate) fn draw_future(context: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    let tokens = context.tokens();
    let left = context.x(now.at).clamp(context.rows.left, context.rows.right);
    let area =
        Rect::new(left, context.rows.axis - 3.0, context.rows.right + 0.5, context.rows.foot);
    fill(scene, area, Paint::fill(tokens.stage).opacity(f64::from(tokens.veil) / 100.0));
}

pub(crate) fn draw(context: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    let x = context.x(now.at);
    if !context.is_in(x) {
        return;
    }
    let tokens = context.tokens();
    let axis = context.rows.axis;
    scene.line(point(x, axis - 2.0), point(x, context.rows.foot), Paint::stroke(tokens.ink, 1.75));
    let (left, right) = label(context, now);
    let pill = Rect::new(left, 2.0, right, axis - 5.0);
    scene.path(Path::rounded(pill, 10.0), Paint::fill(tokens.ink));
    let foot = axis - 5.5;
    let tip = [point(x - 5.0, foot), point(x + 5.0, foot), point(x, axis + 1.0)];
    scene.path(Path::polygon(&tip), Paint::fill(tokens.ink));
    let at = point((left + right) / 2.0, axis - 9.5);
    context.centred(scene, &rounded(now.label_at), at, FONT, Paint::fill(tokens.stage));
}

/// From where to where the label reaches; nowhere if the playhead is out of context.
pub(crate) fn label(context: &DiagramDrawContext, now: &CursorState) -> (f64, f64) {
    let x = context.x(now.at);
    if !context.is_in(x) {
        return (-100.0, -100.0);
    }
    let half = LABEL.max(context.measure.width(&rounded(now.label_at), FONT) + 22.0) / 2.0;
    let least = FIT + half;
    let middle = x.clamp(least, (context.frame.size.width - half - 2.0).max(least));
    (middle - half, middle + half)
}

/// The least distance between hairlines, and between labels, in CSS pixels.
const LINES: f64 = 50.0;
const LABELS: f64 = 80.0;

pub(crate) fn draw_lines(context: &DiagramDrawContext, scene: &mut Scene) {
    let (every, _) = steps(context);
    let line = Paint::stroke(context.tokens().line, 1.0);
    for at in instants(context, every) {
        let x = context.x(at);
        scene.line(point(x, context.rows.axis), point(x, context.rows.foot), line);
    }
}

/// Folds first, then instants where there is room left between them and the playhead's label.
pub(crate) fn draw_labels(context: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    const APART: f64 = 8.0;
    let tokens = context.tokens();
    let y = context.rows.axis - 9.0;
    let mut taken = vec![label(context, now)];
    let mut write = |scene: &mut Scene, words: &str, x: f64, colour, edge: f64| {
        let half = context.measure.width(words, SMALL) / 2.0;
        let (from, to) = (x - half, x + half);
        let is_free = taken.iter().all(|&(left, right)| to + APART < left || right + APART < from);
        if is_free && from >= edge && to <= context.frame.size.width - 2.0 {
            taken.push((from, to));
            context.centred(scene, words, point(x, y), SMALL, Paint::fill(colour));
        }
    };
    let edge = FIT;
    for fold in context.scale.folds() {
        let words = format!("+{}", fold.to.since(fold.from).spoken());
        let x = (fold.left + fold.right) / 2.0;
        if context.is_in(x) {
            write(scene, &words, x, tokens.ink2, edge);
        }
    }
    for at in instants(context, steps(context).1) {
        write(scene, &brief(at), context.x(at), tokens.ink3, edge);
    }
}

/// Between hairlines, and between labels, in microseconds.
fn steps(context: &DiagramDrawContext) -> (u64, u64) {
    let density = context.scale.density();
    let (label, parts) = ticks::step(density, LABELS);
    let line = label / parts;
    let fits = label.is_multiple_of(parts) && line as f64 * density >= LINES;
    (if fits { line } else { label }, label)
}

/// Multiples of a step that are shown and not folded.
fn instants<'a>(context: &'a DiagramDrawContext, every: u64) -> impl Iterator<Item = Time> + 'a {
    context.scale.pieces().filter(|leg| !leg.is_fold).flat_map(move |leg| {
        let shown = |x: f64| context.scale.time(x);
        let from = leg.from.max(shown(context.rows.left)).as_us();
        let to = leg.to.min(shown(context.rows.right)).as_us();
        let first = from.div_ceil(every);
        (first..=to / every).map(move |step| Time::us(step * every))
    })
}

/// As `brief`, rounded to the millisecond.
pub(crate) fn rounded(at: Time) -> String {
    match at.as_us() {
        1..1_000 => brief(at),
        us => brief(Duration::us((us + 500) / 1_000 * 1_000).from_start()),
    }
}
