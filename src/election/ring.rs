//! Ring: an `Election` travels round the processes and collects the ranks that run; an `Elected` travels behind it.
//!
//! Processes stand in a ring by rank; the successor of the highest is the lowest. A process that does not answer
//! is skipped. With f processes down one starter costs 2(n − f) messages that arrive, f in vain in the first lap,
//! and 2(n − f) `Alive`. Source: A. Petrov, "Database Internals" (2019), chapter 10.
//!
//! A partition closes two rings; a lost `Election` costs a whole wait.

use super::{Context, Input, Message, Outbox, Reason, RingReason};
use crate::time::Duration;
use crate::types::{Rank, Role, TimerKind};
use std::collections::VecDeque;

/// What travels round the ring.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lap {
    /// The process that started the election.
    pub starter: Rank,
    /// Those that the first lap has passed, in the order in which it did.
    pub alive: Vec<Rank>,
}

/// A message of the first or the second lap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RingMessage {
    /// The lap.
    pub lap: Lap,
    /// The elected process, in the second lap.
    pub leader: Option<Rank>,
}

/// Nothing of it survives a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ring {
    leader: Option<Rank>,
    /// What it hands on and to whom, until that one answers; the rest waits behind it.
    handing: Option<(RingMessage, Rank)>,
    queue: VecDeque<RingMessage>,
    /// An election of its own is under way.
    has_started: bool,
}

impl Ring {
    /// At the start of a run in which all members believe `leader`.
    pub fn following(leader: Rank) -> Self {
        Self { leader: Some(leader), ..Self::default() }
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.leader
    }

    /// What it does in its group; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        match self.leader {
            None => Role::Electing,
            Some(leader) if leader == me => Role::Leads,
            Some(leader) => Role::Follows(leader),
        }
    }

    /// Whether an election of its own is under way: a leader that it adopted from a lower starter does not end it.
    pub fn has_started(&self) -> bool {
        self.has_started
    }

    /// Handles an input, by the rules of the module.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it receives only its own messages")]
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match input {
            Input::Boot { .. } => self.start(context, RingReason::StartsLapAfterBoot, out),
            Input::Suspect => {
                let missed = self.leader;
                self.start(context, RingReason::StartsLap { missed }, out);
            }
            Input::Receive { from, message, .. } => match message {
                Message::Ring(RingMessage { lap, leader: None }) => {
                    self.on_election(context, from, lap, out);
                }
                Message::Ring(RingMessage { lap, leader: Some(leader) }) => {
                    self.on_elected(context, from, lap, *leader, out);
                }
                Message::Alive(_) => self.on_alive(context, from, out),
                Message::Heartbeat(_) => self.on_heartbeat(context, from, out),
                other => debug_assert!(false, "a ring has no {}", other.kind()),
            },
            Input::Timeout(TimerKind::Alive) => self.on_alive_timeout(context, out),
            Input::Timeout(TimerKind::Elected) => {
                self.start(context, RingReason::LapDidNotReturn, out);
            }
            Input::Timeout(_) | Input::Preempt => {}
        }
    }

    /// Rules 1 and 4.
    fn start(&mut self, context: &Context, reason: RingReason, out: &mut Outbox) {
        self.leader = None;
        self.has_started = true;
        out.reason(reason);
        out.round_started();
        let lap = Lap { starter: context.me, alive: vec![context.me] };
        self.hand_on(context, RingMessage { lap, leader: None }, out);
        // A process alone has led already.
        if self.has_started {
            out.set_timer(TimerKind::Elected, lap_timeout(context));
        }
    }

    /// Rule 2: to the successor, or behind what is being handed on.
    fn hand_on(&mut self, context: &Context, message: RingMessage, out: &mut Outbox) {
        match self.handing {
            Some(_) => self.queue.push_back(message),
            None => self.hand_to_next(context, message, context.me, out),
        }
    }

    /// Rule 2: to the one after `last`, or nobody if that is itself.
    fn hand_to_next(
        &mut self,
        context: &Context,
        message: RingMessage,
        last: Rank,
        out: &mut Outbox,
    ) {
        match message.next(context, last) {
            Some(to) => {
                out.send(to, Message::Ring(message.clone()));
                self.handing = Some((message, to));
                out.set_timer(TimerKind::Alive, context.timeouts.alive);
            }
            None => {
                self.handing = None;
                let is_own = message.leader.is_none() && message.lap.starter == context.me;
                if is_own && self.has_started {
                    out.reason(RingReason::IsAlone);
                    self.announce(context, vec![context.me], out);
                }
                self.hand_on_queued(context, out);
            }
        }
    }

    fn hand_on_queued(&mut self, context: &Context, out: &mut Outbox) {
        if self.handing.is_none()
            && let Some(message) = self.queue.pop_front()
        {
            self.hand_to_next(context, message, context.me, out);
        }
    }

    /// Rule 2: only the one that it was handed to counts.
    fn on_alive(&mut self, context: &Context, from: Rank, out: &mut Outbox) {
        match self.handing {
            Some((_, to)) if to == from => {
                out.reason(RingReason::HandedOn { to });
                out.cancel_timer(TimerKind::Alive);
                self.handing = None;
                self.hand_on_queued(context, out);
            }
            Some(_) | None => out.reason(Reason::TooLate { from }),
        }
    }

    /// Rule 2: a process that does not answer is skipped.
    fn on_alive_timeout(&mut self, context: &Context, out: &mut Outbox) {
        let Some((message, silent)) = self.handing.take() else { return };
        out.reason(RingReason::Skips { silent });
        self.hand_to_next(context, message, silent, out);
    }

    /// Rule 3.
    fn on_election(&mut self, context: &Context, from: Rank, lap: &Lap, out: &mut Outbox) {
        out.send(from, Message::Alive(0));
        let starter = lap.starter;
        if starter == context.me {
            out.reason(RingReason::LapOver);
            return self.announce(context, lap.alive.clone(), out);
        }
        if (self.has_started && starter < context.me) || lap.alive.contains(&context.me) {
            return out.reason(RingReason::Swallows { starter });
        }
        out.reason(RingReason::Joins { starter });
        self.leader = None;
        out.forgets();
        let mut lap = lap.clone();
        lap.alive.push(context.me);
        self.hand_on(context, RingMessage { lap, leader: None }, out);
        if !self.has_started {
            out.set_timer(TimerKind::Elected, lap_timeout(context));
        }
    }

    /// Rule 5: the highest of the first lap leads, and the second lap says so.
    fn announce(&mut self, context: &Context, alive: Vec<Rank>, out: &mut Outbox) {
        let Some(&leader) = alive.iter().max() else { return };
        self.has_started = false;
        out.cancel_timer(TimerKind::Elected);
        let lap = Lap { starter: context.me, alive };
        self.accept_and_hand_on(context, lap, leader, out);
    }

    /// Rule 6.
    fn on_elected(
        &mut self,
        context: &Context,
        from: Rank,
        lap: &Lap,
        leader: Rank,
        out: &mut Outbox,
    ) {
        out.send(from, Message::Alive(0));
        if lap.starter == context.me {
            return out.reason(RingReason::SecondLapOver);
        }
        out.reason(match leader == context.me {
            true => Reason::from(RingReason::IsElected { by: lap.starter }),
            false if self.leader == Some(context.me) => Reason::StepsDown { to: leader },
            false => Reason::Adopts { leader },
        });
        if !self.has_started || context.me < lap.starter {
            self.has_started = false;
            out.cancel_timer(TimerKind::Elected);
        }
        self.accept_and_hand_on(context, lap.clone(), leader, out);
    }

    fn accept_and_hand_on(&mut self, context: &Context, lap: Lap, leader: Rank, out: &mut Outbox) {
        self.leader = Some(leader);
        let message = RingMessage { lap, leader: Some(leader) };
        if leader == context.me {
            out.leads();
            self.hand_on(context, message, out);
        } else {
            self.hand_on(context, message, out);
            out.adopts();
        }
    }

    /// Rule 7: as in bully; adopting ends an election of its own.
    fn on_heartbeat(&mut self, context: &Context, from: Rank, out: &mut Outbox) {
        match self.leader {
            Some(leader) if leader == from => {
                out.reason(Reason::StillFollows { leader });
                out.adopts();
            }
            Some(leader) if from < leader => out.reason(Reason::Ignores { from }),
            None if from < context.me => out.reason(Reason::Ignores { from }),
            Some(_) | None => {
                out.reason(match self.leader == Some(context.me) {
                    true => Reason::StepsDown { to: from },
                    false => Reason::Adopts { leader: from },
                });
                self.leader = Some(from);
                self.has_started = false;
                out.cancel_timer(TimerKind::Elected);
                out.adopts();
            }
        }
    }
}

impl RingMessage {
    /// To whom it goes after `last`: the second lap visits those of the first and ends at its starter.
    fn next(&self, context: &Context, last: Rank) -> Option<Rank> {
        let is_second = self.leader.is_some();
        if is_second && last == self.lap.starter && last != context.me {
            return None;
        }
        let belongs = |rank: &&Rank| !is_second || self.lap.alive.contains(rank);
        let after = context.members.iter().filter(belongs).find(|&&rank| rank > last);
        let next = after.or_else(|| context.members.iter().find(belongs))?;
        (*next != context.me).then_some(*next)
    }
}

/// How long a starter or a member that joined waits for the second lap.
fn lap_timeout(context: &Context) -> Duration {
    let a_hop = context.timeouts.alive + context.timeouts.elected;
    Duration::us(a_hop.as_us() * context.members.len() as u64)
}
