//! Events: what happened in a run. Drawings, explanations, transcripts and reports are computed from them.

use crate::choice::ChoiceId;
use crate::election::{Reason, Term};
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank, Role, TimerKind};

/// An event's number, from 0 in the order of the run.
pub type EventId = u32;

/// One thing that happened in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// Its instant.
    pub at: Time,
    /// What caused it.
    pub cause: Cause,
    /// None where it happens to a process or the network rather than a member.
    pub group: Option<GroupId>,
    /// The process: the sender of a message that is sent, the receiver of one that arrives or is lost.
    pub rank: Option<Rank>,
    /// The message or the timer that it is about.
    pub choice: Option<ChoiceId>,
    /// What happened.
    pub what: EventKind,
    /// Why the member did what it did, where it decided something.
    pub reason: Option<Reason>,
    /// Of an input that a member handled: its term afterwards, where the algorithm has terms. The digest leaves it
    /// out.
    pub term: Option<Term>,
}

/// Why it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The run began.
    Start,
    /// The timeline asks for it: by its place among `Scenario::scheduled_faults`.
    Timeline(u32),
    /// An earlier event.
    Event(EventId),
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    // Faults. What a process led is for the telling; the digest leaves it out.
    /// The process crashed.
    Crashed {
        /// Whether it led a group until then.
        led: bool,
    },
    /// The process recovered.
    Recovered,
    /// Until that instant, unless something ends it earlier.
    Paused {
        /// The end of the pause.
        until: Time,
        /// Whether it led a group until then.
        led: bool,
    },
    /// A pause is over, by itself or by `resume`.
    Resumed {
        /// Whether it leads a group again.
        leads: bool,
    },
    /// Links are cut; which, the fault says that caused it.
    Cut,
    /// Links are no longer cut.
    Healed,
    /// The latency of links changed.
    LatencyChanged,
    /// The loss rate of links changed.
    LossChanged,

    // Inputs of a member.
    /// The member booted.
    Booted,
    /// The detector or the script says that the leader does not answer, and the member acts on it.
    Suspected,
    /// It ignored a suspicion: it leads, elects already, or has not booted.
    Unsuspecting,
    /// The timer was set at that instant.
    TimedOut {
        /// When it was set.
        set: Time,
    },
    /// A message arrived and was handled.
    Received,

    // What a member does.
    /// The member started an election.
    StartedElection,
    /// What it believes, or what it waits for, changes.
    Became(Role),
    /// `due` is when it arrives unless something stops it; a message lost on the way has one too.
    Sent {
        /// When it arrives.
        due: Time,
        /// The process that it names as the leader or as a candidate, if it does; the digest leaves it out.
        names: Option<Rank>,
    },
    /// The network made a copy of a message.
    Duplicated {
        /// When the copy arrives.
        due: Time,
        /// As of the message that is copied.
        names: Option<Rank>,
    },

    // What becomes of a message.
    /// It was lost.
    Lost(LossReason),
    /// It arrived at a paused process and waits there.
    Held,
}

/// Why a message did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LossReason {
    /// By chance.
    Chance,
    /// Its link was cut when it was sent, or when it would have arrived.
    Cut,
    /// Its receiver had crashed.
    Crashed,
    /// By an override.
    Override,
}

impl Event {
    /// Whether it is about a heartbeat that comes and goes: what a reader skips first.
    pub fn is_heartbeat(&self) -> bool {
        match self.choice {
            Some(ChoiceId::Message(name)) => name.kind.is_routine(),
            Some(ChoiceId::Timer(name)) => name.timer == TimerKind::Beat,
            None => false,
        }
    }

    /// The kind of the message that it is about.
    pub fn message_kind(&self) -> Option<MessageKind> {
        match self.choice {
            Some(ChoiceId::Message(name)) => Some(name.kind),
            Some(ChoiceId::Timer(_)) | None => None,
        }
    }
}

impl EventKind {
    /// The process that a sent message names as the leader or as a candidate.
    pub const fn names(self) -> Option<Rank> {
        if let Self::Sent { names, .. } = self { names } else { None }
    }
}

impl LossReason {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 4] = [Self::Chance, Self::Cut, Self::Crashed, Self::Override];

    /// As the report counts it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chance => "loss",
            Self::Cut => "cut",
            Self::Crashed => "crashed",
            Self::Override => "edit",
        }
    }
}
