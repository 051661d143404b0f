//! Deviations: what the reader did instead of what a step asks for, in words.

use super::{LessonProgress, base};
use crate::lessons::AwaitedCommand;
use crate::scenario::{Fault, Scenario, TimelineEntry};
use crate::session::{Action, State};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::Target;
use std::collections::BTreeSet;

/// How long after the step's opening its action may come, so that the next steps still describe the run.
pub const SLACK: Duration = Duration::ms(3);

/// What the reader did instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// The action was on this process.
    Process(Rank),
    /// The action was, or would be, at another instant than the step's.
    Instant,
    /// The scenario was changed in another way.
    Change,
}

impl Deviation {
    /// A sentence that says how this deviates from the step.
    pub fn sentence(self, learning: &LessonProgress) -> String {
        match self {
            Self::Process(rank) => match learning.awaits().and_then(process) {
                Some(wanted) => format!("You chose {rank}, but this step asks for {wanted}."),
                None => format!("This step does not ask for {rank}."),
            },
            Self::Instant => format!(
                "This step acts at {}. At another instant, what the next steps say would not hold.",
                learning.at.spoken()
            ),
            Self::Change => {
                "You changed the scenario in a way that this step does not ask for, so \
                             what the next steps say would not hold."
                    .to_owned()
            }
        }
    }
}

/// Whether the action of a step that opened at `opened` is accepted at this instant.
pub fn is_on_time(opened: Time, at: Time) -> bool {
    (opened..=opened + SLACK).contains(&at)
}

/// The instant at which an action did what is awaited, by whatever gesture; `None` if it neither did so nor
/// deviates.
///
/// # Errors
///
/// The deviation.
pub fn judge(
    learning: LessonProgress,
    awaited: &AwaitedCommand,
    before: &State,
    action: &Action,
    after: &State,
) -> Result<Option<Time>, Deviation> {
    let [was_own, is_own] = [before, after].map(|state| base(state) == learning.base);
    let (old, new) = (before.document().scenario(), after.document().scenario());
    match awaited {
        AwaitedCommand::AddFault(fault) => match happened_at(fault, old, new) {
            Some(at) if was_own && is_on_time(learning.at, at) => Ok(Some(at)),
            _ if is_own => Ok(None),
            Some(_) if was_own => Err(Deviation::Instant),
            Some(_) => Err(Deviation::Change),
            None => Err(learning.deviation.unwrap_or_else(|| instead(fault, old, new))),
        },
        AwaitedCommand::Algorithm(algorithm) => {
            let name = algorithm.name();
            let is_it = new.algorithm.name() == name && old.algorithm.name() != name;
            match is_it && was_own {
                true => Ok(Some(learning.at)),
                false if is_own => Ok(None),
                false => Err(Deviation::Change),
            }
        }
        AwaitedCommand::Next => Ok(None),
        _ if !is_own => Err(Deviation::Change),
        AwaitedCommand::Select(target) => match after.selected {
            Some(selected) if selected == *target => Ok(Some(learning.at)),
            Some(Target::Process(rank)) if after.selected != before.selected => {
                Err(Deviation::Process(rank))
            }
            Some(_) => learning.deviation.map_or(Ok(None), Err),
            None => Ok(None),
        },
        AwaitedCommand::Why => Ok(matches!(action, Action::Why(Some(_))).then_some(learning.at)),
        AwaitedCommand::Play(_) | AwaitedCommand::Step => Ok(None),
    }
}

/// The one process that the awaited command is about.
fn process(awaited: &AwaitedCommand) -> Option<Rank> {
    match awaited {
        AwaitedCommand::Select(Target::Process(rank)) => Some(*rank),
        AwaitedCommand::AddFault(fault) => match ranks(fault)? {
            [only] => Some(*only),
            _ => None,
        },
        AwaitedCommand::Next
        | AwaitedCommand::Play(_)
        | AwaitedCommand::Step
        | AwaitedCommand::Algorithm(_)
        | AwaitedCommand::Select(_)
        | AwaitedCommand::Why => None,
    }
}

/// The processes that a fault names.
fn ranks(fault: &Fault) -> Option<&[Rank]> {
    match fault {
        Fault::Crash(ranks) | Fault::Recover(ranks) | Fault::Resume(ranks) => Some(ranks),
        Fault::Suspect { processes, .. } | Fault::Pause { processes, .. } => Some(processes),
        Fault::Partition(_)
        | Fault::Cut(_)
        | Fault::Heal(_)
        | Fault::Latency { .. }
        | Fault::Loss { .. } => None,
    }
}

/// The timeline entries that only the new scenario has.
fn added<'a>(old: &Scenario, new: &'a Scenario) -> impl Iterator<Item = &'a TimelineEntry> {
    new.timeline.iter().filter(|entry| !old.timeline.contains(entry))
}

/// The instant of the awaited fault, if only the new scenario has it.
fn happened_at(awaited: &Fault, old: &Scenario, new: &Scenario) -> Option<Time> {
    let alike =
        |entry: &&TimelineEntry| entry.fault().is_some_and(|fault| is_alike(awaited, fault));
    added(old, new).find(alike).map(TimelineEntry::first)
}

/// The deviation: the same fault on another process, or another change.
fn instead(awaited: &Fault, old: &Scenario, new: &Scenario) -> Deviation {
    let same = |fault: &&Fault| std::mem::discriminant(*fault) == std::mem::discriminant(awaited);
    let other = added(old, new).filter_map(TimelineEntry::fault).find(same).and_then(ranks);
    other.and_then(<[Rank]>::first).map_or(Deviation::Change, |rank| Deviation::Process(*rank))
}

/// Whether a fault counts as the awaited one. It may include further processes, and any healing counts.
fn is_alike(awaited: &Fault, fault: &Fault) -> bool {
    let has = |some: &[Rank], all: &[Rank]| all.iter().all(|rank| some.contains(rank));
    match (awaited, fault) {
        (Fault::Crash(all), Fault::Crash(some)) => has(some, all),
        (Fault::Recover(all), Fault::Recover(some)) => has(some, all),
        (Fault::Suspect { processes: all, .. }, Fault::Suspect { processes: some, .. }) => {
            has(some, all)
        }
        (Fault::Pause { processes: all, .. }, Fault::Pause { processes: some, .. }) => {
            has(some, all)
        }
        (Fault::Partition(sides), Fault::Partition(others)) => sorted(sides) == sorted(others),
        (Fault::Heal(_), Fault::Heal(_)) => true,
        _ => awaited == fault,
    }
}

fn sorted(sides: &[Vec<Rank>]) -> BTreeSet<BTreeSet<Rank>> {
    sort::gather(sides.iter().map(|side| sort::gather(side.iter().copied())))
}
