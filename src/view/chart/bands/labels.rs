//! What is written in the chart of one setting.

use super::{BAR, Band, Bands, LINES, heading};
use crate::narration;
use crate::sweep::RunValue;
use crate::view::chart::axis::{ChartDrawing, HEADING, Label, SMALL, STRONG};
use crate::view::chart::spoken;
use crate::view::geometry::{Point, Rect, point};
use crate::view::palette::Tokens;
use crate::view::text::{Anchor, Font};
use crate::view::{Colour, Paint};

/// Lines of text at the end of a line of the chart.
struct LineName {
    x: f64,
    y: f64,
    rows: Vec<(String, Font, Colour)>,
}

impl Bands<'_> {
    pub(super) fn draw_headings(&self, drawing: &mut ChartDrawing, lines: &[f64]) {
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
    pub(super) fn draw_line_names(&self, drawing: &mut ChartDrawing) {
        let names = self.bands.iter().flat_map(|band| self.line_names(band, drawing.tokens));
        let mut names: Vec<LineName> = names.collect();
        crate::sort::sort_by(&mut names, |one, other| one.y.total_cmp(&other.y));
        let mut next = f64::NEG_INFINITY;
        for LineName { x, y, rows } in names {
            let mut y = (y + 4.0).max(next);
            for (words, font, colour) in rows {
                let words = drawing.shortened(&words, font, drawing.scene.size.width - x);
                drawing
                    .label(&Label { words: &words, font, colour }, &[(point(x, y), Anchor::Start)]);
                y += LINES;
            }
            next = y;
        }
    }

    /// Of two bands, which one has which bars.
    pub(super) fn draw_bar_names(&self, drawing: &mut ChartDrawing) {
        let (x, ink2) = (self.lower.max.x + 4.0, drawing.tokens.ink2);
        for (nth, band) in self.bands.iter().enumerate() {
            let Some(name) = &band.name else { continue };
            let foot = self.lower.max.y - LINES * (1 - nth.min(1)) as f64;
            band.draw_bar(drawing, Rect::new(x, foot - 8.0, x + 2.0 * self.half, foot));
            let left = x + 2.0 * self.half + 6.0;
            let words = drawing.shortened(name, SMALL, drawing.scene.size.width - left);
            let label = Label { words: &words, font: SMALL, colour: ink2 };
            drawing.label(&label, &[(point(left, foot), Anchor::Start)]);
        }
    }

    /// The names of the lines of a band; of two bands also the name of the band itself.
    fn line_names(&self, band: &Band, tokens: Tokens) -> Vec<LineName> {
        let Some((column, times)) = band.run().last() else { return Vec::new() };
        let x = column.x + if self.axis.is_words { BAR } else { 10.0 };
        let upper = if self.model.exceeds(times.p99) { tokens.alarm_text } else { tokens.ink };
        let at = |value: RunValue, rows: &[(&str, Font, Colour)]| LineName {
            x,
            y: self.times.y(value),
            rows: rows
                .iter()
                .map(|&(words, font, colour)| (words.to_owned(), font, colour))
                .collect(),
        };
        match &band.name {
            None => vec![
                at(times.p99, &[("99 of 100 runs", STRONG, upper)]),
                at(times.p90, &[("90 of 100", SMALL, tokens.ink3)]),
                at(times.median, &[("half of them", STRONG, tokens.ink)]),
            ],
            Some(name) => vec![
                at(times.p99, &[(name, STRONG, upper), ("99 of 100 runs", SMALL, tokens.ink3)]),
                at(times.median, &[("half of them", SMALL, tokens.ink3)]),
            ],
        }
    }

    /// What the rings and the bars are at; the own and the hovered one first.
    pub(super) fn draw_figures(&self, drawing: &mut ChartDrawing) {
        let tokens = drawing.tokens;
        let of_own = self.own.map(|place| (place, STRONG, tokens.ink));
        let of_hovered = self.hovered.map(|place| (place, SMALL, tokens.ink2));
        for (place, font, colour) in of_own.into_iter().chain(of_hovered) {
            let Some((column, times)) =
                self.column(place).and_then(|(_, it)| Some((it, it.times?)))
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
        let ends = |band: &Band| [band.columns.first()?.place, band.columns.last()?.place].into();
        let ends = self.bands.iter().filter_map(ends).flat_map(|ends: [usize; 2]| ends);
        let all = self.bands.iter().flat_map(|band| &band.columns).map(|column| column.place);
        let order: Vec<usize> = first.chain(ends).chain(all).collect();
        for (nth, place) in order.iter().enumerate() {
            if order[..nth].contains(place) {
                continue;
            }
            let Some((band, column, share)) =
                self.column(*place).and_then(|(band, it)| Some((band, it, it.needless?)))
            else {
                continue;
            };
            let is_strong = [self.own, self.hovered].contains(&Some(*place));
            let (font, colour) =
                if is_strong { (STRONG, tokens.ink) } else { (SMALL, tokens.ink2) };
            let at = point(column.x + band.aside, self.bar(share) - 4.0);
            let words = of_hundred(share);
            drawing.label(&Label { words: &words, font, colour }, &[(at, Anchor::Middle)]);
        }
    }

    /// The line of what is expected, with its words below it at the right, or else where there is room.
    pub(super) fn draw_limit(&self, drawing: &mut ChartDrawing) {
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
