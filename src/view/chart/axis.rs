//! The axes of a chart: where the values of a setting stand, and its text, of which no label covers another.

use crate::sweep::{RunValue, SweepQuestion, SweepSetting, SweepValue};
use crate::time::Time;
use crate::view::chart::ChartFrame;
use crate::view::geometry::Path;
use crate::view::geometry::{Point, Rect, point};
use crate::view::palette::Tokens;
use crate::view::text::{Anchor, Font, Measure, Text, brief, tick_step};
use crate::view::{Colour, Paint};
use crate::view::{Scene, ShapeForm};

/// The values of a setting along x.
pub(super) struct ValueAxis {
    setting: SweepSetting,
    /// Each value with its x.
    pub(super) values: Vec<(SweepValue, f64)>,
    /// Words stand at equal distances.
    pub(super) is_words: bool,
    /// The scenario's own value, if it is on the axis.
    pub(super) own: Option<f64>,
}

/// Half a bar and a pixel, so that bars end with the hairlines.
const INSET: f64 = 8.0;

impl ValueAxis {
    /// A setting of a question between two x.
    pub(super) fn new(question: &SweepQuestion, nth: usize, left: f64, right: f64) -> Option<Self> {
        let (setting, range) = question.settings.get(nth)?;
        let values = range.values();
        let positions: Option<Vec<u64>> = values.iter().map(SweepValue::position).collect();
        let own = setting.own(&question.scenario).ok();
        let slot = (right - left) / values.len().max(1) as f64;
        let place = |at: u64, all: &[u64]| {
            let (first, last) = (all.first().copied()?, all.last().copied()?);
            let share = at.checked_sub(first)? as f64 / (last - first).max(1) as f64;
            let is_alone = first == last;
            let (from, to) = (left + INSET, right - INSET);
            let x = if is_alone { (from + to) / 2.0 } else { from + share * (to - from) };
            (at <= last).then_some(x)
        };
        let xs: Vec<f64> = match &positions {
            Some(all) => all.iter().filter_map(|&at| place(at, all)).collect(),
            None => (0..values.len()).map(|nth| left + (nth as f64 + 0.5) * slot).collect(),
        };
        let own_cell =
            question.own_cell().and_then(|cell| xs.get(question.nth(cell, nth)).copied());
        let between = positions.as_ref().and_then(|all| place(own?.position()?, all));
        Some(Self {
            setting: *setting,
            is_words: positions.is_none(),
            values: values.iter().cloned().zip(xs).collect(),
            own: own_cell.or(between),
        })
    }

    /// The least distance between two values.
    pub(super) fn pitch(&self) -> f64 {
        let apart = self.values.windows(2).map(|pair| pair[1].1 - pair[0].1);
        apart.fold(f64::INFINITY, f64::min)
    }

    /// The area of each value: half-way to its neighbours.
    pub(super) fn areas(&self, within: Rect) -> Vec<(usize, Rect)> {
        let half = |a: usize, b: usize| Some((self.values.get(a)?.1 + self.values.get(b)?.1) / 2.0);
        let area = |nth: usize| {
            let left = nth.checked_sub(1).and_then(|before| half(before, nth));
            let right = half(nth, nth + 1).unwrap_or(within.max.x);
            let left = left.unwrap_or(within.min.x);
            (nth, Rect::new(left, within.min.y, right, within.max.y))
        };
        (0..self.values.len()).map(area).collect()
    }

    /// Ticks and labels below a plot, as many as there is room for; those that are read off first.
    pub(super) fn draw(&self, drawing: &mut ChartDrawing, foot: f64, strong: &[usize]) {
        let line = Paint::stroke(drawing.tokens.line2, 1.0);
        for (_, x) in &self.values {
            drawing.scene.line(point(*x, foot), point(*x, foot + 4.0), line);
        }
        let last = self.values.len().saturating_sub(1);
        let step = match (self.values.first(), self.values.last()) {
            (Some((from, left)), Some((to, right))) => match (from.position(), to.position()) {
                (Some(from), Some(to)) if from < to => {
                    tick_step((right - left) / (to - from) as f64, 48.0).0
                }
                (_, _) => 1,
            },
            (_, _) => 1,
        };
        let is_round = |place: &usize| {
            let at = self.values.get(*place).and_then(|(value, _)| value.position());
            at.is_none_or(|at| at.is_multiple_of(step))
        };
        let (round, rest): (Vec<usize>, Vec<usize>) = (0..=last).partition(is_round);
        let order = strong.iter().copied().chain([0, last]).chain(round).chain(rest);
        let mut drawn = Vec::new();
        for place in order {
            if !drawn.contains(&place) {
                drawn.push(place);
                self.label(drawing, foot, place, strong.contains(&place));
            }
        }
    }

    fn label(&self, drawing: &mut ChartDrawing, foot: f64, place: usize, is_strong: bool) {
        let Some((value, x)) = self.values.get(place) else { return };
        let (font, colour) = match is_strong {
            true => (STRONG, drawing.tokens.ink),
            false => (SMALL, drawing.tokens.ink3),
        };
        let first = self.values.first().map(|(value, _)| brief_value(value)).unwrap_or_default();
        let mut words = brief_value(value);
        if let (Some((number, unit)), Some((_, of_first))) =
            (words.split_once(' '), first.split_once(' '))
            && place > 0
            && unit == of_first
            && !self.is_words
        {
            words = number.to_owned();
        }
        if self.is_words {
            // Two rows, so that each word may be twice as wide.
            words = drawing.shortened(&words, font, 2.0 * self.pitch().min(400.0) - 8.0);
        }
        let rows = [foot + 17.0, foot + 31.0].map(|y| (point(*x, y), Anchor::Middle));
        let rows = if self.is_words { &rows[..] } else { &rows[..1] };
        drawing.label(&Label { words: &words, font, colour }, rows);
    }

    /// A value in a sentence.
    pub(super) fn spoken(&self, place: usize) -> String {
        self.values.get(place).map(|(value, _)| value.spoken()).unwrap_or_default()
    }

    /// The scenario's own value in a sentence.
    pub(super) fn own_words(&self, question: &SweepQuestion) -> String {
        self.setting.own(&question.scenario).map(|own| own.spoken()).unwrap_or_default()
    }
}

/// A value in short: `350 ms`, `2%`.
pub(super) fn brief_value(value: &SweepValue) -> String {
    match value {
        SweepValue::Span(span) => brief(span.from_start()),
        SweepValue::Rate(_) | SweepValue::Count(_) | SweepValue::Words(_) => value.to_string(),
    }
}

/// The times along y, from 0 up. What never comes has a line of its own above them.
pub(super) struct TimeAxis {
    top: f64,
    bottom: f64,
    /// The y of the largest time.
    head: f64,
    most: u64,
    has_never: bool,
}

impl TimeAxis {
    /// An axis for these times in a plot.
    pub(super) fn new(
        plot: Rect,
        times: impl Iterator<Item = RunValue>,
        limit: Option<u64>,
    ) -> Self {
        let (mut most, mut has_never) = (0, false);
        for time in times {
            match time {
                RunValue::Of(us) => most = most.max(us),
                RunValue::Never => has_never = true,
            }
        }
        // A limit far above everything would leave no room for the rest.
        let limit = limit.filter(|&limit| most == 0 || limit <= most.saturating_mul(4));
        let most = most.max(limit.unwrap_or_default()).max(1_000);
        let (top, bottom) = (plot.min.y, plot.max.y);
        let head = if has_never { top + 28.0 } else { top };
        Self { top, bottom, head, most: most + most / 24, has_never }
    }

    /// The y of a time.
    pub(super) fn y(&self, value: RunValue) -> f64 {
        match value {
            RunValue::Of(us) => {
                self.bottom - us as f64 / self.most as f64 * (self.bottom - self.head)
            }
            RunValue::Never => self.top,
        }
    }

    /// Whether a time is on the axis.
    pub(super) fn has(&self, us: u64) -> bool {
        us <= self.most
    }

    /// Hairlines, and at their left the times.
    pub(super) fn draw(&self, drawing: &mut ChartDrawing, left: f64, right: f64) {
        let line = Paint::stroke(drawing.tokens.line, 1.0);
        let density = (self.bottom - self.head) / self.most as f64;
        let (step, _) = tick_step(density, 44.0);
        let times = (0..=self.most / step).map(|nth| RunValue::Of(nth * step));
        let never = self.has_never.then_some(RunValue::Never);
        for value in times.chain(never) {
            let y = self.y(value);
            drawing.scene.line(point(left, y), point(right, y), line);
            let words = match value {
                RunValue::Of(0) => "0".to_owned(),
                RunValue::Of(us) => brief(Time::us(us)),
                RunValue::Never => "never".to_owned(),
            };
            let label = Label { words: &words, font: SMALL, colour: drawing.tokens.ink3 };
            drawing.label(&label, &[(point(left - 8.0, y + 4.0), Anchor::End)]);
        }
    }
}

pub(super) const SMALL: Font = Font::new(11.0, 400);
pub(super) const STRONG: Font = Font::new(11.0, 650);
pub(super) const HEADING: Font = Font::new(12.0, 600);

/// A scene with the places that its labels take.
pub(super) struct ChartDrawing<'a> {
    pub(super) scene: Scene,
    pub(super) tokens: Tokens,
    measure: &'a dyn Measure,
    taken: Vec<Rect>,
}

/// A label and how it looks.
pub(super) struct Label<'a> {
    pub(super) words: &'a str,
    pub(super) font: Font,
    pub(super) colour: Colour,
}

impl<'a> ChartDrawing<'a> {
    pub(super) fn new(frame: &ChartFrame, measure: &'a dyn Measure) -> Self {
        let tokens = frame.theme.tokens();
        Self { scene: Scene::new(frame.size), tokens, measure, taken: Vec::new() }
    }

    pub(super) fn width(&self, words: &str, font: Font) -> f64 {
        self.measure.width(words, font)
    }

    /// Where a label stands, with a little air at its sides.
    fn room(&self, label: &Label, at: Point, anchor: Anchor) -> Rect {
        let (width, size) = (self.width(label.words, label.font), label.font.size);
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::End => at.x - width,
        };
        Rect::new(left - 2.0, at.y - 0.85 * size, left + width + 2.0, at.y + 0.25 * size)
    }

    /// Draws a label at the first of these places where it covers no other and is inside; true if there is one.
    pub(super) fn label(&mut self, label: &Label, places: &[(Point, Anchor)]) -> bool {
        let Scene { size, .. } = self.scene;
        let whole = Rect::new(-2.0, 0.0, size.width + 2.0, size.height);
        let found = places.iter().find_map(|&(at, anchor)| {
            let room = self.room(label, at, anchor);
            let is_free = !self.taken.iter().any(|other| other.meets(room));
            (is_free && whole.contains(room)).then_some((at, anchor, room))
        });
        let Some((at, anchor, room)) = found else { return false };
        self.taken.push(room);
        let &Label { words, font, colour } = label;
        let text = Text { words: words.to_owned().into(), at, font, anchor };
        let paint = Paint::fill(colour).halo(self.tokens.stage, 4.0);
        self.scene.push(ShapeForm::Text(text), paint);
        true
    }

    /// Text on a pill, at the nearest place that is inside; no label covers it.
    pub(super) fn pill(&mut self, words: &str, centre: Point) -> Rect {
        const HEIGHT: f64 = 19.0;
        const LEAST: f64 = 82.0;
        let width = (self.width(words, STRONG) + 16.0).max(LEAST);
        let reach = width / 2.0;
        let x = centre.x.min(self.scene.size.width - reach).max(reach);
        let area =
            Rect::new(x - reach, centre.y - HEIGHT / 2.0, x + reach, centre.y + HEIGHT / 2.0);
        self.scene.path(Path::pill(area.centre(), width, HEIGHT), Paint::fill(self.tokens.ink));
        self.taken.push(area);
        let at = point(x, centre.y + 4.0);
        let text =
            Text { words: words.to_owned().into(), at, font: STRONG, anchor: Anchor::Middle };
        self.scene.push(ShapeForm::Text(text), Paint::fill(self.tokens.stage));
        area
    }

    /// Draws a figure on a tint, around `at`, without a halo.
    pub(super) fn plain(&mut self, label: &Label, at: Point) {
        let &Label { words, font, colour } = label;
        let text = Text { words: words.to_owned().into(), at, font, anchor: Anchor::Middle };
        self.scene.push(ShapeForm::Text(text), Paint::fill(colour));
    }

    /// The words, shortened at their end where they are wider.
    pub(super) fn shortened(&self, words: &str, font: Font, most: f64) -> String {
        if self.width(words, font) <= most {
            return words.to_owned();
        }
        let ends = words.char_indices().map(|(end, _)| end).rev();
        let short = ends.map(|end| format!("{}…", words[..end].trim_end()));
        let mut short = short.skip_while(|short| self.width(short, font) > most);
        short.next().unwrap_or_default()
    }
}
