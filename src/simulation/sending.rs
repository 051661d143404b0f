//! What a member's effects do to the world: messages go on the wire, timers on the agenda.

use super::fate::{self, Lost};
use super::happening::Subject;
use super::{Arrival, Cause, Due, Event, EventId, Loss, Set, Used, What, World};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::{Effect, LeadershipChange, Message};
use crate::time::Duration;
use crate::types::{MessageKind, Rank, TimerKind};

impl World {
    pub(super) fn carry_out(
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
            Effect::Turn(turn) => self.turn(member, turn, cause, log),
        }
    }

    /// The member's part in the leadership changes, and its detector with it.
    fn turn(&mut self, member: usize, turn: LeadershipChange, cause: Cause, log: &mut Vec<Event>) {
        for (timer, wait) in self.scenario().detector.react(turn).into_iter().flatten() {
            match wait {
                Some(wait) => self.set_timer(member, timer, wait, cause),
                None => self.cancel_timer(member, timer),
            }
        }
        match turn {
            LeadershipChange::RoundStarted => {
                let subject = self.subject(member);
                self.tell(log, cause, subject, What::StartedElection, None);
            }
            LeadershipChange::Leads | LeadershipChange::Adopts => {}
        }
    }

    fn set_timer(&mut self, member: usize, timer: TimerKind, wait: Duration, cause: Cause) {
        let (group, of) = self.plan.members[member];
        let part = &mut self.members[member];
        part.settings[timer as usize] += 1;
        let nth = part.settings[timer as usize];
        let name = TimerId { group, timer, of, nth };
        let due = fate::of_timer(&self.plan, &mut self.used, self.now, name, wait);
        let running = part.timers[timer as usize].and_then(|set| set.entry);
        let entry = Some(self.agenda.reschedule(running, due, Due::Timer { name, cause }));
        part.timers[timer as usize] = Some(Set { nth, since: self.now, due, entry });
    }

    fn cancel_timer(&mut self, member: usize, timer: TimerKind) {
        let set = self.members[member].timers[timer as usize].take();
        if let Some(entry) = set.and_then(|set| set.entry) {
            self.agenda.take(entry);
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
        let (group, from) = self.plan.members[member];
        let kind = message.kind();
        let nth = self.count_sent(member, to, kind);
        let name = MessageId { group, kind, from, to, nth, copy: false };
        let (Some(sender), Some(receiver)) = (self.plan.process(from), self.plan.process(to))
        else {
            return debug_assert!(false, "an election only knows members, which are processes");
        };
        let link = self.network.conditions(sender, receiver);
        if self.network.is_cut(sender, receiver) {
            // The wire is not there: no edit and no chance has a say, and nothing is copied.
            let due = fate::drawn(&self.plan, self.now, name, link);
            let sent = self.tell_sent(name, What::Sent { due }, cause, log);
            self.tell_lost(name, Loss::Cut, sent, log);
            return self.note_stopped_edits(name);
        }
        let wire = (sender, receiver);
        let is_duplicated = fate::is_duplicated(&self.plan, &mut self.used, name, link);
        let copied = is_duplicated.then(|| message.clone());
        let sent = self.dispatch(name, wire, message, cause, log);
        if let Some(message) = copied {
            let copy = MessageId { copy: true, ..name };
            self.dispatch(copy, wire, message, Cause::Event(sent), log);
        }
    }

    /// Puts a message, or its copy, on the wire; or it is lost there and then.
    fn dispatch(
        &mut self,
        name: MessageId,
        (from, to): (usize, usize),
        message: Message,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> EventId {
        let link = self.network.conditions(from, to);
        let fate = fate::of_message(&self.plan, &mut self.used, self.now, name, link);
        let due = match fate.lost {
            None => self.network.put_on(from, to, fate.due, fate.fixed),
            Some(_) => fate.due,
        };
        let what = if name.copy { What::Duplicated { due } } else { What::Sent { due } };
        let sent = self.tell_sent(name, what, cause, log);
        match fate.lost {
            Some(Lost::ByChance) => self.tell_lost(name, Loss::Chance, sent, log),
            Some(Lost::ByEdit) => self.tell_lost(name, Loss::Edit, sent, log),
            None => {
                let arrival = Arrival { name, message, sent: self.now, cause: sent };
                self.agenda.schedule(due, Due::Arrival(arrival));
            }
        }
        sent
    }

    fn count_sent(&mut self, member: usize, to: Rank, kind: MessageKind) -> u32 {
        let (group, _) = self.plan.members[member];
        let place = self.plan.place(group, to);
        let sent = &mut self.members[member].sent;
        if sent.is_empty() {
            let members = self.plan.scenario().group(group).members.len();
            sent.resize(members, [0; MessageKind::ALL.len()]);
        }
        let count = &mut sent[place][kind as usize];
        *count += 1;
        *count
    }

    fn tell_sent(
        &mut self,
        name: MessageId,
        what: What,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> EventId {
        self.tell(log, cause, Subject::message(name, name.from), what, None)
    }

    pub(super) fn tell_lost(
        &mut self,
        name: MessageId,
        loss: Loss,
        sent: EventId,
        log: &mut Vec<Event>,
    ) {
        if loss == Loss::Cut {
            self.network.note_stopped();
        }
        let subject = Subject::message(name, name.to);
        self.tell(log, Cause::Event(sent), subject, What::Lost(loss), None);
    }

    /// An edit never overrules a cut; the report says that it was for nothing.
    fn note_stopped_edits(&mut self, name: MessageId) {
        let Some(fixed) = self.plan.fixed(&ChoiceId::Message(name)) else { return };
        let stopped = fixed.fate.map(|(index, _)| index).into_iter().chain(fixed.duplicated);
        for index in stopped {
            self.used[index] = Used::StoppedByCut { sent: self.now };
        }
    }
}
