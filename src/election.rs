//! The contract of every election algorithm, on one screen.
//!
//! An algorithm is a plain value. It never blocks, reads no clock and draws no random number: an
//! `Input` comes in, and all that it can cause goes into an `Outbox`, with one `Reason`. The set of
//! algorithms is closed, so that a world that holds them can be cloned, compared and hashed.

mod algorithm;
mod bully;
mod candidates;
mod invitation;
mod next_in_line;
mod outbox;
mod raft;
mod reason;
mod ring;
mod vrrp;

pub use algorithm::{
    Algorithm, AlgorithmKind, AlgorithmOption, AlgorithmOptionValue, AlgorithmRow, Succession,
};
pub use bully::{Bully, Textbook};
pub use candidates::{CandidateRules, Candidates};
pub use invitation::{Invitation, InvitationMessage};
pub use next_in_line::NextInLine;
pub use outbox::{Effect, LeadershipChange, Outbox};
pub use raft::{Raft, RaftDurable, RaftMessage, RaftRules, Votes};
pub use reason::{
    CandidatesReason, InvitationReason, QuorumReason, RaftReason, Reason, RingReason, VrrpReason,
};
pub use ring::{Lap, Ring, RingMessage};
pub use vrrp::Vrrp;

use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank, Role, TimerKind};
use std::sync::Arc;

/// What a message says. Only next-in-line uses terms and leaderships; the bully algorithms send
/// the empty ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    /// Asks whether the receiver runs; next-in-line also asks it to take the lead.
    Election(Term),
    /// Answers `Election`.
    Alive(Term),
    /// Tells the receiver to take the lead.
    Proceed,
    /// Announces that the sender leads.
    Elected(Leadership),
    /// Shows that the leader still runs.
    Heartbeat(Leadership),
    /// Quorum: acknowledges what was sent at this instant.
    Ack(Time),
    /// Candidates: the elected process.
    Winner(Rank),
    /// Ring: what travels round it.
    Ring(RingMessage),
    /// Invitation: a message of its own.
    Invitation(InvitationMessage),
    /// Raft: a message of its own.
    Raft(RaftMessage),
}

/// The number of a leadership; the first is 0.
pub type Term = u32;

/// What a leader announces: the number of its leadership and its successors, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Leadership {
    /// The number of the leadership.
    pub term: Term,
    /// The successors, first in line first.
    pub alternates: Arc<[Rank]>,
}

/// What happens to a member.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// The first start with `leader none`, or a recovery.
    Boot {
        /// At the start of the run, rather than after a crash.
        is_first: bool,
    },
    /// The detector, or the script, says that the leader does not answer.
    Suspect,
    /// A message has arrived.
    Receive {
        /// The sender.
        from: Rank,
        /// The message.
        message: &'a Message,
        /// When it was sent.
        sent: Time,
    },
    /// A follower bears a leader of a lower rank no longer.
    Preempt,
    /// A timer of the election ran out. Most detectors' timers are the member's.
    Timeout(TimerKind),
}

/// What a member may know of its place: nothing here changes during a run.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// This member's rank.
    pub me: Rank,
    /// All members of the group, ascending, this one included.
    pub members: &'a [Rank],
    /// How long it waits for answers.
    pub timeouts: Timeouts,
    /// The algorithm, with its options.
    pub algorithm: &'a Algorithm,
    /// The interval of heartbeats and the timeout without one, of this process; zero without a detector.
    pub every: Duration,
    /// How long it waits for a heartbeat; zero without a detector.
    pub timeout: Duration,
    /// The timeout of the detector, whatever single processes have instead: how long a promise and what it confirms
    /// last, the same for all members.
    pub lease: Duration,
    /// Whether it takes the lead from a lower rank.
    pub preemption: Preemption,
    /// The present instant, for spans between instants that the member stored or a message carries.
    pub now: Time,
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

    /// The other ranks, ascending.
    pub fn others(&self) -> impl Iterator<Item = Rank> + 'a {
        let me = self.me;
        self.members.iter().copied().filter(move |&rank| rank != me)
    }
}

/// Whether a process that comes back takes the lead from a leader of a lower rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Preemption {
    /// At once: as the bully algorithms have it.
    #[default]
    On,
    /// Never: keepalived calls it `nopreempt`.
    Off,
    /// Once it has borne the leader for so long: keepalived calls it `preempt_delay`.
    After(Duration),
}

/// How many members must have acknowledged a leader within the last timeout, itself included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Quorum {
    /// Its own belief is enough.
    #[default]
    None,
    /// More than half of the group.
    Majority,
    /// So many, 1 to the size of the group.
    Count(u16),
}

impl Quorum {
    /// How many members of a group of so many.
    pub const fn of(self, members: usize) -> usize {
        match self {
            Self::None => 1,
            Self::Majority => members / 2 + 1,
            Self::Count(count) => count as usize,
        }
    }
}

/// How long a process that sends `Election` waits. If too short, it gives up on processes that are only
/// far away; if too long, the group has no leader for longer.
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
    /// Bully.
    Bully(Bully),
    /// Textbook bully.
    Textbook(Textbook),
    /// Next-in-line.
    NextInLine(NextInLine),
    /// Candidates.
    Candidates(Candidates),
    /// Ring.
    Ring(Ring),
    /// Invitation.
    Invitation(Invitation),
    /// Raft.
    Raft(Raft),
    /// VRRP.
    Vrrp(Vrrp),
}

impl Election {
    /// A member that knows nothing: before its first boot, and after a crash. No algorithm keeps anything
    /// through a crash.
    pub fn blank(algorithm: &Algorithm) -> Self {
        match algorithm {
            Algorithm::Bully => Self::Bully(Bully::default()),
            Algorithm::BullyTextbook => Self::Textbook(Textbook::default()),
            Algorithm::NextInLine(_) => Self::NextInLine(NextInLine::default()),
            Algorithm::Candidates(_) => Self::Candidates(Candidates::default()),
            Algorithm::Ring => Self::Ring(Ring::default()),
            Algorithm::Invitation => Self::Invitation(Invitation::default()),
            Algorithm::Raft(_) => Self::Raft(Raft::default()),
            Algorithm::Vrrp => Self::Vrrp(Vrrp::default()),
        }
    }

    /// The member after a crash: what its algorithm declares durable is left.
    #[must_use]
    pub fn crashed(&self, algorithm: &Algorithm) -> Self {
        match self {
            Self::Raft(raft) => Self::Raft(raft.recovered()),
            Self::Bully(_)
            | Self::Textbook(_)
            | Self::NextInLine(_)
            | Self::Candidates(_)
            | Self::Ring(_)
            | Self::Invitation(_)
            | Self::Vrrp(_) => Self::blank(algorithm),
        }
    }

    /// A member at the start of a run in which all members believe `leader`.
    pub fn following(algorithm: &Algorithm, context: &Context, leader: Rank) -> Self {
        match algorithm {
            Algorithm::Bully => Self::Bully(Bully::following(leader)),
            Algorithm::BullyTextbook => Self::Textbook(Textbook::following(leader)),
            Algorithm::NextInLine(_) => Self::NextInLine(NextInLine::following(context, leader)),
            Algorithm::Candidates(_) => Self::Candidates(Candidates::following(leader)),
            Algorithm::Ring => Self::Ring(Ring::following(leader)),
            Algorithm::Invitation => Self::Invitation(Invitation::following(context, leader)),
            Algorithm::Raft(_) => Self::Raft(Raft::following(context, leader)),
            Algorithm::Vrrp => Self::Vrrp(Vrrp::following(leader)),
        }
    }

    /// Handles an input: changes the state and fills `out`. It reads no clock and draws no random number.
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match self {
            Self::Bully(bully) => bully.handle(context, input, out),
            Self::Textbook(textbook) => textbook.handle(context, input, out),
            Self::NextInLine(next) => next.handle(context, input, out),
            Self::Candidates(candidates) => candidates.handle(context, input, out),
            Self::Ring(ring) => ring.handle(context, input, out),
            Self::Invitation(invitation) => invitation.handle(context, input, out),
            Self::Raft(raft) => raft.handle(context, input, out),
            Self::Vrrp(vrrp) => vrrp.handle(context, input, out),
        }
    }

    /// A leader of the start starts its own timers.
    pub fn start_leading(&mut self, context: &Context, out: &mut Outbox) {
        if let Self::Raft(raft) = self {
            raft.set_quorum_timer(context, out);
        }
    }

    /// The leader that the member believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        match self {
            Self::Bully(bully) => bully.leader(),
            Self::Textbook(textbook) => textbook.leader(),
            Self::NextInLine(next) => next.leader(),
            Self::Candidates(candidates) => candidates.leader(),
            Self::Ring(ring) => ring.leader(),
            Self::Invitation(invitation) => invitation.leader(),
            Self::Raft(raft) => raft.leader(),
            Self::Vrrp(vrrp) => vrrp.leader(),
        }
    }

    /// What the member does in its group; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        match self {
            Self::Bully(bully) => bully.role(me),
            Self::Textbook(textbook) => textbook.role(me),
            Self::NextInLine(next) => next.role(me),
            Self::Candidates(candidates) => candidates.role(me),
            Self::Ring(ring) => ring.role(me),
            Self::Invitation(invitation) => invitation.role(me),
            Self::Raft(raft) => raft.role(me),
            Self::Vrrp(vrrp) => vrrp.role(me),
        }
    }

    /// Whether an election of its own is under way although it may believe a leader meanwhile.
    pub fn has_started(&self) -> bool {
        match self {
            Self::Ring(ring) => ring.has_started(),
            Self::Bully(_)
            | Self::Textbook(_)
            | Self::NextInLine(_)
            | Self::Candidates(_)
            | Self::Invitation(_)
            | Self::Raft(_)
            | Self::Vrrp(_) => false,
        }
    }

    /// The term that the member is in: in next-in-line the number of the newest leadership that it knows. None where
    /// the algorithm has no terms.
    pub fn term(&self) -> Option<Term> {
        match self {
            Self::NextInLine(next) => Some(next.leadership().term),
            Self::Raft(raft) => Some(raft.durable().term),
            Self::Bully(_)
            | Self::Textbook(_)
            | Self::Candidates(_)
            | Self::Ring(_)
            | Self::Invitation(_)
            | Self::Vrrp(_) => None,
        }
    }

    /// Of a candidate or pre-candidate: the answers that it has.
    pub fn votes(&self) -> Option<Votes> {
        match self {
            Self::Raft(raft) => raft.votes(),
            Self::Bully(_)
            | Self::Textbook(_)
            | Self::NextInLine(_)
            | Self::Candidates(_)
            | Self::Ring(_)
            | Self::Invitation(_)
            | Self::Vrrp(_) => None,
        }
    }

    /// What the member would say of its leadership in a heartbeat, or knows of its leader's; none where
    /// the algorithm has no terms.
    pub fn leadership(&self) -> Option<&Leadership> {
        match self {
            Self::NextInLine(next) => Some(next.leadership()),
            Self::Bully(_)
            | Self::Textbook(_)
            | Self::Candidates(_)
            | Self::Ring(_)
            | Self::Invitation(_)
            | Self::Raft(_)
            | Self::Vrrp(_) => None,
        }
    }

    /// What a leader says each interval.
    pub fn heartbeat(&self) -> Message {
        match self {
            Self::NextInLine(next) => Message::Heartbeat(next.leadership().clone()),
            Self::Invitation(invitation) => invitation.heartbeat(),
            Self::Raft(raft) => raft.heartbeat(),
            Self::Bully(_)
            | Self::Textbook(_)
            | Self::Candidates(_)
            | Self::Ring(_)
            | Self::Vrrp(_) => Message::Heartbeat(Leadership::default()),
        }
    }
}

impl Message {
    /// Of an `Election` on a ring: how many processes it has found alive.
    pub fn alive_count(&self) -> usize {
        match self {
            Self::Ring(RingMessage { lap, leader: None }) => lap.alive.len(),
            Self::Ring(RingMessage { leader: Some(_), .. })
            | Self::Election(_)
            | Self::Alive(_)
            | Self::Proceed
            | Self::Elected(_)
            | Self::Heartbeat(_)
            | Self::Ack(_)
            | Self::Winner(_)
            | Self::Invitation(_)
            | Self::Raft(_) => 0,
        }
    }

    /// The process that the message names as the leader or as a candidate, if it does.
    pub fn names(&self, from: Rank, to: Rank) -> Option<Rank> {
        match *self {
            Self::Proceed => Some(to),
            Self::Elected(_)
            | Self::Heartbeat(_)
            | Self::Invitation(InvitationMessage::Heartbeat { .. })
            | Self::Raft(RaftMessage::Heartbeat(_) | RaftMessage::VoteRequest(_)) => Some(from),
            Self::Winner(leader)
            | Self::Invitation(InvitationMessage::Invitation { leader, .. }) => Some(leader),
            // The first lap names the highest rank so far.
            Self::Ring(RingMessage { leader, ref lap }) => {
                leader.or(lap.alive.iter().max().copied())
            }
            Self::Ack(_)
            | Self::Invitation(InvitationMessage::Accept)
            | Self::Raft(
                RaftMessage::Ack { .. }
                | RaftMessage::Vote { granted: true, .. }
                | RaftMessage::PreVote { granted: true, .. },
            ) => Some(to),
            Self::Election(_)
            | Self::Alive(_)
            | Self::Raft(
                RaftMessage::Vote { granted: false, .. }
                | RaftMessage::PreVoteRequest(_)
                | RaftMessage::PreVote { granted: false, .. },
            ) => None,
        }
    }

    /// The kind, without terms and alternates.
    pub const fn kind(&self) -> MessageKind {
        match self {
            Self::Election(_) | Self::Ring(RingMessage { leader: None, .. }) => {
                MessageKind::Election
            }
            Self::Alive(_) => MessageKind::Alive,
            Self::Proceed => MessageKind::Proceed,
            Self::Elected(_)
            | Self::Winner(_)
            | Self::Ring(RingMessage { leader: Some(_), .. }) => MessageKind::Elected,
            Self::Heartbeat(_)
            | Self::Invitation(InvitationMessage::Heartbeat { .. })
            | Self::Raft(RaftMessage::Heartbeat(_)) => MessageKind::Heartbeat,
            Self::Ack(_) | Self::Raft(RaftMessage::Ack { .. }) => MessageKind::Ack,
            Self::Invitation(InvitationMessage::Invitation { .. }) => MessageKind::Invitation,
            Self::Invitation(InvitationMessage::Accept) => MessageKind::Accept,
            Self::Raft(RaftMessage::VoteRequest(_)) => MessageKind::VoteRequest,
            Self::Raft(RaftMessage::Vote { .. }) => MessageKind::Vote,
            Self::Raft(RaftMessage::PreVoteRequest(_)) => MessageKind::PreVoteRequest,
            Self::Raft(RaftMessage::PreVote { .. }) => MessageKind::PreVote,
        }
    }
}
