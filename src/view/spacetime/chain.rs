//! Why something happened: the events and messages that led to it, which stand out.

use super::record::{Mail, Mark};
use crate::occurrence::MessageName;
use crate::simulation::EventId;
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    pub events: BTreeSet<EventId>,
    pub messages: BTreeSet<MessageName>,
}

/// How much shows of what is no part of it.
pub const FAINT: f64 = 0.16;

impl Chain {
    pub fn has(&self, mail: &Mail) -> bool {
        let told = mail.events.iter().flatten().any(|event| self.events.contains(event));
        told || self.messages.contains(&mail.name)
    }

    pub fn has_mark(&self, mark: &Mark) -> bool {
        self.events.contains(&mark.event)
    }
}
