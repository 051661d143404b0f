//! Colours, and how a form is filled and outlined.

use std::fmt;

/// How much shows of what is no part of what somebody asks about.
pub const FAINT: f64 = 0.16;

/// An opaque colour; how much of it shows is said by `Paint::opacity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// What is drawn, from below: halo, fill, stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    pub halo: Option<Halo>,
    pub fill: Option<Colour>,
    pub stroke: Option<StrokeStyle>,
    /// Of the whole, 0 to 1.
    pub opacity: f64,
}

/// An outline under the form, to part it from what lies below. Half of its width shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Halo {
    pub colour: Colour,
    pub width: f64,
}

/// Joins are always round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StrokeStyle {
    pub colour: Colour,
    pub width: f64,
    /// Drawn and left out, in turn; from the start of the form.
    pub dash: Option<[f64; 2]>,
    pub round: bool,
}

impl Colour {
    /// From `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        Self { red: (rgb >> 16) as u8, green: (rgb >> 8) as u8, blue: rgb as u8 }
    }

    /// Relative luminance as WCAG 2 defines it, 0 to 1.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast ratio of WCAG 2, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// `#RRGGBB`, as CSS and SVG read it.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }
}

impl Paint {
    const NOTHING: Self = Self { halo: None, fill: None, stroke: None, opacity: 1.0 };

    pub const fn fill(colour: Colour) -> Self {
        Self { fill: Some(colour), ..Self::NOTHING }
    }

    pub const fn stroke(colour: Colour, width: f64) -> Self {
        let stroke = StrokeStyle { colour, width, dash: None, round: false };
        Self { stroke: Some(stroke), ..Self::NOTHING }
    }

    /// Filled, and outlined in another colour.
    pub const fn both(fill: Colour, stroke: Colour, width: f64) -> Self {
        Self { fill: Some(fill), ..Self::stroke(stroke, width) }
    }

    pub const fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    pub const fn halo(self, colour: Colour, width: f64) -> Self {
        Self { halo: Some(Halo { colour, width }), ..self }
    }

    pub fn dashed(mut self, drawn: f64, left_out: f64) -> Self {
        if let Some(stroke) = &mut self.stroke {
            stroke.dash = Some([drawn, left_out]);
        }
        self
    }

    /// Round ends.
    pub fn round(mut self) -> Self {
        if let Some(stroke) = &mut self.stroke {
            stroke.round = true;
        }
        self
    }
}
