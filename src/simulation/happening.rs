//! What falls due: it happens, waits at a paused process, or finds nobody; and how a member is made
//! to handle it.

use super::{Arrival, Cause, Due, Event, EventId, Loss, Part, Set, Status, What, World};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::{Context, Outbox, Reason};
use crate::member::Member;
use crate::time::Time;
use crate::types::{GroupId, Rank, TimerKind};

/// To whom, and about what, something happens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Subject {
    pub group: Option<GroupId>,
    pub rank: Option<Rank>,
    pub choice: Option<ChoiceId>,
}

impl World {
    /// The first start of a member: it believes a leader, or it boots in its turn.
    pub(super) fn start(&mut self, member: usize) {
        if !self.members[member].member.has_booted() {
            self.agenda.schedule(Time::ZERO, Due::Boot { member });
            return;
        }
        let mut out = std::mem::take(&mut self.outbox);
        self.members[member].member.start(&self.plan.seat(member), &mut out);
        for effect in out.drain() {
            self.carry_out(member, effect, Cause::Start, &mut Vec::new());
        }
        self.outbox = out;
    }

    /// Something falls due: it happens, waits for the end of a pause, or finds its process crashed.
    pub(super) fn fall_due(&mut self, due: Due, log: &mut Vec<Event>) {
        let rank = match &due {
            Due::PauseEnds { process, cause } => return self.resume(*process, *cause, log),
            Due::Boot { member } | Due::Suspicion { member, .. } => self.plan.members[*member].1,
            Due::Timer { name, .. } => name.of,
            Due::Arrival(arrival) => {
                if self.dies_on_arrival(arrival, log) {
                    return;
                }
                arrival.name.to
            }
        };
        let Some(process) = self.plan.process(rank) else { return };
        match self.processes[process].status {
            Status::Running => self.happen(due, log),
            Status::Paused { .. } => self.wait(process, due, log),
            Status::Crashed { .. } => {}
        }
    }

    /// Lost to the cut first, then to the crash.
    fn dies_on_arrival(&mut self, arrival: &Arrival, log: &mut Vec<Event>) -> bool {
        let name = arrival.name;
        let (Some(from), Some(to)) = (self.plan.process(name.from), self.plan.process(name.to))
        else {
            return true;
        };
        let loss = match self.processes[to].status {
            _ if self.network.is_cut(from, to) => Loss::Cut,
            Status::Crashed { .. } => Loss::Crashed,
            Status::Running | Status::Paused { .. } => return false,
        };
        self.tell_lost(name, loss, arrival.cause, log);
        true
    }

    fn wait(&mut self, process: usize, due: Due, log: &mut Vec<Event>) {
        match &due {
            Due::Arrival(Arrival { name, cause, .. }) => {
                let subject = Subject::message(*name, name.to);
                self.tell(log, Cause::Event(*cause), subject, What::Held, None);
            }
            Due::Timer { name, .. } => {
                if let Some(set) = self.running(*name) {
                    set.entry = None;
                }
            }
            Due::Boot { .. } | Due::Suspicion { .. } | Due::PauseEnds { .. } => {}
        }
        if let Some(pause) = &mut self.processes[process].pause {
            pause.waiting.push(due);
            self.held += 1;
        }
    }

    /// It happens at a running process.
    pub(super) fn happen(&mut self, due: Due, log: &mut Vec<Event>) {
        match due {
            Due::Boot { member } if self.members[member].member.has_booted() => {}
            Due::Boot { member } => self.boot(member, Cause::Start, log),
            Due::Suspicion { member, cause } => self.suspect(member, cause, log),
            Due::Timer { name, cause } => self.run_out(name, cause, log),
            Due::Arrival(Arrival { name, message, cause, .. }) => {
                let Some(member) = self.plan.member(name.group, name.to) else { return };
                let subject = Subject::message(name, name.to);
                let cause = Cause::Event(cause);
                self.handle(member, cause, subject, What::Received, log, |member, seat, out| {
                    member.receive(seat, name.from, &message, out);
                });
            }
            Due::PauseEnds { .. } => debug_assert!(false, "the end of a pause waits for nobody"),
        }
    }

    pub(super) fn boot(&mut self, member: usize, cause: Cause, log: &mut Vec<Event>) {
        let detector = self.scenario().detector;
        let subject = self.subject(member);
        self.handle(member, cause, subject, What::Booted, log, |member, seat, out| {
            member.boot(seat, detector, out);
        });
    }

    fn suspect(&mut self, member: usize, cause: Cause, log: &mut Vec<Event>) {
        let (_, me) = self.plan.members[member];
        let subject = self.subject(member);
        match self.members[member].member.objection(me) {
            None => self.handle(member, cause, subject, What::Suspected, log, Member::suspect),
            Some(reason) => {
                self.tell(log, cause, subject, What::Unsuspecting, Some(reason));
            }
        }
    }

    fn run_out(&mut self, name: TimerId, cause: Cause, log: &mut Vec<Event>) {
        // After a pause another message may have cancelled or replaced it.
        let Some(set) = self.running(name).map(|set| set.since) else { return };
        let what = What::TimedOut { set };
        let Some(member) = self.plan.member(name.group, name.of) else { return };
        self.members[member].timers[name.timer as usize] = None;
        let occurrence = Some(ChoiceId::Timer(name));
        let subject = Subject { choice: occurrence, ..self.subject(member) };
        let detector = self.scenario().detector;
        match name.timer {
            TimerKind::Heartbeat => {
                let reason = Some(Reason::LostPatience);
                let cause = self.tell(log, cause, subject, what, reason);
                self.suspect(member, Cause::Event(cause), log);
            }
            TimerKind::Beat => {
                self.handle(member, cause, subject, what, log, |member, seat, out| {
                    member.beat(seat, detector, out);
                });
            }
            TimerKind::Alive | TimerKind::Elected => {
                self.handle(member, cause, subject, what, log, |member, seat, out| {
                    member.timeout(seat, name.timer, out);
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
        subject: Subject,
        what: What,
        log: &mut Vec<Event>,
        act: impl FnOnce(&mut Member, &Context, &mut Outbox),
    ) {
        let mut out = std::mem::take(&mut self.outbox);
        let seat = self.plan.seat(member);
        let me = seat.me;
        let part = &mut self.members[member];
        let before = part.member.role(me);
        act(&mut part.member, &seat, &mut out);
        let after = part.member.role(me);

        let input = self.tell(log, cause, subject, what, out.take_reason());
        for effect in out.drain() {
            self.carry_out(member, effect, Cause::Event(input), log);
        }
        self.outbox = out;
        if before != after {
            let subject = Subject { choice: None, ..subject };
            self.tell(log, Cause::Event(input), subject, What::Became(after), None);
        }
    }

    pub(super) fn subject(&self, member: usize) -> Subject {
        let (group, rank) = self.plan.members[member];
        Subject { group: Some(group), rank: Some(rank), choice: None }
    }

    /// The timer, if this setting of it still runs.
    fn running(&mut self, name: TimerId) -> Option<&mut Set> {
        let member = self.plan.member(name.group, name.of)?;
        let Part { timers, .. } = &mut self.members[member];
        timers[name.timer as usize].as_mut().filter(|set| set.nth == name.nth)
    }

    pub(super) fn tell(
        &mut self,
        log: &mut Vec<Event>,
        cause: Cause,
        subject: Subject,
        what: What,
        reason: Option<Reason>,
    ) -> EventId {
        let id = self.events;
        self.events += 1;
        let Subject { group, rank, choice: occurrence } = subject;
        log.push(Event { id, at: self.now, cause, group, rank, choice: occurrence, what, reason });
        id
    }
}

impl Subject {
    pub fn process(rank: Rank) -> Self {
        Self { rank: Some(rank), ..Self::default() }
    }

    pub fn message(name: MessageId, rank: Rank) -> Self {
        Self { group: Some(name.group), rank: Some(rank), choice: Some(ChoiceId::Message(name)) }
    }
}
