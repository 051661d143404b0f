//! One setting: the percentiles of the time without a leader above, elections without need below, one axis under
//! both. Numbers are joined by lines and a band; words stand apart, so each has a range of its own.

use super::axis::{TimeAxis, ValueAxis};
use super::drawing::{ChartDrawing, HEADING, Label, SMALL, STRONG};
use super::{ChartFrame, ChartModel, spoken};
use crate::narration;
use crate::sweep::{Distribution, Measure, RunValue};
use crate::view::geometry::{Point, Rect, point};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::strip::fill;
use crate::view::text::Anchor;

/// Left of the plots for the times, right of them for the names of the lines.
const LEFT: f64 = 53.0;
const RIGHT: f64 = 98.0;
/// Above the upper plot: the heading, and the row of the pill.
const TOP: f64 = 52.0;
const PILL: f64 = 34.0;
/// Between the plots, with the heading of the lower one.
const BETWEEN: f64 = 68.0;
const BARS: f64 = 108.0;
/// Below this height of the chart, bars are lower.
const HIGH: f64 = 480.0;
const LOW_BARS: f64 = 64.0;
/// Below the lower plot: one row of labels, or two.
const FOOT: f64 = 22.0;
const WORDS_FOOT: f64 = 36.0;
/// The width of a bar, at most, and of a range.
const BAR: f64 = 14.0;
/// Between the labels of lines.
const LINES: f64 = 14.0;

/// What is drawn of a value.
struct Column<'a> {
    place: usize,
    x: f64,
    times: Option<&'a Distribution>,
    /// How many of 100 runs elect without need; none before a run is done.
    needless: Option<f64>,
}

struct Bands<'a> {
    model: &'a ChartModel<'a>,
    axis: ValueAxis,
    times: TimeAxis,
    columns: Vec<Column<'a>>,
    /// The plot of the times, and that of the bars.
    upper: Rect,
    lower: Rect,
    own: Option<usize>,
    hovered: Option<usize>,
}

/// Draws the chart and returns the area of each value.
pub(super) fn draw(
    drawing: &mut ChartDrawing,
    model: &ChartModel,
    frame: &ChartFrame,
) -> Vec<(usize, Rect)> {
    let Some(bands) = Bands::new(model, frame) else { return Vec::new() };
    bands.times.draw(drawing, bands.upper.min.x, bands.upper.max.x);
    bands.draw_shares(drawing);
    bands.draw_marks(drawing);
    let lines = bands.draw_values(drawing);
    bands.draw_headings(drawing, &lines);
    bands.draw_line_names(drawing);
    bands.draw_figures(drawing);
    bands.draw_limit(drawing);
    let strong: Vec<usize> = [bands.own, bands.hovered].into_iter().flatten().collect();
    bands.axis.draw(drawing, bands.lower.max.y, &strong);
    let plots = Rect::new(0.0, PILL - 12.0, frame.size.width, frame.size.height);
    bands.axis.areas(plots)
}

impl<'a> Bands<'a> {
    fn new(model: &'a ChartModel<'a>, frame: &ChartFrame) -> Option<Self> {
        let (left, right) = (LEFT, (frame.size.width - RIGHT).max(LEFT + 60.0));
        let axis = ValueAxis::new(model.question, left, right)?;
        let bars = if frame.size.height < HIGH { LOW_BARS } else { BARS };
        let foot = frame.size.height - if axis.is_words { WORDS_FOOT } else { FOOT };
        let lower = Rect::new(left, foot - bars, right, foot);
        let upper = Rect::new(left, TOP, right, (lower.min.y - BETWEEN).max(TOP + 40.0));
        let columns = axis.values.iter().enumerate().map(|(place, (_, x))| Column {
            place,
            x: *x,
            times: model.times(place),
            needless: model
                .cell(place)
                .map(|cell| f64::from(cell.needless) * 100.0 / f64::from(cell.runs)),
        });
        let columns: Vec<Column> = columns.collect();
        let all = columns.iter().filter_map(|column| column.times);
        let all = all.flat_map(|times| [times.median, times.p90, times.p99]);
        let limit = model.limit().map(|(_, limit)| limit.as_us());
        let times = TimeAxis::new(upper, all, limit);
        let own = model.question.own_cell();
        let hovered = frame.hovered.filter(|&cell| cell < columns.len() && own != Some(cell));
        Some(Self { model, axis, times, columns, upper, lower, own, hovered })
    }

    fn limit(&self) -> Option<u64> {
        let limit = self.model.limit().map(|(_, limit)| limit.as_us());
        limit.filter(|&limit| self.times.has(limit))
    }

    fn at(&self, column: &Column, value: RunValue) -> Point {
        point(column.x, self.times.y(value))
    }

    /// Neighbours of which both have run.
    fn neighbours(&self) -> impl Iterator<Item = [(&Column<'a>, &'a Distribution); 2]> {
        let pairs = self.columns.windows(2);
        pairs.filter_map(|pair| Some([(&pair[0], pair[0].times?), (&pair[1], pair[1].times?)]))
    }

    /// Percentiles: lines and a band, or a range for each word.
    fn draw_marks(&self, drawing: &mut ChartDrawing) {
        let tokens = drawing.tokens;
        let band = Paint::fill(tokens.ink).opacity(0.16);
        let median = Paint::stroke(tokens.ink, 2.25).round();
        if self.axis.is_words {
            for (column, times) in self.columns.iter().filter_map(|it| Some((it, it.times?))) {
                let at = |value| self.at(column, value);
                let (low, high) = (at(times.median), at(times.p90));
                let half = BAR / 2.0;
                let area = Rect::new(low.x - half, high.y, low.x + half, low.y);
                fill(&mut drawing.scene, area, band);
                let upper = at(times.p99);
                self.draw_upper_line(drawing, [(column, times.p90), (column, times.p99)]);
                if !self.model.exceeds(times.p99) {
                    let cap = point(half / 2.0, 0.0);
                    drawing.scene.line(upper - cap, upper + cap, Paint::stroke(tokens.ink, 1.0));
                }
                let cap = point(half, 0.0);
                drawing.scene.line(low - cap, low + cap, median);
            }
        } else {
            for [(left, low), (right, high)] in self.neighbours() {
                let corners = [
                    self.at(left, low.median),
                    self.at(left, low.p90),
                    self.at(right, high.p90),
                    self.at(right, high.median),
                ];
                drawing.scene.path(Path::polygon(&corners), band);
            }
            for [(left, low), (right, high)] in self.neighbours() {
                self.draw_upper_line(drawing, [(left, low.p99), (right, high.p99)]);
                drawing.scene.line(self.at(left, low.median), self.at(right, high.median), median);
            }
            self.draw_lonely(drawing);
        }
        let cross = Paint::stroke(tokens.alarm_text, 1.5);
        for (column, times) in self.columns.iter().filter_map(|it| Some((it, it.times?))) {
            if self.model.exceeds(times.p99) {
                let at = self.at(column, times.p99);
                let arms = [point(2.5, 2.5), point(2.5, -2.5)];
                let lines = arms.map(|arm| (at - arm, at + arm));
                drawing.scene.path(Path::lines(lines), cross);
            }
        }
    }

    /// A piece of the line of 99 runs: from where it exceeds what is expected it is an alarm.
    fn draw_upper_line(&self, drawing: &mut ChartDrawing, ends: [(&Column, RunValue); 2]) {
        let tokens = drawing.tokens;
        let (calm, alarm) = (Paint::stroke(tokens.ink, 1.0), Paint::stroke(tokens.alarm_text, 1.5));
        let [from, to] = ends.map(|(column, value)| self.at(column, value));
        let limit = self.model.limit().map(|(_, limit)| self.times.y(RunValue::Of(limit.as_us())));
        let crossing = limit.map(|y| from.towards(to, (y - from.y) / (to.y - from.y)));
        match (ends.map(|(_, value)| self.model.exceeds(value)), crossing) {
            ([false, false], _) => drawing.scene.line(from, to, calm),
            ([true, true], _) | (_, None) => drawing.scene.line(from, to, alarm),
            ([false, true], Some(at)) => {
                drawing.scene.line(from, at, calm);
                drawing.scene.line(at, to, alarm);
            }
            ([true, false], Some(at)) => {
                drawing.scene.line(from, at, alarm);
                drawing.scene.line(at, to, calm);
            }
        }
    }

    /// A value of which no neighbour has run has no line, so it has points.
    fn draw_lonely(&self, drawing: &mut ChartDrawing) {
        let joined: Vec<usize> =
            self.neighbours().flat_map(|pair| pair.map(|(column, _)| column.place)).collect();
        let ink = Paint::fill(drawing.tokens.ink);
        for column in self.columns.iter().filter(|column| !joined.contains(&column.place)) {
            let Some(times) = column.times else { continue };
            drawing.scene.circle(self.at(column, times.median), 2.25, ink);
            drawing.scene.circle(self.at(column, times.p99), 1.25, ink);
        }
    }

    /// The bars, and the hairlines of none and all runs.
    fn draw_shares(&self, drawing: &mut ChartDrawing) {
        let Rect { min, max } = self.lower;
        let (line, ink3) = (Paint::stroke(drawing.tokens.line, 1.0), drawing.tokens.ink3);
        for (words, y) in [("100", min.y), ("0", max.y)] {
            drawing.scene.line(point(min.x, y), point(max.x, y), line);
            let label = Label { words, font: SMALL, colour: ink3 };
            drawing.label(&label, &[(point(min.x - 8.0, y + 4.0), Anchor::End)]);
        }
        let half = BAR.min(self.axis.pitch() * 0.7) / 2.0;
        let bar = Paint::fill(drawing.tokens.ink2);
        for column in &self.columns {
            let Some(share) = column.needless.filter(|share| *share > 0.0) else { continue };
            let area = Rect::new(column.x - half, self.bar(share), column.x + half, max.y);
            fill(&mut drawing.scene, area, bar);
        }
    }

    /// The y of a share of 100 runs; what is not nothing is seen.
    fn bar(&self, share: f64) -> f64 {
        let Rect { min, max } = self.lower;
        let height = share / 100.0 * (max.y - min.y);
        max.y - if share > 0.0 { height.max(1.0) } else { 0.0 }
    }

    /// The lines of the own and the hovered value with what is written above them; returns the x of the own line.
    fn draw_values(&self, drawing: &mut ChartDrawing) -> Vec<f64> {
        let tokens = drawing.tokens;
        let foot = |x: f64| {
            let column = self.columns.iter().find(|column| column.x == x);
            let share = column.and_then(|column| column.needless);
            share.map_or(self.lower.max.y, |share| (self.bar(share) - 20.0).max(self.upper.max.y))
        };
        let mut lines = Vec::new();
        if let Some(column) = self.hovered.and_then(|place| self.columns.get(place)) {
            let line = Paint::stroke(tokens.ink2, 1.5).dashed(2.0, 3.0);
            let head = point(column.x, PILL + 8.0);
            drawing.scene.line(head, point(column.x, foot(column.x)), line);
        }
        if let Some(x) = self.axis.own {
            lines.push(x);
            let line = Paint::stroke(tokens.ink, 1.5);
            drawing.scene.line(point(x, PILL), point(x, foot(x)), line);
            let words = match self.axis.is_words {
                true => "yours".to_owned(),
                false => format!("yours {}", self.axis.own_words(self.model.question)),
            };
            let pill = drawing.pill(&words, point(x, PILL));
            self.draw_hovered_name(drawing, Some(pill));
        } else {
            self.draw_hovered_name(drawing, None);
        }
        for place in [self.own, self.hovered].into_iter().flatten() {
            let Some(column) = self.columns.get(place) else { continue };
            let ring = Paint::both(tokens.stage, tokens.ink, 1.5);
            for value in column.times.into_iter().flat_map(|times| [times.median, times.p99]) {
                drawing.scene.circle(self.at(column, value), 3.5, ring);
            }
        }
        lines
    }

    fn draw_hovered_name(&self, drawing: &mut ChartDrawing, pill: Option<Rect>) {
        let Some(column) = self.hovered.and_then(|place| self.columns.get(place)) else { return };
        let words = self.axis.spoken(column.place);
        let words = drawing.shortened(&words, STRONG, 120.0);
        let label = Label { words: &words, font: STRONG, colour: drawing.tokens.ink2 };
        let y = PILL + 4.0;
        let mut places = vec![(point(column.x, y), Anchor::Middle)];
        if let Some(pill) = pill {
            let beside = match column.x < pill.centre().x {
                true => (point(pill.min.x - 6.0, y), Anchor::End),
                false => (point(pill.max.x + 6.0, y), Anchor::Start),
            };
            places.push(beside);
        }
        drawing.label(&label, &places);
    }

    fn draw_headings(&self, drawing: &mut ChartDrawing, lines: &[f64]) {
        let ink = drawing.tokens.ink;
        let words = heading(self.model.measure());
        let label = Label { words, font: HEADING, colour: ink };
        drawing.label(&label, &[(point(0.0, 12.0), Anchor::Start)]);
        let words = "Elects without need, of 100 runs";
        let y = self.lower.min.y - 26.0;
        let mut places = vec![(point(0.0, y), Anchor::Start)];
        let width = drawing.width(words, HEADING);
        // Beside the own line, which would strike it through.
        if let Some(x) = lines.iter().copied().find(|&x| x < width + 8.0)
            && x + 10.0 + width < drawing.scene.size.width
        {
            places.insert(0, (point(x + 10.0, y), Anchor::Start));
        }
        drawing.label(&Label { words, font: HEADING, colour: ink }, &places);
    }

    /// The names of the lines at their right ends, from above to below.
    fn draw_line_names(&self, drawing: &mut ChartDrawing) {
        let tokens = drawing.tokens;
        let last = self.columns.iter().rev().find_map(|it| Some((it, it.times?)));
        let Some((column, times)) = last else { return };
        let x = column.x + if self.axis.is_words { BAR } else { 10.0 };
        let upper = if self.model.exceeds(times.p99) { tokens.alarm_text } else { tokens.ink };
        let names = [
            ("99 of 100 runs", times.p99, STRONG, upper),
            ("90 of 100", times.p90, SMALL, tokens.ink3),
            ("half of them", times.median, STRONG, tokens.ink),
        ];
        let mut next = f64::NEG_INFINITY;
        for (words, value, font, colour) in names {
            let y = (self.times.y(value) + 4.0).max(next);
            next = y + LINES;
            drawing.label(&Label { words, font, colour }, &[(point(x, y), Anchor::Start)]);
        }
    }

    /// What the rings and the bars are at; the own and the hovered one first.
    fn draw_figures(&self, drawing: &mut ChartDrawing) {
        let tokens = drawing.tokens;
        let of_own = self.own.map(|place| (place, STRONG, tokens.ink));
        let of_hovered = self.hovered.map(|place| (place, SMALL, tokens.ink2));
        for (place, font, colour) in of_own.into_iter().chain(of_hovered) {
            let Some((column, times)) =
                self.columns.get(place).and_then(|it| Some((it, it.times?)))
            else {
                continue;
            };
            let words = spoken(times.p99);
            let Point { x, y } = self.at(column, times.p99);
            let places = [
                (point(x - 7.0, y - 6.0), Anchor::End),
                (point(x + 7.0, y - 6.0), Anchor::Start),
                (point(x + 7.0, y + 14.0), Anchor::Start),
                (point(x - 7.0, y + 14.0), Anchor::End),
            ];
            drawing.label(&Label { words: &words, font, colour }, &places);
        }
        let first = self.own.into_iter().chain(self.hovered);
        let last = self.columns.len().saturating_sub(1);
        let order: Vec<usize> = first.chain([0, last]).chain(0..self.columns.len()).collect();
        for (nth, place) in order.iter().enumerate() {
            if order[..nth].contains(place) {
                continue;
            }
            let Some((column, share)) =
                self.columns.get(*place).and_then(|it| Some((it, it.needless?)))
            else {
                continue;
            };
            let is_strong = [self.own, self.hovered].contains(&Some(*place));
            let (font, colour) =
                if is_strong { (STRONG, tokens.ink) } else { (SMALL, tokens.ink2) };
            let at = point(column.x, self.bar(share) - 4.0);
            let words = of_hundred(share);
            drawing.label(&Label { words: &words, font, colour }, &[(at, Anchor::Middle)]);
        }
    }

    /// The line of what is expected, with its words below it at the right, or else where there is room.
    fn draw_limit(&self, drawing: &mut ChartDrawing) {
        let Some((limit, (index, _))) = self.limit().zip(self.model.limit()) else { return };
        let y = self.times.y(RunValue::Of(limit));
        let Rect { min, max } = self.upper;
        let ink2 = drawing.tokens.ink2;
        let line = Paint::stroke(ink2, 1.0).dashed(2.0, 3.0);
        drawing.scene.line(point(min.x, y), point(max.x, y), line);
        let expected = narration::expectation(&self.model.question.scenario, index);
        let words = format!("expected: {expected}");
        let words = drawing.shortened(&words, SMALL, max.x - min.x);
        let label = Label { words: &words, font: SMALL, colour: ink2 };
        let places = [
            (point(max.x, y + 15.0), Anchor::End),
            (point(max.x, y - 6.0), Anchor::End),
            (point(min.x + 4.0, y - 6.0), Anchor::Start),
            (point(min.x + 4.0, y + 15.0), Anchor::Start),
        ];
        drawing.label(&label, &places);
    }
}

/// The name of the measure above its plot.
pub const fn heading(measure: Measure) -> &'static str {
    match measure {
        Measure::Recovery => "Until a leader again after the first fault",
        Measure::Leaderless
        | Measure::SplitBrain
        | Measure::Elections
        | Measure::NeedlessElections
        | Measure::Changes
        | Measure::UnprovokedChanges
        | Measure::Messages => measure.label(),
    }
}

/// A share of 100 runs in whole runs; none and all are exact.
fn of_hundred(share: f64) -> String {
    match share {
        0.0 => "0".to_owned(),
        100.0 => "100".to_owned(),
        share if share < 1.0 => "<1".to_owned(),
        share if share > 99.0 => ">99".to_owned(),
        share => share.round().to_string(),
    }
}
