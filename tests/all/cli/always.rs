//! `check` searches what an expectation with `always` claims, and every format says what it found.

use super::driver::{Folder, hustings};
use crate::golden;
use serde_json::Value;

const SCRIPT: &str = "processes 4
latency 10ms
detector heartbeat every 100ms timeout 350ms
until 1500ms
expect always no split brain with 1 fault of crash lose
expect always no split brain with 2 faults of pause
expect always leaderless <= 1s with 1 fault of crash
";

#[test]
fn people_get_the_fewest_faults_and_the_lines_that_add_them() {
    let ran = hustings(["check", "-"]).with(SCRIPT);
    assert_eq!((ran.code, &*ran.err), (1, ""));
    golden::check("tests/golden/check-always.txt", &ran.out);
}

#[test]
fn workflows_and_test_reports_get_them_too() {
    let ran = hustings(["check", "--format", "github", "-"]).with(SCRIPT);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("%0Aat 100ms pause 4 for 525ms\n"), "{}", ran.out);
    let ran = hustings(["check", "--format", "junit", "-"]).with(SCRIPT);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains(", at 100 ms | at 100ms pause 4 for 525ms\">"), "{}", ran.out);
}

#[test]
fn programs_get_them_as_a_list_that_makes_the_scenario_fail() {
    let ran = hustings(["check", "--format", "json", "-"]).with(SCRIPT);
    assert_eq!(ran.code, 1);
    let checked: Value = serde_json::from_str(&ran.out).expect("JSON");
    let verdicts = checked["scenarios"][0]["report"]["expectations"].as_array().expect("a list");
    let of = |name: &str| verdicts.iter().map(|it| it[name].clone()).collect::<Vec<_>>();
    assert_eq!(of("holds"), [true, false, true].map(Value::from));
    assert_eq!(of("searched"), [true, true, true].map(Value::from));
    let lines = verdicts[1]["counterexample"].as_array().expect("a list");
    let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
    let folder = Folder::new("check-always");
    let shown = SCRIPT.replace("always ", "").replace(" with 2 faults of pause", "");
    let plain = shown.lines().filter(|line| !line.contains("with")).collect::<Vec<_>>().join("\n");
    let file = folder.file("shown.hustings", format!("{plain}\n{}\n", lines.join("\n")));
    let ran = hustings(["check", &file]);
    assert_eq!(ran.code, 1, "{plain}\n{}", ran.out);
    assert!(ran.out.contains("expect no split brain: two leaders"), "{}", ran.out);
}
