//! `run --algorithm`: one scenario under another algorithm, or under all.

use super::driver::hustings;
use crate::golden;
use hustings::election::AlgorithmKind;
use serde_json::Value;

#[test]
fn all_algorithms_stand_side_by_side() {
    let ran = hustings(["run", "--algorithm", "all", "presets/unstable-rank.hustings"]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    let opens = "$ hustings run --algorithm all presets/unstable-rank.hustings\n";
    golden::check_between("docs/src/algorithms/which.md", opens, "```\n\n*Messages*", &ran.out);
}

#[test]
fn each_algorithm_has_its_report() {
    let ran = hustings(["run", "--json", "--algorithm", "all", "presets/bully-figure.hustings"]);
    let reports: Vec<Value> = serde_json::from_str(&ran.out).expect("an array of reports");
    let names: Vec<&str> =
        reports.iter().filter_map(|report| report["algorithm"].as_str()).collect();
    let all: Vec<&str> = AlgorithmKind::ALL.iter().map(|kind| kind.row().name).collect();
    assert_eq!(names, all);
    // Its own algorithm runs as it is.
    assert_eq!(reports[0]["digest"], "0a076baa4b91d96d");
}

#[test]
fn one_other_algorithm_can_be_named() {
    let ran = hustings(["run", "--algorithm", "ring", "presets/bully-figure.hustings"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 2), "{}", ran.out);
    let unknown = hustings(["run", "--algorithm", "paxos", "presets/bully-figure.hustings"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("bully-textbook"), "{}", unknown.err);
}

#[test]
fn an_algorithm_that_does_not_allow_the_scenario_says_why() {
    let script = "processes list 1 2 300\nat 100ms crash 300\nat 200ms suspect 2\n";
    let ran = hustings(["run", "--algorithm", "vrrp", "-"]).with(script);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.contains("vrrp: the ranks of vrrp are priorities from 1 to 255"),
        "{}",
        ran.out
    );
}
