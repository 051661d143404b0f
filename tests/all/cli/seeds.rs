//! `check` runs all seeds of an expectation of a share of seeds, and every format says what came of them.

use super::driver::{Folder, hustings};
use crate::golden;
use serde_json::Value;

const SCRIPT: &str = "processes 4
detector heartbeat every 100ms timeout 350ms
loss 5%
until 3s
seeds 100
at 1s crash 4
at 2s pause 3 for 200ms
expect in 80% of seeds longest leaderless <= 328ms
expect in 90% of seeds longest leaderless <= 328ms
expect in 1% of seeds leader 4
";

#[test]
fn people_get_the_count_its_interval_and_a_failing_seed() {
    let ran = hustings(["check", "-"]).with(SCRIPT);
    assert_eq!((ran.code, &*ran.err), (1, ""));
    golden::check("tests/golden/check-seeds.txt", &ran.out);
}

#[test]
fn workflows_and_test_reports_get_them_too() {
    for format in ["github", "junit"] {
        let ran = hustings(["check", "--format", format, "-"]).with(SCRIPT);
        assert_eq!(ran.code, 1);
        let words = "holds in 86 of 100 runs, 77.9 % to 91.5 %; not with seed 1";
        assert!(ran.out.replace("%25", "%").contains(words), "{}", ran.out);
    }
}

#[test]
fn the_seed_that_programs_get_fails_when_it_is_run() {
    let ran = hustings(["check", "--format", "json", "-"]).with(SCRIPT);
    assert_eq!(ran.code, 1);
    let checked: Value = serde_json::from_str(&ran.out).expect("JSON");
    let verdicts = checked["scenarios"][0]["report"]["expectations"].as_array().expect("a list");
    let of = |name: &str| verdicts.iter().map(|it| it[name].clone()).collect::<Vec<_>>();
    assert_eq!(of("holds"), [true, false, false].map(Value::from));
    assert_eq!(of("searched"), [true, true, true].map(Value::from));
    let seed = verdicts[1]["counterexample"][0].as_str().expect("a line");
    let folder = Folder::new("check-seeds");
    let script = SCRIPT.replace("seeds 100", seed).replace("in 90% of seeds ", "");
    let plain: Vec<&str> = script.lines().filter(|line| !line.contains("of seeds")).collect();
    let ran = hustings(["check", &folder.file("seed.hustings", plain.join("\n"))]);
    assert_eq!(ran.code, 1, "{}", ran.out);
}

#[test]
fn a_run_by_itself_fails_no_share_of_seeds() {
    let ran = hustings(["run", "-"]).with(SCRIPT);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    assert!(
        ran.out.contains("so it does not hold with this seed; `hustings check` runs all seeds"),
        "{}",
        ran.out
    );
}
