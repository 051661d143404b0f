//! Candidates and ordinary processes (section 3 of the further rules). The numbers are those of the rules.

use super::{Content, Letter, MemberId, Phase, World};
use hustings::time::Duration;
use hustings::types::{MessageKind, Rank, TimerKind};

/// Adopting or leading ends all of them; what runs on is set anew.
const OWN: [TimerKind; 5] =
    [TimerKind::Alive, TimerKind::Elected, TimerKind::Delay, TimerKind::Heartbeat, TimerKind::Beat];

impl World<'_> {
    /// Rule 1.
    pub(super) fn boot_candidate(&mut self, me: MemberId, first: bool) {
        if first {
            self.suspect_candidate(me);
        } else {
            self.set_detector(me, TimerKind::Heartbeat);
        }
    }

    /// Rule 2. Of one that leads it is dropped already.
    pub(super) fn suspect_candidate(&mut self, me: MemberId) {
        if self.members[&me].phase == Phase::Idle {
            let failed = self.member(me).leader.take();
            self.member(me).failed = failed;
            self.hold_back(me);
        }
    }

    fn hold_back(&mut self, me: MemberId) {
        self.cancel(me, TimerKind::Heartbeat);
        let failed = self.members[&me].failed;
        let above = self.others(me).filter(|&rank| rank > me.1 && Some(rank) != failed).count();
        let delay = self.scenario.algorithm.candidates().delay;
        let span = Duration::us(delay.as_us() * above as u64);
        if span == Duration::ZERO {
            return self.ask_candidates(me);
        }
        self.member(me).phase = Phase::Delaying;
        self.set(me, TimerKind::Delay, span);
    }

    /// Rules 3, 5 and 7.
    pub(super) fn candidate_waited(&mut self, me: MemberId, timer: TimerKind) {
        match timer {
            TimerKind::Delay => self.ask_candidates(me),
            TimerKind::Alive => self.announce_winner(me),
            TimerKind::Elected => self.hold_back(me),
            TimerKind::Heartbeat | TimerKind::Beat | TimerKind::Preempt | TimerKind::Quorum => {
                unreachable!("{timer} is seen to elsewhere")
            }
        }
    }

    /// Rule 3.
    fn ask_candidates(&mut self, me: MemberId) {
        self.tell_election(me);
        let failed = self.members[&me].failed;
        let candidates = &self.scenario.algorithm.candidates().ranks;
        let asked: Vec<Rank> = self
            .others(me)
            .filter(|rank| candidates.contains(rank) && Some(*rank) != failed)
            .collect();
        self.member(me).phase = Phase::AwaitingAlive(None);
        if asked.is_empty() {
            return self.announce_winner(me);
        }
        asked.into_iter().for_each(|to| self.send(me, MessageKind::Election, to));
        self.set(me, TimerKind::Alive, self.scenario.timeouts.alive);
    }

    /// Rule 5.
    fn announce_winner(&mut self, me: MemberId) {
        let answered = match self.members[&me].phase {
            Phase::AwaitingAlive(best) => best,
            Phase::Idle | Phase::Asking(_) | Phase::AwaitingElected | Phase::Delaying => None,
        };
        let candidates = &self.scenario.algorithm.candidates().ranks;
        let itself = candidates.contains(&me.1).then_some(me.1);
        let Some(winner) = answered.max(itself) else {
            self.member(me).failed = None;
            return self.await_elected(me);
        };
        let failed = self.members[&me].failed;
        for to in self.others(me).filter(|&rank| Some(rank) != failed) {
            self.send_with(me, MessageKind::Elected, to, Content::Winner(winner));
        }
        self.adopt_winner(me, winner);
    }

    fn await_elected(&mut self, me: MemberId) {
        self.member(me).phase = Phase::AwaitingElected;
        self.set(me, TimerKind::Elected, self.scenario.timeouts.elected);
    }

    /// The winner leads, everybody else follows.
    fn adopt_winner(&mut self, me: MemberId, winner: Rank) {
        self.cancel_all(me, &OWN);
        let member = self.member(me);
        (member.leader, member.phase, member.failed) = (Some(winner), Phase::Idle, None);
        let awaited = if winner == me.1 { TimerKind::Beat } else { TimerKind::Heartbeat };
        self.set_detector(me, awaited);
    }

    pub(super) fn read_as_candidate(&mut self, me: MemberId, letter: &Letter) {
        let from = letter.name.from;
        let phase = self.members[&me].phase;
        match (letter.name.kind, &letter.content) {
            // Rule 4.
            (MessageKind::Election, _) => {
                self.send(me, MessageKind::Alive, from);
                if phase == Phase::Delaying {
                    self.cancel(me, TimerKind::Delay);
                    self.await_elected(me);
                }
            }
            (MessageKind::Alive, _) => {
                if let Phase::AwaitingAlive(best) = phase {
                    self.member(me).phase = Phase::AwaitingAlive(best.max(Some(from)));
                }
            }
            // Rule 6.
            (MessageKind::Elected, Content::Winner(winner)) => self.adopt_winner(me, *winner),
            // Rule 8.
            (MessageKind::Heartbeat, _) => {
                if self.members[&me].leader.is_none_or(|leader| from >= leader) {
                    self.adopt_winner(me, from);
                }
            }
            (kind, _) => unreachable!("candidates have no such {kind}"),
        }
    }
}
