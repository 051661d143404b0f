//! Overrides: each fixes one choice of the simulation, identified by what it is and not by a position in a
//! log.

use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::time::{Duration, Time};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Override {
    Message {
        name: MessageId,
        fate: MessageOverride,
    },
    /// The timer fires at this instant, whatever its timeout.
    Timer {
        name: TimerId,
        fires: Time,
    },
}

/// The override of a message. It takes precedence over random loss and `fifo`, but not over a cut or a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageOverride {
    Lost,
    Arrives(Time),
    /// Added to the drawn latency.
    Delayed(Duration),
    /// Can be combined with one of the others.
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
