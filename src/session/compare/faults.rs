//! What befalls on both sides alike, in a few words.

use crate::scenario::{Fault, Scenario};
use crate::time::Time;
use crate::types::{Rank, listed};

/// So many are named; the others are counted.
const NAMED: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultLine {
    /// `6 crashes`, and when.
    pub first: Vec<(String, Time)>,
    pub more: usize,
}

pub fn fault_lines(scenario: &Scenario) -> FaultLine {
    let all = scenario.scheduled_faults();
    let first = all.iter().take(NAMED).map(|scheduled| (words(&scheduled.fault), scheduled.at));
    FaultLine { first: first.collect(), more: all.len().saturating_sub(NAMED) }
}

fn words(fault: &Fault) -> String {
    match fault {
        Fault::Crash(who) => does(who, "crashes", "crash"),
        Fault::Recover(who) => does(who, "recovers", "recover"),
        Fault::Suspect { processes, .. } => does(processes, "suspects it", "suspect it"),
        Fault::Pause { processes, span } => {
            format!("{} for {}", does(processes, "freezes", "freeze"), span.spoken())
        }
        Fault::Resume(who) => does(who, "wakes", "wake"),
        Fault::Partition(_) => "the network splits".to_owned(),
        Fault::Cut(_) => "a link is cut".to_owned(),
        Fault::Heal(_) => "the network heals".to_owned(),
        Fault::Latency { .. } => "messages slow down or speed up".to_owned(),
        Fault::Loss { .. } => "another share of messages is lost".to_owned(),
    }
}

fn does(who: &[Rank], one: &str, many: &str) -> String {
    format!("{} {}", listed(who), if who.len() == 1 { one } else { many })
}
