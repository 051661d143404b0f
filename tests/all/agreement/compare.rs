//! Compares a run with the second implementation of the rules: its events, its report, and what the rules promise.

use crate::oracle::{self, Outcome};
use hustings::choice::{ChoiceId, TimerId};
use hustings::election::{Algorithm, Quorum};
use hustings::member::Detector;
use hustings::report::GroupReport;
use hustings::run::Run;
use hustings::scenario::script::Script;
use hustings::scenario::{Override, Scenario, script};
use hustings::simulation::{Event, EventKind};
use hustings::time::{Duration, Time};
use hustings::types::{Rank, Role, TimerKind};
use std::collections::{BTreeMap, BTreeSet};

/// Asserts that the events of a run are those of the second implementation.
pub(crate) fn assert_agreement(run: &Run, expected: &[String]) {
    let scenario = run.scenario();
    let actual = engine(run);
    let differs = actual.iter().zip(expected).position(|(actual, expected)| actual != expected);
    let place = differs.unwrap_or(actual.len().min(expected.len()));
    if actual.len() == expected.len() && place == actual.len() {
        return;
    }
    let around = |log: &[String]| {
        let end = (place + 3).min(log.len());
        log[place.saturating_sub(12).min(end)..end].join("\n  ")
    };
    panic!(
        "the run parts at happening {place}\nengine:\n  {}\nrules:\n  {}\nscenario:\n{}",
        around(&actual),
        around(expected),
        script::write(scenario)
    );
}

/// The engine's events in the second implementation's words.
fn engine(run: &Run) -> Vec<String> {
    let scenario = run.scenario();
    let mut log: Vec<String> = Vec::new();
    let mut roles = vec![BTreeMap::new(); scenario.groups.len()];
    for (group, roles) in scenario.groups.iter().zip(&mut roles) {
        if let Some(leader) = group.leader {
            let role = |rank| if rank == leader { Role::Leads } else { Role::Follows(leader) };
            roles.extend(group.members.iter().map(|&rank| (rank, role(rank))));
        }
    }
    // The start of an election is reported right after the input that causes it.
    let mut input = 0;
    for event in run.events(Time::ZERO, run.end()) {
        let actual = line(&event, &mut roles);
        if event.what == EventKind::StartedElection {
            log.splice(input..input, actual);
            continue;
        }
        log.extend(actual);
        let follows = matches!(
            event.what,
            EventKind::Sent { .. }
                | EventKind::Duplicated { .. }
                | EventKind::Lost(_)
                | EventKind::Became(_)
        );
        if !follows {
            input = log.len();
        }
    }
    log
}

/// Of each group, where each member stands.
type Roles = [BTreeMap<Rank, Role>];

fn line(event: &Event, roles: &mut Roles) -> Option<String> {
    let us = event.at.as_us();
    let group = event.group.map(|group| group.0);
    let rank = event.rank;
    let named = |verb: &str, after: &str| {
        let Some(choice) = event.choice else { return String::new() };
        let group = choice.group().0;
        match choice {
            ChoiceId::Message(m) => {
                let copy = if m.copy { " copy" } else { "" };
                format!(
                    "{us} {verb} g{group} {} {}->{} #{}{copy}{after}",
                    m.kind, m.from, m.to, m.nth
                )
            }
            ChoiceId::Timer(t) => {
                format!("{us} {verb} g{group} {} {} #{}", t.timer, t.of, t.nth)
            }
        }
    };
    match event.what {
        EventKind::Sent { .. } => Some(named("sent", "")),
        EventKind::Received => Some(named("received", "")),
        EventKind::Lost(loss) => Some(named("lost", &format!(" {}", loss.name()))),
        EventKind::TimedOut { .. } => Some(named("timeout", "")),
        EventKind::StartedElection => Some(format!("{us} elects g{} {}", group?, rank?)),
        EventKind::Became(role) => {
            let (group, rank) = (group?, rank?);
            let before = roles[usize::from(group)].insert(rank, role);
            match role {
                _ if before == Some(role) => None,
                Role::Follows(leader) => Some(format!("{us} follows g{group} {rank} {leader}")),
                Role::Leads
                | Role::Claims
                | Role::Delaying
                | Role::PreCandidate
                | Role::Candidate => Some(format!("{us} {} g{group} {rank}", role.name())),
                Role::BelievesNobody | Role::Electing | Role::AwaitingElected => None,
            }
        }
        EventKind::Crashed { .. } => {
            for group in roles {
                group.remove(&rank?);
            }
            Some(format!("{us} crashed {}", rank?))
        }
        EventKind::Recovered => Some(format!("{us} recovered {}", rank?)),
        EventKind::Paused { .. } => Some(format!("{us} paused {}", rank?)),
        EventKind::Resumed { .. } => Some(format!("{us} resumed {}", rank?)),
        EventKind::Cut
        | EventKind::Healed
        | EventKind::LatencyChanged
        | EventKind::LossChanged
        | EventKind::Booted
        | EventKind::Suspected
        | EventKind::Unsuspecting
        | EventKind::Duplicated { .. }
        | EventKind::Held => None,
    }
}

/// Asserts what the report says of each group.
pub(crate) fn assert_report(run: &Run, expected: &Outcome) {
    let scenario = run.scenario();
    let title = scenario.title.as_deref().unwrap_or_default();
    let report = run.report(&Script::of(scenario.clone()));
    for (index, group) in report.groups.iter().enumerate() {
        let spans = oracle::spans(&expected.leading[index], scenario.end());
        let found: Vec<_> =
            group.leaders.iter().map(|s| (s.from_us, s.to_us, s.leaders.clone())).collect();
        assert_eq!(found, spans, "{title}: the leaders of {}", group.name);
        let elects = format!(" elects g{index} ");
        let elections = expected.log.iter().filter(|line| line.contains(&elects)).count();
        assert_eq!(group.elections, elections as u64, "{title}: the elections of {}", group.name);
        let believed = expected.believed[index].iter();
        let believed: BTreeMap<u16, Option<u16>> =
            believed.map(|(rank, of)| (rank.get(), of.map(Rank::get))).collect();
        assert_eq!(group.believed, believed, "{title}: whom they believe in {}", group.name);
        let terms = leaderships(&expected.terms[index], scenario.end());
        let has_terms = matches!(scenario.algorithm, Algorithm::NextInLine(_) | Algorithm::Raft(_));
        let found = group.leaderships.as_ref().zip(group.same_term_us).map(|(all, same_term)| {
            let all = all.iter().map(|l| (l.from_us, l.to_us, l.leader, l.term));
            (all.collect(), same_term)
        });
        assert_eq!(found, has_terms.then_some(terms), "{title}: the terms of {}", group.name);
        if matches!(scenario.algorithm, Algorithm::Raft(_)) {
            assert_eq!(group.same_term_us, Some(0), "{title}: two leaders of one term");
        }
    }
}

/// Asserts what the report measures of each group: its leaders, elections, rounds and changes.
pub(crate) fn assert_measures(run: &Run, log: &[String]) {
    let report = run.report(&Script::of(run.scenario().clone()));
    let measured = |group: &GroupReport| {
        let leaders = group.leaders.iter().map(|s| (s.from_us, s.to_us, s.leaders.clone()));
        oracle::Measures {
            leaders: leaders.collect(),
            elections: group.elections,
            rounds: group.rounds,
            changes: group.changes,
            unprovoked: group.unprovoked_changes,
        }
    };
    let found: Vec<oracle::Measures> = report.groups.iter().map(measured).collect();
    let scenario = run.scenario();
    assert_eq!(found, oracle::measures(scenario, log), "{}", script::write(scenario));
}

/// From, to, rank and term of each leadership; and how long two leaders are in one term.
type Leaderships = (Vec<(u64, u64, u16, u32)>, u64);

fn leaderships(states: &BTreeMap<Time, BTreeMap<Rank, u32>>, end: Time) -> Leaderships {
    let (mut all, mut same_term): Leaderships = (Vec::new(), 0);
    let ends = states.keys().skip(1).copied().chain([end]);
    for ((from, leading), to) in states.iter().zip(ends).filter(|((from, _), to)| *from < to) {
        let (from, to) = (from.as_us(), to.as_us());
        for (rank, &term) in leading {
            let goes_on =
                |it: &&mut (u64, u64, u16, u32)| (it.1, it.2, it.3) == (from, rank.get(), term);
            match all.iter_mut().find(goes_on) {
                Some(leadership) => leadership.1 = to,
                None => all.push((from, to, rank.get(), term)),
            }
        }
        let terms: BTreeSet<u32> = leading.values().copied().collect();
        same_term += if terms.len() < leading.len() { to - from } else { 0 };
    }
    all.sort_by_key(|&(from, _, rank, term)| (from, rank, term));
    (all, same_term)
}

/// Asserts what the rules promise; a part of it holds on clocks that run equally fast.
pub(crate) fn assert_promises(scenario: &Scenario, expected: &Outcome) {
    let title = scenario.title.as_deref().unwrap_or_default();
    assert!(!expected.same_term, "{title}: two leaders of one term");
    let edits_a_clock = scenario.overrides.iter().any(|edit| {
        let quorum = TimerKind::Quorum;
        matches!(edit, Override::Timer { name: TimerId { timer, .. }, .. } if *timer == quorum)
    });
    if edits_a_clock || !scenario.timing.drift_of.is_empty() {
        return;
    }
    for states in &expected.leading {
        if scenario.quorum == Quorum::Majority {
            let two = states.iter().find(|(_, leading)| leading.len() > 1);
            assert_eq!(two, None, "{title}: two leaders in spite of a majority");
        }
        if matches!(&scenario.algorithm, Algorithm::Raft(rules) if rules.check_quorum) {
            let longest = longest_side_by_side(states, scenario.end());
            assert!(longest <= longest_timeout(scenario), "{title}: {longest} side by side");
        }
    }
}

fn longest_timeout(scenario: &Scenario) -> Duration {
    let timeouts = scenario.ranks.iter().filter_map(|&rank| match scenario.detector_of(rank) {
        Detector::Heartbeat { timeout, .. } => Some(timeout),
        Detector::Scripted => None,
    });
    timeouts.max().unwrap_or(Duration::ZERO)
}

/// How long the same two lead without a break.
fn longest_side_by_side(states: &BTreeMap<Time, Vec<Rank>>, end: Time) -> Duration {
    let mut since: BTreeMap<(Rank, Rank), Time> = BTreeMap::new();
    let mut longest = Duration::ZERO;
    let none = Vec::new();
    for (&at, leading) in states.iter().chain([(&end, &none)]) {
        let pairs: Vec<(Rank, Rank)> = leading
            .iter()
            .flat_map(|&one| {
                leading.iter().filter(move |two| one < **two).map(move |&two| (one, two))
            })
            .collect();
        for (_, from) in since.extract_if(.., |pair, _| !pairs.contains(pair)) {
            longest = longest.max(at.since(from));
        }
        for pair in pairs {
            since.entry(pair).or_insert(at);
        }
    }
    longest
}
