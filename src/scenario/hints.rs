//! What may be a trap in a scenario that is right: warnings in plain words, each with its part.
//!
//! A script knows one more, a line that a later one overrules: `script::Script::hints` has both.

mod detector;
mod effects;
mod latencies;
mod timeline;
mod waits;

use super::{Scenario, ScenarioPart};
use crate::sort;
use latencies::Latencies;

/// A warning, and the part of the scenario that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub place: ScenarioPart,
    pub text: String,
}

/// Everything that may be a trap, in the order of the parts.
pub fn hints(scenario: &Scenario) -> Vec<Hint> {
    let end = scenario.end();
    let mut scheduled_faults = scenario.scheduled_faults();
    scheduled_faults.retain(|scheduled| scheduled.at <= end);
    let latencies = Latencies::of(scenario, &scheduled_faults);
    let mut hints = Vec::new();
    hints.extend(waits::too_short_for_alive(scenario, &latencies));
    hints.extend(waits::too_short_for_elected(scenario, &latencies));
    hints.extend(detector::too_little_patience(scenario, &latencies));
    hints.extend(detector::suspected_while_it_elects(scenario, &latencies));
    hints.extend(detector::never_elects(scenario));
    hints.extend(effects::without_effect(scenario, &scheduled_faults));
    hints.extend(timeline::too_late(scenario));
    hints.extend(timeline::on_no_side(scenario));
    hints.extend(timeline::on_top_of_a_partition(scenario, &scheduled_faults));
    sort::sort_by_key(&mut hints, |hint| hint.place);
    hints
}
