//! One process's part in one group: an election, and the heartbeat rules that all elections share.
//!
//! The election decides which process leads; the member decides when its leader is suspected. Both fill
//! the same outbox. After a change of leadership (an election starts, the member leads or adopts a
//! leader), the member sets or cancels its two heartbeat timers.

use crate::election::{
    Algorithm, Context, Election, Input, LeadershipChange, Message, Outbox, Reason,
};
use crate::time::Duration;
use crate::types::{Rank, Role, TimerKind};

/// The failure detector: what makes a member suspect its leader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Detector {
    /// Only the script.
    #[default]
    Scripted,
    /// A leader sends a heartbeat each `every`; a follower suspects it after `timeout` without one.
    Heartbeat {
        /// The interval between the heartbeats of a leader; more than zero.
        every: Duration,
        /// How long a follower waits for the next heartbeat; more than zero.
        timeout: Duration,
    },
}

/// A process's part in one group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    election: Election,
    booted: bool,
}

impl Member {
    /// At the start of a run with `leader none`, and after a crash.
    pub fn blank(algorithm: &Algorithm) -> Self {
        Self { election: Election::blank(algorithm), booted: false }
    }

    /// At the start of a run in which all members believe `leader`; its timers are set by `start`.
    pub fn following(algorithm: &Algorithm, context: &Context, leader: Rank) -> Self {
        Self { election: Election::following(algorithm, context, leader), booted: true }
    }

    /// Its election.
    pub fn election(&self) -> &Election {
        &self.election
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.election.leader()
    }

    /// What it does; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        self.election.role(me)
    }

    /// Whether it has booted since its last crash, or followed a leader from the start.
    pub fn has_booted(&self) -> bool {
        self.booted
    }

    /// The first start of a member that believes a leader already: only its detector starts.
    pub fn start(&self, context: &Context, out: &mut Outbox) {
        match self.leader() {
            Some(leader) if leader == context.me => out.leads(),
            Some(_) => out.adopts(),
            None => {}
        }
    }

    /// Boots: at the first start without a leader, and at each recovery.
    pub fn boot(&mut self, context: &Context, detector: Detector, out: &mut Outbox) {
        self.booted = true;
        self.election.handle(context, Input::Boot, out);
        // If the algorithm does not elect at once, the member waits for a heartbeat of a leader.
        let timeouts = self.election.role(context.me) == Role::BelievesNobody;
        if let (true, Detector::Heartbeat { timeout, .. }) = (timeouts, detector) {
            out.set_timer(TimerKind::Heartbeat, timeout);
        }
    }

    /// Why it ignores a suspicion, if it does.
    pub fn objection(&self, me: Rank) -> Option<Reason> {
        match self.role(me) {
            Role::Leads => Some(Reason::LeadsItself),
            Role::Electing | Role::AwaitingElected => Some(Reason::ElectsAlready),
            Role::BelievesNobody | Role::Follows(_) if self.booted => None,
            Role::BelievesNobody | Role::Follows(_) => Some(Reason::HasNotBooted),
        }
    }

    /// Suspects its leader, by its detector or the script. Call it only if `objection` returns none.
    pub fn suspect(&mut self, context: &Context, out: &mut Outbox) {
        self.election.handle(context, Input::Suspect, out);
    }

    /// Receives a message.
    pub fn receive(&mut self, context: &Context, from: Rank, message: &Message, out: &mut Outbox) {
        self.election.handle(context, Input::Receive { from, message }, out);
    }

    /// One of the election's own timers ran out.
    pub fn timeout(&mut self, context: &Context, timer: TimerKind, out: &mut Outbox) {
        self.election.handle(context, Input::Timeout(timer), out);
    }

    /// Sends the heartbeat that is due to all others, and schedules the next.
    pub fn beat(&self, context: &Context, detector: Detector, out: &mut Outbox) {
        let Detector::Heartbeat { every, .. } = detector else { return };
        out.reason(Reason::KeepsAlive);
        let leadership = self.election.leadership().cloned().unwrap_or_default();
        for other in context.others() {
            out.send(other, Message::Heartbeat(leadership.clone()));
        }
        out.set_timer(TimerKind::Beat, every);
    }
}

impl Detector {
    /// What a change of leadership does to the two heartbeat timers: each with the time that it is set
    /// to, or none if it is cancelled. A follower waits for heartbeats, a leader sends them, and a
    /// member that elects does neither.
    pub fn react(self, turn: LeadershipChange) -> Option<[(TimerKind, Option<Duration>); 2]> {
        let Self::Heartbeat { every, timeout } = self else { return None };
        let (patience, beat) = match turn {
            LeadershipChange::RoundStarted => (None, None),
            LeadershipChange::Leads => (None, Some(every)),
            LeadershipChange::Adopts => (Some(timeout), None),
        };
        Some([(TimerKind::Heartbeat, patience), (TimerKind::Beat, beat)])
    }
}
