//! The strip of leaders over the whole run: one paint, none, or several; and where the cursor is.
//!
//! Height says it as well as colour: several leaders stand three pixels taller, nobody is hatched.

use super::geometry::{Point, Rect, Size, point};
use super::paint::{Colour, Paint};
use super::palette::{Liveries, Pattern, Theme};
use super::path::Path;
use super::text::{Anchor, Font, Measure, Text};
use super::{Form, Scene};
use crate::clock::Time;
use crate::report::Span;
use crate::vocabulary::{Rank, listed};

/// What the strip shows.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    /// Who leads, as spans that tile the run.
    pub leading: &'a [Span<Vec<Rank>>],
    pub end: Time,
    pub now: Time,
    pub liveries: &'a Liveries,
}

/// How it is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub size: Size,
    pub theme: Theme,
    /// Room for the knob on both sides.
    pub margin: f64,
}

const BAR: f64 = 22.0;
const TALLER: f64 = 3.0;
const KNOB: f64 = 7.5;
const FONT: Font = Font::new(12.0, 600);

pub fn scene(strip: &Strip, frame: &Frame, measure: &dyn Measure) -> Scene {
    let mut scene = Scene::new(frame.size);
    let tokens = frame.theme.tokens();
    let top = (frame.size.height - BAR) / 2.0;
    for span in strip.leading {
        let (left, right) = (x(strip, frame, span.from), x(strip, frame, span.to));
        let taller = if span.value.len() > 1 { TALLER } else { 0.0 };
        let area = Rect::new(left, top - taller, right, top + BAR);
        bar(&mut scene, area, &span.value, strip.liveries, frame.theme);
    }
    let now = x(strip, frame, strip.now);
    let end = frame.size.width - frame.margin;
    let veil = Rect::new(now, top - TALLER - 1.0, end, top + BAR + 1.0);
    fill(&mut scene, veil, Paint::fill(tokens.stage).opacity(f64::from(tokens.veil) / 100.0));
    for span in strip.leading {
        let (left, right) = (x(strip, frame, span.from), x(strip, frame, span.to));
        let area = Rect::new(left, top, right, top + BAR);
        let sign = Sign { leaders: &span.value, liveries: strip.liveries, theme: frame.theme };
        sign.draw(&mut scene, area, now, measure);
    }
    knob(&mut scene, point(now, top + BAR / 2.0), frame.theme);
    scene
}

/// The instant at a place on the strip.
pub fn instant(frame: &Frame, end: Time, x: f64) -> Time {
    let width = (frame.size.width - 2.0 * frame.margin).max(1.0);
    let share = ((x - frame.margin) / width).clamp(0.0, 1.0);
    Time::us((end.as_us() as f64 * share).round() as u64)
}

fn x(strip: &Strip, frame: &Frame, at: Time) -> f64 {
    let width = frame.size.width - 2.0 * frame.margin;
    let share = at.as_us() as f64 / strip.end.as_us().max(1) as f64;
    frame.margin + width * share.min(1.0)
}

pub(super) fn bar(
    scene: &mut Scene,
    area: Rect,
    leaders: &[Rank],
    liveries: &Liveries,
    theme: Theme,
) {
    let tokens = theme.tokens();
    match leaders {
        [] => {
            fill(scene, area, Paint::fill(tokens.none));
            hatch(scene, area, 7.0, Paint::stroke(tokens.ink3, 1.0).opacity(0.38));
        }
        [leader] => {
            let livery = liveries.of(*leader);
            let hue = livery.hue(theme);
            fill(scene, area, Paint::fill(hue.paint));
            let pattern = Paint::stroke(tokens.stage, 2.4).opacity(0.85);
            match livery.pattern() {
                Pattern::Plain => {}
                Pattern::Striped => hatch(scene, area, 8.5, pattern),
                Pattern::Dotted => hatch(scene, area, 8.5, pattern.dashed(1.0, 5.0).round()),
            }
            if theme == Theme::Light {
                // Pale paints need their edge on a white stage.
                edges(scene, area, Paint::stroke(hue.edge, 1.0));
            }
        }
        _ => fill(scene, area, Paint::fill(tokens.alarm)),
    }
}

/// Lines at 45 degrees, so far apart along the strip.
fn hatch(scene: &mut Scene, area: Rect, apart: f64, paint: Paint) {
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

fn fill(scene: &mut Scene, Rect { min, max }: Rect, paint: Paint) {
    if max.x > min.x {
        let corners = [min, point(max.x, min.y), max, point(min.x, max.y)];
        scene.path(Path::polygon(&corners), paint);
    }
}

/// The words on a span.
struct Sign<'a> {
    leaders: &'a [Rank],
    liveries: &'a Liveries,
    theme: Theme,
}

impl Sign<'_> {
    /// Past words stand on their paint, later ones on the veil; where the knob would cover them they
    /// move to its right. The longest of the forms that fits, or none.
    fn draw(&self, scene: &mut Scene, area: Rect, now: f64, measure: &dyn Measure) {
        const PADDING: f64 = 8.0;
        for form in self.forms() {
            let width = measure.width(&form, FONT);
            let start = area.min.x + PADDING;
            let is_covered = start - KNOB - 4.0 < now && now < start + width + KNOB;
            let start = if is_covered { now + KNOB + PADDING } else { start };
            if start + width + PADDING > area.max.x {
                continue;
            }
            let tokens = self.theme.tokens();
            if self.leaders.is_empty() {
                // A hatch would run through the letters.
                let plate = Rect::new(start - 4.0, area.min.y, start + width + 4.0, area.max.y);
                fill(scene, plate, Paint::fill(tokens.stage));
            }
            let colour = if start < now { self.on_paint() } else { tokens.ink };
            let at = Point { x: start, y: area.max.y - 7.0 };
            let text = Text { words: form.into(), at, font: FONT, anchor: Anchor::Start };
            return scene.push(Form::Text(text), Paint::fill(colour));
        }
    }

    fn forms(&self) -> [String; 2] {
        match self.leaders {
            [] => ["no leader".to_owned(), "none".to_owned()],
            [leader] => [format!("{leader} leads"), leader.to_string()],
            several => [format!("{} lead", listed(several)), several.len().to_string()],
        }
    }

    fn on_paint(&self) -> Colour {
        let tokens = self.theme.tokens();
        match self.leaders {
            [] => tokens.ink,
            [leader] => self.liveries.of(*leader).hue(self.theme).on,
            _ => tokens.on_alarm,
        }
    }
}

fn knob(scene: &mut Scene, at: Point, theme: Theme) {
    let tokens = theme.tokens();
    let reach = BAR / 2.0 + 6.0;
    let paint = Paint::stroke(tokens.ink, 2.0);
    scene.line(point(at.x, at.y - reach), point(at.x, at.y + reach), paint);
    scene.circle(at, KNOB, Paint::both(tokens.stage, tokens.ink, 2.0));
}
