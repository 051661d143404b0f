//! Changes of what is fixed of single messages and timers.

use super::Refusal;
use crate::choice::{ChoiceId, MessageId};
use crate::scenario::{Edit, MessageFate, Parts};

impl Parts {
    /// A message is lost, arrives or is delayed: the one takes the other's place. That it is
    /// duplicated stands beside them.
    pub(super) fn fix_message(&mut self, name: MessageId, fate: MessageFate) {
        let copies = fate == MessageFate::Duplicated;
        self.fix(Edit::Message { name, fate }, |edit| match edit {
            Edit::Message { fate, .. } => (*fate == MessageFate::Duplicated) == copies,
            Edit::Timer { .. } => false,
        });
    }

    /// Takes the place of the edit of the same choice of which `rivals` holds, or comes last.
    pub(super) fn fix(&mut self, edit: Edit, rivals: impl Fn(&Edit) -> bool) {
        let occurrence = edit.occurrence();
        let same = |old: &&mut Edit| old.occurrence() == occurrence && rivals(old);
        match self.edits.iter_mut().find(same) {
            Some(old) => *old = edit,
            None => self.edits.push(edit),
        }
    }

    pub(super) fn release(&mut self, occurrence: ChoiceId) -> Result<(), Refusal> {
        let before = self.edits.len();
        self.edits.retain(|edit| edit.occurrence() != occurrence);
        match self.edits.len() == before {
            true => Err(Refusal::NothingFixed { occurrence }),
            false => Ok(()),
        }
    }
}
