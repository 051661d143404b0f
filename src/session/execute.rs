//! `execute`: turns a command into actions, given the cursor and the run.

mod selection;

use super::action::HIDDEN;
use super::setup_lists::another_mark;
use super::{
    Action, Command, CommandContext, ComparedWith, Dialog, LessonAction, Panel, Playback, Screen,
    Speed, State, gesture,
};
use crate::scenario::FigureView;
use crate::time::Time;
use crate::view::Target;

/// The actions that a command leads to; empty if it changes nothing.
pub fn execute(command: Command, context: CommandContext) -> Vec<Action> {
    let CommandContext { state, cursor, now, .. } = context;
    let end = context.end();
    let pause = |at| vec![Action::Pause { at }];
    let open = |dialog| vec![Action::Dialog(Some(dialog))];
    if !state.screen.shows_run() && command.acts_on_the_run() {
        return Vec::new();
    }
    match command {
        Command::PlayOrPause => vec![play_or_pause(context)],
        Command::PlayStep => vec![play_step(context)],
        Command::StepOn => pause(context.next_instant().unwrap_or(end)),
        Command::StepBack => pause(context.previous_instant().unwrap_or(Time::ZERO)),
        Command::JumpOn | Command::JumpBack => vec![jump(&command, context)],
        Command::ChapterBack | Command::ChapterOn => vec![go_to_chapter(&command, context)],
        Command::AddMark => vec![add_mark(context)],
        Command::Home => pause(context.start()),
        Command::End => pause(end),
        Command::Seek(to) => vec![go_to(to, context)],
        Command::Faster => vec![set_speed(state.speed.next(true), context)],
        Command::Slower => vec![set_speed(state.speed.next(false), context)],
        Command::SetSpeed(speed) => vec![set_speed(speed, context)],
        Command::ToggleLoop => vec![Action::ToggleLoop { at: cursor, now }],
        Command::ToggleSkip => vec![Action::ToggleSkip { at: cursor, now }],
        Command::Hold(true) => vec![Action::Hold { at: cursor }],
        Command::Hold(false) => vec![Action::Release { now }],
        Command::CrashOrRecover | Command::PauseOrResume | Command::Suspect => {
            vec![selection::to_process(&command, context)]
        }
        Command::DoubleClick => selection::double_click(context).into_iter().collect(),
        Command::Cut => vec![selection::cut(context)],
        Command::CutOneWay => vec![selection::cut_one_way(context)],
        Command::Stop(way) => vec![gesture::stop(way, context)],
        Command::Heal => vec![gesture::heal(selection::link(state), context)],
        Command::TurnOn => vec![gesture::turn_by_one(selection::end(state), true, context)],
        Command::TurnBack => vec![gesture::turn_by_one(selection::end(state), false, context)],
        Command::Turn(sides) => vec![gesture::turn(sides, context)],
        Command::Split => open(Dialog::Split),
        Command::SplitInto { sides, one_way } => vec![gesture::split(sides, one_way, context)],
        Command::Drop | Command::Duplicate => vec![selection::to_message(&command, context)],
        Command::Delay => vec![selection::shift(true, context)],
        Command::Hasten => vec![selection::shift(false, context)],
        Command::Drag(drag) => vec![gesture::dragged(drag)],
        Command::Settle => vec![Action::Settle],
        Command::GiveUp => vec![Action::GiveUp],
        Command::Delete => vec![selection::delete(context)],
        Command::Why => vec![selection::ask(context)],
        Command::ExplainLeader => selection::explain_leader(context),
        Command::WholeRun => vec![Action::Window(Some((Time::ZERO, end)))],
        Command::PresentElection => vec![present_election(context)],
        Command::ShowWindow(window) => vec![Action::Window(Some(window))],
        Command::NextView => change_view(state).into_iter().collect(),
        Command::Present => present(state).into_iter().collect(),
        Command::Select(target) => vec![Action::Select(target)],
        Command::SelectNext => selection::next(context, true).into_iter().collect(),
        Command::SelectPrevious => selection::next(context, false).into_iter().collect(),
        Command::Hover(rank) => vec![Action::Hover(rank)],
        Command::Close => close(state).into_iter().collect(),
        Command::Answer(choice) => answer(choice, context),
        Command::NextLessonStep => next_lesson_step(context),
        Command::ShowAwaited => show_awaited(context),
        Command::Search => vec![toggle(Panel::Search, state)],
        Command::WhatIf => vec![toggle(Panel::WhatIf, state)],
        Command::Share => open(Dialog::Share),
        Command::Import => open(Dialog::Import),
        Command::Help => open(Dialog::Help),
        Command::Undo => state.history.undoes().map(|_| Action::Undo).into_iter().collect(),
        Command::Redo => state.history.redoes().map(|_| Action::Redo).into_iter().collect(),
    }
}

/// As `execute`, for a command on this target instead of the selection.
pub fn execute_on(
    target: Option<Target>,
    command: Command,
    context: CommandContext,
) -> Vec<Action> {
    let state = State { selected: target, ..context.state.clone() };
    execute(command, CommandContext { state: &state, ..context })
}

fn set_speed(speed: Speed, CommandContext { cursor, now, .. }: CommandContext) -> Action {
    Action::SetSpeed { speed, at: cursor, now }
}

/// To an instant, which is for looking at: it pauses there. A drag only suspends playback.
fn go_to(to: Time, CommandContext { state, now, .. }: CommandContext) -> Action {
    match state.playback {
        Playback::Held { .. } => Action::Seek { to, now },
        Playback::Paused { .. } | Playback::Stepping { .. } | Playback::Playing { .. } => {
            Action::Pause { at: to }
        }
    }
}

/// To the moment before or after the cursor.
fn jump(command: &Command, context: CommandContext) -> Action {
    let (before, after) = context.moments();
    Action::Pause { at: if *command == Command::JumpOn { after } else { before } }
}

/// To the chapter before the cursor or the start, or to the chapter after it.
fn go_to_chapter(command: &Command, context: CommandContext) -> Action {
    let CommandContext { run_view, cursor, .. } = context;
    let end = context.end();
    let instants = run_view.run.scenario().marks.iter().map(|mark| mark.at);
    let instants = instants.filter(|&at| at <= end);
    let to = if *command == Command::ChapterOn {
        instants.filter(|&at| at > cursor).min()
    } else {
        let before = instants.filter(|&at| at < cursor).max();
        Some(before.unwrap_or_else(|| context.start()))
    };
    match to {
        Some(to) => go_to(to, context),
        None => Action::Say(Some("No chapter begins after this.".to_owned())),
    }
}

fn add_mark(CommandContext { state, cursor, .. }: CommandContext) -> Action {
    match another_mark(state.document().scenario(), cursor) {
        Ok(Some(change)) => Action::Change(change),
        Ok(None) => Action::Say(None),
        Err(words) => Action::Say(Some(words)),
    }
}

/// To the next instant, to the start again, or to a stop at the end.
fn play_step(context: CommandContext) -> Action {
    let CommandContext { state, now, .. } = context;
    let next = context.next_instant();
    if let Some(at) = next.and_then(|to| state.stop_before(context.cursor, to)) {
        return Action::Pause { at };
    }
    match next {
        Some(to) => Action::Seek { to, now },
        None if state.is_looping => Action::Seek { to: context.start(), now },
        None => Action::Pause { at: context.end() },
    }
}

fn present_election(CommandContext { state, run_view, cursor, .. }: CommandContext) -> Action {
    // A lesson may ask whether an election follows: its absence would be an answer.
    if state.hides_what_comes() {
        return Action::Say(Some(HIDDEN.to_owned()));
    }
    match run_view.election_window(cursor) {
        Some(window) => Action::Window(Some(window)),
        None => Action::Say(Some("No process holds an election in this run.".to_owned())),
    }
}

fn change_view(state: &State) -> Option<Action> {
    match state.screen {
        Screen::Stage | Screen::Compare(ComparedWith::Algorithm(_)) => {
            Some(Action::View(next_view(state.view)))
        }
        Screen::Start | Screen::Gallery | Screen::Compare(ComparedWith::All) => None,
    }
}

fn present(state: &State) -> Option<Action> {
    match state.screen {
        Screen::Stage | Screen::Compare(_) if state.lesson.is_some() => {
            Some(Action::Say(Some("Leave the lesson before you present.".to_owned())))
        }
        Screen::Stage | Screen::Compare(_) => Some(Action::Present(!state.presents)),
        Screen::Start | Screen::Gallery => None,
    }
}

/// Answers, then plays to where the run shows the outcome.
fn answer(choice: usize, context: CommandContext) -> Vec<Action> {
    vec![Action::Lesson(LessonAction::Answer(choice)), play_or_pause(context)]
}

fn next_lesson_step(CommandContext { state, cursor, .. }: CommandContext) -> Vec<Action> {
    let pause = state.playback.is_playing().then_some(Action::Pause { at: cursor });
    pause.into_iter().chain([Action::Lesson(LessonAction::Next)]).collect()
}

fn show_awaited(context: CommandContext) -> Vec<Action> {
    context.state.lesson.map_or_else(Vec::new, |lesson| lesson.by_itself(context))
}

fn toggle(panel: Panel, state: &State) -> Action {
    let is_open = state.panel == Some(panel) && state.screen == Screen::Stage;
    Action::Panel((!is_open).then_some(panel))
}

/// Playback starts again from the end, and from the cover of a figure.
fn play_or_pause(scene: CommandContext) -> Action {
    let CommandContext { state, cursor, now, reduced_motion, .. } = scene;
    if state.playback.is_playing() {
        return Action::Pause { at: cursor };
    }
    let is_over = cursor >= scene.end() || state.is_cover(cursor);
    let from = if is_over { scene.start() } else { cursor };
    match reduced_motion {
        true => Action::PlayBySteps { from },
        false => Action::Play { from, now },
    }
}

/// The next view in the cycle of the view key.
pub const fn next_view(view: FigureView) -> FigureView {
    match view {
        FigureView::Both => FigureView::Stage,
        FigureView::Stage => FigureView::Spacetime,
        FigureView::Spacetime => FigureView::Both,
    }
}

/// Closes the topmost item: a dialog, the presentation, the explanation, the selection, a panel.
fn close(state: &State) -> Option<Action> {
    if state.dialog.is_some() {
        Some(Action::Dialog(None))
    } else if state.presents {
        Some(Action::Present(false))
    } else if state.preview.is_some() {
        Some(Action::Preview(None))
    } else if state.why.is_some() {
        Some(Action::Why(None))
    } else if state.selected.is_some() {
        Some(Action::Select(None))
    } else {
        state.panel.map(|_| Action::Panel(None))
    }
}
