//! The path of every message: a curve from rim to rim, and how far along it the message is.

use super::links::bar_share;
use super::{DrawContext, PartitionLine};
use crate::choice::MessageId;
use crate::scenario::Link;
use crate::simulation::LossReason;
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank};
use crate::view::geometry::{Curve, Point};
use crate::view::model::{MessageModel, MessageState};
use std::collections::BTreeMap;

/// A message on the stage.
#[derive(Clone, Copy)]
pub struct Trajectory<'a> {
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
pub enum TrajectoryState {
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
    /// Whether an explanation leaves it out.
    pub fn is_faint(&self, sight: &DrawContext) -> bool {
        let told = sight.picture.highlighted.as_ref();
        told.is_some_and(|told| !told.contains(&self.flight.name))
    }

    pub fn kind(&self) -> MessageKind {
        self.flight.name.kind
    }

    pub fn is_flying(&self) -> bool {
        self.state == TrajectoryState::Flying
    }

    pub fn spot(&self) -> Point {
        self.curve.at(self.at)
    }

    /// The share of a trace that is left, 1 to 0.
    pub fn glow(&self) -> f64 {
        match self.state {
            TrajectoryState::Flying => 1.0,
            TrajectoryState::Arrived(age) | TrajectoryState::Dead(age) => {
                1.0 - age / glow(self.kind())
            }
        }
    }
}

/// The messages that are still drawn, in the order of sending.
pub fn all<'a>(sight: &DrawContext<'a>) -> Vec<Trajectory<'a>> {
    let mut last: BTreeMap<(Rank, Rank), (Time, u32)> = BTreeMap::new();
    let mut courses = Vec::new();
    for flight in &sight.picture.messages {
        let name = flight.name;
        let before = last.get(&(name.from, name.to));
        let twin = before.filter(|(sent, _)| flight.sent.since(*sent) <= TWINS);
        let twin = twin.map_or(0, |(_, twin)| twin + 1);
        last.insert((name.from, name.to), (flight.sent, twin));
        if sight.frame.shows(name.kind) {
            courses.extend(course(sight, flight, twin));
        }
    }
    courses
}

fn course<'a>(sight: &DrawContext, flight: &'a MessageModel, twin: u32) -> Option<Trajectory<'a>> {
    let (from, to) = (sight.ring.place(flight.name.from)?, sight.ring.place(flight.name.to)?);
    let curve = curve(sight, from, to, twin);
    let end = end(sight, flight, curve);
    let state = state(sight, flight, end)?;
    let at = match state {
        TrajectoryState::Flying => position(sight, flight).min(end),
        TrajectoryState::Arrived(_) | TrajectoryState::Dead(_) => end,
    };
    Some(Trajectory { flight, curve, at, end, state })
}

fn state(sight: &DrawContext, flight: &MessageModel, end: f64) -> Option<TrajectoryState> {
    let told = sight.picture.highlighted.as_ref();
    let stays = told.is_some_and(|told| told.contains(&flight.name));
    let recent = |at: Time| {
        // The messages of an explanation stay visible for as long as it is shown.
        let age = if stays { 0.0 } else { sight.picture.age(at) };
        (at <= sight.picture.now && age < glow(flight.name.kind)).then_some(age)
    };
    match flight.fate {
        MessageState::OnItsWay | MessageState::Held => Some(TrajectoryState::Flying),
        MessageState::Delivered(at) => Some(TrajectoryState::Arrived(recent(at)?)),
        MessageState::Lost { at, .. } => {
            let died = if at > flight.sent { at } else { flight.reaches(end) };
            match died > sight.picture.now {
                true => Some(TrajectoryState::Flying),
                false => Some(TrajectoryState::Dead(recent(died)?)),
            }
        }
    }
}

const fn glow(kind: MessageKind) -> f64 {
    match kind {
        MessageKind::Heartbeat => SHORT_GLOW,
        MessageKind::Election
        | MessageKind::Alive
        | MessageKind::Proceed
        | MessageKind::Elected => GLOW,
    }
}

/// From rim to rim, a little to the right of the direction of travel, so that both directions of a link stay
/// apart; twins further out; then pulled towards the middle of the ring.
fn curve(sight: &DrawContext, from: Point, to: Point, twin: u32) -> Curve {
    let way = (to - from).unit();
    let (lane, near, far) = if sight.is_small() { (2.0, 2.0, 3.0) } else { (5.0, 3.0, 5.0) };
    let radius = sight.ring.radius;
    let length = from.distance(to);
    let aside = way.right() * lane;
    let start = from + way * (radius + near) + aside;
    let stop = to - way * (radius + far) + aside;
    let bow = length * (0.055 + 0.11 * f64::from(twin.min(4)));
    let pull = if sight.ring.len() > 8 { 0.3 } else { 0.04 };
    let control = start.towards(stop, 0.5) + way.right() * bow;
    Curve { from: start, control: control.towards(sight.ring.centre, pull), to: stop }
}

/// The share of the curve at which the message stops: the rim, the partition line, or half-way.
fn end(sight: &DrawContext, flight: &MessageModel, curve: Curve) -> f64 {
    const RIM: f64 = 0.985;
    let MessageId { from, to, .. } = flight.name;
    let crossing = || {
        let partition_line = sight.partition_line.as_ref()?;
        let share = curve.crossing(partition_line.through, partition_line.way)?;
        // The path ends at the edge of the partition line, not inside it.
        let length = curve.from.distance(curve.to).max(1.0);
        Some((share - PartitionLine::HALF_WIDTH / length).max(0.0))
    };
    // Without a partition line the bars of the link stop the message; `bar_share` counts from the lower rank.
    let bars = || {
        let (low, high) = (from.min(to), from.max(to));
        let share = bar_share(sight, sight.place(low), sight.place(high));
        if from < to { share } else { 1.0 - share }
    };
    match flight.fate {
        MessageState::Lost { why: LossReason::Crashed, .. } => RIM,
        MessageState::Lost { why: LossReason::Cut, .. } => crossing().unwrap_or_else(bars),
        MessageState::Lost { why: LossReason::Chance | LossReason::Edit, .. } => 0.5,
        // The message cannot cross while the link is cut, so it is not drawn beyond.
        MessageState::OnItsWay if sight.picture.is_cut(Link { from, to }) => {
            crossing().unwrap_or_else(bars)
        }
        MessageState::OnItsWay | MessageState::Held | MessageState::Delivered(_) => 1.0,
    }
}

/// The position of a message on its way; with reduced motion it is one of three places.
fn position(sight: &DrawContext, flight: &MessageModel) -> f64 {
    let progress = match flight.fate {
        MessageState::Held => return 1.0,
        MessageState::OnItsWay | MessageState::Delivered(_) | MessageState::Lost { .. } => {
            flight.progress(sight.picture.now)
        }
    };
    match (sight.frame.reduced_motion, (progress * 3.0) as u32) {
        (false, _) => progress,
        (true, 0) => 1.0 / 3.0,
        (true, 1) => 0.5,
        (true, _) => 2.0 / 3.0,
    }
}
