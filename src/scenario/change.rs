//! Changes of a scenario as values, which gestures and forms produce: `Scenario::with` applies one or
//! refuses it with a sentence.

mod timeline;

pub use timeline::resized;

use super::{
    ChapterMark, Expectation, Fault, Invalid, Override, OverrideKind, OwnSetting, Scenario,
    ScenarioParts, Setting, SettingOwners, TimelineEntry, Zone, is_invisible,
};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::{Algorithm, CandidateRules, Preemption, Quorum};
use crate::member::Detector;
use crate::time::Time;
use crate::types::{Rank, listed};
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
    /// Fixes a choice, whatever was fixed of it before. That a message is duplicated stands beside what
    /// else is fixed of it.
    Fix(Override),
    /// What was fixed of a choice is left to chance again.
    Release(ChoiceId),
    /// Adds an expectation after the others.
    AddExpectation(Expectation),
    RemoveExpectation {
        index: usize,
    },
    /// What a process is called; an empty name takes it away.
    Name(Rank, String),
    Zones(Vec<Zone>),
    Marks(Vec<ChapterMark>),
    /// What holds for the whole run.
    Set(Setting),
    /// What a link or a process has of its own; without a value it is like all others again.
    SetOwn(SettingOwners, OwnSetting),
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
    #[error("nothing is fixed of `{choice}`, so there is nothing to give back to chance")]
    NothingFixed { choice: ChoiceId },
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
    /// Another algorithm. What it does not allow goes, and what it needs has its usual value.
    pub fn change_algorithm(&mut self, algorithm: Algorithm) {
        self.algorithm = algorithm;
        let row = self.algorithm.row();
        if row.no_preemption.is_some() {
            self.preemption = Preemption::default();
        }
        if row.no_quorum.is_some() {
            self.quorum = Quorum::default();
        }
        if row.needs_heartbeat && self.detector == Detector::Scripted {
            self.detector = Detector::USUAL;
        }
        if let Algorithm::Candidates(CandidateRules { ranks, .. }) = &mut self.algorithm {
            let leaders = self.groups.iter().filter_map(|group| group.leader);
            // A list that is empty is one that nobody has written yet.
            let few = match ranks.is_empty() {
                true => CandidateRules::USUAL_COUNT,
                false => 0,
            };
            let highest = self.ranks.iter().rev().copied().take(few);
            for rank in highest.chain(leaders) {
                if !ranks.contains(&rank) {
                    ranks.push(rank);
                }
            }
        }
    }

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
            Change::Release(choice) => self.release(choice)?,
            Change::AddExpectation(expectation) => self.expectations.push(expectation),
            Change::RemoveExpectation { index } if index < self.expectations.len() => {
                self.expectations.remove(index);
            }
            Change::RemoveExpectation { .. } => return Err(ChangeRefusal::NoSuchExpectation),
            Change::Name(process, name) => match name.chars().all(is_invisible) {
                true => _ = self.names.remove(&process),
                false => _ = self.names.insert(process, name),
            },
            Change::Zones(zones) => self.zones = zones,
            Change::Marks(marks) => self.marks = marks,
            Change::Set(Setting::Algorithm(algorithm)) => self.change_algorithm(algorithm),
            Change::Set(setting) => self.set(setting),
            Change::SetOwn(owners, setting) => {
                owners.each().into_iter().for_each(|owner| self.set_own(owner, setting));
            }
        }
        Ok(())
    }
}

impl ScenarioParts {
    /// Takes the place of the override of the same choice, or comes last. That a message is duplicated
    /// stands beside its loss, arrival or delay.
    fn fix(&mut self, edit: Override) {
        let key = |edit: &Override| (edit.choice(), edit.kind() == OverrideKind::Duplicated);
        match self.overrides.iter_mut().find(|old| key(old) == key(&edit)) {
            Some(old) => *old = edit,
            None => self.overrides.push(edit),
        }
    }

    fn release(&mut self, choice: ChoiceId) -> Result<(), ChangeRefusal> {
        let before = self.overrides.len();
        self.overrides.retain(|edit| edit.choice() != choice);
        match self.overrides.len() == before {
            true => Err(ChangeRefusal::NothingFixed { choice }),
            false => Ok(()),
        }
    }
}

impl Change {
    /// The name of the change to these parts, for "Undo …".
    pub fn name(&self, parts: &ScenarioParts) -> String {
        let line = |entry: &usize| {
            parts.timeline.get(*entry).map_or_else(String::new, TimelineEntry::name)
        };
        match self {
            Self::AddFault { at, fault } => TimelineEntry::at(*at, fault.clone()).name(),
            Self::Add(entry) => entry.name(),
            Self::AddAll(entries) => entries.first().map_or_else(String::new, TimelineEntry::name),
            Self::Replace { entry, with } => match parts.timeline.get(*entry) {
                Some(before) if before.is_cut() && with.is_cut() => "turn of the cut".to_owned(),
                Some(_) | None => format!("change to {}", with.name()),
            },
            Self::Move { entry, .. } => format!("move of the {}", line(entry)),
            Self::EndPause { entry, .. } => format!("new end of the {}", line(entry)),
            Self::EndCut { entry, .. } => format!("new end of the {}", line(entry)),
            Self::Remove { entry } => format!("removal of the {}", line(entry)),
            Self::Fix(edit) => edit.name(),
            Self::Release(fixed) => format!("release of {}", choice(*fixed)),
            Self::AddExpectation(_) => "new expectation".to_owned(),
            Self::RemoveExpectation { .. } => "removal of an expectation".to_owned(),
            Self::Name(..) => "new name".to_owned(),
            Self::Zones(_) => "change of zones".to_owned(),
            Self::Marks(_) => "change of chapters".to_owned(),
            Self::Set(setting) => setting.kind().row().change.to_owned(),
            Self::SetOwn(_, setting) => setting.kind().row().change.to_owned(),
        }
    }
}

impl TimelineEntry {
    /// The name of the line when it is disabled or removed: `crash of 6`.
    pub fn name(&self) -> String {
        let (noun, processes) = (self.kind().row().noun, self.arguments().processes);
        match processes.is_empty() {
            true => noun.to_owned(),
            false => format!("{noun} of {}", listed(&processes)),
        }
    }

    /// Where one cut takes the place of another, what changes is who stands where.
    fn is_cut(&self) -> bool {
        self.fault().is_some_and(Fault::is_cut)
    }
}

impl Override {
    /// The name of the override when it is disabled or removed: `loss of the Election 3->5 #1`.
    pub fn name(&self) -> String {
        format!("{} of {}", self.kind().row().noun, choice(self.choice()))
    }
}

/// `the Election 3->5 #1`, `timer alive 3 #1`.
fn choice(choice: ChoiceId) -> String {
    match choice {
        ChoiceId::Message(MessageId { kind, from, to, nth, .. }) => {
            format!("the {kind} {from}->{to} #{nth}")
        }
        ChoiceId::Timer(TimerId { timer, of, nth, .. }) => format!("timer {timer} {of} #{nth}"),
    }
}
