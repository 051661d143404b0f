//! Why something happened: the events and messages that led to it, which stand out.

pub use crate::view::paint::FAINT;

use super::model::{DiagramMessage, FaultMark};
use crate::choice::MessageId;
use crate::narration::StoryLine;
use crate::simulation::EventId;
use crate::sort;
use crate::time::Time;
use crate::types::Rank;
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainHighlight {
    pub events: BTreeSet<EventId>,
    pub messages: BTreeSet<MessageId>,
    /// Who has a part in it.
    pub ranks: BTreeSet<Rank>,
    /// When it began.
    pub since: Time,
}

impl ChainHighlight {
    /// What `narration::why` tells.
    pub fn of(lines: &[StoryLine]) -> Self {
        let events = sort::gather(lines.iter().flat_map(|line| line.first..=line.last));
        Self { events, ..Self::default() }
    }

    /// Who asks many is answered by one: what counts is that a message arrived, not that it was sent.
    pub fn has(&self, mail: &DiagramMessage) -> bool {
        let [sent, end] = mail.events;
        let told = end.or(sent).is_some_and(|event| self.events.contains(&event));
        told || self.messages.contains(&mail.name)
    }

    pub fn has_mark(&self, mark: &FaultMark) -> bool {
        self.events.contains(&mark.event)
    }
}
