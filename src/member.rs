//! One process's part in one group: an election, and the heartbeat rules that all elections share.
//!
//! The election decides which process leads; the member decides when its leader is suspected. Both fill
//! the same outbox. After a change of leadership (an election starts, the member leads or adopts a
//! leader), the member sets or cancels its two heartbeat timers.

mod lease;

pub use lease::Lease;

use crate::election::{
    Algorithm, Context, Election, Input, LeadershipChange, Message, Outbox, Preemption, Quorum,
    QuorumReason, Reason,
};
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank, Role, TimerKind};

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

impl Detector {
    /// Heartbeats with the timing of the start scenario.
    pub const USUAL: Self =
        Self::Heartbeat { every: Duration::ms(100), timeout: Duration::ms(350) };
}

/// A process's part in one group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    election: Election,
    booted: bool,
    /// The timer `preempt` runs.
    preempts: bool,
    /// Where leading takes the acknowledgement of a quorum.
    lease: Option<Box<Lease>>,
}

impl Member {
    /// At the start of a run in which nobody leads.
    pub fn blank(context: &Context, quorum: Quorum) -> Self {
        Self {
            election: Election::blank(context.algorithm),
            booted: false,
            preempts: false,
            lease: Lease::new(quorum),
        }
    }

    /// At the start of a run in which all members believe `leader`; its timers are set by `start`.
    pub fn following(context: &Context, quorum: Quorum, leader: Rank) -> Self {
        let lease = Lease::new(quorum).map(|lease| Box::new(lease.following(context, leader)));
        let election = Election::following(context.algorithm, context, leader);
        Self { election, booted: true, preempts: false, lease }
    }

    /// After a crash: what the algorithm declares durable is left.
    #[must_use]
    pub fn crashed(&self, algorithm: &Algorithm) -> Self {
        Self {
            election: self.election.crashed(algorithm),
            booted: false,
            preempts: false,
            lease: self.lease.as_ref().and_then(|lease| Lease::new(lease.quorum())),
        }
    }

    /// Its election.
    pub fn election(&self) -> &Election {
        &self.election
    }

    /// What a quorum has to do with it, where it has.
    pub fn lease(&self) -> Option<&Lease> {
        self.lease.as_deref()
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.election.leader()
    }

    /// Where it stands: without a quorum's acknowledgement a leader only claims to lead.
    pub fn role(&self, me: Rank) -> Role {
        match (self.election.role(me), &self.lease) {
            (Role::Leads, Some(lease)) if !lease.is_confirmed() => Role::Claims,
            (role, _) => role,
        }
    }

    /// Whether it has booted since its last crash, or followed a leader from the start.
    pub fn has_booted(&self) -> bool {
        self.booted
    }

    /// The first start of a member that believes a leader already: only its timers start.
    pub fn start(&mut self, context: &Context, out: &mut Outbox) {
        match self.leader() {
            Some(leader) if leader == context.me => {
                out.leads();
                self.election.start_leading(context, out);
            }
            Some(_) => out.adopts(),
            None => {}
        }
        self.finish_step(context, out);
    }

    /// Boots: at the first start without a leader, and at each recovery.
    pub fn boot(&mut self, context: &Context, is_first: bool, out: &mut Outbox) {
        self.booted = true;
        if let Some(lease) = self.lease.as_mut().filter(|_| !is_first) {
            lease.promise_nobody(context);
        }
        self.handle(context, Input::Boot { is_first }, out);
        // Where the algorithm does not elect at once, a leader must still be missed later.
        if self.election.role(context.me) == Role::BelievesNobody {
            out.awaits();
        }
    }

    /// Why it ignores a suspicion, if it does.
    pub fn objection(&self, me: Rank) -> Option<Reason> {
        match self.role(me) {
            Role::Leads => Some(Reason::LeadsItself { claims: false }),
            Role::Claims => Some(Reason::LeadsItself { claims: true }),
            Role::Electing
            | Role::AwaitingElected
            | Role::Delaying
            | Role::PreCandidate
            | Role::Candidate => Some(Reason::ElectsAlready),
            Role::BelievesNobody | Role::Follows(_) if self.election.has_started() => {
                Some(Reason::ElectsAlready)
            }
            Role::BelievesNobody | Role::Follows(_) if self.booted => None,
            Role::BelievesNobody | Role::Follows(_) => Some(Reason::HasNotBooted),
        }
    }

    /// Suspects its leader, by its detector or the script. Call it only if `objection` returns none.
    pub fn suspect(&mut self, context: &Context, out: &mut Outbox) {
        self.handle(context, Input::Suspect, out);
    }

    /// Receives a message.
    pub fn receive(
        &mut self,
        context: &Context,
        (from, sent): (Rank, Time),
        message: &Message,
        out: &mut Outbox,
    ) {
        if let Message::Ack(stamp) = *message {
            out.reason(QuorumReason::IsAcknowledged { by: from });
            if let Some(lease) = &mut self.lease
                && self.election.leader() == Some(context.me)
            {
                lease.acknowledge(from, stamp);
            }
            return self.after_step(context, self.leader(), out);
        }
        let before = self.leader();
        let claims = self.role(context.me) == Role::Claims;
        self.election.handle(context, Input::Receive { from, message, sent }, out);
        if let Some(reason) = out.take_reason().filter(|_| claims) {
            out.reason(reason.while_claiming());
        }
        let is_claim = matches!(message.kind(), MessageKind::Elected | MessageKind::Heartbeat);
        self.begin_to_lead(context, before, out);
        if let Some(lease) = &mut self.lease
            && is_claim
            && self.election.leader() == Some(from)
        {
            lease.promise(context, from, sent, out);
        }
        self.finish_step(context, out);
    }

    /// A timer ran out that is not the detector's alone.
    pub fn timeout(&mut self, context: &Context, timer: TimerKind, out: &mut Outbox) {
        match (timer, &mut self.lease) {
            (TimerKind::Preempt, _) => {
                self.preempts = false;
                self.handle(context, Input::Preempt, out);
            }
            (TimerKind::Quorum, Some(lease)) => {
                out.reason(match lease.is_confirmed() {
                    true => QuorumReason::LostQuorum,
                    false => QuorumReason::IsFree,
                });
                lease.expire(context);
                self.after_step(context, self.leader(), out);
            }
            _ => self.handle(context, Input::Timeout(timer), out),
        }
    }

    /// Sends the heartbeat that is due to all others, and schedules the next.
    pub fn beat(&self, context: &Context, out: &mut Outbox) {
        out.reason(Reason::KeepsAlive);
        self.send_heartbeats(context, out);
        out.set_timer(TimerKind::Beat, context.every);
    }

    fn send_heartbeats(&self, context: &Context, out: &mut Outbox) {
        let heartbeat = self.election.heartbeat();
        for other in context.others() {
            out.send(other, heartbeat.clone());
        }
    }

    fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        let before = self.leader();
        self.election.handle(context, input, out);
        self.after_step(context, before, out);
    }

    /// What the member adds to all that the algorithm did in a step; `before` is the leader before it.
    fn after_step(&mut self, context: &Context, before: Option<Rank>, out: &mut Outbox) {
        self.begin_to_lead(context, before, out);
        self.finish_step(context, out);
    }

    /// Rule 6 of the quorum: a new leader asks all others for an acknowledgement, those above it too.
    fn begin_to_lead(&mut self, context: &Context, before: Option<Rank>, out: &mut Outbox) {
        let leads = self.election.leader() == Some(context.me);
        let led = before == Some(context.me);
        let Some(lease) = self.lease.as_mut().filter(|_| leads != led) else { return };
        lease.forget_stamps();
        if leads {
            self.send_heartbeats(context, out);
        }
    }

    /// Rule 4 of the quorum, and rule 3 of preemption.
    fn finish_step(&mut self, context: &Context, out: &mut Outbox) {
        let leads = self.election.leader() == Some(context.me);
        if let Some(lease) = &mut self.lease {
            lease.update(context, leads, out);
        }
        let Preemption::After(wait) = context.preemption else { return };
        if !context.algorithm.row().asks_upwards {
            return;
        }
        let role = self.election.role(context.me);
        let bears = matches!(role, Role::Follows(leader) if leader < context.me);
        if bears != self.preempts {
            self.preempts = bears;
            match bears {
                true => out.set_timer(TimerKind::Preempt, wait),
                false => out.cancel_timer(TimerKind::Preempt),
            }
        }
    }
}

/// What becomes of one of the detector's two timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerChange {
    /// It is set anew.
    Set,
    /// It is cancelled.
    Cancel,
    /// It goes on as it is.
    Leave,
}

impl LeadershipChange {
    /// What it means for `heartbeat` and `beat`: a follower is patient with its leader, a leader beats, and
    /// a member that elects does neither.
    pub const fn timers(self) -> (TimerChange, TimerChange) {
        match self {
            Self::RoundStarted | Self::Forgets => (TimerChange::Cancel, TimerChange::Cancel),
            Self::Leads => (TimerChange::Cancel, TimerChange::Set),
            Self::Adopts | Self::Awaits => (TimerChange::Set, TimerChange::Cancel),
            Self::Counts => (TimerChange::Leave, TimerChange::Leave),
        }
    }
}
