//! What a member does with what happens to it. The numbers are those of the rules.

use super::{Due, Letter, Member, Phase, Seat, World};
use hustings::choice::{MessageId, TimerId};
use hustings::election::{Algorithm, Succession};
use hustings::member::Detector;
use hustings::types::{MessageKind, Rank, TimerKind};

impl World<'_> {
    pub(super) fn handle(&mut self, me: Seat, due: Due) {
        match due {
            Due::Boot(_) => {
                self.member(me).booted = true;
                match self.scenario.algorithm {
                    Algorithm::Bully | Algorithm::BullyTextbook => self.elect(me),
                    Algorithm::NextInLine(_) => self.set_detector(me, TimerKind::Heartbeat),
                    Algorithm::Candidates(_)
                    | Algorithm::Ring
                    | Algorithm::Invitation
                    | Algorithm::Raft(_)
                    | Algorithm::Vrrp => unreachable!("no second reading yet"),
                }
            }
            Due::Suspect(_) => self.suspect(me),
            Due::Timer(TimerId { timer: TimerKind::Heartbeat, .. }) => self.suspect(me),
            Due::Timer(TimerId { timer: TimerKind::Beat, .. }) => {
                self.others(me).for_each(|to| self.send(me, MessageKind::Heartbeat, to));
                self.set_detector(me, TimerKind::Beat);
            }
            Due::Timer(TimerId { timer, .. }) => match self.scenario.algorithm {
                Algorithm::NextInLine(_) => self.walk_on(me), // rule 5
                Algorithm::Bully | Algorithm::BullyTextbook if timer == TimerKind::Alive => {
                    self.answers_are_in(me);
                }
                Algorithm::Bully | Algorithm::BullyTextbook => self.elect(me), // rule 7
                Algorithm::Candidates(_)
                | Algorithm::Ring
                | Algorithm::Invitation
                | Algorithm::Raft(_)
                | Algorithm::Vrrp => unreachable!("no second reading yet"),
            },
            Due::Arrival(letter) => match self.scenario.algorithm {
                Algorithm::NextInLine(_) => self.read_in_line(me, letter),
                Algorithm::Bully | Algorithm::BullyTextbook => self.read_bully(me, letter),
                Algorithm::Candidates(_)
                | Algorithm::Ring
                | Algorithm::Invitation
                | Algorithm::Raft(_)
                | Algorithm::Vrrp => unreachable!("no second reading yet"),
            },
            Due::PauseEnds(_) => unreachable!("the end of a pause is of a process, not a member"),
        }
    }

    fn suspect(&mut self, me: Seat) {
        let member = &self.members[&me];
        if member.booted && member.leader != Some(me.1) && member.phase == Phase::Idle {
            self.elect(me);
        }
    }

    /// A round sets out: rule 1 of bully, rule 2 of next-in-line.
    fn elect(&mut self, me: Seat) {
        let line = format!("{} elects g{} {}", self.now.as_us(), me.0.0, me.1);
        self.log.insert(self.begun, line);
        TimerKind::ALL.into_iter().for_each(|timer| self.cancel(me, timer));
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
    fn answers_are_in(&mut self, me: Seat) {
        let Phase::AwaitingAlive(Some(best)) = self.members[&me].phase else {
            return self.lead(me, 0);
        };
        self.member(me).phase = Phase::AwaitingElected;
        if self.scenario.algorithm == Algorithm::Bully {
            self.send(me, MessageKind::Proceed, best);
        }
        self.set(me, TimerKind::Elected, self.scenario.timeouts.elected);
    }

    fn read_bully(&mut self, me: Seat, letter: Letter) {
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
                if leader == Some(from) || from > leader.unwrap_or(me.1) {
                    self.adopt(me, letter);
                }
            }
            kind => unreachable!("bully has no {kind}"),
        }
    }

    fn read_in_line(&mut self, me: Seat, letter: Letter) {
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
    fn walk_on(&mut self, me: Seat) {
        let next = self.member(me).walk.remove(0);
        if next == me.1 {
            return self.lead(me, 0);
        }
        self.member(me).phase = Phase::Asking(next);
        self.send(me, MessageKind::Election, next);
        self.set(me, TimerKind::Alive, self.scenario.timeouts.alive);
    }

    /// Rule 8 of bully, rule 7 of next-in-line.
    fn lead(&mut self, me: Seat, askers_term: u32) {
        TimerKind::ALL.into_iter().for_each(|timer| self.cancel(me, timer));
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

    fn adopt(&mut self, me: Seat, Letter { name, term, alternates }: Letter) {
        TimerKind::ALL.into_iter().for_each(|timer| self.cancel(me, timer));
        let (leader, phase) = (Some(name.from), Phase::Idle);
        *self.member(me) =
            Member { booted: true, leader, phase, term, alternates, ..Member::default() };
        self.set_detector(me, TimerKind::Heartbeat);
    }

    pub(super) fn alternates_of(&self, (group, leader): Seat, replaced: Option<Rank>) -> Vec<Rank> {
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
    pub(super) fn set_detector(&mut self, me: Seat, timer: TimerKind) {
        let Detector::Heartbeat { every, timeout } = self.scenario.detector else { return };
        let timing = &self.scenario.timing;
        let (usual, own) = match timer {
            TimerKind::Beat => (every, &timing.every_of),
            _ => (timeout, &timing.timeout_of),
        };
        self.set(me, timer, *own.get(&me.1).unwrap_or(&usual));
    }

    /// Everybody else in the group, ascending.
    fn others(&self, me: Seat) -> impl Iterator<Item = Rank> + use<> {
        let members = self.scenario.group(me.0).members.clone();
        members.into_iter().filter(move |&rank| rank != me.1)
    }

    fn member(&mut self, me: Seat) -> &mut Member {
        self.members.get_mut(&me).expect("it exists")
    }
}
