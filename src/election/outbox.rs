//! Everything that handling an input can cause, and the reason for it.

use super::{Message, Reason};
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
    /// An election starts (rule 1 of bully, rule 2 of next-in-line).
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
