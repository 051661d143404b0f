//! The engine agrees with the second implementation of the rules, happening by happening.

mod by_algorithm;
pub(crate) mod compare;
mod coverage;

use crate::{oracle, scenarios};
use compare::assert_agreement;
use hustings::run::Run;
use hustings::scenario::Scenario;

#[test]
fn two_thousand_random_scenarios_happen_as_the_rules_say() {
    for seed in 0..2_000 {
        agree(&scenarios::random(seed));
    }
}

fn agree(scenario: &Scenario) {
    assert_agreement(&Run::of(scenario.clone()), &oracle::play(scenario));
}
