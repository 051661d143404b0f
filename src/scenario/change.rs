//! Changes of a scenario as values, which gestures and forms produce: `Scenario::with` applies one or
//! refuses it with a sentence.

mod name;
mod timeline;

use super::text::is_invisible;
use super::{
    Expectation, Fault, FigureOptions, Invalid, Latency, Link, MessageOverride, Override, Rate,
    Scenario, ScenarioParts, TimelineEntry,
};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::Algorithm;
use crate::member::Detector;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use thiserror::Error;

/// A change of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Adds a fault at an instant, after the other faults of that instant.
    AddFault {
        at: Time,
        fault: Fault,
    },
    /// Adds a line at the end of the timeline.
    Add(TimelineEntry),
    /// Adds lines that belong together: a cut and its healing.
    AddAll(Vec<TimelineEntry>),
    /// Replaces a line of the timeline.
    Replace {
        entry: usize,
        with: TimelineEntry,
    },
    /// Moves a line to another instant; a repetition moves with all its rounds.
    Move {
        entry: usize,
        to: Time,
    },
    /// Changes the end of a pause; of a repetition, the end of its first round.
    EndPause {
        entry: usize,
        at: Time,
    },
    /// Changes when a partition or a cut heals, or `None` for never: moves, adds or removes the line that
    /// heals it.
    EndCut {
        entry: usize,
        at: Option<Time>,
    },
    Remove {
        entry: usize,
    },
    /// Overrides the fate of a message, in place of an earlier override. A duplication is kept beside it.
    Message {
        name: MessageId,
        fate: MessageOverride,
    },
    /// Overrides when a timer fires.
    Timer {
        name: TimerId,
        fires: Time,
    },
    /// Removes all overrides of a choice.
    Release(ChoiceId),
    /// Adds an expectation after the others.
    AddExpectation(Expectation),
    RemoveExpectation {
        index: usize,
    },
    /// Changes a setting of the whole run.
    Set(Setting),
}

/// The reason why a scenario cannot be changed.
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
    /// Returns the changed scenario; this one stays as it is.
    ///
    /// # Errors
    /// The change is not possible, or leads to an invalid scenario.
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
            Change::Message { name, fate } => self.fix_message(name, fate),
            Change::Timer { name, fires } => {
                self.fix(Override::Timer { name, fires }, |edit| {
                    matches!(edit, Override::Timer { .. })
                });
            }
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
    /// Loss, arrival and delay of a message replace each other. A duplication is kept beside them.
    fn fix_message(&mut self, name: MessageId, fate: MessageOverride) {
        let copies = fate == MessageOverride::Duplicated;
        self.fix(Override::Message { name, fate }, |edit| match edit {
            Override::Message { fate, .. } => (*fate == MessageOverride::Duplicated) == copies,
            Override::Timer { .. } => false,
        });
    }

    /// Replaces the override of the same choice for which `rivals` holds, or appends this one.
    fn fix(&mut self, edit: Override, rivals: impl Fn(&Override) -> bool) {
        let occurrence = edit.occurrence();
        let same = |old: &&mut Override| old.occurrence() == occurrence && rivals(old);
        match self.overrides.iter_mut().find(same) {
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

/// A setting and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// An empty text removes the title.
    Title(String),
    About(String),
    Algorithm(Algorithm),
    /// Ascending. Everything that names a removed process is removed with it.
    Ranks(Vec<Rank>),
    /// The leader of a group at the start; `None` lets all members boot at 0.
    Leader(GroupId, Option<Rank>),
    Detector(Detector),
    WaitAlive(Duration),
    WaitElected(Duration),
    Latency(Latency),
    /// The latency of one direction; `None` restores the default.
    LatencyOf(Link, Option<Latency>),
    Loss(Rate),
    LossOf(Link, Option<Rate>),
    Duplicate(Rate),
    Fifo(bool),
    Seed(u64),
    /// `None` lets the end follow from the timeline.
    Until(Option<Time>),
    /// The options of the figure.
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
