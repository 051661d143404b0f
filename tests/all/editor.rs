//! What the editor of the script shows beside the bare text, and what its buttons do.

use hustings::run::Run;
use hustings::scenario::{Change, Fault};
use hustings::session::editor::{LineMark, Note, Notes, Severity, Splice, marks, notes};
use hustings::session::{Action, Document, RunView, State};
use hustings::time::Time;
use hustings::types::Rank;

const SCRIPT: &str = "\
title \"3 notices\"  # a comment
processes 6
until 2s
at 100ms crash 6
at 200ms suspect 3
expect leader 5 by 500ms
expect messages Election = 9
";

fn document(text: &str) -> Document {
    Document::read(text).expect("readable")
}

fn run_view(document: &Document) -> RunView {
    RunView::new(Run::of(document.scenario().clone()), document)
}

fn notes_of(document: &Document) -> Notes {
    notes(document, &run_view(document))
}

/// The signs by line.
fn signs(document: &Document, cursor: Time) -> Vec<(usize, LineMark)> {
    let run_view = run_view(document);
    let marks = marks(document, &run_view, &notes(document, &run_view), cursor);
    marks.into_iter().map(|mark| (mark.line, mark.sign)).collect()
}

fn only(notes: &Notes) -> &Note {
    assert_eq!(notes.list.len(), 1, "{notes:?}");
    &notes.list[0]
}

#[test]
fn the_margin_says_what_has_happened_and_how_expectations_stand() {
    let document = document(SCRIPT);
    let at_150 =
        [(4, LineMark::Happened), (5, LineMark::Ahead), (6, LineMark::Holds), (7, LineMark::Fails)];
    assert_eq!(signs(&document, Time::ms(150)), at_150);
    assert_eq!(signs(&document, Time::ms(200))[1], (5, LineMark::Happened));
}

/// Neither the margin nor the verdict decides it.
#[test]
fn what_is_expected_in_a_share_of_seeds_is_shown_as_not_decided() {
    let text = format!("{SCRIPT}expect in 99% of seeds leader 6 by 500ms\n");
    let document = document(&text);
    let run_view = run_view(&document);
    let marks = marks(&document, &run_view, &notes(&document, &run_view), Time::ms(150));
    let words = marks.iter().find(|mark| mark.line == 8).map(|mark| &*mark.words);
    assert!(words.is_some_and(|words| words.starts_with("Not decided by one run: ")), "{words:?}");
    assert!(signs(&document, Time::ZERO).iter().any(|(_, sign)| *sign == LineMark::Undecided));
    let rows = run_view.expected();
    assert_eq!(rows[2].text, "leader 6 by 500 ms, in 99% of the runs with 200 seeds");
    let reason: String = rows[2].reason.iter().map(|part| &*part.text).collect();
    assert_eq!(reason, "One run does not decide this; the command hustings check runs all seeds.");
}

/// Neither the margin nor the verdict claims a search.
#[test]
fn what_is_always_expected_is_shown_as_judged_without_added_faults() {
    let text = format!("{SCRIPT}expect always leader 5 by 500ms with 2 faults of lose\n");
    let document = document(&text);
    let run_view = run_view(&document);
    let marks = marks(&document, &run_view, &notes(&document, &run_view), Time::ms(150));
    let words = |line: usize| marks.iter().find(|mark| mark.line == line).map(|mark| &*mark.words);
    assert_eq!(words(6), Some("Holds, decided at 276 ms"));
    assert_eq!(words(8), Some("Holds without added faults, decided at 276 ms"));
    let rows = run_view.expected();
    assert_eq!(rows[0].reason, []);
    assert_eq!(rows[2].text, "always leader 5 by 500 ms, with at most 2 added faults (lose)");
    let reason: String = rows[2].reason.iter().map(|part| &*part.text).collect();
    assert!(rows[2].holds && reason.starts_with("Holds without added faults;"), "{reason}");
}

#[test]
fn a_problem_marks_its_line_and_the_others_keep_their_marks() {
    let draft = document(SCRIPT).typed(&SCRIPT.replace("until 2s\n", "until 2s\nat 9ms crsh 1\n"));
    let marks = signs(&draft, Time::ms(150));
    assert_eq!(marks[0], (4, LineMark::Problem));
    assert_eq!(marks[1..3], [(5, LineMark::Happened), (6, LineMark::Ahead)]);
    assert_eq!(marks[3..], [(7, LineMark::Holds), (8, LineMark::Fails)]);
}

#[test]
fn a_problem_is_described_with_its_suggestion() {
    let text = SCRIPT.replace("crash 6", "crsh 6");
    let state = State::new(document(SCRIPT)).apply(Action::Type(text.clone()));
    let notes = notes_of(state.document());
    assert_eq!(notes.heading(0), "1 problem, line 4");
    let note = only(&notes);
    assert_eq!(note.lead, "`crsh` is not something that happens at a time.");
    assert_eq!(note.rest.as_deref(), Some("Did you mean `crash`?"));
    assert_eq!(note.span, 9..13);
    let remedy = note.remedy.clone().expect("a remedy");
    assert_eq!(remedy.label, "Write `crash`");
    let corrected = state.apply(remedy.action);
    assert_eq!(corrected.document().text(), SCRIPT);
    assert_eq!(corrected.history.undoes(), Some("\u{201c}write crash\u{201d}"));
    assert_eq!(corrected.apply(Action::Undo).document().written(), text);
}

#[test]
fn several_problems_are_counted_those_that_are_not_listed_too() {
    let two = document(SCRIPT).typed("at 1ms crsh 6\nat 2ms suspct 3\n");
    assert_eq!(notes_of(&two).heading(1), "2 of 2 problems, line 2");
    let many = document(SCRIPT).typed(&"nonsense\n".repeat(150));
    let notes = notes_of(&many);
    assert_eq!((notes.list.len(), notes.total), (100, 150));
    assert!(notes.heading(99).starts_with("100 of 150 problems"), "{}", notes.heading(99));
}

#[test]
fn a_script_that_is_too_long_says_so() {
    let long = document(SCRIPT).typed(&"# long\n".repeat(10_000));
    let notes = notes_of(&long);
    assert_eq!(only(&notes).lead, "The script has 70000 bytes.");
    assert_eq!(only(&notes).rest.as_deref(), Some("The most is 65536."));
}

#[test]
fn hints_and_unused_overrides_are_shown_if_there_is_no_problem() {
    let text = SCRIPT.replace(
        "expect leader",
        "at 300ms recover 4\nmessage Election 3->5 #9 lost\nexpect leader",
    );
    let state = State::new(document(&text));
    let notes = notes_of(state.document());
    let weights: Vec<_> = notes.list.iter().map(|note| (note.line, note.weight)).collect();
    assert_eq!(weights, [(Some(6), Severity::Hint), (Some(7), Severity::Unused)]);
    assert_eq!(notes.heading(1), "2 of 2 hints, line 7");
    assert_eq!(
        notes.list[1].text(),
        "`message Election 3->5 #9 lost` finds nothing to fix. \
         No ninth Election from 3 to 5 is ever sent."
    );
    let remedy = notes.list[1].remedy.clone().expect("a remedy");
    let without = state.apply(remedy.action);
    assert!(!without.document().text().contains("#9"), "{}", without.document().text());
    assert!(without.document().text().contains("# a comment"));
}

#[test]
fn a_command_on_the_stage_changes_a_text_with_errors() {
    let script = SCRIPT.replace("\nexpect leader", "\n\nexpect leader");
    let text = script.replace("suspect 3", "suspct 3");
    let crash = Change::AddFault {
        at: Time::ms(150),
        fault: Fault::Crash(vec![Rank::new(2).expect("not 0")]),
    };
    let state = State::new(document(&script)).apply(Action::Type(text.clone()));
    let struck = state.apply(Action::Change(crash));
    let written = struck.document().written();
    assert_eq!(written, text.replace("suspct 3\n", "suspct 3\nat 150ms crash 2\n"));
    let splice = Splice::between(&text, written).expect("a line more");
    assert_eq!(splice.with, "at 150ms crash 2\n");
    // Once it is corrected, everything is there.
    let remedy = notes_of(struck.document()).list[0].remedy.clone().expect("a remedy");
    let corrected = struck.apply(remedy.action);
    assert!(corrected.document().draft().is_none());
    assert_eq!(corrected.document().scenario().timeline.len(), 3);
}

#[test]
fn what_is_rewritten_at_one_stroke_is_one_step_behind_what_was_typed() {
    let state = State::new(document(SCRIPT));
    let typed = state.apply(Action::Type(SCRIPT.replace("crash 6", "crash   6")));
    let write = Action::Write { text: SCRIPT.to_owned(), name: "tidying".to_owned() };
    let tidy = typed.apply(write.clone());
    assert_eq!(tidy.history.undoes(), Some("tidying"));
    assert_eq!(tidy.apply(Action::Undo).history.undoes(), Some("typing"));
    // What changes nothing is no step.
    assert_eq!(tidy.apply(write).history, tidy.history);
}
