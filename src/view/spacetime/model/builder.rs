//! Builds the model of a diagram from the events of a window, or from the index if there are too many.

use super::{
    BusySpan, DiagramLane, DiagramMessage, DiagramModel, FaultMark, FaultMarkKind, RailSpan,
    TimerEnd, members,
};
use crate::choice::{ChoiceId, MessageId};
use crate::report::Span;
use crate::run::{Pose, PoseChange, Run};
use crate::scenario::{FaultKind, ScheduledFault, limits};
use crate::simulation::{Cause, Event, EventKind, LossReason, Process, Status, World};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{self, GroupId, Rank, TimerKind};
use crate::view::spacetime::cuts::{self, CutSpan};
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub(crate) fn read(run: &Run, groups: &[GroupId], from: Time, to: Time) -> DiagramModel {
    // The events at `from` itself are read below.
    let before = match from {
        Time::ZERO => World::new(run.scenario().clone()),
        _ => run.at(from - Duration::us(1)),
    };
    let scheduled_faults = run.scenario().scheduled_faults();
    let mut reader = ModelBuilder::new(&before, groups, from, &scheduled_faults);
    let mut steps = run.steps(from, to);
    while let Some(step) = steps.next() {
        for event in step.iter().filter(|event| event.at >= from) {
            reader.note(event, steps.world());
        }
    }
    reader.finish(to)
}

struct ModelBuilder<'a> {
    ranks: Vec<Rank>,
    scheduled_faults: &'a [ScheduledFault],
    record: DiagramModel,
    /// The indices in `record.mail` of the messages that may still arrive.
    open: BTreeMap<MessageId, usize>,
    /// The line of the timeline that began the pause of each process.
    pauses: BTreeMap<Rank, Option<usize>>,
    /// For each sender, by its index among the processes, a bit for each receiver.
    cut: Vec<u64>,
    cut_since: (Time, Option<usize>),
}

impl<'a> ModelBuilder<'a> {
    fn new(
        world: &World,
        groups: &[GroupId],
        from: Time,
        scheduled_faults: &'a [ScheduledFault],
    ) -> Self {
        let lanes = members(world.scenario(), groups).map(|rank| {
            let own = groups.iter().filter(|&&group| world.member(group, rank).is_some());
            let rails = own.map(|&group| {
                let first = Span { from, to: from, value: Pose::of(world, group, rank) };
                let term = world.member(group, rank).and_then(|member| member.election().term());
                let term = term.map(|value| Span { from, to: from, value });
                RailSpan { group, spans: vec![first], terms: term.into_iter().collect() }
            });
            DiagramLane { rank, rails: rails.collect(), busy: Vec::new() }
        });
        let mut reader = Self {
            ranks: world.scenario().ranks.clone(),
            scheduled_faults,
            record: DiagramModel {
                from,
                groups: groups.to_vec(),
                lanes: lanes.collect(),
                ..DiagramModel::default()
            },
            open: BTreeMap::new(),
            pauses: BTreeMap::new(),
            cut: world.cuts().to_vec(),
            cut_since: (from, None),
        };
        reader.pauses = sort::gather(world.processes().iter().filter_map(|p| reader.pause_of(p)));
        let mut flights: Vec<_> =
            world.in_flight().filter(|f| groups.contains(&f.name.group)).collect();
        if flights.len() > limits::MOST_DRAWN {
            sort::sort_by_key(&mut flights, |flight| {
                let is_heartbeat = flight.name.kind.is_routine();
                (is_heartbeat, Reverse(flight.sent), flight.name)
            });
            reader.record.left_out = flights.len() - limits::MOST_DRAWN;
            flights.truncate(limits::MOST_DRAWN);
        }
        sort::sort_by_key(&mut flights, |flight| (flight.sent, flight.name));
        for flight in flights {
            let names = flight.message.names(flight.name.from, flight.name.to);
            reader.send((flight.name, names), flight.sent, flight.due, None);
        }
        reader
    }

    /// The line of the timeline that began a pause before the window.
    fn pause_of(&self, process: &Process) -> Option<(Rank, Option<usize>)> {
        let Status::Paused { since, .. } = process.status() else { return None };
        let rank = process.rank();
        let asks = |scheduled: &&ScheduledFault| {
            let fault = &scheduled.fault;
            scheduled.at == since
                && fault.kind() == FaultKind::Pause
                && fault.arguments().processes.contains(&rank)
        };
        Some((rank, self.scheduled_faults.iter().find(asks).map(|scheduled| scheduled.entry)))
    }

    fn note(&mut self, event: &Event, world: &World) {
        if event.group.is_some_and(|group| !self.record.groups.contains(&group)) {
            return;
        }
        if let Some(ChoiceId::Message(name)) = event.choice {
            self.note_message(event, name);
        }
        if let (EventKind::TimedOut { set }, Some(ChoiceId::Timer(name))) =
            (event.what, event.choice)
            && matches!(name.timer, TimerKind::Alive | TimerKind::Elected)
        {
            self.record.timers.push(TimerEnd { name, set, at: event.at });
        }
        self.note_mark(event, world);
        let Some(lane) = event.rank.and_then(|rank| self.record.lane(rank)) else { return };
        // A process crashes and pauses in all of its groups.
        let rails = self.record.lanes[lane].rails.iter_mut();
        for RailSpan { spans, terms, .. } in
            rails.filter(|rail| event.group.is_none_or(|group| group == rail.group))
        {
            change(spans, event.at, |pose| pose.after(event.what));
            change(terms, event.at, |term| event.term.unwrap_or(term));
        }
    }

    fn note_message(&mut self, event: &Event, name: MessageId) {
        match event.what {
            EventKind::Sent { due, names } | EventKind::Duplicated { due, names } => {
                self.send((name, names), event.at, due, Some(event.id));
                self.busy(name.from, event.at);
            }
            EventKind::Received => {
                self.busy(name.to, event.at);
                self.end(event, name, None);
            }
            EventKind::Lost(why) => self.end(event, name, Some(why)),
            EventKind::Crashed { .. }
            | EventKind::Recovered
            | EventKind::Paused { .. }
            | EventKind::Resumed { .. }
            | EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::Booted
            | EventKind::Suspected
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::StartedElection
            | EventKind::Became(_)
            | EventKind::Held => {}
        }
    }

    fn send(
        &mut self,
        (name, names): (MessageId, Option<Rank>),
        sent: Time,
        due: Time,
        event: Option<u32>,
    ) {
        self.open.insert(name, self.record.mail.len());
        let mail = DiagramMessage { name, names, sent, due, lost: None, events: [event, None] };
        self.record.mail.push(mail);
    }

    fn end(&mut self, event: &Event, name: MessageId, lost: Option<LossReason>) {
        if let Some(place) = self.open.remove(&name) {
            let mail = &mut self.record.mail[place];
            mail.lost = lost;
            mail.events[1] = Some(event.id);
        }
    }

    fn busy(&mut self, rank: Rank, at: Time) {
        if let Some(lane) = self.record.lane(rank) {
            self.record.lanes[lane].busy.push(BusySpan { from: at, to: at, count: 1 });
        }
    }

    fn note_mark(&mut self, event: &Event, world: &World) {
        let mut entry = self.entry(event.cause);
        let what = match event.what {
            EventKind::Crashed { .. } => FaultMarkKind::Crash,
            EventKind::Recovered => FaultMarkKind::Recovery,
            EventKind::Suspected => FaultMarkKind::Suspicion,
            EventKind::Paused { .. } => {
                self.pauses.extend(event.rank.map(|rank| (rank, entry)));
                FaultMarkKind::Pause
            }
            EventKind::Resumed { .. } if entry.is_some() => FaultMarkKind::Resumption,
            EventKind::Resumed { .. } => {
                entry = event.rank.and_then(|rank| self.pauses.get(&rank).copied()).flatten();
                FaultMarkKind::PauseEnd
            }
            EventKind::Cut => FaultMarkKind::Cut,
            EventKind::Healed => FaultMarkKind::Heal,
            EventKind::LatencyChanged => FaultMarkKind::Slower,
            EventKind::LossChanged => FaultMarkKind::Lossier,
            EventKind::Booted
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::Received
            | EventKind::StartedElection
            | EventKind::Became(_)
            | EventKind::Sent { .. }
            | EventKind::Duplicated { .. }
            | EventKind::Lost(_)
            | EventKind::Held => return,
        };
        if matches!(what, FaultMarkKind::Cut | FaultMarkKind::Heal) {
            self.close_cut(event.at);
            self.cut_since = (event.at, entry);
            self.cut = world.cuts().to_vec();
        }
        let (at, rank, event) = (event.at, event.rank, event.id);
        self.record.marks.push(FaultMark { at, rank, what, entry, event });
    }

    fn entry(&self, cause: Cause) -> Option<usize> {
        match cause {
            Cause::Timeline(index) => self.scheduled_faults.get(index as usize).map(|b| b.entry),
            Cause::Start | Cause::Event(_) => None,
        }
    }

    fn close_cut(&mut self, to: Time) {
        let (from, entry) = self.cut_since;
        if self.cut.iter().all(|&cut| cut == 0) || from >= to {
            return;
        }
        let lanes = self.record.lanes.iter();
        let lanes: Vec<usize> =
            lanes.filter_map(|lane| types::place(&self.ranks, lane.rank)).collect();
        let (partitions, sides) = cuts::sides(&lanes, &self.cut);
        self.record.cuts.push(CutSpan { from, to, partitions, sides, entry });
    }

    fn finish(mut self, to: Time) -> DiagramModel {
        self.close_cut(to);
        for rail in self.record.lanes.iter_mut().flat_map(|lane| &mut lane.rails) {
            end(&mut rail.spans, to);
            end(&mut rail.terms, to);
        }
        self.record.to = to;
        self.record
    }
}

/// The value changes at an instant, if it does.
fn change<T: Copy + PartialEq>(spans: &mut Vec<Span<T>>, at: Time, next: impl FnOnce(T) -> T) {
    let Some(last) = spans.last_mut() else { return };
    let value = next(last.value);
    if value != last.value {
        last.to = at;
        spans.push(Span { from: at, to: at, value });
    }
}

/// The last value lasts to an instant; those of no length are left out.
fn end<T>(spans: &mut Vec<Span<T>>, to: Time) {
    if let Some(last) = spans.last_mut() {
        last.to = to;
    }
    spans.retain(|span| span.from < span.to);
}

pub(crate) fn summary(run: &Run, groups: &[GroupId], from: Time, to: Time) -> DiagramModel {
    let lanes = members(run.scenario(), groups).map(|rank| lane(run, groups, rank, from, to));
    let (lanes, groups) = (lanes.collect(), groups.to_vec());
    DiagramModel { from, to, groups, lanes, is_summary: true, ..DiagramModel::default() }
}

fn lane(run: &Run, groups: &[GroupId], rank: Rank, from: Time, to: Time) -> DiagramLane {
    let index = run.index();
    let (first, last) = (index.stretch(from), index.stretch(to));
    let activity = index.activity(rank).get(first..=last).unwrap_or_default();
    let busy = (first..).zip(activity).filter(|(_, count)| **count > 0).map(|(bucket, &count)| {
        let (from, to) = (index.start_of(bucket), index.start_of(bucket + 1));
        BusySpan { from, to, count: u32::from(count) }
    });
    let turns = groups.iter().map(|&group| (group, index.pose_changes(group, rank)));
    let rails = turns.filter(|(_, turns)| !turns.is_empty()).map(|(group, turns)| RailSpan {
        group,
        spans: spans(run, turns, from, to),
        terms: Vec::new(),
    });
    DiagramLane { rank, rails: rails.collect(), busy: busy.collect() }
}

fn spans(run: &Run, turns: &[PoseChange], from: Time, to: Time) -> Vec<Span<Pose>> {
    let start = |turn: &PoseChange| run.index().start_of(usize::from(turn.bucket));
    let first = turns.partition_point(|turn| start(turn) <= from).saturating_sub(1);
    let mut spans = Vec::new();
    for (place, turn) in turns.iter().enumerate().skip(first) {
        let begin = start(turn).max(from);
        let end = turns.get(place + 1).map_or(to, start).min(to);
        if begin >= to {
            break;
        }
        spans.push(Span { from: begin, to: end, value: turn.pose });
    }
    spans
}
