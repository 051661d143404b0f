//! The ring (section 4 of the further rules). The numbers are those of the rules.

use super::{Content, Letter, MemberId, World};
use hustings::time::Duration;
use hustings::types::{MessageKind, Rank, TimerKind};
use std::collections::VecDeque;

/// What goes round: in the first lap an `Election`, which names no leader yet, in the second an `Elected`.
#[derive(Clone)]
pub(super) struct Lap {
    starter: Rank,
    leader: Option<Rank>,
    alive: Vec<Rank>,
}

#[derive(Default)]
pub(super) struct State {
    /// What is being handed on, and to whom.
    handing: Option<(Lap, Rank)>,
    queue: VecDeque<Lap>,
    started: bool,
}

impl World<'_> {
    /// It believes nobody, or has started: then a suspicion is dropped.
    pub(super) fn suspect_in_ring(&mut self, me: MemberId) {
        let member = &self.members[&me];
        if member.leader.is_some() && !member.ring.started {
            self.start_lap(me);
        }
    }

    /// Rule 1, and rule 4.
    pub(super) fn start_lap(&mut self, me: MemberId) {
        self.tell_election(me);
        self.cancel_all(me, &[TimerKind::Heartbeat, TimerKind::Beat, TimerKind::Elected]);
        self.member(me).leader = None;
        self.member(me).ring.started = true;
        self.hand_on(me, Lap { starter: me.1, leader: None, alive: vec![me.1] });
        if self.members[&me].ring.started {
            self.await_second_lap(me);
        }
    }

    fn await_second_lap(&mut self, me: MemberId) {
        let waits = self.scenario.timeouts.alive + self.scenario.timeouts.elected;
        let members = self.scenario.group(me.0).members.len() as u64;
        self.set(me, TimerKind::Elected, Duration::us(waits.as_us() * members));
    }

    /// Rule 2.
    fn hand_on(&mut self, me: MemberId, lap: Lap) {
        let ring = &mut self.member(me).ring;
        if ring.handing.is_some() {
            return ring.queue.push_back(lap);
        }
        self.hand(me, lap, me.1);
    }

    /// Hands to the first after this one, or is done with the message.
    fn hand(&mut self, me: MemberId, lap: Lap, after: Rank) {
        self.member(me).ring.handing = None;
        match self.next_in_ring(me, &lap, after) {
            Some(to) => {
                let kind = match lap.leader {
                    None => MessageKind::Election,
                    Some(_) => MessageKind::Elected,
                };
                self.member(me).ring.handing = Some((lap.clone(), to));
                self.send_with(me, kind, to, Content::Lap(lap));
                self.set(me, TimerKind::Alive, self.scenario.timeouts.alive);
            }
            None => {
                let own = lap.leader.is_none() && lap.starter == me.1;
                if own && self.members[&me].ring.started {
                    // What it announces to nobody is dropped in its turn.
                    self.announce(me, vec![me.1], me.1);
                }
                self.hand_on_queued(me);
            }
        }
    }

    fn hand_on_queued(&mut self, me: MemberId) {
        if self.members[&me].ring.handing.is_none()
            && let Some(lap) = self.member(me).ring.queue.pop_front()
        {
            self.hand(me, lap, me.1);
        }
    }

    /// Whom to hand it to after this one; nobody where it is back at itself, or an `Elected` past its starter.
    fn next_in_ring(&self, me: MemberId, lap: &Lap, after: Rank) -> Option<Rank> {
        let is_second = lap.leader.is_some();
        if is_second && after == lap.starter && after != me.1 {
            return None;
        }
        let members = &self.scenario.group(me.0).members;
        let above = members.iter().filter(|rank| **rank > after);
        let mut round = above.chain(members.iter().filter(|rank| **rank <= after));
        let next = round.find(|rank| **rank == me.1 || !is_second || lap.alive.contains(rank));
        next.copied().filter(|&rank| rank != me.1)
    }

    /// `alive` ran out: the one that was asked does not answer.
    pub(super) fn hand_to_next(&mut self, me: MemberId) {
        let handing = self.member(me).ring.handing.take();
        let (lap, silent) = handing.expect("it waits only while it hands on");
        self.hand(me, lap, silent);
    }

    pub(super) fn read_in_ring(&mut self, me: MemberId, Letter { name, content, .. }: Letter) {
        match (name.kind, content) {
            (MessageKind::Alive, _) => {
                let handing = self.members[&me].ring.handing.as_ref();
                if handing.is_some_and(|(_, to)| *to == name.from) {
                    self.cancel(me, TimerKind::Alive);
                    self.member(me).ring.handing = None;
                    self.hand_on_queued(me);
                }
            }
            (MessageKind::Election, Content::Lap(lap)) => {
                self.send(me, MessageKind::Alive, name.from);
                self.read_first_lap(me, lap);
            }
            (MessageKind::Elected, Content::Lap(lap)) => {
                self.send(me, MessageKind::Alive, name.from);
                self.read_second_lap(me, lap);
            }
            (MessageKind::Heartbeat, _) => self.read_beat_in_ring(me, name.from),
            (kind, _) => unreachable!("a ring has no such {kind}"),
        }
    }

    /// Rule 3.
    fn read_first_lap(&mut self, me: MemberId, mut lap: Lap) {
        let started = self.members[&me].ring.started;
        if lap.starter == me.1 {
            return self.announce(me, lap.alive, me.1);
        }
        if (started && lap.starter < me.1) || lap.alive.contains(&me.1) {
            return;
        }
        self.member(me).leader = None;
        self.cancel_all(me, &[TimerKind::Heartbeat, TimerKind::Beat]);
        lap.alive.push(me.1);
        self.hand_on(me, lap);
        if !started {
            self.await_second_lap(me);
        }
    }

    /// Rule 5.
    fn announce(&mut self, me: MemberId, alive: Vec<Rank>, starter: Rank) {
        self.member(me).ring.started = false;
        self.cancel(me, TimerKind::Elected);
        let leader = alive.iter().copied().max().expect("it lists the starter");
        self.adopt_and_hand_on(me, leader, Lap { starter, leader: Some(leader), alive });
    }

    fn adopt_and_hand_on(&mut self, me: MemberId, leader: Rank, lap: Lap) {
        self.cancel_all(me, &[TimerKind::Heartbeat, TimerKind::Beat]);
        self.member(me).leader = Some(leader);
        if leader == me.1 {
            self.set_detector(me, TimerKind::Beat);
            self.hand_on(me, lap);
        } else {
            self.hand_on(me, lap);
            self.set_detector(me, TimerKind::Heartbeat);
        }
    }

    /// Rule 6.
    fn read_second_lap(&mut self, me: MemberId, lap: Lap) {
        if lap.starter == me.1 {
            return;
        }
        if me.1 < lap.starter {
            self.member(me).ring.started = false;
        }
        if !self.members[&me].ring.started {
            self.cancel(me, TimerKind::Elected);
        }
        let leader = lap.leader.expect("it announces one");
        self.adopt_and_hand_on(me, leader, lap);
    }

    /// Rule 7.
    fn read_beat_in_ring(&mut self, me: MemberId, from: Rank) {
        let leader = self.members[&me].leader;
        if leader == Some(from) {
            return self.set_detector(me, TimerKind::Heartbeat);
        }
        if from > leader.unwrap_or(me.1) {
            self.member(me).leader = Some(from);
            self.member(me).ring.started = false;
            self.cancel_all(me, &[TimerKind::Elected, TimerKind::Beat]);
            self.set_detector(me, TimerKind::Heartbeat);
        }
    }
}
