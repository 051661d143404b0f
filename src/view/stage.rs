//! The stage: processes in a ring, what they believe, and the messages between them. An animated SVG gets it in
//! layers, with the animated parts separate, which its style sheet moves.

mod bodies;
mod captions;
mod links;
mod messages;
mod partition_line;
mod processes;
mod selection;
mod words;
mod zones;

pub(super) use bodies::{dots, stripes};
pub use partition_line::{PartitionLine, neighbours};
pub use selection::{CutLine, sides};
pub use words::{Caption, Legend, caption, icon, legend, waiting, work};

use super::geometry::Placement;
use super::geometry::{Curve, Point, Rect, Size, point};
use super::glyphs::Glyph;
use super::model::{MessageModel, ProcessModel, StageModel, TimerModel};
use super::palette::{ColourTheme, Hue, Tokens};
use super::ring::{Inset, RingLayout};
use super::text::Measure;
use super::{Colour, FAINT, Paint};
use super::{Scene, Shape, Target};
use crate::scenario::Link;
use crate::time::Time;
use crate::types::{MessageKind, Rank};
use messages::{Trajectory, TrajectoryState};
use processes::{HOLLOW, NEWS_GROWS, TIMER, has_timer, news_colour};

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
    None,
    One(Rank),
    All,
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
            hushed: HiddenCaptions::None,
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

/// The places of the processes, by zone if the scenario has zones.
pub fn ring(picture: &StageModel, frame: &StageFrame) -> RingLayout {
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    RingLayout::in_zones(&ranks, picture.zones(), frame.size, frame.inset, frame.radius)
}

/// Draws the stage on a ring that is already laid out, so that its table is not computed again for every
/// frame.
pub fn scene_on(
    picture: &StageModel,
    frame: &StageFrame,
    ring: &RingLayout,
    measure: &dyn Measure,
) -> Scene {
    let context = DrawContext::new(picture, frame, ring, measure);
    let trajectories = messages::trajectories(&context);
    let mut scene = Scene::new(frame.size);
    context.paint(&trajectories, &mut scene);
    scene
}

/// The inputs of a layer.
struct DrawContext<'a> {
    picture: &'a StageModel,
    frame: &'a StageFrame,
    ring: &'a RingLayout,
    measure: &'a dyn Measure,
    /// The stage without the space that overlays cover.
    room: Rect,
    partition_line: Option<PartitionLine>,
}

impl<'a> DrawContext<'a> {
    fn new(
        picture: &'a StageModel,
        frame: &'a StageFrame,
        ring: &'a RingLayout,
        measure: &'a dyn Measure,
    ) -> Self {
        let StageFrame { size, inset, .. } = *frame;
        let (right, bottom) = (size.width - inset.right, size.height - inset.bottom);
        let room = Rect::new(inset.left, inset.top, right, bottom);
        let partition_line = PartitionLine::of(picture, ring, room);
        Self { picture, frame, ring, measure, room, partition_line }
    }

    fn paint(&self, trajectories: &[Trajectory], scene: &mut Scene) {
        let (faint, highlighted): (Vec<Trajectory>, Vec<Trajectory>) =
            trajectories.iter().copied().partition(|trajectory| trajectory.is_faint(self));
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
        selection::draw_selection(self, trajectories, scene);
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

/// From bottom to top: the static layer, traces and paths of messages, the processes with their timers and
/// changes of belief, the glyphs of messages, and badges and captions.
#[derive(Clone, Debug)]
pub struct StageLayers {
    pub ground: Scene,
    pub processes: Scene,
    pub above: Scene,
    pub ways: Vec<MessagePath>,
    pub timers: Vec<TimerArc>,
    pub news: Vec<BeliefChange>,
}

/// A message that is on its way, or was recently.
#[derive(Clone, Debug)]
pub struct MessagePath {
    pub flight: MessageModel,
    pub curve: Curve,
    /// The share of the curve at which the message stops: at the rim, or where it is lost.
    pub end: f64,
    pub has_landed: bool,
    pub glyph: Glyph,
    /// The scale of the glyph's box.
    pub scale: f64,
    pub paint: Paint,
    /// The colour of its line and its trail.
    pub colour: Colour,
    /// What follows it, where its glyph is at the origin and does not turn.
    pub behind: Vec<Shape>,
}

/// A timer, as an arc that becomes shorter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimerArc {
    pub of: Rank,
    pub wait: TimerModel,
    pub centre: Point,
    pub radius: f64,
    /// The space between its two lines, in CSS pixels, where it forbids something until it has run out.
    pub gap: Option<f64>,
}

/// A change of belief, as a ring that grows and fades within one median latency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeliefChange {
    pub of: Rank,
    pub since: Time,
    pub centre: Point,
    /// The radius at the start and at the end, in CSS pixels.
    pub radii: [f64; 2],
    pub colour: Colour,
}

/// Draws the stage in layers.
pub fn layers(picture: &StageModel, frame: &StageFrame, measure: &dyn Measure) -> StageLayers {
    let ring = ring(picture, frame);
    let context = DrawContext::new(picture, frame, &ring, measure);
    let ways = messages::trajectories(&context)
        .iter()
        .map(|trajectory| way(&context, trajectory))
        .collect();
    let (timers, news) = (timers(&context), news(&context));

    // Timer arcs and the rings of belief changes are drawn by the caller.
    let mut still = picture.clone();
    // The number of messages that are not drawn holds for one instant only, so it is left out.
    (still.messages, still.in_flight) = (Vec::new(), 0);
    for process in &mut still.processes {
        process.changed = None;
        process.hold = None;
        process.timer = process.timer.map(|wait| TimerModel { due: picture.now, ..wait });
    }
    let context = DrawContext::new(&still, frame, &ring, measure);
    let [mut ground, mut bodies, mut above] = [(); 3].map(|()| Scene::new(frame.size));
    zones::draw(&context, &mut ground);
    links::draw(&context, &mut ground);
    partition_line::draw(&context, &mut ground);
    links::draw_labels(&context, &mut bodies);
    zones::draw_labels(&context, &mut bodies);
    processes::draw(&context, &mut bodies);
    processes::draw_badges(&context, &mut above);
    captions::draw(&context, &mut above);
    StageLayers { ground, processes: bodies, above, ways, timers, news }
}

fn way(context: &DrawContext, trajectory: &Trajectory) -> MessagePath {
    let glyph = trajectory.glyph();
    let mut behind = Scene::new(context.frame.size);
    let place = Placement::new(point(0.0, 0.0), messages::size(context, glyph) / Glyph::BOX, 0.0);
    let heading = trajectory.curve.heading(trajectory.end / 2.0).unit();
    messages::draw_alive(context, trajectory.flight, place, heading, &mut behind);
    MessagePath {
        flight: *trajectory.flight,
        curve: trajectory.curve,
        end: trajectory.end,
        has_landed: trajectory.state != TrajectoryState::Flying,
        glyph,
        scale: place.scale,
        paint: messages::paint(context, trajectory),
        colour: messages::colour(context, trajectory),
        behind: behind.shapes,
    }
}

fn timers(context: &DrawContext) -> Vec<TimerArc> {
    let arc = |process: &ProcessModel, wait: TimerModel, aside: f64, gap: Option<f64>| TimerArc {
        of: process.rank,
        wait,
        centre: context.place(process.rank),
        radius: context.ring.radius + aside,
        gap,
    };
    let of_process = |process: &ProcessModel| {
        let waits = process.timer.filter(|_| has_timer(context, process));
        let holds = processes::hold(context, process).zip(processes::mark(context, process));
        [
            waits.map(|wait| arc(process, wait, TIMER, None)),
            holds.map(|(hold, aside)| arc(process, hold, aside, Some(HOLLOW))),
        ]
    };
    context.picture.processes.iter().flat_map(of_process).flatten().collect()
}

fn news(context: &DrawContext) -> Vec<BeliefChange> {
    let radius = context.ring.radius;
    let changed = context.picture.processes.iter().filter_map(|process| {
        let since = process.changed.filter(|&since| context.picture.age(since) < 1.0)?;
        Some(BeliefChange {
            of: process.rank,
            since,
            centre: context.place(process.rank),
            radii: [radius, radius + NEWS_GROWS],
            colour: news_colour(context, process),
        })
    });
    changed.collect()
}
