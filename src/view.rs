//! Scenes as plain data: a scene is a list of shapes that a canvas paints and that a file can contain.
//!
//! This module does not depend on a browser. Here are shapes, their colours, fills and outlines, and `Scene::pick`, the
//! hit test. `build` makes the model of an instant, `stage` and `spacetime` draw it, `palette` contains the colours.

use crate::choice::{MessageId, TimerId};
use crate::scenario::{Link, limits};
use crate::types::Rank;
pub use geometry::decimal;
use geometry::{Curve, Path, Placement, Point, Size, distance_to_line};
use std::fmt;
use text::Text;

pub mod accessibility;
pub mod build;
pub mod chart;
pub mod geometry;
pub mod glyphs;
pub mod model;
pub mod palette;
pub mod picture;
pub mod ring;
pub mod signs;
pub mod spacetime;
pub mod stage;
pub mod strip;
pub mod text;

/// The shapes to paint, from bottom to top, and the regions that can be picked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    pub size: Size,
    pub shapes: Vec<Shape>,
    /// The areas of all targets, for the hit test.
    pub hit_regions: Vec<HitRegion>,
    /// How many elements are not drawn because the scene has too many shapes (`limits::MOST_SHAPES`).
    pub left_out: usize,
}

/// A form with its paint; `target` is what it belongs to, if it can be selected.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub form: ShapeForm,
    pub paint: Paint,
    pub target: Option<Target>,
}

/// The form of a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeForm {
    Circle { centre: Point, radius: f64 },
    Line { from: Point, to: Point },
    Curve(Curve),
    Path { path: Path, place: Placement },
    Text(Text),
}

/// What a pointer or a key can select.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    Process(Rank),
    Message(MessageId),
    /// Both directions of a link; `from` is the lower rank.
    Link(Link),
    /// The partition line of a network that is split in two.
    Partition,
    /// One end of the partition line, which can be dragged.
    Handle(PartitionEnd),
    /// The end of a timeout.
    Timer(TimerId),
    /// A fault, by the index of its line in the timeline.
    Fault(usize),
    /// The end of a pause, by the index of its line in the timeline.
    FaultEnd(usize),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Process(rank) => write!(f, "process {rank}"),
            Self::Message(name) => {
                write!(f, "message {} {}->{} #{}", name.kind, name.from, name.to, name.nth)?;
                if name.copy { f.write_str(" copy") } else { Ok(()) }
            }
            Self::Link(link) => write!(f, "link {}--{}", link.from, link.to),
            Self::Partition => f.write_str("partition"),
            Self::Handle(end) => write!(f, "handle {end:?}"),
            Self::Timer(name) => write!(f, "timer {} {} #{}", name.timer, name.of, name.nth),
            Self::Fault(entry) => write!(f, "fault {entry}"),
            Self::FaultEnd(entry) => write!(f, "end of fault {entry}"),
        }
    }
}

/// The ends of a partition line. Clockwise, the side with the lowest rank begins at the first end and stops
/// at the second, so an end keeps its name when the stage is resized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartitionEnd {
    First,
    Second,
}

impl PartitionEnd {
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// The area of a target: for the hit test, and for the button that represents the target in the DOM.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HitRegion {
    pub target: Target,
    pub area: HitArea,
}

/// The area in which a pointer hits a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HitArea {
    /// `drawn` is the visible radius, `reach` the radius of the hit test; CSS pixels.
    Disc { centre: Point, drawn: f64, reach: f64 },
    /// All points within `reach` CSS pixels of a straight line.
    Band { from: Point, to: Point, reach: f64 },
}

impl Scene {
    pub fn new(size: Size) -> Self {
        Self { size, ..Self::default() }
    }

    /// The target at a point. Discs come first, nearest centre first, so that a link does not hide a message;
    /// then the partition line, which is drawn over links; then the nearest line.
    pub fn pick(&self, at: Point) -> Option<Target> {
        let nearest = |kind: fn(&HitRegion) -> bool| {
            let hits = self.hit_regions.iter().filter(|region| kind(region));
            let reached = hits.filter_map(|region| Some((region.area.hit(at)?, region.target)));
            reached.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, target)| target)
        };
        nearest(|region| matches!(region.area, HitArea::Disc { .. }))
            .or_else(|| nearest(|region| region.target == Target::Partition))
            .or_else(|| nearest(|region| matches!(region.area, HitArea::Band { .. })))
    }

    /// The area of a target, if it is drawn.
    pub fn area(&self, target: Target) -> Option<HitArea> {
        self.hit_regions.iter().find(|region| region.target == target).map(|region| region.area)
    }

    /// Centre and radius of a process as drawn.
    pub fn process(&self, rank: Rank) -> Option<(Point, f64)> {
        self.hit_regions.iter().find_map(|region| match region.area {
            HitArea::Disc { centre, drawn, .. } if region.target == Target::Process(rank) => {
                Some((centre, drawn))
            }
            HitArea::Disc { .. } | HitArea::Band { .. } => None,
        })
    }

    /// Whether one more element may be drawn, where `first` is the index of the first shape of its kind. If
    /// not, the element is counted in `left_out`.
    pub(crate) fn has_room(&mut self, first: usize) -> bool {
        let has_room = self.shapes.len() - first < limits::MOST_SHAPES;
        self.left_out += usize::from(!has_room);
        has_room
    }

    pub(crate) fn push(&mut self, form: ShapeForm, paint: Paint) {
        self.shapes.push(Shape { form, paint, target: None });
    }

    pub(crate) fn circle(&mut self, centre: Point, radius: f64, paint: Paint) {
        self.push(ShapeForm::Circle { centre, radius }, paint);
    }

    pub(crate) fn line(&mut self, from: Point, to: Point, paint: Paint) {
        self.push(ShapeForm::Line { from, to }, paint);
    }

    pub(crate) fn path(&mut self, path: Path, paint: Paint) {
        self.push(ShapeForm::Path { path, place: Placement::HERE }, paint);
    }

    pub(crate) fn placed(&mut self, path: Path, place: Placement, paint: Paint) {
        self.push(ShapeForm::Path { path, place }, paint);
    }

    /// Assigns all shapes pushed since index `first` to `target`.
    pub(crate) fn belongs(&mut self, first: usize, target: Target) {
        self.shapes[first..].iter_mut().for_each(|shape| shape.target = Some(target));
    }

    pub(crate) fn add_hit_region(&mut self, target: Target, area: HitArea) {
        self.hit_regions.push(HitRegion { target, area });
    }
}

impl HitArea {
    pub fn centre(self) -> Point {
        match self {
            Self::Disc { centre, .. } => centre,
            Self::Band { from, to, .. } => from.towards(to, 0.5),
        }
    }

    /// The distance of a point from the middle of the area, if it hits.
    fn hit(self, at: Point) -> Option<f64> {
        let (distance, reach) = match self {
            Self::Disc { centre, reach, .. } => (centre.distance(at), reach),
            Self::Band { from, to, reach } => (distance_to_line(at, from, to), reach),
        };
        (distance <= reach).then_some(distance)
    }
}

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
