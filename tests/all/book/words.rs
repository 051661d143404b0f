//! The page of all words of the script is made from the table that the parser reads.

use super::limits::number;
use super::made_from;
use crate::golden;
use hustings::scenario::keywords::{Keyword, KeywordMeaning, KeywordPosition, WORDS};
use hustings::scenario::{Drift, FaultKind, OwnSettingKind, SettingKind, limits, script};
use std::fmt::Write;

const BEGINS: &str = "\
A script has one statement per line. In the forms below, `N` is a rank or another whole number, `T` a
duration or an instant, `P` a percentage, and `NAME` a group. `[…]` may be left out, `…` means one or more,
and `|` means *or*; only in `partition` it is written as it is. `LINKS` are `1->2` (one way), `1--2` (both
ways), or with several ranks on a side, `1 2 -> 4 5`. Keywords are read in upper and lower case.

";

/// The kinds in the order of the page, and what is said of each.
const PARTS: [(KeywordPosition, &str, &str); 13] = [
    (KeywordPosition::Statement, "Statements", "Each begins a line."),
    (
        KeywordPosition::Fault,
        "Faults",
        "Each follows `at T`, or `every T from T`; `flap` repeats by itself.",
    ),
    (
        KeywordPosition::Condition,
        "Conditions",
        "Each follows `expect`. `TIME` is `at T`, `by T`, `from T to T` or `after T`; see \
         [expectations](../script.md#expectations). With groups, each may end with `in NAME`.",
    ),
    (KeywordPosition::Fate, "Overrides of a message", "Each ends a line `message KIND N->N #K`."),
    (KeywordPosition::Algorithm, "Algorithms", ""),
    (KeywordPosition::Detector, "Detectors", ""),
    (KeywordPosition::Message, "Kinds of messages", ""),
    (KeywordPosition::Timer, "Kinds of timers", ""),
    (
        KeywordPosition::Figure,
        "How a figure opens",
        "Each follows `figure`, in any order. None of them changes the run.",
    ),
    (KeywordPosition::View, "Views", ""),
    (
        KeywordPosition::AddedFault,
        "Kinds of added faults",
        "Each follows `of` in `expect always … with N faults of`; several can stand there.",
    ),
    (KeywordPosition::Unit, "Units", ""),
    (KeywordPosition::Clause, "Other words", ""),
];

#[test]
fn the_page_of_words_is_the_parsers_table() {
    let mut page =
        format!("# Every word\n\n{}{BEGINS}", made_from("src/scenario/keywords/table.rs"));
    for (kind, title, about) in PARTS {
        let _ = write!(page, "## {title}\n\n");
        if !about.is_empty() {
            let _ = write!(page, "{about}\n\n");
        }
        let words = WORDS.iter().filter(|word| word.kind == kind);
        match kind {
            KeywordPosition::Statement | KeywordPosition::Fault | KeywordPosition::Condition => {
                words.for_each(|word| page += &section(word))
            }
            _ => page += &table(words),
        }
    }
    golden::check("docs/src/script/words.md", &format!("{}\n", page.trim_end()));
}

#[test]
fn no_word_is_left_out() {
    let kinds = PARTS.map(|(kind, ..)| kind);
    assert!(WORDS.iter().all(|word| kinds.contains(&word.kind)));
}

fn section(word: &Keyword) -> String {
    let Keyword { word: name, form, means, example, .. } = word;
    let mut text = format!("### `{name}`\n\n```text\n{form}\n```\n\n{means}\n\n");
    let facts = [
        ("Default", default(word).map(|line| format!("`{line}`"))),
        ("Limit", limit(word)),
        ("Example", Some(format!("`{example}`"))),
    ];
    for (name, fact) in facts {
        if let Some(fact) = fact {
            let _ = writeln!(text, "- {name}: {fact}");
        }
    }
    text + "\n"
}

fn table<'a>(words: impl Iterator<Item = &'a Keyword>) -> String {
    let mut text = "| word | means | example |\n|---|---|---|\n".to_owned();
    for Keyword { word, means, example, .. } in words {
        let _ = writeln!(text, "| `{word}` | {means} | `{example}` |");
    }
    text + "\n"
}

/// The line that changes nothing where it is written.
fn default(word: &Keyword) -> Option<&'static str> {
    if word.kind != KeywordPosition::Statement {
        return None;
    }
    let line = match word.key {
        KeywordMeaning::Setting(SettingKind::Algorithm) => "algorithm bully",
        KeywordMeaning::Setting(SettingKind::Ranks) => "processes 6",
        KeywordMeaning::Setting(SettingKind::Leader) => "leader 6",
        KeywordMeaning::Setting(SettingKind::Detector) => "detector scripted",
        KeywordMeaning::Setting(SettingKind::WaitAlive) => {
            "wait alive 60ms` and `wait elected 90ms"
        }
        KeywordMeaning::Setting(SettingKind::Latency) => "latency 10..20ms",
        KeywordMeaning::Setting(SettingKind::Loss) => "loss 0%",
        KeywordMeaning::Setting(SettingKind::Duplicate) => "duplicate 0%",
        KeywordMeaning::Setting(SettingKind::Fifo) => "fifo off",
        KeywordMeaning::Setting(SettingKind::Seed) => "seed 1",
        KeywordMeaning::Setting(SettingKind::Seeds) => "seeds 200",
        _ => return None,
    };
    let written = script::parse(&line.replace("` and `", "\n"));
    assert_eq!(written, script::parse(""), "`{line}` is no default");
    Some(line)
}

pub(crate) fn limit(word: &Keyword) -> Option<String> {
    let span = || format!("longer than 0, and at most {}", limits::LONGEST_SPAN);
    Some(match (word.kind, word.key) {
        (KeywordPosition::Statement, KeywordMeaning::Setting(SettingKind::About)) => format!(
            "{} characters on one line, none that turns the direction of text",
            limits::LONGEST_TEXT
        ),
        (KeywordPosition::Statement, KeywordMeaning::Setting(SettingKind::Title)) => {
            format!(
                "{} characters on one line, not all of them blank, and none that turns the direction of \
                 text (U+202A to U+202E, U+2066 to U+2069)",
                limits::LONGEST_TEXT
            )
        }
        (KeywordPosition::Statement, KeywordMeaning::Setting(SettingKind::Ranks)) => {
            format!("1 to {} processes, ranks 1 to 65535", limits::MOST_PROCESSES)
        }
        (KeywordPosition::Statement, KeywordMeaning::Name) => format!(
            "{} characters, not all of them blank or digits, and none that turns the direction of text; \
             each process has a name of its own",
            limits::LONGEST_NAME
        ),
        (KeywordPosition::Statement, KeywordMeaning::Zone) => format!(
            "{} zones; a name begins with a letter and goes on with letters, digits, `-` and `_`, has {} \
             characters and is no word of the script; a process is in one zone at most",
            limits::MOST_ZONES,
            limits::LONGEST_NAME
        ),
        (KeywordPosition::Statement, KeywordMeaning::Mark) => format!(
            "{} marks of {} characters, not all of them blank, at {} at the latest",
            limits::MOST_MARKS,
            limits::LONGEST_MARK,
            limits::LONGEST_RUN
        ),
        (KeywordPosition::Statement, KeywordMeaning::Group) => format!(
            "{} groups; a name begins with a letter and goes on with letters, digits, `-` and `_`",
            limits::MOST_GROUPS
        ),
        (
            KeywordPosition::Statement,
            KeywordMeaning::Load | KeywordMeaning::Setting(SettingKind::Capacity),
        ) => {
            format!("{} requests per second", number(u64::from(limits::MOST_REQUESTS)))
        }
        (
            KeywordPosition::Statement,
            KeywordMeaning::Setting(SettingKind::Detector | SettingKind::WaitAlive)
            | KeywordMeaning::Own(OwnSettingKind::Timeout),
        )
        | (_, KeywordMeaning::Fault(FaultKind::Flap)) => span(),
        (KeywordPosition::Statement, KeywordMeaning::Own(OwnSettingKind::Drift)) => {
            format!("{} either way, at most four decimals", Drift::most())
        }
        (_, KeywordMeaning::Fault(FaultKind::Pause)) => {
            format!("at most {}; one of 0ms ends within its instant", limits::LONGEST_SPAN)
        }
        (
            _,
            KeywordMeaning::Setting(SettingKind::Latency)
            | KeywordMeaning::Fault(FaultKind::Latency),
        ) => {
            format!("at most {}, the shorter first", limits::LONGEST_SPAN)
        }
        (
            _,
            KeywordMeaning::Setting(SettingKind::Loss | SettingKind::Duplicate)
            | KeywordMeaning::Fault(FaultKind::Loss),
        ) => "0% to 100%, at most four decimals".to_owned(),
        (KeywordPosition::Statement, KeywordMeaning::Setting(SettingKind::Seed)) => {
            "a whole number below 2^64".to_owned()
        }
        (KeywordPosition::Statement, KeywordMeaning::Setting(SettingKind::Seeds)) => {
            format!("1 to {}", number(limits::MOST_SEEDS.into()))
        }
        (_, KeywordMeaning::InSeeds) => "more than 0%".to_owned(),
        (KeywordPosition::Statement, KeywordMeaning::Setting(SettingKind::Until)) => {
            format!("{}", limits::LONGEST_RUN)
        }
        (KeywordPosition::Statement, KeywordMeaning::At | KeywordMeaning::Every) => format!(
            "{} entries once unrolled, at {} at the latest",
            number(limits::MOST_TIMELINE_ENTRIES as u64),
            limits::LONGEST_RUN
        ),
        (
            KeywordPosition::Statement,
            KeywordMeaning::MessageOverride | KeywordMeaning::TimerOverride,
        ) => {
            format!("{} overrides", number(limits::MOST_OVERRIDES as u64))
        }
        (KeywordPosition::Statement, KeywordMeaning::Expect) => {
            format!(
                "{} expectations; no instant after the end of the run",
                number(limits::MOST_EXPECTATIONS as u64)
            )
        }
        (_, KeywordMeaning::Always) => format!("1 to {} faults", limits::MOST_ADDED_FAULTS),
        (KeywordPosition::Statement, KeywordMeaning::Setting(SettingKind::Figure)) => {
            format!(
                "it ends after it starts; its speed is {}; its height is at most {}",
                span(),
                u16::MAX
            )
        }
        (_, KeywordMeaning::Fault(FaultKind::Partition)) => {
            "two or more sides; a process is on one at most".to_owned()
        }
        _ => return None,
    })
}

#[test]
fn every_kind_of_message_and_timer_has_a_keyword() {
    use hustings::types::{MessageKind, TimerKind};
    let has = |meaning: KeywordMeaning| WORDS.iter().any(|word| word.key == meaning);
    assert!(MessageKind::ALL.into_iter().all(|kind| has(KeywordMeaning::Message(kind))));
    assert!(TimerKind::ALL.into_iter().all(|kind| has(KeywordMeaning::Timer(kind))));
}
