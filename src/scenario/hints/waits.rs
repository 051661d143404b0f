//! Hints about the waits of an election: who gives up on a process that is only far away.

use super::Hint;
use super::latencies::{Latencies, Longest};
use crate::election::{Algorithm, Timeouts};
use crate::scenario::{Scenario, ScenarioPart};
use crate::time::{Duration, Time};

pub(super) fn too_short_for_alive(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let wait = scenario.timeouts.alive;
    let longest = latencies.round_trip(asks_upwards(scenario), Duration::ZERO, None)?;
    let Longest { link, takes, .. } = longest;
    // A timer was set before the answer was sent, so it runs out first where both fall together.
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

/// The process that asked waits for the Elected of the one that is to lead.
pub(super) fn too_short_for_elected(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Timeouts { alive, elected: wait } = scenario.timeouts;
    let longest = match scenario.algorithm {
        // Only who answered in time is told to proceed.
        Algorithm::Bully => latencies.round_trip(true, Duration::ZERO, Some(alive)),
        // Both wait for Alive, the one that is asked a way later, and the Elected comes after that.
        Algorithm::BullyTextbook => latencies.round_trip(true, alive, None),
        // Both are sent at once; the Elected was on its way before the wait began.
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

/// In the bully algorithms a process asks only higher ones.
fn asks_upwards(scenario: &Scenario) -> bool {
    match scenario.algorithm {
        Algorithm::Bully | Algorithm::BullyTextbook => true,
        Algorithm::NextInLine(_) => false,
    }
}

/// The wait, where the scenario sets one; else the latency that is too much for the default.
fn place(is_default: bool, wait: ScenarioPart, longest: &Longest) -> ScenarioPart {
    if is_default { longest.place } else { wait }
}

fn since(longest: &Longest) -> String {
    match longest.since {
        Time::ZERO => String::new(),
        since => format!(" from {since} on"),
    }
}
