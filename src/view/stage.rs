//! The stage: processes in a ring, what they believe, and the messages between them.
//!
//! A scene is a pure function of a model and a frame. Each layer is a file; `DrawContext::paint` draws the
//! layers from bottom to top.

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

/// How the stage is drawn; it does not change the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StageFrame {
    pub size: Size,
    /// The space that overlays cover at the edges.
    pub inset: Inset,
    pub theme: ColourTheme,
    /// The largest radius of a process, in CSS pixels: 30, on the start page 38, on a phone 25.
    pub radius: f64,
    /// Messages do not move continuously: they are drawn at a third, a half and two thirds of their way.
    pub reduced_motion: bool,
    /// Whether the pointer is coarse, as a finger is.
    pub coarse: bool,
    pub hovered: Option<Target>,
    pub focused: Option<Target>,
    pub selected: Option<Target>,
    /// The kinds that the legend shows, in the order of `MessageKind::ALL`.
    pub shown: [bool; MessageKind::ALL.len()],
    /// A cut that is being drawn and not applied yet.
    pub cut_line: Option<CutLine>,
    /// A thumbnail of the stage: no text, small glyphs, no handles.
    pub thumbnail: bool,
    /// A stage in a file: no handles.
    pub fixed: bool,
    pub hushed: HiddenCaptions,
}

/// The captions that are left out, because the page puts something else there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenCaptions {
    Nobody,
    One(Rank),
    Everybody,
}

impl StageFrame {
    /// A frame in which nothing is hovered, focused or selected, and all kinds are shown.
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

    /// The radius in which a pointer hits a small target, in CSS pixels.
    fn reach(&self) -> f64 {
        if self.coarse { 22.0 } else { 12.0 }
    }
}

/// The factor by which the stage is enlarged in a space of this size, 1 to 4: as large as leaves enough space
/// for six processes with their captions.
pub fn magnification(Size { width, height }: Size) -> f64 {
    const LEAST: Size = Size { width: 560.0, height: 340.0 };
    (width / LEAST.width).min(height / LEAST.height).clamp(1.0, 4.0)
}

/// Draws the stage, with its hit regions.
pub fn scene(picture: &StageModel, frame: &StageFrame, measure: &dyn Measure) -> Scene {
    scene_on(picture, frame, &ring(picture, frame), measure)
}

/// Where everybody stands, in zones where there are some.
pub fn ring(picture: &StageModel, frame: &StageFrame) -> Ring {
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    Ring::in_zones(&ranks, picture.zones(), frame.size, frame.inset, frame.radius)
}

/// Draws the stage on a ring that is already laid out, so that its table is not computed again for every
/// frame.
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

/// The inputs of a layer.
struct DrawContext<'a> {
    picture: &'a StageModel,
    frame: &'a StageFrame,
    ring: &'a Ring,
    measure: &'a dyn Measure,
    /// The stage without the space that overlays cover.
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

    fn tokens(&self) -> Tokens {
        self.frame.theme.tokens()
    }

    fn stage(&self) -> Colour {
        self.tokens().stage
    }

    /// The colours of a leader.
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

    /// Whether processes are small: they have thinner strokes, shorter dashes and no background disc.
    fn is_small(&self) -> bool {
        self.ring.radius < 16.0
    }

    /// Whether all links are drawn, not only those of the selected and the hovered process.
    fn has_links(&self) -> bool {
        self.ring.most_together() <= 12
    }
}
