//! Changes of a scenario as values, which gestures and forms produce: `Scenario::with` applies one or
//! refuses it with a sentence.

mod name;
mod timeline;

use super::text::is_invisible;
use super::{
    ChapterMark, Expectation, Fault, FigureOptions, Invalid, Latency, Link, Override, OverrideKind,
    Rate, Scenario, ScenarioParts, TimelineEntry, Zone,
};
use crate::choice::ChoiceId;
use crate::election::Algorithm;
use crate::member::Detector;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use thiserror::Error;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A fault happens at an instant, after all that the timeline has there already.
    AddFault {
        at: Time,
        fault: Fault,
    },
    /// Another line of the timeline, at its end.
    Add(TimelineEntry),
    /// Likewise lines that belong together: a cut and its healing.
    AddAll(Vec<TimelineEntry>),
    /// Another line in the place of one of the timeline.
    Replace {
        entry: usize,
        with: TimelineEntry,
    },
    /// A line first happens at another instant; a repetition moves with all its rounds.
    Move {
        entry: usize,
        to: Time,
    },
    /// A pause ends at another instant. For a repetition: that of its first round.
    EndPause {
        entry: usize,
        at: Time,
    },
    /// A partition or a cut heals at another instant, or without one never: the line that heals it
    /// moves, comes or goes.
    EndCut {
        entry: usize,
        at: Option<Time>,
    },
    Remove {
        entry: usize,
    },
    /// Fixes a choice, whatever was fixed of it before. That a message is duplicated stands beside what
    /// else is fixed of it.
    Fix(Override),
    /// What was fixed of a choice is left to chance again.
    Release(ChoiceId),
    /// One more expectation, after the others.
    AddExpectation(Expectation),
    RemoveExpectation {
        index: usize,
    },
    /// What holds for the whole run.
    Set(Setting),
}

/// Why a scenario cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChangeRefusal {
    #[error("the run ends at {}, and this would be at {}; make the run longer first", .end.spoken(), .at.spoken())]
    AfterTheEnd { at: Time, end: Time },
    #[error("that line of the timeline is gone")]
    NoSuchEntry,
    #[error("this does not last, so its end cannot be moved")]
    DoesNotLast,
    #[error("a pause ends after it begins, which is at {}", .from.spoken())]
    EndsFirst { from: Time },
    #[error("a cut heals after it begins, which is at {}", .from.spoken())]
    HealsFirst { from: Time },
    #[error("that expectation is gone")]
    NoSuchExpectation,
    #[error("nothing is fixed of `{occurrence}`, so there is nothing to give back to chance")]
    NothingFixed { occurrence: ChoiceId },
    #[error("{}", .0.problem)]
    Invalid(Invalid),
}

impl Scenario {
    /// The scenario with the change; this one stays as it is.
    pub fn with(&self, change: Change) -> Result<Self, ChangeRefusal> {
        let mut parts = (**self).clone();
        parts.change(change)?;
        Self::new(parts).map_err(|mut problems| ChangeRefusal::Invalid(problems.swap_remove(0)))
    }
}

impl ScenarioParts {
    fn change(&mut self, change: Change) -> Result<(), ChangeRefusal> {
        match change {
            Change::AddFault { at, fault } => self.add(TimelineEntry::at(at, fault))?,
            Change::Add(entry) => self.add(entry)?,
            Change::AddAll(entries) => entries.into_iter().try_for_each(|entry| self.add(entry))?,
            Change::Replace { entry, with } => self.replace(entry, with)?,
            Change::Move { entry, to } => self.move_entry(entry, to)?,
            Change::EndPause { entry, at } => self.end_pause(entry, at)?,
            Change::EndCut { entry, at } => self.end_cut(entry, at)?,
            Change::Remove { entry } => self.remove(entry)?,
            Change::Fix(edit) => self.fix(edit),
            Change::Release(occurrence) => self.release(occurrence)?,
            Change::AddExpectation(expectation) => self.expectations.push(expectation),
            Change::RemoveExpectation { index } if index < self.expectations.len() => {
                self.expectations.remove(index);
            }
            Change::RemoveExpectation { .. } => return Err(ChangeRefusal::NoSuchExpectation),
            Change::Set(setting) => self.set(setting),
        }
        Ok(())
    }
}

impl ScenarioParts {
    /// Takes the place of the override of the same choice, or comes last. That a message is duplicated
    /// stands beside its loss, arrival or delay.
    fn fix(&mut self, edit: Override) {
        let key = |edit: &Override| (edit.occurrence(), edit.kind() == OverrideKind::Duplicated);
        match self.overrides.iter_mut().find(|old| key(old) == key(&edit)) {
            Some(old) => *old = edit,
            None => self.overrides.push(edit),
        }
    }

    fn release(&mut self, occurrence: ChoiceId) -> Result<(), ChangeRefusal> {
        let before = self.overrides.len();
        self.overrides.retain(|edit| edit.occurrence() != occurrence);
        match self.overrides.len() == before {
            true => Err(ChangeRefusal::NothingFixed { occurrence }),
            false => Ok(()),
        }
    }
}

/// One value of the set-up, and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// An empty one takes the title away.
    Title(String),
    About(String),
    Algorithm(Algorithm),
    /// Ascending. What names a process that is gone goes with it.
    Ranks(Vec<Rank>),
    /// Who leads a group at the start; nobody means that everybody boots at 0.
    Leader(GroupId, Option<Rank>),
    Detector(Detector),
    WaitAlive(Duration),
    WaitElected(Duration),
    Latency(Latency),
    /// Of one direction; nothing leaves it to the default again.
    LatencyOf(Link, Option<Latency>),
    Loss(Rate),
    LossOf(Link, Option<Rate>),
    Duplicate(Rate),
    Fifo(bool),
    Seed(u64),
    /// Nothing lets the timeline decide.
    Until(Option<Time>),
    /// What a process is called; an empty name takes it away.
    Name(Rank, String),
    Zones(Vec<Zone>),
    Marks(Vec<ChapterMark>),
    /// How a figure opens.
    Figure(FigureOptions),
}

impl ScenarioParts {
    fn set(&mut self, setting: Setting) {
        match setting {
            Setting::Title(text) => self.title = said(text),
            Setting::About(text) => self.about = said(text),
            Setting::Algorithm(algorithm) => self.algorithm = algorithm,
            Setting::Ranks(ranks) => self.set_ranks(ranks),
            Setting::Leader(group, leader) => {
                if let Some(group) = self.groups.get_mut(group.index()) {
                    group.leader = leader;
                }
            }
            Setting::Detector(detector) => self.detector = detector,
            Setting::WaitAlive(wait) => self.timeouts.alive = wait,
            Setting::WaitElected(wait) => self.timeouts.elected = wait,
            Setting::Latency(latency) => self.network.latency = latency,
            Setting::LatencyOf(link, own) => put(&mut self.network.latency_of, link, own),
            Setting::Loss(rate) => self.network.loss = rate,
            Setting::LossOf(link, own) => put(&mut self.network.loss_of, link, own),
            Setting::Duplicate(rate) => self.network.duplicate = rate,
            Setting::Fifo(fifo) => self.network.fifo = fifo,
            Setting::Seed(seed) => self.seed = seed,
            Setting::Until(until) => self.until = until,
            Setting::Name(process, name) => match said(name) {
                Some(name) => _ = self.names.insert(process, name),
                None => _ = self.names.remove(&process),
            },
            Setting::Zones(zones) => self.zones = zones,
            Setting::Marks(marks) => self.marks = marks,
            Setting::Figure(figure) => self.figure = figure,
        }
    }
}

fn put<T>(of: &mut std::collections::BTreeMap<Link, T>, link: Link, own: Option<T>) {
    match own {
        Some(own) => _ = of.insert(link, own),
        None => _ = of.remove(&link),
    }
}

fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.chars().all(is_invisible))
}
