//! The command line as a user meets it: the real program, on real files.

mod algorithms;
mod always;
mod bad_files;
mod bad_input;
mod budgets;
mod diff;
mod documents;
pub(crate) mod driver;
mod embed;
mod files;
mod json;
mod manual;
mod mdbook;
mod printable;
mod render;
mod search;
mod seeds;
mod sharing;
mod sweep;

use crate::golden;
use driver::{Folder, hustings};

const LEADS: &str = "at 100ms crash 6\nat 200ms suspect 3\nexpect leader 5 by 500ms\n";
const FAILS: &str = "at 100ms crash 6\nat 200ms suspect 3\nexpect leader 4 by 500ms\n";
const BROKEN: &str = "at 100ms crsh 6\nat 200ms suspect 9\nexpect leader 5\n";

#[test]
fn run_says_who_leads_and_what_it_cost() {
    let ran = hustings(["run", "presets/bully-figure.hustings"]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    golden::check("tests/golden/run-bully-figure.txt", &ran.out);
    let ran = hustings(["run", "presets/one-cut-link.hustings"]);
    golden::check("tests/golden/run-one-cut-link.txt", &ran.out);
}

#[test]
fn run_prints_failures_unused_overrides_and_hints_and_exits_with_0() {
    let script = "until 1s\nuntil 2s\nat 100ms crash 6\nmessage Alive 5->3 #4 lost\n\
                  expect leader 5\nexpect leaderless <= 1s\n";
    let ran = hustings(["run", "-"]).with(script);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    golden::check("tests/golden/run-with-error.txt", &ran.out);
}

#[test]
fn run_tries_every_file_and_names_them() {
    let folder = Folder::new("run-several");
    let (good, bad) = (folder.file("good.hustings", LEADS), folder.path("missing.hustings"));
    let ran = hustings(["run", &good, &bad, &good]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.out.matches(&format!("== {good}")).count(), 2, "{}", ran.out);
    assert_eq!(ran.err, format!("error: {bad}: there is no such file\n"));
}

#[test]
fn groups_have_a_table_each() {
    let script = "processes 4\ngroup orders on 1 2 3\ngroup users on 2 3 4\n\
                  at 100ms crash 4\nat 200ms suspect 2 in users\nexpect leader 3\n";
    let ran = hustings(["run", "-"]).with(script);
    golden::check("tests/golden/run-groups.txt", &ran.out);
}

/// "The state at T is the state after all that happens at T."
#[test]
fn the_table_and_the_expectations_agree_on_who_leads_after_a_change_at_the_very_end() {
    let ran = hustings(["run", "-"]).with("at 1s crash 6\nuntil 1s\nexpect leader none\n");
    let end = "  at the end    nobody leads, since 1 s\n";
    assert!(ran.out.contains(end), "{}", ran.out);
    assert!(ran.out.contains("✓ expect leader none"), "{}", ran.out);
    // The span of no length is none of the intervals.
    assert!(ran.out.contains("  leaders            0 ms to       1 s  6\n"), "{}", ran.out);
}

#[test]
fn every_preset_passes_check_and_is_in_canonical_spelling() {
    let ran = hustings(["check", "--strict", "presets"]);
    // What this one is about is two traps, and they are called traps.
    let warned: Vec<&str> = ran.err.lines().filter(|line| line.contains("-->")).collect();
    assert_eq!((ran.code, &*warned), (0, &["  --> presets/slow-link.hustings:17:1"; 2][..]));
    assert!(ran.err.starts_with("warning: `wait alive` is 60ms, but an Election from 3 to 6"));
    assert!(ran.out.ends_with("in all 46 fine, 0 failed, 0 unreadable\n"), "{}", ran.out);
    for preset in hustings::presets::ALL {
        let ran = hustings(["fmt", "-"]).with(preset.script);
        assert_eq!(ran.out, preset.script, "{}", preset.name);
    }
}

#[test]
fn check_exits_with_1_where_an_expectation_fails() {
    let folder = Folder::new("check-fails");
    let (held, failed) = (folder.file("held.hustings", LEADS), folder.file("not.hustings", FAILS));
    let ran = hustings(["check", &held]);
    assert_eq!((ran.code, ran.out), (0, format!("✓ {held}: what it expects holds\n")));
    let ran = hustings(["check", &held, &failed]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains(&format!("✗ {failed}: 1 of 1 expectations failed\n")), "{}", ran.out);
    let place = format!("    {failed}:3: expect leader 4 by 500ms: 5 leads at the end, since ");
    assert!(ran.out.contains(&place), "{}", ran.out);
    assert!(ran.out.ends_with("in all 1 fine, 1 failed, 0 unreadable\n"), "{}", ran.out);
}

#[test]
fn check_exits_with_2_where_something_cannot_be_read_whatever_else_failed() {
    let folder = Folder::new("check-unreadable");
    let failed = folder.file("fails.hustings", FAILS);
    let broken = folder.file("broken.hustings", BROKEN);
    for paths in [[&failed, &broken], [&broken, &failed]] {
        let ran = hustings(["check", paths[0], paths[1]]);
        assert_eq!(ran.code, 2);
        assert!(ran.out.ends_with("in all 0 fine, 1 failed, 1 unreadable\n"), "{}", ran.out);
    }
}

#[test]
fn check_goes_through_folders_and_finds_only_scenarios() {
    let folder = Folder::new("check-folder");
    folder.file("b/deep/two.hustings", LEADS);
    folder.file("a.hustings", LEADS);
    folder.file("notes.txt", BROKEN);
    folder.file(".hidden/three.hustings", BROKEN);
    let ran = hustings(["check", &folder.path("")]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let names: Vec<_> = ran.out.lines().filter_map(|line| line.split('/').next_back()).collect();
    let held = ": what it expects holds";
    assert_eq!(names[..2], [format!("a.hustings{held}"), format!("two.hustings{held}")]);
}

#[test]
fn check_exits_with_2_where_nothing_is_found() {
    let folder = Folder::new("check-nothing");
    folder.file("notes.txt", LEADS);
    let ran = hustings(["check", &folder.path("")]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(
        ran.err.ends_with(
            ": no `.hustings` or `.hustings.json` file is in it, and no document with a figure\n"
        ),
        "{}",
        ran.err
    );
}

#[test]
fn an_unused_edit_warns_and_fails_only_when_strict() {
    let script = format!("{LEADS}message Alive 5->3 #2 lost\n");
    let ran = hustings(["check", "-"]).with(&script);
    assert_eq!(ran.code, 0);
    golden::check("tests/golden/check-unused-override.txt", &ran.err);
    let ran = hustings(["check", "--strict", "-"]).with(&script);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("✗ standard input: what it expects holds, but"), "{}", ran.out);
}

#[test]
fn all_that_is_wrong_with_a_script_is_shown_in_its_place() {
    let ran = hustings(["run", "-"]).with(BROKEN);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    golden::check("tests/golden/errors.txt", &ran.err);
}

#[test]
fn a_caret_stands_under_its_word_whatever_is_before_it() {
    let ran = hustings(["run", "-"]).with("\u{feff}\t# 日本\r\n\tat 1s\tcrash \"é\" 77\r\n");
    golden::check("tests/golden/errors-in-odd-text.txt", &ran.err);
}

#[test]
fn fmt_rewrites_in_place_and_says_so() {
    let folder = Folder::new("fmt");
    let file = folder.file("odd.hustings", "AT 0.1s   CRASH 6 # gone\n");
    let ran = hustings(["fmt", "--check", &file]);
    assert_eq!((ran.code, ran.out), (1, format!("{file} is not in canonical spelling\n")));
    assert_eq!(folder.read("odd.hustings"), "AT 0.1s   CRASH 6 # gone\n");
    let ran = hustings(["fmt", &file]);
    assert_eq!((ran.code, ran.out), (0, format!("{file} is in canonical spelling now\n")));
    assert!(folder.read("odd.hustings").starts_with("at 100ms crash 6"));
    assert!(folder.read("odd.hustings").ends_with("# gone\n"));
    let ran = hustings(["fmt", "--check", &file]);
    assert_eq!((ran.code, &*ran.out), (0, ""));
}

#[test]
fn fmt_leaves_a_file_that_it_cannot_read() {
    let folder = Folder::new("fmt-broken");
    let (broken, odd) = (folder.file("a.hustings", BROKEN), folder.file("b.hustings", "SEED 2"));
    let ran = hustings(["fmt", &broken, &odd]);
    assert_eq!(ran.code, 2);
    assert_eq!(folder.read("a.hustings"), BROKEN);
    assert_eq!(folder.read("b.hustings"), "seed 2\n");
}

#[test]
fn log_prints_a_run_and_reads_standard_input() {
    let script = hustings(["presets", "two-leaders"]).out;
    let ran = hustings(["log", "-", "--format", "transcript"]).with(&script);
    assert_eq!(ran.code, 0);
    golden::check("tests/transcripts/two-leaders.txt", &ran.out);
    assert_eq!(hustings(["log", "nowhere"]).code, 2);
    assert_eq!(hustings(["log", "-", "--format", "song"]).code, 2);
}

#[test]
fn presets_are_listed_and_printed() {
    let ran = hustings(["presets"]);
    assert_eq!(ran.code, 0);
    golden::check("tests/golden/presets.txt", &ran.out);
    let ran = hustings(["presets", "start"]);
    assert_eq!((ran.code, ran.out), (0, include_str!("../../presets/start.hustings").to_owned()));
    let ran = hustings(["presets", "strat"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err, "error: there is no preset `strat`; did you mean `start`?\n");
}

#[test]
fn nothing_is_coloured_where_nobody_looks() {
    let ran = hustings(["run", "presets/start.hustings"]);
    assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let (code, err) = driver::closed_at_once(["log", "presets/unstable-rank.hustings"]);
    assert_eq!((code, &*err), (0, ""));
    let mermaid = ["log", "--format", "mermaid", "presets/unstable-rank.hustings"];
    assert_eq!(driver::closed_at_once(mermaid), (0, String::new()));
    let picture = ["render", "presets/unstable-rank.hustings", "--animate"];
    assert_eq!(driver::closed_at_once(picture), (0, String::new()));
    let (code, err) = driver::closed_at_once(["run", "--json", "presets/unstable-rank.hustings"]);
    assert_eq!((code, &*err), (0, ""));
}
