//! The world of a run, and what happening means.
//!
//! A world is a value: cloned, it is a point to return to. `step` makes the next thing happen and
//! appends what happened; nothing else ever does. Faults are read from the timeline by a cursor,
//! everything else from the event queue; of the same instant, faults come first.

mod branch;
mod choices;
mod compiled;
mod delivery;
mod dispatch;
mod event;
mod event_queue;
mod faults;
mod network;

pub use branch::StateScope;
pub use compiled::OverrideUse;
pub use compiled::{Process, Status};
pub use event::{Cause, Event, EventId, EventKind, LossReason};

use crate::choice::{MessageId, TimerId};
use crate::election::{Message, Outbox};
use crate::member::Member;
use crate::scenario::{Fault, Latency, Link, Rate, Scenario, limits};
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank, Role, TimerKind};
use compiled::CompiledScenario;
use event_queue::{EntryId, EventQueue};
use network::Network;
use std::collections::VecDeque;
use std::sync::Arc;

/// The simulated processes and network at an instant. `step` is the only thing that changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    compiled: Arc<CompiledScenario>,
    now: Time,
    /// How much of the timeline has happened.
    next_fault: usize,
    queue: EventQueue<Scheduled>,
    processes: Vec<Process>,
    members: Vec<MemberState>,
    network: Network,
    /// What became of each override.
    used: Vec<OverrideUse>,
    /// What must happen at this instant before anything else.
    resumptions: VecDeque<Resumption>,
    /// How many inputs wait at paused processes.
    held: usize,
    /// How many events have happened.
    events: u32,
    /// Empty between two steps; kept for its allocation.
    outbox: Outbox,
}

/// A process's part in one group: what it thinks, and what the world keeps for it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MemberState {
    member: Member,
    timers: [Option<RunningTimer>; TimerKind::ALL.len()],
    /// How often each timer was set so far.
    settings: [u32; TimerKind::ALL.len()],
    /// How many messages it sent to each member, a column for each kind that the algorithm sends; empty until it
    /// sends the first.
    sent: Vec<u32>,
}

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RunningTimer {
    nth: u32,
    since: Time,
    due: Time,
    /// None once it ran out at a paused process: it runs on until its turn comes.
    entry: Option<EntryId>,
}

/// What the event queue holds, and what waits at a paused process.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Scheduled {
    Boot { member: usize },
    Suspicion { member: usize, cause: Cause },
    Timer { name: TimerId, cause: Cause },
    Arrival(Arrival),
    PauseEnds { process: usize, cause: Cause },
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Arrival {
    name: MessageId,
    message: Message,
    sent: Time,
    cause: EventId,
}

/// What a pause that is over leads to: what waited happens in one go, an input a step.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Resumption {
    Resume { process: usize, cause: Cause },
    Input(Scheduled),
}

/// Why a run stops before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// As many events have happened as a run may have.
    Events,
    /// As many messages are in flight as there may be.
    InFlight,
}

impl StopReason {
    /// As the report calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "event limit",
            Self::InFlight => "message limit",
        }
    }
}

/// A message on its way.
#[derive(Clone, Copy, Debug)]
pub struct MessageInFlight<'a> {
    /// Its id.
    pub name: MessageId,
    /// Its content.
    pub message: &'a Message,
    /// When it was sent.
    pub sent: Time,
    /// When it arrives, unless it is lost.
    pub due: Time,
}

/// A timer that runs: it was set at `since` and runs out at `due`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PendingTimer {
    /// Its id.
    pub name: TimerId,
    /// When it was set.
    pub since: Time,
    /// When it expires.
    pub due: Time,
}

impl World {
    /// The world before anything happens.
    pub fn new(scenario: Scenario) -> Self {
        let compiled = Arc::new(CompiledScenario::new(scenario));
        let scenario = compiled.scenario();
        let members = (0..compiled.members.len()).map(|number| {
            let context = compiled.context(number, Time::ZERO);
            let (group, _) = compiled.members[number];
            MemberState::new(match scenario.group(group).leader {
                Some(leader) => Member::following(&context, scenario.quorum, leader),
                None => Member::blank(&context, scenario.quorum),
            })
        });
        let mut world = Self {
            now: Time::ZERO,
            next_fault: 0,
            queue: EventQueue::default(),
            processes: scenario.ranks.iter().map(|&rank| Process::new(rank)).collect(),
            members: members.collect(),
            network: Network::new(&scenario.network, scenario.ranks.len(), |link| {
                compiled.wire(link)
            }),
            used: vec![OverrideUse::NotYet; scenario.overrides.len()],
            resumptions: VecDeque::new(),
            held: 0,
            events: 0,
            outbox: Outbox::default(),
            compiled: Arc::clone(&compiled),
        };
        (0..compiled.members.len()).for_each(|member| world.start(member));
        world
    }

    /// When the next thing happens; never, where nothing is left or a limit is reached.
    pub fn next(&self) -> Option<Time> {
        if self.is_exhausted() {
            return None;
        }
        if !self.resumptions.is_empty() {
            return Some(self.now);
        }
        let fault = self.compiled.timeline.get(self.next_fault).map(|scheduled| scheduled.at);
        match (fault, self.queue.next()) {
            (Some(fault), Some(due)) => Some(fault.min(due)),
            (fault, due) => fault.or(due),
        }
    }

    /// Makes the next thing happen. One step can have any number of events, or none.
    pub fn step(&mut self, log: &mut Vec<Event>) {
        if let Some(resumption) = self.resumptions.pop_front() {
            return self.apply_resumption(resumption, log);
        }
        let due = self.queue.next().unwrap_or(Time::NEVER);
        match self.compiled.timeline.get(self.next_fault) {
            Some(scheduled) if scheduled.at <= due => {
                self.now = scheduled.at;
                self.next_fault += 1;
                self.apply_fault(self.next_fault - 1, log);
            }
            _ => {
                if let Some((at, due)) = self.queue.take_earliest() {
                    self.now = at;
                    self.dispatch(due, log);
                }
            }
        }
    }

    /// Everything up to and at `time` happens, and then time passes until it.
    pub fn play(&mut self, time: Time, log: &mut Vec<Event>) {
        while self.next().is_some_and(|next| next <= time) {
            self.step(log);
        }
        self.now = self.now.max(time);
    }

    /// Whether both are worlds of one run: a world of another scenario cannot be played on in it.
    pub fn is_of_one_run_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.compiled, &other.compiled)
    }

    /// The limit that is reached, if one is. Nothing happens any more.
    pub fn stop_reason(&self) -> Option<StopReason> {
        if u64::from(self.events) >= limits::MOST_EVENTS {
            return Some(StopReason::Events);
        }
        (self.pending() >= limits::MOST_IN_FLIGHT).then_some(StopReason::InFlight)
    }

    /// Whether a limit is reached. Nothing happens any more.
    pub fn is_exhausted(&self) -> bool {
        self.stop_reason().is_some()
    }

    /// How many messages are in flight, timers run and inputs wait at paused processes.
    pub fn pending(&self) -> usize {
        self.queue.len() + self.held + self.resumptions.len()
    }

    /// About how much memory the world takes, in bytes: what a checkpoint costs.
    pub fn weight(&self) -> usize {
        let sent = self.members.iter().map(|part| part.sent.capacity() * size_of::<u32>());
        size_of::<Self>()
            + self.queue.weight()
            + self.members.len() * size_of::<MemberState>()
            + self.processes.len() * size_of::<Process>()
            + self.network.weight()
            + self.used.len() * size_of::<OverrideUse>()
            + sent.sum::<usize>()
            + (self.held + self.resumptions.len()) * size_of::<Resumption>()
    }

    /// The instant of the last event.
    pub fn now(&self) -> Time {
        self.now
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        self.compiled.scenario()
    }

    /// The same for a picture that keeps it.
    pub fn shared_scenario(&self) -> Arc<Scenario> {
        self.compiled.scenario().clone()
    }

    /// How many events have happened.
    pub fn events(&self) -> u32 {
        self.events
    }

    /// In ascending order of rank.
    pub fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// The process of this rank.
    pub fn process(&self, rank: Rank) -> Option<&Process> {
        self.compiled.process(rank).map(|place| &self.processes[place])
    }

    /// What a process believes in a group; nothing where it is no member.
    pub fn member(&self, group: GroupId, rank: Rank) -> Option<&Member> {
        self.compiled.member(group, rank).map(|member| &self.members[member].member)
    }

    /// Whether the member leads: its process runs, and it believes itself leader.
    pub fn leads(&self, group: GroupId, rank: Rank) -> bool {
        let runs = self.process(rank).is_some_and(Process::is_running);
        runs && self.member(group, rank).is_some_and(|m| m.role(rank) == Role::Leads)
    }

    /// Messages on their way; not those that wait at a paused process.
    pub fn in_flight(&self) -> impl Iterator<Item = MessageInFlight<'_>> {
        self.queue.iter().filter_map(|(due, content)| {
            let Scheduled::Arrival(Arrival { name, message, sent, .. }) = content else {
                return None;
            };
            Some(MessageInFlight { name: *name, message, sent: *sent, due })
        })
    }

    /// The timers that a member has running.
    pub fn timers(&self, group: GroupId, rank: Rank) -> impl Iterator<Item = PendingTimer> + '_ {
        let part = self.compiled.member(group, rank).map(|member| &self.members[member]);
        TimerKind::ALL.into_iter().filter_map(move |timer| {
            let RunningTimer { nth, since, due, .. } = part?.timers[timer as usize]?;
            Some(PendingTimer { name: TimerId { group, timer, of: rank, nth }, since, due })
        })
    }

    /// Whether messages on the link are lost.
    pub fn is_cut(&self, link: Link) -> bool {
        self.compiled.wire(link).is_some_and(|(from, to)| self.network.is_cut(from, to))
    }

    /// Of each sender, by its place among the processes, a bit for each receiver that it is cut from.
    pub fn cuts(&self) -> &[u64] {
        self.network.cuts()
    }

    /// The latency of messages that are sent on the link now.
    pub fn latency(&self, link: Link) -> Latency {
        let wire = self.compiled.wire(link);
        wire.map_or(self.default_latency(), |(from, to)| self.network.latency(from, to))
    }

    /// Of the links that have none of their own.
    pub fn default_latency(&self) -> Latency {
        self.network.default_latency()
    }

    /// Of the links that have none of their own.
    pub fn default_loss(&self) -> Rate {
        self.network.default_loss()
    }

    /// The loss rate of messages that are sent on the link now.
    pub fn loss(&self, link: Link) -> Rate {
        let wire = self.compiled.wire(link);
        wire.map_or(self.default_loss(), |(from, to)| self.network.loss(from, to))
    }

    /// Since when the network has not been whole, and how many messages that has stopped since.
    pub fn split(&self) -> Option<(Time, u32)> {
        self.network.split()
    }

    /// How many messages of a kind a group has sent.
    pub fn sent(&self, group: GroupId, kind: MessageKind) -> u32 {
        let members = self.compiled.scenario().group(group).members.iter();
        let parts = members.filter_map(|&rank| self.compiled.member(group, rank));
        let (column, columns) = self.compiled.column(kind);
        let Some(column) = column else { return 0 };
        let of = |member: usize| self.members[member].sent.iter().skip(column).step_by(columns);
        parts.flat_map(of).sum()
    }

    /// The fault that a cause on the timeline stands for.
    pub fn fault(&self, cause: Cause) -> Option<&Fault> {
        match cause {
            Cause::Timeline(index) => {
                self.compiled.timeline.get(index as usize).map(|scheduled| &*scheduled.fault)
            }
            Cause::Start | Cause::Event(_) => None,
        }
    }

    /// What became of each override, in the order of the scenario.
    pub fn override_uses(&self) -> &[OverrideUse] {
        &self.used
    }
}

impl MemberState {
    fn new(member: Member) -> Self {
        Self {
            member,
            timers: [None; TimerKind::ALL.len()],
            settings: [0; TimerKind::ALL.len()],
            sent: Vec::new(),
        }
    }
}
