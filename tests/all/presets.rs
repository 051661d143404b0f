//! The bundled scenarios: each holds what it expects, and its transcript can be read.

use crate::golden;
use hustings::narration;
use hustings::presets::{self, Category};
use hustings::run::Run;
use hustings::scenario::script::{self, Script};
use hustings::scenario::{MoveKind, Scenario};
use hustings::search::{Search, SearchQuestion};
use hustings::types::{GroupId, Rank};

fn read(text: &str) -> Script {
    script::read(text).unwrap_or_else(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}\n{text}", problems.join("\n"))
    })
}

#[test]
fn every_preset_expects_something_that_holds() {
    let mut failed = String::new();
    for preset in presets::ALL {
        let script = read(preset.script);
        let report = Run::of(script.scenario.clone()).report(&script);
        assert!(!report.expectations.is_empty(), "{} expects nothing", preset.name);
        match (preset.name, &*report.hints) {
            // The traps are what it is about.
            ("slow-link", [wait, detector]) => {
                assert!(wait.text.contains("can take 520ms"), "{wait:?}");
                assert!(detector.text.contains("can come 590ms after"), "{detector:?}");
            }
            (name, hints) => assert!(hints.is_empty(), "{name}: {hints:?}"),
        }
        assert!(
            report.unused_overrides.is_empty(),
            "{}: {:?}",
            preset.name,
            report.unused_overrides
        );
        for verdict in report.expectations.iter().filter(|verdict| !verdict.holds) {
            failed += &format!("{}: {}: {}\n", preset.name, verdict.text, verdict.reason);
        }
    }
    assert!(failed.is_empty(), "\n{failed}");
}

#[test]
fn every_preset_says_what_it_is() {
    for preset in presets::ALL {
        let scenario = read(preset.script).scenario;
        assert!(scenario.title.is_some(), "{} has no title", preset.name);
        assert!(scenario.about.is_some(), "{} has no line about it", preset.name);
        let says = preset.script.lines().any(|line| line.starts_with("# "));
        assert!(says, "{} has no comment that says what to see", preset.name);
        assert_eq!(presets::find(preset.name), Some(preset));
    }
}

#[test]
fn every_preset_reads_as_a_story() {
    for preset in presets::ALL {
        let run = Run::of(read(preset.script).scenario);
        let path = format!("tests/transcripts/{}.txt", preset.name);
        golden::check(&path, &narration::transcript(&run));
    }
}

/// What the comments of three presets say about other settings.
#[test]
fn what_a_preset_says_of_another_setting_is_so() {
    let with = |name: &str, from: &str, to: &str| {
        let script = presets::find(name).expect("it is a preset").script;
        let without: Vec<&str> =
            script.lines().filter(|line| !line.starts_with("expect")).collect();
        assert!(script.contains(from), "{name} has no {from}");
        let script = read(&without.join("\n").replace(from, to));
        Run::of(script.scenario.clone()).report(&script).groups.remove(0)
    };
    let next_in_line = "algorithm next-in-line alternates 2";
    let settled = with("one-cut-link", "algorithm bully", next_in_line);
    let last = settled.leaders.last().map(|span| &span.leaders[..]);
    assert_eq!((settled.elections, last), (1, Some(&[5][..])));
    let heartbeats = "detector heartbeat every 100ms timeout 350ms";
    let healed = with("split-brain-for-good", "detector scripted", heartbeats);
    let last = healed.leaders.last().map(|span| &span.leaders[..]);
    assert_eq!(last, Some(&[6][..]), "{:?}", healed.leaders);
    let for_good = with("long-pause", heartbeats, "detector scripted\nat 1.5s suspect 3");
    let last = for_good.leaders.last().map(|span| &span.leaders[..]);
    assert_eq!(last, Some(&[5, 6][..]), "{:?}", for_good.leaders);
}

/// What the comments of some presets say of a search: the fewest faults that make two leaders.
#[test]
fn what_a_preset_says_of_a_search_is_so() {
    let found = |name: &str, most: usize| {
        let mut parts = read(presets::find(name).expect("a preset").script).scenario.into_parts();
        parts.expectations.clear();
        let mut question = SearchQuestion::of(Scenario::new(parts).expect("it is valid"));
        question.rules.kinds =
            [MoveKind::Crash, MoveKind::Pause, MoveKind::Lose, MoveKind::Cut].into_iter().collect();
        question.most = most;
        let mut search = Search::new(question);
        while !search.step(1_000_000) {}
        let question = search.question();
        let answer = search.found().first().and_then(|moves| question.answer(moves))?;
        Some((question.with(&answer.moves).expect("it is valid"), answer))
    };
    let lost = |name: &str| {
        let (shown, answer) = found(name, 1).expect("one fault is enough");
        assert_eq!(answer.moves.len(), 1, "{name}");
        let at = Run::of(shown.clone()).at(answer.violation.at);
        let leads = |rank: &Rank| at.leads(GroupId::MAIN, *rank);
        let leaders: Vec<u16> =
            shown.ranks.iter().filter(|it| leads(it)).map(|it| it.get()).collect();
        let text = script::write(&shown);
        let line = text.lines().find(|line| line.starts_with("message")).map(str::to_owned);
        (line.unwrap_or_default(), leaders)
    };
    let (line, leaders) = lost("next-in-line-figure");
    assert_eq!((&*line, &*leaders), ("message Elected 5->3 #1 lost", &[4, 5][..]));
    let (line, leaders) = lost("ring-figure");
    assert_eq!((&*line, &*leaders), ("message Alive 5->4 #1 lost", &[4, 5][..]));
    assert!(found("quorum-holds", 1).is_none());
    assert!(found("raft-figure", 1).is_none());
    let (shown, answer) = found("raft-figure", 2).expect("two faults are enough");
    assert_eq!(answer.moves.len(), 2);
    let report = Run::of(shown.clone()).report(&Script::of(shown));
    let group = &report.groups[0];
    assert_eq!(group.same_term_us, Some(0), "{group:?}");
    assert!((1..100_000).contains(&group.split_brain_us), "{group:?}");
}

/// A remedy is compared with what it prevents, so nothing but the remedy may differ.
#[test]
fn a_remedy_has_the_faults_and_times_of_its_failure() {
    let settings = |name: &str| -> Vec<&'static str> {
        let script = presets::find(name).expect("it is a preset").script;
        let said = ["#", "title", "about", "expect", "mark", "until", "algorithm raft"];
        let remedies = ["quorum", "preempt"];
        let is_shared = |line: &&str| {
            let mut other = said.iter().chain(&remedies);
            !line.is_empty() && !other.any(|word| line.starts_with(word))
        };
        script.lines().filter(is_shared).collect()
    };
    for (failure, remedy) in [
        ("split-brain", "quorum-holds"),
        ("unstable-rank", "no-preempt"),
        ("raft-partial-partition", "raft-partial-partition-pre-vote"),
        ("elasticsearch-zen", "elasticsearch-zen-majority"),
        ("etcd-partial-partition", "etcd-partial-partition-pre-vote"),
    ] {
        assert_eq!(settings(failure), settings(remedy), "{remedy}");
    }
}

/// The names of what the gallery shows, in its order.
fn found(category: Option<Category>, sought: &str) -> Vec<&'static str> {
    let cards = presets::cards();
    let found = cards.iter().filter(|card| card.is_found(category, sought));
    found.map(|card| card.preset.name).collect()
}

#[test]
fn the_gallery_shows_every_preset_once_and_each_in_one_category() {
    let all = presets::ALL.map(|preset| preset.name);
    assert_eq!(found(None, ""), all);
    let of_categories: usize =
        Category::ALL.iter().map(|&category| found(Some(category), " ").len()).sum();
    assert_eq!(of_categories, all.len());
    assert!(Category::ALL.iter().all(|&category| found(Some(category), "").len() >= 3));
}

#[test]
fn a_preset_is_found_by_any_words_of_its_title_line_name_or_algorithm() {
    assert_eq!(found(None, "HEALTHY"), ["two-leaders"]);
    assert_eq!(found(None, "thirty-two"), ["thirty-two"]);
    assert_eq!(found(None, "textbook"), ["textbook-figure", "everyone-notices"]);
    // In any order, and in different places.
    assert_eq!(found(None, "  messages   next in line "), ["next-in-line-figure"]);
    assert_eq!(
        found(Some(Category::Failures), "heartbeats"),
        ["split-brain", "split-brain-for-good"]
    );
    assert_eq!(found(Some(Category::Elections), "split-brain"), [""; 0]);
    assert_eq!(found(None, "no such thing"), [""; 0]);
}

#[test]
fn a_telling_instant_is_one_of_the_run() {
    for card in presets::cards() {
        let run = Run::of(card.script.scenario.clone());
        assert!(card.telling() < run.end(), "{}", card.preset.name);
    }
    let script = presets::find("start").expect("it is a preset").script;
    let mut card = presets::cards().swap_remove(0);
    assert_eq!(card.telling(), card.preset.telling);
    card.script = read(&format!("{script}\nfigure start 250ms"));
    assert_eq!(card.telling(), hustings::time::Time::ms(250), "the script's figure comes first");
}
