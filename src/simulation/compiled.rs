//! A scenario prepared for simulation: the timeline expanded, overrides indexed by choice, members
//! numbered. All worlds of a run share one.

use super::Scheduled;
use super::event_queue::EntryId;
use crate::choice::ChoiceId;
use crate::election::Context;
use crate::member::Detector;
use crate::scenario::{Fault, Link, Links, MessageOverride, Override, Scenario, ScheduledFault};
use crate::time::{Duration, Time};
use crate::types::{self, GroupId, MessageKind, Rank};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CompiledScenario {
    scenario: Arc<Scenario>,
    pub timeline: Vec<ScheduledFault>,
    overrides: BTreeMap<ChoiceId, Fixed>,
    /// The number of each group's first member.
    first: Vec<usize>,
    /// Of every member, by number: its group and its rank.
    pub members: Vec<(GroupId, Rank)>,
    /// Of each kind of message its column among the counts, and how many columns there are.
    columns: ([Option<u8>; MessageKind::ALL.len()], usize),
}

/// What overrides decide of one choice, each with its place in the scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fixed {
    pub fate: Option<(usize, MessageOverride)>,
    pub duplicated: Option<usize>,
    pub fires: Option<(usize, Time)>,
}

impl Fixed {
    fn add(&mut self, index: usize, edit: &Override) {
        match *edit {
            Override::Message { fate: MessageOverride::Duplicated, .. } => {
                self.duplicated = Some(index);
            }
            Override::Message { fate, .. } => self.fate = Some((index, fate)),
            Override::Timer { fires, .. } => self.fires = Some((index, fires)),
        }
    }
}

/// What became of an override.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverrideUse {
    /// The choice that it names has not come up.
    NotYet,
    /// It set the outcome of its choice.
    Applied,
    /// The message was sent, or the timer set, after the instant that the override names.
    TooLate {
        /// When it was sent or set.
        made: Time,
    },
    /// The link was cut when the message was sent.
    StoppedByCut {
        /// When it was sent.
        sent: Time,
    },
}

impl CompiledScenario {
    pub(crate) fn new(scenario: Scenario) -> Self {
        let mut first = Vec::new();
        let mut members = Vec::new();
        for (group, id) in scenario.groups.iter().zip(scenario.group_ids()) {
            first.push(members.len());
            members.extend(group.members.iter().map(|&rank| (id, rank)));
        }
        let mut overrides: BTreeMap<_, Fixed> = BTreeMap::new();
        for (index, edit) in scenario.overrides.iter().enumerate() {
            overrides.entry(edit.choice()).or_default().add(index, edit);
        }
        let mut columns = ([None; MessageKind::ALL.len()], 0);
        for kind in scenario.message_kinds() {
            columns.0[kind as usize] = Some(columns.1 as u8);
            columns.1 += 1;
        }
        Self {
            timeline: scenario.scheduled_faults(),
            scenario: Arc::new(scenario),
            overrides,
            first,
            members,
            columns,
        }
    }

    /// The same with faults and overrides added behind those that there are; `known` overrides precede them.
    pub(crate) fn with(
        &self,
        faults: &[(Time, Fault)],
        overrides: &[Override],
        known: usize,
    ) -> Self {
        let mut next = self.clone();
        for (at, fault) in faults {
            let place = next.timeline.partition_point(|scheduled| scheduled.at <= *at);
            let entry = self.scenario.timeline.len();
            let fault = Arc::new(fault.clone());
            next.timeline.insert(place, ScheduledFault { at: *at, entry, fault });
        }
        for (index, edit) in overrides.iter().enumerate() {
            next.overrides.entry(edit.choice()).or_default().add(known + index, edit);
        }
        next
    }

    /// The faults from a place of the timeline on that are not of the scenario.
    pub(crate) fn added(&self, from: usize) -> impl Iterator<Item = &ScheduledFault> {
        let own = self.scenario.timeline.len();
        self.timeline[from..].iter().filter(move |scheduled| scheduled.entry >= own)
    }

    /// The column of a kind among the counts of sent messages, none where the algorithm does not send it; and the
    /// number of columns.
    #[inline(always)]
    pub(crate) fn column(&self, kind: MessageKind) -> (Option<usize>, usize) {
        let (places, count) = &self.columns;
        (places[kind as usize].map(usize::from), *count)
    }

    pub(crate) fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    pub(crate) fn seed(&self) -> u64 {
        self.scenario.seed
    }

    pub(crate) fn fixed(&self, choice: &ChoiceId) -> Option<&Fixed> {
        if self.overrides.is_empty() { None } else { self.overrides.get(choice) }
    }

    /// The place of a process among the processes.
    pub(crate) fn process(&self, rank: Rank) -> Option<usize> {
        types::place(&self.scenario.ranks, rank)
    }

    /// Processes as bits by their places.
    pub(crate) fn bits(&self, ranks: &[Rank]) -> u64 {
        let places = ranks.iter().filter_map(|&rank| self.process(rank));
        places.fold(0, |bits, place| bits | 1 << place)
    }

    pub(crate) fn links(&self, Links { from, to, both }: &Links) -> DirectedLinks {
        DirectedLinks { from: self.bits(from), to: self.bits(to), both: *both }
    }

    /// The places of a link's processes.
    pub(crate) fn wire(&self, link: Link) -> Option<(usize, usize)> {
        Some((self.process(link.from)?, self.process(link.to)?))
    }

    /// The number of a member.
    #[inline(always)]
    pub(crate) fn member(&self, group: GroupId, rank: Rank) -> Option<usize> {
        let members = &self.scenario.groups.get(group.index())?.members;
        types::place(members, rank).map(|place| self.first[group.index()] + place)
    }

    /// The numbers of a process's members, in the order of the groups.
    pub(crate) fn members_of(&self, rank: Rank) -> impl Iterator<Item = usize> + use<'_> {
        self.scenario.group_ids().filter_map(move |group| self.member(group, rank))
    }

    /// A receiver's place among the members of a group.
    pub(crate) fn place(&self, group: GroupId, rank: Rank) -> usize {
        let members = &self.scenario.group(group).members;
        types::place(members, rank).unwrap_or_default()
    }

    #[inline(always)]
    pub(crate) fn context(&self, member: usize, now: Time) -> Context<'_> {
        let (group, me) = self.members[member];
        let (every, timeout) = match self.scenario.detector_of(me) {
            Detector::Scripted => (Duration::ZERO, Duration::ZERO),
            Detector::Heartbeat { every, timeout } => (every, timeout),
        };
        let lease = match self.scenario.detector {
            Detector::Scripted => Duration::ZERO,
            Detector::Heartbeat { timeout, .. } => timeout,
        };
        Context {
            me,
            members: &self.scenario.group(group).members,
            timeouts: self.scenario.timeouts,
            algorithm: &self.scenario.algorithm,
            every,
            timeout,
            lease,
            preemption: self.scenario.preemption,
            now,
        }
    }
}

/// A process at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    rank: Rank,
    pub(super) status: Status,
    pub(super) crashes: u32,
    pub(super) pause: Option<Pause>,
}

/// Whether a process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the fields describe them")]
pub enum Status {
    /// It runs.
    Running,
    Paused {
        since: Time,
        until: Time,
    },
    Crashed {
        since: Time,
    },
}

/// What a pause holds back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pause {
    pub ends: EntryId,
    /// What fell due meanwhile, in its order.
    pub waiting: Vec<Scheduled>,
}

impl Process {
    pub(super) fn new(rank: Rank) -> Self {
        Self { rank, status: Status::Running, crashes: 0, pause: None }
    }

    /// Its rank.
    pub fn rank(&self) -> Rank {
        self.rank
    }

    /// Whether it runs, and since when not.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Whether it is neither crashed nor paused.
    pub fn is_running(&self) -> bool {
        self.status == Status::Running
    }

    /// How often it has crashed so far.
    pub fn crashes(&self) -> u32 {
        self.crashes
    }
}

/// Directed links by the places of their processes: from each to each, a bit a process.
#[derive(Clone, Copy, Debug)]
pub(super) struct DirectedLinks {
    pub from: u64,
    pub to: u64,
    pub both: bool,
}

impl DirectedLinks {
    /// The receivers of each sender, by the sender's place; no process is its own.
    pub(crate) fn each(self, processes: usize) -> impl Iterator<Item = (usize, u64)> {
        (0..processes).map(move |place| {
            let there = if self.from & (1 << place) != 0 { self.to } else { 0 };
            let back = if self.both && self.to & (1 << place) != 0 { self.from } else { 0 };
            (place, (there | back) & !(1 << place))
        })
    }
}
