//! The requests of a run at one instant, and how they flow until the next.

use super::{CapacityShare, share};
use crate::report::tally::StopKind;
use crate::scenario::Scenario;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};

/// All amounts are in millionths of a request: at most 16 million requests a second for an hour, which
/// is far below what 64 bits hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    now: Time,
    /// Of one process, in millionths a microsecond.
    capacity: Option<u32>,
    streams: Vec<Stream>,
    /// Ascending by process, then by group: where something is queued, or goes to.
    queues: Vec<Queue>,
    frozen: Vec<Rank>,
}

/// The requests of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stream {
    /// In millionths a microsecond.
    load: u32,
    /// To whom they go.
    head: Option<Rank>,
    served: u64,
    dropped: u64,
    waiting: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Queue {
    rank: Rank,
    group: GroupId,
    length: u64,
}

/// A change of where requests go, or of the processes that serve them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FlowChange {
    pub at: Time,
    pub what: FlowChangeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FlowChangeKind {
    Stop(Rank, StopKind),
    Head(GroupId, Option<Rank>),
}

/// The rate at which a process serves its queue.
#[derive(Clone, Copy, Debug)]
enum ServiceRate {
    Unlimited,
    /// What each queue gets a microsecond for its weight, as a fraction.
    ForWeight(u128, u128),
}

impl ServiceRate {
    /// What a queue of this weight gets, rounded down; nothing where there is no limit or no queue.
    fn for_weight(self, weight: u128) -> Option<u32> {
        match self {
            Self::Unlimited | Self::ForWeight(_, 0) => None,
            Self::ForWeight(most, of) => Some((weight * most / of) as u32),
        }
    }
}

impl Flow {
    /// At the start, without a leader.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let streams = scenario.groups.iter();
        let stream =
            |load: Option<u32>| Stream { load: load.unwrap_or_default(), ..Stream::default() };
        Self {
            now: Time::ZERO,
            capacity: scenario.capacity,
            streams: streams.map(|group| stream(group.load)).collect(),
            queues: Vec::new(),
            frozen: Vec::new(),
        }
    }

    /// The instant up to which it has been computed.
    pub fn now(&self) -> Time {
        self.now
    }

    pub(super) fn groups(&self) -> usize {
        self.streams.len()
    }

    /// How many requests of a group a second come to a process just now.
    pub fn coming(&self, group: GroupId, rank: Rank) -> u32 {
        let stream = &self.streams[group.index()];
        if stream.head == Some(rank) { stream.load } else { 0 }
    }

    /// What a process has of a group.
    pub fn queue(&self, group: GroupId, rank: Rank) -> u64 {
        let ours = |queue: &&Queue| (queue.rank, queue.group) == (rank, group);
        self.queues.iter().find(ours).map_or(0, |queue| queue.length)
    }

    /// How many requests of a group a second a process serves just now, rounded down.
    pub fn serving(&self, group: GroupId, rank: Rank) -> u32 {
        let mut processes = self.each_process();
        let of_one = processes.find(|queues| queues.iter().any(|queue| queue.rank == rank));
        let Some(queue) = of_one.and_then(|queues| queues.iter().find(|q| q.group == group)) else {
            return 0;
        };
        let coming = self.coming(group, rank);
        match self.pace(of_one.unwrap_or_default()) {
            None => 0,
            Some(pace) => match pace.for_weight(self.load(group)) {
                Some(served) if queue.length > 0 || served < coming => served,
                _ => coming,
            },
        }
    }

    /// Every process that has something of a group, or gets it.
    pub(super) fn queues(&self) -> impl Iterator<Item = (Rank, GroupId, u64)> + '_ {
        self.queues.iter().map(|queue| (queue.rank, queue.group, queue.length))
    }

    /// The most that one process has of all groups together.
    pub(super) fn most_at_one_process(&self) -> u64 {
        let each = self.each_process();
        each.map(|queues| queues.iter().map(|queue| queue.length).sum()).max().unwrap_or_default()
    }

    /// What all processes together have of a group.
    pub fn queued(&self, group: GroupId) -> u64 {
        let ours = self.queues.iter().filter(|queue| queue.group == group);
        ours.map(|queue| queue.length).sum()
    }

    /// Requests that wait because the group has no leader, in millionths of a request.
    pub fn waiting(&self, group: GroupId) -> u64 {
        self.streams[group.index()].waiting
    }

    /// What has been served, in millionths of a request.
    pub fn served(&self, group: GroupId) -> u64 {
        self.streams[group.index()].served
    }

    /// What crashes have dropped, in millionths of a request.
    pub fn dropped(&self, group: GroupId) -> u64 {
        self.streams[group.index()].dropped
    }

    /// What has reached the group, in millionths of a request.
    pub fn arrived(&self, group: GroupId) -> u64 {
        u64::from(self.streams[group.index()].load) * self.now.as_us()
    }

    pub(super) fn change(&mut self, what: FlowChangeKind) {
        match what {
            FlowChangeKind::Stop(rank, StopKind::Crashed) => {
                self.frozen.retain(|&other| other != rank);
                for queue in self.queues.iter_mut().filter(|queue| queue.rank == rank) {
                    self.streams[queue.group.index()].dropped += queue.length;
                    queue.length = 0;
                }
            }
            FlowChangeKind::Stop(rank, StopKind::Paused) => {
                if !self.frozen.contains(&rank) {
                    self.frozen.push(rank);
                }
            }
            FlowChangeKind::Stop(rank, StopKind::GoesOn) => {
                self.frozen.retain(|&other| other != rank)
            }
            FlowChangeKind::Head(group, head) => {
                self.streams[group.index()].head = head;
                if let Some(rank) = head {
                    self.accept(rank, group);
                }
            }
        }
        let streams = &self.streams;
        self.queues.retain(|queue| {
            queue.length > 0 || streams[queue.group.index()].head == Some(queue.rank)
        });
    }

    /// Moves waiting requests to the new leader at once.
    fn accept(&mut self, rank: Rank, group: GroupId) {
        let stream = &mut self.streams[group.index()];
        let length = std::mem::take(&mut stream.waiting);
        if self.capacity.is_none() {
            stream.served += length;
        }
        let length = if self.capacity.is_none() { 0 } else { length };
        match self.queues.binary_search_by_key(&(rank, group), |queue| (queue.rank, queue.group)) {
            Ok(place) => self.queues[place].length += length,
            Err(place) => self.queues.insert(place, Queue { rank, group, length }),
        }
    }

    /// Lets time pass, while nothing changes but that queues grow and shrink.
    pub(super) fn run(&mut self, until: Time) {
        while self.now < until {
            self.run_straight(until);
        }
    }

    /// Likewise, but no further than until a queue has just been worked off: so long everything grows
    /// and shrinks evenly.
    pub(super) fn run_straight(&mut self, until: Time) {
        let emptied = self.each_process().filter_map(|queues| self.emptied(queues)).min();
        let until = emptied.map_or(until, |after| until.min(self.now + after));
        let passed = until.since(self.now).as_us();
        for stream in self.streams.iter_mut().filter(|stream| stream.head.is_none()) {
            stream.waiting += u64::from(stream.load) * passed;
        }
        let queues = std::mem::take(&mut self.queues);
        for of_one in queues.chunk_by(|one, next| one.rank == next.rank) {
            self.serve(of_one, passed);
        }
        self.now = until;
    }

    fn each_process(&self) -> impl Iterator<Item = &[Queue]> {
        self.queues.chunk_by(|one, next| one.rank == next.rank)
    }

    fn load(&self, group: GroupId) -> u128 {
        u128::from(self.streams[group.index()].load)
    }

    /// How quickly a process works; nothing while it is frozen.
    fn pace(&self, queues: &[Queue]) -> Option<ServiceRate> {
        let rank = queues.first()?.rank;
        if self.frozen.contains(&rank) {
            return None;
        }
        let Some(capacity) = self.capacity.map(u128::from) else {
            return Some(ServiceRate::Unlimited);
        };
        let sum = |of: fn(&&Queue) -> bool| -> u128 {
            queues.iter().filter(of).map(|queue| self.load(queue.group)).sum()
        };
        let (all, queued) = (sum(|_| true), sum(|queue| queue.length > 0));
        // A process without a queue serves only what arrives; the others share the rest.
        Some(match capacity >= all {
            true => ServiceRate::ForWeight(capacity - (all - queued), queued),
            false => ServiceRate::ForWeight(capacity, all),
        })
    }

    /// In how many whole microseconds the first of a process's queues is worked off.
    fn emptied(&self, queues: &[Queue]) -> Option<Duration> {
        let ServiceRate::ForWeight(most, of) = self.pace(queues)? else { return None };
        let after = |queue: &Queue| {
            let coming = u128::from(self.coming(queue.group, queue.rank));
            let shrinks = (self.load(queue.group) * most).checked_sub(coming * of)?;
            let after = (u128::from(queue.length) * of).div_ceil(shrinks.max(1));
            (shrinks > 0).then(|| Duration::us(u64::try_from(after).unwrap_or(u64::MAX / 2)))
        };
        queues.iter().filter(|queue| queue.length > 0).filter_map(after).min()
    }

    /// What one process takes in and works off.
    fn serve(&mut self, queues: &[Queue], passed: u64) {
        let Some(&Queue { rank, .. }) = queues.first() else { return };
        let portion = |queue: &Queue| CapacityShare {
            weight: self.streams[queue.group.index()].load,
            wanted: queue.length + u64::from(self.coming(queue.group, rank)) * passed,
            given: 0,
        };
        let mut portions: Vec<CapacityShare> = queues.iter().map(portion).collect();
        if !self.frozen.contains(&rank) {
            let available = self.capacity.map_or(u64::MAX, |most| u64::from(most) * passed);
            share(available, &mut portions);
        }
        for (queue, portion) in queues.iter().zip(portions) {
            let stream = &mut self.streams[queue.group.index()];
            stream.served += portion.given;
            let length = portion.wanted - portion.given;
            if length > 0 || stream.head == Some(rank) {
                self.queues.push(Queue { length, ..*queue });
            }
        }
    }
}
