//! A run: a scenario played to its end, in slices, so that any instant of it can be looked at.
//!
//! It keeps no events, since two million of them would fill the memory. It keeps worlds at
//! intervals, and whatever is asked for is played again from the one before: with at most 256
//! checkpoints that is less than a hundredth of the run.

mod digest;
mod index;
mod pose;

pub use digest::Digest;
pub use index::{Index, Turn};
pub use pose::Pose;

use crate::clock::{Duration, Time};
use crate::report::{Done, Load, Report, Tally};
use crate::scenario::Scenario;
use crate::scenario::script::Script;
use crate::simulation::{Event, EventId, World};
use std::collections::VecDeque;

/// Checkpoints at most; then every second one goes, and from there they lie twice as far apart.
const MOST_CHECKPOINTS: usize = 256;
/// And no more than this many bytes in all checkpoints together.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Events between two checkpoints of a short run: replayed in less than a tenth of a millisecond.
const FIRST_SPACING: u32 = 512;

#[derive(Clone, Debug)]
pub struct Run {
    /// How far the run has been made.
    head: World,
    end: Time,
    is_done: bool,
    checkpoints: Vec<World>,
    spacing: u32,
    tally: Tally,
    index: Index,
    digest: digest::Hasher,
}

/// An instant of a run: the world after all that happens then, and what happened shortly before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub world: World,
    /// Oldest first, no older than the memory that was asked for.
    pub recent: VecDeque<Event>,
    /// From where on nothing is missing in `recent`.
    since: Time,
}

impl Run {
    /// A run of which nothing is made yet.
    pub fn new(scenario: Scenario) -> Self {
        let end = scenario.end();
        Self {
            end,
            is_done: false,
            checkpoints: Vec::new(),
            spacing: FIRST_SPACING,
            tally: Tally::new(&scenario),
            index: Index::new(&scenario),
            digest: digest::Hasher::default(),
            head: World::new(scenario),
        }
    }

    /// A whole run at once.
    pub fn of(scenario: Scenario) -> Self {
        let mut run = Self::new(scenario);
        while !run.advance(u32::MAX) {}
        run
    }

    /// Makes about so many events more; true once the run has come to its end.
    pub fn advance(&mut self, events: u32) -> bool {
        let stop = self.head.events().saturating_add(events);
        let mut log = Vec::new();
        while !self.is_done && self.head.events() < stop {
            match self.head.next() {
                Some(next) if next <= self.end => {
                    self.keep_checkpoint();
                    self.head.step(&mut log);
                    for event in log.drain(..) {
                        self.digest.note(&event, &self.head);
                        self.tally.note(&event);
                        self.index.note(&event);
                    }
                }
                _ => {
                    self.is_done = true;
                    self.index.finish(self.end());
                }
            }
        }
        self.is_done
    }

    pub fn is_done(&self) -> bool {
        self.is_done
    }

    pub fn scenario(&self) -> &Scenario {
        self.head.scenario()
    }

    /// Where the run ends: where the scenario says, or where it stopped.
    pub fn end(&self) -> Time {
        if self.head.is_exhausted() { self.head.now() } else { self.end }
    }

    /// Whether it stopped before its end, because too much happened.
    pub fn stopped_early(&self) -> bool {
        self.head.is_exhausted()
    }

    /// How many events it has.
    pub fn events_so_far(&self) -> u32 {
        self.head.events()
    }

    /// What happened, in 64 bits. It covers the whole run, so ask once that is done.
    pub fn digest(&self) -> Digest {
        self.digest.finish()
    }

    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// How it went; ask once it is done. The script that the scenario came from
    /// knows the lines.
    pub fn report(&self, script: &Script) -> Report {
        let done = Done { world: &self.head, tally: &self.tally, end: self.end() };
        Report::new(done, self.digest().to_string(), script)
    }

    /// What becomes of the requests that reach its groups, where they have a load; ask once it is done.
    pub fn load(&self) -> Option<Load> {
        Load::of(self.scenario(), &self.tally, self.end())
    }

    /// The world as far as the run has been made.
    pub fn head(&self) -> &World {
        &self.head
    }

    /// The world after all that happens at `time`. Nothing else travels in time.
    pub fn at(&self, time: Time) -> World {
        self.look(None, time, Duration::ZERO).world
    }

    /// An instant with what happened in the span before it. An earlier snapshot is played on where
    /// that is shorter than to begin at a checkpoint.
    pub fn look(&self, earlier: Option<Snapshot>, time: Time, memory: Duration) -> Snapshot {
        let time = time.min(self.end());
        let oldest = time - memory;
        let start = self.checkpoint(|world| world.now() < oldest);
        let mut snapshot = match earlier {
            Some(snapshot) if snapshot.can_go_on(oldest, time, start) => snapshot,
            _ => Snapshot { world: start.clone(), recent: VecDeque::new(), since: oldest },
        };
        let mut log = Vec::new();
        snapshot.world.play(time, &mut log);
        snapshot.recent.extend(log);
        while snapshot.recent.front().is_some_and(|event| event.at < oldest) {
            snapshot.recent.pop_front();
        }
        snapshot.since = oldest;
        snapshot
    }

    /// What happens from `from` to `to`, both included.
    pub fn events(&self, from: Time, to: Time) -> Vec<Event> {
        let mut world = self.checkpoint(|world| world.now() < from).clone();
        let mut log = Vec::new();
        world.play(to.min(self.end()), &mut log);
        log.retain(|event| event.at >= from);
        log
    }

    /// Everything that happens, in order and an instant at a time, so that nobody need hold all of it.
    pub fn instants(&self) -> impl Iterator<Item = Vec<Event>> + '_ {
        let mut world = self.checkpoints.first().unwrap_or(&self.head).clone();
        std::iter::from_fn(move || {
            let mut log = Vec::new();
            // What falls due may be without an event: a boot that came too late.
            while log.is_empty() {
                let next = world.next().filter(|&next| next <= self.end)?;
                world.play(next, &mut log);
            }
            Some(log)
        })
    }

    /// One event by its number.
    pub fn event(&self, id: EventId) -> Option<Event> {
        let mut world = self.checkpoint(|world| world.events() <= id).clone();
        let mut log = Vec::new();
        while world.events() <= id && world.next().is_some_and(|next| next <= self.end) {
            log.clear();
            world.step(&mut log);
        }
        log.into_iter().find(|event| event.id == id)
    }

    /// The next instant after `time` at which something happens.
    pub fn next_instant(&self, time: Time) -> Option<Time> {
        let mut world = self.at(time);
        let mut log = Vec::new();
        // A step may have no event: a boot that came too late, a beat that was cancelled.
        while log.is_empty() && world.next().is_some_and(|next| next <= self.end) {
            world.step(&mut log);
        }
        log.first().map(|event| event.at)
    }

    /// The last instant before `time` at which something happens.
    pub fn previous_instant(&self, time: Time) -> Option<Time> {
        let before = |world: &World| world.now() < time;
        let places = self.checkpoints.partition_point(before);
        // The stretch after a checkpoint may be without an event before `time`.
        (0..places.max(1)).rev().find_map(|place| {
            let mut world = self.checkpoints.get(place)?.clone();
            let (mut log, mut last) = (Vec::new(), None);
            while world.next().is_some_and(|next| next < time && next <= self.end) {
                world.step(&mut log);
                last = log.drain(..).next_back().map(|event| event.at).or(last);
            }
            last
        })
    }

    /// The last checkpoint of which this holds, or the first: it holds of all before, then of none.
    fn checkpoint(&self, holds: impl Fn(&World) -> bool) -> &World {
        let place = self.checkpoints.partition_point(holds).saturating_sub(1);
        self.checkpoints.get(place).unwrap_or(&self.head)
    }

    fn keep_checkpoint(&mut self) {
        let due = match self.checkpoints.last() {
            None => true,
            Some(last) => self.head.events() - last.events() >= self.spacing,
        };
        if !due {
            return;
        }
        let most = (MOST_BYTES / self.head.weight()).clamp(8, MOST_CHECKPOINTS);
        if self.checkpoints.len() >= most {
            let mut place = 0;
            self.checkpoints.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.spacing *= 2;
        }
        self.checkpoints.push(self.head.clone());
    }
}

impl Snapshot {
    /// Whether it lies before `time` and no earlier than the checkpoint to begin at otherwise, and
    /// remembers as far back as is asked for.
    fn can_go_on(&self, oldest: Time, time: Time, start: &World) -> bool {
        let is_between = self.world.now() <= time && self.world.events() >= start.events();
        is_between && self.since <= oldest && self.world.is_of_one_run_with(start)
    }
}
