//! Everything that handling an input can cause, and the reason for it.

use super::{CandidatesReason, InvitationReason, Message, RaftReason, RingReason, VrrpReason};
use crate::time::Duration;
use crate::types::{Rank, TimerKind};

/// Filled by one handler, emptied by the world. Nothing has happened until then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    effects: Vec<Effect>,
    reason: Option<Reason>,
}

/// One thing that a handler asks for; the order is the order of scheduling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Sends a message.
    Send {
        /// The receiver.
        to: Rank,
        /// The message.
        message: Message,
    },
    /// A timer that runs already is replaced.
    SetTimer {
        /// The timer.
        timer: TimerKind,
        /// How long until it expires.
        wait: Duration,
    },
    /// Cancels a timer; without effect if it does not run.
    CancelTimer(TimerKind),
    /// Tells the member that the leadership changes.
    Turn(LeadershipChange),
}

/// What an election does to the member's part in the leadership: its detector has to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadershipChange {
    /// An election sets out (rule 1 of bully, rule 2 of next-in-line).
    RoundStarted,
    /// The member takes the lead.
    Leads,
    /// The member adopts a leader, or hears from the one that it follows.
    Adopts,
    /// The member has no leader and waits for one, patiently.
    Awaits,
    /// The member has no leader and does something about it that is no election yet.
    Forgets,
    /// Something counts as an election and changes nothing (rule 3 of invitation).
    Counts,
}

/// Why a member did what it did, as far as a sentence needs it. Nothing depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum Reason {
    /// It booted and knows no leader, so it asks every higher rank.
    AsksAfterBoot,
    /// It booted and waits until its detector says something.
    WaitsAfterBoot,
    /// It suspects its leader (or has none) and asks every higher rank.
    Asks { missed: Option<Rank> },
    /// It suspects its leader (or has none) and walks the line, first to this one.
    Walks { missed: Option<Rank>, asks: Rank },
    /// It started an election, and no rank is higher.
    HighestOfAll { missed: Option<Rank> },
    /// It set out, and it is itself the first in line.
    FirstInLine { missed: Option<Rank> },
    /// It says that it is alive.
    Answers { asker: Rank },
    /// It says that it is alive, and asks higher ranks itself.
    AnswersAndAsks { asker: Rank },
    /// It says that it is alive; its own election runs already.
    AnswersWhileElecting { asker: Rank },
    /// It says that it is alive; no rank is higher, so it leads.
    AnswersAndLeads { asker: Rank },
    /// It says that it is alive and takes the lead, as the next in line.
    TakesOver { asker: Rank },
    /// It leads already, in a newer leadership than that of the `Election`, and says so.
    LeadsAlready { asker: Rank },
    /// The best answer so far.
    HeardAlive { from: Rank },
    /// An answer below the best so far.
    HeardLower { from: Rank, best: Rank },
    /// The one that was asked is alive; now it should announce itself.
    NextIsAlive { from: Rank },
    /// An answer for which it no longer waits.
    TooLate { from: Rank },
    /// The timeout for `Alive` expired; this is the highest rank that answered.
    TellsToProceed { best: Rank },
    /// The timeout for `Alive` expired, and a higher rank answered, which will lead.
    LeavesItToHigher { best: Rank },
    /// The timeout for `Alive` expired without an answer.
    NobodyAnswered,
    /// The timeout for `Elected` expired, so it asks again.
    NoAnnouncement,
    /// The one that was asked did not answer, or did not announce itself; the walk goes on to this one.
    NextInWalk { asks: Rank },
    /// The walk has come to the walker itself.
    WalkEndsHere,
    /// It received `Proceed`.
    ReceivedProceed { by: Rank },
    /// It received `Proceed` and leads already.
    ProceedWhileLeading { by: Rank },
    /// It follows the one that announced itself or sent a heartbeat.
    Adopts { leader: Rank },
    /// It led itself, and yields to this one.
    StepsDown { to: Rank },
    /// It hears from the leader that it follows.
    StillFollows { leader: Rank },
    /// It prefers the leader that it has.
    Ignores { from: Rank },
    /// It leads in a newer leadership than the sender claims, and says so.
    Contradicts { from: Rank },
    /// It leads, and says so again.
    KeepsAlive,
    /// It has received no heartbeat for the timeout of the detector.
    LostPatience,
    /// It ignores a suspicion, because it leads.
    LeadsItself,
    /// It ignores a suspicion, because it elects already.
    ElectsAlready,
    /// It ignores a suspicion, because it has not booted.
    HasNotBooted,
    /// It bears a leader of a lower rank no longer and asks every higher rank.
    Preempts { leader: Rank },
    /// A rule of the quorum.
    Quorum(QuorumReason),
    /// A rule of candidates.
    Candidates(CandidatesReason),
    /// A rule of ring.
    Ring(RingReason),
    /// A rule of invitation.
    Invitation(InvitationReason),
    /// A rule of raft.
    Raft(RaftReason),
    /// A rule of VRRP.
    Vrrp(VrrpReason),
}

/// Why a leader is confirmed or not (rules of the quorum).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum QuorumReason {
    /// Its leadership is acknowledged.
    IsAcknowledged { by: Rank },
    /// No quorum has acknowledged it for a timeout.
    LostQuorum,
    /// Its promise to another no longer binds it.
    IsFree,
}

impl Reason {
    /// Whom it suspects, where it sets out because it misses a leader that it had.
    pub fn missed(self) -> Option<Rank> {
        match self {
            Self::Asks { missed }
            | Self::Walks { missed, .. }
            | Self::HighestOfAll { missed }
            | Self::FirstInLine { missed } => missed,
            Self::Candidates(reason) => reason.missed(),
            Self::Ring(reason) => reason.missed(),
            Self::Invitation(reason) => reason.missed(),
            Self::Raft(reason) => reason.missed(),
            Self::Vrrp(reason) => reason.missed(),
            _ => None,
        }
    }
}

impl Outbox {
    /// Sends a message.
    pub fn send(&mut self, to: Rank, message: Message) {
        self.effects.push(Effect::Send { to, message });
    }

    /// Sets a timer to expire after `wait`, or sets it anew.
    pub fn set_timer(&mut self, timer: TimerKind, wait: Duration) {
        self.effects.push(Effect::SetTimer { timer, wait });
    }

    /// Cancels a timer.
    pub fn cancel_timer(&mut self, timer: TimerKind) {
        self.effects.push(Effect::CancelTimer(timer));
    }

    /// Starts an election: the member cancels its heartbeat timers.
    pub fn round_started(&mut self) {
        self.effects.push(Effect::Turn(LeadershipChange::RoundStarted));
    }

    /// Takes the lead: the member sends heartbeats from now on.
    pub fn leads(&mut self) {
        self.effects.push(Effect::Turn(LeadershipChange::Leads));
    }

    /// Has no leader and waits for one: the member waits for heartbeats.
    pub fn awaits(&mut self) {
        self.effects.push(Effect::Turn(LeadershipChange::Awaits));
    }

    /// Has no leader and acts: the member cancels its heartbeat timers.
    pub fn forgets(&mut self) {
        self.effects.push(Effect::Turn(LeadershipChange::Forgets));
    }

    /// Counts as an election and leaves the timers alone.
    pub fn election_counted(&mut self) {
        self.effects.push(Effect::Turn(LeadershipChange::Counts));
    }

    /// Follows a leader: the member waits for its heartbeats from now on.
    pub fn adopts(&mut self) {
        self.effects.push(Effect::Turn(LeadershipChange::Adopts));
    }

    /// A handler has one reason; a rule that hands on to another one leaves the wording to it.
    pub fn reason(&mut self, reason: impl Into<Reason>) {
        self.reason = Some(reason.into());
    }

    /// The reason of the last handler.
    pub fn take_reason(&self) -> Option<Reason> {
        self.reason
    }

    /// Takes all effects, in the order in which they were added, and forgets the reason.
    pub fn drain(&mut self) -> impl Iterator<Item = Effect> + '_ {
        self.reason = None;
        self.effects.drain(..)
    }
}

/// The reasons of one algorithm among all.
macro_rules! reasons_of {
    ($($variant:ident($reason:ty)),+) => {
        $(impl From<$reason> for Reason {
            fn from(reason: $reason) -> Self {
                Self::$variant(reason)
            }
        })+
    };
}

reasons_of!(
    Candidates(CandidatesReason),
    Ring(RingReason),
    Invitation(InvitationReason),
    Vrrp(VrrpReason),
    Raft(RaftReason),
    Quorum(QuorumReason)
);
