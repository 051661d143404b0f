//! The search against a naive one, against itself in slices, and against questions whose answers are known.

pub(crate) mod naive;

use crate::inputs;
use crate::inputs::search::{holds, searched};
use crate::numbers::RandomSource;
use hustings::report::Report;
use hustings::run::Run;
use hustings::scenario::{MoveKind, Scenario, script};
use hustings::search::{DangerEnd, Move, Search, SearchQuestion, USUAL};
use hustings::time::Duration;

fn read(text: &str) -> Scenario {
    script::parse(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

/// The scenario of a script, which expects what it says or else no split brain.
fn question(text: &str, kinds: &[MoveKind], most: usize) -> SearchQuestion {
    let mut question = SearchQuestion::of(read(text));
    question.rules.kinds = kinds.iter().copied().collect();
    question.most = most;
    question
}

#[test]
fn the_naive_search_agrees_on_500_small_scenarios() {
    let mut found_by_size = [0; 4];
    for seed in 0..500 {
        let size = inputs::search::check_question(&mut RandomSource::seeded(seed));
        found_by_size[size.unwrap_or(3)] += 1;
    }
    assert!(found_by_size.iter().all(|&count| count > 10), "{found_by_size:?}");
}

#[test]
fn slices_and_waves_come_to_the_same() {
    let text = "processes 4\nlatency 5..9ms\ndetector heartbeat every 40ms timeout 90ms\nuntil 300ms\nquorum majority";
    let question = question(text, MoveKind::ALL, 1);
    let whole = searched(question.clone());
    let mut slices = Search::new(question.clone());
    while !slices.step(7) {}
    assert_eq!((slices.found().to_vec(), slices.progress()), whole);
    // As threads do it: the parts of a wave in any order.
    let mut waves = Search::new(question);
    while !waves.progress().is_done {
        for part in waves.wave().iter_mut().rev() {
            while !part.step(1_000) {}
        }
        waves.close_wave();
    }
    assert_eq!((waves.found().to_vec(), waves.progress()), whole);
}

#[test]
fn bully_splits_by_one_fault_and_a_majority_withstands_two() {
    let base =
        "processes 5\nlatency 10ms\ndetector heartbeat every 100ms timeout 350ms\nuntil 1500ms";
    let kinds =
        [MoveKind::Lose, MoveKind::Pause, MoveKind::Cut, MoveKind::Restart, MoveKind::Crash];
    let (found, _) = searched(question(base, &kinds, 2));
    assert_eq!(found.first().map(Vec::len), Some(1));
    let majority = format!("{base}\nquorum majority");
    let (found, progress) = searched(question(&majority, &[MoveKind::Lose, MoveKind::Crash], 2));
    assert_eq!(found, Vec::<Vec<Move>>::new());
    assert!(progress.level == 2 && progress.is_done && progress.runs > 1_000, "{progress:?}");
}

#[test]
fn one_cut_link_needs_one_cut() {
    let base = "processes 6\nlatency 10ms\ndetector heartbeat every 100ms timeout 350ms\nuntil 3s\nexpect split brain <= 1s";
    let mut question = question(base, &[MoveKind::Cut, MoveKind::CutBoth], 1);
    question.answers = 20;
    let (found, _) = searched(question.clone());
    assert!(!found.is_empty());
    for moves in &found {
        let answer = question.answer(moves).expect("an answer");
        assert_eq!(answer.moves.len(), 1);
        assert!(!holds(&question, &answer.moves));
    }
}

#[test]
fn an_answer_is_as_mild_as_it_can_be_and_tells_its_interval() {
    let base = "processes 6\nlatency 10ms\ndetector heartbeat every 100ms timeout 350ms\nuntil 3s\nexpect no split brain";
    let mut question = question(base, &[MoveKind::Crash, MoveKind::Restart, MoveKind::Pause], 1);
    question.rules.kinds = [MoveKind::Restart, MoveKind::Pause].into_iter().collect();
    question.answers = 20;
    let (found, _) = searched(question.clone());
    for moves in &found {
        let answer = question.answer(moves).expect("an answer");
        let [one] = &*answer.moves else { panic!("one move: {answer:?}") };
        let Some(Some(danger)) = answer.dangers.first() else { panic!("an interval: {answer:?}") };
        let with = |span: Duration| holds(&question, &[Move { span: Some(span), ..one.clone() }]);
        let near = |span: Duration, by: i64| Duration::us(span.as_us().saturating_add_signed(by));
        assert!(!with(danger.from), "{answer:?}");
        assert!(with(near(danger.from, -1_000)), "{answer:?}");
        match danger.to {
            DangerEnd::At(to) => {
                assert!(!with(to), "{answer:?}");
                assert!(with(near(to, 1_000)), "{answer:?}");
            }
            DangerEnd::EndOfRun(to) => assert!(!with(to), "{answer:?}"),
            DangerEnd::Never => assert!(!with(Duration::us(2_000_000)), "{answer:?}"),
        }
    }
    assert!(found.iter().flatten().any(|one| one.kind == MoveKind::Pause));
}

#[test]
fn a_split_that_lasts_for_ever_is_proved() {
    // One cut link: 3 and 6 never hear each other, and the elections repeat.
    let base = "processes 6\nlatency 10ms\ndetector heartbeat every 100ms timeout 350ms\nuntil 5s\nexpect agreement by 4s";
    let question = question(base, &[MoveKind::Crash], 1);
    let one = |text: &str| {
        let scenario = read(&format!("{base}\n{text}"));
        let question = SearchQuestion { scenario, ..question.clone() };
        question.answer(&[]).expect("it is violated without a move")
    };
    let split = one("at 500ms partition 1 2 3 | 4 5 6").endless.expect("a proof");
    assert_eq!(format!("{:?}", split.kind), "SplitBrain");
    assert_eq!(split.period, Duration::us(100_000));
    // With chance in the network nothing repeats exactly, so nothing is claimed.
    assert_eq!(one("at 500ms partition 1 2 3 | 4 5 6\nlatency 3->5 10..20ms").endless, None);
}

#[test]
fn the_usual_question_is_asked_where_nothing_is_expected() {
    let question = SearchQuestion::of(read("processes 3"));
    assert_eq!(*question.scenario.expectations, [USUAL]);
}

#[test]
fn an_answer_is_a_scenario_that_violates_what_it_says() {
    let own: Scenario = read(
        "processes 3\ndetector heartbeat every 100ms timeout 350ms\nuntil 3s\nexpect messages Election <= 9",
    );
    let mut parts = own.clone().into_parts();
    parts.expectations = vec![USUAL];
    let mut question = SearchQuestion::of(Scenario::new(parts).expect("a scenario"));
    question.most = 1;
    let (found, _) = searched(question.clone());
    let answer = found.first().and_then(|moves| question.answer(moves)).expect("an answer");
    let shown = question.shown(&own, &answer).expect("a scenario");
    assert_eq!(shown.expectations.first(), Some(&USUAL));
    assert_eq!(shown.expectations.len(), 2);
    assert_eq!(shown.figure.start, Some(answer.violation.at));
    let run = Run::of(read(&script::write(&shown)));
    let violated = Report::first_violated(run.tally(), run.scenario(), run.end());
    assert_eq!(violated, Some((0, answer.violation.at)));
}
