//! The same digests natively and in the browser: of 200 random scenarios, of some of each algorithm with each
//! remedy, and of every preset, against
//! `tests/digests.txt`. `UPDATE=1 cargo test digests` writes that file anew.
//!
//! The table is part of both programs, so it is the same table that both are compared with. A digest
//! that changes means that a run changed: every link in the world that holds one would say so.

use crate::scenarios::{self, Remedy};
use hustings::election::AlgorithmKind;
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{Scenario, script};

const TABLE: &str = include_str!("../digests.txt");

/// How many of the random scenarios are in the table.
const RANDOM: u64 = 200;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_run_has_the_digest_of_the_table() {
    let found = table();
    #[cfg(not(target_arch = "wasm32"))]
    if crate::golden::is_update() {
        return crate::golden::check("tests/digests.txt", &found);
    }
    let differs: Vec<String> = found
        .lines()
        .zip(TABLE.lines().chain(std::iter::repeat("nothing")))
        .filter(|(found, kept)| found != kept)
        .map(|(found, kept)| format!("{found}, but the table says {kept}"))
        .collect();
    assert!(differs.is_empty(), "{}", differs.join("\n"));
    assert_eq!(found.lines().count(), TABLE.lines().count(), "the table has more than there is");
}

/// How many of each algorithm, and of each remedy.
const OF_EACH: u64 = 10;
const WITH_EACH: u64 = 3;

/// A name and a digest a line.
fn table() -> String {
    let random = (0..RANDOM).map(|seed| (format!("random-{seed}"), scenarios::random(seed)));
    let bundled =
        presets::ALL.iter().map(|preset| (preset.name.to_owned(), bundled(preset.script)));
    let line = |(name, scenario)| format!("{name} {}\n", Run::of(scenario).digest());
    random.chain(bundled).chain(by_algorithm()).map(line).collect()
}

fn by_algorithm() -> impl Iterator<Item = (String, Scenario)> {
    let plain = AlgorithmKind::ALL.iter().map(|&kind| (kind, Remedy::None, OF_EACH));
    let with = scenarios::REMEDIES.into_iter().map(|(kind, remedy)| (kind, remedy, WITH_EACH));
    plain.chain(with).flat_map(|(kind, remedy, count)| {
        let name = kind.row().name;
        let scenario = move |seed| scenarios::random_of(kind, remedy, seed);
        (0..count).map(move |seed| (format!("{name}-{}-{seed}", remedy.name()), scenario(seed)))
    })
}

fn bundled(text: &str) -> Scenario {
    script::parse(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

/// A digest is of what happens and not of how it is called: title, expectations and figure are no
/// part of it, and the seed is one as soon as chance decides.
#[test]
#[cfg(not(target_arch = "wasm32"))]
fn a_digest_is_of_what_happens() {
    let digest = |more: &str| crate::play::play(&format!("at 100ms crash 6\n{more}")).run.digest();
    let plain = digest("at 200ms suspect 3");
    assert_eq!(
        digest("at 200ms suspect 3\ntitle \"another\"\nexpect leader 5\nfigure start 1s"),
        plain
    );
    assert_ne!(digest("at 200ms suspect 3\nseed 2"), plain);
    assert_ne!(digest("at 201ms suspect 3"), plain);
    assert_ne!(
        digest("at 200ms suspect 3\nat 1s cut 1->2"),
        digest("at 200ms suspect 3\nat 1s cut 2->1")
    );
    assert_eq!(digest("latency 10ms\nseed 1"), digest("latency 10ms\nseed 2"));
}
