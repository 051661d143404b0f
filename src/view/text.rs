//! Words in a scene: how they are set, and how wide they are.

use super::geometry::Point;
use std::borrow::Cow;

/// One line of words. `at` is on the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub words: Cow<'static, str>,
    pub at: Point,
    pub font: Font,
    pub anchor: Anchor,
}

/// The family is the page's; digits are tabular everywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// CSS pixels.
    pub size: f64,
    /// As CSS counts, 100 to 900.
    pub weight: u16,
}

/// Which end of the words is at `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// How wide words are; text on the canvas is measured before it is placed.
pub trait Measure {
    fn width(&self, words: &str, font: Font) -> f64;
}

/// Every character as wide as the average one: where there is no canvas to ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct EvenWidth;

impl Font {
    /// Of the whole interface, as CSS writes it.
    pub const FAMILY: &str = "-apple-system, BlinkMacSystemFont, \"Segoe UI Variable Text\", \
        \"Segoe UI\", Roboto, \"Noto Sans\", Ubuntu, Cantarell, \"Liberation Sans\", system-ui, \
        sans-serif";

    pub const fn new(size: f64, weight: u16) -> Self {
        Self { size, weight }
    }
}

impl Measure for EvenWidth {
    fn width(&self, words: &str, font: Font) -> f64 {
        let em = if font.weight >= 600 { 0.56 } else { 0.53 };
        words.chars().count() as f64 * font.size * em
    }
}
