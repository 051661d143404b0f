//! The fault timeline, and the expansion of repeating faults.

use super::{Latency, Links, Rate, limits};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use std::sync::Arc;

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelineEntry {
    /// `at T …`, or `every T from T [until T] …`
    Fault { when: FaultTime, fault: Fault },
    /// `at T flap N down T up T [until T]`: a crash at the start of each round, a recovery `down`
    /// later. No crash at or after `until`; a due recovery still happens.
    Flap { at: Time, process: Rank, down: Duration, up: Duration, until: Option<Time> },
}

/// When a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultTime {
    At(Time),
    /// First at `from`, none at `until`; without one, to the end of the run.
    Every {
        every: Duration,
        from: Time,
        until: Option<Time>,
    },
}

/// What is done to processes or links. A list means one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Crash(Vec<Rank>),
    Recover(Vec<Rank>),
    /// The detector tells them that the leader does not answer; without a group, in all of theirs.
    Suspect {
        processes: Vec<Rank>,
        group: Option<GroupId>,
    },
    /// Alive but frozen, as in a long garbage collection.
    Pause {
        processes: Vec<Rank>,
        span: Duration,
    },
    /// Ends a pause early.
    Resume(Vec<Rank>),
    /// Two or more sides; every link between two of them is cut. A process on no side keeps its links.
    Partition(Vec<Vec<Rank>>),
    Cut(Links),
    /// Without links, everything.
    Heal(Option<Links>),
    /// The links that turn slow, or the default of all. What is in flight keeps its fate.
    Latency {
        links: Option<Links>,
        latency: Latency,
    },
    Loss {
        links: Option<Links>,
        rate: Rate,
    },
}

impl TimelineEntry {
    pub fn at(at: Time, fault: Fault) -> Self {
        Self::Fault { when: FaultTime::At(at), fault }
    }

    /// Whether it goes on to the end of the run.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Fault { when: FaultTime::Every { until: None, .. }, .. }
                | Self::Flap { until: None, .. }
        )
    }

    /// The fault; a flap is two faults in turn.
    pub const fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault { fault, .. } => Some(fault),
            Self::Flap { .. } => None,
        }
    }

    /// When it first happens.
    pub const fn first(&self) -> Time {
        match self {
            Self::Fault { when: FaultTime::At(at), .. } | Self::Flap { at, .. } => *at,
            Self::Fault { when: FaultTime::Every { from, .. }, .. } => *from,
        }
    }

    /// The last instant that it names or causes by itself; the first one where it is open.
    pub(super) fn last(&self) -> Time {
        match self {
            Self::Fault { when, fault } => {
                let last = match *when {
                    FaultTime::At(at) => at,
                    FaultTime::Every { every, from, until } => last_round(from, every, until),
                };
                match fault {
                    Fault::Pause { span, .. } => last + *span,
                    _ => last,
                }
            }
            Self::Flap { at, down, up, until, .. } => last_round(*at, *down + *up, *until) + *down,
        }
    }

    /// At how many instants it happens in a run that ends at `end`.
    pub(super) fn rounds(&self, end: Time) -> u64 {
        let count = |from: Time, every: Duration, until: Option<Time>, per_round: u64| {
            let (stop, included) = stop(until, end);
            if from > stop || (from == stop && !included) || every == Duration::ZERO {
                return 0;
            }
            let span = stop.since(from).as_us();
            let last = if included { span } else { span - 1 };
            (last / every.as_us() + 1) * per_round
        };
        match self {
            Self::Fault { when: FaultTime::At(_), .. } => 1,
            Self::Fault { when: FaultTime::Every { every, from, until }, .. } => {
                count(*from, *every, *until, 1)
            }
            Self::Flap { at, down, up, until, .. } => count(*at, *down + *up, *until, 2),
        }
    }
}

/// One fault at its instant, once `flap` and `every` are unrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledFault {
    pub at: Time,
    /// The entry of the timeline that asks for it.
    pub entry: usize,
    /// Shared by all that its entry unrolls to: a partition of many sides may happen very often.
    pub fault: Arc<Fault>,
}

/// The timeline in the order in which it happens: by instant, then by line. What an entry unrolls
/// to keeps the entry's place.
pub(super) fn scheduled_faults(timeline: &[TimelineEntry], end: Time) -> Vec<ScheduledFault> {
    let mut all = Vec::new();
    for (index, entry) in timeline.iter().enumerate() {
        let mut schedule = |at, fault: &Arc<Fault>| {
            all.push(ScheduledFault { at, entry: index, fault: Arc::clone(fault) });
        };
        match entry {
            TimelineEntry::Fault { when: FaultTime::At(at), fault } => {
                schedule(*at, &Arc::new(fault.clone()))
            }
            TimelineEntry::Fault { when: FaultTime::Every { every, from, until }, fault } => {
                let fault = Arc::new(fault.clone());
                rounds(*from, *every, *until, end).for_each(|at| schedule(at, &fault));
            }
            TimelineEntry::Flap { at, process, down, up, until } => {
                let crash = Arc::new(Fault::Crash(vec![*process]));
                let recover = Arc::new(Fault::Recover(vec![*process]));
                for round in rounds(*at, *down + *up, *until, end) {
                    schedule(round, &crash);
                    schedule(round + *down, &recover);
                }
            }
        }
    }
    sort::sort_by_key(&mut all, |scheduled: &ScheduledFault| scheduled.at);
    all
}

/// The instants of a repetition, no more than a valid scenario has.
fn rounds(
    from: Time,
    every: Duration,
    until: Option<Time>,
    end: Time,
) -> impl Iterator<Item = Time> {
    let (stop, included) = stop(until, end);
    std::iter::successors(Some(from), move |&at| Some(at + every))
        .take_while(move |&at| at < stop || (included && at == stop))
        .take(limits::MOST_TIMELINE_ENTRIES)
}

/// Where a repetition stops, and whether that instant still counts: `until` does not, but what
/// falls due exactly at the end of the run still happens.
fn stop(until: Option<Time>, end: Time) -> (Time, bool) {
    match until {
        Some(until) if until <= end => (until, false),
        _ => (end, true),
    }
}

/// The last round of a repetition that stops by itself; the first of one that does not.
fn last_round(from: Time, every: Duration, until: Option<Time>) -> Time {
    match until {
        Some(until) if until > from && every > Duration::ZERO => {
            let rounds = (until.since(from).as_us() - 1) / every.as_us();
            from + Duration::us(rounds * every.as_us())
        }
        _ => from,
    }
}
