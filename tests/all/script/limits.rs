//! Scripts at the edge of what is read, and far beyond it: a clear answer, and soon.

use super::reading::scenario;
use hustings::scenario::diagnostic::DiagnosticKind;
use hustings::scenario::limits;
use hustings::scenario::script::{MOST_DIAGNOSTICS, format, parse, read};

/// The first thing that is said of a script.
fn first(text: &str) -> String {
    let found = parse(text).err().unwrap_or_default();
    found.first().map(ToString::to_string).unwrap_or_default()
}

/// As many of these lines as a script may have.
fn full_of(line: &str) -> String {
    format!("{line}\n").repeat(limits::LONGEST_SCRIPT / (line.len() + 1))
}

#[test]
fn a_script_may_have_64_kib() {
    assert_eq!(first(&"\n".repeat(limits::LONGEST_SCRIPT)), "");
    let longer = "\n".repeat(limits::LONGEST_SCRIPT + 1);
    assert_eq!(first(&longer), "line 1: the script has 65537 bytes; the most is 65536");
}

#[test]
fn only_the_first_hundred_problems_are_listed() {
    let found = parse(&"foo\n".repeat(150)).err().unwrap_or_default();
    assert_eq!(found.len(), MOST_DIAGNOSTICS + 1);
    let last = found.last().map(ToString::to_string).unwrap_or_default();
    assert_eq!(last, "line 101: 50 more problems are not listed");
}

#[test]
fn a_long_word_is_cut_short_in_its_error() {
    let text = first(&"x".repeat(60_000));
    assert!(text.len() < 400, "{text}");
    assert!(text.contains(&format!("`{}…`", "x".repeat(40))), "{text}");
}

#[test]
fn long_timelines_are_read_and_longer_ones_refused() {
    let most = "every 1ms from 1ms until 10001ms crash 6";
    assert_eq!(scenario(most).timeline.len(), 1, "it stays folded");
    assert_eq!(
        first("every 1ms from 0ms until 10001ms crash 6"),
        "line 1: the timeline has 10001 entries once `flap` and `every` are unrolled; the most is \
         10000"
    );
}

#[test]
fn too_many_overrides_groups_and_names_are_reported_once() {
    let edits: String =
        (1..=1_001).map(|nth| format!("message Alive 5->3 #{nth} lost\n")).collect();
    assert_eq!(first(&edits), "line 1001: there are 1001 overrides; the most is 1000");
    let groups: String = (1..=40).map(|nth| format!("group g{nth} on 1\n")).collect();
    let found = parse(&groups).err().unwrap_or_default();
    let text: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(text, ["line 17: there are 40 groups; a scenario has 1 to 16"]);
    let crowd = format!("at 1s cut 1->{}", "2 ".repeat(65));
    assert_eq!(
        first(&crowd),
        "line 1, column 14: 65 processes are named, but there are at most 64"
    );
}

#[test]
fn expectations_have_a_limit_of_their_own() {
    let line = "expect agreement\n";
    assert_eq!(first(&line.repeat(limits::MOST_EXPECTATIONS)), "");
    assert_eq!(
        first(&line.repeat(limits::MOST_EXPECTATIONS + 1)),
        "line 1001: there are 1001 expectations; the most is 1000"
    );
}

#[test]
fn a_text_has_two_hundred_characters_however_many_bytes() {
    let quoted = |word: &str, letters: usize| format!("{word} \"{}\"", "é".repeat(letters));
    assert_eq!(first(&quoted("title", 200)), "");
    assert_eq!(
        first(&quoted("title", 201)),
        "line 1: the title has 201 characters; the most is 200"
    );
    assert_eq!(
        first(&quoted("about", 201)),
        "line 1: the line about it has 201 characters; the most is 200"
    );
}

/// Each fills a whole script with what costs the most of its kind. A quadratic cost somewhere would
/// take minutes; all of these together take seconds, even where nothing is optimised.
#[test]
fn whatever_fills_a_script_is_read_soon() {
    let ranks: Vec<String> = (1..=64).map(|rank| rank.to_string()).collect();
    let (low, high) = (ranks[..32].join(" "), ranks[32..].join(" "));
    let links = format!("latency {low} -- {high} 5ms");
    let worst = [
        full_of("x"),
        full_of("\""),
        full_of("#1"),
        full_of("at 1s crash 1"),
        full_of("at 1s crash 9"),
        full_of("at 1s heal"),
        full_of("expect agreement"),
        full_of("timer beat 1 #1 fires 1s"),
        full_of("group g on 1"),
        full_of("seed 1"),
        full_of("figure start 1s"),
        full_of(&links).replacen(&links, "processes 64", 1),
        full_of("xy"),
        format!("at 1s partition {}", "1 | ".repeat(10_000)),
        format!("at 1s crash {}", "1 ".repeat(30_000)),
        format!("processes list {}", "1 ".repeat(30_000)),
        format!("algorithm next-in-line alternates list {}", "1 ".repeat(30_000)),
        format!("title \"{}\"", "\\\\".repeat(30_000)),
        format!("title \"{}", "\\\"".repeat(30_000)),
        "(".repeat(limits::LONGEST_SCRIPT),
        "é".repeat(limits::LONGEST_SCRIPT / 2),
        "1->".repeat(20_000),
        "at ".repeat(20_000),
        "99999999999999999999".repeat(3_000),
        "1.".repeat(30_000),
    ];
    for text in worst {
        match read(&text) {
            Ok(script) => drop(script.hints()),
            Err(found) => {
                let error: usize = found.iter().map(|found| found.to_string().len()).sum();
                assert!(error < 100_000, "{} bytes of problems", error);
                assert!(
                    !found
                        .iter()
                        .any(|found| matches!(found.error, DiagnosticKind::TooLong { .. }))
                );
            }
        }
        let _ = format(&text);
    }
}
