//! A leader lease: leading takes the acknowledgement of a quorum within the last timeout.
//!
//! A rule of the member around any algorithm that allows it. At most one leader stands at every instant, whatever
//! crashes, pauses, cuts, losses and latencies there are, as long as clocks run equally fast. Source: C. Gray and
//! D. Cheriton, "Leases: An Efficient Fault-Tolerant Mechanism for Distributed File Cache Consistency" (1989).

use crate::election::{Context, Message, Outbox, Quorum};
use crate::time::{Duration, Time};
use crate::types::{Rank, TimerKind};
use std::collections::BTreeMap;

/// Nothing of it survives a crash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lease {
    quorum: Quorum,
    /// Of a leader: the newest stamp that each other member has acknowledged.
    stamps: BTreeMap<Rank, Time>,
    promise: Option<Promise>,
    /// The present state of the confirmation, and what it follows from.
    plan: Plan,
}

/// Until when a member acknowledges nobody but this one; it still binds at its last instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Promise {
    /// Nobody at all after a recovery.
    to: Option<Rank>,
    until: Time,
}

/// Until when a quorum stands behind a leader, and what it promised itself meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Basis {
    /// It no longer holds at its own instant.
    until: Option<Time>,
    /// A promise to another, or to nobody.
    bound: Option<Time>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Plan {
    basis: Option<Basis>,
    is_confirmed: bool,
    /// When `quorum` runs out.
    due: Option<Time>,
}

impl Lease {
    /// Nothing where a leader needs no quorum.
    pub fn new(quorum: Quorum) -> Option<Box<Self>> {
        let lease =
            || Self { quorum, stamps: BTreeMap::new(), promise: None, plan: Plan::default() };
        (quorum != Quorum::None).then(|| Box::new(lease()))
    }

    /// Rule 3: at the start with a leader all members have acknowledged it.
    #[must_use]
    pub fn following(mut self, context: &Context, leader: Rank) -> Self {
        if leader == context.me {
            self.stamps = context.others().map(|other| (other, Time::ZERO)).collect();
        } else {
            self.promise = Some(Promise { to: Some(leader), until: Time::ZERO + context.lease });
        }
        self
    }

    /// The quorum that it needs.
    pub fn quorum(&self) -> Quorum {
        self.quorum
    }

    /// Whether a member that believes that it leads does lead.
    pub fn is_confirmed(&self) -> bool {
        self.plan.is_confirmed
    }

    /// How many others have acknowledged it at this instant or later.
    pub fn acknowledged_since(&self, at: Time) -> usize {
        self.stamps.values().filter(|&&stamp| stamp >= at).count()
    }

    /// Rule 3: it may have acknowledged another leader before it crashed.
    pub fn promise_nobody(&mut self, context: &Context) {
        self.promise = Some(Promise { to: None, until: context.now + context.lease });
    }

    /// Rule 2: acknowledge the leader, unless a promise to another binds.
    pub fn promise(&mut self, context: &Context, to: Rank, stamp: Time, out: &mut Outbox) {
        let binds = |promise: &Promise| promise.to != Some(to) && promise.until >= context.now;
        if self.promise.as_ref().is_some_and(binds) {
            return;
        }
        out.send(to, Message::Ack(stamp));
        self.promise = Some(Promise { to: Some(to), until: context.now + context.lease });
    }

    /// Rule 4.
    pub fn acknowledge(&mut self, from: Rank, stamp: Time) {
        let newest = self.stamps.entry(from).or_insert(stamp);
        *newest = (*newest).max(stamp);
    }

    /// Forgets all acknowledgements.
    pub fn forget_stamps(&mut self) {
        self.stamps.clear();
    }

    /// Rule 4: plans anew where something has changed, and sets `quorum` where its instant has.
    pub fn update(&mut self, context: &Context, leads: bool, out: &mut Outbox) {
        let basis = leads.then(|| self.basis(context));
        if basis == self.plan.basis {
            return;
        }
        let (is_confirmed, due) = match basis {
            Some(basis) => self.planned(basis, context, context.now),
            None => (false, None),
        };
        if due != self.plan.due {
            match due {
                Some(due) => out.set_timer(TimerKind::Quorum, due.since(context.now)),
                None => out.cancel_timer(TimerKind::Quorum),
            }
        }
        self.plan = Plan { basis, is_confirmed, due };
    }

    /// The timer `quorum` ran out: what was planned for then is so now, by the clock of this process.
    pub fn expire(&mut self, context: &Context) {
        let (Some(basis), Some(due)) = (self.plan.basis, self.plan.due) else { return };
        let (is_confirmed, due) = self.planned(basis, context, due);
        // A later change of the basis sets it again.
        self.plan = Plan { basis: self.plan.basis, is_confirmed, due: None };
        if due.is_some() {
            self.plan.basis = None;
        }
    }

    fn basis(&self, context: &Context) -> Basis {
        let needed = self.quorum.of(context.members.len()) - 1;
        let mut newest: Vec<Time> = self.stamps.values().copied().collect();
        newest.sort_unstable_by(|a, b| b.cmp(a));
        let stamp = needed.checked_sub(1).and_then(|place| newest.get(place));
        let bound = self.promise.filter(|promise| promise.to != Some(context.me));
        Basis {
            until: stamp.map(|&stamp| stamp + context.lease),
            bound: bound.map(|promise| promise.until),
        }
    }

    /// Whether a leader is confirmed at an instant, and when that may change by itself.
    fn planned(&self, basis: Basis, context: &Context, at: Time) -> (bool, Option<Time>) {
        if self.quorum.of(context.members.len()) <= 1 {
            return (true, None);
        }
        match basis.until.filter(|&until| until > at) {
            None => (false, None),
            Some(until) => match basis.bound.filter(|&bound| bound >= at) {
                Some(bound) => (false, Some(bound + Duration::us(1))),
                None => (true, Some(until)),
            },
        }
    }
}
