//! Bytes as a scenario of any algorithm: its run is that of the second implementation, keeps what the rules promise, and
//! any instant of it is what playing to it gives.

use crate::agreement::compare::{assert_agreement, assert_promises, assert_report};
use crate::numbers::RandomSource;
use crate::oracle::outcome;
use crate::scenarios::{REMEDIES, Remedy, decided_of};
use hustings::election::AlgorithmKind;
use hustings::run::Run;
use hustings::simulation::World;
use hustings::time::Time;

pub(crate) fn check(bytes: &[u8]) {
    let mut source = RandomSource::of_bytes(bytes);
    let plain = AlgorithmKind::ALL.iter().map(|&kind| (kind, Remedy::None));
    let all: Vec<_> = plain.chain(REMEDIES).collect();
    let (kind, remedy) = source.one(&all);
    let at = source.below(1 << 16);
    let scenario = decided_of(kind, remedy, "A run".to_owned(), source);
    super::scenario::survives_each_format(&scenario);
    let run = Run::of(scenario.clone());
    let expected = outcome(&scenario);
    assert_agreement(&run, &expected.log);
    assert_report(&run, &expected);
    assert_promises(&scenario, &expected);
    let at = Time::us((at * run.end().as_us()) >> 16);
    let mut world = World::new(scenario);
    world.play(at, &mut Vec::new());
    assert!(run.at(at) == world, "at {at} the worlds differ");
    let mut sliced = Run::new(run.scenario().clone());
    while !sliced.advance(7) {}
    assert_eq!(sliced.digest(), run.digest(), "slices add up to another run");
}
