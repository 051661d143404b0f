//! The vector clocks of a ShiViz log are the causal order, as it is found without them.

use super::{preset, written};
use crate::scenarios::random;
use hustings::choice::{ChoiceId, MessageId};
use hustings::export::LogFormat;
use hustings::narration::describe;
use hustings::run::Run;
use hustings::simulation::{Event, EventKind};
use std::collections::BTreeMap;

/// So many steps of a run are compared with each other.
const MOST: usize = 250;

/// Two lines of a log, as ShiViz splits them.
struct Step {
    host: String,
    clock: BTreeMap<String, u32>,
}

fn steps(log: &str) -> Vec<Step> {
    let lines: Vec<&str> = log.lines().collect();
    let pairs = lines.chunks_exact(2);
    assert!(pairs.remainder().is_empty(), "every step has two lines");
    pairs
        .map(|pair| {
            let (host, clock) = pair[1].split_once(' ').expect("a host and its clock");
            let clock = serde_json::from_str(clock).expect("the clock is JSON");
            Step { host: host.to_owned(), clock }
        })
        .collect()
}

#[test]
fn one_step_precedes_another_exactly_when_its_clock_says_so() {
    compare("bully-figure", &preset("bully-figure").run);
    compare("split-brain", &preset("split-brain").run);
    for seed in 0..24 {
        compare(&format!("random scenario {seed}"), &Run::of(random(seed)));
    }
}

fn compare(name: &str, run: &Run) {
    let log = written(LogFormat::Shiviz, run);
    let (found, precedes) = (steps(&log), order(run));
    assert_eq!(found.len(), precedes.len(), "{name}: every step is written once");
    let mut own: BTreeMap<&str, u32> = BTreeMap::new();
    for step in &found {
        let own = own.entry(&step.host).or_default();
        *own += 1;
        assert_eq!(step.clock.get(&step.host), Some(&*own), "{name}: no step is left out");
    }
    for (later, step) in found.iter().enumerate().take(MOST) {
        for (earlier, other) in found.iter().enumerate().take(later) {
            let count = |step: &Step| step.clock.get(&other.host).copied().unwrap_or(0);
            let says = count(step) >= count(other);
            let is = precedes[later][earlier];
            assert_eq!(says, is, "{name}: whether step {earlier} precedes {later}\n{log}");
        }
    }
}

/// Of each step, which of those before it precede it: by program order, by messages, and by both.
fn order(run: &Run) -> Vec<Vec<bool>> {
    let events: Vec<Event> = run.instants().flatten().collect();
    let heads: Vec<&Event> = describe(&events, run.head())
        .iter()
        .map(|line| &events[line.first as usize])
        .filter(|head| head.rank.is_some())
        .filter(|head| {
            !matches!(
                head.what,
                EventKind::Lost(_) | EventKind::Duplicated { .. } | EventKind::Held
            )
        })
        .collect();
    let mut sent: BTreeMap<MessageId, usize> = BTreeMap::new();
    for event in &events {
        if let (EventKind::Sent { .. }, Some(ChoiceId::Message(name))) = (event.what, event.choice)
        {
            let of_sender = |head: &&Event| head.rank == Some(name.from) && head.id <= event.id;
            let step =
                heads.iter().rposition(of_sender).expect("somebody did something to send it");
            sent.insert(name, step);
        }
    }
    let mut precedes: Vec<Vec<bool>> = Vec::new();
    for (place, head) in heads.iter().enumerate() {
        let before = heads[..place].iter().rposition(|other| other.rank == head.rank);
        let sender = match (head.what, head.choice) {
            (EventKind::Received, Some(ChoiceId::Message(name))) => {
                sent.get(&MessageId { copy: false, ..name }).copied()
            }
            _ => None,
        };
        let mut known = vec![false; place];
        for parent in before.into_iter().chain(sender) {
            known[parent] = true;
            for (earlier, precedes) in precedes[parent].iter().enumerate() {
                known[earlier] |= precedes;
            }
        }
        precedes.push(known);
    }
    precedes
}
