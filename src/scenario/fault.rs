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
    /// `at T flap N down T up T [until T]`: a crash at the start of each round, a recovery `down` later. No
    /// crash at or after `until`; a due recovery still happens.
    Flap { at: Time, process: Rank, down: Duration, up: Duration, until: Option<Time> },
}

/// When a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultTime {
    At(Time),
    /// First at `from`, then every `every`, but not at or after `until`; without `until`, to the end of the
    /// run.
    Every {
        every: Duration,
        from: Time,
        until: Option<Time>,
    },
}

/// A fault of processes or links. The processes of a list are affected one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Crash(Vec<Rank>),
    Recover(Vec<Rank>),
    /// The processes suspect their leader; without a group, in all their groups.
    Suspect {
        processes: Vec<Rank>,
        group: Option<GroupId>,
    },
    /// The processes are alive but frozen, as in a long garbage collection.
    Pause {
        processes: Vec<Rank>,
        span: Duration,
    },
    /// Ends a pause early.
    Resume(Vec<Rank>),
    /// Two or more sides; every link between two of them is cut. A process on no side keeps its links.
    Partition(Vec<Vec<Rank>>),
    Cut(Links),
    /// Heals these links, or everything.
    Heal(Option<Links>),
    /// Changes the latency of links, or the default of all links. Messages in flight keep their arrival.
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

    /// Whether it repeats to the end of the run.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Fault { when: FaultTime::Every { until: None, .. }, .. }
                | Self::Flap { until: None, .. }
        )
    }

    /// The fault; `None` for a flap, which alternates two faults.
    pub const fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault { fault, .. } => Some(fault),
            Self::Flap { .. } => None,
        }
    }

    /// The instant at which it first happens.
    pub const fn first(&self) -> Time {
        match self {
            Self::Fault { when: FaultTime::At(at), .. } | Self::Flap { at, .. } => *at,
            Self::Fault { when: FaultTime::Every { from, .. }, .. } => *from,
        }
    }

    /// The last instant that it names or causes; the first one if it repeats without an end.
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

    /// The number of its faults in a run that ends at `end`.
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

/// A fault at an instant, after `flap` and `every` are expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledFault {
    pub at: Time,
    /// The index of its timeline entry.
    pub entry: usize,
    /// Shared by all rounds of its entry, since a partition of many sides may be large and repeat often.
    pub fault: Arc<Fault>,
}

/// The expanded timeline, ordered by instant, then by line.
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

/// The end of a repetition, and whether that instant is included: `until` is not, the end of the run is.
fn stop(until: Option<Time>, end: Time) -> (Time, bool) {
    match until {
        Some(until) if until <= end => (until, false),
        _ => (end, true),
    }
}

/// The last round of a repetition with an end; the first of one without.
fn last_round(from: Time, every: Duration, until: Option<Time>) -> Time {
    match until {
        Some(until) if until > from && every > Duration::ZERO => {
            let rounds = (until.since(from).as_us() - 1) / every.as_us();
            from + Duration::us(rounds * every.as_us())
        }
        _ => from,
    }
}
