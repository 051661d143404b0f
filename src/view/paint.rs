//! Colours, and how a shape is filled and outlined.

use std::fmt;

/// The opacity of messages that an explanation leaves out.
pub const FAINT: f64 = 0.16;

/// An opaque colour; `Paint::opacity` makes it transparent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// How a shape is painted, from bottom to top: halo, fill, stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    pub halo: Option<Halo>,
    pub fill: Option<Colour>,
    pub stroke: Option<StrokeStyle>,
    /// The opacity of the whole, 0 to 1.
    pub opacity: f64,
}

/// An outline under the shape, which separates it from the shapes below. Half of `width` is visible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Halo {
    pub colour: Colour,
    pub width: f64,
}

/// A stroke; joins are always round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StrokeStyle {
    pub colour: Colour,
    pub width: f64,
    /// The lengths of a dash and of a gap, in CSS pixels, from the start of the shape.
    pub dash: Option<[f64; 2]>,
    pub round: bool,
}

impl Colour {
    /// The colour `0xRRGGBB`.
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

    /// With round line ends.
    pub fn round(mut self) -> Self {
        if let Some(stroke) = &mut self.stroke {
            stroke.round = true;
        }
        self
    }
}
