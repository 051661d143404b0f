//! Changes of what is fixed of single messages and timers.

use super::ChangeRefusal;
use crate::choice::{ChoiceId, MessageId};
use crate::scenario::{MessageOverride, Override, ScenarioParts};

impl ScenarioParts {
    /// A message is lost, arrives or is delayed: the one takes the other's place. That it is
    /// duplicated stands beside them.
    pub(super) fn fix_message(&mut self, name: MessageId, fate: MessageOverride) {
        let copies = fate == MessageOverride::Duplicated;
        self.fix(Override::Message { name, fate }, |edit| match edit {
            Override::Message { fate, .. } => (*fate == MessageOverride::Duplicated) == copies,
            Override::Timer { .. } => false,
        });
    }

    /// Takes the place of the edit of the same choice of which `rivals` holds, or comes last.
    pub(super) fn fix(&mut self, edit: Override, rivals: impl Fn(&Override) -> bool) {
        let occurrence = edit.occurrence();
        let same = |old: &&mut Override| old.occurrence() == occurrence && rivals(old);
        match self.overrides.iter_mut().find(same) {
            Some(old) => *old = edit,
            None => self.overrides.push(edit),
        }
    }

    pub(super) fn release(&mut self, occurrence: ChoiceId) -> Result<(), ChangeRefusal> {
        let before = self.overrides.len();
        self.overrides.retain(|edit| edit.occurrence() != occurrence);
        match self.overrides.len() == before {
            true => Err(ChangeRefusal::NothingFixed { occurrence }),
            false => Ok(()),
        }
    }
}
