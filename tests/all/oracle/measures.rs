//! What is measured of a run, from the second implementation's log alone: who leads when, rounds of
//! elections, and changes of leader.

use hustings::election::Algorithm;
use hustings::scenario::Scenario;
use hustings::time::Time;
use hustings::types::Rank;
use std::collections::{BTreeMap, BTreeSet};

/// Of one group. Times are in microseconds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Measures {
    /// From, to, and who leads: they tile the run.
    pub leaders: Vec<(u64, u64, Vec<u16>)>,
    pub elections: u64,
    pub rounds: u64,
    pub changes: u64,
    pub unprovoked: u64,
}

/// Of each group, in the order of the scenario.
pub(crate) fn measures(scenario: &Scenario, log: &[String]) -> Vec<Measures> {
    (0..scenario.groups.len()).map(|group| Group::read(scenario, group, log).measures()).collect()
}

/// From, to, and who leads: they tile the run.
pub(crate) fn spans(states: &BTreeMap<Time, Vec<Rank>>, end: Time) -> Vec<(u64, u64, Vec<u16>)> {
    let ends = states.keys().skip(1).copied().chain([end]);
    let mut spans: Vec<(u64, u64, Vec<u16>)> = Vec::new();
    for ((from, leading), to) in states.iter().zip(ends).filter(|((from, _), _)| **from < end) {
        let leaders: Vec<u16> = leading.iter().map(|rank| rank.get()).collect();
        match spans.last_mut() {
            Some((_, until, same)) if *same == leaders => *until = to.as_us(),
            _ => spans.push((from.as_us(), to.as_us(), leaders)),
        }
    }
    spans
}

/// What the log says of one group.
struct Group {
    end: u64,
    /// Who leads after all that happens at each instant at which something does.
    states: BTreeMap<u64, BTreeSet<u16>>,
    /// When each election began and ended, and both ends are of it.
    elections: Vec<(u64, u64)>,
    starts: u64,
    /// When a process crashed or was paused.
    stops: Vec<(u64, u16)>,
}

impl Group {
    fn read(scenario: &Scenario, index: usize, log: &[String]) -> Self {
        let group = &scenario.groups[index];
        let is_bully = !matches!(scenario.algorithm, Algorithm::NextInLine(_));
        let highest = group.members.last().map(|rank| rank.get());
        let end = scenario.end().as_us();
        let mut read = Self {
            end,
            states: BTreeMap::new(),
            elections: Vec::new(),
            starts: 0,
            stops: Vec::new(),
        };
        let mut believes: BTreeSet<u16> = group.leader.iter().map(|rank| rank.get()).collect();
        let mut stopped: BTreeSet<u16> = BTreeSet::new();
        let mut electing: BTreeMap<u16, u64> = BTreeMap::new();
        read.states.insert(0, believes.clone());
        for line in log {
            let words: Vec<&str> = line.split(' ').collect();
            let at: u64 = words[0].parse().expect("an instant");
            let ours = format!("g{index}");
            let (verb, rank) = match words[1..] {
                [verb @ ("elects" | "leads" | "follows"), of, rank, ..] if of == ours => {
                    (verb, rank)
                }
                [verb @ ("crashed" | "recovered" | "paused" | "resumed"), rank] => (verb, rank),
                _ => continue,
            };
            let rank: u16 = rank.parse().expect("a rank");
            match verb {
                "elects" => {
                    read.starts += 1;
                    believes.remove(&rank);
                    electing.entry(rank).or_insert(at);
                    // The highest of all leads at once; if it led before, no event follows.
                    if is_bully && Some(rank) == highest {
                        believes.insert(rank);
                        read.elections.push((electing.remove(&rank).expect("it began"), at));
                    }
                }
                "leads" | "follows" => {
                    match verb {
                        "leads" => believes.insert(rank),
                        _ => believes.remove(&rank),
                    };
                    read.elections.extend(electing.remove(&rank).map(|began| (began, at)));
                }
                "crashed" => {
                    believes.remove(&rank);
                    stopped.insert(rank);
                    read.stops.push((at, rank));
                    read.elections.extend(electing.remove(&rank).map(|began| (began, at)));
                }
                "paused" => {
                    stopped.insert(rank);
                    read.stops.push((at, rank));
                }
                _ => _ = stopped.remove(&rank),
            }
            read.states.insert(at, believes.difference(&stopped).copied().collect());
        }
        read.elections.extend(electing.into_values().map(|began| (began, end)));
        read
    }

    fn measures(self) -> Measures {
        let leaders = self.intervals();
        let (mut changes, mut unprovoked) = (0, 0);
        let led: Vec<_> = leaders.iter().filter(|(_, _, who)| !who.is_empty()).collect();
        for pair in led.windows(2) {
            let ((_, until, before), (from, _, after)) = (pair[0], pair[1]);
            if after.iter().all(|leader| before.contains(leader)) {
                continue;
            }
            changes += 1;
            let mut ran_on = before.iter().filter(|leader| {
                let mut stops = self.stops.iter().filter(|(_, rank)| rank == *leader);
                after.contains(leader) || stops.all(|(at, _)| at < until || at > from)
            });
            unprovoked += u64::from(ran_on.next().is_some());
        }
        let (elections, rounds) = (self.starts, self.rounds());
        Measures { leaders, elections, rounds, changes, unprovoked }
    }

    fn intervals(&self) -> Vec<(u64, u64, Vec<u16>)> {
        let starts: Vec<u64> = self.states.keys().copied().filter(|&at| at < self.end).collect();
        let ends = starts.iter().skip(1).copied().chain([self.end]);
        let mut all: Vec<(u64, u64, Vec<u16>)> = Vec::new();
        for (from, to) in starts.iter().copied().zip(ends) {
            let leaders: Vec<u16> = self.states[&from].iter().copied().collect();
            match all.last_mut() {
                Some((_, until, same)) if *same == leaders => *until = to,
                _ => all.push((from, to, leaders)),
            }
        }
        all
    }

    /// Elections that overlap or touch are one round.
    fn rounds(&self) -> u64 {
        let mut elections = self.elections.clone();
        elections.sort_unstable();
        let (mut rounds, mut last) = (0, None);
        for (began, ended) in elections {
            if last.is_none_or(|last| began > last) {
                rounds += 1;
            }
            last = last.max(Some(ended));
        }
        rounds
    }
}
