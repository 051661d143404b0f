//! Time across the lanes: its axis, the line and label of the cursor, and the veil over the time after it; folded
//! quiet time, and how busy each lane is where events are too many to draw.

use super::model::DiagramLane;
use super::scale::ScalePiece;
use super::{CursorState, DiagramDrawContext, SMALL};
use crate::time::{Duration, Time};
use crate::view::Paint;
use crate::view::Scene;
use crate::view::geometry::{Path, PathCommand};
use crate::view::geometry::{Point, Rect, point};
use crate::view::strip::fill;
use crate::view::text::Font;
use crate::view::text::{brief, tick_step};

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
    let (label, parts) = tick_step(density, LABELS);
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
