//! Text with its font and width, and numbers in the shortest decimal form.

use super::geometry::Point;
use std::borrow::Cow;
use std::fmt;

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

/// A number rounded to hundredths: `12`, `0.5`, `-3.25`. Beyond 90 trillion it saturates.
pub fn decimal(value: f64) -> impl fmt::Display {
    let hundredths = (value.abs() * 100.0 + 0.5) as u64;
    let sign = if value < 0.0 && hundredths > 0 { "-" } else { "" };
    fmt::from_fn(move |f| {
        write!(f, "{sign}{}", hundredths / 100)?;
        match hundredths % 100 {
            0 => Ok(()),
            tenths if tenths.is_multiple_of(10) => write!(f, ".{}", tenths / 10),
            rest => write!(f, ".{rest:02}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn a_number_is_written_with_no_more_decimals_than_needed() {
        let written = |value| decimal(value).to_string();
        assert_eq!(written(12.0), "12");
        assert_eq!(written(0.5), "0.5");
        assert_eq!(written(-3.254), "-3.25");
        assert_eq!(written(-0.001), "0");
        assert_eq!(written(7.009), "7.01");
    }
}
