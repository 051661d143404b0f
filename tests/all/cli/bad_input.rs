//! Whatever a file holds: a clear word and the right exit code, and never a panic.

use super::driver::{Ran, hustings};
use serde_json::Value;
use std::fmt::Write;

/// Reads it with every command that reads, and returns how `run` went.
#[track_caller]
fn feed(input: impl AsRef<[u8]>) -> Ran {
    let mut ran = None;
    for command in ["check", "fmt", "log", "render", "run"] {
        let now = hustings([command, "-"]).with_bytes(input.as_ref());
        assert!(!now.err.contains("panicked"), "{command}: {}", now.err);
        assert!((0..=2).contains(&now.code), "{command} ended with {}", now.code);
        ran = Some(now);
    }
    ran.expect("run is one of them")
}

#[track_caller]
fn refused(input: impl AsRef<[u8]>, says: &str) {
    let ran = feed(input);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(ran.err.contains(says), "{}", ran.err);
}

#[test]
fn an_empty_script_is_a_scenario_of_defaults() {
    for script in ["", "\n\n", "\u{feff}"] {
        let ran = hustings(["check", "-"]).with(script);
        assert_eq!((ran.code, &*ran.out), (0, "✓ standard input: expects nothing\n"));
    }
    let ran = hustings(["run", "-"]).with("");
    let warning =
        "warning: standard input: nothing is written here, so everything is as by default";
    assert_eq!((ran.code, ran.err.trim_end()), (0, warning));
}

#[test]
fn a_script_has_at_most_64_kib() {
    let comment = format!("# {}\n", "x".repeat(1021));
    assert_eq!(feed(comment.repeat(64)).code, 0);
    refused(comment.repeat(64) + "\n", "this is longer than 65536 bytes");
}

/// A number from a seed, without a crate for it.
pub(crate) fn noise(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn noise_is_refused_with_some_of_its_problems_and_a_count() {
    let mut state = 7;
    let letters: String = std::iter::repeat_with(|| noise(&mut state))
        .map(|number| char::from((number % 95) as u8 + 32))
        .take(64 * 1024 - 1)
        .collect();
    refused(&letters, "error: ");
    let lines: String = letters
        .chars()
        .enumerate()
        .map(|(place, letter)| if place % 30 == 29 { '\n' } else { letter })
        .collect();
    refused(&lines, "more problems are not listed");
    let bytes: Vec<u8> = (0..64 * 1024).map(|_| noise(&mut state) as u8).collect();
    refused(bytes, "this is no text");
    let controls: Vec<u8> = (0..64 * 1024).map(|_| noise(&mut state) as u8 % 32).collect();
    refused(controls, "error: ");
}

#[test]
fn words_of_the_script_in_any_order_do_no_harm() {
    const WORDS: [&str; 24] = [
        "at",
        "every",
        "from",
        "until",
        "crash",
        "flap",
        "partition",
        "|",
        "--",
        "->",
        "6",
        "9999999",
        "100ms",
        "1e9s",
        "#1",
        "#",
        "\"",
        "expect",
        "messages",
        "<=",
        "group",
        "in",
        "timer",
        "65536",
    ];
    for seed in 1..20 {
        let mut state = seed;
        let mut script = String::new();
        while script.len() < 2_000 {
            let word = WORDS[noise(&mut state) as usize % WORDS.len()];
            let end = if noise(&mut state).is_multiple_of(6) { '\n' } else { ' ' };
            script.push_str(word);
            script.push(end);
        }
        let ran = hustings(["run", "-"]).with(&script);
        assert!(!ran.err.contains("panicked"), "{script}\n{}", ran.err);
    }
}

#[test]
fn absurd_numbers_are_refused() {
    refused("seed 99999999999999999999999999", "is too large a number");
    refused("until 99999999999999999999s", "error: ");
    refused("until 61m", "error: ");
    refused("processes 65", "a scenario has 1 to 64");
    refused("processes 0", "error: ");
    refused("processes list 70000", "a rank is a whole number from 1 to 65535");
    refused("processes list 3 3", "error: ");
    refused("latency 0.0001ms", "finer than a microsecond");
    refused("loss 101%", "is more than 100%");
    refused("wait alive -5ms", "error: ");
    refused("leader 7", "process 7");
    refused("at 1s flap 6 down 0ms up 0ms", "error: ");
}

#[test]
fn each_limit_of_a_list_has_its_own_error() {
    let many = |count: u32, line: &dyn Fn(u32) -> String| (1..=count).map(line).collect::<String>();
    refused(
        many(17, &|n| format!("group g{n} on 1 2 3\n")),
        "there are 17 groups; a scenario has 1 to 16",
    );
    refused(many(1_001, &|n| format!("message Alive 5->3 #{n} lost\n")), "error: ");
    refused(many(1_001, &|n| format!("expect elections >= {n}\n")), "error: ");
    refused("every 1ms from 0ms until 10001ms crash 6", "10001 entries");
}

#[test]
fn a_timeline_of_ten_thousand_entries_runs() {
    let ran = hustings(["check", "-"]).with(
        "every 1ms from 1ms until 5001ms crash 6\nevery 1ms from 1ms until 5001ms recover 6\n\
         until 6s\nexpect elections >= 5000\n",
    );
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn a_timeline_of_many_lines_runs() {
    let mut script = String::new();
    for at in 0..2_500 {
        // Writing to a string cannot fail.
        let _ = writeln!(script, "at {at}ms suspect {}", at % 5 + 1);
    }
    assert_eq!(feed(script).code, 0);
}

#[test]
fn a_run_with_too_many_events_stops_and_says_so() {
    let ran = hustings(["run", "--json", "-"]).with(
        "processes 2\ndetector heartbeat every 1ms timeout 100ms\nlatency 1..2ms\nuntil 60m\n\
         expect leader 2\n",
    );
    assert_eq!((ran.code, &*ran.err), (0, ""));
    let reports: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let report = &reports[0];
    assert_eq!((&report["stopped"], &report["events"]), (&"event limit".into(), &2_000_000.into()));
    let verdict = &report["expectations"][0];
    assert_eq!(verdict["holds"], false);
    assert_eq!(verdict["reason"], "the run stopped early, at 666.667 s");
}
