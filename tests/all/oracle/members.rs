//! What a member does with what happens to it. The numbers are those of the rules.

use super::{Content, Due, Letter, Member, MemberId, Phase, World};
use hustings::choice::{MessageId, TimerId};
use hustings::election::{Algorithm, Preemption, Succession};
use hustings::member::Detector;
use hustings::time::Duration;
use hustings::types::{MessageKind, Rank, TimerKind};

/// The timers of bully and of next-in-line themselves.
const OWN: [TimerKind; 4] =
    [TimerKind::Alive, TimerKind::Elected, TimerKind::Heartbeat, TimerKind::Beat];

impl World<'_> {
    /// What the algorithm does, and then what the remedies add to it.
    pub(super) fn handle(&mut self, me: MemberId, due: Due) {
        let led = self.members[&me].leader == Some(me.1);
        let heard = match &due {
            Due::Arrival(letter) => Some((letter.name.kind, letter.name.from, letter.sent)),
            Due::Boot { .. } | Due::Suspect(_) | Due::Timer(_) | Due::PauseEnds(_) => None,
        };
        let booted_late = matches!(due, Due::Boot { first: false, .. });
        match due {
            Due::Boot { first, .. } => self.boot(me, first),
            Due::Suspect(_) => self.suspect(me),
            Due::Timer(TimerId { timer, .. }) => self.run_out(me, timer),
            Due::Arrival(letter) => self.read(me, letter),
            Due::PauseEnds(_) => unreachable!("the end of a pause is of a process, not a member"),
        }
        self.look_at_lease(me, led, heard, booted_late);
        self.look_whom_it_bears(me);
    }

    fn boot(&mut self, me: MemberId, first: bool) {
        self.member(me).booted = true;
        match self.scenario.algorithm {
            Algorithm::Bully | Algorithm::BullyTextbook => match self.scenario.preemption {
                Preemption::On => self.elect(me),
                // Preemption, rule 2.
                Preemption::Off | Preemption::After(_) => {
                    self.set_detector(me, TimerKind::Heartbeat);
                }
            },
            Algorithm::NextInLine(_) => self.set_detector(me, TimerKind::Heartbeat),
            Algorithm::Candidates(_) => self.boot_candidate(me, first),
            Algorithm::Ring => self.start_lap(me),
            Algorithm::Invitation => self.lead_alone(me),
            Algorithm::Raft(_) => self.set_detector(me, TimerKind::Heartbeat),
            Algorithm::Vrrp => self.boot_backup(me),
        }
    }

    /// The detector or the script suspects the leader.
    fn suspect(&mut self, me: MemberId) {
        let member = &self.members[&me];
        if !member.booted || member.leader == Some(me.1) {
            return;
        }
        match self.scenario.algorithm {
            Algorithm::Bully | Algorithm::BullyTextbook | Algorithm::NextInLine(_) => {
                if member.phase == Phase::Idle {
                    self.elect(me);
                }
            }
            Algorithm::Candidates(_) => self.suspect_candidate(me),
            Algorithm::Ring => self.suspect_in_ring(me),
            Algorithm::Invitation => self.leave_group(me),
            Algorithm::Raft(_) => self.suspect_by_line(me),
            Algorithm::Vrrp => self.take_over(me),
        }
    }

    fn run_out(&mut self, me: MemberId, timer: TimerKind) {
        match timer {
            TimerKind::Preempt => return self.preempt(me),
            TimerKind::Heartbeat => match self.scenario.algorithm {
                Algorithm::Raft(_) => return self.hear_nobody(me),
                Algorithm::Bully
                | Algorithm::BullyTextbook
                | Algorithm::NextInLine(_)
                | Algorithm::Candidates(_)
                | Algorithm::Ring
                | Algorithm::Invitation
                | Algorithm::Vrrp => return self.suspect(me),
            },
            TimerKind::Beat => return self.beat(me),
            TimerKind::Alive | TimerKind::Elected | TimerKind::Quorum | TimerKind::Delay => {}
        }
        match self.scenario.algorithm {
            // A lease is looked at after every step.
            Algorithm::Bully
            | Algorithm::BullyTextbook
            | Algorithm::NextInLine(_)
            | Algorithm::Candidates(_)
            | Algorithm::Ring
                if timer == TimerKind::Quorum =>
            {
                self.lease_rings(me);
            }
            Algorithm::NextInLine(_) => self.walk_on(me), // rule 5
            Algorithm::Bully | Algorithm::BullyTextbook if timer == TimerKind::Alive => {
                self.answers_are_in(me);
            }
            Algorithm::Bully | Algorithm::BullyTextbook => self.elect(me), // rule 7
            Algorithm::Candidates(_) => self.candidate_waited(me, timer),
            Algorithm::Ring if timer == TimerKind::Alive => self.hand_to_next(me),
            Algorithm::Ring => self.start_lap(me), // rule 4
            Algorithm::Raft(_) => self.lose_quorum(me),
            Algorithm::Invitation | Algorithm::Vrrp => unreachable!("it has no {timer}"),
        }
    }

    /// A leader's next heartbeat.
    fn beat(&mut self, me: MemberId) {
        self.send_heartbeats(me);
        self.set_detector(me, TimerKind::Beat);
    }

    pub(super) fn send_heartbeats(&mut self, me: MemberId) {
        let member = &self.members[&me];
        let content = match self.scenario.algorithm {
            Algorithm::Invitation => Content::Size(1 + member.counted.len()),
            Algorithm::Raft(_) => {
                Content::Term { term: member.raft.term, granted: true, stamp: self.now }
            }
            Algorithm::Bully
            | Algorithm::BullyTextbook
            | Algorithm::NextInLine(_)
            | Algorithm::Candidates(_)
            | Algorithm::Ring
            | Algorithm::Vrrp => Content::Nothing,
        };
        let heartbeat = MessageKind::Heartbeat;
        self.others(me).for_each(|to| self.send_with(me, heartbeat, to, content.clone()));
    }

    fn read(&mut self, me: MemberId, letter: Letter) {
        if let Content::Stamp(stamp) = letter.content {
            return self.acknowledged(me, letter.name.from, stamp);
        }
        match self.scenario.algorithm {
            Algorithm::NextInLine(_) => self.read_in_line(me, letter),
            Algorithm::Bully | Algorithm::BullyTextbook => self.read_bully(me, letter),
            Algorithm::Candidates(_) => self.read_as_candidate(me, &letter),
            Algorithm::Ring => self.read_in_ring(me, letter),
            Algorithm::Invitation => self.read_invitation(me, &letter),
            Algorithm::Raft(_) => self.read_raft(me, &letter),
            Algorithm::Vrrp => self.read_advertisement(me, &letter),
        }
    }

    /// The line of a round that starts: it is the first of those that a step causes.
    pub(super) fn tell_election(&mut self, me: MemberId) {
        let line = format!("{} elects g{} {}", self.now.as_us(), me.0.0, me.1);
        self.log.insert(self.begun, line);
    }

    /// Preemption, rule 3: the timer runs while it believes a leader lower than itself. Vrrp has a rule 3 of its
    /// own instead.
    pub(super) fn look_whom_it_bears(&mut self, me: MemberId) {
        let Preemption::After(span) = self.scenario.preemption else { return };
        if self.scenario.algorithm == Algorithm::Vrrp {
            return;
        }
        let Member { leader, bears, .. } = self.members[&me];
        let lower = leader.is_some_and(|leader| leader < me.1);
        match (bears, lower) {
            (false, true) => self.set(me, TimerKind::Preempt, span),
            (true, false) => self.cancel(me, TimerKind::Preempt),
            (false, false) | (true, true) => {}
        }
        self.member(me).bears = lower;
    }

    fn preempt(&mut self, me: MemberId) {
        self.member(me).bears = false;
        match self.scenario.algorithm {
            Algorithm::Bully | Algorithm::BullyTextbook => self.elect(me),
            Algorithm::NextInLine(_)
            | Algorithm::Candidates(_)
            | Algorithm::Ring
            | Algorithm::Invitation
            | Algorithm::Raft(_)
            | Algorithm::Vrrp => unreachable!("it has no such timer"),
        }
    }

    pub(super) fn cancel_all(&mut self, me: MemberId, timers: &[TimerKind]) {
        timers.iter().for_each(|&timer| self.cancel(me, timer));
    }

    /// A round starts: rule 1 of bully, rule 2 of next-in-line.
    fn elect(&mut self, me: MemberId) {
        self.tell_election(me);
        self.cancel_all(me, &OWN);
        let failed = self.member(me).leader.take();
        if let Algorithm::NextInLine(_) = self.scenario.algorithm {
            let everybody = self.scenario.group(me.0).members.iter().rev();
            let mut walk = self.members[&me].alternates.clone();
            walk.extend(everybody.filter(|rank| !self.members[&me].alternates.contains(rank)));
            walk.retain(|&rank| Some(rank) != failed);
            self.member(me).walk = walk;
            self.member(me).left_out = failed;
            return self.walk_on(me);
        }
        let higher: Vec<Rank> = self.others(me).filter(|&rank| rank > me.1).collect();
        if higher.is_empty() {
            return self.lead(me, 0);
        }
        self.member(me).phase = Phase::AwaitingAlive(None);
        higher.into_iter().for_each(|to| self.send(me, MessageKind::Election, to));
        self.set(me, TimerKind::Alive, self.scenario.timeouts.alive);
    }

    /// Rule 4 of bully, and 4′ of the textbook.
    fn answers_are_in(&mut self, me: MemberId) {
        let Phase::AwaitingAlive(Some(best)) = self.members[&me].phase else {
            return self.lead(me, 0);
        };
        self.member(me).phase = Phase::AwaitingElected;
        if self.scenario.algorithm == Algorithm::Bully {
            self.send(me, MessageKind::Proceed, best);
        }
        self.set(me, TimerKind::Elected, self.scenario.timeouts.elected);
    }

    fn read_bully(&mut self, me: MemberId, letter: Letter) {
        let from = letter.name.from;
        let Member { leader, phase, .. } = self.members[&me];
        let leads = leader == Some(me.1);
        match letter.name.kind {
            MessageKind::Election => {
                self.send(me, MessageKind::Alive, from); // rule 2
                if self.scenario.algorithm == Algorithm::BullyTextbook && phase == Phase::Idle {
                    self.elect(me); // rule 2′
                }
            }
            MessageKind::Alive => {
                if let Phase::AwaitingAlive(best) = phase {
                    self.member(me).phase = Phase::AwaitingAlive(best.max(Some(from))); // rule 3
                }
            }
            MessageKind::Proceed if leads => self.send(me, MessageKind::Elected, from), // rule 5
            MessageKind::Proceed => self.lead(me, 0),
            MessageKind::Elected => self.adopt(me, letter), // rule 6
            MessageKind::Heartbeat => {
                // Preemption, rule 2.
                let any = self.scenario.preemption != Preemption::On;
                let lacks_one = leader.is_none() && phase == Phase::Idle && any;
                if lacks_one || leader == Some(from) || from > leader.unwrap_or(me.1) {
                    self.adopt(me, letter);
                }
            }
            kind => unreachable!("bully has no {kind}"),
        }
    }

    fn read_in_line(&mut self, me: MemberId, letter: Letter) {
        let Letter { name: MessageId { kind, from, .. }, term: theirs, .. } = letter;
        let Member { leader, phase, term: mine, .. } = self.members[&me];
        let leads = leader == Some(me.1);
        match kind {
            MessageKind::Election if leads && mine > theirs => {
                self.send(me, MessageKind::Elected, from); // rule 3
            }
            MessageKind::Election => {
                self.send(me, MessageKind::Alive, from);
                self.lead(me, theirs);
            }
            MessageKind::Alive => {
                if phase == Phase::Asking(from) {
                    self.cancel(me, TimerKind::Alive); // rule 4
                    self.member(me).phase = Phase::AwaitingElected;
                    self.set(me, TimerKind::Elected, self.scenario.timeouts.elected);
                }
            }
            MessageKind::Elected | MessageKind::Heartbeat => {
                let goes_on = theirs >= mine && leader.is_none_or(|leader| leader == from);
                let newer = leader.is_some_and(|leader| (theirs, from) > (mine, leader));
                if goes_on || newer {
                    self.adopt(me, letter); // rule 6
                } else if leads {
                    self.send(me, MessageKind::Elected, from);
                }
            }
            kind => unreachable!("next-in-line has no {kind}"),
        }
    }

    /// The next entry of the walk: rules 2 and 5 of next-in-line.
    fn walk_on(&mut self, me: MemberId) {
        let next = self.member(me).walk.remove(0);
        if next == me.1 {
            return self.lead(me, 0);
        }
        self.member(me).phase = Phase::Asking(next);
        self.send(me, MessageKind::Election, next);
        self.set(me, TimerKind::Alive, self.scenario.timeouts.alive);
    }

    /// Rule 8 of bully, rule 7 of next-in-line.
    fn lead(&mut self, me: MemberId, askers_term: u32) {
        self.cancel_all(me, &OWN);
        let in_line = matches!(self.scenario.algorithm, Algorithm::NextInLine(_));
        if in_line {
            // While it elects it believes nobody; a boot has left nobody out.
            let Member { leader, left_out, term, replaced, .. } = self.members[&me];
            let replaced = if leader == Some(me.1) { replaced } else { leader.or(left_out) };
            self.member(me).replaced = replaced;
            self.member(me).alternates = self.alternates_of(me, replaced);
            self.member(me).term = term.max(askers_term) + 1;
        }
        self.member(me).leader = Some(me.1);
        self.member(me).phase = Phase::Idle;
        self.set_detector(me, TimerKind::Beat);
        let receivers = self.others(me).filter(|&rank| in_line || rank < me.1);
        receivers.for_each(|to| self.send(me, MessageKind::Elected, to));
    }

    fn adopt(&mut self, me: MemberId, Letter { name, term, alternates, .. }: Letter) {
        self.cancel_all(me, &OWN);
        let member = self.member(me);
        (member.leader, member.phase) = (Some(name.from), Phase::Idle);
        (member.term, member.alternates) = (term, alternates);
        (member.left_out, member.replaced) = (None, None);
        member.walk.clear();
        self.set_detector(me, TimerKind::Heartbeat);
    }

    pub(super) fn alternates_of(
        &self,
        (group, leader): MemberId,
        replaced: Option<Rank>,
    ) -> Vec<Rank> {
        let members = &self.scenario.group(group).members;
        let others = |rank: &Rank| members.contains(rank) && *rank != leader;
        match self.scenario.algorithm.succession() {
            Succession::List(list) => list.iter().copied().filter(others).collect(),
            Succession::Highest(count) => {
                let highest = members.iter().rev().copied().filter(others);
                highest.filter(|&rank| Some(rank) != replaced).take(usize::from(*count)).collect()
            }
        }
    }

    /// `heartbeat` or `beat`, where the detector has them.
    pub(super) fn set_detector(&mut self, me: MemberId, timer: TimerKind) {
        let Detector::Heartbeat { every, timeout } = self.scenario.detector else { return };
        let timing = &self.scenario.timing;
        let (usual, own) = match timer {
            TimerKind::Beat => (every, &timing.every_of),
            _ => (timeout, &timing.timeout_of),
        };
        let mut span = *own.get(&me.1).unwrap_or(&usual);
        if self.scenario.algorithm == Algorithm::Vrrp && timer == TimerKind::Heartbeat {
            span += self.skew(me.1);
        }
        self.set(me, timer, span);
    }

    /// A process's own interval and timeout.
    pub(super) fn own_timing(&self, rank: Rank) -> (Duration, Duration) {
        let Detector::Heartbeat { every, timeout } = self.scenario.detector else {
            unreachable!("it needs heartbeats")
        };
        let timing = &self.scenario.timing;
        let every = timing.every_of.get(&rank).copied().unwrap_or(every);
        (every, timing.timeout_of.get(&rank).copied().unwrap_or(timeout))
    }

    /// Everybody else in the group, ascending.
    pub(super) fn others(&self, me: MemberId) -> impl Iterator<Item = Rank> + use<> {
        let members = self.scenario.group(me.0).members.clone();
        members.into_iter().filter(move |&rank| rank != me.1)
    }

    pub(super) fn member(&mut self, me: MemberId) -> &mut Member {
        self.members.get_mut(&me).expect("it exists")
    }
}
