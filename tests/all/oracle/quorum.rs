//! The remedy `quorum` (section 2 of the further rules): a lease around an algorithm that does not know of it.
//! The numbers are those of the rules.

use super::{Content, MemberId, World};
use hustings::election::Quorum;
use hustings::member::Detector;
use hustings::time::{Duration, Time};
use hustings::types::{MessageKind, Rank, TimerKind};
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Lease {
    /// As a leader: the newest stamp that each other has acknowledged.
    stamps: BTreeMap<Rank, Time>,
    /// To whom, or to nobody, and until when.
    promise: Option<(Option<Rank>, Time)>,
    confirmed: bool,
    /// When the timer `quorum` is due: the member's clock, by which a confirmation ends.
    rings: Option<Time>,
    /// In the step in which that timer runs out, early or late: the instant by this clock.
    rang: Option<Time>,
    /// Until when enough have acknowledged.
    until: Option<Time>,
    /// Whether anything else happened that it depends on.
    changed: bool,
}

/// A microsecond, after which a promise no longer binds.
const NEXT: Duration = Duration::us(1);

impl World<'_> {
    pub(super) fn is_confirmed(&self, me: MemberId) -> bool {
        self.scenario.quorum == Quorum::None || self.members[&me].lease.confirmed
    }

    /// How many others must have acknowledged.
    fn others_asked(&self, me: MemberId) -> usize {
        match self.scenario.quorum {
            Quorum::None => 0,
            Quorum::Majority => self.scenario.group(me.0).members.len() / 2,
            Quorum::Count(count) => usize::from(count) - 1,
        }
    }

    /// T is the detector's timeout, whatever single processes have instead: a promise must outlast what is
    /// confirmed by it.
    fn lease_span(&self) -> Duration {
        match self.scenario.detector {
            Detector::Heartbeat { timeout, .. } => timeout,
            Detector::Scripted => unreachable!("a quorum needs heartbeats"),
        }
    }

    /// The start with a leader, rule 3.
    pub(super) fn begin_with_lease(&mut self, me: MemberId, leader: Rank) {
        if self.scenario.quorum == Quorum::None {
            return;
        }
        if leader == me.1 {
            let stamps = self.others(me).map(|rank| (rank, Time::ZERO)).collect();
            self.member(me).lease.stamps = stamps;
            self.member(me).lease.changed = true;
            self.look_at_stamps(me);
        } else {
            let until = Time::ZERO + self.lease_span();
            self.member(me).lease.promise = Some((Some(leader), until));
        }
    }

    /// An `Ack` arrived, rule 4.
    pub(super) fn acknowledged(&mut self, me: MemberId, from: Rank, stamp: Time) {
        let member = self.member(me);
        if member.leader == Some(me.1) {
            let newest = member.lease.stamps.entry(from).or_default();
            *newest = stamp.max(*newest);
        }
    }

    /// The timer `quorum` ran out.
    pub(super) fn lease_rings(&mut self, me: MemberId) {
        let lease = &mut self.member(me).lease;
        lease.rang = lease.rings.take();
        lease.changed = true;
    }

    /// After all that the algorithm did in a step.
    pub(super) fn look_at_lease(
        &mut self,
        me: MemberId,
        led: bool,
        heard: Option<(MessageKind, Rank, Time)>,
        booted_late: bool,
    ) {
        if self.scenario.quorum == Quorum::None {
            return;
        }
        if booted_late {
            let until = self.now + self.lease_span();
            self.member(me).lease.promise = Some((None, until)); // rule 3
        }
        let leader = self.members[&me].leader;
        let leads = leader == Some(me.1);
        if leads != led {
            self.member(me).lease.stamps.clear();
            self.member(me).lease.changed = true;
        }
        if leads && !led {
            self.send_heartbeats(me); // rule 6
        }
        if let Some((MessageKind::Elected | MessageKind::Heartbeat, from, stamp)) = heard
            && leader == Some(from)
            && !self.is_bound(me, from)
        {
            // Rule 2.
            self.send_with(me, MessageKind::Ack, from, Content::Stamp(stamp));
            let until = self.now + self.lease_span();
            self.member(me).lease.promise = Some((Some(from), until));
        }
        self.look_at_stamps(me);
    }

    /// Whether it is bound to somebody else than this one, or to nobody.
    fn is_bound(&self, me: MemberId, to: Rank) -> bool {
        let promise = self.members[&me].lease.promise;
        promise.is_some_and(|(promised, until)| promised != Some(to) && self.now <= until)
    }

    /// Rule 4. Nothing changes but by what happens: it begins or ceases to lead, it is acknowledged for longer, or
    /// its timer runs out.
    fn look_at_stamps(&mut self, me: MemberId) {
        let member = &self.members[&me];
        let lease = &member.lease;
        let leads = member.leader == Some(me.1);
        let asked = self.others_asked(me);
        let mut stamps: Vec<Time> = lease.stamps.values().copied().collect();
        stamps.sort_unstable();
        let until = match asked {
            0 => None,
            _ => stamps.iter().rev().nth(asked - 1).map(|&stamp| stamp + self.lease_span()),
        };
        if until == lease.until && !lease.changed {
            return;
        }
        let now = self.now.max(lease.rang.unwrap_or_default());
        let acknowledged = until.filter(|&until| leads && until > now);
        let (confirmed, rings) = match (acknowledged, lease.promise) {
            (None, _) => (leads && asked == 0, None),
            (Some(_), Some((_, free))) if self.is_bound(me, me.1) => (false, Some(free + NEXT)),
            (Some(until), _) => (true, Some(until)),
        };
        let set = rings != lease.rings;
        let lease = &mut self.member(me).lease;
        lease.rang = None;
        (lease.confirmed, lease.rings, lease.until, lease.changed) =
            (confirmed, rings, until, false);
        match rings {
            Some(rings) if set => self.set(me, TimerKind::Quorum, rings.since(self.now)),
            Some(_) => {}
            None => self.cancel(me, TimerKind::Quorum),
        }
    }
}
