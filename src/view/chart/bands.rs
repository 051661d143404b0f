//! One setting: the percentiles of the time without a leader above, elections without need below, one axis under
//! both. Numbers are joined by lines and a band; words stand apart, so each has a range of its own. A second setting
//! of two words, such as two algorithms, has a band for each: the scenario's own as one alone, the other one dashed.

mod labels;

use super::axis::{ChartDrawing, Label, SMALL, STRONG};
use super::axis::{TimeAxis, ValueAxis};
use super::{CellArea, ChartFrame, ChartModel};
use crate::sweep::{
    Distribution, Measure, RunValue, SweepQuestion, SweepRange, SweepSetting, SweepUnit, SweepValue,
};
use crate::view::Paint;
use crate::view::geometry::Path;
use crate::view::geometry::{Point, Rect, point};
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
/// The dashes of a second band.
const DASHES: (f64, f64) = (6.0, 3.0);

/// What is drawn of a cell.
struct Column<'a> {
    place: usize,
    /// Which value of the axis it is.
    nth: usize,
    x: f64,
    times: Option<&'a Distribution>,
    /// How many of 100 runs elect without need; none before a run is done.
    needless: Option<f64>,
}

/// A band with its bars.
struct Band<'a> {
    /// What tells it from the other band, if there is one.
    name: Option<String>,
    columns: Vec<Column<'a>>,
    /// It is drawn as the only one is.
    is_first: bool,
    /// From the middle of a value to that of its bar.
    aside: f64,
}

struct Bands<'a> {
    model: &'a ChartModel<'a>,
    axis: ValueAxis,
    times: TimeAxis,
    /// One or two.
    bands: Vec<Band<'a>>,
    /// Half the width of a bar.
    half: f64,
    /// The plot of the times, and that of the bars.
    upper: Rect,
    lower: Rect,
    own: Option<usize>,
    hovered: Option<usize>,
}

/// Draws the chart and returns the areas of its cells.
pub(super) fn draw(
    drawing: &mut ChartDrawing,
    model: &ChartModel,
    frame: &ChartFrame,
    layout: BandLayout,
) -> Vec<CellArea> {
    let Some(bands) = Bands::new(model, frame, layout) else { return Vec::new() };
    bands.times.draw(drawing, bands.upper.min.x, bands.upper.max.x);
    bands.draw_shares(drawing);
    bands.draw_marks(drawing);
    let lines = bands.draw_values(drawing);
    bands.draw_headings(drawing, &lines);
    bands.draw_line_names(drawing);
    bands.draw_bar_names(drawing);
    bands.draw_figures(drawing);
    bands.draw_limit(drawing);
    let strong = [bands.own, bands.hovered].into_iter().flatten();
    let strong: Vec<usize> =
        strong.filter_map(|cell| bands.column(cell)).map(|(_, column)| column.nth).collect();
    bands.axis.draw(drawing, bands.lower.max.y, &strong);
    let plots = Rect::new(0.0, PILL - 12.0, frame.size.width, frame.size.height);
    bands.areas(plots)
}

/// The settings of bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BandLayout {
    /// Which setting runs along the axis.
    across: usize,
    /// Which setting has a band for each of its two words.
    words: Option<usize>,
}

impl BandLayout {
    /// `None` where a heat map shows the settings.
    pub(super) fn of(question: &SweepQuestion) -> Option<Self> {
        let is_pair = |(setting, range): &(SweepSetting, SweepRange)| {
            matches!(setting.unit(), SweepUnit::Words { .. }) && range.values().len() == 2
        };
        let is_numeric = |(_, range): &(SweepSetting, SweepRange)| {
            range.values().iter().all(|value| value.position().is_some())
        };
        match &*question.settings {
            [_] => Some(Self { across: 0, words: None }),
            [one, other] if is_numeric(one) && is_pair(other) => {
                Some(Self { across: 0, words: Some(1) })
            }
            [one, other] if is_pair(one) && is_numeric(other) => {
                Some(Self { across: 1, words: Some(0) })
            }
            _ => None,
        }
    }
}

impl<'a> Bands<'a> {
    fn new(model: &'a ChartModel<'a>, frame: &ChartFrame, layout: BandLayout) -> Option<Self> {
        let (left, right) = (LEFT, (frame.size.width - RIGHT).max(LEFT + 60.0));
        let axis = ValueAxis::new(model.question, layout.across, left, right)?;
        let bars = if frame.size.height < HIGH { LOW_BARS } else { BARS };
        let foot = frame.size.height - if axis.is_words { WORDS_FOOT } else { FOOT };
        let lower = Rect::new(left, foot - bars, right, foot);
        let upper = Rect::new(left, TOP, right, (lower.min.y - BETWEEN).max(TOP + 40.0));
        let (bands, half) = all_bands(model, &axis, layout);
        let all = bands.iter().flat_map(|band| &band.columns).filter_map(|column| column.times);
        let all = all.flat_map(|times| [times.median, times.p90, times.p99]);
        let limit = model.limit().map(|(_, limit)| limit.as_us());
        let times = TimeAxis::new(upper, all, limit);
        let own = model.question.own_cell();
        let hovered =
            frame.hovered.filter(|&cell| cell < model.question.cells() && own != Some(cell));
        Some(Self { model, axis, times, bands, half, upper, lower, own, hovered })
    }

    /// What is drawn of a cell, with its band.
    fn column(&self, cell: usize) -> Option<(&Band<'a>, &Column<'a>)> {
        let mut all =
            self.bands.iter().flat_map(|band| band.columns.iter().map(move |it| (band, it)));
        all.find(|(_, column)| column.place == cell)
    }

    fn limit(&self) -> Option<u64> {
        let limit = self.model.limit().map(|(_, limit)| limit.as_us());
        limit.filter(|&limit| self.times.has(limit))
    }

    fn at(&self, column: &Column, value: RunValue) -> Point {
        point(column.x, self.times.y(value))
    }

    /// The areas of the cells. Two bands share that of a value: above half-way between their medians it is the upper
    /// one's; of the bars each has its side.
    fn areas(&self, plots: Rect) -> Vec<CellArea> {
        let bars = self.lower.min.y - BETWEEN / 2.0;
        let mut areas = Vec::new();
        for (nth, area) in self.axis.areas(plots) {
            let of = |band: &Band<'a>| band.columns.get(nth).map(|column| column.place);
            let cells: Vec<usize> = self.bands.iter().filter_map(of).collect();
            let [one, other] = *cells else {
                areas.extend(cells.iter().map(|&cell| CellArea {
                    cell,
                    column: nth,
                    row: 0,
                    area,
                }));
                continue;
            };
            let median =
                |band: &Band| band.columns.get(nth)?.times.map(|it| self.times.y(it.median));
            let medians = self.bands.iter().map(median).collect::<Option<Vec<f64>>>();
            let (is_below, y) = match medians.as_deref() {
                Some(&[first, second]) => (first > second, (first + second) / 2.0),
                _ => (false, self.upper.centre().y),
            };
            let Rect { min, max } = area;
            let upper = Rect::new(min.x, min.y, max.x, y);
            let lower = Rect::new(min.x, y, max.x, bars);
            let x = self.axis.values.get(nth).map_or(min.x, |(_, x)| *x);
            let sides = [Rect::new(min.x, bars, x, max.y), Rect::new(x, bars, max.x, max.y)];
            let plots = if is_below { [lower, upper] } else { [upper, lower] };
            for (row, (cell, (area, bar))) in
                [one, other].into_iter().zip(plots.into_iter().zip(sides)).enumerate()
            {
                areas.extend([area, bar].map(|area| CellArea { cell, column: nth, row, area }));
            }
        }
        areas
    }

    /// Percentiles: lines and a band, or a range for each word.
    fn draw_marks(&self, drawing: &mut ChartDrawing) {
        // The first band is over the other one.
        for band in self.bands.iter().rev() {
            self.draw_band(drawing, band);
        }
    }

    fn draw_band(&self, drawing: &mut ChartDrawing, band: &Band) {
        let tokens = drawing.tokens;
        let area = Paint::fill(tokens.ink).opacity(if band.is_first { 0.16 } else { 0.07 });
        let median = band.stroke(Paint::stroke(tokens.ink, 2.25).round());
        if self.axis.is_words {
            for (column, times) in band.run() {
                let at = |value| self.at(column, value);
                let (low, high) = (at(times.median), at(times.p90));
                let half = BAR / 2.0;
                let range = Rect::new(low.x - half, high.y, low.x + half, low.y);
                fill(&mut drawing.scene, range, area);
                let upper = at(times.p99);
                self.draw_upper_line(drawing, band, [(column, times.p90), (column, times.p99)]);
                if !self.model.exceeds(times.p99) {
                    let cap = point(half / 2.0, 0.0);
                    drawing.scene.line(upper - cap, upper + cap, Paint::stroke(tokens.ink, 1.0));
                }
                let cap = point(half, 0.0);
                drawing.scene.line(low - cap, low + cap, median);
            }
        } else {
            for [(left, low), (right, high)] in band.neighbours() {
                let corners = [
                    self.at(left, low.median),
                    self.at(left, low.p90),
                    self.at(right, high.p90),
                    self.at(right, high.median),
                ];
                drawing.scene.path(Path::polygon(&corners), area);
            }
            for [(left, low), (right, high)] in band.neighbours() {
                self.draw_upper_line(drawing, band, [(left, low.p99), (right, high.p99)]);
                drawing.scene.line(self.at(left, low.median), self.at(right, high.median), median);
            }
            self.draw_lonely(drawing, band);
        }
        let cross = Paint::stroke(tokens.alarm_text, 1.5);
        for (column, times) in band.run() {
            if self.model.exceeds(times.p99) {
                let at = self.at(column, times.p99);
                let arms = [point(2.5, 2.5), point(2.5, -2.5)];
                let lines = arms.map(|arm| (at - arm, at + arm));
                drawing.scene.path(Path::lines(lines), cross);
            }
        }
    }

    /// A piece of the line of 99 runs: from where it exceeds what is expected it is an alarm.
    fn draw_upper_line(
        &self,
        drawing: &mut ChartDrawing,
        band: &Band,
        ends: [(&Column, RunValue); 2],
    ) {
        let tokens = drawing.tokens;
        let calm = band.stroke(Paint::stroke(tokens.ink, 1.0));
        let alarm = band.stroke(Paint::stroke(tokens.alarm_text, 1.5));
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
    fn draw_lonely(&self, drawing: &mut ChartDrawing, band: &Band) {
        let joined: Vec<usize> =
            band.neighbours().flat_map(|pair| pair.map(|(column, _)| column.place)).collect();
        let ink = Paint::fill(drawing.tokens.ink);
        for (column, times) in band.run().filter(|(column, _)| !joined.contains(&column.place)) {
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
        for band in &self.bands {
            for column in &band.columns {
                let Some(share) = column.needless.filter(|share| *share > 0.0) else { continue };
                let (x, y) = (column.x + band.aside, self.bar(share));
                let area = Rect::new(x - self.half, y, x + self.half, max.y);
                band.draw_bar(drawing, area);
            }
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
            let columns = self.bands.iter().flat_map(|band| &band.columns);
            let shares = columns.filter(|column| column.x == x).filter_map(|it| it.needless);
            let bar = shares.map(|share| self.bar(share) - 20.0).reduce(f64::min);
            bar.map_or(self.lower.max.y, |y| y.max(self.upper.max.y))
        };
        let mut lines = Vec::new();
        if let Some((_, column)) = self.hovered.and_then(|cell| self.column(cell)) {
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
            let Some((_, column)) = self.column(place) else { continue };
            let ring = Paint::both(tokens.stage, tokens.ink, 1.5);
            for value in column.times.into_iter().flat_map(|times| [times.median, times.p99]) {
                drawing.scene.circle(self.at(column, value), 3.5, ring);
            }
        }
        lines
    }

    fn draw_hovered_name(&self, drawing: &mut ChartDrawing, pill: Option<Rect>) {
        let Some((band, column)) = self.hovered.and_then(|cell| self.column(cell)) else { return };
        let name = band.name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
        let words = self.axis.spoken(column.nth) + &name;
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
}

impl<'a> Band<'a> {
    /// The values that have run.
    fn run(&self) -> impl Iterator<Item = (&Column<'a>, &'a Distribution)> {
        self.columns.iter().filter_map(|column| Some((column, column.times?)))
    }

    /// Neighbours of which both have run.
    fn neighbours(&self) -> impl Iterator<Item = [(&Column<'a>, &'a Distribution); 2]> {
        let pairs = self.columns.windows(2);
        pairs.filter_map(|pair| Some([(&pair[0], pair[0].times?), (&pair[1], pair[1].times?)]))
    }

    /// Filled, or as an outline.
    fn draw_bar(&self, drawing: &mut ChartDrawing, area: Rect) {
        let ink2 = drawing.tokens.ink2;
        if self.is_first {
            return fill(&mut drawing.scene, area, Paint::fill(ink2));
        }
        // The line is inside, so that both have the same size.
        let Rect { min, max } = area.grown(-0.5);
        let corners =
            [point(min.x, area.max.y), min, point(max.x, min.y), point(max.x, area.max.y)];
        let sides = corners.windows(2).map(|pair| (pair[0], pair[1]));
        drawing.scene.path(Path::lines(sides), Paint::stroke(ink2, 1.0));
    }

    /// As its lines are drawn.
    fn stroke(&self, paint: Paint) -> Paint {
        if self.is_first { paint } else { paint.dashed(DASHES.0, DASHES.1) }
    }
}

/// The bands, that of the scenario's own word first, and half the width of their bars.
fn all_bands<'a>(
    model: &'a ChartModel<'a>,
    axis: &ValueAxis,
    BandLayout { across, words }: BandLayout,
) -> (Vec<Band<'a>>, f64) {
    let question = model.question;
    let column = |place: usize| {
        let nth = question.nth(place, across);
        let (_, x) = *axis.values.get(nth)?;
        let of_hundred = |count: u32, runs: u32| f64::from(count) * 100.0 / f64::from(runs);
        let needless = model.cell(place).map(|cell| of_hundred(cell.needless, cell.runs));
        Some(Column { place, nth, x, times: model.times(place), needless })
    };
    let Some(words) = words else {
        let columns = (0..question.cells()).filter_map(column).collect();
        let half = BAR.min(axis.pitch() * 0.7) / 2.0;
        return (vec![Band { name: None, columns, is_first: true, aside: 0.0 }], half);
    };
    let own = question.own_cell().map_or(0, |cell| question.nth(cell, words));
    let half = (1.4 * BAR).min(axis.pitch() * 0.8) / 4.0;
    let band = |(nth, name): (usize, String)| Band {
        name: Some(name),
        columns: (0..question.cells())
            .filter(|&cell| question.nth(cell, words) == nth)
            .filter_map(column)
            .collect(),
        is_first: nth == own,
        aside: if nth == own { -half - 0.5 } else { half + 0.5 },
    };
    let names = question.settings.get(words).map_or(&[][..], |(_, range)| range.values());
    let mut bands: Vec<Band> = short(names).into_iter().enumerate().map(band).collect();
    bands.rotate_left(own);
    (bands, half)
}

/// The first word of each, if that tells them apart: without the options of an algorithm.
fn short(names: &[SweepValue]) -> Vec<String> {
    let whole: Vec<String> = names.iter().map(SweepValue::spoken).collect();
    let first = whole.iter().filter_map(|words| words.split_whitespace().next());
    let first: Vec<String> = first.map(str::to_owned).collect();
    match &*first {
        [one, other] if one != other => first,
        _ => whole,
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
