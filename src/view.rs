//! Pictures as plain data: a scene is a list of shapes that a canvas paints and a file can hold.
//!
//! Nothing here knows a browser or the simulation's insides: `picture` says what is to be seen,
//! `stage` draws it, `palette` has the colours, and `Scene::pick` answers what lies under a pointer.

pub mod accessibility;
mod bars;
pub mod build;
pub mod fingerprint;
pub mod geometry;
pub mod glyphs;
pub mod model;
pub mod paint;
pub mod palette;
pub mod path;
pub mod ring;
pub mod signs;
pub mod spacetime;
pub mod stage;
pub mod start;
pub mod strip;
pub mod text;

pub use text::decimal;

use crate::choice::{MessageId, TimerId};
use crate::scenario::{Link, limits};
use crate::types::Rank;
use geometry::{Curve, Point, Size, distance_to_line};
use paint::Paint;
use path::{Path, Placement};
use std::fmt;
use text::Text;

/// Everything to be painted, from below.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    pub size: Size,
    pub shapes: Vec<Shape>,
    /// What can be pointed at, and where.
    pub hit_regions: Vec<HitRegion>,
    /// How many things there was no room for: a scene of too many shapes can be neither painted nor
    /// read.
    pub left_out: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub form: ShapeForm,
    pub paint: Paint,
    pub target: Option<Target>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ShapeForm {
    Circle { centre: Point, radius: f64 },
    Line { from: Point, to: Point },
    Curve(Curve),
    Path { path: Path, place: Placement },
    Text(Text),
}

/// What a pointer or a key can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    Process(Rank),
    Message(MessageId),
    /// Either direction of a pair of processes, `from` the lower one.
    Link(Link),
    /// The canal of a network that is split in two.
    Partition,
    /// One end of that canal, to be dragged.
    Handle(PartitionEnd),
    /// When a wait ends.
    Timer(TimerId),
    /// A fault, by its line's place in the timeline.
    Fault(usize),
    /// Where a pause ends, by its line's place in the timeline.
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

/// The ends of a canal. Clockwise, the side with the lowest rank begins at the first one and stops at
/// the second, so that an end has the same name however the stage is stretched.
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

/// Where a target is: for the pointer, and for the button that stands for it in the DOM.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HitRegion {
    pub target: Target,
    pub area: HitArea,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HitArea {
    /// `drawn` is the radius to be seen, `reach` that within which a pointer hits.
    Disc { centre: Point, drawn: f64, reach: f64 },
    /// Within `reach` of a straight line.
    Band { from: Point, to: Point, reach: f64 },
}

impl Scene {
    pub fn new(size: Size) -> Self {
        Self { size, ..Self::default() }
    }

    /// What lies under a point: of discs the one whose centre is nearest, so that a message is not
    /// lost behind its link; then the canal, which lies over links; else the nearest line.
    pub fn pick(&self, at: Point) -> Option<Target> {
        let nearest = |kind: fn(&HitRegion) -> bool| {
            let hits = self.hit_regions.iter().filter(|spot| kind(spot));
            let reached = hits.filter_map(|spot| Some((spot.area.hit(at)?, spot.target)));
            reached.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, target)| target)
        };
        nearest(|spot| matches!(spot.area, HitArea::Disc { .. }))
            .or_else(|| nearest(|spot| spot.target == Target::Partition))
            .or_else(|| nearest(|spot| matches!(spot.area, HitArea::Band { .. })))
    }

    /// Where a target is, if it is to be seen.
    pub fn area(&self, target: Target) -> Option<HitArea> {
        self.hit_regions.iter().find(|spot| spot.target == target).map(|spot| spot.area)
    }

    /// Centre and radius of a process as drawn.
    pub fn process(&self, rank: Rank) -> Option<(Point, f64)> {
        self.hit_regions.iter().find_map(|spot| match spot.area {
            HitArea::Disc { centre, drawn, .. } if spot.target == Target::Process(rank) => {
                Some((centre, drawn))
            }
            HitArea::Disc { .. } | HitArea::Band { .. } => None,
        })
    }

    /// Whether one more of things may be drawn, of which the first is the shape `first`; counted as
    /// left out where not.
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

    /// Says of everything pushed since `first` that it belongs to `target`.
    pub(crate) fn belongs(&mut self, first: usize, target: Target) {
        self.shapes[first..].iter_mut().for_each(|shape| shape.target = Some(target));
    }

    pub(crate) fn spot(&mut self, target: Target, area: HitArea) {
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

    /// How far a point is from the middle, if it hits.
    fn hit(self, at: Point) -> Option<f64> {
        let (distance, reach) = match self {
            Self::Disc { centre, reach, .. } => (centre.distance(at), reach),
            Self::Band { from, to, reach } => (distance_to_line(at, from, to), reach),
        };
        (distance <= reach).then_some(distance)
    }
}
