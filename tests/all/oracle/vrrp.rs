//! Vrrp (section 7 of the further rules). The numbers are those of the rules.

use super::{Letter, MemberId, World};
use hustings::election::Preemption;
use hustings::time::Duration;
use hustings::types::{Rank, TimerKind};

impl World<'_> {
    /// What a backup of this rank waits for longer.
    pub(super) fn skew(&self, rank: Rank) -> Duration {
        let (every, _) = self.own_timing(rank);
        Duration::us(every.as_us() * (256 - u64::from(rank.get())) / 256)
    }

    /// Rule 1.
    pub(super) fn boot_backup(&mut self, me: MemberId) {
        self.member(me).booted_at = self.now;
        self.set_detector(me, TimerKind::Heartbeat);
    }

    /// Rule 2. Of one that leads a suspicion is dropped already.
    pub(super) fn take_over(&mut self, me: MemberId) {
        self.tell_election(me);
        self.cancel(me, TimerKind::Heartbeat);
        self.member(me).leader = Some(me.1);
        self.advertise(me);
    }

    fn advertise(&mut self, me: MemberId) {
        self.set_detector(me, TimerKind::Beat);
        self.send_heartbeats(me);
    }

    /// Rules 3 and 4.
    pub(super) fn read_advertisement(&mut self, me: MemberId, letter: &Letter) {
        let from = letter.name.from;
        let leads = self.members[&me].leader == Some(me.1);
        let bears_lower = match self.scenario.preemption {
            Preemption::On => false,
            Preemption::Off => true,
            Preemption::After(span) => self.now < self.members[&me].booted_at + span,
        };
        if from > me.1 || (!leads && bears_lower) {
            self.cancel(me, TimerKind::Beat);
            self.member(me).leader = Some(from);
            self.set_detector(me, TimerKind::Heartbeat);
        } else if leads {
            self.advertise(me);
        }
    }
}
