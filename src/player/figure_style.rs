//! The colours and the font that a host page sets for its figure, read from text in a closed syntax: no CSS of the
//! page enters the frame.

use crate::view::paint::Colour;
use crate::view::palette::HostColours;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// What the host page sets; the figure keeps its own colour where a field is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FigureColours {
    /// Background.
    pub ground: Option<HexColour>,
    /// Text and marks.
    pub ink: Option<HexColour>,
    /// Secondary text.
    pub quiet_ink: Option<HexColour>,
    /// Lines.
    pub line: Option<HexColour>,
}

/// An opaque colour: `#` and six hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
pub struct HexColour(#[cfg_attr(test, ts(as = "String"))] Colour);

/// Names of font families, separated by commas; quotes may be around a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
pub struct FontFamily(String);

/// The longest list of families that is accepted.
const MOST_FONT_BYTES: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StyleError {
    #[error("a colour is `#` and six hexadecimal digits")]
    Colour,
    #[error(
        "a font is a list of family names of letters, digits, spaces, `-`, `_` and `.`, with at most {MOST_FONT_BYTES} bytes"
    )]
    Font,
}

impl FigureColours {
    /// As the palette takes them.
    pub fn host_colours(self) -> HostColours {
        let Self { ground, ink, quiet_ink, line } = self;
        let [ground, ink, quiet_ink, line] =
            [ground, ink, quiet_ink, line].map(|hex| hex.map(|HexColour(colour)| colour));
        HostColours { ground, ink, quiet_ink, line }
    }
}

impl FontFamily {
    /// In the syntax of CSS's `font-family`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for HexColour {
    type Error = StyleError;

    fn try_from(text: String) -> Result<Self, StyleError> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let is_hex = |digits: &&str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = digits.filter(is_hex).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        number.map(|number| Self(Colour::hex(number))).ok_or(StyleError::Colour)
    }
}

impl From<HexColour> for String {
    fn from(HexColour(colour): HexColour) -> Self {
        colour.to_string()
    }
}

impl TryFrom<String> for FontFamily {
    type Error = StyleError;

    fn try_from(text: String) -> Result<Self, StyleError> {
        let is_name = |name: &str| {
            let name = name.trim();
            let quoted = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
            let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(name);
            let fits = |letter: char| letter.is_alphanumeric() || " -_.".contains(letter);
            !bare.is_empty() && bare.chars().all(fits)
        };
        match text.len() <= MOST_FONT_BYTES && text.split(',').all(is_name) {
            true => Ok(Self(text)),
            false => Err(StyleError::Font),
        }
    }
}

impl From<FontFamily> for String {
    fn from(FontFamily(names): FontFamily) -> Self {
        names
    }
}

impl fmt::Display for FontFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hexadecimal_digits_and_nothing_else() {
        let read = |text: &str| HexColour::try_from(text.to_owned());
        assert_eq!(read("#aB0912"), Ok(HexColour(Colour::hex(0xAB_0912))));
        for hostile in
            ["", "#", "red", "#fff", "#+12345", "#12345é", "#1234567", "url(x)", "#123456;--x:1"]
        {
            assert_eq!(read(hostile), Err(StyleError::Colour), "{hostile}");
        }
    }

    #[test]
    fn a_font_is_a_list_of_names_and_nothing_else() {
        let read = |text: &str| FontFamily::try_from(text.to_owned());
        for names in ["Georgia", "\"Segoe UI\", 'Noto Sans' , -apple-system, serif", "游ゴシック"]
        {
            assert_eq!(read(names).map(String::from), Ok(names.to_owned()));
        }
        let long = "a".repeat(MOST_FONT_BYTES + 1);
        for hostile in
            ["", "a,,b", "url(x)", "x;color:red", "\"a", "a\"b", "\\61", "}*{", "var(--x)", &long]
        {
            assert_eq!(read(hostile), Err(StyleError::Font), "{hostile}");
        }
    }
}
