//! VRRP: a backup that hears no advertisement for too long leads; no process asks another.
//!
//! The timeout of a backup is longer the lower its rank, so of those that miss the leader the highest is first.
//! Source: RFC 9568 (VRRP version 3); preemption as in keepalived.
//!
//! A link that is lost in one direction gives two leaders, each healthy in its own eyes.

use super::{Context, Input, Leadership, Message, Outbox, Preemption, Reason, VrrpReason};
use crate::time::{Duration, Time};
use crate::types::{Rank, Role};

/// Nothing of it survives a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Vrrp {
    leader: Option<Rank>,
    /// When it booted; the start of the run counts.
    booted: Time,
}

impl Vrrp {
    /// At the start of a run in which all members believe `leader`.
    pub fn following(leader: Rank) -> Self {
        Self { leader: Some(leader), booted: Time::ZERO }
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.leader
    }

    /// When it booted; the start of the run counts.
    pub fn booted(&self) -> Time {
        self.booted
    }

    /// What it does in its group; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        match self.leader {
            None => Role::BelievesNobody,
            Some(leader) if leader == me => Role::Leads,
            Some(leader) => Role::Follows(leader),
        }
    }

    /// Handles an input, by the rules of the module.
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match input {
            // Rule 1; the member arms `heartbeat`.
            Input::Boot { .. } => {
                self.booted = context.now;
                out.reason(Reason::WaitsAfterBoot);
            }
            Input::Suspect => self.lead(context, out),
            Input::Receive { from, message: Message::Heartbeat(_), .. } => {
                self.on_advertisement(context, from, out);
            }
            // No other message exists in this algorithm, and no timer of its own.
            Input::Receive { .. } | Input::Timeout(_) | Input::Preempt => {}
        }
    }

    /// Rule 2.
    fn lead(&mut self, context: &Context, out: &mut Outbox) {
        out.reason(VrrpReason::LeadsInSilence { missed: self.leader });
        self.leader = Some(context.me);
        out.round_started();
        out.leads();
        advertise(context, out);
    }

    /// Rules 3 and 4.
    fn on_advertisement(&mut self, context: &Context, from: Rank, out: &mut Outbox) {
        if self.leader == Some(context.me) {
            if from > context.me {
                out.reason(Reason::StepsDown { to: from });
                self.leader = Some(from);
                return out.adopts();
            }
            out.reason(VrrpReason::AnswersLower { from });
            out.leads();
            return advertise(context, out);
        }
        let accepts_lower = match context.preemption {
            Preemption::On => false,
            Preemption::Off => true,
            Preemption::After(delay) => context.now.since(self.booted) < delay,
        };
        if from < context.me && !accepts_lower {
            return out.reason(Reason::Ignores { from });
        }
        out.reason(match self.leader == Some(from) {
            true => Reason::StillFollows { leader: from },
            false => Reason::Adopts { leader: from },
        });
        self.leader = Some(from);
        out.adopts();
    }
}

fn advertise(context: &Context, out: &mut Outbox) {
    for other in context.others() {
        out.send(other, Message::Heartbeat(Leadership::default()));
    }
}

/// What a backup waits beyond the timeout: `every` × (256 − rank) / 256, rounded down.
pub(super) fn skew(every: Duration, rank: Rank) -> Duration {
    let above = 256_u64.saturating_sub(u64::from(rank.get()));
    Duration::us(every.as_us() * above / 256)
}
