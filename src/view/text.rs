//! Text with its font and width, and the round numbers of an axis.

use crate::time::Time;
use crate::view::geometry::Point;
use std::borrow::Cow;

/// One line of text. `at` is on the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub words: Cow<'static, str>,
    pub at: Point,
    pub font: Font,
    pub anchor: Anchor,
}

/// A font; the family is that of the page, and digits are tabular everywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// CSS pixels.
    pub size: f64,
    /// As in CSS, 100 to 900.
    pub weight: u16,
}

/// The end of the text that is at `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// Measures the width of text, in CSS pixels.
pub trait Measure {
    fn width(&self, words: &str, font: Font) -> f64;
}

/// Measures each character as an average one, where no canvas is available.
#[derive(Clone, Copy, Debug, Default)]
pub struct EvenWidth;

impl Font {
    /// The font family of the whole interface, as CSS writes it.
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

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least` pixels wide at a density, in pixels per
/// unit; and into how many equal parts it divides well.
pub(crate) fn tick_step(density: f64, least: f64) -> (u64, u64) {
    let mut power: u64 = 1;
    loop {
        for (mantissa, parts) in [(1, 2), (2, 2), (5, 5)] {
            if (mantissa * power) as f64 * density >= least {
                return (mantissa * power, parts);
            }
        }
        if power > 1_000_000_000_000 {
            return (power, 1);
        }
        power *= 10;
    }
}

/// `100 ms`, `1.2 s`, `268.4 ms`: no more decimals than needed.
pub(crate) fn brief(at: Time) -> String {
    let us = at.as_us();
    let (unit, name, digits) = if us < 1_000_000 { (1_000, "ms", 3) } else { (1_000_000, "s", 6) };
    let (whole, rest) = (us / unit, us % unit);
    if rest == 0 {
        return format!("{whole} {name}");
    }
    let decimals = format!("{rest:0digits$}");
    format!("{whole}.{} {name}", decimals.trim_end_matches('0'))
}
