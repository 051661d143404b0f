//! The presentation: how it begins and ends, and what its address says.

use super::{done, run_view, state};
use hustings::scenario::FigureView;
use hustings::session::address::{Address, opened};
use hustings::session::{Action, Command, Panel, Screen, State};
use hustings::time::Time;

fn pressed(state: &State, command: Command) -> State {
    done(state, &run_view(state.document()), Time::ZERO, command)
}

#[test]
fn a_key_begins_and_escape_ends_it_and_the_view_stays() {
    let alone = state("bully-figure").apply(Action::View(FigureView::Stage));
    let presents = pressed(&alone, Command::Present);
    assert!(presents.presents);
    let ended = pressed(&presents, Command::Close);
    assert_eq!((ended.presents, ended.view), (false, FigureView::Stage));
    assert!(!pressed(&presents, Command::Present).presents);
}

#[test]
fn what_it_has_no_room_for_ends_it_and_playing_does_not() {
    let presents = state("bully-figure").apply(Action::Present(true));
    for action in [
        Action::Panel(Some(Panel::Script)),
        Action::View(FigureView::Both),
        Action::Show(Screen::Gallery),
        Action::Why(Some(0)),
    ] {
        assert!(!presents.apply(action.clone()).presents, "{action:?}");
    }
    let plays = presents.apply(Action::Play { from: Time::ZERO, now: 0.0 });
    assert!(plays.presents && plays.apply(Action::Pause { at: Time::ms(5) }).presents);
}

#[test]
fn its_address_leads_to_it_again() {
    let presents = state("bully-figure").apply(Action::Present(true));
    let address = Address::shown(&presents, Time::ms(268), None).expect("it has an address");
    assert_eq!(address.to_string(), "preset/bully-figure&t=268ms&view=present");
    assert!(opened(&address.to_string(), 0.0, false).presents);
    assert!(!opened("preset/bully-figure&view=stage", 0.0, false).presents);
}

#[test]
fn the_start_and_a_lesson_have_none() {
    let start = opened("", 0.0, true);
    assert!(!pressed(&start, Command::Present).presents);
    let lesson = opened("lesson/the-leader-is-gone", 0.0, true);
    let refused = pressed(&lesson, Command::Present);
    assert!(!refused.presents);
    assert_eq!(refused.notice.as_deref(), Some("Leave the lesson before you present."));
}
