//! Dispatches scheduled entries: they are handled, wait at a paused process, or are lost at a crashed one.

use super::{
    Arrival, Cause, Event, EventId, EventKind, LossReason, MemberState, RunningTimer, Scheduled,
    Status, World,
};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::{Context, Outbox, Reason, Term};
use crate::member::Member;
use crate::time::Time;
use crate::types::{GroupId, Rank, TimerKind};

/// The group, process, choice and term of an event.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EventSubject {
    pub group: Option<GroupId>,
    pub rank: Option<Rank>,
    pub choice: Option<ChoiceId>,
    pub term: Option<Term>,
}

impl World {
    /// The first start of a member: it believes a leader, or it boots in its turn.
    pub(super) fn start(&mut self, member: usize) {
        if !self.members[member].member.has_booted() {
            self.queue.schedule(Time::ZERO, Scheduled::Boot { member });
            return;
        }
        let mut out = std::mem::take(&mut self.outbox);
        self.members[member].member.start(&self.compiled.context(member, Time::ZERO), &mut out);
        for effect in out.drain() {
            self.apply_effect(member, effect, Cause::Start, &mut Vec::new());
        }
        self.outbox = out;
    }

    /// Something falls due: it happens, waits for the end of a pause, or finds its process crashed.
    pub(super) fn dispatch(&mut self, due: Scheduled, log: &mut Vec<Event>) {
        let rank = match &due {
            Scheduled::PauseEnds { process, cause } => return self.resume(*process, *cause, log),
            Scheduled::Boot { member } | Scheduled::Suspicion { member, .. } => {
                self.compiled.members[*member].1
            }
            Scheduled::Timer { name, .. } => name.of,
            Scheduled::Arrival(arrival) => {
                if self.is_lost_on_arrival(arrival, log) {
                    return;
                }
                arrival.name.to
            }
        };
        let Some(process) = self.compiled.process(rank) else { return };
        match self.processes[process].status {
            Status::Running => self.handle_scheduled(due, log),
            Status::Paused { .. } => self.hold_until_resumed(process, due, log),
            Status::Crashed { .. } => {}
        }
    }

    /// Lost to the cut first, then to the crash.
    fn is_lost_on_arrival(&mut self, arrival: &Arrival, log: &mut Vec<Event>) -> bool {
        let name = arrival.name;
        let (Some(from), Some(to)) =
            (self.compiled.process(name.from), self.compiled.process(name.to))
        else {
            return true;
        };
        let loss = match self.processes[to].status {
            _ if self.network.is_cut(from, to) => LossReason::Cut,
            Status::Crashed { .. } => LossReason::Crashed,
            Status::Running | Status::Paused { .. } => return false,
        };
        self.record_lost(name, loss, arrival.cause, log);
        true
    }

    fn hold_until_resumed(&mut self, process: usize, due: Scheduled, log: &mut Vec<Event>) {
        match &due {
            Scheduled::Arrival(Arrival { name, cause, .. }) => {
                let subject = EventSubject::message(*name, name.to);
                self.record(log, Cause::Event(*cause), subject, EventKind::Held, None);
            }
            Scheduled::Timer { name, .. } => {
                if let Some(set) = self.running(*name) {
                    set.entry = None;
                }
            }
            Scheduled::Boot { .. } | Scheduled::Suspicion { .. } | Scheduled::PauseEnds { .. } => {}
        }
        if let Some(pause) = &mut self.processes[process].pause {
            pause.waiting.push(due);
            self.held += 1;
        }
    }

    /// It happens at a running process.
    pub(super) fn handle_scheduled(&mut self, due: Scheduled, log: &mut Vec<Event>) {
        match due {
            Scheduled::Boot { member } if self.members[member].member.has_booted() => {}
            Scheduled::Boot { member } => self.boot(member, Cause::Start, log),
            Scheduled::Suspicion { member, cause } => self.suspect(member, cause, log),
            Scheduled::Timer { name, cause } => self.timer_expired(name, cause, log),
            Scheduled::Arrival(Arrival { name, message, cause, sent }) => {
                let Some(member) = self.compiled.member(name.group, name.to) else { return };
                let subject = EventSubject::message(name, name.to);
                let cause = Cause::Event(cause);
                self.handle(
                    member,
                    cause,
                    subject,
                    EventKind::Received,
                    log,
                    |member, context, out| {
                        member.receive(context, (name.from, sent), &message, out);
                    },
                );
            }
            Scheduled::PauseEnds { .. } => {
                debug_assert!(false, "the end of a pause waits for nobody")
            }
        }
    }

    pub(super) fn boot(&mut self, member: usize, cause: Cause, log: &mut Vec<Event>) {
        let subject = self.subject(member);
        let is_first = cause == Cause::Start;
        self.handle(member, cause, subject, EventKind::Booted, log, |member, context, out| {
            member.boot(context, is_first, out);
        });
    }

    fn suspect(&mut self, member: usize, cause: Cause, log: &mut Vec<Event>) {
        let (_, me) = self.compiled.members[member];
        let subject = self.subject(member);
        match self.members[member].member.objection(me) {
            None => self.handle(member, cause, subject, EventKind::Suspected, log, Member::suspect),
            Some(reason) => {
                self.record(log, cause, subject, EventKind::Unsuspecting, Some(reason));
            }
        }
    }

    fn timer_expired(&mut self, name: TimerId, cause: Cause, log: &mut Vec<Event>) {
        // After a pause another message may have cancelled or replaced it.
        let Some(set) = self.running(name).map(|set| set.since) else { return };
        let what = EventKind::TimedOut { set };
        let Some(member) = self.compiled.member(name.group, name.of) else { return };
        self.members[member].timers[name.timer as usize] = None;
        let choice = Some(ChoiceId::Timer(name));
        let subject = EventSubject { choice, ..self.subject(member) };
        match name.timer {
            TimerKind::Heartbeat if !self.scenario().algorithm.row().times_out_itself => {
                let reason = Some(Reason::LostPatience);
                let cause = self.record(log, cause, subject, what, reason);
                self.suspect(member, Cause::Event(cause), log);
            }
            TimerKind::Beat => {
                self.handle(member, cause, subject, what, log, |member, context, out| {
                    member.beat(context, out);
                });
            }
            TimerKind::Heartbeat
            | TimerKind::Alive
            | TimerKind::Elected
            | TimerKind::Preempt
            | TimerKind::Quorum
            | TimerKind::Delay => {
                self.handle(member, cause, subject, what, log, |member, context, out| {
                    member.timeout(context, name.timer, out);
                });
            }
        }
    }

    /// A member handles an input: the event first, with its reason, then what it causes, then what
    /// the member believes now.
    fn handle(
        &mut self,
        member: usize,
        cause: Cause,
        subject: EventSubject,
        what: EventKind,
        log: &mut Vec<Event>,
        act: impl FnOnce(&mut Member, &Context, &mut Outbox),
    ) {
        let mut out = std::mem::take(&mut self.outbox);
        let context = self.compiled.context(member, self.now);
        let me = context.me;
        let part = &mut self.members[member];
        let before = part.member.role(me);
        act(&mut part.member, &context, &mut out);
        let after = part.member.role(me);
        let handled = EventSubject { term: part.member.election().term(), ..subject };

        let input = self.record(log, cause, handled, what, out.take_reason());
        for effect in out.drain() {
            self.apply_effect(member, effect, Cause::Event(input), log);
        }
        self.outbox = out;
        if before != after {
            let subject = EventSubject { choice: None, ..subject };
            self.record(log, Cause::Event(input), subject, EventKind::Became(after), None);
        }
    }

    pub(super) fn subject(&self, member: usize) -> EventSubject {
        let (group, rank) = self.compiled.members[member];
        EventSubject { group: Some(group), rank: Some(rank), ..EventSubject::default() }
    }

    /// The timer, if this setting of it still runs.
    fn running(&mut self, name: TimerId) -> Option<&mut RunningTimer> {
        let member = self.compiled.member(name.group, name.of)?;
        let MemberState { timers, .. } = &mut self.members[member];
        timers[name.timer as usize].as_mut().filter(|set| set.nth == name.nth)
    }

    pub(super) fn record(
        &mut self,
        log: &mut Vec<Event>,
        cause: Cause,
        subject: EventSubject,
        what: EventKind,
        reason: Option<Reason>,
    ) -> EventId {
        let id = self.events;
        self.events += 1;
        let EventSubject { group, rank, choice, term } = subject;
        log.push(Event { id, at: self.now, cause, group, rank, choice, what, reason, term });
        id
    }
}

impl EventSubject {
    pub(crate) fn process(rank: Rank) -> Self {
        Self { rank: Some(rank), ..Self::default() }
    }

    pub(crate) fn message(name: MessageId, rank: Rank) -> Self {
        Self {
            group: Some(name.group),
            rank: Some(rank),
            choice: Some(ChoiceId::Message(name)),
            term: None,
        }
    }
}
