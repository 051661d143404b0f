//! What the timeline's faults do to processes and links.

use super::compiled::Pause;
use super::dispatch::EventSubject;
use super::{Cause, Event, EventKind, LossReason, Resumption, Scheduled, Status, World};
use crate::scenario::Fault;
use crate::time::Duration;
use crate::types::{GroupId, Rank};
use std::sync::Arc;

impl World {
    /// A fault of the timeline, by its place there.
    pub(super) fn apply_fault(&mut self, index: usize, log: &mut Vec<Event>) {
        let compiled = Arc::clone(&self.compiled);
        let cause = Cause::Timeline(index as u32);
        let what = match &*compiled.timeline[index].fault {
            Fault::Crash(ranks) => return self.each(ranks, |world, p| world.crash(p, cause, log)),
            Fault::Recover(ranks) => {
                return self.each(ranks, |world, p| world.recover(p, cause, log));
            }
            Fault::Suspect { processes, group } => {
                return self.each(processes, |world, p| world.suspect_in(p, *group, cause, log));
            }
            Fault::Pause { processes, span } => {
                return self.each(processes, |world, p| world.pause(p, *span, cause, log));
            }
            // A list means one after the other, each with all that waited at it.
            Fault::Resume(ranks) => {
                let processes = ranks.iter().filter_map(|&rank| compiled.process(rank));
                self.resumptions
                    .extend(processes.map(|process| Resumption::Resume { process, cause }));
                return;
            }
            Fault::Partition(sides) => {
                let sides: Vec<u64> = sides.iter().map(|side| compiled.bits(side)).collect();
                self.network.cut_sides(&sides, self.now);
                EventKind::Cut
            }
            Fault::Cut(links) => {
                self.network.cut(compiled.links(links), self.now);
                EventKind::Cut
            }
            Fault::Heal(links) => {
                self.network.heal(links.as_ref().map(|links| compiled.links(links)));
                EventKind::Healed
            }
            Fault::Latency { links, latency } => {
                let links = links.as_ref().map(|links| compiled.links(links));
                self.network.set_latency(links, *latency);
                EventKind::LatencyChanged
            }
            Fault::Loss { links, rate } => {
                self.network.set_loss(links.as_ref().map(|links| compiled.links(links)), *rate);
                EventKind::LossChanged
            }
        };
        self.record(log, cause, EventSubject::default(), what, None);
    }

    /// A list means one after the other. Each may cause a round of messages: where the run stops,
    /// this stops as well.
    fn each(&mut self, ranks: &[Rank], mut act: impl FnMut(&mut Self, usize)) {
        for &rank in ranks {
            if self.is_exhausted() {
                break;
            }
            if let Some(process) = self.compiled.process(rank) {
                act(self, process);
            }
        }
    }

    /// A process suspects the leader of one group, or of each of its groups in turn.
    fn suspect_in(
        &mut self,
        process: usize,
        group: Option<GroupId>,
        cause: Cause,
        log: &mut Vec<Event>,
    ) {
        let compiled = Arc::clone(&self.compiled);
        let all = compiled.members_of(self.processes[process].rank());
        for member in all.filter(|&m| group.is_none_or(|group| compiled.members[m].0 == group)) {
            if self.is_exhausted() {
                break;
            }
            self.dispatch(Scheduled::Suspicion { member, cause }, log);
        }
    }

    /// Volatile state and timers vanish, and so does what waited for a paused process. A crash does
    /// not touch messages: what it had sent is on the wire and no longer its own.
    fn crash(&mut self, process: usize, cause: Cause, log: &mut Vec<Event>) {
        if matches!(self.processes[process].status, Status::Crashed { .. }) {
            return;
        }
        let led = self.leads_anything(process);
        let pause = self.processes[process].pause.take();
        self.processes[process].status = Status::Crashed { since: self.now };
        self.processes[process].crashes += 1;
        let rank = self.processes[process].rank();
        let crashed =
            self.record(log, cause, EventSubject::process(rank), EventKind::Crashed { led }, None);

        let compiled = Arc::clone(&self.compiled);
        for member in compiled.members_of(rank) {
            let part = &mut self.members[member];
            for set in part.timers.iter_mut().filter_map(Option::take) {
                set.entry.map(|entry| self.queue.take(entry));
            }
            part.member = part.member.crashed(&compiled.scenario().algorithm);
        }
        let Some(pause) = pause else { return };
        self.queue.take(pause.ends);
        self.held -= pause.waiting.len();
        for waiting in pause.waiting {
            if self.is_exhausted() {
                break;
            }
            if let Scheduled::Arrival(arrival) = waiting {
                let subject = EventSubject::message(arrival.name, rank);
                let lost = EventKind::Lost(LossReason::Crashed);
                self.record(log, Cause::Event(crashed), subject, lost, None);
            }
        }
    }

    fn recover(&mut self, process: usize, cause: Cause, log: &mut Vec<Event>) {
        if !matches!(self.processes[process].status, Status::Crashed { .. }) {
            return;
        }
        self.processes[process].status = Status::Running;
        let rank = self.processes[process].rank();
        let recovered =
            self.record(log, cause, EventSubject::process(rank), EventKind::Recovered, None);
        let compiled = Arc::clone(&self.compiled);
        for member in compiled.members_of(rank) {
            if self.is_exhausted() {
                break;
            }
            self.boot(member, Cause::Event(recovered), log);
        }
    }

    fn pause(&mut self, process: usize, span: Duration, cause: Cause, log: &mut Vec<Event>) {
        let until = self.now + span;
        let since = match self.processes[process].status {
            Status::Crashed { .. } => return,
            Status::Paused { until: already, .. } if until <= already => return,
            Status::Paused { since, .. } => since,
            Status::Running => self.now,
        };
        let rank = self.processes[process].rank();
        let what = EventKind::Paused { until, led: self.leads_anything(process) };
        let paused = self.record(log, cause, EventSubject::process(rank), what, None);
        let cause = Cause::Event(paused);
        let ends = self.queue.schedule(until, Scheduled::PauseEnds { process, cause });
        let target = &mut self.processes[process];
        target.status = Status::Paused { since, until };
        match &mut target.pause {
            None => target.pause = Some(Pause { ends, waiting: Vec::new() }),
            Some(pause) => {
                let replaced = std::mem::replace(&mut pause.ends, ends);
                self.queue.take(replaced);
            }
        }
    }

    /// The next of what a pause that is over leads to.
    pub(super) fn apply_resumption(&mut self, resumption: Resumption, log: &mut Vec<Event>) {
        match resumption {
            Resumption::Resume { process, cause } => self.resume(process, cause, log),
            Resumption::Input(due) => self.handle_scheduled(due, log),
        }
    }

    /// A pause ends, and what waited happens in one go: before all else, but an input a step, since
    /// each may cause a round of messages.
    pub(super) fn resume(&mut self, process: usize, cause: Cause, log: &mut Vec<Event>) {
        let Some(pause) = self.processes[process].pause.take() else { return };
        self.queue.take(pause.ends);
        self.held -= pause.waiting.len();
        self.processes[process].status = Status::Running;
        let rank = self.processes[process].rank();
        let what = EventKind::Resumed { leads: self.leads_anything(process) };
        self.record(log, cause, EventSubject::process(rank), what, None);
        for due in pause.waiting.into_iter().rev() {
            self.resumptions.push_front(Resumption::Input(due));
        }
    }

    /// Whether the process runs and leads in any of its groups.
    fn leads_anything(&self, process: usize) -> bool {
        let rank = self.processes[process].rank();
        self.scenario().group_ids().any(|group| self.leads(group, rank))
    }
}
