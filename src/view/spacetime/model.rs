//! The model of a diagram as plain data: built from a run once for a window, and then only read.

mod builder;

use super::cuts::CutSpan;
use crate::choice::{MessageId, TimerId};
use crate::report::Span;
use crate::run::{Pose, Run};
use crate::scenario::Scenario;
use crate::simulation::{EventId, LossReason, World};
use crate::time::Time;
use crate::types::{GroupId, Rank};
use crate::view::Target;

/// Above these numbers of messages or of all events, a window is built from the index, which keeps the page
/// responsive.
const MOST_MESSAGES: u64 = 20_000;
const MOST_EVENTS: u64 = 60_000;
/// A window of few events is read with as much again on both sides, so that panning needs no new model.
const FEW_EVENTS: u64 = 4_000;

/// The state that a diagram shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiagramModel {
    /// The span that the model covers: at least the window that was asked for.
    pub from: Time,
    pub to: Time,
    /// The groups that have rails, in the order of the script.
    pub groups: Vec<GroupId>,
    /// By falling rank.
    pub lanes: Vec<DiagramLane>,
    /// In the order of sending.
    pub mail: Vec<DiagramMessage>,
    pub marks: Vec<FaultMark>,
    pub cuts: Vec<CutSpan>,
    pub timers: Vec<TimerEnd>,
    /// Whether there were too many events to read, so that there are lanes only, with their load.
    pub is_summary: bool,
    /// How many of the messages that were on their way at `from` are left out.
    pub left_out: usize,
}

/// A process's lane.
#[derive(Clone, Debug, PartialEq)]
pub struct DiagramLane {
    pub rank: Rank,
    /// One for each of the groups that it is a member of.
    pub rails: Vec<RailSpan>,
    /// When the process sent or received messages, ascending.
    pub busy: Vec<BusySpan>,
}

/// The poses of a process in one of its groups.
#[derive(Clone, Debug, PartialEq)]
pub struct RailSpan {
    pub group: GroupId,
    /// Spans that tile the model's span.
    pub spans: Vec<Span<Pose>>,
}

/// The number of messages from one instant to before another; for a single message both are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusySpan {
    pub from: Time,
    pub to: Time,
    pub count: u32,
}

/// A message with its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiagramMessage {
    pub name: MessageId,
    /// The leader or candidate that the message names.
    pub names: Option<Rank>,
    pub sent: Time,
    /// When it arrives, unless it is lost.
    pub due: Time,
    /// Why it was lost.
    pub lost: Option<LossReason>,
    /// The events of its sending, if that is in the model, and of its end.
    pub events: [Option<EventId>; 2],
}

/// A fault of a process or, without `rank`, of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultMark {
    pub at: Time,
    pub rank: Option<Rank>,
    pub what: FaultMarkKind,
    /// The index of the timeline's line that causes it.
    pub entry: Option<usize>,
    pub event: EventId,
}

/// What a fault mark shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultMarkKind {
    Crash,
    Recovery,
    Suspicion,
    Pause,
    /// The pause ends after its duration.
    PauseEnd,
    /// A line of the timeline ends the pause.
    Resumption,
    Cut,
    Heal,
    Slower,
    Lossier,
}

/// A timeout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerEnd {
    pub name: TimerId,
    pub set: Time,
    pub at: Time,
}

impl DiagramLane {
    /// The pose of the process in each of its groups.
    pub fn poses(&self, world: &World) -> Vec<Pose> {
        self.rails.iter().map(|rail| Pose::of(world, rail.group, self.rank)).collect()
    }
}

impl DiagramModel {
    /// The model of some groups within a window: built from events, or from the index if there are too many.
    pub fn of(run: &Run, groups: &[GroupId], (from, to): (Time, Time)) -> Self {
        if is_too_much(run, from, to) {
            return builder::summary(run, groups, from, to);
        }
        let around = to.since(from);
        let (before, after) = (from - around, (to + around).min(run.end()));
        let events = run.index().events(before, after);
        match messages(run, before, after) <= FEW_EVENTS && events <= MOST_EVENTS {
            true => builder::read(run, groups, before, after),
            false => builder::read(run, groups, from, to),
        }
    }

    /// Whether the model covers a window.
    pub fn covers(&self, (from, to): (Time, Time)) -> bool {
        self.from <= from && to <= self.to
    }

    /// Whether the model is a summary although the window can now be built from events.
    pub fn is_coarser_than_needed(&self, run: &Run, (from, to): (Time, Time)) -> bool {
        self.is_summary && !is_too_much(run, from, to)
    }

    /// The index of a process's lane, from the top.
    pub fn lane(&self, rank: Rank) -> Option<usize> {
        // Lanes are sorted by falling rank.
        self.lanes.binary_search_by(|lane| rank.cmp(&lane.rank)).ok()
    }

    /// The instant of a target that can be dragged along time, and the earliest instant to which it can be
    /// dragged: a message not before it was sent, a timeout not before the timer was set.
    pub fn place_of(&self, target: Target, near: Time) -> Option<(Time, Time)> {
        match target {
            Target::Message(name) => self.message(name).map(|mail| (mail.due, mail.sent)),
            Target::Timer(name) => {
                let timer = self.timers.iter().find(|timer| timer.name == name)?;
                Some((timer.at, timer.set))
            }
            Target::Fault(entry) => {
                let asked = |mark: &&FaultMark| {
                    mark.entry == Some(entry) && mark.what != FaultMarkKind::PauseEnd
                };
                // A repeating fault is dragged by the repetition nearest to `near`.
                let away = |mark: &&FaultMark| mark.at.since(near).max(near.since(mark.at));
                let mark = self.marks.iter().filter(asked).min_by_key(away);
                mark.map(|mark| (mark.at, Time::ZERO))
            }
            Target::FaultEnd(entry) => {
                let of = |what: FaultMarkKind| {
                    let is =
                        move |mark: &&FaultMark| mark.entry == Some(entry) && mark.what == what;
                    self.marks.iter().find(is).map(|mark| mark.at)
                };
                Some((of(FaultMarkKind::PauseEnd)?, of(FaultMarkKind::Pause).unwrap_or(Time::ZERO)))
            }
            Target::Process(_) | Target::Link(_) | Target::Partition | Target::Handle(_) => None,
        }
    }

    pub fn message(&self, name: MessageId) -> Option<&DiagramMessage> {
        self.mail.iter().find(|mail| mail.name == name)
    }
}

/// The members of some groups, by falling rank.
fn members(scenario: &Scenario, groups: &[GroupId]) -> impl Iterator<Item = Rank> {
    let is_member =
        |rank: &Rank| groups.iter().any(|&id| scenario.group(id).members.contains(rank));
    scenario.ranks.iter().rev().copied().filter(is_member)
}

/// Whether a window has too many events to be built from them.
fn is_too_much(run: &Run, from: Time, to: Time) -> bool {
    messages(run, from, to) > MOST_MESSAGES || run.index().events(from, to) > MOST_EVENTS
}

/// How many messages are sent or received in a window, by all processes.
fn messages(run: &Run, from: Time, to: Time) -> u64 {
    let index = run.index();
    let stretch = index.stretch(from)..=index.stretch(to);
    let of = |&rank: &Rank| {
        let busy = index.activity(rank).get(stretch.clone()).unwrap_or_default();
        busy.iter().map(|&count| u64::from(count)).sum::<u64>()
    };
    run.scenario().ranks.iter().map(of).sum()
}
