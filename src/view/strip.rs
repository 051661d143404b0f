//! The strip of leaders over the whole run, with the cursor: one leader, none, or several.
//!
//! The strip can be read without colour: spans with several leaders are three pixels taller, spans without a
//! leader are hatched.

use super::bars::{Bar, bar, bars, fill, on_bar};
use super::geometry::{Point, Rect, Size, point};
use super::paint::{Colour, Paint};
use super::palette::{ColourTheme, LeaderStyles};
use super::text::{Anchor, Font, Measure, Text};
use super::{Scene, ShapeForm};
use crate::report::Span;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::types::Rank;

/// What the strip shows.
#[derive(Clone, Copy, Debug)]
pub struct LeaderStrip<'a> {
    /// Names are read off it.
    pub scenario: &'a Scenario,
    /// Who leads, as spans that tile the run.
    pub leading: &'a [Span<Vec<Rank>>],
    pub end: Time,
    pub now: Time,
    pub leader_styles: &'a LeaderStyles,
}

/// How the strip is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripFrame {
    pub size: Size,
    pub theme: ColourTheme,
    /// The space for the knob on both sides, in CSS pixels.
    pub margin: f64,
    /// The height of a bar with one leader, in CSS pixels; bars from `BAR` on carry text.
    pub height: f64,
}

/// The height of a bar with text, in CSS pixels.
pub const BAR: f64 = 22.0;
/// The height of a bar without text, in CSS pixels.
pub const SLIM: f64 = 8.0;
const TALLER: f64 = 3.0;
const KNOB: f64 = 7.5;
const FONT: Font = Font::new(12.0, 600);

/// Draws the strip.
pub fn scene(strip: &LeaderStrip, frame: &StripFrame, measure: &dyn Measure) -> Scene {
    let mut scene = Scene::new(frame.size);
    let tokens = frame.theme.tokens();
    let top = (frame.size.height - frame.height) / 2.0;
    let bars = bars(strip.leading.iter(), |at| x(strip, frame, at));
    for &Bar { left, right, leaders } in &bars {
        let taller = if leaders.len() > 1 { TALLER } else { 0.0 };
        let area = Rect::new(left, top - taller, right, top + frame.height);
        bar(&mut scene, area, leaders, strip.leader_styles, frame.theme);
    }
    let now = x(strip, frame, strip.now);
    let end = frame.size.width - frame.margin;
    let veil = Rect::new(now, top - TALLER - 1.0, end, top + frame.height + 1.0);
    fill(&mut scene, veil, Paint::fill(tokens.stage).opacity(f64::from(tokens.veil) / 100.0));
    let signed = if frame.height < BAR { &[] } else { &*bars };
    for &Bar { left, right, leaders } in signed {
        let area = Rect::new(left, top, right, top + BAR);
        let sign = StripLabel {
            scenario: strip.scenario,
            leaders,
            leader_styles: strip.leader_styles,
            theme: frame.theme,
        };
        sign.draw(&mut scene, area, now, measure);
    }
    knob(&mut scene, point(now, top + frame.height / 2.0), frame.theme);
    scene
}

/// The instant at an x on the strip.
pub fn instant(frame: &StripFrame, end: Time, x: f64) -> Time {
    let width = (frame.size.width - 2.0 * frame.margin).max(1.0);
    let share = ((x - frame.margin) / width).clamp(0.0, 1.0);
    Time::us((end.as_us() as f64 * share).round() as u64)
}

fn x(strip: &LeaderStrip, frame: &StripFrame, at: Time) -> f64 {
    let width = frame.size.width - 2.0 * frame.margin;
    let share = at.as_us() as f64 / strip.end.as_us().max(1) as f64;
    frame.margin + width * share.min(1.0)
}

/// The text on a span.
struct StripLabel<'a> {
    scenario: &'a Scenario,
    leaders: &'a [Rank],
    leader_styles: &'a LeaderStyles,
    theme: ColourTheme,
}

impl StripLabel<'_> {
    /// Draws the longest form that fits, or none. Text left of the cursor is in the colour for its bar, later
    /// text in ink on the veil; text that the knob would cover moves to its right.
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
                // The hatch would run through the letters.
                let plate = Rect::new(start - 4.0, area.min.y, start + width + 4.0, area.max.y);
                fill(scene, plate, Paint::fill(tokens.stage));
            }
            let colour = if start < now { self.on_paint() } else { tokens.ink };
            let at = Point { x: start, y: area.max.y - 7.0 };
            let text = Text { words: form.into(), at, font: FONT, anchor: Anchor::Start };
            return scene.push(ShapeForm::Text(text), Paint::fill(colour));
        }
    }

    fn forms(&self) -> [String; 2] {
        match self.leaders {
            [] => ["no leader".to_owned(), "none".to_owned()],
            [leader] => {
                [self.scenario.who_leads(self.leaders), self.scenario.called(*leader).to_string()]
            }
            several => [self.scenario.who_leads(several), several.len().to_string()],
        }
    }

    fn on_paint(&self) -> Colour {
        on_bar(self.leaders, self.leader_styles, self.theme)
    }
}

fn knob(scene: &mut Scene, at: Point, theme: ColourTheme) {
    let tokens = theme.tokens();
    let reach = BAR / 2.0 + 6.0;
    let paint = Paint::stroke(tokens.ink, 2.0);
    scene.line(point(at.x, at.y - reach), point(at.x, at.y + reach), paint);
    scene.circle(at, KNOB, Paint::both(tokens.stage, tokens.ink, 2.0));
}
