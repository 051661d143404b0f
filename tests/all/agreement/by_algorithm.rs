//! Each algorithm with each remedy happens as the rules say, and keeps what they promise.

use super::compare::{assert_agreement, assert_promises, assert_report};
use crate::oracle::outcome;
use crate::scenarios::{self, Remedy, random_of};
use hustings::election::AlgorithmKind;
use hustings::run::Run;
use hustings::scenario::{Scenario, script};
use std::collections::BTreeMap;

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
        assert_agreement(&run, &expected.log);
        if seed % 3 == 0 {
            assert_report(&run, &expected);
        }
        assert_promises(&scenario, &expected);
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
