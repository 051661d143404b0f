//! Hints about detectors: who suspects a healthy leader, and where nobody ever suspects.

use super::Hint;
use super::latencies::Latencies;
use crate::election::Algorithm;
use crate::member::Detector;
use crate::scenario::{Fault, Scenario, ScenarioPart, TimelineEntry};
use crate::time::Duration;

pub(super) fn too_little_patience(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
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

/// A leader of the textbook that is asked holds an election, and sends no heartbeat meanwhile.
pub(super) fn suspected_while_it_elects(
    scenario: &Scenario,
    latencies: &Latencies,
) -> Option<Hint> {
    let Detector::Heartbeat { every, timeout } = scenario.detector else { return None };
    let jitter = latencies.jitter()?.takes;
    // It may be asked just before its next heartbeat was due.
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

pub(super) fn never_elects(scenario: &Scenario) -> Option<Hint> {
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
