//! Colours by name, as numbers in the place of colours: a scene that is drawn once and shown in
//! both themes says of each of its colours what it stands for.

use super::{ColourTheme, Hue, Tokens};
use crate::view::paint::Colour;
use std::fmt;

/// What a colour of a coded scene stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodedName {
    /// By its place among `Tokens::named`.
    Token(u8),
    Hue(LeaderColourPart, u8),
}

/// A colour of a leader.
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
pub(super) const TOKENS: Tokens = Tokens {
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
    // No colour, so it cannot be told later: between that of the two themes.
    veil: 59,
};

pub(super) const fn hue(slot: u8) -> Hue {
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

    /// What a colour stands for, if it is one of a coded scene: no colour of a theme is so nearly black.
    pub fn of_coded(colour: Colour) -> Option<Self> {
        let Colour { red, green, blue } = colour;
        (red == 0 && green <= 4 && blue < 18).then(|| Self::of(colour))
    }

    /// The colour of the reader's system that stands for it where the system forces its colours on all
    /// pages, as CSS names it. `www/adapt.css` gives the custom properties the same ones.
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
                "page" | "stage" | "sel" | "hover" | "none" | "canal" | "alarm-bg" | "on-alarm" => {
                    "Canvas"
                }
                "line" | "line2" | "neutral" => "GrayText",
                _ => "CanvasText",
            },
            Self::Hue(LeaderColourPart::Paint, slot) => leader(slot).0,
            Self::Hue(LeaderColourPart::On, slot) => leader(slot).1,
            Self::Hue(LeaderColourPart::Edge | LeaderColourPart::Rim, _) => "CanvasText",
        }
    }

    /// The colour in a theme; none where it is not to be seen there.
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

/// As the style sheet writes it without the dashes: `ink`, `paint0`.
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
