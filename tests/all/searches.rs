//! The same searches natively and in the browser, with the same answers after the same number of runs, against
//! `tests/searches.txt`. `UPDATE=1 cargo test searches` writes that file anew.

use hustings::presets;
use hustings::scenario::{MoveKind, Scenario, script};
use hustings::search::{Search, SearchQuestion, USUAL};

const TABLE: &str = include_str!("../searches.txt");

/// Six moves that differ in kind are enough to see an order that depends on the machine.
const ANSWERS: usize = 6;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_search_finds_what_the_table_says() {
    let single = ["start", "bully-figure", "next-in-line-figure", "raft-figure", "quorum-holds"];
    let single = single.into_iter().map(|name| searched(name, preset(name), MoveKind::ALL, 1));
    let kinds = [MoveKind::Lose, MoveKind::Cut, MoveKind::Crash];
    let majority = "processes 3\nlatency 10ms\nuntil 1s\nquorum majority\n\
                    detector heartbeat every 100ms timeout 350ms";
    let pairs = searched("pairs", script::parse(majority).expect("a script"), &kinds, 2);
    let found: String = single.chain([pairs]).collect();
    #[cfg(not(target_arch = "wasm32"))]
    if crate::golden::is_update() {
        return crate::golden::check("tests/searches.txt", &found);
    }
    assert_eq!(found, TABLE);
}

fn preset(name: &str) -> Scenario {
    let preset = presets::find(name).expect("a preset's name is for ever");
    script::parse(preset.script).expect("a preset is right")
}

/// What a search comes to: a line, and a line for each answer.
fn searched(name: &str, scenario: Scenario, kinds: &[MoveKind], most: usize) -> String {
    let mut parts = scenario.into_parts();
    parts.expectations = vec![USUAL];
    let mut question = SearchQuestion::of(Scenario::new(parts).expect("a scenario"));
    question.rules.kinds = kinds.iter().copied().collect();
    question.most = most;
    question.answers = ANSWERS;
    let mut search = Search::new(question);
    while !search.step(10_000) {}
    let progress = search.progress();
    let mut lines = format!("{name}: {} runs, {} events\n", progress.runs, progress.events);
    for answer in search.answers() {
        for one in &answer.moves {
            let (at, span) = (one.at, one.span.map(|span| format!(" {span}")).unwrap_or_default());
            lines += &format!("  {} {at}{span} {:?}", one.kind.name(), one.target);
        }
        lines += &format!(": {}\n", answer.violation.at);
    }
    lines
}
