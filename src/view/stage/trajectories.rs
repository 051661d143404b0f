//! The path of every message: a curve from rim to rim, and how far along it the message is.

use super::links::bar_share;
use super::{DrawContext, PartitionLine};
use crate::choice::MessageId;
use crate::scenario::Link;
use crate::simulation::LossReason;
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank};
use crate::view::geometry::{Curve, Point};
use crate::view::glyphs::Glyph;
use crate::view::model::{MessageModel, MessageState};
use std::collections::BTreeMap;

/// A message on the stage.
#[derive(Clone, Copy)]
pub(crate) struct Trajectory<'a> {
    pub flight: &'a MessageModel,
    pub curve: Curve,
    /// The place of the message, as a share of the curve.
    pub at: f64,
    /// The end of its path: at the rim, or where it is lost.
    pub end: f64,
    pub state: TrajectoryState,
}

/// The state of a message on the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TrajectoryState {
    Flying,
    /// It has arrived; the age in median latencies.
    Arrived(f64),
    /// It was lost; the age in median latencies.
    Dead(f64),
}

/// Messages on the same link within this span are twins: their curves must not coincide.
const TWINS: Duration = Duration::ms(8);
/// How long a trace stays visible, in median latencies; that of a heartbeat shorter.
const GLOW: f64 = 6.0;
const SHORT_GLOW: f64 = 2.0;

impl Trajectory<'_> {
    /// Whether it is of no account for what somebody asks.
    pub(crate) fn is_faint(&self, context: &DrawContext) -> bool {
        let marked = context.picture.highlighted.as_ref();
        marked.is_some_and(|marked| !marked.contains(&self.flight.name))
    }

    pub(crate) fn kind(&self) -> MessageKind {
        self.flight.name.kind
    }

    pub(crate) fn glyph(&self) -> Glyph {
        self.flight.glyph()
    }

    pub(crate) fn is_flying(&self) -> bool {
        self.state == TrajectoryState::Flying
    }

    pub(crate) fn spot(&self) -> Point {
        self.curve.at(self.at)
    }

    /// The share of a trace that is left, 1 to 0.
    pub(crate) fn glow(&self) -> f64 {
        match self.state {
            TrajectoryState::Flying => 1.0,
            TrajectoryState::Arrived(age) | TrajectoryState::Dead(age) => {
                1.0 - age / glow(self.kind())
            }
        }
    }
}

/// Those that are still to be seen, in the order of sending.
pub(crate) fn all<'a>(context: &DrawContext<'a>) -> Vec<Trajectory<'a>> {
    let mut last: BTreeMap<(Rank, Rank), (Time, u32)> = BTreeMap::new();
    let mut courses = Vec::new();
    for flight in &context.picture.messages {
        let name = flight.name;
        let before = last.get(&(name.from, name.to));
        let twin = before.filter(|(sent, _)| flight.sent.since(*sent) <= TWINS);
        let twin = twin.map_or(0, |(_, twin)| twin + 1);
        last.insert((name.from, name.to), (flight.sent, twin));
        if context.frame.shows(name.kind) {
            courses.extend(course(context, flight, twin));
        }
    }
    courses
}

fn course<'a>(
    context: &DrawContext,
    flight: &'a MessageModel,
    twin: u32,
) -> Option<Trajectory<'a>> {
    let (from, to) = (context.ring.place(flight.name.from)?, context.ring.place(flight.name.to)?);
    let curve = curve(context, flight.name, (from, to), twin);
    let end = end(context, flight, curve);
    let state = state(context, flight, end)?;
    let at = match state {
        TrajectoryState::Flying => position(context, flight).min(end),
        TrajectoryState::Arrived(_) | TrajectoryState::Dead(_) => end,
    };
    Some(Trajectory { flight, curve, at, end, state })
}

fn state(context: &DrawContext, flight: &MessageModel, end: f64) -> Option<TrajectoryState> {
    let marked = context.picture.highlighted.as_ref();
    let stays = marked.is_some_and(|marked| marked.contains(&flight.name));
    let recent = |at: Time| {
        // What somebody asks about is seen for as long as that is asked.
        let age = if stays { 0.0 } else { context.picture.age(at) };
        (at <= context.picture.now && age < glow(flight.name.kind)).then_some(age)
    };
    match flight.fate {
        MessageState::OnItsWay | MessageState::Held => Some(TrajectoryState::Flying),
        MessageState::Delivered(at) => Some(TrajectoryState::Arrived(recent(at)?)),
        MessageState::Lost { at, .. } => {
            let died = if at > flight.sent { at } else { flight.reaches(end) };
            match died > context.picture.now {
                true => Some(TrajectoryState::Flying),
                false => Some(TrajectoryState::Dead(recent(died)?)),
            }
        }
    }
}

const fn glow(kind: MessageKind) -> f64 {
    if kind.is_routine() { SHORT_GLOW } else { GLOW }
}

/// From rim to rim, a little to the right of the direction of travel, so that both directions of a link stay
/// apart; twins further out; then pulled towards the middle of the ring.
fn curve(context: &DrawContext, name: MessageId, (from, to): (Point, Point), twin: u32) -> Curve {
    let way = (to - from).unit();
    let (lane, near, far) = if context.is_small() { (2.0, 2.0, 3.0) } else { (5.0, 3.0, 5.0) };
    let radius = context.ring.radius;
    let length = from.distance(to);
    let aside = way.right() * lane;
    let start = from + way * (radius + near) + aside;
    let stop = to - way * (radius + far) + aside;
    let bow = length * (0.055 + 0.11 * f64::from(twin.min(4)));
    // Between two zones there is nothing to avoid.
    let pull = match (context.ring.are_apart(name.from, name.to), context.ring.most_together()) {
        (true, _) => 0.0,
        (false, 9..) => 0.3,
        (false, _) => 0.04,
    };
    let control = start.towards(stop, 0.5) + way.right() * bow;
    Curve {
        from: start,
        control: control.towards(context.ring.centre_of(name.from), pull),
        to: stop,
    }
}

/// The share of the curve at which the message stops: the rim, the canal, or half-way.
fn end(context: &DrawContext, flight: &MessageModel, curve: Curve) -> f64 {
    const RIM: f64 = 0.985;
    let MessageId { from, to, .. } = flight.name;
    let crossing = || {
        let partition_line = context.partition_line.as_ref()?;
        let share = curve.crossing(partition_line.through, partition_line.way)?;
        // The path ends at the edge of the partition line, not inside it.
        let length = curve.from.distance(curve.to).max(1.0);
        Some((share - PartitionLine::HALF_WIDTH / length).max(0.0))
    };
    // Without a partition line the bars of the link stop the message; `bar_share` counts from the lower rank.
    let bars = || {
        let (low, high) = (from.min(to), from.max(to));
        let share = bar_share(context, context.place(low), context.place(high));
        if from < to { share } else { 1.0 - share }
    };
    match flight.fate {
        MessageState::Lost { why: LossReason::Crashed, .. } => RIM,
        MessageState::Lost { why: LossReason::Cut, .. } => crossing().unwrap_or_else(bars),
        MessageState::Lost { why: LossReason::Chance | LossReason::Edit, .. } => 0.5,
        // It cannot get over while the link is cut, so it is not drawn beyond.
        MessageState::OnItsWay if context.picture.is_cut(Link { from, to }) => {
            crossing().unwrap_or_else(bars)
        }
        MessageState::OnItsWay | MessageState::Held | MessageState::Delivered(_) => 1.0,
    }
}

/// Where a flying message is; with reduced motion it rests at one of three places.
fn position(context: &DrawContext, flight: &MessageModel) -> f64 {
    let progress = match flight.fate {
        MessageState::Held => return 1.0,
        MessageState::OnItsWay | MessageState::Delivered(_) | MessageState::Lost { .. } => {
            flight.progress(context.picture.now)
        }
    };
    match (context.frame.reduced_motion, (progress * 3.0) as u32) {
        (false, _) => progress,
        (true, 0) => 1.0 / 3.0,
        (true, 1) => 0.5,
        (true, _) => 2.0 / 3.0,
    }
}
