//! The time axis, the line and label of the cursor, and the veil over the time after it.

use super::{CursorState, DiagramDrawContext, SMALL};
use crate::time::{Duration, Time};
use crate::view::Scene;
use crate::view::bars::fill;
use crate::view::geometry::{Rect, point};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::text::Font;

const FONT: Font = Font::new(11.0, 600);
/// The least width of the label, so that most labels are equally wide and do not jitter.
const LABEL: f64 = 60.0;
/// The button *Fit* covers the corner up to this x.
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

/// The left and right edge of the label; outside of the diagram if the playhead is not visible.
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

/// The least distance between hairlines, and between labels, in CSS pixels.
const LINES: f64 = 50.0;
const LABELS: f64 = 80.0;

pub fn draw_lines(sight: &DiagramDrawContext, scene: &mut Scene) {
    let (every, _) = steps(sight);
    let line = Paint::stroke(sight.tokens().line, 1.0);
    for at in instants(sight, every) {
        let x = sight.x(at);
        scene.line(point(x, sight.rows.axis), point(x, sight.rows.foot), line);
    }
}

/// Labels of folds come first, then those of instants that fit between them and the playhead's label.
pub fn draw_labels(sight: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    const APART: f64 = 8.0;
    let tokens = sight.tokens();
    let y = sight.rows.axis - 9.0;
    let mut taken = vec![label(sight, now)];
    let mut write = |scene: &mut Scene, words: &str, x: f64, colour, edge: f64| {
        let half = sight.measure.width(words, SMALL) / 2.0;
        let (from, to) = (x - half, x + half);
        let is_free = taken.iter().all(|&(left, right)| to + APART < left || right + APART < from);
        if is_free && from >= edge && to <= sight.frame.size.width - 2.0 {
            taken.push((from, to));
            sight.centred(scene, words, point(x, y), SMALL, Paint::fill(colour));
        }
    };
    let edge = sight.rows.left - 34.0;
    for fold in sight.scale.folds() {
        let words = format!("+{}", fold.to.since(fold.from).spoken());
        let x = (fold.left + fold.right) / 2.0;
        if sight.is_in(x) {
            write(scene, &words, x, tokens.ink2, edge);
        }
    }
    for at in instants(sight, steps(sight).1) {
        write(scene, &brief(at), sight.x(at), tokens.ink3, edge);
    }
}

/// The step between hairlines and that between labels, in microseconds.
fn steps(sight: &DiagramDrawContext) -> (u64, u64) {
    let density = sight.scale.density();
    let mut power: u64 = 1;
    loop {
        for (mantissa, finer) in [(1, 2), (2, 2), (5, 5)] {
            let label = mantissa * power;
            if label as f64 * density >= LABELS {
                let line = label / finer;
                let fits = label.is_multiple_of(finer) && line as f64 * density >= LINES;
                return (if fits { line } else { label }, label);
            }
        }
        if power > 1_000_000_000_000 {
            return (power, power);
        }
        power *= 10;
    }
}

/// The multiples of a step that are shown and not folded.
fn instants<'a>(sight: &'a DiagramDrawContext, every: u64) -> impl Iterator<Item = Time> + 'a {
    sight.scale.legs().filter(|leg| !leg.is_fold).flat_map(move |leg| {
        let shown = |x: f64| sight.scale.time(x);
        let from = leg.from.max(shown(sight.rows.left)).as_us();
        let to = leg.to.min(shown(sight.rows.right)).as_us();
        let first = from.div_ceil(every);
        (first..=to / every).map(move |step| Time::us(step * every))
    })
}

/// `100 ms`, `1.2 s`, `268.4 ms`: no more decimals than needed.
pub fn brief(at: Time) -> String {
    let us = at.as_us();
    let (unit, name, digits) = if us < 1_000_000 { (1_000, "ms", 3) } else { (1_000_000, "s", 6) };
    let (whole, rest) = (us / unit, us % unit);
    if rest == 0 {
        return format!("{whole} {name}");
    }
    let decimals = format!("{rest:0digits$}");
    format!("{whole}.{} {name}", decimals.trim_end_matches('0'))
}

/// As `brief`, rounded to the millisecond.
pub fn rounded(at: Time) -> String {
    match at.as_us() {
        1..1_000 => brief(at),
        us => brief(Duration::us((us + 500) / 1_000 * 1_000).from_start()),
    }
}
