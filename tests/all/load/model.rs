//! Requests served microsecond by microsecond, in floating point, from the worlds of a run: slow,
//! plain, and by none of the means of `report::load`.

use crate::numbers::RandomSource;
use hustings::run::Run;
use hustings::simulation::{Event, EventKind, Process, World};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, Rank};
use std::collections::BTreeMap;
use std::fmt::Write;

pub(crate) struct Model {
    now: Time,
    world: World,
    events: Vec<Event>,
    next: usize,
    capacity: Option<f64>,
    groups: Vec<Requests>,
    queues: BTreeMap<(Rank, GroupId), f64>,
    /// Whom each group's requests go to, and who runs: until something happens.
    heads: Vec<Option<Rank>>,
    running: Vec<Rank>,
}

#[derive(Default)]
struct Requests {
    load: f64,
    waiting: f64,
    served: f64,
    dropped: f64,
    longest: f64,
    backlog: f64,
}

impl Model {
    pub(crate) fn new(run: &Run) -> Self {
        let scenario = run.scenario();
        let of = |load: Option<u32>| Requests {
            load: f64::from(load.unwrap_or_default()),
            ..Requests::default()
        };
        let mut model = Self {
            now: Time::ZERO,
            world: World::new(scenario.clone()),
            events: run.events(Time::ZERO, run.end()),
            next: 0,
            capacity: scenario.capacity.map(f64::from),
            groups: scenario.groups.iter().map(|group| of(group.load)).collect(),
            queues: BTreeMap::new(),
            heads: Vec::new(),
            running: Vec::new(),
        };
        model.happen();
        model
    }

    pub(crate) fn waiting(&self, group: GroupId) -> f64 {
        self.groups[group.index()].waiting
    }

    pub(crate) fn served(&self, group: GroupId) -> f64 {
        self.groups[group.index()].served
    }

    pub(crate) fn dropped(&self, group: GroupId) -> f64 {
        self.groups[group.index()].dropped
    }

    pub(crate) fn queue(&self, group: GroupId, rank: Rank) -> f64 {
        self.queues.get(&(rank, group)).copied().unwrap_or_default()
    }

    pub(crate) fn longest_queue(&self, group: GroupId) -> f64 {
        self.groups[group.index()].longest
    }

    pub(crate) fn longest_backlog(&self, group: GroupId) -> f64 {
        self.groups[group.index()].backlog
    }

    pub(crate) fn play(&mut self, until: Time) {
        while self.now < until {
            self.flow();
            self.now += Duration::us(1);
            self.look();
            self.happen();
            self.look();
        }
    }

    /// What happens now: crashes drop queues, and what waits finds its leader.
    fn happen(&mut self) {
        if self.events.get(self.next).is_none_or(|event| event.at > self.now)
            && self.now > Time::ZERO
        {
            return;
        }
        self.world.play(self.now, &mut Vec::new());
        while let Some(event) = self.events.get(self.next).filter(|event| event.at <= self.now) {
            if let (EventKind::Crashed { .. }, Some(rank)) = (event.what, event.rank) {
                for ((of, group), queue) in &mut self.queues {
                    if *of == rank {
                        self.groups[group.index()].dropped += std::mem::take(queue);
                    }
                }
            }
            self.next += 1;
        }
        let scenario = self.world.scenario();
        self.heads = scenario.group_ids().map(|group| self.head(group)).collect();
        let runs = |rank: &Rank| self.world.process(*rank).is_some_and(Process::is_running);
        self.running = scenario.ranks.iter().copied().filter(runs).collect();
        for group in scenario.group_ids() {
            if let Some(head) = self.heads[group.index()] {
                let waiting = std::mem::take(&mut self.groups[group.index()].waiting);
                *self.queues.entry((head, group)).or_default() += waiting;
            }
        }
    }

    fn head(&self, group: GroupId) -> Option<Rank> {
        let members = self.world.scenario().group(group).members.iter().rev();
        members.copied().find(|&rank| self.world.leads(group, rank))
    }

    /// One microsecond.
    fn flow(&mut self) {
        for (place, head) in (0..).zip(&self.heads) {
            let requests = &mut self.groups[usize::from(place)];
            match *head {
                Some(head) => {
                    *self.queues.entry((head, GroupId(place))).or_default() += requests.load;
                }
                None => requests.waiting += requests.load,
            }
        }
        for place in 0..self.running.len() {
            self.serve(self.running[place]);
        }
    }

    fn serve(&mut self, rank: Rank) {
        let mut left = self.capacity.unwrap_or(f64::MAX);
        for _ in 0..20 {
            let mut open: Vec<(GroupId, &mut f64)> = self
                .queues
                .iter_mut()
                .filter(|((of, _), queue)| *of == rank && **queue > 1e-9)
                .map(|((_, group), queue)| (*group, queue))
                .collect();
            let weights: f64 = open.iter().map(|(group, _)| self.groups[group.index()].load).sum();
            if open.is_empty() || left <= 1e-9 {
                return;
            }
            let available = left;
            for (group, queue) in &mut open {
                let requests = &mut self.groups[group.index()];
                let given = (available * requests.load / weights).min(**queue);
                **queue -= given;
                requests.served += given;
                left -= given;
            }
        }
    }

    fn look(&mut self) {
        for (place, requests) in (0..).zip(&mut self.groups) {
            let ours = || self.queues.iter().filter(|((_, group), _)| group.0 == place);
            requests.longest = ours().map(|(_, &queue)| queue).fold(requests.longest, f64::max);
            let open = requests.waiting + ours().map(|(_, queue)| queue).sum::<f64>();
            requests.backlog = requests.backlog.max(open);
        }
    }
}

/// A short script of several groups with loads, with many faults.
pub(crate) fn random(seed: u64) -> String {
    let mut random = RandomSource::seeded(seed + 1);
    let mut text = "processes 5\ndetector heartbeat every 20ms timeout 50ms\nlatency 1..3ms\n\
                    wait alive 8ms\nwait elected 12ms\nuntil 160ms\n"
        .to_owned();
    let mut line = |words: String| writeln!(text, "{words}").expect("a string takes it");
    line(format!("seed {seed}"));
    if random.below(8) > 0 {
        line(format!("capacity {}/s", 40 + random.below(400)));
    }
    for (name, on) in [("a", "1 2 3 5"), ("b", "2 3 4 5"), ("c", "1 4 5")] {
        line(format!("group {name} on {on}"));
        line(format!("load {name} {}/s", 1 + random.below(300)));
    }
    for _ in 0..6 {
        let (at, of) = (random.below(130), 1 + random.below(5));
        line(match random.below(6) {
            0 => format!("at {at}ms crash {of}"),
            1 => format!("at {at}ms recover {of}"),
            2 => format!("at {at}ms crash 5"),
            3 => format!("at {at}ms pause {of} for {}ms", 5 + random.below(50)),
            4 => format!("at {at}ms pause 5 for {}ms", 5 + random.below(50)),
            _ => format!("at {at}ms partition 1 2 | 3 4 5"),
        });
    }
    text
}
