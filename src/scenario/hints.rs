//! Hints: warnings about pitfalls in a valid scenario, each with the part that it is about.
//!
//! A script has one more kind, about a line that a later one overrides: `Script::hints` returns both.

mod effects;
mod latencies;

use super::{Fault, Scenario, ScenarioPart, ScheduledFault, TimelineEntry};
use crate::election::{Algorithm, Timeouts};
use crate::member::Detector;
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{Rank, listed};
use latencies::{Latencies, Longest};
use std::collections::BTreeSet;

/// A warning, and the part of the scenario that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub place: ScenarioPart,
    pub text: String,
}

/// All hints, in the order of the parts.
pub fn hints(scenario: &Scenario) -> Vec<Hint> {
    let end = scenario.end();
    let mut scheduled_faults = scenario.scheduled_faults();
    scheduled_faults.retain(|scheduled| scheduled.at <= end);
    let latencies = Latencies::of(scenario, &scheduled_faults);
    let mut hints = Vec::new();
    hints.extend(too_short_for_alive(scenario, &latencies));
    hints.extend(too_short_for_elected(scenario, &latencies));
    hints.extend(too_little_patience(scenario, &latencies));
    hints.extend(suspected_while_it_elects(scenario, &latencies));
    hints.extend(never_elects(scenario));
    hints.extend(effects::without_effect(scenario, &scheduled_faults));
    hints.extend(too_late(scenario));
    hints.extend(on_no_side(scenario));
    hints.extend(on_top_of_a_partition(scenario, &scheduled_faults));
    sort::sort_by_key(&mut hints, |hint| hint.place);
    hints
}

fn too_late(scenario: &Scenario) -> Vec<Hint> {
    let end = scenario.end();
    let late = scenario.timeline.iter().enumerate().filter(|(_, entry)| entry.first() > end);
    let hints = late.map(|(index, entry)| Hint {
        place: ScenarioPart::Entry(index),
        text: format!("it never happens: the run ends at {end}, before {}", entry.first()),
    });
    hints.collect()
}

fn on_no_side(scenario: &Scenario) -> Vec<Hint> {
    let partitions = scenario.timeline.iter().enumerate().filter_map(|(index, entry)| {
        let sides = entry.fault().and_then(partition)?;
        let beside = scenario.ranks.iter().filter(|rank| !sides.iter().any(|s| s.contains(rank)));
        let beside: Vec<Rank> = beside.copied().collect();
        let text = match &*beside {
            [] => return None,
            [only] => format!("process {only} is on no side and keeps all its links"),
            several => {
                let several = listed(several);
                format!("processes {several} are on no side and keep all their links")
            }
        };
        Some(Hint { place: ScenarioPart::Entry(index), text })
    });
    partitions.collect()
}

/// A second partition does not replace the first one, since cuts accumulate.
fn on_top_of_a_partition(scenario: &Scenario, scheduled_faults: &[ScheduledFault]) -> Vec<Hint> {
    let sides = |entry: usize| scenario.timeline[entry].fault().and_then(partition);
    // The entry of the partition in force.
    let mut standing: Option<usize> = None;
    let mut found = BTreeSet::new();
    for &ScheduledFault { entry, ref fault, .. } in scheduled_faults {
        match &**fault {
            Fault::Heal(None) => standing = None,
            Fault::Partition(_) => {
                if standing.is_some_and(|other| other != entry && sides(other) != sides(entry)) {
                    found.insert(entry);
                }
                standing = Some(entry);
            }
            _ => {}
        }
    }
    let hints = found.into_iter().map(|index| Hint {
        place: ScenarioPart::Entry(index),
        text: "an earlier partition still stands, and cuts add up; heal first".to_owned(),
    });
    hints.collect()
}

fn partition(fault: &Fault) -> Option<&Vec<Vec<Rank>>> {
    match fault {
        Fault::Partition(sides) => Some(sides),
        _ => None,
    }
}

fn too_short_for_alive(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let wait = scenario.timeouts.alive;
    let longest = latencies.round_trip(asks_upwards(scenario), Duration::ZERO, None)?;
    let Longest { link, takes, .. } = longest;
    // The timer was set before the answer was sent, so it fires first if both are due at one instant.
    (wait <= takes).then(|| Hint {
        place: place(wait == Timeouts::default().alive, ScenarioPart::WaitAlive, &longest),
        text: format!(
            "`wait alive` is {wait}, but an Election from {} to {} and the Alive back can take \
             {takes}{}: the process that asks may give up on one that is only far away; wait longer \
             than that",
            link.from,
            link.to,
            since(&longest)
        ),
    })
}

/// The process that polled waits for the Elected of the process that is to lead.
fn too_short_for_elected(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Timeouts { alive, elected: wait } = scenario.timeouts;
    let longest = match scenario.algorithm {
        // Only a process that answered in time gets a Proceed.
        Algorithm::Bully => latencies.round_trip(true, Duration::ZERO, Some(alive)),
        // Both wait for Alive, the polled process one latency later, and the Elected follows.
        Algorithm::BullyTextbook => latencies.round_trip(true, alive, None),
        // Alive and Elected are sent at once, so the Elected is on its way before the timeout starts.
        Algorithm::NextInLine(_) => latencies.jitter(),
    }?;
    let Longest { link, takes, .. } = longest;
    let way = format!("from {} to {}", link.from, link.to);
    let again = "the process that asked may hold another election before it hears of the leader; wait \
                 longer than that";
    let (is_short, what, then) = match scenario.algorithm {
        Algorithm::Bully => {
            (wait <= takes, format!("a Proceed {way} and the Elected back can take"), again)
        }
        Algorithm::BullyTextbook => {
            let both = "beside the `wait alive` of both, an Election";
            (wait <= takes, format!("{both} {way} and the Elected back can take"), again)
        }
        Algorithm::NextInLine(_) => (
            wait < takes,
            format!("the Elected {way} can come after the Alive by"),
            "the process that asked may go on to the next in line before it hears of the leader; \
             wait at least that long",
        ),
    };
    is_short.then(|| Hint {
        place: place(wait == Timeouts::default().elected, ScenarioPart::WaitElected, &longest),
        text: format!("`wait elected` is {wait}, but {what} {takes}{}: {then}", since(&longest)),
    })
}

/// Whether processes poll higher ranks only, as in the bully algorithms.
fn asks_upwards(scenario: &Scenario) -> bool {
    match scenario.algorithm {
        Algorithm::Bully | Algorithm::BullyTextbook => true,
        Algorithm::NextInLine(_) => false,
    }
}

/// The part to blame: the timeout if the scenario sets it, else the latency that exceeds the default.
fn place(is_default: bool, wait: ScenarioPart, longest: &Longest) -> ScenarioPart {
    if is_default { longest.place } else { wait }
}

fn since(longest: &Longest) -> String {
    match longest.since {
        Time::ZERO => String::new(),
        since => format!(" from {since} on"),
    }
}

fn too_little_patience(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Detector::Heartbeat { every, timeout } = scenario.detector else { return None };
    let jitter = latencies.jitter()?.takes;
    let (intervals, then) = if timeout <= every + jitter {
        ("one interval", "a healthy leader is suspected even if no heartbeat is lost")
    } else if timeout <= every + every + jitter {
        ("two intervals", "one lost heartbeat makes a healthy leader suspect")
    } else {
        return None;
    };
    Some(Hint {
        place: ScenarioPart::Detector,
        text: format!(
            "the timeout of {timeout} is not longer than {intervals} of {every}{}: {then}; to \
             forgive one, it must be longer than {}",
            and_jitter(jitter),
            every + every + jitter
        ),
    })
}

/// In the textbook algorithm a polled leader holds an election, and sends no heartbeat meanwhile.
fn suspected_while_it_elects(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Detector::Heartbeat { every, timeout } = scenario.detector else { return None };
    let jitter = latencies.jitter()?.takes;
    // It may be polled just before its next heartbeat was due.
    let silent = every + scenario.timeouts.alive + jitter;
    let textbook = scenario.algorithm == Algorithm::BullyTextbook;
    (textbook && timeout <= silent).then(|| Hint {
        place: ScenarioPart::Detector,
        text: format!(
            "a leader that is asked holds an election and sends no heartbeat meanwhile, so that \
             its followers can hear nothing for {silent} (an interval, `wait alive`{}): with a \
             timeout of {timeout} they suspect it again",
            and_jitter(jitter)
        ),
    })
}

fn and_jitter(jitter: Duration) -> String {
    match jitter {
        Duration::ZERO => String::new(),
        jitter => format!(" and a jitter of {jitter}"),
    }
}

fn never_elects(scenario: &Scenario) -> Option<Hint> {
    let next_in_line = matches!(scenario.algorithm, Algorithm::NextInLine(_));
    let suspects = scenario
        .timeline
        .iter()
        .any(|entry| matches!(entry, TimelineEntry::Fault { fault: Fault::Suspect { .. }, .. }));
    let silent = next_in_line && scenario.detector == Detector::Scripted && !suspects;
    silent.then(|| Hint {
        place: ScenarioPart::Algorithm,
        text: "nobody will ever elect: next-in-line waits for a suspicion, and there is neither a \
               `suspect` line nor a heartbeat detector"
            .to_owned(),
    })
}
