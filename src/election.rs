//! The contract of every election algorithm, on one screen.
//!
//! An algorithm is a plain value. It never blocks, reads no clock and draws no random number: an
//! `Input` comes in, and all that it can cause goes into an `Outbox`, with one `Reason`. The set of
//! algorithms is closed, so that a world that holds them can be cloned, compared and hashed.

mod algorithm;
mod bully;
mod next_in_line;
mod outbox;
mod textbook;

pub use algorithm::{
    Algorithm, AlgorithmKind, AlgorithmOption, AlgorithmOptionValue, AlgorithmRow, Succession,
};
pub use bully::Bully;
pub use next_in_line::NextInLine;
pub use outbox::{Effect, LeadershipChange, Outbox, Reason};
pub use textbook::Textbook;

use crate::time::Duration;
use crate::types::{MessageKind, Rank, Role, TimerKind};
use std::sync::Arc;

/// What a message says. Only next-in-line uses terms and leaderships; the bully algorithms send
/// the empty ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    Election(Term),
    Alive(Term),
    Proceed,
    Elected(Leadership),
    Heartbeat(Leadership),
}

/// The number of a leadership; the first is 0.
pub type Term = u32;

/// What a leader says of itself: the number of its leadership and its successors in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Leadership {
    pub term: Term,
    pub alternates: Arc<[Rank]>,
}

/// What happens to a member.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// The first start with nobody leading, or a recovery.
    Boot,
    /// The detector, or the script, says that the leader does not answer.
    Suspect,
    Receive {
        from: Rank,
        message: &'a Message,
    },
    /// A timer of the election ran out: `Alive` or `Elected`. The other two are the member's.
    Timeout(TimerKind),
}

/// What a member may know of its place: nothing here changes during a run.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub me: Rank,
    /// All members of the group, ascending, this one included.
    pub members: &'a [Rank],
    pub timeouts: Timeouts,
    pub succession: &'a Succession,
}

impl<'a> Context<'a> {
    /// The higher ranks, ascending.
    pub fn higher(&self) -> &'a [Rank] {
        let place = self.members.partition_point(|&rank| rank <= self.me);
        &self.members[place..]
    }

    /// The lower ranks, ascending.
    pub fn lower(&self) -> &'a [Rank] {
        let place = self.members.partition_point(|&rank| rank < self.me);
        &self.members[..place]
    }

    /// Everybody else, ascending.
    pub fn others(&self) -> impl Iterator<Item = Rank> + 'a {
        let me = self.me;
        self.members.iter().copied().filter(move |&rank| rank != me)
    }
}

/// How long an asker waits. Too short and it gives up on those who are only far away; too long and
/// the group is without a leader for longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timeouts {
    /// For `Alive`; 60 ms by default.
    pub alive: Duration,
    /// For `Elected`, after that; 90 ms by default.
    pub elected: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { alive: Duration::ms(60), elected: Duration::ms(90) }
    }
}

/// One member's election, of any algorithm.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Election {
    Bully(Bully),
    Textbook(Textbook),
    NextInLine(NextInLine),
}

impl Election {
    /// A member that knows nothing: before its first boot, and after a crash. No algorithm keeps anything
    /// through a crash.
    pub fn blank(algorithm: &Algorithm) -> Self {
        match algorithm {
            Algorithm::Bully => Self::Bully(Bully::default()),
            Algorithm::BullyTextbook => Self::Textbook(Textbook::default()),
            Algorithm::NextInLine(_) => Self::NextInLine(NextInLine::default()),
        }
    }

    /// A member at the start of a run in which everybody believes `leader`.
    pub fn following(algorithm: &Algorithm, context: &Context, leader: Rank) -> Self {
        match algorithm {
            Algorithm::Bully => Self::Bully(Bully::following(leader)),
            Algorithm::BullyTextbook => Self::Textbook(Textbook::following(leader)),
            Algorithm::NextInLine(_) => Self::NextInLine(NextInLine::following(context, leader)),
        }
    }

    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match self {
            Self::Bully(bully) => bully.handle(context, input, out),
            Self::Textbook(textbook) => textbook.handle(context, input, out),
            Self::NextInLine(next) => next.handle(context, input, out),
        }
    }

    /// Whom the member believes to lead, itself included.
    pub fn leader(&self) -> Option<Rank> {
        match self {
            Self::Bully(bully) => bully.leader(),
            Self::Textbook(textbook) => textbook.leader(),
            Self::NextInLine(next) => next.leader(),
        }
    }

    pub fn role(&self, me: Rank) -> Role {
        match self {
            Self::Bully(bully) => bully.role(me),
            Self::Textbook(textbook) => textbook.role(me),
            Self::NextInLine(next) => next.role(me),
        }
    }

    /// What the member would say of its leadership in a heartbeat, or knows of its leader's; none where
    /// the algorithm has no terms.
    pub fn leadership(&self) -> Option<&Leadership> {
        match self {
            Self::Bully(_) | Self::Textbook(_) => None,
            Self::NextInLine(next) => Some(next.leadership()),
        }
    }
}

impl Message {
    pub const fn kind(&self) -> MessageKind {
        match self {
            Self::Election(_) => MessageKind::Election,
            Self::Alive(_) => MessageKind::Alive,
            Self::Proceed => MessageKind::Proceed,
            Self::Elected(_) => MessageKind::Elected,
            Self::Heartbeat(_) => MessageKind::Heartbeat,
        }
    }
}
