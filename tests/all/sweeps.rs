//! The same sweeps natively and in the browser, with the same numbers, against `tests/sweeps.txt`.
//! `UPDATE=1 cargo test sweeps` writes that file anew.

use hustings::presets;
use hustings::scenario::script::{self, Script};
use hustings::sweep::{Measure, Sweep, SweepQuestion};
use std::fmt::Write;

const TABLE: &str = include_str!("../sweeps.txt");

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_sweep_comes_to_what_the_table_says() {
    let found: String = [
        ("start", &[("timeout", "150ms..450ms/100ms"), ("loss", "0..20/10")][..]),
        ("two-leaders", &[("algorithm", "bully,next-in-line,ring,raft pre-vote")]),
        ("raft-figure", &[("latency", "20..80ms/30ms")]),
        ("replica-sets", &[("duplicate", "0%,10%")]),
    ]
    .into_iter()
    .map(|(name, varied)| swept(name, varied))
    .collect();
    #[cfg(not(target_arch = "wasm32"))]
    if crate::golden::is_update() {
        return crate::golden::check("tests/sweeps.txt", &found);
    }
    assert_eq!(found, TABLE);
}

/// Of each cell all measures and shares, in one line.
fn swept(name: &str, varied: &[(&str, &str)]) -> String {
    let preset = presets::find(name).expect("a preset's name is for ever");
    let script: Script = script::read(preset.script).expect("a preset is right");
    let question = SweepQuestion::read(&script, varied, 20).expect("it can be swept");
    let mut sweep = Sweep::new(question);
    while !sweep.step(10_000) {}
    let mut lines = format!("{name}: {} events\n", sweep.progress().events);
    for cell in sweep.cells() {
        let values: Vec<String> = cell.values.iter().map(ToString::to_string).collect();
        let _ = write!(lines, "  {}:", values.join(", "));
        for measure in Measure::ALL {
            if let Some(it) = cell.measure(measure) {
                let _ =
                    write!(lines, " {:?} {:?} {:?} {}", it.median, it.p90, it.worst, it.worst_seed);
            }
        }
        for share in cell.expectations.iter().flatten() {
            let _ = write!(lines, " {}/{} {:?}", share.holds, share.runs, share.interval());
        }
        lines.push('\n');
    }
    lines
}
