//! Candidates and ordinary processes: only the processes of a list can lead, so few are asked.
//!
//! The process that suspects the leader waits a while for those above it, asks all candidates, and announces the
//! highest that answers to all others. With c candidates other than the failed leader, a of them running, one
//! ordinary detector costs c + a + n − 2 messages. Source: A. Petrov, "Database Internals" (2019), chapter 10.
//!
//! A side of a partition without a candidate stays without a leader, and its processes ask again and again.

use super::{CandidatesReason, Context, Input, Message, Outbox, Reason};
use crate::time::Duration;
use crate::types::{Rank, Role, TimerKind};

/// Which processes can lead, and how long the others hold back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CandidateRules {
    /// The candidates, in the order of the script; one at least.
    pub ranks: Vec<Rank>,
    /// A process that suspects the leader waits so long for each process above it; 80 ms by default.
    pub delay: Duration,
}

impl CandidateRules {
    /// By default.
    pub const DELAY: Duration = Duration::ms(80);
    /// How many of the highest ranks are candidates where nobody has named them.
    pub const USUAL_COUNT: usize = 3;
}

impl Default for CandidateRules {
    fn default() -> Self {
        Self { ranks: Vec::new(), delay: Self::DELAY }
    }
}

/// Nothing of it survives a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Candidates {
    leader: Option<Rank>,
    phase: CandidatesPhase,
    /// The leader that the present election leaves out.
    failed: Option<Rank>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum CandidatesPhase {
    #[default]
    Idle,
    Delaying {
        /// The leader that it believed in until now.
        missed: Option<Rank>,
    },
    AwaitingAlive {
        best: Option<Rank>,
    },
    AwaitingElected,
}

impl Candidates {
    /// At the start of a run in which all members believe `leader`.
    pub fn following(leader: Rank) -> Self {
        Self { leader: Some(leader), ..Self::default() }
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.leader
    }

    /// While it delays its election: the leader that it believed in until then.
    pub fn missed(&self) -> Option<Rank> {
        match self.phase {
            CandidatesPhase::Delaying { missed } => missed,
            CandidatesPhase::Idle
            | CandidatesPhase::AwaitingAlive { .. }
            | CandidatesPhase::AwaitingElected => None,
        }
    }

    /// What it does in its group; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        match (self.phase, self.leader) {
            (CandidatesPhase::Delaying { .. }, _) => Role::Delaying,
            (CandidatesPhase::AwaitingAlive { .. }, _) => Role::Electing,
            (CandidatesPhase::AwaitingElected, _) => Role::AwaitingElected,
            (CandidatesPhase::Idle, None) => Role::BelievesNobody,
            (CandidatesPhase::Idle, Some(leader)) if leader == me => Role::Leads,
            (CandidatesPhase::Idle, Some(leader)) => Role::Follows(leader),
        }
    }

    /// Handles an input, by the rules of the module.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it receives only its own messages")]
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match input {
            // Rule 1: a process that comes back disturbs no leader.
            Input::Boot { is_first: false } => out.reason(Reason::WaitsAfterBoot),
            Input::Boot { is_first: true } | Input::Suspect => self.on_suspicion(context, out),
            Input::Receive { from, message, .. } => match message {
                Message::Election(_) => self.on_election(context, from, out),
                Message::Alive(_) => self.on_alive(from, out),
                Message::Winner(winner) => self.on_winner(context, from, *winner, out),
                Message::Heartbeat(_) => self.on_heartbeat(context, from, out),
                other => debug_assert!(false, "candidates have no {}", other.kind()),
            },
            Input::Timeout(TimerKind::Delay) => self.start_election(context, out),
            Input::Timeout(TimerKind::Alive) => self.on_alive_timeout(context, out),
            Input::Timeout(TimerKind::Elected) => {
                self.delay(context, Reason::NoAnnouncement, out);
            }
            Input::Timeout(_) | Input::Preempt => {}
        }
    }

    /// Rule 2: the leader believed so far is the failed one.
    fn on_suspicion(&mut self, context: &Context, out: &mut Outbox) {
        self.failed = self.leader;
        self.delay(context, CandidatesReason::SuspectsAndWaits { missed: self.failed }, out);
    }

    /// Rule 2: wait for each process above, so that of two that notice together the higher one starts first.
    fn delay(&mut self, context: &Context, reason: impl Into<Reason>, out: &mut Outbox) {
        let missed = self.leader.take();
        self.leave_phase(out);
        out.forgets();
        let above = context.higher().iter().filter(|&&rank| Some(rank) != self.failed).count();
        let wait = context.algorithm.candidates().delay;
        let wait = Duration::us(wait.as_us().saturating_mul(above as u64));
        if wait == Duration::ZERO {
            return self.start_election(context, out);
        }
        self.phase = CandidatesPhase::Delaying { missed };
        out.reason(reason);
        out.set_timer(TimerKind::Delay, wait);
    }

    /// Rule 3.
    fn start_election(&mut self, context: &Context, out: &mut Outbox) {
        self.phase = CandidatesPhase::AwaitingAlive { best: None };
        out.reason(CandidatesReason::AsksCandidates { missed: self.failed });
        out.round_started();
        let mut asked = 0;
        for other in context.others() {
            if context.algorithm.candidates().ranks.contains(&other) && Some(other) != self.failed {
                out.send(other, Message::Election(0));
                asked += 1;
            }
        }
        match asked {
            0 => self.on_alive_timeout(context, out),
            _ => out.set_timer(TimerKind::Alive, context.timeouts.alive),
        }
    }

    /// Rule 4: it answers in any phase; a process that still holds back gives way.
    fn on_election(&mut self, context: &Context, asker: Rank, out: &mut Outbox) {
        out.reason(Reason::Answers { asker });
        out.send(asker, Message::Alive(0));
        if matches!(self.phase, CandidatesPhase::Delaying { .. }) {
            out.reason(CandidatesReason::GivesWay { asker });
            self.await_elected(context, out);
        }
    }

    /// Rule 4: only the highest answer matters, and only while answers are awaited.
    fn on_alive(&mut self, from: Rank, out: &mut Outbox) {
        let CandidatesPhase::AwaitingAlive { best } = &mut self.phase else {
            return out.reason(Reason::TooLate { from });
        };
        match *best {
            Some(best) if best > from => out.reason(Reason::HeardLower { from, best }),
            Some(_) | None => {
                *best = Some(from);
                out.reason(Reason::HeardAlive { from });
            }
        }
    }

    /// Rule 5: announce the highest that answered, itself included if it is a candidate.
    fn on_alive_timeout(&mut self, context: &Context, out: &mut Outbox) {
        let CandidatesPhase::AwaitingAlive { best } = self.phase else { return };
        let me = Some(context.me).filter(|me| context.algorithm.candidates().ranks.contains(me));
        let Some(winner) = best.max(me) else {
            self.failed = None;
            out.reason(CandidatesReason::NoCandidateAnswered);
            return self.await_elected(context, out);
        };
        out.reason(CandidatesReason::Announces { winner });
        for other in context.others().filter(|&other| Some(other) != self.failed) {
            out.send(other, Message::Winner(winner));
        }
        self.accept(context, winner, out);
    }

    /// Rule 6.
    fn on_winner(&mut self, context: &Context, from: Rank, winner: Rank, out: &mut Outbox) {
        out.reason(match winner == context.me {
            true => Reason::from(CandidatesReason::IsElected { by: from }),
            false => Reason::Adopts { leader: winner },
        });
        self.accept(context, winner, out);
    }

    /// Rule 8: a member without a leader follows any, and a higher leader wins.
    fn on_heartbeat(&mut self, context: &Context, from: Rank, out: &mut Outbox) {
        match self.leader {
            Some(leader) if leader == from => {
                out.reason(Reason::StillFollows { leader });
                out.adopts();
            }
            Some(leader) if from < leader => out.reason(Reason::Ignores { from }),
            Some(leader) => {
                out.reason(match leader == context.me {
                    true => Reason::StepsDown { to: from },
                    false => Reason::Adopts { leader: from },
                });
                self.accept(context, from, out);
            }
            None => {
                out.reason(Reason::Adopts { leader: from });
                self.accept(context, from, out);
            }
        }
    }

    /// Follows a leader, or leads if it is itself; either ends the election and forgets the failed leader.
    fn accept(&mut self, context: &Context, leader: Rank, out: &mut Outbox) {
        self.leave_phase(out);
        self.leader = Some(leader);
        self.failed = None;
        if leader == context.me { out.leads() } else { out.adopts() }
    }

    fn await_elected(&mut self, context: &Context, out: &mut Outbox) {
        self.leave_phase(out);
        self.phase = CandidatesPhase::AwaitingElected;
        out.set_timer(TimerKind::Elected, context.timeouts.elected);
    }

    /// Leaves whatever phase it was in, with its timer.
    fn leave_phase(&mut self, out: &mut Outbox) {
        match std::mem::take(&mut self.phase) {
            CandidatesPhase::Idle => {}
            CandidatesPhase::Delaying { .. } => out.cancel_timer(TimerKind::Delay),
            CandidatesPhase::AwaitingAlive { .. } => out.cancel_timer(TimerKind::Alive),
            CandidatesPhase::AwaitingElected => out.cancel_timer(TimerKind::Elected),
        }
    }
}
