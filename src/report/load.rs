//! The load of groups: the processes that serve requests, and how many requests wait or are lost.
//!
//! Load decides nothing in an election, so it is computed from the leader intervals and from crashes and
//! pauses. Requests are a fluid in whole millionths of a request: one request a second is one millionth in
//! a microsecond, so nothing is rounded.
//!
//! - A group's requests go to its leader; of several leaders to the highest; without one the clients wait,
//!   and all that waits goes to the next leader at once.
//! - A process keeps what it has accepted, also when it no longer leads, and serves it while it runs.
//! - A paused process keeps its queue and gets no requests. It continues when the pause ends.
//! - A crash drops the queue of the process.
//! - A process that serves several groups shares its capacity among them in the ratio of their loads; what
//!   one group does not use goes to the others.

mod flow;

pub use flow::Flow;

use super::spans::Span;
use super::tally::{ProcessStop, Tally};
use crate::scenario::Scenario;
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use flow::{FlowChange, FlowChangeKind};
use serde::Serialize;

/// The largest number of kept instants; beyond it every second one is dropped, which doubles their distance.
const MOST_KNOTS: usize = 512;

/// The requests of a whole run.
#[derive(Clone, Debug)]
pub struct Load {
    /// In the order in which they happen.
    changes: Vec<FlowChange>,
    knots: Vec<FlowState>,
    peaks: Vec<Peaks>,
    /// The most that one process ever had of all groups together.
    together: u64,
    end: Time,
}

/// The state after a number of changes.
#[derive(Clone, Debug)]
struct FlowState {
    done: usize,
    flow: Flow,
}

/// The most that a group had.
#[derive(Clone, Copy, Debug, Default)]
struct Peaks {
    queue: Option<LongestQueue>,
    /// Waiting and queued, in millionths of a request.
    backlog: u64,
}

/// A group's requests over the whole run. `arrived` is the sum of the four others. All are in
/// millionths of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LoadReport {
    /// How many requests a second reach the group.
    pub per_second: u32,
    /// How many one process can serve; none: as many as come.
    pub capacity_per_second: Option<u32>,
    /// Requests that reached the group.
    pub arrived_millionths: u64,
    /// Requests that were served.
    pub served_millionths: u64,
    /// Lost with the queues of processes that crashed.
    pub dropped_millionths: u64,
    /// At the end, accepted by a process and not served yet.
    pub queued_millionths: u64,
    /// At the end, of clients that have no leader to turn to.
    pub waiting_millionths: u64,
    /// Of one process, looked at once a microsecond; none where nothing was ever queued.
    pub longest_queue: Option<LongestQueue>,
    /// How old the oldest open request has become, if the oldest is always served first: the time in
    /// which as many requests come in as ever waited or were queued at once.
    pub longest_wait_us: u64,
}

/// The longest queue of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LongestQueue {
    /// Its length, in millionths of a request.
    pub millionths: u64,
    /// The first instant at which it had this length, in microseconds since the start of the run.
    pub at_us: u64,
    /// The rank of the process.
    pub process: u16,
}

impl Load {
    /// Of a run that ends there; nothing where no group has a load.
    pub fn of(scenario: &Scenario, tally: &Tally, end: Time) -> Option<Self> {
        let loaded = |id: &GroupId| scenario.group(*id).load.is_some();
        scenario.group_ids().any(|id| loaded(&id)).then(|| {
            let mut changes = stops(tally.stops());
            for id in scenario.group_ids().filter(loaded) {
                changes.extend(heads(id, &tally.leading(id, end)));
            }
            // Stops come first: a queue is lost before another process takes the lead at that instant.
            sort::sort_by_key(&mut changes, |change| change.at);
            Self::new(Flow::new(scenario), changes, end)
        })
    }

    fn new(mut flow: Flow, changes: Vec<FlowChange>, end: Time) -> Self {
        let peaks = vec![Peaks::default(); flow.groups()];
        let mut load = Self { peaks, changes, knots: Vec::new(), together: 0, end };
        let (mut done, mut spacing) = (0, 1);
        while done < load.changes.len() {
            let at = load.changes[done].at;
            load.flow_to(at, &mut flow);
            let same = load.changes[done..].iter().take_while(|change| change.at == at);
            done += same.inspect(|change| flow.change(change.what)).count();
            load.look(&flow);
            load.keep(done, &flow, &mut spacing);
        }
        load.flow_to(end, &mut flow);
        load
    }

    /// The state after all events of an instant.
    pub fn at(&self, time: Time) -> Flow {
        let time = time.min(self.end);
        let place = self.knots.partition_point(|knot| knot.flow.now() <= time).saturating_sub(1);
        // The leaders at the start are a change at the start, so there is a knot.
        let FlowState { done, mut flow } = self.knots[place].clone();
        for change in self.changes[done..].iter().take_while(|change| change.at <= time) {
            flow.run(change.at);
            flow.change(change.what);
        }
        flow.run(time);
        flow
    }

    /// The most that was ever queued at one process, of a group or of all of them together, in
    /// millionths of a request.
    pub fn longest_queue(&self, group: Option<GroupId>) -> u64 {
        match group {
            Some(group) => self.peaks[group.index()].queue.map_or(0, |queue| queue.millionths),
            None => self.together,
        }
    }

    /// Of one group over the whole run; nothing where it has no load.
    pub fn report(&self, scenario: &Scenario, group: GroupId) -> Option<LoadReport> {
        let per_second = scenario.group(group).load?;
        let end = self.at(self.end);
        let peaks = &self.peaks[group.index()];
        Some(LoadReport {
            per_second,
            capacity_per_second: scenario.capacity,
            arrived_millionths: end.arrived(group),
            served_millionths: end.served(group),
            dropped_millionths: end.dropped(group),
            queued_millionths: end.queued(group),
            waiting_millionths: end.waiting(group),
            longest_queue: peaks.queue,
            longest_wait_us: age(peaks.backlog, per_second).as_us(),
        })
    }

    /// Lets time pass, and notes the most that there is on the way.
    fn flow_to(&mut self, time: Time, flow: &mut Flow) {
        while flow.now() < time {
            flow.run_straight(time);
            self.look(flow);
        }
    }

    fn look(&mut self, flow: &Flow) {
        self.together = self.together.max(flow.most_at_one_process());
        for (rank, group, millionths) in flow.queues() {
            let longest = &mut self.peaks[group.index()].queue;
            if millionths > longest.map_or(0, |queue| queue.millionths) {
                let (at_us, process) = (flow.now().as_us(), rank.get());
                *longest = Some(LongestQueue { millionths, at_us, process });
            }
        }
        for (place, peaks) in (0..).zip(&mut self.peaks) {
            let group = GroupId(place);
            peaks.backlog = peaks.backlog.max(flow.waiting(group) + flow.queued(group));
        }
    }

    fn keep(&mut self, done: usize, flow: &Flow, spacing: &mut usize) {
        if self.knots.last().is_some_and(|last| done - last.done < *spacing) {
            return;
        }
        if self.knots.len() >= MOST_KNOTS {
            let mut place = 0;
            self.knots.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            *spacing *= 2;
        }
        self.knots.push(FlowState { done, flow: flow.clone() });
    }
}

/// Of an amount in millionths the nearest number of requests; so parts may differ by one from their sum.
pub fn whole(millionths: u64) -> u64 {
    (millionths + 500_000) / 1_000_000
}

/// In how long so many requests, in millionths of one, come in.
pub fn age(millionths: u64, per_second: u32) -> Duration {
    Duration::us(millionths / u64::from(per_second.max(1)))
}

fn stops(stops: &[ProcessStop]) -> Vec<FlowChange> {
    stops
        .iter()
        .map(|stop| FlowChange { at: stop.at, what: FlowChangeKind::Stop(stop.rank, stop.what) })
        .collect()
}

/// The process that receives a group's requests: of several leaders, the highest.
fn heads(group: GroupId, leading: &[Span<Vec<Rank>>]) -> impl Iterator<Item = FlowChange> {
    leading.iter().map(move |span| FlowChange {
        at: span.from,
        what: FlowChangeKind::Head(group, span.value.iter().copied().max()),
    })
}

/// What one group wants of a process, in millionths of a request, and what it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapacityShare {
    /// The group's load, in requests per second.
    pub weight: u32,
    /// What the group has queued.
    pub wanted: u64,
    /// What the process serves of it.
    pub given: u64,
}

/// Distributes the available amount by weight, to each at most what it wants; the rest goes to the others.
///
/// Over a stretch in which nothing else changes this is exactly what sharing at each instant comes to:
/// a group that is idle at times wants no more than its share then, and a group that has a queue
/// throughout gets the same for its weight as any other such group. What a division leaves over, less
/// than one millionth a group, goes to the first ones, so that nothing is lost.
pub fn share(available: u64, portions: &mut [CapacityShare]) {
    let mut rest = u128::from(available);
    let mut weights: u128 = portions.iter().map(|portion| u128::from(portion.weight)).sum();
    let mut open: Vec<usize> = (0..portions.len()).collect();
    loop {
        let level = (rest, weights);
        let before = open.len();
        open.retain(|&place| {
            let portion = &mut portions[place];
            let (weight, wanted) = (u128::from(portion.weight), u128::from(portion.wanted));
            let stays = wanted * level.1 > weight * level.0;
            if !stays {
                portion.given = portion.wanted;
                rest -= wanted;
                weights -= weight;
            }
            stays
        });
        if open.len() == before {
            break;
        }
    }
    let all = rest;
    for &place in &open {
        let portion = &mut portions[place];
        let given = u128::from(portion.weight) * all / weights;
        portion.given = given as u64;
        rest -= given;
    }
    for place in open.into_iter().take(rest as usize) {
        portions[place].given += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(available: u64, wanted: &[(u32, u64)]) -> Vec<u64> {
        let portion = |&(weight, wanted): &(u32, u64)| CapacityShare { weight, wanted, given: 0 };
        let mut portions: Vec<CapacityShare> = wanted.iter().map(portion).collect();
        share(available, &mut portions);
        portions.iter().map(|portion| portion.given).collect()
    }

    #[test]
    fn what_is_there_is_shared_by_weight_and_none_gets_more_than_it_wants() {
        assert_eq!(shared(90, &[(200, 500), (100, 500)]), [60, 30]);
        assert_eq!(shared(90, &[(200, 10), (100, 500)]), [10, 80]);
        assert_eq!(shared(90, &[(200, 10), (100, 20)]), [10, 20]);
        assert_eq!(shared(0, &[(200, 10), (100, 20)]), [0, 0]);
    }

    #[test]
    fn what_a_division_leaves_over_is_given_too() {
        assert_eq!(shared(100, &[(1, 500), (1, 500), (1, 500)]), [34, 33, 33]);
        assert_eq!(shared(101, &[(1, 500), (1, 500), (1, 500)]), [34, 34, 33]);
    }
}
