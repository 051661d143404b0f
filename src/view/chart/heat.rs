//! Two settings: a cell for each pair of values, the darker the longer 99 of 100 runs are without a leader.

use super::axis::brief_value;
use super::axis::{ChartDrawing, HEADING, Label, SMALL, STRONG};
use super::bands::heading;
use super::{CellArea, ChartFrame, ChartModel};
use crate::narration::uncapitalised;
use crate::sweep::{RunValue, SweepUnit, SweepValue};
use crate::time::Duration;
use crate::view::Paint;
use crate::view::geometry::Path;
use crate::view::geometry::{Point, Rect, point};
use crate::view::strip::fill;
use crate::view::text::Anchor;

/// The most that a cell takes, with its gap.
const CELL: (f64, f64) = (36.0, 22.0);
/// Words are wider than numbers.
const WORDS: f64 = 84.0;
const GAP: f64 = 1.0;
/// Above the cells: the heading, and the names of the two sides.
const TOP: f64 = 46.0;
/// Below them: the values, and the names of the settings.
const FOOT: f64 = 48.0;
/// The opacity of the best and of the worst cell.
const TINTS: (f64, f64) = (0.03, 0.40);

struct HeatMap<'a> {
    model: &'a ChartModel<'a>,
    /// Which setting runs across, the other one runs up; words are read better one below the other.
    across: usize,
    values: [&'a [SweepValue]; 2],
    corner: Point,
    cell: (f64, f64),
    own: Option<usize>,
    hovered: Option<usize>,
}

/// Draws the map and returns the area of each cell.
pub(super) fn draw(
    drawing: &mut ChartDrawing,
    model: &ChartModel,
    frame: &ChartFrame,
) -> Vec<CellArea> {
    let Some(map) = HeatMap::new(drawing, model, frame) else { return Vec::new() };
    map.draw_cells(drawing);
    map.draw_limit(drawing);
    map.draw_frames(drawing);
    map.draw_headings(drawing);
    map.draw_figures(drawing);
    map.draw_values(drawing);
    let area = |cell| {
        let Rect { min, max } = map.area(cell);
        let (column, row) = map.place(cell);
        CellArea { cell, column, row, area: Rect { min, max: max + point(GAP, GAP) } }
    };
    (0..map.len()).map(area).collect()
}

impl<'a> HeatMap<'a> {
    fn new(drawing: &ChartDrawing, model: &'a ChartModel<'a>, frame: &ChartFrame) -> Option<Self> {
        let [(one, first), (other, last)] = &*model.question.settings else { return None };
        let is_words =
            [one, other].map(|setting| matches!(setting.unit(), SweepUnit::Words { .. }));
        let across = usize::from(is_words == [true, false]);
        let values = [first.values(), last.values()];
        let up = values[1 - across];
        let widest = up.iter().map(|value| drawing.width(&brief_value(value), STRONG));
        let left = widest.fold(40.0, f64::max).min(140.0) + 10.0;
        let widest = if is_words[across] { WORDS } else { CELL.0 };
        let (width, height) = (frame.size.width - left, frame.size.height - TOP - FOOT);
        let room = |length: f64, count: usize| (length / count.max(1) as f64).max(3.0);
        let cell =
            (room(width, values[across].len()).min(widest), room(height, up.len()).min(CELL.1));
        let own = model.question.own_cell();
        let hovered = frame.hovered.filter(|&cell| Some(cell) != own);
        Some(Self { model, across, values, corner: point(left, TOP), cell, own, hovered })
    }

    fn len(&self) -> usize {
        self.values[0].len() * self.values[1].len()
    }

    fn count(&self) -> (usize, usize) {
        (self.values[self.across].len(), self.values[1 - self.across].len())
    }

    /// Column and row of a cell; the lowest value is at the bottom.
    fn place(&self, cell: usize) -> (usize, usize) {
        let of = [0, 1].map(|setting| self.model.question.nth(cell, setting));
        let (_, rows) = self.count();
        (of[self.across], rows.saturating_sub(1 + of[1 - self.across]))
    }

    fn at(&self, column: usize, row: usize) -> Point {
        let (width, height) = self.cell;
        self.corner + point(column as f64 * width, row as f64 * height)
    }

    fn area(&self, cell: usize) -> Rect {
        let (column, row) = self.place(cell);
        let min = self.at(column, row);
        Rect { min, max: min + point(self.cell.0 - GAP, self.cell.1 - GAP) }
    }

    fn value(&self, cell: usize) -> Option<RunValue> {
        self.model.times(cell).map(|times| times.p99)
    }

    fn draw_cells(&self, drawing: &mut ChartDrawing) {
        let times = (0..self.len()).filter_map(|cell| match self.value(cell)? {
            RunValue::Of(us) => Some(us),
            RunValue::Never => None,
        });
        let (least, most) =
            times.fold((u64::MAX, 0), |(least, most), us| (least.min(us), most.max(us)));
        let (light, dark) = TINTS;
        for cell in 0..self.len() {
            let share = match self.value(cell) {
                None => continue,
                Some(RunValue::Never) => 1.0,
                Some(RunValue::Of(us)) => {
                    (us - least) as f64 / most.saturating_sub(least).max(1) as f64
                }
            };
            let tint = Paint::fill(drawing.tokens.ink).opacity(light + share * (dark - light));
            fill(&mut drawing.scene, self.area(cell), tint);
        }
    }

    /// The line between the cells that meet the expectation and those that do not.
    fn draw_limit(&self, drawing: &mut ChartDrawing) {
        let mut met = vec![None; self.len()];
        let (columns, rows) = self.count();
        for cell in 0..self.len() {
            let (column, row) = self.place(cell);
            met[row * columns + column] = self.value(cell).map(|value| !self.model.exceeds(value));
        }
        let is_met = |column: usize, row: usize| met[row * columns + column];
        let differ = |one: Option<bool>, other: Option<bool>| {
            one.zip(other).is_some_and(|(one, other)| one != other)
        };
        let half = point(GAP / 2.0, GAP / 2.0);
        let mut lines = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                let mut push = |from: (usize, usize), to: (usize, usize)| {
                    lines.push((self.at(from.0, from.1) - half, self.at(to.0, to.1) - half));
                };
                let own = is_met(column, row);
                if column + 1 < columns && differ(own, is_met(column + 1, row)) {
                    push((column + 1, row), (column + 1, row + 1));
                }
                if row + 1 < rows && differ(own, is_met(column, row + 1)) {
                    push((column, row + 1), (column + 1, row + 1));
                }
            }
        }
        if !lines.is_empty() {
            let tokens = drawing.tokens;
            let path = Path::lines(lines);
            drawing.scene.path(path.clone(), Paint::stroke(tokens.stage, 5.0).round());
            drawing.scene.path(path, Paint::stroke(tokens.alarm_text, 2.25).round());
        }
    }

    fn draw_frames(&self, drawing: &mut ChartDrawing) {
        let tokens = drawing.tokens;
        if let Some(cell) = self.hovered.filter(|&cell| cell < self.len()) {
            let frame = outline(self.area(cell));
            drawing.scene.path(frame.clone(), Paint::stroke(tokens.stage, 4.0));
            drawing.scene.path(frame, Paint::stroke(tokens.ink2, 1.5).dashed(2.0, 3.0));
        }
        if let Some(cell) = self.own {
            let frame = outline(self.area(cell));
            drawing.scene.path(frame.clone(), Paint::stroke(tokens.stage, 5.0));
            drawing.scene.path(frame, Paint::stroke(tokens.ink, 2.0));
        }
    }

    fn draw_headings(&self, drawing: &mut ChartDrawing) {
        let tokens = drawing.tokens;
        let of = heading(self.model.measure());
        for words in [format!("{of}, 99 of 100 runs, in ms"), format!("{of}, in ms")] {
            let heading = Label { words: &words, font: HEADING, colour: tokens.ink };
            if drawing.label(&heading, &[(point(0.0, 12.0), Anchor::Start)]) {
                break;
            }
        }
        if let Some((_, limit)) = self.model.limit() {
            let (columns, _) = self.count();
            let (left, right) = (self.corner.x, self.at(columns, 0).x);
            let over = format!("over {} in more than 1 of 100", limit.spoken());
            let over = Label { words: &over, font: STRONG, colour: tokens.alarm_text };
            let right = right.max(left + 300.0).min(drawing.scene.size.width);
            drawing.label(&over, &[(point(right, TOP - 10.0), Anchor::End)]);
            let meets = ["meets the expectation", "meets it"];
            for words in meets {
                let meets = Label { words, font: STRONG, colour: tokens.ink };
                if drawing.label(&meets, &[(point(left, TOP - 10.0), Anchor::Start)]) {
                    break;
                }
            }
        }
    }

    /// The times of the hovered cell, and of the own row and column; one that is wider than its cell is left out.
    fn draw_figures(&self, drawing: &mut ChartDrawing) {
        let tokens = drawing.tokens;
        let own = self.own.map(|cell| self.place(cell));
        let is_shown = |cell: &usize| {
            let (column, row) = self.place(*cell);
            own.is_some_and(|(x, y)| x == column || y == row)
        };
        let first = self.hovered.into_iter().chain(self.own);
        let mut done = Vec::new();
        for cell in first.chain((0..self.len()).filter(is_shown)) {
            let Some(value) = self.value(cell).filter(|_| !done.contains(&cell)) else { continue };
            done.push(cell);
            let words = match value {
                RunValue::Of(us) => (Duration::us(us).rounded().as_us() / 1_000).to_string(),
                RunValue::Never => "never".to_owned(),
            };
            let font = if self.own == Some(cell) { STRONG } else { SMALL };
            let area = self.area(cell);
            if drawing.width(&words, font) + 2.0 <= area.max.x - area.min.x {
                let at = area.centre() + point(0.0, 4.0);
                let label = Label { words: &words, font, colour: tokens.ink };
                drawing.plain(&label, at);
            }
        }
    }

    /// The values at the left and below, and the names of the settings.
    fn draw_values(&self, drawing: &mut ChartDrawing) {
        let tokens = drawing.tokens;
        let (columns, rows) = self.count();
        let look = |is_strong: bool| match is_strong {
            true => (STRONG, tokens.ink),
            false => (SMALL, tokens.ink3),
        };
        let marked: Vec<(usize, usize)> =
            self.own.into_iter().chain(self.hovered).map(|cell| self.place(cell)).collect();
        let order = |count: usize, strong: Vec<usize>| {
            let ends = [0, count.saturating_sub(1)];
            let all: Vec<usize> = strong.into_iter().chain(ends).chain(0..count).collect();
            let mut seen = vec![false; count];
            let is_new = move |place: &usize| !std::mem::replace(&mut seen[*place], true);
            all.into_iter().filter(is_new).collect::<Vec<usize>>()
        };
        let foot = self.at(0, rows).y;
        let (across, up) = (self.values[self.across], self.values[1 - self.across]);
        for column in order(columns, marked.iter().map(|it| it.0).collect()) {
            let (font, colour) = look(marked.iter().any(|it| it.0 == column));
            let words = drawing.shortened(&brief_value(&across[column]), font, 80.0);
            let x = self.at(column, 0).x + (self.cell.0 - GAP) / 2.0;
            let at = point(x, foot + 15.0);
            drawing.label(&Label { words: &words, font, colour }, &[(at, Anchor::Middle)]);
        }
        for row in order(rows, marked.iter().map(|it| it.1).collect()) {
            let (font, colour) = look(marked.iter().any(|it| it.1 == row));
            let value = &up[rows - 1 - row];
            let words = drawing.shortened(&brief_value(value), font, self.corner.x - 10.0);
            let y = self.at(0, row).y + (self.cell.1 - GAP) / 2.0 + 4.0;
            let at = point(self.corner.x - 8.0, y);
            drawing.label(&Label { words: &words, font, colour }, &[(at, Anchor::End)]);
        }
        let scenario = &self.model.question.scenario;
        let names = self.model.question.settings.iter().map(|(setting, _)| setting.label(scenario));
        let names: Vec<String> = names.collect();
        let words =
            format!("{} across, {} up", names[self.across], uncapitalised(&names[1 - self.across]));
        let words = drawing.shortened(&words, SMALL, drawing.scene.size.width);
        let label = Label { words: &words, font: SMALL, colour: tokens.ink3 };
        drawing.label(&label, &[(point(0.0, foot + 38.0), Anchor::Start)]);
    }
}

fn outline(area: Rect) -> Path {
    let Rect { min, max } = area.grown(0.5);
    Path::polygon(&[min, point(max.x, min.y), max, point(min.x, max.y)])
}
