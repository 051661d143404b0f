//! Each algorithm with each remedy happens as the rules say, and keeps what they promise.

use super::agree_with;
use crate::oracle::{self, Outcome, outcome};
use crate::scenarios::{self, Remedy, random_of};
use hustings::choice::TimerId;
use hustings::election::{Algorithm, AlgorithmKind, Quorum};
use hustings::member::Detector;
use hustings::run::Run;
use hustings::scenario::script::Script;
use hustings::scenario::{Override, Scenario, script};
use hustings::time::{Duration, Time};
use hustings::types::{Rank, TimerKind};
use std::collections::{BTreeMap, BTreeSet};

/// How many random scenarios of each algorithm with each remedy.
const MANY: u64 = 2_000;

/// How often each kind of message and each timer must come up at least.
const LEAST: u32 = 5;

macro_rules! agreements {
    ($($name:ident: $kind:ident with $remedy:ident;)*) => {
        $(#[test]
        fn $name() {
            agree_on_many(AlgorithmKind::$kind, Remedy::$remedy);
        })*
    };
}

agreements! {
    candidates_happen_as_the_rules_say: Candidates with None;
    ring_happens_as_the_rules_say: Ring with None;
    invitation_happens_as_the_rules_say: Invitation with None;
    raft_happens_as_the_rules_say: Raft with None;
    vrrp_happens_as_the_rules_say: Vrrp with None;
    bully_without_preemption_happens_as_the_rules_say: Bully with Off;
    textbook_without_preemption_happens_as_the_rules_say: BullyTextbook with Off;
    vrrp_without_preemption_happens_as_the_rules_say: Vrrp with Off;
    bully_with_late_preemption_happens_as_the_rules_say: Bully with After;
    textbook_with_late_preemption_happens_as_the_rules_say: BullyTextbook with After;
    vrrp_with_late_preemption_happens_as_the_rules_say: Vrrp with After;
    bully_with_a_majority_happens_as_the_rules_say: Bully with Majority;
    textbook_with_a_majority_happens_as_the_rules_say: BullyTextbook with Majority;
    next_in_line_with_a_majority_happens_as_the_rules_say: NextInLine with Majority;
    candidates_with_a_majority_happen_as_the_rules_say: Candidates with Majority;
    ring_with_a_majority_happens_as_the_rules_say: Ring with Majority;
    bully_with_a_quorum_happens_as_the_rules_say: Bully with Count;
    textbook_with_a_quorum_happens_as_the_rules_say: BullyTextbook with Count;
    next_in_line_with_a_quorum_happens_as_the_rules_say: NextInLine with Count;
    candidates_with_a_quorum_happen_as_the_rules_say: Candidates with Count;
    ring_with_a_quorum_happens_as_the_rules_say: Ring with Count;
}

fn agree_on_many(kind: AlgorithmKind, remedy: Remedy) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..MANY {
        let scenario = random_of(kind, remedy, seed);
        let run = Run::of(scenario.clone());
        let expected = outcome(&scenario);
        agree_with(seed, &run, &expected.log);
        if seed % 3 == 0 {
            agree_on_the_report(&run, &expected);
        }
        keeps_its_promises(&scenario, &expected);
        note_what_happens(&scenario, &expected.log, &mut seen);
    }
    let rare: Vec<_> = seen.iter().filter(|(_, count)| **count < LEAST).collect();
    assert!(rare.is_empty(), "too rare: {rare:?}");
}

/// How often each kind of message is received and each timer runs out: an agreement about what never happens says
/// nothing.
fn note_what_happens(scenario: &Scenario, log: &[String], seen: &mut BTreeMap<String, u32>) {
    let (messages, timers) = scenarios::kinds(scenario);
    let messages = messages.iter().map(|kind| format!("received {kind}"));
    let timers = timers.iter().map(|timer| format!("timeout {timer}"));
    for thing in messages.chain(timers) {
        seen.entry(thing).or_default();
    }
    for line in log {
        let mut words = line.split(' ').skip(1);
        if let (Some(verb @ ("received" | "timeout")), _, Some(what)) =
            (words.next(), words.next(), words.next())
            && let Some(count) = seen.get_mut(&format!("{verb} {what}"))
        {
            *count += 1;
        }
    }
}

fn agree_on_the_report(run: &Run, expected: &Outcome) {
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

/// What holds on clocks that run equally fast.
fn keeps_its_promises(scenario: &Scenario, expected: &Outcome) {
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

/// From, to and who leads in the only group, in milliseconds.
fn leaders(text: &str) -> Vec<(u64, u64, Vec<u16>)> {
    let script = script::read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let report = Run::of(script.scenario.clone()).report(&script);
    let spans = report.groups[0].leaders.iter();
    spans.map(|s| (s.from_us / 1_000, s.to_us / 1_000, s.leaders.clone())).collect()
}

/// T is the detector's timeout: with 3's own, 2 would lead beside it from 840 ms to 2.4 s.
#[test]
fn a_lease_lasts_alike_for_everybody() {
    let found = leaders(
        "processes 3\ndetector heartbeat every 100ms timeout 350ms\nquorum majority\ntimeout 3 2s\n\
         latency 10ms\nat 500ms partition 3 | 1 2\nuntil 2s",
    );
    assert_eq!(found, [(0, 750, vec![3]), (750, 840, vec![]), (840, 2_000, vec![2])]);
}

/// Ring, rule 6: 3 is back, starts a lap of its own, and takes the lead that the lap of 1 gives it.
#[test]
fn a_member_of_a_ring_leads_while_its_own_election_goes_on() {
    let found = leaders(
        "algorithm ring\nprocesses 3\nlatency 10ms\nat 100ms suspect 1\nat 135ms crash 3\n\
         at 145ms recover 3\nuntil 300ms",
    );
    assert_eq!(found, [(0, 120, vec![3]), (120, 150, vec![]), (150, 300, vec![3])]);
}
