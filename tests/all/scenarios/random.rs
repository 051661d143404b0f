//! A scenario from a number, the same on every machine: few processes, coarse times, many faults.
//!
//! All times are whole multiples of 5 ms, so that things fall due at the same instant all the time:
//! that is where orders are decided.

use hustings::choice::{MessageId, TimerId};
use hustings::election::{Algorithm, Succession, Timeouts};
use hustings::member::Detector;
use hustings::scenario::{
    Drift, Fault, FaultTime, Group, Latency, Link, Links, MessageOverride, NetworkSettings,
    Override, ProcessTiming, Rate, Scenario, ScenarioParts, TimelineEntry,
};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank, TimerKind};
use std::collections::BTreeMap;

/// The scenario with this number. Its run lasts 1 to 4 s and is seldom dull.
pub(crate) fn random(seed: u64) -> Scenario {
    let mut dice = Dice(seed);
    let ranks = ranks(&mut dice);
    let groups = groups(&mut dice, &ranks);
    let detector = detector(&mut dice);
    let until = Time::ms(dice.between(200, 800) * 5);
    let mut parts = ScenarioParts {
        title: Some(format!("Random scenario {seed}")),
        algorithm: algorithm(&mut dice, &ranks),
        detector,
        timeouts: Timeouts { alive: dice.span(4, 20), elected: dice.span(6, 30) },
        network: network(&mut dice, &ranks),
        seed: dice.next(),
        until: Some(until),
        ranks,
        groups,
        ..ScenarioParts::default()
    };
    parts.timeline = timeline(&mut dice, &parts, until);
    let kinds = (&MessageKind::ALL[..5], &TimerKind::ALL[..4]);
    parts.overrides = edits(&mut dice, &parts, until, kinds);
    // The digests of the first 200 are kept in a file.
    if seed >= 200 {
        parts.timing = timing(&mut dice, &parts.ranks);
    }
    Scenario::new(parts).unwrap_or_else(|problems| panic!("random scenario {seed}: {problems:?}"))
}

/// Splitmix64: small, the same everywhere, and good enough to disturb elections with.
pub(super) struct Dice(pub u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Both ends included.
    pub(super) fn between(&mut self, lo: u64, hi: u64) -> u64 {
        lo + self.next() % (hi - lo + 1)
    }

    /// Once in so many throws.
    pub(super) fn once_in(&mut self, throws: u64) -> bool {
        self.between(1, throws) == 1
    }

    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.between(0, of.len() as u64 - 1) as usize]
    }

    /// Two different ones.
    pub(super) fn two<T: Copy + PartialEq>(&mut self, of: &[T]) -> (T, T) {
        let first = self.one(of);
        let rest: Vec<T> = of.iter().copied().filter(|&other| other != first).collect();
        (first, self.one(&rest))
    }

    /// So many times 5 ms.
    pub(super) fn span(&mut self, lo: u64, hi: u64) -> Duration {
        Duration::ms(self.between(lo, hi) * 5)
    }

    /// Before `end`, in whole multiples of 5 ms.
    pub(super) fn instant(&mut self, end: Time) -> Time {
        Time::ms(self.between(0, end.as_us() / 5_000) * 5)
    }
}

fn ranks(dice: &mut Dice) -> Vec<Rank> {
    let count = dice.between(2, 8);
    let gaps = dice.once_in(4);
    let mut rank = 0;
    let each = (0..count).map(|_| {
        rank += if gaps { dice.between(1, 4) as u16 } else { 1 };
        rank
    });
    each.filter_map(Rank::new).collect()
}

pub(super) fn groups(dice: &mut Dice, ranks: &[Rank]) -> Vec<Group> {
    let highest = ranks.last().copied();
    let leader = if dice.once_in(4) { None } else { highest };
    if ranks.len() < 4 || !dice.once_in(4) {
        return vec![Group::main(ranks, leader)];
    }
    let half = ranks.len() / 2;
    let group = |name: &str, members: &[Rank], leader| Group {
        name: name.to_owned(),
        leader,
        members: members.to_vec(),
        load: None,
    };
    vec![
        group("orders", &ranks[..=half], Some(ranks[half])),
        group("users", &ranks[half - 1..], leader),
    ]
}

fn detector(dice: &mut Dice) -> Detector {
    if dice.once_in(3) {
        return Detector::Scripted;
    }
    let every = dice.span(10, 30);
    Detector::Heartbeat { every, timeout: every + every + dice.span(2, 20) }
}

/// What some processes have instead of the detector's timing, and how their clocks drift.
pub(super) fn timing(dice: &mut Dice, ranks: &[Rank]) -> ProcessTiming {
    let mut timing = ProcessTiming::default();
    if dice.once_in(4) {
        timing.timeout_of.insert(dice.one(ranks), dice.span(10, 80));
    }
    if dice.once_in(4) {
        timing.every_of.insert(dice.one(ranks), dice.span(5, 60));
    }
    if dice.once_in(4) {
        let ppm = dice.between(0, 1_000_000) as i32 - Drift::MOST;
        timing.drift_of.insert(dice.one(ranks), Drift::ppm(ppm).expect("it is in range"));
    }
    timing
}

fn algorithm(dice: &mut Dice, ranks: &[Rank]) -> Algorithm {
    match dice.between(0, 3) {
        0 => Algorithm::Bully,
        1 => Algorithm::BullyTextbook,
        2 => Algorithm::NextInLine(Succession::Highest(dice.between(0, 3) as u8)),
        _ => {
            let (first, second) = dice.two(ranks);
            Algorithm::NextInLine(Succession::List(vec![first, second]))
        }
    }
}

pub(super) fn network(dice: &mut Dice, ranks: &[Rank]) -> NetworkSettings {
    let mut network = NetworkSettings {
        latency: latency(dice, 1, 4),
        loss: rate(dice, 3, 20),
        duplicate: rate(dice, 3, 20),
        fifo: dice.once_in(3),
        ..NetworkSettings::default()
    };
    if dice.once_in(3) {
        network.latency_of = BTreeMap::from([(link(dice, ranks), latency(dice, 8, 20))]);
    }
    if dice.once_in(4) {
        network.loss_of = BTreeMap::from([(link(dice, ranks), rate(dice, 1, 100))]);
    }
    if dice.once_in(4) {
        network.duplicate_of = BTreeMap::from([(link(dice, ranks), rate(dice, 1, 100))]);
    }
    network
}

fn latency(dice: &mut Dice, lo: u64, hi: u64) -> Latency {
    let lo = dice.span(lo, hi);
    let wider = dice.span(0, 3);
    Latency::new(lo, lo + wider).unwrap_or(Latency::DEFAULT)
}

/// Never, or once in so many throws up to so many percent.
fn rate(dice: &mut Dice, once_in: u64, most: u64) -> Rate {
    let percent = if dice.once_in(once_in) { dice.between(1, most) } else { 0 };
    Rate::ppm(percent as u32 * 10_000).unwrap_or(Rate::NEVER)
}

fn link(dice: &mut Dice, ranks: &[Rank]) -> Link {
    let (from, to) = dice.two(ranks);
    Link { from, to }
}

fn links(dice: &mut Dice, ranks: &[Rank]) -> Links {
    let (from, to) = dice.two(ranks);
    Links { from: vec![from], to: vec![to], both: dice.once_in(2) }
}

pub(super) fn timeline(dice: &mut Dice, parts: &ScenarioParts, until: Time) -> Vec<TimelineEntry> {
    let mut timeline = Vec::new();
    if parts.detector == Detector::Scripted {
        // Without heartbeats nothing happens unless the script says so.
        let leader = parts.ranks.last().copied().into_iter().collect();
        let at = dice.instant(Time::ms(300));
        timeline.push(TimelineEntry::at(at, Fault::Crash(leader)));
        for &rank in &parts.ranks[..parts.ranks.len() - 1] {
            if dice.once_in(2) {
                let suspect = Fault::Suspect { processes: vec![rank], group: None };
                timeline.push(TimelineEntry::at(at + dice.span(0, 20), suspect));
            }
        }
    }
    if parts.groups.iter().any(|group| group.leader.is_none()) && dice.once_in(4) {
        timeline.push(TimelineEntry::at(Time::ZERO, suspicion(dice, parts)));
    }
    for _ in 0..dice.between(2, 10) {
        let entry = entry(dice, parts, until);
        timeline.push(entry);
    }
    timeline
}

fn entry(dice: &mut Dice, parts: &ScenarioParts, until: Time) -> TimelineEntry {
    let at = dice.instant(until);
    match dice.between(0, 9) {
        0 => TimelineEntry::Flap {
            at,
            process: dice.one(&parts.ranks),
            down: dice.span(10, 80),
            up: dice.span(20, 120),
            until: dice.once_in(2).then(|| at + dice.span(20, 200)),
        },
        1 => {
            let when = FaultTime::Every {
                every: dice.span(20, 100),
                from: at,
                until: dice.once_in(2).then(|| at + dice.span(20, 200)),
            };
            TimelineEntry::Fault { when, fault: fault(dice, parts) }
        }
        _ => TimelineEntry::at(at, fault(dice, parts)),
    }
}

fn fault(dice: &mut Dice, parts: &ScenarioParts) -> Fault {
    let ranks = &parts.ranks;
    let some = |dice: &mut Dice| {
        let (first, second) = dice.two(ranks);
        if dice.once_in(4) { vec![first, second] } else { vec![first] }
    };
    match dice.between(0, 11) {
        0 | 1 => Fault::Crash(some(dice)),
        2 | 3 => Fault::Recover(some(dice)),
        4 => suspicion(dice, parts),
        5 => Fault::Pause { processes: some(dice), span: pause(dice) },
        6 => Fault::Resume(some(dice)),
        7 => partition(dice, ranks),
        8 => Fault::Cut(links(dice, ranks)),
        9 => Fault::Heal(if dice.once_in(3) { Some(links(dice, ranks)) } else { None }),
        10 => Fault::Latency {
            links: dice.once_in(2).then(|| links(dice, ranks)),
            latency: latency(dice, 2, 12),
        },
        _ => Fault::Loss {
            links: (!dice.once_in(4)).then(|| links(dice, ranks)),
            rate: rate(dice, 1, 100),
        },
    }
}

fn pause(dice: &mut Dice) -> Duration {
    if dice.once_in(8) { Duration::ZERO } else { dice.span(5, 100) }
}

/// In all groups of a process, or in one.
fn suspicion(dice: &mut Dice, parts: &ScenarioParts) -> Fault {
    if parts.groups.len() > 1 && dice.once_in(2) {
        let group = dice.between(0, parts.groups.len() as u64 - 1) as u8;
        let process = dice.one(&parts.groups[usize::from(group)].members);
        return Fault::Suspect { processes: vec![process], group: Some(GroupId(group)) };
    }
    Fault::Suspect { processes: vec![dice.one(&parts.ranks)], group: None }
}

/// Two sides, or three, of which a process in the middle may be left out.
fn partition(dice: &mut Dice, ranks: &[Rank]) -> Fault {
    let (low, high) = ranks.split_at(dice.between(1, ranks.len() as u64 - 1) as usize);
    let mut sides = vec![low.to_vec(), high.to_vec()];
    if low.len() > 1 && dice.once_in(3) {
        let other = sides[0].split_off(1);
        if dice.once_in(2) {
            sides.push(other);
        }
    }
    Fault::Partition(sides)
}

/// Fixes of early choices, which are the likeliest to be made; no name is fixed twice.
pub(super) fn edits(
    dice: &mut Dice,
    parts: &ScenarioParts,
    until: Time,
    kinds: (&[MessageKind], &[TimerKind]),
) -> Vec<Override> {
    let mut edits: Vec<Override> = Vec::new();
    for _ in 0..dice.between(0, 5) {
        let group = GroupId(dice.between(0, parts.groups.len() as u64 - 1) as u8);
        let members = &parts.groups[group.index()].members;
        let edit = edit(dice, group, members, (until, kinds.0, kinds.1));
        if edits.iter().any(|other| other.choice() == edit.choice()) {
            continue;
        }
        if let (Override::Message { name, fate: MessageOverride::Duplicated }, true) =
            (&edit, dice.once_in(2))
        {
            let name = MessageId { copy: true, ..*name };
            let delayed = MessageOverride::Delayed(dice.span(1, 40));
            let fate = dice.one(&[MessageOverride::Lost, MessageOverride::Arrives(until), delayed]);
            edits.push(Override::Message { name, fate });
        }
        edits.push(edit);
    }
    edits
}

fn edit(
    dice: &mut Dice,
    group: GroupId,
    members: &[Rank],
    (until, messages, timers): (Time, &[MessageKind], &[TimerKind]),
) -> Override {
    let (from, to) = dice.two(members);
    let nth = dice.between(1, 2) as u32;
    if dice.once_in(4) {
        let name = TimerId { group, timer: dice.one(timers), of: from, nth };
        return Override::Timer { name, fires: dice.instant(until) };
    }
    let name = MessageId { group, kind: dice.one(messages), from, to, nth, copy: false };
    let fate = match dice.between(0, 3) {
        0 => MessageOverride::Lost,
        1 => MessageOverride::Arrives(dice.instant(until)),
        2 => MessageOverride::Delayed(dice.span(1, 40)),
        _ => MessageOverride::Duplicated,
    };
    Override::Message { name, fate }
}
