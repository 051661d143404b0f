//! `search`: what it finds, what it promises, where it stops, and arguments that it refuses.

use super::driver::{Folder, hustings};
use crate::golden;
use serde_json::Value;

const QUIET: &str =
    "processes 4\nlatency 10ms\ndetector heartbeat every 100ms timeout 350ms\nuntil 2s\n";

#[test]
fn it_finds_the_fewest_faults_and_says_why_they_violate_it() {
    let ran = hustings(["search", "--expect", "no split brain", "-"]).with(QUIET);
    assert_eq!((ran.code, &*ran.err), (1, ""));
    golden::check("tests/golden/search-split.txt", &ran.out);
    let args =
        ["search", "--all", "--faults", "lose,cut,crash", "--expect", "leaderless <= 500ms", "-"];
    let ran = hustings(args).with(QUIET);
    assert_eq!(ran.code, 1);
    golden::check("tests/golden/search-leaderless.txt", &ran.out);
}

#[test]
fn what_it_does_not_find_is_promised_for_what_was_tried_alone() {
    let majority = format!("{QUIET}quorum majority\n");
    let args = ["search", "--faults", "crash,lose,cut", "--expect", "no split brain", "-"];
    let ran = hustings(args).with(&majority);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    golden::check("tests/golden/search-none.txt", &ran.out);
}

#[test]
fn at_a_limit_it_says_what_is_finished() {
    let majority = format!("{QUIET}quorum majority\n");
    let args = [
        "search",
        "--runs",
        "2000",
        "--faults",
        "crash,lose,cut",
        "--expect",
        "no split brain",
        "-",
    ];
    let ran = hustings(args).with(&majority);
    assert_eq!((ran.code, &*ran.err), (3, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    let [stopped, expected, finished, unfinished] = &*lines else { panic!("{}", ran.out) };
    assert_eq!(*stopped, "stopped: 2000 runs were asked for at most, with --runs");
    assert_eq!(*expected, "Expected: no split brain.");
    assert!(finished.starts_with("No single fault violates it within 2 s with seed 1."));
    assert!(unfinished.starts_with("Of the sets of 2 ") && unfinished.ends_with(" % is tried."));
}

#[test]
fn a_run_that_fails_by_itself_needs_no_fault() {
    let ran = hustings(["search", "-"]).with(&format!("{QUIET}expect leader 3\n"));
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("found: the run violates it without a fault\n"), "{}", ran.out);
}

#[test]
fn programs_get_one_object_whose_scripts_violate_what_it_says() {
    let script = format!("# Ours\n{QUIET}expect no split brain # the point\n");
    let args = [
        "search",
        "--all",
        "--most",
        "1",
        "--faults",
        "pause,cut",
        "--seeds",
        "3..4",
        "--json",
        "-",
    ];
    let ran = hustings(args).with(&script);
    assert_eq!((ran.code, &*ran.err), (1, ""));
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(report["expectations"], serde_json::json!(["no split brain"]));
    assert_eq!(report["faults"], serde_json::json!(["pause", "cut"]));
    let searches = report["searches"].as_array().expect("a list");
    assert_eq!(searches.len(), 2);
    assert_eq!((&searches[0]["seed"], &searches[0]["outcome"]), (&"3".into(), &"found".into()));
    let answers = searches[0]["answers"].as_array().expect("a list");
    assert!(answers.len() > 1, "{answers:?}");
    let folder = Folder::new("search-json");
    for answer in answers {
        let shown = answer["script"].as_str().expect("a script");
        assert!(shown.contains("# Ours") && shown.contains("# the point"), "{shown}");
        for one in answer["moves"].as_array().expect("a list") {
            for line in one["lines"].as_array().expect("a list") {
                assert!(shown.contains(line.as_str().expect("a line")), "{shown}\n{line}");
            }
        }
        let file = folder.file("answer.hustings", shown);
        let checked = hustings(["check", &file]);
        assert_eq!(checked.code, 1, "{}{}", checked.out, checked.err);
        assert!(checked.out.contains("expect no split brain"), "{}", checked.out);
    }
}

#[test]
fn arguments_that_mean_nothing_are_refused() {
    for (args, problem) in [
        (["--expect", "no brain"], "`expect no brain`: "),
        (["--expect", "leader 9"], "`expect leader 9`: "),
        (["--process", "9"], "there is no process 9"),
        (["--link", "1->9"], "there is no process 9"),
        (["--link", "1-2"], "`1-2` is no link such as `3->5`"),
        (["--durations", "0ms"], "it must be longer than nothing"),
        (["--durations", "soon"], "found `soon`"),
        (["--faults", "fire"], "invalid value 'fire'"),
        (["--most", "5"], "5 is not in 1..=4"),
        (["--seeds", "5..1"], "`5..1` is no range of seeds such as `1..20`"),
        (["--seeds", "1..99999"], "these are more than 10000 seeds"),
        (["--runs", "0"], "0 is not in 1.."),
    ] {
        let ran = hustings(["search", args[0], args[1], "-"]).with(QUIET);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{args:?}");
        assert!(ran.err.contains(problem), "{args:?}: {}", ran.err);
    }
}
