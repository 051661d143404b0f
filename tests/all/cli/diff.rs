//! `diff`: where two runs part and why, for people and for programs.

use super::driver::{Folder, hustings};
use crate::golden;
use serde_json::{Value, json};

const BULLY: &str = "presets/bully-figure.hustings";
const SCRIPT: &str = include_str!("../../../presets/bully-figure.hustings");

#[test]
fn it_says_where_two_runs_part_and_why_and_what_comes_of_it() {
    let ran = hustings(["diff", BULLY, "-"]).with(&SCRIPT.replace("alive 60ms", "alive 80ms"));
    assert_eq!((ran.code, &*ran.err), (1, ""));
    golden::check("tests/golden/diff-wait.txt", &ran.out);
    let ran = hustings(["diff", BULLY, "-"]).with(&format!("{SCRIPT}message Alive 5->3 #1 lost\n"));
    golden::check("tests/golden/diff-edit.txt", &ran.out);
    let ran = hustings([
        "diff",
        "presets/unstable-rank.hustings",
        "presets/unstable-rank-next-in-line.hustings",
    ]);
    assert_eq!(ran.code, 1);
    golden::check("tests/golden/diff-algorithm.txt", &ran.out);
}

#[test]
fn runs_that_are_the_same_exit_with_0_however_they_are_written() {
    let ran = hustings(["diff", BULLY, "-"]).with(&SCRIPT.replace("title", "TITLE"));
    let same = format!("A  {BULLY}\nB  standard input\n\nAll 31 events are the same.\n");
    assert_eq!((ran.code, ran.out, &*ran.err), (0, same, ""));
}

#[test]
fn a_later_end_or_another_leader_is_a_difference_though_no_event_is() {
    let ran = hustings(["diff", BULLY, "-"]).with(&SCRIPT.replace("until 2s", "until 3s"));
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("All 31 events are the same, but A ends at 2 s, and B at 3 s.\n"));
    let folder = Folder::new("diff-leader");
    let (a, b) = (folder.file("a", "until 1s\n"), folder.file("b", "until 1s\nleader 4\n"));
    let ran = hustings(["diff", &a, &b]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("Nothing happens in either run.\n"), "{}", ran.out);
    assert!(ran.out.contains("leader at the end  6  4\n"), "{}", ran.out);
}

#[test]
fn groups_are_compared_by_their_names() {
    let folder = Folder::new("diff-groups");
    let a = folder.file("a", "group orders on 1 2 3\ngroup users on 4 5 6\n");
    let b = folder.file("b", "group orders on 1 2 3 leader 2\ngroup bills on 4 5 6\n");
    let ran = hustings(["diff", &a, &b]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("  orders: leader at the end   3              2\n"), "{}", ran.out);
    assert!(ran.out.contains("  users: leader at the end    6              no such group\n"));
    assert!(ran.out.contains("  bills: leader at the end    no such group  6\n"));
}

#[test]
fn programs_get_one_object() {
    let ran =
        hustings(["diff", "--json", BULLY, "-"]).with(&SCRIPT.replace("alive 60ms", "alive 80ms"));
    assert_eq!((ran.code, &*ran.err), (1, ""));
    golden::check("tests/golden/diff-wait.json", &ran.out);
    let same: Value = {
        let ran = hustings(["diff", "--json", BULLY, BULLY]);
        assert_eq!(ran.code, 0);
        serde_json::from_str(&ran.out).expect("it is JSON")
    };
    assert_eq!((&same["same"], &same["parting"]), (&json!(true), &Value::Null));
    assert_eq!(same["a"], same["b"]);
}

#[test]
fn unreadable_files_exit_with_2_and_both_are_reported() {
    let ran = hustings(["diff", "nowhere", "presets"]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(ran.err.contains("nowhere: there is no such file\n"), "{}", ran.err);
    assert!(ran.err.contains("presets: this is a folder"), "{}", ran.err);
    let ran = hustings(["diff", "-", "-"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("can be read only once"), "{}", ran.err);
}
