//! What each change does to a scenario, and what it says where it cannot.

use super::{document, rank, state};
use hustings::choice::{ChoiceId, MessageId};
use hustings::scenario::{Change, Fault, MessageOverride, Override, Setting, script};
use hustings::session::{Action, Screen, State};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank};
use hustings::view::Target;

fn read(text: &str) -> State {
    State::new(hustings::session::Document::read(text).expect("it is a script"))
}

fn text(state: &State) -> &str {
    state.document().text()
}

fn ask(from: u16, to: u16) -> MessageId {
    let (from, to) = (rank(from), rank(to));
    MessageId { group: GroupId::MAIN, kind: MessageKind::Election, from, to, nth: 1, copy: false }
}

#[test]
fn a_line_of_the_timeline_moves_and_nothing_else_does() {
    let start = read("# who goes\nat 100ms crash 6 # it leads\nat 200ms suspect 3");
    let moved = start.apply(Action::Change(Change::Move { entry: 0, to: Time::ms(150) }));
    let wanted = "# who goes\nat 150ms crash 6 # it leads\nat 200ms suspect 3";
    assert_eq!(text(&moved).trim_end(), wanted);
    assert_eq!(moved.history.undoes(), Some("move of the crash of 6"));
}

#[test]
fn a_repetition_moves_with_its_end() {
    let start = read(
        "every 100ms from 200ms until 500ms suspect 1\nat 1s flap 6 down 50ms up 50ms until 2s",
    );
    let first = start.apply(Action::Change(Change::Move { entry: 0, to: Time::ms(300) }));
    assert!(
        text(&first).contains("every 100ms from 300ms until 600ms suspect 1"),
        "{}",
        text(&first)
    );
    let second = first.apply(Action::Change(Change::Move { entry: 1, to: Time::ms(400) }));
    assert!(
        text(&second).contains("at 400ms flap 6 down 50ms up 50ms until 1.4s"),
        "{}",
        text(&second)
    );
}

#[test]
fn a_drag_is_one_step_and_each_of_its_changes_is_to_what_it_began_with() {
    let start = read("at 100ms crash 6");
    let drag =
        |state: &State, ms| state.apply(Action::Drag(Change::Move { entry: 0, to: Time::ms(ms) }));
    let dragged = drag(&drag(&drag(&start, 110), 120), 130).apply(Action::Settle);
    assert_eq!(text(&dragged).trim_end(), "at 130ms crash 6");
    assert_eq!(dragged.apply(Action::Undo).document(), start.document());
    // One that is given up, or comes back, was never there.
    let given_up = drag(&start, 140).apply(Action::GiveUp);
    let came_back = drag(&drag(&start, 140), 100).apply(Action::Settle);
    for state in [given_up, came_back] {
        assert_eq!((state.document(), state.history.undoes()), (start.document(), None));
    }
}

#[test]
fn typing_is_one_step_until_it_rests_and_what_cannot_be_read_is_kept_beside() {
    let start = read("at 100ms crash 6");
    let typed = |state: &State, text: &str| state.apply(Action::Type(text.to_owned()));
    let mistake = typed(&typed(&start, "at 100ms cras 6"), "at 100ms cra 6");
    assert_eq!(text(&mistake), "at 100ms crash 6", "what runs stays");
    assert_eq!(mistake.document().written(), "at 100ms cra 6");
    assert_eq!(mistake.document().draft().map(|draft| draft.problems.len()), Some(1));
    // A deed on the stage applies to what runs, and lands in the draft too.
    let fault = Fault::Crash(vec![rank(2)]);
    let command = mistake.apply(Action::Change(Change::AddFault { at: Time::ms(7), fault }));
    assert!(text(&command).contains("at 7ms crash 2"));
    assert_eq!(command.document().written(), "at 100ms cra 6\nat 7ms crash 2\n");
    let corrected = typed(&mistake, "at 100ms crash 5").apply(Action::Settle);
    assert_eq!((text(&corrected), corrected.document().draft()), ("at 100ms crash 5", None));
    assert_eq!(corrected.apply(Action::Undo).document(), start.document());
}

#[test]
fn one_fate_takes_the_place_of_another_and_a_copy_stands_beside() {
    let fix = |state: &State, fate| {
        state.apply(Action::Change(Change::Fix(Override::Message { name: ask(3, 5), fate })))
    };
    let start = state("bully-figure");
    let fixed = fix(
        &fix(&fix(&start, MessageOverride::Lost), MessageOverride::Duplicated),
        MessageOverride::Arrives(Time::ms(231)),
    );
    assert!(text(&fixed).contains("message Election 3->5 #1 arrives 231ms"), "{}", text(&fixed));
    assert!(text(&fixed).contains("message Election 3->5 #1 duplicated"));
    assert!(!text(&fixed).contains("lost"));
    let release =
        |state: &State| state.apply(Action::Change(Change::Release(ChoiceId::Message(ask(3, 5)))));
    let released = release(&fixed);
    assert_eq!(released.document().scenario(), start.document().scenario());
    let expected_notice = "Nothing is fixed of `message Election 3->5 #1`, so there is nothing to give back to chance.";
    assert_eq!(release(&released).notice.as_deref(), Some(expected_notice));
}

#[test]
fn what_names_a_process_that_is_gone_goes_with_it() {
    let start = read(
        "processes 6\nlatency 5->6 80ms\nat 100ms crash 5 6\nat 200ms suspect 6\n\
         at 300ms partition 1 2 3 | 4 5 | 6\nmessage Election 3->6 #1 lost\nexpect leader 6\nexpect no split brain",
    );
    let ranks: Vec<Rank> = (1..=5).map(rank).collect();
    let fewer = start.apply(Action::Change(Change::Set(Setting::Ranks(ranks))));
    let wanted =
        "processes 5\nat 100ms crash 5\nat 300ms partition 1 2 3 | 4 5\nexpect no split brain";
    assert_eq!(text(&fewer).trim_end(), wanted);
    assert_eq!(fewer.document().scenario().groups[0].leader, Some(rank(5)));
}

#[test]
fn a_pause_ends_where_it_is_dragged_but_not_before_it_begins() {
    let start = read("at 100ms pause 2 for 50ms");
    let end = |ms| start.apply(Action::Change(Change::EndPause { entry: 0, at: Time::ms(ms) }));
    assert_eq!(text(&end(180)).trim_end(), "at 100ms pause 2 for 80ms");
    let expected_notice = "A pause ends after it begins, which is at 100 ms.";
    assert_eq!(end(90).notice.as_deref(), Some(expected_notice));
}

#[test]
fn a_line_that_goes_takes_the_selection_of_it_along_and_moves_the_others() {
    let start = read("at 1ms crash 6\nat 2ms crash 5\nat 3ms crash 4");
    let removed = |selected| {
        let state = start.apply(Action::Select(Some(Target::Fault(selected))));
        state.apply(Action::Change(Change::Remove { entry: 1 })).selected
    };
    assert_eq!(
        [removed(0), removed(1), removed(2)],
        [Some(Target::Fault(0)), None, Some(Target::Fault(1))]
    );
}

#[test]
fn a_line_is_put_aside_and_comes_back() {
    let start = read("at 100ms crash 6\nat 200ms suspect 3");
    let aside = start.apply(Action::Disable { line: 2, disabled: true });
    assert_eq!(aside.document().scenario().timeline.len(), 1);
    assert_eq!(script::disabled(text(&aside)).len(), 1);
    assert_eq!(aside.history.undoes(), Some("muting of the suspicion of 3"));
    let back = aside.apply(Action::Disable { line: 2, disabled: false });
    assert_eq!(back.document(), start.document());
    assert_eq!(back.history.undoes(), Some("unmuting of the suspicion of 3"));
    let none = start.apply(Action::Disable { line: 9, disabled: true });
    assert_eq!(none, start, "a line that is not there is no deed");
}

#[test]
fn the_first_fault_unfolds_the_start_and_ends_its_loop() {
    let mut start = state("start");
    start.screen = Screen::Start;
    start.is_looping = true;
    let fault = Fault::Crash(vec![rank(6)]);
    let next = start.apply(Action::Change(Change::AddFault { at: Time::ms(7), fault }));
    assert_eq!((next.screen, next.is_looping), (Screen::Stage, false));
    assert_eq!(start.apply(Action::Select(None)).screen, Screen::Start);
}

#[test]
fn reset_goes_back_to_what_was_opened_and_can_be_undone() {
    let fault = Fault::Pause { processes: vec![rank(2)], span: Duration::ms(5) };
    let start = state("two-leaders");
    let changed = start.apply(Action::Change(Change::AddFault { at: Time::ms(7), fault }));
    let reset = changed.apply(Action::Reset);
    assert_eq!(reset.document(), &document("two-leaders"));
    assert_eq!(reset.apply(Action::Undo).document(), changed.document());
}

#[test]
fn undo_and_redo_give_back_every_text_and_every_draft_to_the_letter() {
    let texts = [
        "title \"Élu 👑\"\r\nprocesses 3\r\n",
        "title \"Élue 👑👑\"\r\nprocesses 3\r\n",
        "title \"Élue 👑👑\"\nproceses 3",
        "",
        "processes 4 # vier",
    ];
    let mut state = read(texts[0]);
    for text in &texts[1..] {
        state = state.apply(Action::Write { text: (*text).to_owned(), name: "deed".to_owned() });
    }
    let seen = |state: &State| (state.document().written().to_owned(), state.document().clone());
    let mut back = vec![seen(&state)];
    for text in texts.iter().rev().skip(1) {
        state = state.apply(Action::Undo);
        assert_eq!(state.document().written(), *text);
        assert_eq!(state.document().draft().is_some(), text.contains("proceses"));
        back.push(seen(&state));
    }
    for before in back.iter().rev().skip(1) {
        state = state.apply(Action::Redo);
        assert_eq!(seen(&state), *before);
    }
}
