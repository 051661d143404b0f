//! What may be a trap in a scenario that is right: warnings in plain words, each with its part.
//!
//! A script knows one more, a line that a later one overrules: `script::Script::hints` has both.

mod detector;
mod timeline;

use super::{Place, Scenario};
use crate::clock::Duration;
use crate::election::Algorithm;
use crate::order;
use crate::scenario::{Latency, Link};

/// A warning, and the part of the scenario that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub place: Place,
    pub text: String,
}

/// Everything that may be a trap, in the order of the parts.
pub fn hints(scenario: &Scenario) -> Vec<Hint> {
    let mut hints = Vec::new();
    let slowest = slowest(scenario);
    if let Some(slowest) = &slowest {
        hints.extend(detector::too_short_a_wait(scenario, slowest));
    }
    hints.extend(detector::too_little_patience(scenario));
    if let Some(slowest) = &slowest {
        hints.extend(detector::suspected_while_it_elects(scenario, slowest));
    }
    hints.extend(detector::nobody_wakes(scenario));
    hints.extend(timeline::too_late(scenario));
    hints.extend(timeline::nothing_to_recover(scenario));
    hints.extend(timeline::on_no_side(scenario));
    hints.extend(timeline::on_top_of_a_partition(scenario));
    order::sort_by_key(&mut hints, |hint| hint.place);
    hints
}

/// The longest way that a question of an election and its answer can take.
struct RoundTrip {
    link: Link,
    takes: Duration,
}

/// Over the links that an asker needs: in the bully algorithms it asks only upwards.
fn slowest(scenario: &Scenario) -> Option<RoundTrip> {
    let upwards = match scenario.algorithm {
        Algorithm::Bully | Algorithm::BullyTextbook => true,
        Algorithm::NextInLine(_) => false,
    };
    let mut slowest: Option<RoundTrip> = None;
    for group in &scenario.groups {
        let pairs = group
            .members
            .iter()
            .flat_map(|&from| group.members.iter().map(move |&to| Link { from, to }));
        for link in pairs.filter(|link| link.from < link.to || (!upwards && link.from > link.to)) {
            let back = Link { from: link.to, to: link.from };
            let takes = latency(scenario, link).hi() + latency(scenario, back).hi();
            if slowest.as_ref().is_none_or(|slowest| slowest.takes < takes) {
                slowest = Some(RoundTrip { link, takes });
            }
        }
    }
    slowest
}

fn latency(scenario: &Scenario, link: Link) -> Latency {
    let network = &scenario.network;
    network.latency_of.get(&link).copied().unwrap_or(network.latency)
}
