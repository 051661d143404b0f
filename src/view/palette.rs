//! Every colour there is. `www/style.css` holds the same tokens under the same names, and a test
//! compares the two.
//!
//! Hue is spent on two things: whom a process believes (or a message names), and the alarm.

mod coded;
mod leader_style;

pub use coded::CodedName;
pub use leader_style::{LeaderStyle, LeaderStyles, Pattern};

use super::paint::Colour;
use std::borrow::Cow;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ColourTheme {
    #[default]
    Light,
    Dark,
    /// Every colour is the number of its name: for what is coloured where it is looked at, as a file is, or
    /// a page on which the reader's system forces its own colours.
    Coded,
}

/// The colours of one theme that are not a leader's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tokens {
    /// Script and lessons.
    pub page: Colour,
    /// Canvas and panels.
    pub stage: Colour,
    /// Text, marks, the primary button.
    pub ink: Colour,
    /// Second text, `Alive`, the cut.
    pub ink2: Colour,
    /// Times, captions, crashed processes; the least contrast that text may have.
    pub ink3: Colour,
    /// Outline of a control.
    pub ctl: Colour,
    /// Hairlines, and links at rest.
    pub line: Colour,
    pub line2: Colour,
    /// Pressed.
    pub sel: Colour,
    /// Hovered.
    pub hover: Colour,
    /// The strip where nobody leads.
    pub none: Colour,
    /// Inside of a cut.
    pub partition_line: Colour,
    /// A kind in the legend, where it names nobody yet.
    pub neutral: Colour,
    /// The strip where several lead, and the text on it.
    pub alarm: Colour,
    pub on_alarm: Colour,
    /// Verdict and diagnostics.
    pub alarm_text: Colour,
    pub alarm_bg: Colour,
    /// The tick of a met expectation, and nothing else.
    pub good: Colour,
    /// How much of the stage lies over the future, in percent.
    pub veil: u8,
}

/// A leader's paint, with its edge in this theme and the number that stands on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hue {
    pub paint: Colour,
    pub on: Colour,
    pub edge: Colour,
    /// Around a bar: pale paints need their edge on a white stage, and none on a dark one.
    pub rim: Option<Colour>,
}

impl ColourTheme {
    pub const fn tokens(self) -> &'static Tokens {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::Coded => &coded::TOKENS,
        }
    }

    /// One of the six hues; they repeat from 6.
    pub const fn hue(self, slot: u8) -> Hue {
        let (paint, on, light, dark) = HUES[slot as usize % HUES.len()];
        match self {
            Self::Light => Hue { paint, on, edge: light, rim: Some(light) },
            Self::Dark => Hue { paint, on, edge: dark, rim: None },
            Self::Coded => coded::hue(slot % HUES.len() as u8),
        }
    }
}

/// A colour of any theme as CSS names it: that of a coded theme is one of the reader's system.
pub fn css(colour: Colour) -> Cow<'static, str> {
    match CodedName::of_coded(colour) {
        Some(name) => Cow::Borrowed(name.forced()),
        None => Cow::Owned(colour.to_string()),
    }
}

impl Tokens {
    /// By the name of their custom property in the style sheet, without the dashes.
    pub fn named(&self) -> [(&'static str, Colour); 18] {
        [
            ("page", self.page),
            ("stage", self.stage),
            ("ink", self.ink),
            ("ink2", self.ink2),
            ("ink3", self.ink3),
            ("ctl", self.ctl),
            ("line", self.line),
            ("line2", self.line2),
            ("sel", self.sel),
            ("hover", self.hover),
            ("none", self.none),
            ("canal", self.partition_line),
            ("neutral", self.neutral),
            ("alarm", self.alarm),
            ("on-alarm", self.on_alarm),
            ("alarm-text", self.alarm_text),
            ("alarm-bg", self.alarm_bg),
            ("good", self.good),
        ]
    }
}

const LIGHT: Tokens = Tokens {
    page: Colour::hex(0xF6F6F3),
    stage: Colour::hex(0xFFFFFF),
    ink: Colour::hex(0x16191D),
    ink2: Colour::hex(0x474E57),
    ink3: Colour::hex(0x616972),
    ctl: Colour::hex(0x85898C),
    line: Colour::hex(0xE4E5E1),
    line2: Colour::hex(0xB9BDB9),
    sel: Colour::hex(0xECEDE9),
    hover: Colour::hex(0xF0F0EC),
    none: Colour::hex(0xF1F1EE),
    partition_line: Colour::hex(0xF6F6F3),
    neutral: Colour::hex(0xD3D6D3),
    alarm: Colour::hex(0xC8401A),
    on_alarm: Colour::hex(0xFFFFFF),
    alarm_text: Colour::hex(0xB23410),
    alarm_bg: Colour::hex(0xFCEDE7),
    good: Colour::hex(0x1C6B4A),
    veil: 58,
};

const DARK: Tokens = Tokens {
    page: Colour::hex(0x0F1113),
    stage: Colour::hex(0x15181B),
    ink: Colour::hex(0xECEEF0),
    ink2: Colour::hex(0xB6BCC4),
    ink3: Colour::hex(0x8D959F),
    ctl: Colour::hex(0x6B727B),
    line: Colour::hex(0x272B30),
    line2: Colour::hex(0x4A5058),
    sel: Colour::hex(0x24282D),
    hover: Colour::hex(0x1D2125),
    none: Colour::hex(0x1B1F23),
    partition_line: Colour::hex(0x0B0D0E),
    neutral: Colour::hex(0x565D66),
    alarm: Colour::hex(0xC8401A),
    on_alarm: Colour::hex(0xFFFFFF),
    alarm_text: Colour::hex(0xFF8A6B),
    alarm_bg: Colour::hex(0x33190F),
    good: Colour::hex(0x6FD3A8),
    veil: 60,
};

/// Paint, number on it, edge in the light and in the dark theme: blue, orange, green, purple, sky,
/// yellow. The six Okabe–Ito hues without vermillion, moved in lightness until the worst pair parts.
const HUES: [(Colour, Colour, Colour, Colour); 6] = {
    const WHITE: Colour = Colour::hex(0xFFFFFF);
    const INK: Colour = Colour::hex(0x16191D);
    const fn hue(
        paint: u32,
        on: Colour,
        light: u32,
        dark: u32,
    ) -> (Colour, Colour, Colour, Colour) {
        (Colour::hex(paint), on, Colour::hex(light), Colour::hex(dark))
    }
    [
        hue(0x1165C0, WHITE, 0x094480, 0x7DB6FF),
        hue(0xF39A00, INK, 0x945600, 0xFFC468),
        hue(0x48C094, INK, 0x12704F, 0x8AE3C2),
        hue(0xBE69A8, INK, 0x8A3A76, 0xEAA5D9),
        hue(0x83DBFF, INK, 0x1B6C93, 0xC3EDFF),
        hue(0xE4E655, INK, 0x6B6A00, 0xF4F5A6),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    /// What the design's contrast table promises, in tenths.
    fn tenths(ratio: f64) -> u32 {
        (ratio * 10.0).round() as u32
    }

    #[test]
    fn text_and_marks_have_the_contrast_that_the_table_promises() {
        for (tokens, ink, ink2, ink3, on_page, ctl, alarm, alarm_text, on_alarm_bg, good) in [
            (&LIGHT, 176, 84, 56, 51, 35, 50, 62, 54, 65),
            (&DARK, 153, 93, 59, 62, 37, 36, 77, 71, 98),
        ] {
            let on_stage = |colour: Colour| tenths(colour.contrast(tokens.stage));
            assert_eq!(on_stage(tokens.ink), ink);
            assert_eq!(on_stage(tokens.ink2), ink2);
            assert_eq!(on_stage(tokens.ink3), ink3);
            assert_eq!(tenths(tokens.ink3.contrast(tokens.page)), on_page);
            assert_eq!(on_stage(tokens.ctl), ctl);
            assert_eq!(on_stage(tokens.alarm), alarm);
            assert_eq!(tenths(tokens.on_alarm.contrast(tokens.alarm)), 50);
            assert_eq!(on_stage(tokens.alarm_text), alarm_text);
            assert_eq!(tenths(tokens.alarm_text.contrast(tokens.alarm_bg)), on_alarm_bg);
            assert_eq!(on_stage(tokens.good), good);
        }
    }

    #[test]
    fn leader_paints_have_the_contrast_that_the_table_promises() {
        let table = [
            (58, 98, 85),
            (79, 58, 113),
            (78, 61, 118),
            (48, 71, 92),
            (114, 58, 143),
            (132, 57, 157),
        ];
        for (slot, (number, light, dark)) in (0..).zip(table) {
            let hue = ColourTheme::Light.hue(slot);
            assert_eq!(tenths(hue.on.contrast(hue.paint)), number, "number on slot {slot}");
            let edge =
                |theme: ColourTheme| tenths(theme.hue(slot).edge.contrast(theme.tokens().stage));
            assert_eq!(
                (edge(ColourTheme::Light), edge(ColourTheme::Dark)),
                (light, dark),
                "edge of {slot}"
            );
        }
    }

    #[test]
    fn a_rail_needs_no_edge_in_the_dark() {
        for slot in 0..6 {
            let ratio = ColourTheme::Dark.hue(slot).paint.contrast(DARK.stage);
            assert!(ratio >= 3.0, "slot {slot} has {ratio:.2}");
        }
    }
}
