//! Bully: the process that suspects the leader polls all higher ranks and hands the lead to the highest that answers.
//!
//! It sends `Election` to every higher rank, waits for `Alive`, and sends `Proceed` to the highest rank
//! that answered. That one leads and sends `Elected` to all lower ranks. If the leader n has crashed and
//! k < n − 1 suspects it, this takes 3n − 2k − 2 messages. Rule numbers: docs/src/algorithms/bully.md.
//!
//! It can end with two leaders without a fault of the network: `Elected` is sent to lower ranks only,
//! so a higher leader never learns of a lower one (`presets/two-leaders.hustings`).
//!
//! Textbook bully is here too: a process that is asked answers, and also starts an election of its own; rules 2′ and 4′
//! differ. The highest running rank receives no answer and leads, so there is no `Proceed`: (n − k)² + n − 2 messages,
//! quadratic where bully is linear. Source: H. Garcia-Molina, "Elections in a Distributed Computing System" (1982), in
//! the form that textbooks give it.

use crate::election::{Context, Input, Leadership, Message, Outbox, Preemption, Reason};
use crate::types::{Rank, Role, TimerKind};

/// Nothing of it survives a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bully {
    leader: Option<Rank>,
    phase: BullyPhase,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum BullyPhase {
    #[default]
    Idle,
    AwaitingAlive {
        best: Option<Rank>,
    },
    AwaitingElected,
}

impl Bully {
    /// A member at the start of a run that follows `leader`, or leads if that is itself.
    pub fn following(leader: Rank) -> Self {
        Self { leader: Some(leader), phase: BullyPhase::Idle }
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.leader
    }

    /// What the member does; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        match (self.phase, self.leader) {
            (BullyPhase::AwaitingAlive { .. }, _) => Role::Electing,
            (BullyPhase::AwaitingElected, _) => Role::AwaitingElected,
            (BullyPhase::Idle, None) => Role::BelievesNobody,
            (BullyPhase::Idle, Some(leader)) if leader == me => Role::Leads,
            (BullyPhase::Idle, Some(leader)) => Role::Follows(leader),
        }
    }

    /// Handles an input by rules 1 to 8 of the bully algorithm.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it receives only its own messages")]
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match input {
            Input::Boot { .. } => match context.preemption {
                Preemption::On => self.start_election(context, out, Reason::AsksAfterBoot),
                Preemption::Off | Preemption::After(_) => out.reason(Reason::WaitsAfterBoot),
            },
            Input::Preempt => {
                if let Some(leader) = self.leader {
                    self.start_election(context, out, Reason::Preempts { leader });
                }
            }
            Input::Suspect => self.on_suspicion(context, out),
            Input::Receive { from, message, .. } => match message {
                Message::Election(_) => on_election(from, out),
                Message::Alive(_) => self.on_alive(from, out),
                Message::Proceed => self.on_proceed(context, from, out),
                Message::Elected(_) => self.on_elected(context, from, out),
                Message::Heartbeat(_) => self.on_heartbeat(context, from, out),
                other => debug_assert!(false, "bully has no {}", other.kind()),
            },
            Input::Timeout(TimerKind::Alive) => self.on_alive_timeout(context, out),
            Input::Timeout(TimerKind::Elected) => self.on_elected_timeout(context, out),
            // It sets no other timer.
            Input::Timeout(_) => {}
        }
    }

    /// Whether an election of its own runs.
    pub(super) fn is_electing(&self) -> bool {
        self.phase != BullyPhase::Idle
    }

    pub(super) fn on_suspicion(&mut self, context: &Context, out: &mut Outbox) {
        let missed = self.leader;
        self.start_election(context, out, Reason::Asks { missed });
    }

    /// Rule 1: forget the leader and ask every higher rank; the highest of all leads at once.
    pub(super) fn start_election(&mut self, context: &Context, out: &mut Outbox, reason: Reason) {
        let missed = self.leader.take();
        self.phase = BullyPhase::AwaitingAlive { best: None };
        out.reason(reason);
        out.round_started();
        if context.higher().is_empty() {
            out.reason(Reason::HighestOfAll { missed });
            return self.lead(context, out);
        }
        for &higher in context.higher() {
            out.send(higher, Message::Election(0));
        }
        out.set_timer(TimerKind::Alive, context.timeouts.alive);
    }

    /// Rule 3: only the highest sender counts, and only while answers are awaited.
    pub(super) fn on_alive(&mut self, from: Rank, out: &mut Outbox) {
        let BullyPhase::AwaitingAlive { best } = &mut self.phase else {
            return out.reason(Reason::TooLate { from });
        };
        match *best {
            Some(best) if best > from => out.reason(Reason::HeardLower { from, best }),
            _ => {
                *best = Some(from);
                out.reason(Reason::HeardAlive { from });
            }
        }
    }

    /// Rule 4: the wait for `Alive` is over.
    fn on_alive_timeout(&mut self, context: &Context, out: &mut Outbox) {
        let BullyPhase::AwaitingAlive { best } = self.phase else { return };
        match best {
            None => {
                out.reason(Reason::NobodyAnswered);
                self.lead(context, out);
            }
            Some(best) => {
                self.phase = BullyPhase::AwaitingElected;
                out.reason(Reason::TellsToProceed { best });
                out.send(best, Message::Proceed);
                out.set_timer(TimerKind::Elected, context.timeouts.elected);
            }
        }
    }

    /// Rule 4′ of textbook bully: the processes that answered elect themselves, so no `Proceed` is sent.
    pub(super) fn on_alive_timeout_without_proceed(&mut self, context: &Context, out: &mut Outbox) {
        let BullyPhase::AwaitingAlive { best: Some(best) } = self.phase else {
            return self.on_alive_timeout(context, out);
        };
        self.phase = BullyPhase::AwaitingElected;
        out.reason(Reason::LeavesItToHigher { best });
        out.set_timer(TimerKind::Elected, context.timeouts.elected);
    }

    /// Rule 5. If a leader ignored a second `Proceed`, a process that falsely suspected it would start
    /// elections for ever.
    fn on_proceed(&mut self, context: &Context, by: Rank, out: &mut Outbox) {
        if self.leader == Some(context.me) {
            out.reason(Reason::ProceedWhileLeading { by, claims: false });
            return out.send(by, Message::Elected(Leadership::default()));
        }
        out.reason(Reason::ReceivedProceed { by });
        self.lead(context, out);
    }

    /// Rule 6. `Elected` goes down only, so the sender is always higher.
    pub(super) fn on_elected(&mut self, context: &Context, from: Rank, out: &mut Outbox) {
        self.adopt(context, from, out);
    }

    /// Rule 7: the timeout for `Elected` has expired.
    pub(super) fn on_elected_timeout(&mut self, context: &Context, out: &mut Outbox) {
        self.start_election(context, out, Reason::NoAnnouncement);
    }

    /// The heartbeat rule that both bully algorithms share: a higher leader wins, a lower one is
    /// not heard.
    pub(super) fn on_heartbeat(&mut self, context: &Context, from: Rank, out: &mut Outbox) {
        match self.leader {
            Some(leader) if leader == from => {
                out.reason(Reason::StillFollows { leader });
                out.adopts();
            }
            Some(leader) if from < leader => out.reason(Reason::Ignores { from }),
            None if from < context.me && !self.takes_any_leader(context) => {
                out.reason(Reason::Ignores { from });
            }
            Some(_) | None => self.adopt(context, from, out),
        }
    }

    /// Without preemption, one that has just come back follows whatever leader there is.
    fn takes_any_leader(&self, context: &Context) -> bool {
        context.preemption != Preemption::On && self.phase == BullyPhase::Idle
    }

    fn adopt(&mut self, context: &Context, leader: Rank, out: &mut Outbox) {
        out.reason(if self.leader == Some(context.me) {
            Reason::StepsDown { to: leader }
        } else {
            Reason::Adopts { leader }
        });
        self.leader = Some(leader);
        self.become_idle(out);
        out.adopts();
    }

    /// Rule 8.
    pub(super) fn lead(&mut self, context: &Context, out: &mut Outbox) {
        self.leader = Some(context.me);
        self.become_idle(out);
        out.leads();
        for &lower in context.lower() {
            out.send(lower, Message::Elected(Leadership::default()));
        }
    }

    /// Leaves whatever phase it was in, with its timer.
    fn become_idle(&mut self, out: &mut Outbox) {
        match std::mem::take(&mut self.phase) {
            BullyPhase::Idle => {}
            BullyPhase::AwaitingAlive { .. } => out.cancel_timer(TimerKind::Alive),
            BullyPhase::AwaitingElected => out.cancel_timer(TimerKind::Elected),
        }
    }
}

/// Rule 2: it says that it is there, and starts nothing itself.
fn on_election(asker: Rank, out: &mut Outbox) {
    out.reason(Reason::Answers { asker });
    out.send(asker, Message::Alive(0));
}

/// Nothing of it survives a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Textbook(Bully);

impl Textbook {
    /// A member at the start of a run that follows `leader`, or leads if that is itself.
    pub fn following(leader: Rank) -> Self {
        Self(Bully::following(leader))
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.0.leader()
    }

    /// What the member does; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        self.0.role(me)
    }

    /// Handles an input by the rules of bully, with 2′ and 4′ in place of 2 and 4.
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match input {
            Input::Receive { from, message: Message::Election(_), .. } => {
                self.on_election(context, from, out);
            }
            Input::Timeout(TimerKind::Alive) => {
                self.0.on_alive_timeout_without_proceed(context, out)
            }
            // No process sends it in this algorithm.
            Input::Receive { message: Message::Proceed, .. } => {}
            Input::Boot { .. }
            | Input::Suspect
            | Input::Preempt
            | Input::Receive { .. }
            | Input::Timeout(_) => {
                self.0.handle(context, input, out);
            }
        }
    }

    /// Rule 2′: answer, and hold an election too, even as the leader.
    fn on_election(&mut self, context: &Context, asker: Rank, out: &mut Outbox) {
        out.send(asker, Message::Alive(0));
        if self.0.is_electing() {
            return out.reason(Reason::AnswersWhileElecting { asker });
        }
        self.0.start_election(context, out, Reason::AnswersAndAsks { asker });
        if self.0.leader() == Some(context.me) {
            out.reason(Reason::AnswersAndLeads { asker });
        }
    }
}
