//! What a diagram draws, as plain data: read off a run once for a window, and then only looked at.

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

/// Above so many messages in a window, or events of whatever kind, it is read off the index, so that
/// nothing stutters.
const MOST_MESSAGES: u64 = 20_000;
const MOST_EVENTS: u64 = 60_000;
/// A window of few events is read with as much again on both sides, so that panning need not.
const FEW_EVENTS: u64 = 4_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiagramModel {
    /// What is known: at least the window that was asked for.
    pub from: Time,
    pub to: Time,
    /// Those whose rails there are, in the order of the script.
    pub groups: Vec<GroupId>,
    /// The highest rank first.
    pub lanes: Vec<DiagramLane>,
    /// In the order of sending.
    pub mail: Vec<DiagramMessage>,
    pub marks: Vec<FaultMark>,
    pub cuts: Vec<CutSpan>,
    pub timers: Vec<TimerEnd>,
    /// There were too many events to read: lanes only, each busy or not.
    pub is_summary: bool,
    /// How many messages that were on their way as it begins there was no room for.
    pub left_out: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DiagramLane {
    pub rank: Rank,
    /// One for each of the groups that it is a member of.
    pub rails: Vec<RailSpan>,
    /// When it sent or received, ascending.
    pub busy: Vec<BusySpan>,
}

/// What a process is to one of its groups.
#[derive(Clone, Debug, PartialEq)]
pub struct RailSpan {
    pub group: GroupId,
    /// They tile the record.
    pub spans: Vec<Span<Pose>>,
}

/// So many messages from one instant until before another; of one message both are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusySpan {
    pub from: Time,
    pub to: Time,
    pub count: u32,
}

/// A message, with what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiagramMessage {
    pub name: MessageId,
    /// The leader or candidate that it names.
    pub names: Option<Rank>,
    pub sent: Time,
    /// When it arrives unless something stops it.
    pub due: Time,
    /// Why it did not arrive.
    pub lost: Option<LossReason>,
    /// The events of its sending, if that is in the record, and of its end.
    pub events: [Option<EventId>; 2],
}

/// A fault, at a process or, without one, the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultMark {
    pub at: Time,
    pub rank: Option<Rank>,
    pub what: FaultMarkKind,
    /// The entry of the timeline that asks for it.
    pub entry: Option<usize>,
    pub event: EventId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultMarkKind {
    Crash,
    Recovery,
    Suspicion,
    Pause,
    /// By itself.
    PauseEnd,
    /// Because the timeline says so.
    Resumption,
    Cut,
    Heal,
    Slower,
    Lossier,
}

/// A wait that came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerEnd {
    pub name: TimerId,
    pub set: Time,
    pub at: Time,
}

impl DiagramLane {
    /// How the process stands in each of its groups.
    pub fn poses(&self, world: &World) -> Vec<Pose> {
        self.rails.iter().map(|rail| Pose::of(world, rail.group, self.rank)).collect()
    }
}

impl DiagramModel {
    /// What happens in some groups within a window: event by event, or from the index where those are
    /// too many.
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

    pub fn covers(&self, (from, to): (Time, Time)) -> bool {
        self.from <= from && to <= self.to
    }

    /// Whether a record would be read event by event while this one is not.
    pub fn is_coarser_than_needed(&self, run: &Run, (from, to): (Time, Time)) -> bool {
        self.is_summary && !is_too_much(run, from, to)
    }

    /// The place of a process's lane, from the top.
    pub fn lane(&self, rank: Rank) -> Option<usize> {
        // Falling ranks.
        self.lanes.binary_search_by(|lane| rank.cmp(&lane.rank)).ok()
    }

    /// When something is that can be dragged along time, and the earliest to where: a message not
    /// before it was sent, a wait not before it began.
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
                // What repeats is dragged by the round that was taken hold of.
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

/// The members of some groups, the highest rank first.
fn members(scenario: &Scenario, groups: &[GroupId]) -> impl Iterator<Item = Rank> {
    let is_member =
        |rank: &Rank| groups.iter().any(|&id| scenario.group(id).members.contains(rank));
    scenario.ranks.iter().rev().copied().filter(is_member)
}

/// Whether a window holds too much to be read event by event.
fn is_too_much(run: &Run, from: Time, to: Time) -> bool {
    messages(run, from, to) > MOST_MESSAGES || run.index().events(from, to) > MOST_EVENTS
}

/// How many messages are sent or received in a window, all processes together.
fn messages(run: &Run, from: Time, to: Time) -> u64 {
    let index = run.index();
    let stretch = index.stretch(from)..=index.stretch(to);
    let of = |&rank: &Rank| {
        let busy = index.activity(rank).get(stretch.clone()).unwrap_or_default();
        busy.iter().map(|&count| u64::from(count)).sum::<u64>()
    };
    run.scenario().ranks.iter().map(of).sum()
}
