//! The session: what each action does, and what the deeds of keys and buttons mean.

mod changes;
mod commands;
mod embed;
mod forms;
mod presentation;
mod random;

use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{Change, Fault};
use hustings::session::keys::{spoken, with_key};
use hustings::session::{
    Action, BINDINGS, Command, CommandContext, Document, KeyCombination, KeyPress, Modifier,
    Playback, PlaybackPace, RunView, ShortcutGroup, Speed, State, command, execute, execute_on,
    gesture_instant,
};
use hustings::time::{Duration, Time};
use hustings::types::{MessageKind, Rank};
use hustings::view::Target;

fn rank(rank: u16) -> Rank {
    Rank::new(rank).expect("not 0")
}

fn document(preset: &str) -> Document {
    let preset = presets::find(preset).expect("a preset");
    Document::read(preset.script).expect("presets can be read")
}

fn state(preset: &str) -> State {
    State::new(document(preset))
}

fn run_view(document: &Document) -> RunView {
    RunView::new(Run::of(document.scenario().clone()), document)
}

/// What a deed does at an instant of a paused picture.
fn done(state: &State, run_view: &RunView, cursor: Time, asked: Command) -> State {
    let scene = CommandContext {
        state,
        run_view,
        cursor,
        now: 0.0,
        reduced_motion: false,
        comparison: None,
    };
    let actions = execute(asked, scene);
    actions.into_iter().fold(state.clone(), |state, action| state.apply(action))
}

fn shown(state: &State) -> Time {
    state.playback.cursor(0.0, &PlaybackPace { end: Time::NEVER, ..PlaybackPace::default() })
}

#[test]
fn a_crash_is_written_behind_the_script_and_shown_at_once() {
    let state = state("bully-figure");
    let change = Change::AddFault { at: Time::ms(7), fault: Fault::Crash(vec![rank(2)]) };
    let next = state.apply(Action::Change(change));
    assert!(next.document().text().contains("at 7ms crash 2"), "{}", next.document().text());
    // Comments and layout survive.
    assert!(
        next.document()
            .text()
            .contains("# 6 crashes, and 3 is the first process that suspects it.")
    );
    assert_eq!(next.history.undoes(), Some("crash of 2"));
    assert_eq!(shown(&next), Time::ms(7));
}

#[test]
fn undo_and_redo_walk_the_history_and_a_new_change_ends_redoing() {
    let crash = |at, of| {
        Action::Change(Change::AddFault { at: Time::ms(at), fault: Fault::Crash(vec![rank(of)]) })
    };
    let start = state("bully-figure");
    let two = start.apply(crash(1, 1)).apply(crash(2, 2));
    let back = two.apply(Action::Undo).apply(Action::Undo);
    assert_eq!(back.document(), start.document());
    assert_eq!(back.history.redoes(), Some("crash of 1"));
    let again = back.apply(Action::Redo).apply(Action::Redo);
    assert_eq!(again.document(), two.document());
    let other = back.apply(crash(3, 3));
    assert_eq!(other.history.redoes(), None);
    // Where nothing is left to undo, nothing happens.
    assert_eq!(start.apply(Action::Undo).document(), start.document());
}

#[test]
fn opening_another_scenario_can_be_undone_too() {
    let opened = state("bully-figure").apply(Action::Open(document("start")));
    assert_eq!(opened.document(), &document("start"));
    assert_eq!(opened.apply(Action::Undo).document(), &document("bully-figure"));
}

#[test]
fn a_command_that_does_not_apply_says_why_and_changes_nothing() {
    let state = state("bully-figure");
    let late = Change::AddFault { at: Time::ms(2_500), fault: Fault::Crash(vec![rank(2)]) };
    let next = state.apply(Action::Change(late));
    assert_eq!(next.document(), state.document());
    let text = "The run ends at 2 s, and this would be at 2.500 s; make the run longer first.";
    assert_eq!(next.notice.as_deref(), Some(text));
    assert_eq!(next.apply(Action::Select(None)).notice, None, "the next deed clears it");
}

#[test]
fn a_gesture_applies_at_the_next_millisecond_unless_an_event_is_earlier() {
    let at = |us| Time::us(us);
    assert_eq!(gesture_instant(at(100_200), None), at(101_000));
    assert_eq!(gesture_instant(at(100_000), Some(at(101_000))), at(101_000));
    assert_eq!(gesture_instant(at(100_200), Some(at(100_700))), at(100_201));
}

#[test]
fn x_crashes_who_is_up_and_recovers_who_is_down() {
    let state = state("bully-figure").apply(Action::Select(Some(Target::Process(rank(6)))));
    let run_view = run_view(state.document());
    let up = done(&state, &run_view, Time::ms(50), Command::CrashOrRecover);
    assert_eq!(up.history.undoes(), Some("crash of 6"));
    let down = done(&state, &run_view, Time::ms(150), Command::CrashOrRecover);
    assert_eq!(down.history.undoes(), Some("recovery of 6"));
    let nobody =
        done(&state.apply(Action::Select(None)), &run_view, Time::ZERO, Command::CrashOrRecover);
    assert_eq!(nobody.notice.as_deref(), Some("Select a process first, then press x."));
}

#[test]
fn a_strike_between_two_events_of_a_millisecond_lands_between_them() {
    let document = document("start");
    let run_view = run_view(&document);
    let state = State::new(document);
    // The heartbeats of 100 ms arrive at odd microseconds.
    let first = run_view.run.next_instant(Time::ms(100)).expect("a heartbeat arrives");
    let cursor = first - Duration::us(2);
    let scene = CommandContext {
        state: &state,
        run_view: &run_view,
        cursor,
        now: 0.0,
        reduced_motion: false,
        comparison: None,
    };
    let strike = execute_on(Some(Target::Process(rank(3))), Command::DoubleClick, scene);
    let [Action::Change(Change::AddFault { at, .. })] = strike[..] else {
        panic!("a strike is a change");
    };
    assert_eq!(at, cursor + Duration::us(1));
}

#[test]
fn steps_go_from_instant_to_instant_and_jumps_from_moment_to_moment() {
    let state = state("bully-figure");
    let run_view = run_view(state.document());
    let to = |from, asked| shown(&done(&state, &run_view, Time::ms(from), asked));
    assert_eq!(to(0, Command::StepOn), Time::ms(100));
    assert_eq!(to(150, Command::StepBack), Time::ms(100));
    assert_eq!(to(100, Command::StepBack), Time::ZERO);
    assert_eq!(to(100, Command::JumpOn), Time::ms(200));
    assert_eq!(to(200, Command::JumpBack), Time::ms(100));
    assert_eq!(to(1_000, Command::JumpOn), Time::ms(2_000));
    assert_eq!(to(1_000, Command::Home), Time::ZERO);
    assert_eq!(to(1_000, Command::End), Time::ms(2_000));
}

#[test]
fn a_jump_pauses_where_it_leads() {
    let state = state("bully-figure").apply(Action::Play { from: Time::ZERO, now: 0.0 });
    let run_view = run_view(state.document());
    let jumps = [
        (Command::JumpOn, 200),
        (Command::JumpBack, 100),
        (Command::Home, 0),
        (Command::End, 2_000),
        (Command::Seek(Time::ms(268)), 268),
        (Command::ChapterBack, 0),
    ];
    for (asked, to) in jumps {
        let jumped = done(&state, &run_view, Time::ms(150), asked);
        assert_eq!(jumped.playback, Playback::Paused { at: Time::ms(to) });
    }
    // A drag suspends playback, which goes on where it ends.
    let held = state.apply(Action::Hold { at: Time::ms(150) });
    let dragged = done(&held, &run_view, Time::ms(150), Command::Seek(Time::ms(200)));
    assert_eq!(dragged.playback, Playback::Held { at: Time::ms(200) });
}

#[test]
fn playing_moves_the_cursor_with_the_clock_and_stops_at_the_end() {
    let pace = PlaybackPace { end: Time::ms(1_000), ..PlaybackPace::default() };
    let speed = Speed(Duration::ms(50));
    let playback = Playback::Playing { from: Time::ms(100), since: 5_000.0, speed };
    assert_eq!(playback.cursor(5_000.0, &pace), Time::ms(100));
    assert_eq!(playback.cursor(7_000.0, &pace), Time::ms(200));
    assert!(!playback.has_ended(7_000.0, &pace));
    assert_eq!(playback.cursor(99_000.0, &pace), Time::ms(1_000));
    assert!(playback.has_ended(99_000.0, &pace));
    // A clock that goes back does not.
    assert_eq!(playback.cursor(4_000.0, &pace), Time::ms(100));
}

#[test]
fn a_loop_begins_again_as_often_as_it_must() {
    let pace = PlaybackPace { end: Time::ms(1_000), is_looping: true, ..PlaybackPace::default() };
    let speed = Speed(Duration::ms(100));
    let playback = Playback::Playing { from: Time::ms(900), since: 0.0, speed };
    assert_eq!(playback.cursor(1_500.0, &pace), Time::ms(50));
    assert_eq!(playback.cursor(1_500.0 + 10_000.0 * 7.0, &pace), Time::ms(50));
    assert!(!playback.has_ended(1e9, &pace));
}

#[test]
fn a_quiet_stretch_passes_in_three_tenths_of_a_second() {
    let folds = vec![(Time::ms(100), Time::ms(700))];
    let pace = PlaybackPace { end: Time::ms(1_000), folds, ..PlaybackPace::default() };
    let playback =
        Playback::Playing { from: Time::ZERO, since: 0.0, speed: Speed(Duration::ms(100)) };
    assert_eq!(playback.cursor(1_000.0, &pace), Time::ms(100));
    assert_eq!(playback.cursor(1_150.0, &pace), Time::ms(400));
    assert_eq!(playback.cursor(1_300.0, &pace), Time::ms(700));
    assert_eq!(playback.cursor(2_300.0, &pace), Time::ms(800));
    // From the middle of a fold only the rest of it is passed so.
    let inside = playback.moved(Time::ms(400), 0.0);
    assert_eq!(inside.cursor(150.0, &pace), Time::ms(700));
}

#[test]
fn quiet_is_long_without_an_event_and_heartbeats_do_not_count() {
    let folds = |preset| run_view(&document(preset)).pace(false, true).folds;
    // 292 ms is the agreement; after it nothing happens.
    let [.., (from, to)] = &*folds("bully-figure") else { panic!("the end is quiet") };
    assert!(*from > Time::ms(292) && *to < Time::ms(2_000), "{from} to {to}");
    assert_eq!(folds("start"), [], "where only heartbeats happen, they are what there is to see");
    assert_eq!(run_view(&document("bully-figure")).pace(false, false).folds, []);
}

#[test]
fn another_speed_goes_on_from_where_the_cursor_is() {
    let playing =
        Playback::Playing { from: Time::ZERO, since: 0.0, speed: Speed(Duration::ms(50)) };
    let pace = PlaybackPace { end: Time::ms(1_000), ..PlaybackPace::default() };
    let at = playing.cursor(2_000.0, &pace);
    let faster = playing.at_speed(Speed(Duration::ms(200)), at, 2_000.0);
    assert_eq!(faster.cursor(3_000.0, &pace), Time::ms(300));
    let speed = Speed(Duration::ms(50));
    assert_eq!(speed.next(true), Speed(Duration::ms(100)));
    assert_eq!(speed.next(false), Speed(Duration::ms(20)));
    assert_eq!(Speed(Duration::ms(10_000)).next(true), Speed(Duration::ms(10_000)));
}

#[test]
fn the_legend_hides_a_kind_or_shows_it_alone() {
    let state = state("start");
    let without = state.apply(Action::ToggleKind(MessageKind::Heartbeat));
    let shown = |kinds: &State| MessageKind::ALL.map(|kind| kinds.shown[kind as usize]);
    assert_eq!(shown(&without), MessageKind::ALL.map(|kind| kind != MessageKind::Heartbeat));
    let alone = without.apply(Action::ShowOnly(MessageKind::Alive));
    assert_eq!(shown(&alone), MessageKind::ALL.map(|kind| kind == MessageKind::Alive));
    assert_eq!(
        alone.apply(Action::ShowOnly(MessageKind::Alive)).shown,
        [true; MessageKind::ALL.len()]
    );
}

#[test]
fn keys_mean_what_the_help_says_and_leave_the_browser_its_own() {
    let key = |name| KeyPress { name, shift: false, control: false, alt: false };
    assert_eq!(command(key(" ")), Some(Command::PlayOrPause));
    assert_eq!(command(key("ArrowRight")), Some(Command::StepOn));
    assert_eq!(command(KeyPress { shift: true, ..key("ArrowRight") }), Some(Command::JumpOn));
    assert_eq!(command(KeyPress { control: true, ..key("z") }), Some(Command::Undo));
    assert_eq!(command(KeyPress { control: true, shift: true, ..key("Z") }), Some(Command::Redo));
    assert_eq!(
        command(KeyPress { control: true, ..key("x") }),
        None,
        "cutting text is the browser's"
    );
    assert_eq!(command(KeyPress { alt: true, ..key("ArrowLeft") }), None, "so is going back");
    assert_eq!(command(key("q")), Some(Command::Search));
    assert_eq!(command(key("r")), Some(Command::WhatIf));
    assert_eq!(command(key("g")), None);
}

#[test]
fn the_verdict_says_who_leads_and_what_it_has_cost_so_far() {
    let document = document("bully-figure");
    let run_view = run_view(&document);
    let at = |ms| run_view.verdict(&run_view.run.snapshot(None, Time::ms(ms), Duration::ZERO));
    assert_eq!(at(50).title, "6 leads");
    assert_eq!(at(50).detail, "since the start");
    let without = at(268);
    assert_eq!(without.title, "No leader for 168 ms");
    assert!(
        without.detail.starts_with("6 led until 100 ms. 5 takes over at "),
        "{}",
        without.detail
    );
    assert_eq!((without.elections, without.messages), (1, 6));
    let after = at(1_000);
    assert_eq!(after.title, "5 leads");
    assert_eq!(after.leaderless, run_view.report.groups[0].spoken_total(|leaders| leaders == 0));
}

#[test]
fn two_leaders_are_named_with_how_long_they_lead_beside_each_other() {
    let document = document("two-leaders");
    let run_view = run_view(&document);
    let verdict =
        run_view.verdict(&run_view.run.snapshot(None, run_view.run.end(), Duration::ZERO));
    assert!(verdict.title.starts_with("Two leaders, 2 and 3, for "), "{}", verdict.title);
    assert!(verdict.detail.ends_with(" to the end"), "{}", verdict.detail);
    assert_eq!(verdict.split, run_view.report.groups[0].spoken_total(|leaders| leaders > 1));
    assert!(verdict.title.ends_with(&verdict.split.spoken().to_string()), "{}", verdict.title);
}

/// A length beside two instants is what a reader gets who takes one from the other.
#[test]
fn every_length_of_a_run_is_the_difference_of_the_instants_beside_it() {
    let ms = |words: &str| -> f64 {
        let (number, unit) = words.trim_end_matches('.').split_once(' ').expect("a unit");
        let number: f64 = number.parse().unwrap_or_else(|_| panic!("{words}"));
        if unit.starts_with("ms") { number } else { number * 1_000.0 }
    };
    let mut split = 0;
    for preset in ["one-cut-link", "unstable-rank", "long-pause", "slow-link", "split-brain"] {
        let document = document(preset);
        let run_view = run_view(&document);
        for span in &run_view.leading.clone() {
            let verdict = run_view.verdict(&run_view.run.snapshot(None, span.from, Duration::ZERO));
            if let Some(rest) = verdict.detail.strip_prefix("Split brain from ") {
                let (from, to) = rest.split_once(" to ").expect("two instants");
                let to = if to == "the end" {
                    run_view.run.end().spoken().to_string()
                } else {
                    to.to_owned()
                };
                let (_, lasts) = verdict.title.rsplit_once(" for ").expect("a length");
                assert!((ms(&to) - ms(from) - ms(lasts)).abs() < 0.001, "{preset}: {verdict:?}");
                split += 1;
            }
        }
    }
    assert!(split > 10, "{split}");
}

#[test]
fn virtual_time_does_not_pass_while_the_page_is_hidden() {
    let pace = PlaybackPace { end: Time::ms(1_000), ..PlaybackPace::default() };
    let playing = state("start").apply(Action::Play { from: Time::ms(100), now: 0.0 });
    let hidden = playing.apply(Action::Hold { at: Time::ms(150) });
    assert!(hidden.playback.is_playing() && !hidden.playback.runs_by_the_clock());
    assert_eq!(hidden.playback.cursor(60_000.0, &pace), Time::ms(150));
    let shown = hidden.apply(Action::Release { now: 60_000.0 });
    assert_eq!(shown.playback.cursor(61_000.0, &pace), Time::ms(200));
    // What was still stays still.
    let paused = playing.apply(Action::Pause { at: Time::ms(7) });
    assert_eq!(paused.apply(Action::Hold { at: Time::ms(7) }).playback, paused.playback);
    assert_eq!(paused.apply(Action::Release { now: 9.0 }).playback, paused.playback);
}

#[test]
fn after_the_last_event_the_page_still_describes_it() {
    for preset in ["bully-figure", "two-leaders", "unstable-rank"] {
        let document = document(preset);
        let run_view = run_view(&document);
        let end = run_view.run.end();
        let last = run_view.sentence(end).expect("something has happened");
        assert_eq!(run_view.sentence(end - Duration::us(1)), Some(last), "{preset}");
    }
    let start = document("start");
    assert_eq!(run_view(&start).sentence(Time::ms(5_000)), None, "heartbeats are not told");
}

#[test]
fn a_hand_on_the_strip_holds_what_plays() {
    let pace = PlaybackPace { end: Time::ms(1_000), ..PlaybackPace::default() };
    let playing = state("start").apply(Action::Play { from: Time::ZERO, now: 0.0 });
    let held = playing.apply(Action::Hold { at: Time::ms(50) });
    let dragged = held.apply(Action::Seek { to: Time::ms(300), now: 1_500.0 });
    assert_eq!(dragged.playback.cursor(9_000.0, &pace), Time::ms(300));
    let released = dragged.apply(Action::Release { now: 9_000.0 });
    assert_eq!(released.playback.cursor(10_000.0, &pace), Time::ms(350));
}

/// The key as the browser reports it when a stroke of the help is pressed.
fn pressed(stroke: &KeyCombination) -> KeyPress<'static> {
    let (shift, control) = match stroke.held {
        Modifier::Any | Modifier::Plain => (stroke.name == "?" || stroke.name == "+", false),
        Modifier::Shift => (true, false),
        Modifier::Control => (false, true),
        Modifier::ControlShift => (true, true),
    };
    KeyPress { name: stroke.name, shift, control, alt: false }
}

#[test]
fn every_key_that_the_help_lists_does_what_it_says() {
    let scene_of = |state: &State, run_view: &RunView, asked: Command| {
        let scene = CommandContext {
            state,
            run_view,
            cursor: Time::ms(270),
            now: 0.0,
            reduced_motion: false,
            comparison: None,
        };
        execute(asked, scene).pop()
    };
    let mut state = state("bully-figure");
    for crash in [1, 2] {
        let fault = Fault::Crash(vec![rank(crash)]);
        state = state.apply(Action::Change(Change::AddFault { at: Time::ms(300), fault }));
    }
    state = state.apply(Action::Undo).apply(Action::Select(Some(Target::Process(rank(3)))));
    let run_view = run_view(state.document());
    for binding in &BINDINGS {
        assert!(!binding.keys.is_empty() && !binding.means.is_empty(), "{:?}", binding.command);
        for stroke in binding.keys {
            assert_eq!(command(pressed(stroke)), Some(binding.command.clone()), "{}", stroke.shown);
        }
        assert!(
            scene_of(&state, &run_view, binding.command.clone()).is_some(),
            "{:?} does nothing",
            binding.command
        );
    }
}

#[test]
fn labels_and_sentences_take_their_keys_from_the_table() {
    assert_eq!(with_key("Previous event", &Command::StepBack), "Previous event (←)");
    assert_eq!(with_key("Previous moment", &Command::JumpBack), "Previous moment (Shift+←)");
    assert_eq!(with_key("Delay", &Command::Delay), "Delay", "it has no key");
    assert_eq!(spoken(&Command::CutOneWay), "Shift and c");
}

#[test]
fn no_key_is_listed_for_two_commands_and_each_group_has_some() {
    let strokes = BINDINGS.iter().flat_map(|binding| binding.keys);
    let strokes: Vec<_> = strokes.map(|stroke| (stroke.name, stroke.held)).collect();
    let twice = strokes.iter().enumerate().find(|(place, one)| strokes[..*place].contains(one));
    assert_eq!(twice, None);
    let commands: Vec<&Command> = BINDINGS.iter().map(|binding| &binding.command).collect();
    assert!(
        commands.iter().enumerate().all(|(place, command)| !commands[..place].contains(command))
    );
    assert!(ShortcutGroup::ALL.iter().all(|group| BINDINGS.iter().any(|b| b.group == *group)));
}

#[test]
fn letters_digits_and_signs_can_be_turned_off_and_the_rest_cannot() {
    let is_character =
        |name, control| KeyPress { name, shift: false, control, alt: false }.is_character();
    assert!(["x", "X", "0", "?", ".", "["].into_iter().all(|name| is_character(name, false)));
    assert!(!is_character(" ", false) && !is_character("ArrowLeft", false));
    assert!(!is_character("z", true), "Control makes it a command");
}
