//! Bars that show the leaders: in the leader strip and in the lanes of the diagram.
//!
//! One leader is its colour, no leader a hatch, several leaders the alarm colour. Leaders beyond the sixth
//! have a pattern too.

use super::Scene;
use super::geometry::{Rect, point};
use super::paint::{Colour, Paint};
use super::palette::{ColourTheme, LeaderStyles, Pattern};
use super::path::Path;
use crate::report::Span;
use crate::time::Time;
use crate::types::Rank;

/// Draws a bar that shows these leaders.
pub(crate) fn bar(
    scene: &mut Scene,
    area: Rect,
    leaders: &[Rank],
    leader_styles: &LeaderStyles,
    theme: ColourTheme,
) {
    let tokens = theme.tokens();
    match leaders {
        [] => {
            fill(scene, area, Paint::fill(tokens.none));
            hatch(scene, area, 7.0, Paint::stroke(tokens.ink3, 1.0).opacity(0.38));
        }
        [leader] => {
            let leader_style = leader_styles.of(*leader);
            let hue = leader_style.hue(theme);
            fill(scene, area, Paint::fill(hue.paint));
            let pattern = Paint::stroke(tokens.stage, 2.4).opacity(0.85);
            match leader_style.pattern() {
                Pattern::Plain => {}
                Pattern::Striped => hatch(scene, area, 8.5, pattern),
                Pattern::Dotted => hatch(scene, area, 8.5, pattern.dashed(1.0, 5.0).round()),
            }
            if let Some(rim) = hue.rim {
                edges(scene, area, Paint::stroke(rim, 1.0));
            }
        }
        _ => fill(scene, area, Paint::fill(tokens.alarm)),
    }
}

/// A part of a strip, and its leaders; x in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bar<'a> {
    pub left: f64,
    pub right: f64,
    pub leaders: &'a [Rank],
}

/// Spans as bars. Spans within the same pixel are merged: several leaders take precedence over none, and none
/// over one, so that no failure is hidden.
pub(crate) fn bars<'a>(
    spans: impl Iterator<Item = &'a Span<Vec<Rank>>>,
    x: impl Fn(Time) -> f64,
) -> Vec<Bar<'a>> {
    let alarm = |leaders: &[Rank]| match leaders {
        [_] => 0,
        [] => 1,
        [_, _, ..] => 2,
    };
    let mut all: Vec<Bar> = Vec::new();
    for span in spans {
        let (left, right) = (x(span.from), x(span.to));
        match all.last_mut() {
            Some(last) if right - last.left < 1.0 => {
                last.right = right;
                if alarm(&span.value) > alarm(last.leaders) {
                    last.leaders = &span.value;
                }
            }
            _ => all.push(Bar { left, right, leaders: &span.value }),
        }
    }
    all
}

/// Draws lines at 45 degrees that are `apart` CSS pixels from each other.
pub(crate) fn hatch(scene: &mut Scene, area: Rect, apart: f64, paint: Paint) {
    let height = area.max.y - area.min.y;
    let first = ((area.min.x - height) / apart).floor() * apart;
    let mut foot = first;
    let mut lines = Vec::new();
    while foot < area.max.x {
        let (from, to) = (foot.max(area.min.x), (foot + height).min(area.max.x));
        if from < to {
            let at = |x: f64| point(x, area.max.y - (x - foot));
            lines.push((at(from), at(to)));
        }
        foot += apart;
    }
    scene.path(Path::lines(lines), paint);
}

fn edges(scene: &mut Scene, area: Rect, paint: Paint) {
    let (top, foot) = (area.min.y + 0.5, area.max.y - 0.5);
    scene.line(point(area.min.x, top), point(area.max.x, top), paint);
    scene.line(point(area.min.x, foot), point(area.max.x, foot), paint);
}

pub(crate) fn fill(scene: &mut Scene, Rect { min, max }: Rect, paint: Paint) {
    if max.x > min.x {
        let corners = [min, point(max.x, min.y), max, point(min.x, max.y)];
        scene.path(Path::polygon(&corners), paint);
    }
}

/// The colour of text on a bar.
pub(crate) fn on_bar(leaders: &[Rank], leader_styles: &LeaderStyles, theme: ColourTheme) -> Colour {
    let tokens = theme.tokens();
    match leaders {
        [] => tokens.ink,
        [leader] => leader_styles.of(*leader).hue(theme).on,
        _ => tokens.on_alarm,
    }
}
