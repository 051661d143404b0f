//! Draws a chart's text so that no label covers another.

use super::ChartFrame;
use crate::view::geometry::{Point, Rect, point};
use crate::view::paint::{Colour, Paint};
use crate::view::palette::Tokens;
use crate::view::path::Path;
use crate::view::text::{Anchor, Font, Measure, Text};
use crate::view::{Scene, ShapeForm};

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
