//! The model of a diagram as plain data: built from a run once for a window, and then only read; and the window
//! that is shown first.

mod builder;

use super::cuts::CutSpan;
use crate::choice::{MessageId, TimerId};
use crate::election::Term;
use crate::report::Span;
use crate::run::{Pose, PoseChange, Run};
use crate::scenario::Scenario;
use crate::simulation::{EventId, LossReason, World};
use crate::sort;
use crate::time::{Duration, Time};
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
    /// The terms of the process, as spans that tile the model's span; nothing where the algorithm has no terms, or
    /// in a summary.
    pub terms: Vec<Span<Term>>,
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

/// The length of the window if no agreement follows the first fault, in median latencies.
const CALM: u64 = 60;
/// The least length, in median latencies: a fault just before an agreement that has other causes would give a
/// window of a few milliseconds.
const LEAST: u64 = 8;

/// Whether a window of one run fits after a change of the scenario: it is the same scenario, edited, and it
/// does not end before the window begins.
pub fn keeps(before: &Scenario, after: &Scenario, window: (Time, Time)) -> bool {
    // An edit changes a title or a timeline, never both.
    let is_edited = before.title == after.title || before.timeline == after.timeline;
    is_edited && window.0 < after.end()
}

/// From the first fault to the first agreement after it, with a margin of 8 %. With several groups, to the
/// last of their first agreements.
pub fn first(run: &Run, groups: &[GroupId]) -> (Time, Time) {
    let fault = run.scenario().scheduled_faults().first().map(|scheduled| scheduled.at);
    let from = fault.unwrap_or_default().min(run.end());
    let agreements = groups.iter().filter_map(|&group| agreement(run, group, from));
    around(run, from, agreements.max())
}

/// Adds a margin of 8 % of the time between that is not quiet.
fn around(run: &Run, from: Time, to: Option<Time>) -> (Time, Time) {
    let median = run.scenario().network.latency.median();
    let calm = from + Duration::us(median.as_us() * CALM);
    let least = from + Duration::us(median.as_us() * LEAST);
    let to = to.unwrap_or(calm).max(least).clamp(from + median, run.end().max(from + median));
    let quiet = run.index().quiet().iter();
    let folded: u64 = quiet
        .filter(|gap| gap.0 >= from && gap.1 <= to)
        .map(|gap| gap.1.since(gap.0).as_us().saturating_sub(median.as_us()))
        .sum();
    let shown = to.since(from).as_us().saturating_sub(folded).max(median.as_us());
    let margin = Duration::us(shown * 8 / 100);
    // A margin ends where a fold may begin.
    let quiet = |at: Time| run.index().quiet().iter().any(|gap| gap.0 <= at && at <= gap.1);
    let (before, after) = (quiet(from - margin), quiet(to + margin));
    let half = median.half();
    let least = |is_quiet: bool| if is_quiet { margin.min(half) } else { margin };
    (from - least(before), (to + least(after)).min(run.end()))
}

/// The first agreement after a disagreement at or after `from`: exactly one member leads, and all members
/// that have not crashed believe in it. `None` if there is no such instant.
fn agreement(run: &Run, group: GroupId, from: Time) -> Option<Time> {
    let index = run.index();
    let members = &run.scenario().group(group).members;
    let lanes: Vec<(Rank, &[PoseChange])> =
        members.iter().map(|&rank| (rank, index.pose_changes(group, rank))).collect();
    let mut changes: Vec<u16> =
        lanes.iter().flat_map(|(_, turns)| turns.iter().map(|turn| turn.bucket)).collect();
    sort::sort(&mut changes);
    changes.dedup();
    let first = index.stretch(from) as u16;
    let mut was_lost = false;
    for &bucket in changes.iter().filter(|&&bucket| bucket >= first) {
        let agrees = agrees(&lanes, bucket);
        if agrees && was_lost {
            return Some(index.start_of(usize::from(bucket) + 1).min(run.end()));
        }
        was_lost |= !agrees;
    }
    None
}

fn agrees(lanes: &[(Rank, &[PoseChange])], bucket: u16) -> bool {
    let pose = |turns: &[PoseChange]| {
        let place = turns.partition_point(|turn| turn.bucket <= bucket).checked_sub(1)?;
        Some(turns[place].pose)
    };
    let poses: Vec<(Rank, Pose)> =
        lanes.iter().filter_map(|(rank, turns)| Some((*rank, pose(turns)?))).collect();
    let mut leaders = poses.iter().filter(|(_, pose)| pose.leads()).map(|(rank, _)| *rank);
    let Some(leader) = leaders.next() else { return false };
    let believes = |(rank, pose): &(Rank, Pose)| {
        *pose == Pose::Crashed || pose.believes(*rank) == Some(leader)
    };
    leaders.next().is_none() && poses.iter().all(believes)
}
