//! An edit fixes one choice of the world, named by what it is, never by a position in a log.

use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::time::{Duration, Time};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Override {
    Message {
        name: MessageId,
        fate: MessageOverride,
    },
    /// The timer runs out at this instant, whatever its wait.
    Timer {
        name: TimerId,
        fires: Time,
    },
}

/// What an edit decides of a message. It overrules chance loss and fifo, never a cut or a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageOverride {
    Lost,
    Arrives(Time),
    /// On top of the drawn latency.
    Delayed(Duration),
    /// Stands beside one of the others.
    Duplicated,
}

impl Override {
    pub const fn occurrence(&self) -> ChoiceId {
        match self {
            Self::Message { name, .. } => ChoiceId::Message(*name),
            Self::Timer { name, .. } => ChoiceId::Timer(*name),
        }
    }
}
