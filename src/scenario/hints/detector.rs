//! Hints about waits and detectors: who gives up too soon, and who never notices anything.

use super::{Hint, RoundTrip};
use crate::election::{Algorithm, Waits};
use crate::member::Detector;
use crate::scenario::{Entry, Fault, Place, Scenario};

pub(super) fn too_short_a_wait(scenario: &Scenario, slowest: &RoundTrip) -> Option<Hint> {
    let wait = scenario.waits.alive;
    let RoundTrip { link, takes } = slowest;
    (wait < *takes).then(|| Hint {
        place: place(scenario, slowest),
        text: format!(
            "`wait alive` is {wait}, but from {} to {} and back can take {takes}: \
             who asks may give up on a process that is only far away",
            link.from, link.to
        ),
    })
}

/// The wait, where the scenario sets one; else the latency that is too much for the default.
fn place(scenario: &Scenario, slowest: &RoundTrip) -> Place {
    let link = slowest.link;
    let back = crate::scenario::Link { from: link.to, to: link.from };
    let own = &scenario.network.latency_of;
    match scenario.waits.alive {
        wait if wait != Waits::default().alive => Place::WaitAlive,
        _ if own.contains_key(&link) => Place::LatencyOf(link),
        _ if own.contains_key(&back) => Place::LatencyOf(back),
        _ => Place::Latency,
    }
}

pub(super) fn too_little_patience(scenario: &Scenario) -> Option<Hint> {
    let Detector::Heartbeat { every, timeout } = scenario.detector else { return None };
    (timeout < every + every).then(|| Hint {
        place: Place::Detector,
        text: format!(
            "the timeout of {timeout} is shorter than two heartbeats, which come every {every}: \
             one that is lost makes a healthy leader suspect"
        ),
    })
}

/// A leader of the textbook that is asked holds an election, and sends no heartbeat meanwhile.
pub(super) fn suspected_while_it_elects(scenario: &Scenario, slowest: &RoundTrip) -> Option<Hint> {
    let Detector::Heartbeat { timeout, .. } = scenario.detector else { return None };
    let silent = scenario.waits.alive + slowest.takes;
    let textbook = scenario.algorithm == Algorithm::BullyTextbook;
    (textbook && timeout <= silent).then(|| Hint {
        place: Place::Detector,
        text: format!(
            "a leader that is asked holds an election and can be silent for {silent}, `wait alive` \
             and a round trip: with a timeout of {timeout} it is suspected again"
        ),
    })
}

pub(super) fn nobody_wakes(scenario: &Scenario) -> Option<Hint> {
    let next_in_line = matches!(scenario.algorithm, Algorithm::NextInLine(_));
    let suspects = scenario
        .timeline
        .iter()
        .any(|entry| matches!(entry, Entry::Fault { fault: Fault::Suspect { .. }, .. }));
    let silent = next_in_line && scenario.detector == Detector::Scripted && !suspects;
    silent.then(|| Hint {
        place: Place::Algorithm,
        text: "nobody will ever elect: next-in-line waits for a suspicion, and there is neither a \
               `suspect` line nor a heartbeat detector"
            .to_owned(),
    })
}
