//! The stage in layers, with the animated parts separate. An animated SVG moves these parts by its style
//! sheet.

use super::processes::{NEWS_GROWS, TIMER, has_timer, news_colour};
use super::trajectories::{Trajectory, TrajectoryState};
use super::{
    DrawContext, StageFrame, captions, links, messages, partition_line, processes, trajectories,
    zones,
};
use crate::time::Time;
use crate::types::Rank;
use crate::view::Scene;
use crate::view::geometry::{Curve, Point};
use crate::view::glyphs::Glyph;
use crate::view::model::{MessageModel, StageModel, TimerModel};
use crate::view::paint::{Colour, Paint};
use crate::view::text::Measure;

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
}

/// The timer of an election, as an arc that becomes shorter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimerArc {
    pub of: Rank,
    pub wait: TimerModel,
    pub centre: Point,
    pub radius: f64,
    pub colour: Colour,
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
    let ring = super::ring(picture, frame);
    let context = DrawContext::new(picture, frame, &ring, measure);
    let ways = trajectories::all(&context).iter().map(|course| way(&context, course)).collect();
    let (timers, news) = (timers(&context), news(&context));

    // Timer arcs and the rings of belief changes are drawn by the caller.
    let mut still = picture.clone();
    // The number of messages that are not drawn holds for one instant only, so it is left out.
    (still.messages, still.in_flight) = (Vec::new(), 0);
    for process in &mut still.processes {
        process.changed = None;
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

fn way(context: &DrawContext, course: &Trajectory) -> MessagePath {
    let glyph = course.glyph();
    MessagePath {
        flight: *course.flight,
        curve: course.curve,
        end: course.end,
        has_landed: course.state != TrajectoryState::Flying,
        glyph,
        scale: messages::size(context, glyph) / Glyph::BOX,
        paint: messages::paint(context, course),
        colour: messages::colour(context, course),
    }
}

fn timers(context: &DrawContext) -> Vec<TimerArc> {
    let waiting = context.picture.processes.iter().filter(|process| has_timer(context, process));
    let timer = |of: Rank, wait: TimerModel| TimerArc {
        of,
        wait,
        centre: context.place(of),
        radius: context.ring.radius + TIMER,
        colour: context.tokens().ink,
    };
    waiting.filter_map(|process| Some(timer(process.rank, process.timer?))).collect()
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
