//! Time along the top: hairlines at round instants, labels at some of them, and how long folds are.

use super::{CursorState, DiagramDrawContext, SMALL, playhead};
use crate::time::{Duration, Time};
use crate::view::Scene;
use crate::view::geometry::point;
use crate::view::paint::Paint;

/// Hairlines are at least so far apart, and labels.
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

/// Folds first, then instants where there is room left between them and the playhead's label.
pub fn draw_labels(sight: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    const APART: f64 = 8.0;
    let tokens = sight.tokens();
    let y = sight.rows.axis - 9.0;
    let mut taken = vec![playhead::label(sight, now)];
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

/// Between hairlines, and between labels, in microseconds.
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

/// Multiples of a step that are shown and not folded.
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

/// Likewise, rounded to the millisecond.
pub fn rounded(at: Time) -> String {
    match at.as_us() {
        1..1_000 => brief(at),
        us => brief(Duration::us((us + 500) / 1_000 * 1_000).from_start()),
    }
}
