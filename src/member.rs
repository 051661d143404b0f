//! One process's part in one group: an election, and the heartbeat rules that all elections share.
//!
//! The election decides who leads; the member decides when its leader is missed. Both fill the same
//! outbox, and what the election does to the leadership (sets out, leads, adopts) tells the member
//! which of its two timers must run.

use crate::election::{
    Algorithm, Context, Election, Input, LeadershipChange, Message, Outbox, Reason,
};
use crate::time::Duration;
use crate::types::{Rank, Role, TimerKind};

/// Who tells a member that its leader does not answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Detector {
    /// Only the script.
    #[default]
    Scripted,
    /// A leader sends a heartbeat each `every`; a follower loses patience after `timeout` without one.
    Heartbeat { every: Duration, timeout: Duration },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    election: Election,
    booted: bool,
}

impl Member {
    /// At the start of a run in which nobody leads, and after a crash.
    pub fn blank(algorithm: &Algorithm) -> Self {
        Self { election: Election::blank(algorithm), booted: false }
    }

    /// At the start of a run in which everybody believes `leader`; its timers are set by `start`.
    pub fn following(algorithm: &Algorithm, context: &Context, leader: Rank) -> Self {
        Self { election: Election::following(algorithm, context, leader), booted: true }
    }

    pub fn election(&self) -> &Election {
        &self.election
    }

    pub fn leader(&self) -> Option<Rank> {
        self.election.leader()
    }

    pub fn role(&self, me: Rank) -> Role {
        self.election.role(me)
    }

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

    pub fn boot(&mut self, context: &Context, detector: Detector, out: &mut Outbox) {
        self.booted = true;
        self.election.handle(context, Input::Boot, out);
        // Where the algorithm does not elect at once, somebody must still be missed one day.
        let timeouts = self.election.role(context.me) == Role::BelievesNobody;
        if let (true, Detector::Heartbeat { timeout, .. }) = (timeouts, detector) {
            out.set_timer(TimerKind::Heartbeat, timeout);
        }
    }

    /// Why a suspicion would not move it, if so.
    pub fn objection(&self, me: Rank) -> Option<Reason> {
        match self.role(me) {
            Role::Leads => Some(Reason::LeadsItself),
            Role::Electing | Role::AwaitingElected => Some(Reason::ElectsAlready),
            Role::BelievesNobody | Role::Follows(_) if self.booted => None,
            Role::BelievesNobody | Role::Follows(_) => Some(Reason::HasNotBooted),
        }
    }

    pub fn suspect(&mut self, context: &Context, out: &mut Outbox) {
        self.election.handle(context, Input::Suspect, out);
    }

    pub fn receive(&mut self, context: &Context, from: Rank, message: &Message, out: &mut Outbox) {
        self.election.handle(context, Input::Receive { from, message }, out);
    }

    /// One of the election's own timers ran out.
    pub fn timeout(&mut self, context: &Context, timer: TimerKind, out: &mut Outbox) {
        self.election.handle(context, Input::Timeout(timer), out);
    }

    /// The next heartbeat is due: one to everybody else, and the one after it.
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
    /// What a turn in the leadership means for the detector's two timers, each with the wait that it
    /// is set to, or none where it is cancelled: a follower is patient with its leader, a leader
    /// beats, and who elects does neither.
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
