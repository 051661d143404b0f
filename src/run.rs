//! A run: a scenario played to its end, in slices, so that any instant of it can be looked at.
//!
//! It keeps no events, since two million of them would fill the memory. It keeps worlds at
//! intervals, and whatever is asked for is played again from the one before: with at most 256
//! checkpoints that is less than a hundredth of the run.

mod digest;
mod index;

pub use digest::Digest;
pub use index::Pose;
pub use index::{Index, PoseChange};

use crate::report::{FinishedRun, Load, Report, Tally};
use crate::scenario::Scenario;
use crate::scenario::script::Script;
use crate::simulation::{Event, EventId, StopReason, World};
use crate::time::{Duration, Time};
use std::collections::VecDeque;

/// Checkpoints at most; then every second one goes, and from there they lie twice as far apart.
const MOST_CHECKPOINTS: usize = 256;
/// And no more than this many bytes in all checkpoints together, but for the fewest.
const MOST_BYTES: usize = 32 * 1024 * 1024;
const FEWEST_CHECKPOINTS: usize = 12;
/// The most events that a snapshot remembers, and about the number that is returned in one piece.
const MOST_RECENT: usize = 20_000;
/// Events between two checkpoints of a short run: replayed in less than a tenth of a millisecond.
const FIRST_SPACING: u32 = 512;

/// A scenario and its simulation, as far as it has been made.
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
    /// The world after everything that happens at the instant.
    pub world: World,
    /// Oldest first, no older than the memory that was asked for; of very many, the last.
    pub recent: VecDeque<Event>,
    /// How far back the memory reaches that was asked for.
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

    /// Whether it is simulated to its end.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        self.head.scenario()
    }

    /// Where the run ends: where the scenario says, or where it stopped.
    pub fn end(&self) -> Time {
        if self.head.is_exhausted() { self.head.now() } else { self.end }
    }

    /// Why it stopped before its end, if it did.
    pub fn stop_reason(&self) -> Option<StopReason> {
        self.head.stop_reason()
    }

    /// Whether it stopped before its end.
    pub fn stopped_early(&self) -> bool {
        self.stop_reason().is_some()
    }

    /// How many events it has.
    pub fn events_so_far(&self) -> u32 {
        self.head.events()
    }

    /// What happened, in 64 bits. It covers the whole run, so ask once that is done.
    pub fn digest(&self) -> Digest {
        self.digest.finish()
    }

    /// What was counted so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What is known of every part of the run, for the diagram.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// How it went; ask once it is done. The script that the scenario came from
    /// knows the lines.
    pub fn report(&self, script: &Script) -> Report {
        let done = FinishedRun { world: &self.head, tally: &self.tally, end: self.end() };
        Report::new(done, self.digest().to_string(), script)
    }

    /// What becomes of the requests that reach its groups, where they have a load; ask once it is done.
    pub fn load(&self) -> Option<Load> {
        Load::of(self.scenario(), &self.tally, self.end())
    }

    /// About how much memory its worlds take, in bytes.
    pub fn weight(&self) -> usize {
        self.checkpoints.iter().chain([&self.head]).map(World::weight).sum()
    }

    /// The world as far as the run has been made.
    pub fn head(&self) -> &World {
        &self.head
    }

    /// The world after all that happens at `time`. Nothing else travels in time.
    pub fn at(&self, time: Time) -> World {
        self.snapshot(None, time, Duration::ZERO).world
    }

    /// An instant with what happened in the span before it. An earlier snapshot is played on where
    /// that is shorter than to begin at a checkpoint.
    pub fn snapshot(&self, earlier: Option<Snapshot>, time: Time, memory: Duration) -> Snapshot {
        let time = time.min(self.end());
        let oldest = time - memory;
        let start = self.start_of_memory(oldest, time, MOST_RECENT);
        let mut snapshot = match earlier {
            Some(snapshot) if snapshot.can_go_on(oldest, time, start) => snapshot,
            _ => Snapshot { world: start.clone(), recent: VecDeque::new(), since: oldest },
        };
        let Snapshot { world, recent, since } = &mut snapshot;
        play_last(world, time, MOST_RECENT, recent);
        world.play(time, &mut Vec::new());
        while recent.front().is_some_and(|event| event.at < oldest) {
            recent.pop_front();
        }
        *since = oldest;
        snapshot
    }

    /// What happens from `from` to `to`, both included. A long stretch may hold all events of
    /// the run: ask for `each`, `first_told` or `last_told` of it.
    pub fn events(&self, from: Time, to: Time) -> Vec<Event> {
        self.each(from, to).collect()
    }

    /// Likewise, one at a time.
    pub fn each(&self, from: Time, to: Time) -> impl Iterator<Item = Event> + use<> {
        self.steps(from, to).flatten().skip_while(move |event| event.at < from)
    }

    /// Likewise, a step at a time; the first step may have begun before `from`.
    pub fn steps(&self, from: Time, to: Time) -> Playing {
        let world = self.checkpoint(|world| world.now() < from).clone();
        Playing { world, to: to.min(self.end()) }
    }

    /// What happens from an event on, one at a time.
    pub fn each_from(&self, id: EventId) -> impl Iterator<Item = Event> + use<> {
        let world = self.checkpoint(|world| world.events() <= id).clone();
        Playing { world, to: self.end() }.flatten().skip_while(move |event| event.id < id)
    }

    /// The first of what happens from `from` to `to`, as much as is returned in one piece, and up to
    /// which instant that is. Steps without an event that counts are left out.
    pub fn first_described(
        &self,
        from: Time,
        to: Time,
        counts: fn(&Event) -> bool,
    ) -> (Vec<Event>, Time) {
        let mut events: Vec<Event> = Vec::new();
        for step in self.steps(from, to) {
            let Some(at) = step.first().map(|event| event.at).filter(|&at| at >= from) else {
                continue;
            };
            // An instant is returned as a whole, unless it has too many events.
            let last = events.last().map(|last| last.at);
            if events.len() >= MOST_RECENT && last < Some(at) || events.len() >= 2 * MOST_RECENT {
                return (events, last.unwrap_or(to));
            }
            if step.iter().any(counts) {
                events.extend(step);
            }
        }
        (events, to)
    }

    /// The last of it, likewise, and from which instant on that is.
    pub fn last_described(
        &self,
        from: Time,
        to: Time,
        counts: fn(&Event) -> bool,
    ) -> (Vec<Event>, Time) {
        let to = to.min(self.end());
        // An instant may hold all of a run, so no more is played than a reader can wait for.
        let world = self.start_of_memory(from, to, 10 * MOST_RECENT).clone();
        let begun = world.now();
        let mut is_cut = world.events() > 0 && begun >= from;
        let (mut steps, mut kept) = (VecDeque::new(), 0);
        for step in (Playing { world, to }) {
            if !step.iter().any(|event| event.at >= from && counts(event)) {
                continue;
            }
            kept += step.len();
            steps.push_back(step);
            while let Some(first) = steps.front().filter(|first| kept - first.len() >= MOST_RECENT)
            {
                kept -= first.len();
                steps.pop_front();
                is_cut = true;
            }
        }
        let mut events: Vec<Event> = steps.into_iter().flatten().collect();
        let first = events.first().map(|first| first.at).filter(|_| is_cut);
        // The first instant may not be whole; it is kept where there is no other.
        let whole = events.partition_point(|event| Some(event.at) <= first);
        if whole < events.len() {
            events.drain(..whole);
        }
        let since = events.first().map_or(begun, |first| first.at);
        (events, if is_cut { since } else { from })
    }

    /// All events, in order and one instant at a time, so that the caller need not hold all of them. A
    /// very full instant comes in several pieces; the events of one step stay together.
    pub fn instants(&self) -> impl Iterator<Item = Vec<Event>> + '_ {
        let world = self.checkpoints.first().unwrap_or(&self.head).clone();
        let mut steps = Playing { world, to: self.end }.peekable();
        std::iter::from_fn(move || {
            let mut log = steps.next()?;
            let at = log.first()?.at;
            while log.len() < MOST_RECENT
                && let Some(more) = steps.next_if(|step| step.first().is_some_and(|e| e.at == at))
            {
                log.extend(more);
            }
            Some(log)
        })
    }

    /// All that happens in the step of an event: an input or a fault, with what it leads to at once.
    pub fn step_of(&self, id: EventId) -> Vec<Event> {
        let world = self.checkpoint(|world| world.events() <= id).clone();
        let mut steps = Playing { world, to: self.end };
        steps.find(|step| step.last().is_some_and(|last| last.id >= id)).unwrap_or_default()
    }

    /// One event by its number.
    pub fn event(&self, id: EventId) -> Option<Event> {
        self.step_of(id).into_iter().find(|event| event.id == id)
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

    /// Where to begin so that at least `most` events lie before `time`, or all from `from` on.
    fn start_of_memory(&self, from: Time, time: Time, most: usize) -> &World {
        let before = self.checkpoint(|world| world.now() <= time).events();
        let enough = before.saturating_sub(most as u32);
        // Nothing of the run lies before its first checkpoint.
        self.checkpoint(|world| world.now() < from || world.events() <= enough)
    }

    fn keep_checkpoint(&mut self) {
        let due = match self.checkpoints.last() {
            None => true,
            Some(last) => self.head.events() - last.events() >= self.spacing,
        };
        if !due {
            return;
        }
        let most = (MOST_BYTES / self.head.weight()).clamp(FEWEST_CHECKPOINTS, MOST_CHECKPOINTS);
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

/// A world that is played on: what each step does, up to an instant. It owns its world, so the run
/// need not be held.
#[derive(Debug)]
pub struct Playing {
    world: World,
    to: Time,
}

impl Playing {
    /// As it is after the last step.
    pub fn world(&self) -> &World {
        &self.world
    }
}

impl Iterator for Playing {
    type Item = Vec<Event>;

    /// Steps without an event are left out: a boot that came too late, a beat that was cancelled.
    fn next(&mut self) -> Option<Vec<Event>> {
        let mut log = Vec::new();
        while log.is_empty() {
            self.world.next().filter(|&next| next <= self.to)?;
            self.world.step(&mut log);
        }
        Some(log)
    }
}

/// Plays a world up to an instant, and keeps the last of what happens.
fn play_last(world: &mut World, to: Time, most: usize, last: &mut VecDeque<Event>) {
    let mut log = Vec::new();
    while world.next().is_some_and(|next| next <= to) {
        world.step(&mut log);
        last.extend(log.drain(..));
        last.drain(..last.len().saturating_sub(most));
    }
}
