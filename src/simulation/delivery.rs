//! What a member's effects do to the world: messages go on the wire, timers on the event queue.

use super::choices::{self, LossCause};
use super::dispatch::EventSubject;
use super::{
    Arrival, Cause, Event, EventId, EventKind, LossReason, OverrideUse, RunningTimer, Scheduled,
    World,
};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::{Effect, LeadershipChange, Message};
use crate::member::{Detector, TimerChange};
use crate::time::Duration;
use crate::types::{MessageKind, Rank, TimerKind};

impl World {
    pub(super) fn apply_effect(
        &mut self,
        member: usize,
        effect: Effect,
        cause: Cause,
        log: &mut Vec<Event>,
    ) {
        match effect {
            Effect::Send { to, message } => self.send(member, to, message, cause, log),
            Effect::SetTimer { timer, wait } => self.set_timer(member, timer, wait, cause),
            Effect::CancelTimer(timer) => self.cancel_timer(member, timer),
            Effect::Turn(turn) => self.apply_leadership_change(member, turn, cause, log),
        }
    }

    /// The member's part in the leadership changes, and its detector with it.
    fn apply_leadership_change(
        &mut self,
        member: usize,
        turn: LeadershipChange,
        cause: Cause,
        log: &mut Vec<Event>,
    ) {
        let detector = self.scenario().detector_of(self.compiled.members[member].1);
        if let Detector::Heartbeat { every, .. } = detector {
            let (heartbeat, beat) = turn.timers();
            self.change_timer(member, TimerKind::Heartbeat, heartbeat, Duration::ZERO, cause);
            self.change_timer(member, TimerKind::Beat, beat, every, cause);
        }
        match turn {
            LeadershipChange::RoundStarted | LeadershipChange::Counts => {
                let subject = self.subject(member);
                self.record(log, cause, subject, EventKind::StartedElection, None);
            }
            LeadershipChange::Leads
            | LeadershipChange::Adopts
            | LeadershipChange::Awaits
            | LeadershipChange::Forgets => {}
        }
    }

    fn change_timer(
        &mut self,
        member: usize,
        timer: TimerKind,
        change: TimerChange,
        wait: Duration,
        cause: Cause,
    ) {
        match change {
            TimerChange::Set => self.set_timer(member, timer, wait, cause),
            TimerChange::Cancel => self.cancel_timer(member, timer),
            TimerChange::Leave => {}
        }
    }

    fn set_timer(&mut self, member: usize, timer: TimerKind, wait: Duration, cause: Cause) {
        let (group, of) = self.compiled.members[member];
        let part = &mut self.members[member];
        part.settings[timer as usize] += 1;
        let nth = part.settings[timer as usize];
        let name = TimerId { group, timer, of, nth };
        let wait = match timer {
            TimerKind::Heartbeat => choices::heartbeat_timeout(&self.compiled, name),
            TimerKind::Alive
            | TimerKind::Elected
            | TimerKind::Beat
            | TimerKind::Preempt
            | TimerKind::Quorum
            | TimerKind::Delay => wait,
        };
        let wait = self.compiled.scenario().drifted(of, wait);
        let due = choices::of_timer(&self.compiled, &mut self.used, self.now, name, wait);
        let running = part.timers[timer as usize].and_then(|set| set.entry);
        let entry = Some(self.queue.reschedule(running, due, Scheduled::Timer { name, cause }));
        part.timers[timer as usize] = Some(RunningTimer { nth, since: self.now, due, entry });
    }

    fn cancel_timer(&mut self, member: usize, timer: TimerKind) {
        let set = self.members[member].timers[timer as usize].take();
        if let Some(entry) = set.and_then(|set| set.entry) {
            self.queue.take(entry);
        }
    }

    fn send(
        &mut self,
        member: usize,
        to: Rank,
        message: Message,
        cause: Cause,
        log: &mut Vec<Event>,
    ) {
        let (group, from) = self.compiled.members[member];
        let kind = message.kind();
        let nth = self.count_sent(member, to, kind);
        let name = MessageId { group, kind, from, to, nth, copy: false };
        let (Some(sender), Some(receiver)) =
            (self.compiled.process(from), self.compiled.process(to))
        else {
            return debug_assert!(false, "an election only knows members, which are processes");
        };
        let link = self.network.conditions(sender, receiver);
        if self.network.is_cut(sender, receiver) {
            // The wire is not there: neither an override nor chance decides, and nothing is copied.
            let due = choices::drawn(&self.compiled, self.now, name, link);
            let names = message.names(from, to);
            let sent = self.record_sent(name, EventKind::Sent { due, names }, cause, log);
            self.record_lost(name, LossReason::Cut, sent, log);
            return self.note_cut_overrides(name);
        }
        let wire = (sender, receiver);
        let is_duplicated = choices::is_duplicated(&self.compiled, &mut self.used, name, link);
        let copied = is_duplicated.then(|| message.clone());
        let sent = self.schedule_delivery(name, wire, message, cause, log);
        if let Some(message) = copied {
            let copy = MessageId { copy: true, ..name };
            self.schedule_delivery(copy, wire, message, Cause::Event(sent), log);
        }
    }

    /// Puts a message, or its copy, on the wire; or it is lost there and then.
    fn schedule_delivery(
        &mut self,
        name: MessageId,
        (from, to): (usize, usize),
        message: Message,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> EventId {
        let link = self.network.conditions(from, to);
        let fate = choices::of_message(&self.compiled, &mut self.used, self.now, name, link);
        let due = match fate.lost {
            None => self.network.put_on(from, to, fate.due, fate.fixed),
            Some(_) => fate.due,
        };
        let names = message.names(name.from, name.to);
        let what = match name.copy {
            true => EventKind::Duplicated { due, names },
            false => EventKind::Sent { due, names },
        };
        let sent = self.record_sent(name, what, cause, log);
        match fate.lost {
            Some(LossCause::ByChance) => self.record_lost(name, LossReason::Chance, sent, log),
            Some(LossCause::ByOverride) => self.record_lost(name, LossReason::Override, sent, log),
            None => {
                let arrival = Arrival { name, message, sent: self.now, cause: sent };
                self.queue.schedule(due, Scheduled::Arrival(arrival));
            }
        }
        sent
    }

    fn count_sent(&mut self, member: usize, to: Rank, kind: MessageKind) -> u32 {
        let (group, _) = self.compiled.members[member];
        let place = self.compiled.place(group, to);
        let (column, columns) = self.compiled.column(kind);
        let Some(column) = column else {
            debug_assert!(false, "{kind} is not among the messages of this algorithm");
            return 1;
        };
        let sent = &mut self.members[member].sent;
        if sent.is_empty() {
            let members = self.compiled.scenario().group(group).members.len();
            sent.resize(members * columns, 0);
        }
        let count = &mut sent[place * columns + column];
        *count += 1;
        *count
    }

    fn record_sent(
        &mut self,
        name: MessageId,
        what: EventKind,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> EventId {
        self.record(log, cause, EventSubject::message(name, name.from), what, None)
    }

    pub(super) fn record_lost(
        &mut self,
        name: MessageId,
        loss: LossReason,
        sent: EventId,
        log: &mut Vec<Event>,
    ) {
        if loss == LossReason::Cut {
            self.network.note_stopped();
        }
        let subject = EventSubject::message(name, name.to);
        self.record(log, Cause::Event(sent), subject, EventKind::Lost(loss), None);
    }

    /// An override never overrules a cut; the report says that it had no effect.
    fn note_cut_overrides(&mut self, name: MessageId) {
        let Some(fixed) = self.compiled.fixed(&ChoiceId::Message(name)) else { return };
        let stopped = fixed.fate.map(|(index, _)| index).into_iter().chain(fixed.duplicated);
        for index in stopped {
            self.used[index] = OverrideUse::StoppedByCut { sent: self.now };
        }
    }
}
