//! The names of changes, shown after "Undo".

use super::Change;
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::scenario::{Fault, Override, ScenarioParts, TimelineEntry};
use crate::types::listed;

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
        format!("{} of {}", self.kind().row().noun, choice(self.occurrence()))
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
