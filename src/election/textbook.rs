//! Textbook bully: a process that is asked answers, and also starts an election of its own.
//!
//! The highest running rank receives no answer and leads, so there is no `Proceed`. If the leader n has
//! crashed and k suspects it, this takes (n − k)² + n − 2 messages: quadratic, where bully is linear.
//! Source: H. Garcia-Molina, "Elections in a Distributed Computing System" (1982), in the form
//! that textbooks give it. Only rules 2′ and 4′ differ from `bully`.

use super::bully::Bully;
use super::{Context, Input, Message, Outbox, Reason};
use crate::types::{Rank, Role, TimerKind};

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
