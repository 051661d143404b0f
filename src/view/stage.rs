//! The stage: processes in a ring, what they believe, and the messages between them.
//!
//! A scene is a pure function of a picture and a frame. Each layer is a file, painted in the order
//! in which `scene` calls them.

mod bodies;
mod captions;
mod layers;
mod links;
mod messages;
mod partition_line;
mod processes;
mod selection;
mod trajectories;
mod words;
mod zones;

pub(super) use bodies::{dots, stripes};
pub use layers::{BeliefChange, MessagePath, StageLayers, TimerArc, layers};
pub use partition_line::{PartitionLine, neighbours};
pub use selection::{CutLine, sides};
pub use words::{Caption, caption, waiting, work};
pub use words::{Legend, icon, legend};

use super::geometry::{Point, Rect, Size};
use super::model::StageModel;
use super::paint::{Colour, FAINT};
use super::palette::{ColourTheme, Hue, Tokens};
use super::ring::{Inset, Ring};
use super::text::Measure;
use super::{Scene, Target};
use crate::scenario::Link;
use crate::types::{MessageKind, Rank};
use trajectories::Trajectory;

/// How the stage is looked at; it changes nothing of what happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StageFrame {
    pub size: Size,
    /// What lies over the edges.
    pub inset: Inset,
    pub theme: ColourTheme,
    /// The largest that a process may be: 30, on the start page 38, on a phone 25.
    pub radius: f64,
    /// Nothing slides: a message rests at a third, a half and two thirds of its way.
    pub reduced_motion: bool,
    /// The pointer is a finger.
    pub coarse: bool,
    pub hovered: Option<Target>,
    pub focused: Option<Target>,
    pub selected: Option<Target>,
    /// Kinds that the legend shows, in the order of `MessageKind::ALL`.
    pub shown: [bool; MessageKind::ALL.len()],
    /// A cut that is being drawn and not made yet.
    pub cut_line: Option<CutLine>,
    /// A small picture of the whole: no words, small glyphs, nothing to take hold of.
    pub thumbnail: bool,
    /// A picture in a file: nothing to take hold of.
    pub fixed: bool,
    pub hushed: HiddenCaptions,
}

/// Whose captions give way to what the page lays there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenCaptions {
    Nobody,
    One(Rank),
    Everybody,
}

impl StageFrame {
    /// Nothing hovered, focused or selected, and everything shown.
    pub fn new(size: Size) -> Self {
        Self {
            size,
            inset: Inset::default(),
            theme: ColourTheme::Light,
            radius: if size.width < 480.0 { 25.0 } else { 30.0 },
            reduced_motion: false,
            coarse: false,
            hovered: None,
            focused: None,
            selected: None,
            shown: [true; MessageKind::ALL.len()],
            cut_line: None,
            thumbnail: false,
            fixed: false,
            hushed: HiddenCaptions::Nobody,
        }
    }

    fn shows(&self, kind: MessageKind) -> bool {
        let place = MessageKind::ALL.iter().position(|&other| other == kind);
        place.is_none_or(|place| self.shown[place])
    }

    /// How far around a small thing a pointer still hits it.
    fn reach(&self) -> f64 {
        if self.coarse { 22.0 } else { 12.0 }
    }
}

/// How many times as large as on a desk the stage is drawn for a room of this size: as large as leaves
/// six processes with their captions the room that they need.
pub fn magnification(Size { width, height }: Size) -> f64 {
    const LEAST: Size = Size { width: 560.0, height: 340.0 };
    (width / LEAST.width).min(height / LEAST.height).clamp(1.0, 4.0)
}

/// Draws everything, and notes where it can be pointed at.
pub fn scene(picture: &StageModel, frame: &StageFrame, measure: &dyn Measure) -> Scene {
    scene_on(picture, frame, &ring(picture, frame), measure)
}

/// Where everybody stands, in zones where there are some.
pub fn ring(picture: &StageModel, frame: &StageFrame) -> Ring {
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    Ring::in_zones(&ranks, picture.zones(), frame.size, frame.inset, frame.radius)
}

/// Likewise on a ring that is known already: its table need not be made again for every frame.
pub fn scene_on(
    picture: &StageModel,
    frame: &StageFrame,
    ring: &Ring,
    measure: &dyn Measure,
) -> Scene {
    let context = DrawContext::new(picture, frame, ring, measure);
    let courses = trajectories::all(&context);
    let mut scene = Scene::new(frame.size);
    context.paint(&courses, &mut scene);
    scene
}

/// All that a layer may look at.
struct DrawContext<'a> {
    picture: &'a StageModel,
    frame: &'a StageFrame,
    ring: &'a Ring,
    measure: &'a dyn Measure,
    /// The stage without what lies over its edges.
    room: Rect,
    partition_line: Option<PartitionLine>,
}

impl<'a> DrawContext<'a> {
    fn new(
        picture: &'a StageModel,
        frame: &'a StageFrame,
        ring: &'a Ring,
        measure: &'a dyn Measure,
    ) -> Self {
        let StageFrame { size, inset, .. } = *frame;
        let (right, bottom) = (size.width - inset.right, size.height - inset.bottom);
        let room = Rect::new(inset.left, inset.top, right, bottom);
        let partition_line = PartitionLine::of(picture, ring, room);
        Self { picture, frame, ring, measure, room, partition_line }
    }

    fn paint(&self, courses: &[Trajectory], scene: &mut Scene) {
        let (faint, highlighted): (Vec<Trajectory>, Vec<Trajectory>) =
            courses.iter().copied().partition(|course| course.is_faint(self));
        let both = |draw: fn(&Self, &[Trajectory], &mut Scene), scene: &mut Scene| {
            let first = scene.shapes.len();
            draw(self, &faint, scene);
            scene.shapes[first..].iter_mut().for_each(|shape| shape.paint.opacity *= FAINT);
            draw(self, &highlighted, scene);
        };
        zones::draw(self, scene);
        links::draw(self, scene);
        partition_line::draw(self, scene);
        both(messages::draw_afterglow, scene);
        both(messages::draw_ways, scene);
        links::draw_labels(self, scene);
        zones::draw_labels(self, scene);
        processes::draw(self, scene);
        both(messages::draw_glyphs, scene);
        processes::draw_badges(self, scene);
        captions::draw(self, scene);
        selection::draw_selection(self, courses, scene);
        selection::draw_cut_line(self, scene);
    }

    fn tokens(&self) -> &'static Tokens {
        self.frame.theme.tokens()
    }

    fn stage(&self) -> Colour {
        self.tokens().stage
    }

    /// The colours of whom somebody believes or a message names.
    fn hue(&self, leader: Rank) -> Hue {
        self.picture.leader_styles.of(leader).hue(self.frame.theme)
    }

    /// Whether the line between two zones says all that there is to say of a link.
    fn is_told_by_zones(&self, low: Rank, high: Rank) -> bool {
        let areas = [self.ring.area(low), self.ring.area(high)];
        let [Some(one), Some(other)] = areas.map(|area| area.filter(|area| area.zone.is_some()))
        else {
            return false;
        };
        let of = |from, to| self.picture.links.get(&Link { from, to }).copied().unwrap_or_default();
        one.zone != other.zone
            && self.picture.common_link(&one.members, &other.members) == Some(of(low, high))
            && self.picture.common_link(&other.members, &one.members) == Some(of(high, low))
    }

    fn place(&self, rank: Rank) -> Point {
        self.ring.place(rank).unwrap_or(self.ring.centre)
    }

    /// Small processes have thinner strokes, shorter dashes and no ground of their own.
    fn is_small(&self) -> bool {
        self.ring.radius < 16.0
    }

    /// Whether links are drawn at all times, and badges without being asked.
    fn has_links(&self) -> bool {
        self.ring.most_together() <= 12
    }
}
