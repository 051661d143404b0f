//! Next-in-line failover: a leader names its successors, and the process that suspects it asks them in order.
//!
//! One question, one answer, one announcement: with the first live entry at place i of the line,
//! a detector outside it needs n + i messages. The notes leave open what happens when two leaders
//! meet, so every leadership has a number, the term; the newer wins, of equally new ones the
//! higher rank. Without terms a leader that was only slow and its successor yield to each other,
//! and nobody leads.
//!
//! A false timeout on the first in line still makes two of them lead, until they hear of each other.

use super::{Context, Input, Leadership, Message, Outbox, Reason, Succession, Term};
use crate::types::{Rank, Role, TimerKind};
use std::collections::VecDeque;
use std::sync::Arc;

/// Nothing of it survives a crash: a recovered member has term 0 and no alternates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NextInLine {
    leader: Option<Rank>,
    /// The newest leadership that it knows, its own included.
    leadership: Leadership,
    /// While it leads, the leader that it replaced: its alternates never name that one.
    replaced: Option<Rank>,
    phase: WalkPhase,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum WalkPhase {
    #[default]
    Idle,
    Asking {
        whom: Rank,
        walk: Walk,
    },
    AwaitingElected {
        walk: Walk,
    },
}

/// The processes that are left to ask, itself included, so that every walk ends there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Walk {
    failed: Option<Rank>,
    left: VecDeque<Rank>,
}

impl NextInLine {
    /// A member at the start of a run that follows `leader`, or leads if that is itself.
    pub fn following(context: &Context, leader: Rank) -> Self {
        let alternates = alternates(&Context { me: leader, ..*context }, None);
        Self {
            leader: Some(leader),
            leadership: Leadership { term: 0, alternates },
            replaced: None,
            phase: WalkPhase::Idle,
        }
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.leader
    }

    /// The newest leadership that it knows.
    pub fn leadership(&self) -> &Leadership {
        &self.leadership
    }

    /// What the member does; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        match (&self.phase, self.leader) {
            (WalkPhase::Asking { .. }, _) => Role::Electing,
            (WalkPhase::AwaitingElected { .. }, _) => Role::AwaitingElected,
            (WalkPhase::Idle, None) => Role::BelievesNobody,
            (WalkPhase::Idle, Some(leader)) if leader == me => Role::Leads,
            (WalkPhase::Idle, Some(leader)) => Role::Follows(leader),
        }
    }

    /// Handles an input by rules 1 to 7 of next-in-line failover.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it receives only its own messages")]
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match input {
            // Rule 1: it elects nothing by itself; the detector decides.
            Input::Boot { .. } => out.reason(Reason::WaitsAfterBoot),
            Input::Suspect => self.start_election(context, out),
            Input::Receive { from, message, .. } => match message {
                Message::Election(term) => self.on_election(context, from, *term, out),
                Message::Alive(_) => self.on_alive(context, from, out),
                Message::Elected(claim) | Message::Heartbeat(claim) => {
                    self.on_claim(context, from, claim, out);
                }
                other => debug_assert!(false, "next-in-line has no {}", other.kind()),
            },
            Input::Timeout(TimerKind::Alive | TimerKind::Elected) => self.on_timeout(context, out),
            // It sets no other timer.
            Input::Timeout(_) | Input::Preempt => {}
        }
    }

    /// Rule 2: forget the leader and walk the line. The walk is fixed now.
    fn start_election(&mut self, context: &Context, out: &mut Outbox) {
        let failed = self.leader.take();
        let others = context.members.iter().rev();
        let mut left = VecDeque::with_capacity(context.members.len());
        for &rank in self.leadership.alternates.iter().chain(others) {
            if Some(rank) != failed && !left.contains(&rank) {
                left.push_back(rank);
            }
        }
        out.round_started();
        match self.ask_next(context, Walk { failed, left }, out) {
            Some(asks) => out.reason(Reason::Walks { missed: failed, asks }),
            None => out.reason(Reason::FirstInLine { missed: failed }),
        }
    }

    /// The next of the walk; at itself it leads.
    fn ask_next(&mut self, context: &Context, mut walk: Walk, out: &mut Outbox) -> Option<Rank> {
        let next = walk.left.pop_front();
        debug_assert!(next.is_some(), "a walk contains the walker, so it ends there");
        match next.filter(|&whom| whom != context.me) {
            Some(whom) => {
                self.leave_phase(out);
                self.phase = WalkPhase::Asking { whom, walk };
                out.send(whom, Message::Election(self.leadership.term));
                out.set_timer(TimerKind::Alive, context.timeouts.alive);
                Some(whom)
            }
            None => {
                self.lead(context, self.leadership.term, walk.failed, out);
                None
            }
        }
    }

    /// Rule 3: a member that is asked leads, unless it leads already in a newer leadership.
    fn on_election(&mut self, context: &Context, asker: Rank, term: Term, out: &mut Outbox) {
        if self.leader == Some(context.me) && self.leadership.term > term {
            out.reason(Reason::LeadsAlready { asker, claims: false });
            return out.send(asker, Message::Elected(self.leadership.clone()));
        }
        out.reason(Reason::TakesOver { asker });
        out.send(asker, Message::Alive(self.leadership.term));
        let replaced = match &self.phase {
            WalkPhase::Idle if self.leader == Some(context.me) => self.replaced,
            WalkPhase::Idle => self.leader,
            WalkPhase::Asking { walk, .. } | WalkPhase::AwaitingElected { walk } => walk.failed,
        };
        self.lead(context, self.leadership.term.max(term), replaced, out);
    }

    /// Rule 4: only the one that was asked counts.
    fn on_alive(&mut self, context: &Context, from: Rank, out: &mut Outbox) {
        match &mut self.phase {
            WalkPhase::Asking { whom, walk } if *whom == from => {
                let walk = std::mem::take(walk);
                self.leave_phase(out);
                self.phase = WalkPhase::AwaitingElected { walk };
                out.reason(Reason::NextIsAlive { from });
                out.set_timer(TimerKind::Elected, context.timeouts.elected);
            }
            WalkPhase::Idle | WalkPhase::Asking { .. } | WalkPhase::AwaitingElected { .. } => {
                out.reason(Reason::TooLate { from });
            }
        }
    }

    /// Rule 5: no answer, or no announcement after it.
    fn on_timeout(&mut self, context: &Context, out: &mut Outbox) {
        let walk = match &mut self.phase {
            WalkPhase::Idle => return,
            WalkPhase::Asking { walk, .. } | WalkPhase::AwaitingElected { walk } => {
                std::mem::take(walk)
            }
        };
        match self.ask_next(context, walk, out) {
            Some(asks) => out.reason(Reason::NextInWalk { asks }),
            None => out.reason(Reason::WalkEndsHere),
        }
    }

    /// Rule 6: the newer leadership wins, of equally new ones the higher rank.
    fn on_claim(&mut self, context: &Context, from: Rank, claim: &Leadership, out: &mut Outbox) {
        let own = self.leadership.term;
        let unopposed = claim.term >= own && self.leader.is_none_or(|leader| leader == from);
        let newer = self.leader.is_some_and(|leader| (claim.term, from) > (own, leader));
        let leads = self.leader == Some(context.me);
        if !unopposed && !newer {
            if leads {
                out.reason(Reason::Contradicts { from });
                return out.send(from, Message::Elected(self.leadership.clone()));
            }
            return out.reason(Reason::Ignores { from });
        }
        out.reason(match self.leader {
            Some(leader) if leader == from => Reason::StillFollows { leader },
            _ if leads => Reason::StepsDown { to: from },
            _ => Reason::Adopts { leader: from },
        });
        self.leader = Some(from);
        self.replaced = None;
        self.leadership = claim.clone();
        self.leave_phase(out);
        out.adopts();
    }

    /// Rule 7. A member that leads already keeps the leader that it replaced before; adopting a
    /// leader forgets it.
    fn lead(&mut self, context: &Context, above: Term, replaced: Option<Rank>, out: &mut Outbox) {
        self.leader = Some(context.me);
        self.replaced = replaced;
        // A run has far fewer events than there are terms.
        let term = above.saturating_add(1);
        self.leadership = Leadership { term, alternates: alternates(context, replaced) };
        self.leave_phase(out);
        out.leads();
        for other in context.others() {
            out.send(other, Message::Elected(self.leadership.clone()));
        }
    }

    fn leave_phase(&mut self, out: &mut Outbox) {
        match std::mem::take(&mut self.phase) {
            WalkPhase::Idle => {}
            WalkPhase::Asking { .. } => out.cancel_timer(TimerKind::Alive),
            WalkPhase::AwaitingElected { .. } => out.cancel_timer(TimerKind::Elected),
        }
    }
}

/// The successors that a leader at this place names after it has replaced this one.
fn alternates(context: &Context, replaced: Option<Rank>) -> Arc<[Rank]> {
    match context.algorithm.succession() {
        Succession::List(list) => {
            let fits = |rank: &&Rank| **rank != context.me && context.members.contains(rank);
            list.iter().filter(fits).copied().collect()
        }
        Succession::Highest(count) => {
            let others = context.members.iter().rev().copied();
            let fits = others.filter(|&rank| rank != context.me && Some(rank) != replaced);
            fits.take(usize::from(*count)).collect()
        }
    }
}
