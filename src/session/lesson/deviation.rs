//! The instruction for the command that a step of a lesson awaits, and deviations: what the reader did instead,
//! in words.

use super::{LessonProgress, base};
use crate::election::Algorithm;
use crate::lessons::AwaitedCommand;
use crate::narration::request_fault;
use crate::scenario::{Fault, FaultKind, Scenario, TimelineEntry};
use crate::session::keys::spoken;
use crate::session::{Action, Command, State};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank};
use crate::view::Target;
use std::collections::BTreeSet;

/// How long after the step's opening its action may come, so that the next steps still describe the run.
pub(crate) const SLACK: Duration = Duration::ms(3);

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
    pub fn sentence(self, learning: &LessonProgress, scenario: &Scenario) -> String {
        match self {
            Self::Process(rank) => {
                let chosen = scenario.called(rank);
                match learning.awaits().and_then(process) {
                    Some(wanted) => format!(
                        "You chose {chosen}, but this step asks for {}.",
                        scenario.called(wanted)
                    ),
                    None => format!("This step does not ask for {chosen}."),
                }
            }
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
pub(crate) fn is_on_time(opened: Time, at: Time) -> bool {
    (opened..=opened + SLACK).contains(&at)
}

/// The instant at which an action, by any gesture, did what is awaited; `None` if it neither did so nor
/// deviates.
///
/// # Errors
///
/// The deviation.
pub(crate) fn judge(
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
            let is_it = |scenario: &Scenario| has(&scenario.algorithm, algorithm);
            match is_it(new) && !is_it(old) && was_own {
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
        AwaitedCommand::AddFault(fault) => match *fault.arguments().processes {
            [only] => Some(only),
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

/// Whether an algorithm is the awaited one, with each addition that is awaited; how many alternates it has does
/// not matter.
fn has(algorithm: &Algorithm, awaited: &Algorithm) -> bool {
    algorithm.kind() == awaited.kind() && algorithm.raft() == awaited.raft()
}

/// The faults that only the new timeline has, with their instants.
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
    let same = |fault: &&Fault| fault.kind() == awaited.kind();
    let other = added(old, new).filter_map(TimelineEntry::fault).find(same);
    let rank = other.and_then(|fault| fault.arguments().processes.first().copied());
    rank.map_or(Deviation::Change, Deviation::Process)
}

/// A fault of other processes besides will do, and so will any healing. How long it lasts and in which
/// group does not matter.
fn is_alike(awaited: &Fault, fault: &Fault) -> bool {
    let (wanted, found) = (awaited.arguments(), fault.arguments());
    let is_in_it = |rank: &Rank| found.processes.contains(rank);
    fault.kind() == awaited.kind()
        && wanted.processes.iter().all(is_in_it)
        && sorted(&wanted.sides) == sorted(&found.sides)
        && (wanted.latency, wanted.rate) == (found.latency, found.rate)
        && (wanted.links == found.links || fault.kind() == FaultKind::Heal)
}

fn sorted(sides: &[Vec<Rank>]) -> BTreeSet<BTreeSet<Rank>> {
    sort::gather(sides.iter().map(|side| sort::gather(side.iter().copied())))
}

/// The instruction for a mouse and a keyboard, or for a finger if `coarse`.
pub(crate) fn instruction(awaited: &AwaitedCommand, scenario: &Scenario, coarse: bool) -> String {
    match awaited {
        AwaitedCommand::Next => "Read on.".to_owned(),
        AwaitedCommand::Play(to) => {
            let how = match coarse {
                true => "tap the play button".to_owned(),
                false => press(Command::PlayOrPause),
            };
            format!("Play to {}: {how}.", to.spoken())
        }
        AwaitedCommand::Step => {
            let how = match coarse {
                true => "tap the button after Play".to_owned(),
                false => press(Command::StepOn),
            };
            format!("Step forward by one event: {how}.")
        }
        AwaitedCommand::AddFault(fault) => asked(fault, scenario, coarse),
        AwaitedCommand::Algorithm(algorithm) => {
            let press = if coarse { "tap" } else { "click" };
            if algorithm.kind() == scenario.algorithm.kind() {
                return format!("Open Set-up and change the algorithm to {algorithm}.");
            }
            let title = algorithm.title();
            format!("Change the algorithm to {title}: {press} its name beside the title.")
        }
        AwaitedCommand::Select(target) => {
            let what = match target {
                Target::Process(rank) => scenario.called(*rank).to_string(),
                Target::Message(name) => {
                    let article = if name.kind == MessageKind::Heartbeat { "a" } else { "the" };
                    let (from, to) = (scenario.called(name.from), scenario.called(name.to));
                    format!("{article} {} from {from} to {to}", name.kind)
                }
                Target::Partition | Target::Handle(_) => "the cut".to_owned(),
                Target::Link(_) => "the link".to_owned(),
                Target::Timer(_) | Target::Fault(_) | Target::FaultEnd(_) => "it".to_owned(),
            };
            format!("Select {what}: {} it.", if coarse { "tap" } else { "click" })
        }
        AwaitedCommand::Why if coarse => "Tap Why?".to_owned(),
        AwaitedCommand::Why => format!("Press {}, or click Why?", spoken(&Command::Why)),
    }
}

/// The fault, and how to add it on the stage.
fn asked(fault: &Fault, scenario: &Scenario, coarse: bool) -> String {
    let hold = |item: &str| format!("hold it and choose {item}");
    let select = |command: Command| format!("select it and {}", press(command));
    let crash = || format!("double-click it, or {}", select(Command::CrashOrRecover));
    let request = request_fault(scenario, fault);
    let (finger, mouse) = match fault.kind() {
        FaultKind::Crash => (hold("Crash"), crash()),
        FaultKind::Recover => (hold("Recover"), crash()),
        FaultKind::Suspect => (hold("Suspect"), select(Command::Suspect)),
        FaultKind::Pause => (hold("Pause"), select(Command::PauseOrResume)),
        FaultKind::Resume => (hold("Resume"), select(Command::PauseOrResume)),
        FaultKind::Partition => (
            "hold an empty place on the stage, then draw a line across it".to_owned(),
            format!("drag a line across the stage, or {}", press(Command::Split)),
        ),
        FaultKind::Heal => (
            "hold an empty place on the stage and choose Heal everything".to_owned(),
            press(Command::Heal),
        ),
        FaultKind::Cut => ("tap it, then tap Cut".to_owned(), select(Command::Cut)),
        FaultKind::Flap | FaultKind::Latency | FaultKind::Loss => {
            return format!("{request} in Set-up.");
        }
    };
    format!("{request}: {}.", if coarse { finger } else { mouse })
}

fn press(command: Command) -> String {
    format!("press {}", spoken(&command))
}
