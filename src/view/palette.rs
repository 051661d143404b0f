//! All colours: tokens, leader colours with their patterns, and coded colours for SVG. `www/style.css`
//! defines the same tokens under the same names, and a test compares the two.
//!
//! Only two things are coloured: leaders (those that a process believes in or a message names) and alarms.

mod leader_style;

pub use leader_style::{HostColours, LeaderStyle, LeaderStyles, Pattern};

use super::Colour;
use std::borrow::Cow;
use std::fmt;

/// The colour themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ColourTheme {
    #[default]
    Light,
    Dark,
    /// Each colour encodes its name (`CodedName`). The reader's program chooses the colour later: in an SVG
    /// file, or on a page under forced colours.
    Coded,
    /// Light or dark, with colours of the page around a figure.
    Host {
        is_dark: bool,
        colours: HostColours,
    },
}

/// The colours of one theme, without those of leaders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tokens {
    /// Background of script and lessons.
    pub page: Colour,
    /// Background of canvas and panels.
    pub stage: Colour,
    /// Text, marks, the primary button.
    pub ink: Colour,
    /// Secondary text, `Alive`, the cut.
    pub ink2: Colour,
    /// Times, captions, crashed processes; the lowest contrast that text may have.
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
    /// The inside of a cut.
    pub partition_line: Colour,
    /// A message kind in the legend, where it names no leader.
    pub neutral: Colour,
    /// The strip where several processes lead, and the text on it.
    pub alarm: Colour,
    pub on_alarm: Colour,
    /// Text and background of verdicts and diagnostics.
    pub alarm_text: Colour,
    pub alarm_bg: Colour,
    /// Only the tick of a met expectation.
    pub good: Colour,
    /// The opacity of the stage's colour over the future, in percent.
    pub veil: u8,
}

/// A leader's colour, its edge in this theme and the colour of a number on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hue {
    pub paint: Colour,
    pub on: Colour,
    pub edge: Colour,
    /// The outline of a bar: pale colours need one on a white stage, and none on a dark one.
    pub rim: Option<Colour>,
}

impl ColourTheme {
    pub fn tokens(self) -> Tokens {
        match self {
            Self::Light => LIGHT,
            Self::Dark => DARK,
            Self::Coded => TOKENS,
            Self::Host { is_dark, colours } => colours.tokens(if is_dark { &DARK } else { &LIGHT }),
        }
    }

    /// Whether it is light on dark.
    pub const fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::Host { is_dark: true, .. })
    }

    /// One of the six hues; slots from 6 on repeat them.
    pub const fn hue(self, slot: u8) -> Hue {
        let (paint, on, light, dark) = HUES[slot as usize % HUES.len()];
        match self {
            Self::Light | Self::Host { is_dark: false, .. } => {
                Hue { paint, on, edge: light, rim: Some(light) }
            }
            Self::Dark | Self::Host { is_dark: true, .. } => {
                Hue { paint, on, edge: dark, rim: None }
            }
            Self::Coded => hue(slot % HUES.len() as u8),
        }
    }
}

/// A colour of any theme in CSS. A coded colour becomes a system colour of the reader's forced palette.
pub fn css(colour: Colour) -> Cow<'static, str> {
    match CodedName::of_coded(colour) {
        Some(name) => Cow::Borrowed(name.forced()),
        None => Cow::Owned(colour.to_string()),
    }
}

impl Tokens {
    /// How many there are.
    pub const COUNT: usize = 18;

    /// The tokens by their custom properties in the style sheet, without the dashes.
    pub fn named(&self) -> [(&'static str, Colour); Self::COUNT] {
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
            ("partition", self.partition_line),
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

/// Fill, number on it, edge in the light and in the dark theme: blue, orange, green, purple, sky, yellow.
/// These are the Okabe–Ito hues without vermillion; their lightness is changed so that the closest pair is
/// distinct.
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

/// What a colour of a coded scene stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodedName {
    /// A token, by its index in `Tokens::named`.
    Token(u8),
    Hue(LeaderColourPart, u8),
}

/// One of the colours of a leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeaderColourPart {
    Paint,
    On,
    Edge,
    Rim,
}

const fn token(place: u32) -> Colour {
    Colour::hex(place)
}

/// In the order of `Tokens::named`.
const TOKENS: Tokens = Tokens {
    page: token(0),
    stage: token(1),
    ink: token(2),
    ink2: token(3),
    ink3: token(4),
    ctl: token(5),
    line: token(6),
    line2: token(7),
    sel: token(8),
    hover: token(9),
    none: token(10),
    partition_line: token(11),
    neutral: token(12),
    alarm: token(13),
    on_alarm: token(14),
    alarm_text: token(15),
    alarm_bg: token(16),
    good: token(17),
    // A percentage cannot be coded as a colour; this is between those of the two themes.
    veil: 59,
};

const fn hue(slot: u8) -> Hue {
    const fn code(part: LeaderColourPart, slot: u8) -> Colour {
        Colour { red: 0, green: part as u8 + 1, blue: slot }
    }
    Hue {
        paint: code(LeaderColourPart::Paint, slot),
        on: code(LeaderColourPart::On, slot),
        edge: code(LeaderColourPart::Edge, slot),
        rim: Some(code(LeaderColourPart::Rim, slot)),
    }
}

impl CodedName {
    /// What a colour of a coded scene stands for.
    pub const fn of(colour: Colour) -> Self {
        match colour.green {
            0 => Self::Token(colour.blue),
            1 => Self::Hue(LeaderColourPart::Paint, colour.blue),
            2 => Self::Hue(LeaderColourPart::On, colour.blue),
            3 => Self::Hue(LeaderColourPart::Edge, colour.blue),
            _ => Self::Hue(LeaderColourPart::Rim, colour.blue),
        }
    }

    /// What a colour stands for if it is a coded one. The colours of the themes are never so nearly black.
    pub fn of_coded(colour: Colour) -> Option<Self> {
        let Colour { red, green, blue } = colour;
        let is_coded = red == 0 && green <= 4 && usize::from(blue) < Tokens::COUNT;
        is_coded.then(|| Self::of(colour))
    }

    /// The CSS system colour that replaces it where the reader's system forces its colours on all pages.
    /// `www/adapt.css` gives the custom properties the same values.
    pub fn forced(self) -> &'static str {
        const LEADERS: [(&str, &str); 6] = [
            ("Highlight", "HighlightText"),
            ("LinkText", "Canvas"),
            ("CanvasText", "Canvas"),
            ("VisitedText", "Canvas"),
            ("GrayText", "Canvas"),
            ("ButtonFace", "ButtonText"),
        ];
        let leader = |slot: u8| LEADERS[usize::from(slot) % LEADERS.len()];
        match self {
            Self::Token(_) => match &*self.to_string() {
                "page" | "stage" | "sel" | "hover" | "none" | "partition" | "alarm-bg"
                | "on-alarm" => "Canvas",
                "line" | "line2" | "neutral" => "GrayText",
                _ => "CanvasText",
            },
            Self::Hue(LeaderColourPart::Paint, slot) => leader(slot).0,
            Self::Hue(LeaderColourPart::On, slot) => leader(slot).1,
            Self::Hue(LeaderColourPart::Edge | LeaderColourPart::Rim, _) => "CanvasText",
        }
    }

    /// The colour in a theme; `None` if that theme does not draw it.
    pub fn shown(self, theme: ColourTheme) -> Option<Colour> {
        match self {
            Self::Token(place) => {
                theme.tokens().named().get(usize::from(place)).map(|(_, colour)| *colour)
            }
            Self::Hue(part, slot) => {
                let hue = theme.hue(slot);
                match part {
                    LeaderColourPart::Paint => Some(hue.paint),
                    LeaderColourPart::On => Some(hue.on),
                    LeaderColourPart::Edge => Some(hue.edge),
                    LeaderColourPart::Rim => hue.rim,
                }
            }
        }
    }
}

/// As in the style sheet, without the dashes: `ink`, `paint0`.
impl fmt::Display for CodedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (part, slot) = match self {
            Self::Token(place) => {
                let named = ColourTheme::Coded.tokens().named();
                return f.write_str(named.get(usize::from(*place)).map_or("ink", |(name, _)| name));
            }
            Self::Hue(part, slot) => (part, slot),
        };
        let part = match part {
            LeaderColourPart::Paint => "paint",
            LeaderColourPart::On => "on",
            LeaderColourPart::Edge => "edge",
            LeaderColourPart::Rim => "rim",
        };
        write!(f, "{part}{slot}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A contrast ratio in tenths, as in the table of the design.
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

    #[test]
    fn every_name_is_found_by_its_colour() {
        for (place, (name, code)) in TOKENS.named().into_iter().enumerate() {
            assert_eq!(CodedName::of(code), CodedName::Token(place as u8));
            assert_eq!(CodedName::of(code).to_string(), name);
            for theme in [ColourTheme::Light, ColourTheme::Dark] {
                let shown = CodedName::of(code).shown(theme);
                assert_eq!(shown, Some(theme.tokens().named()[place].1), "{name}");
            }
        }
        let hue = ColourTheme::Coded.hue(3);
        assert_eq!(CodedName::of(hue.edge).to_string(), "edge3");
        assert_eq!(
            CodedName::of(hue.edge).shown(ColourTheme::Dark),
            Some(ColourTheme::Dark.hue(3).edge)
        );
        assert_eq!(hue.rim.map(CodedName::of).and_then(|name| name.shown(ColourTheme::Dark)), None);
    }
}
