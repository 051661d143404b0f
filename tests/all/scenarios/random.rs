//! A scenario from a number, the same on every machine: few processes, coarse times, many faults.
//!
//! All times are whole multiples of 5 ms, so that things fall due at the same instant all the time:
//! that is where orders are decided.

use crate::numbers::RandomSource;
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
    let mut source = RandomSource::seeded(seed);
    let ranks = ranks(&mut source);
    let groups = groups(&mut source, &ranks);
    let detector = detector(&mut source);
    let until = Time::ms(source.between(200, 800) * 5);
    let mut parts = ScenarioParts {
        title: Some(format!("Random scenario {seed}")),
        algorithm: algorithm(&mut source, &ranks),
        detector,
        timeouts: Timeouts { alive: source.span(4, 20), elected: source.span(6, 30) },
        network: network(&mut source, &ranks),
        seed: source.next(),
        until: Some(until),
        ranks,
        groups,
        ..ScenarioParts::default()
    };
    parts.timeline = timeline(&mut source, &parts, until);
    let kinds = (&MessageKind::ALL[..5], &TimerKind::ALL[..4]);
    parts.overrides = edits(&mut source, &parts, until, kinds);
    // The digests of the first 200 are kept in a file.
    if seed >= 200 {
        parts.timing = timing(&mut source, &parts.ranks);
    }
    Scenario::new(parts).unwrap_or_else(|problems| panic!("random scenario {seed}: {problems:?}"))
}

fn ranks(source: &mut RandomSource) -> Vec<Rank> {
    let count = source.between(2, 8);
    let gaps = source.once_in(4);
    let mut rank = 0;
    let each = (0..count).map(|_| {
        rank += if gaps { source.between(1, 4) as u16 } else { 1 };
        rank
    });
    each.filter_map(Rank::new).collect()
}

pub(super) fn groups(source: &mut RandomSource, ranks: &[Rank]) -> Vec<Group> {
    let highest = ranks.last().copied();
    let leader = if source.once_in(4) { None } else { highest };
    if ranks.len() < 4 || !source.once_in(4) {
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

fn detector(source: &mut RandomSource) -> Detector {
    if source.once_in(3) {
        return Detector::Scripted;
    }
    let every = source.span(10, 30);
    Detector::Heartbeat { every, timeout: every + every + source.span(2, 20) }
}

/// What some processes have instead of the detector's timing, and how their clocks drift.
pub(super) fn timing(source: &mut RandomSource, ranks: &[Rank]) -> ProcessTiming {
    let mut timing = ProcessTiming::default();
    if source.once_in(4) {
        timing.timeout_of.insert(source.one(ranks), source.span(10, 80));
    }
    if source.once_in(4) {
        timing.every_of.insert(source.one(ranks), source.span(5, 60));
    }
    if source.once_in(4) {
        let ppm = source.between(0, 1_000_000) as i32 - Drift::MOST;
        timing.drift_of.insert(source.one(ranks), Drift::ppm(ppm).expect("it is in range"));
    }
    timing
}

fn algorithm(source: &mut RandomSource, ranks: &[Rank]) -> Algorithm {
    match source.between(0, 3) {
        0 => Algorithm::Bully,
        1 => Algorithm::BullyTextbook,
        2 => Algorithm::NextInLine(Succession::Highest(source.between(0, 3) as u8)),
        _ => {
            let (first, second) = source.two(ranks);
            Algorithm::NextInLine(Succession::List(vec![first, second]))
        }
    }
}

pub(super) fn network(source: &mut RandomSource, ranks: &[Rank]) -> NetworkSettings {
    let mut network = NetworkSettings {
        latency: latency(source, 1, 4),
        loss: rate(source, 3, 20),
        duplicate: rate(source, 3, 20),
        fifo: source.once_in(3),
        ..NetworkSettings::default()
    };
    if source.once_in(3) {
        network.latency_of = BTreeMap::from([(link(source, ranks), latency(source, 8, 20))]);
    }
    if source.once_in(4) {
        network.loss_of = BTreeMap::from([(link(source, ranks), rate(source, 1, 100))]);
    }
    if source.once_in(4) {
        network.duplicate_of = BTreeMap::from([(link(source, ranks), rate(source, 1, 100))]);
    }
    network
}

fn latency(source: &mut RandomSource, lo: u64, hi: u64) -> Latency {
    let lo = source.span(lo, hi);
    let wider = source.span(0, 3);
    Latency::new(lo, lo + wider).unwrap_or(Latency::DEFAULT)
}

/// Never, or once in so many throws up to so many percent.
fn rate(source: &mut RandomSource, once_in: u64, most: u64) -> Rate {
    let percent = if source.once_in(once_in) { source.between(1, most) } else { 0 };
    Rate::ppm(percent as u32 * 10_000).unwrap_or(Rate::NEVER)
}

fn link(source: &mut RandomSource, ranks: &[Rank]) -> Link {
    let (from, to) = source.two(ranks);
    Link { from, to }
}

fn links(source: &mut RandomSource, ranks: &[Rank]) -> Links {
    let (from, to) = source.two(ranks);
    Links { from: vec![from], to: vec![to], both: source.once_in(2) }
}

pub(super) fn timeline(
    source: &mut RandomSource,
    parts: &ScenarioParts,
    until: Time,
) -> Vec<TimelineEntry> {
    let mut timeline = Vec::new();
    if parts.detector == Detector::Scripted {
        // Without heartbeats nothing happens unless the script says so.
        let leader = parts.ranks.last().copied().into_iter().collect();
        let at = source.instant(Time::ms(300));
        timeline.push(TimelineEntry::at(at, Fault::Crash(leader)));
        for &rank in &parts.ranks[..parts.ranks.len() - 1] {
            if source.once_in(2) {
                let suspect = Fault::Suspect { processes: vec![rank], group: None };
                timeline.push(TimelineEntry::at(at + source.span(0, 20), suspect));
            }
        }
    }
    if parts.groups.iter().any(|group| group.leader.is_none()) && source.once_in(4) {
        timeline.push(TimelineEntry::at(Time::ZERO, suspicion(source, parts)));
    }
    for _ in 0..source.between(2, 10) {
        let entry = entry(source, parts, until);
        timeline.push(entry);
    }
    timeline
}

fn entry(source: &mut RandomSource, parts: &ScenarioParts, until: Time) -> TimelineEntry {
    let at = source.instant(until);
    match source.between(0, 9) {
        0 => TimelineEntry::Flap {
            at,
            process: source.one(&parts.ranks),
            down: source.span(10, 80),
            up: source.span(20, 120),
            until: source.once_in(2).then(|| at + source.span(20, 200)),
        },
        1 => {
            let when = FaultTime::Every {
                every: source.span(20, 100),
                from: at,
                until: source.once_in(2).then(|| at + source.span(20, 200)),
            };
            TimelineEntry::Fault { when, fault: fault(source, parts) }
        }
        _ => TimelineEntry::at(at, fault(source, parts)),
    }
}

fn fault(source: &mut RandomSource, parts: &ScenarioParts) -> Fault {
    let ranks = &parts.ranks;
    let some = |source: &mut RandomSource| {
        let (first, second) = source.two(ranks);
        if source.once_in(4) { vec![first, second] } else { vec![first] }
    };
    match source.between(0, 11) {
        0 | 1 => Fault::Crash(some(source)),
        2 | 3 => Fault::Recover(some(source)),
        4 => suspicion(source, parts),
        5 => Fault::Pause { processes: some(source), span: pause(source) },
        6 => Fault::Resume(some(source)),
        7 => partition(source, ranks),
        8 => Fault::Cut(links(source, ranks)),
        9 => Fault::Heal(if source.once_in(3) { Some(links(source, ranks)) } else { None }),
        10 => Fault::Latency {
            links: source.once_in(2).then(|| links(source, ranks)),
            latency: latency(source, 2, 12),
        },
        _ => Fault::Loss {
            links: (!source.once_in(4)).then(|| links(source, ranks)),
            rate: rate(source, 1, 100),
        },
    }
}

fn pause(source: &mut RandomSource) -> Duration {
    if source.once_in(8) { Duration::ZERO } else { source.span(5, 100) }
}

/// In all groups of a process, or in one.
fn suspicion(source: &mut RandomSource, parts: &ScenarioParts) -> Fault {
    if parts.groups.len() > 1 && source.once_in(2) {
        let group = source.between(0, parts.groups.len() as u64 - 1) as u8;
        let process = source.one(&parts.groups[usize::from(group)].members);
        return Fault::Suspect { processes: vec![process], group: Some(GroupId(group)) };
    }
    Fault::Suspect { processes: vec![source.one(&parts.ranks)], group: None }
}

/// Two sides, or three, of which a process in the middle may be left out.
fn partition(source: &mut RandomSource, ranks: &[Rank]) -> Fault {
    let (low, high) = ranks.split_at(source.between(1, ranks.len() as u64 - 1) as usize);
    let mut sides = vec![low.to_vec(), high.to_vec()];
    if low.len() > 1 && source.once_in(3) {
        let other = sides[0].split_off(1);
        if source.once_in(2) {
            sides.push(other);
        }
    }
    Fault::Partition(sides)
}

/// Fixes of early choices, which are the likeliest to be made; no name is fixed twice.
pub(super) fn edits(
    source: &mut RandomSource,
    parts: &ScenarioParts,
    until: Time,
    kinds: (&[MessageKind], &[TimerKind]),
) -> Vec<Override> {
    let mut edits: Vec<Override> = Vec::new();
    for _ in 0..source.between(0, 5) {
        let group = GroupId(source.between(0, parts.groups.len() as u64 - 1) as u8);
        let members = &parts.groups[group.index()].members;
        let edit = edit(source, group, members, (until, kinds.0, kinds.1));
        if edits.iter().any(|other| other.choice() == edit.choice()) {
            continue;
        }
        if let (Override::Message { name, fate: MessageOverride::Duplicated }, true) =
            (&edit, source.once_in(2))
        {
            let name = MessageId { copy: true, ..*name };
            let delayed = MessageOverride::Delayed(source.span(1, 40));
            let fate =
                source.one(&[MessageOverride::Lost, MessageOverride::Arrives(until), delayed]);
            edits.push(Override::Message { name, fate });
        }
        edits.push(edit);
    }
    edits
}

fn edit(
    source: &mut RandomSource,
    group: GroupId,
    members: &[Rank],
    (until, messages, timers): (Time, &[MessageKind], &[TimerKind]),
) -> Override {
    let (from, to) = source.two(members);
    let nth = source.between(1, 2) as u32;
    if source.once_in(4) {
        let name = TimerId { group, timer: source.one(timers), of: from, nth };
        return Override::Timer { name, fires: source.instant(until) };
    }
    let name = MessageId { group, kind: source.one(messages), from, to, nth, copy: false };
    let fate = match source.between(0, 3) {
        0 => MessageOverride::Lost,
        1 => MessageOverride::Arrives(source.instant(until)),
        2 => MessageOverride::Delayed(source.span(1, 40)),
        _ => MessageOverride::Duplicated,
    };
    Override::Message { name, fate }
}
