//! Pictures as plain data: a scene is a list of shapes that a canvas paints and a file can hold.
//!
//! Nothing here knows a browser or the simulation's insides: `picture` says what is to be seen,
//! `stage` draws it, `palette` has the colours, and `Scene::pick` answers what lies under a pointer.

mod bars;
mod decimal;
mod display;
pub mod fingerprint;
pub mod geometry;
pub mod glyphs;
pub mod mirror;
pub mod observe;
pub mod paint;
pub mod palette;
pub mod path;
pub mod picture;
pub mod ring;
pub mod signs;
pub mod spacetime;
pub mod stage;
pub mod start;
pub mod strip;
pub mod text;

pub use decimal::decimal;

use crate::choice::{MessageId, TimerId};
use crate::scenario::{Link, limits};
use crate::types::Rank;
use geometry::{Curve, Point, Size, distance_to_line};
use paint::Paint;
use path::{Path, Place};
use text::Text;

/// Everything to be painted, from below.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    pub size: Size,
    pub shapes: Vec<Shape>,
    /// What can be pointed at, and where.
    pub spots: Vec<Spot>,
    /// How many things there was no room for: a scene of too many shapes can be neither painted nor
    /// read.
    pub left_out: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub form: Form,
    pub paint: Paint,
    pub target: Option<Target>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Circle { centre: Point, radius: f64 },
    Line { from: Point, to: Point },
    Curve(Curve),
    Path { path: Path, place: Place },
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
    Handle(End),
    /// When a wait ends.
    Timer(TimerId),
    /// What befalls, by its line's place in the timeline.
    Fault(usize),
    /// Where a pause ends, by its line's place in the timeline.
    FaultEnd(usize),
}

/// The ends of a canal. Clockwise, the side with the lowest rank begins at the first one and stops at
/// the second, so that an end has the same name however the stage is stretched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    First,
    Second,
}

impl End {
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// Where a target is: for the pointer, and for the button that stands for it in the DOM.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub target: Target,
    pub area: Area,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Area {
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
        let nearest = |kind: fn(&Spot) -> bool| {
            let hits = self.spots.iter().filter(|spot| kind(spot));
            let reached = hits.filter_map(|spot| Some((spot.area.hit(at)?, spot.target)));
            reached.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, target)| target)
        };
        nearest(|spot| matches!(spot.area, Area::Disc { .. }))
            .or_else(|| nearest(|spot| spot.target == Target::Partition))
            .or_else(|| nearest(|spot| matches!(spot.area, Area::Band { .. })))
    }

    /// Where a target is, if it is to be seen.
    pub fn area(&self, target: Target) -> Option<Area> {
        self.spots.iter().find(|spot| spot.target == target).map(|spot| spot.area)
    }

    /// Centre and radius of a process as drawn.
    pub fn process(&self, rank: Rank) -> Option<(Point, f64)> {
        self.spots.iter().find_map(|spot| match spot.area {
            Area::Disc { centre, drawn, .. } if spot.target == Target::Process(rank) => {
                Some((centre, drawn))
            }
            Area::Disc { .. } | Area::Band { .. } => None,
        })
    }

    /// Whether one more of things may be drawn, of which the first is the shape `first`; counted as
    /// left out where not.
    pub(crate) fn has_room(&mut self, first: usize) -> bool {
        let has_room = self.shapes.len() - first < limits::MOST_SHAPES;
        self.left_out += usize::from(!has_room);
        has_room
    }

    pub(crate) fn push(&mut self, form: Form, paint: Paint) {
        self.shapes.push(Shape { form, paint, target: None });
    }

    pub(crate) fn circle(&mut self, centre: Point, radius: f64, paint: Paint) {
        self.push(Form::Circle { centre, radius }, paint);
    }

    pub(crate) fn line(&mut self, from: Point, to: Point, paint: Paint) {
        self.push(Form::Line { from, to }, paint);
    }

    pub(crate) fn path(&mut self, path: Path, paint: Paint) {
        self.push(Form::Path { path, place: Place::HERE }, paint);
    }

    pub(crate) fn placed(&mut self, path: Path, place: Place, paint: Paint) {
        self.push(Form::Path { path, place }, paint);
    }

    /// Says of everything pushed since `first` that it belongs to `target`.
    pub(crate) fn belongs(&mut self, first: usize, target: Target) {
        self.shapes[first..].iter_mut().for_each(|shape| shape.target = Some(target));
    }

    pub(crate) fn spot(&mut self, target: Target, area: Area) {
        self.spots.push(Spot { target, area });
    }
}

impl Area {
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
