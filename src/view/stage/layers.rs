//! The stage in layers, with what moves by itself apart: for a picture that is moved by whoever shows
//! it, as the style of an animated file does.

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

/// From below: the ground, traces and ways of messages, the processes with their timers and news,
/// the glyphs of messages, and what stands above.
#[derive(Clone, Debug)]
pub struct StageLayers {
    pub ground: Scene,
    pub processes: Scene,
    pub above: Scene,
    pub ways: Vec<MessagePath>,
    pub timers: Vec<TimerArc>,
    pub news: Vec<BeliefChange>,
}

/// A message that flies, or was there recently.
#[derive(Clone, Debug)]
pub struct MessagePath {
    pub flight: MessageModel,
    pub curve: Curve,
    /// The share of the curve at which it stops: at the rim, or where it dies.
    pub end: f64,
    pub has_landed: bool,
    pub glyph: Glyph,
    /// Of the glyph's box.
    pub scale: f64,
    pub paint: Paint,
    /// Of its line and its trail.
    pub colour: Colour,
}

/// The wait of an election, as an arc that becomes shorter.
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
    /// At first, and in the end.
    pub radii: [f64; 2],
    pub colour: Colour,
}

pub fn layers(picture: &StageModel, frame: &StageFrame, measure: &dyn Measure) -> StageLayers {
    let ring = super::ring(picture, frame);
    let context = DrawContext::new(picture, frame, &ring, measure);
    let ways = trajectories::all(&context).iter().map(|course| way(&context, course)).collect();
    let (timers, news) = (timers(&context), news(&context));

    // What is left of a wait and the rings of news are drawn by themselves.
    let mut still = picture.clone();
    // How many are left out is said of a single instant only.
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
    let glyph = Glyph::of(course.kind());
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
