//! An edit fixes one choice of the world, named by what it is, never by a position in a log.

use crate::occurrence::{MessageName, Occurrence, TimerName};
use crate::time::{Duration, Time};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Message {
        name: MessageName,
        fate: MessageFate,
    },
    /// The timer runs out at this instant, whatever its wait.
    Timer {
        name: TimerName,
        fires: Time,
    },
}

/// What an edit decides of a message. It overrules chance loss and fifo, never a cut or a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageFate {
    Lost,
    Arrives(Time),
    /// On top of the drawn latency.
    Delayed(Duration),
    /// Stands beside one of the others.
    Duplicated,
}

impl Edit {
    pub const fn occurrence(&self) -> Occurrence {
        match self {
            Self::Message { name, .. } => Occurrence::Message(*name),
            Self::Timer { name, .. } => Occurrence::Timer(*name),
        }
    }
}
