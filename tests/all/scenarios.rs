//! Scenarios by the hundred: `random` makes interesting ones from a number, everywhere; `scenario`
//! is proptest's strategy for every valid one.

#[cfg(all(test, not(target_arch = "wasm32")))]
mod pieces;
mod random;
mod random_of;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod strategy;

pub(crate) use random::random;
pub(crate) use random_of::{REMEDIES, Remedy, random_of};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use random_of::{decided_of, kinds};
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) use strategy::scenario;

#[test]
fn the_first_two_thousand_random_scenarios_are_valid() {
    for seed in 0..2_000 {
        assert_eq!(random(seed), random(seed), "random scenario {seed} is not the same twice");
    }
}
