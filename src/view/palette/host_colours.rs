//! The colours that a page around a figure sets, and the tokens that follow from them.

use super::{CodedName, Tokens};
use crate::view::paint::Colour;

/// What a page may set. The colours of leaders and alarms stay, because they identify them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct HostColours {
    /// Background.
    pub ground: Option<Colour>,
    /// Text and marks.
    pub ink: Option<Colour>,
    /// Secondary text.
    pub quiet_ink: Option<Colour>,
    /// Lines.
    pub line: Option<Colour>,
}

impl HostColours {
    /// The tokens of a theme with these colours. Grey tokens that the page does not set keep their place between
    /// background and ink.
    pub fn tokens(self, theme: &Tokens) -> Tokens {
        let Self { ground, ink, quiet_ink, line } = self;
        let stage = not_coded(ground.unwrap_or(theme.stage));
        let ink = not_coded(ink.unwrap_or(theme.ink));
        let moved = |token| not_coded(moved(token, [theme.stage, theme.ink], [stage, ink]));
        let quiet = quiet_ink.map(not_coded);
        let line = line.map(not_coded);
        Tokens {
            page: moved(theme.page),
            stage,
            ink,
            ink2: quiet.unwrap_or_else(|| moved(theme.ink2)),
            ink3: quiet.unwrap_or_else(|| moved(theme.ink3)),
            ctl: moved(theme.ctl),
            line: line.unwrap_or_else(|| moved(theme.line)),
            line2: line.unwrap_or_else(|| moved(theme.line2)),
            sel: moved(theme.sel),
            hover: moved(theme.hover),
            none: moved(theme.none),
            partition_line: moved(theme.partition_line),
            neutral: moved(theme.neutral),
            ..*theme
        }
    }
}

/// A colour between two others, moved along with them; each channel keeps its distance from both.
fn moved(colour: Colour, from: [Colour; 2], to: [Colour; 2]) -> Colour {
    let channel = |of: fn(Colour) -> u8| {
        let [low, high] = from.map(|end| f64::from(of(end)));
        let share = (f64::from(of(colour)) - low) / (high - low);
        let [low, high] = to.map(|end| f64::from(of(end)));
        (low + share * (high - low)).round().clamp(0.0, 255.0) as u8
    };
    Colour {
        red: channel(|colour| colour.red),
        green: channel(|colour| colour.green),
        blue: channel(|colour| colour.blue),
    }
}

/// The nearest colour that is not taken for a code.
fn not_coded(colour: Colour) -> Colour {
    match CodedName::of_coded(colour) {
        Some(_) => Colour { red: 1, ..colour },
        None => colour,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::palette::{ColourTheme, css};

    #[test]
    fn a_page_that_sets_nothing_changes_nothing() {
        for theme in [ColourTheme::Light, ColourTheme::Dark] {
            assert_eq!(HostColours::default().tokens(&theme.tokens()), theme.tokens());
        }
    }

    #[test]
    fn what_a_page_sets_is_drawn_and_what_lies_between_moves_along() {
        let (ground, ink) = (Colour::hex(0x002B36), Colour::hex(0xFDF6E3));
        let colours = HostColours { ground: Some(ground), ink: Some(ink), ..Default::default() };
        let tokens = ColourTheme::Host { is_dark: true, colours }.tokens();
        assert_eq!((tokens.stage, tokens.ink), (ground, ink));
        assert_eq!(tokens.alarm, ColourTheme::Dark.tokens().alarm);
        for quiet in [tokens.ink2, tokens.ink3, tokens.ctl, tokens.line2, tokens.line] {
            let light = quiet.luminance();
            assert!(ground.luminance() < light && light < ink.luminance(), "{quiet}");
        }
    }

    #[test]
    fn quiet_ink_and_line_are_those_of_the_page() {
        let (quiet, line) = (Colour::hex(0x445566), Colour::hex(0xCC8800));
        let colours =
            HostColours { quiet_ink: Some(quiet), line: Some(line), ..Default::default() };
        let tokens = colours.tokens(&ColourTheme::Light.tokens());
        assert_eq!([tokens.ink2, tokens.ink3], [quiet; 2]);
        assert_eq!([tokens.line, tokens.line2], [line; 2]);
        assert_eq!(tokens.ink, ColourTheme::Light.tokens().ink);
    }

    #[test]
    fn black_is_no_code() {
        let colours = HostColours { ink: Some(Colour::hex(0)), ..Default::default() };
        let ink = ColourTheme::Host { is_dark: false, colours }.tokens().ink;
        assert_eq!(css(ink), "#010000");
    }
}
