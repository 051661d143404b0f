//! What deeds do to whatever is selected, and what they say where they cannot.

use super::{document, done, rank, run_view, state};
use hustings::scenario::Link;
use hustings::session::compare;
use hustings::session::{Action, Command, Dialog, Panel, Screen, State};
use hustings::time::Time;
use hustings::view::Target;

/// What a deed makes of the script's last line, and what it says.
fn after(preset: &str, selected: Option<Target>, cursor: u64, command: Command) -> (String, State) {
    let state = state(preset).apply(Action::Select(selected));
    let run_view = run_view(state.document());
    let next = done(&state, &run_view, Time::ms(cursor), command);
    let lines: Vec<&str> = state.document().text().lines().collect();
    let new = next.document().text().lines().find(|line| !lines.contains(line));
    (new.unwrap_or_default().to_owned(), next)
}

fn notice(preset: &str, selected: Option<Target>, cursor: u64, command: Command) -> String {
    after(preset, selected, cursor, command).1.notice.unwrap_or_default()
}

fn process(of: u16) -> Option<Target> {
    Some(Target::Process(rank(of)))
}

fn link(from: u16, to: u16) -> Option<Target> {
    Some(Target::Link(Link { from: rank(from), to: rank(to) }))
}

#[test]
fn p_pauses_for_ten_median_latencies_and_ends_a_pause() {
    let (line, next) = after("bully-figure", process(2), 50, Command::PauseOrResume);
    assert_eq!(line, "at 51ms pause 2 for 150ms");
    let run_view = run_view(next.document());
    let resumed = done(&next, &run_view, Time::ms(60), Command::PauseOrResume);
    assert!(resumed.document().text().contains("at 61ms resume 2"));
    let said = notice("bully-figure", process(6), 150, Command::PauseOrResume);
    assert_eq!(said, "6 is down, so it cannot be paused.");
}

#[test]
fn s_makes_a_follower_suspect_but_no_leader() {
    let (line, _) = after("bully-figure", process(2), 50, Command::Suspect);
    assert_eq!(line, "at 51ms suspect 2");
    let said = notice("bully-figure", process(6), 50, Command::Suspect);
    assert_eq!(said, "6 leads, so it has no leader to suspect.");
    let said = notice("bully-figure", process(6), 150, Command::Suspect);
    assert_eq!(said, "6 is down, so it suspects nobody.");
}

#[test]
fn c_cuts_a_link_and_h_heals_it_or_everything() {
    let (line, next) = after("bully-figure", link(3, 5), 50, Command::Cut);
    assert_eq!(line, "at 51ms cut 3--5");
    let run_view = run_view(next.document());
    let twice = done(&next, &run_view, Time::ms(60), Command::Cut);
    let said = "3 and 5 are cut off from each other already; h heals.";
    assert_eq!(twice.notice.as_deref(), Some(said));
    let healed = done(&next, &run_view, Time::ms(60), Command::Heal);
    assert!(healed.document().text().contains("at 61ms heal 3--5"));
    let all = done(&next.apply(Action::Select(None)), &run_view, Time::ms(60), Command::Heal);
    assert!(all.document().text().lines().any(|line| line == "at 61ms heal"));
    let said = notice("bully-figure", None, 50, Command::Heal);
    assert_eq!(said, "Nothing is cut, so there is nothing to heal.");
}

#[test]
fn a_selected_message_is_dropped_delayed_or_copied() {
    let state = state("bully-figure");
    let run_view = run_view(state.document());
    let sent = run_view.run.events(Time::ms(200), Time::ms(200));
    let name = sent.iter().find_map(|event| match event.choice {
        Some(hustings::choice::ChoiceId::Message(name)) if name.to == rank(5) => Some(name),
        _ => None,
    });
    let selected = name.map(Target::Message);
    let line = |command| after("bully-figure", selected, 205, command).0;
    assert_eq!(line(Command::Drop), "message Election 3->5 #1 lost");
    assert!(line(Command::Delay).starts_with("message Election 3->5 #1 arrives "));
    assert_eq!(line(Command::Duplicate), "message Election 3->5 #1 duplicated");
    assert_eq!(
        notice("bully-figure", None, 205, Command::Drop),
        "Select a message first, then press d."
    );
}

#[test]
fn delete_removes_the_selected_fault_and_the_cut_that_is_seen() {
    let removed = |preset, selected, cursor| {
        let (_, next) = after(preset, selected, cursor, Command::Delete);
        next.history.undoes().map(str::to_owned)
    };
    let crash = removed("bully-figure", Some(Target::Fault(0)), 0);
    assert_eq!(crash.as_deref(), Some("removal of the crash of 6"));
    let cut = removed("split-brain", Some(Target::Partition), 1_500);
    assert_eq!(cut.as_deref(), Some("removal of the cut"));
    let said = notice("bully-figure", process(3), 0, Command::Delete);
    assert_eq!(said, "Select a fault or an override first, then press Delete.");
}

#[test]
fn why_asks_about_what_is_selected_or_about_the_moment() {
    let asked = |selected, cursor| {
        let (_, next) = after("bully-figure", selected, cursor, Command::Why);
        let run_view = run_view(&document("bully-figure"));
        let event = next.why.and_then(|event| run_view.run.event(event))?;
        Some((event.at.as_us() / 1_000, event.rank.map(|rank| rank.get())))
    };
    assert_eq!(asked(process(6), 1_000), Some((100, Some(6))));
    assert_eq!(asked(None, 150), Some((100, Some(6))));
    assert_eq!(asked(Some(Target::Fault(1)), 0).map(|(at, _)| at), Some(200));
    let said = notice("bully-figure", None, 50, Command::Why);
    assert_eq!(said, "Nothing has happened yet, so there is nothing to explain.");
}

#[test]
fn the_present_election_lies_between_the_loss_and_the_next_leader() {
    let (_, next) = after("bully-figure", None, 268, Command::PresentElection);
    let (from, to) = next.window.expect("a window");
    assert!(from < Time::ms(100) && to > Time::ms(292), "{from} to {to}");
    let said = notice("start", None, 0, Command::PresentElection);
    assert_eq!(said, "No process holds an election in this run.");
}

#[test]
fn escape_closes_what_was_opened_last() {
    let mut open = state("bully-figure").apply(Action::Select(process(3)));
    open = open.apply(Action::Panel(Some(Panel::Script))).apply(Action::Why(Some(3)));
    open = open.apply(Action::Dialog(Some(Dialog::Help)));
    let run_view = run_view(open.document());
    let close = |state: &State| done(state, &run_view, Time::ZERO, Command::Close);
    let first = close(&open);
    assert_eq!((first.dialog, first.why), (None, Some(3)));
    let second = close(&first);
    assert_eq!((second.why, second.selected), (None, process(3)));
    let third = close(&second);
    assert_eq!((third.selected, third.panel), (None, Some(Panel::Script)));
    assert_eq!(close(&third).panel, None);
}

#[test]
fn a_panel_opens_beside_the_stage_and_a_scenario_has_a_rival() {
    let gallery = state("start").apply(Action::Show(Screen::Gallery));
    assert_eq!(gallery.apply(Action::Panel(Some(Panel::Faults))).screen, Screen::Stage);
    let bully = state("bully-figure").document().scenario().algorithm.clone();
    assert_eq!(compare::comparison(&compare::comparison(&bully)), bully);
}
