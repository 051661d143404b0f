//! The leaders over time as bars: in the strip over the whole run with the cursor, in the lanes of the diagram,
//! and as a thin band without text, by which a run is recognised.
//!
//! One leader is its colour, no leader a hatch, several leaders the alarm colour. Leaders beyond the sixth
//! have a pattern too.

use super::geometry::Path;
use super::geometry::{Point, Rect, Size, point};
use super::palette::{ColourTheme, LeaderStyles, Pattern};
use super::text::{Anchor, Font, Measure, Text};
use super::{Colour, Paint};
use super::{Scene, ShapeForm};
use crate::election::Term;
use crate::report::Span;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::types::Rank;

/// What the strip shows.
#[derive(Clone, Copy, Debug)]
pub struct LeaderStrip<'a> {
    /// Names are read off it.
    pub scenario: &'a Scenario,
    /// The leaders, as spans that tile the run.
    pub leading: &'a [Span<Vec<Rank>>],
    /// Each leadership with its term, by its start; nothing where the algorithm has no terms.
    pub terms: &'a [Span<(Rank, Term)>],
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
    for &Bar { left, right, leaders, .. } in &bars {
        let taller = if leaders.len() > 1 { TALLER } else { 0.0 };
        let area = Rect::new(left, top - taller, right, top + frame.height);
        bar(&mut scene, area, leaders, strip.leader_styles, frame.theme);
    }
    let now = x(strip, frame, strip.now);
    let end = frame.size.width - frame.margin;
    let veil = Rect::new(now, top - TALLER - 1.0, end, top + frame.height + 1.0);
    fill(&mut scene, veil, Paint::fill(tokens.stage).opacity(f64::from(tokens.veil) / 100.0));
    let signed = if frame.height < BAR { &[] } else { &*bars };
    for &Bar { left, right, leaders, from, to } in signed {
        let area = Rect::new(left, top, right, top + BAR);
        let sign = StripLabel {
            scenario: strip.scenario,
            leaders,
            terms: terms_of(strip.terms, leaders, from, to),
            leader_styles: strip.leader_styles,
            theme: frame.theme,
        };
        sign.draw(&mut scene, area, now, measure);
    }
    draw_knob(&mut scene, point(now, top + frame.height / 2.0), frame.theme);
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
    /// Of a single leader.
    terms: Option<String>,
    leader_styles: &'a LeaderStyles,
    theme: ColourTheme,
}

/// The terms of a single leader over a span: `t3`, or `t3 to t5` where it leads on in newer ones.
pub(crate) fn terms_of(
    terms: &[Span<(Rank, Term)>],
    leaders: &[Rank],
    from: Time,
    to: Time,
) -> Option<String> {
    let [leader] = leaders else { return None };
    let begun = &terms[..terms.partition_point(|term| term.from < to)];
    let mut led = begun.iter().filter(|term| term.to > from && term.value.0 == *leader);
    let (_, first) = led.next()?.value;
    Some(match led.next_back() {
        Some(last) => format!("t{first} to t{}", last.value.1),
        None => format!("t{first}"),
    })
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

    fn forms(&self) -> Vec<String> {
        let who = self.scenario.who_leads(self.leaders);
        let (long, least) = match self.leaders {
            [] => ("no leader".to_owned(), "none".to_owned()),
            [leader] => (who, self.scenario.called(*leader).to_string()),
            several => (who, several.len().to_string()),
        };
        let with_terms = self.terms.iter().map(|terms| format!("{long}, {terms}"));
        let mut forms: Vec<String> = with_terms.collect();
        forms.extend([long, least]);
        forms
    }

    fn on_paint(&self) -> Colour {
        on_bar(self.leaders, self.leader_styles, self.theme)
    }
}

fn draw_knob(scene: &mut Scene, at: Point, theme: ColourTheme) {
    let tokens = theme.tokens();
    let reach = BAR / 2.0 + 6.0;
    let paint = Paint::stroke(tokens.ink, 2.0);
    scene.line(point(at.x, at.y - reach), point(at.x, at.y + reach), paint);
    scene.circle(at, KNOB, Paint::both(tokens.stage, tokens.ink, 2.0));
}

/// The widest that a quiet span is drawn, as a share of the time that is not quiet.
const QUIET: f64 = 0.25;

/// The band of a run. `leading` and `quiet` ascend by time; quiet spans do not overlap.
pub fn fingerprint(
    leading: &[Span<Vec<Rank>>],
    quiet: &[(Time, Time)],
    end: Time,
    leader_styles: &LeaderStyles,
    (size, theme): (Size, ColourTheme),
) -> Scene {
    let mut scene = Scene::new(size);
    let folded = FoldedTime::new(quiet, end);
    let x = |at: Time| size.width * folded.share(at);
    for Bar { left, right, leaders, .. } in bars(leading.iter(), x) {
        let area = Rect::new(left, 0.0, right, size.height);
        bar(&mut scene, area, leaders, leader_styles, theme);
    }
    scene
}

/// Maps virtual time to the band, with quiet spans shortened.
struct FoldedTime {
    /// Each quiet span, and the time that is left out before it, in microseconds.
    quiet: Vec<(Time, Time, f64)>,
    /// The longest drawn duration of a quiet span, in microseconds.
    most: f64,
    whole: f64,
}

impl FoldedTime {
    fn new(quiet: &[(Time, Time)], end: Time) -> Self {
        let folded: u64 = quiet.iter().map(|(from, to)| to.since(*from).as_us()).sum();
        let most = end.as_us().saturating_sub(folded).max(1) as f64 * QUIET;
        let mut all = Self { quiet: Vec::with_capacity(quiet.len()), most, whole: 1.0 };
        let mut before = 0.0;
        for &(from, to) in quiet {
            all.quiet.push((from, to, before));
            before += all.left_out(from, to, to);
        }
        all.whole = all.length(end).max(f64::MIN_POSITIVE);
        all
    }

    /// The time that is left out of a quiet span up to an instant, in microseconds.
    fn left_out(&self, from: Time, to: Time, at: Time) -> f64 {
        us(from, to.min(at)) * (1.0 - (self.most / us(from, to)).min(1.0))
    }

    /// The drawn duration from the start to an instant, in microseconds.
    fn length(&self, at: Time) -> f64 {
        let place = self.quiet.partition_point(|(from, ..)| *from < at);
        let left_out = place.checked_sub(1).map_or(0.0, |place| {
            let (from, to, before) = self.quiet[place];
            before + self.left_out(from, to, at)
        });
        at.as_us() as f64 - left_out
    }

    fn share(&self, at: Time) -> f64 {
        (self.length(at) / self.whole).clamp(0.0, 1.0)
    }
}

fn us(from: Time, to: Time) -> f64 {
    to.since(from).as_us().max(1) as f64
}

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
    pub from: Time,
    pub to: Time,
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
                (last.right, last.to) = (right, span.to);
                if alarm(&span.value) > alarm(last.leaders) {
                    last.leaders = &span.value;
                }
            }
            _ => {
                let Span { from, to, value: leaders } = span;
                all.push(Bar { left, right, leaders, from: *from, to: *to });
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_stretches_are_short_and_the_rest_keeps_its_proportions() {
        let quiet = [(Time::ms(100), Time::ms(900))];
        let folded = FoldedTime::new(&quiet, Time::ms(1_000));
        // 100 ms, 50 ms for the quiet stretch, 100 ms.
        let shares = [0, 50, 100, 500, 900, 1_000].map(|at| folded.share(Time::ms(at)));
        let expected = [0.0, 0.2, 0.4, 0.5, 0.6, 1.0];
        let near = shares.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(near, "{shares:?}");
    }

    #[test]
    fn a_run_that_is_quiet_throughout_still_fills_the_band() {
        let quiet = [(Time::ZERO, Time::ms(10))];
        let folded = FoldedTime::new(&quiet, Time::ms(10));
        assert_eq!((folded.share(Time::ZERO), folded.share(Time::ms(10))), (0.0, 1.0));
    }
}
