//! What a deed of the keyboard or of a button means just now: the action that follows from where the
//! cursor is and from what the run has around it.

mod context;
mod selection;
mod why;

pub use context::CommandContext;
pub use why::explain_leader;

use super::lesson::LATER;
use super::{Action, Command, Dialog, Screen, State, gesture};
use crate::scenario::FigureView;
use crate::time::Time;
use crate::view::Target;

/// None where the deed changes nothing.
pub fn execute(command: Command, scene: CommandContext) -> Option<Action> {
    let CommandContext { state, run_view, cursor, now, .. } = scene;
    let end = scene.end();
    let pause = |at| Some(Action::Pause { at });
    let seek = |to| Some(Action::Seek { to, now });
    if state.screen == Screen::Gallery && is_done_to_the_run(command) {
        return None;
    }
    match command {
        Command::PlayOrPause => Some(play_or_pause(scene)),
        Command::StepOn => pause(scene.next_instant().unwrap_or(end)),
        Command::StepBack => pause(scene.previous_instant().unwrap_or(Time::ZERO)),
        // Whoever jumps to a moment wants to look at it.
        Command::JumpOn => pause(scene.moments().1),
        Command::JumpBack => pause(scene.moments().0),
        Command::Home => seek(scene.start()),
        Command::End => pause(end),
        Command::Faster | Command::Slower => {
            let speed = state.speed.next(command == Command::Faster);
            Some(Action::SetSpeed { speed, at: cursor, now })
        }
        Command::CrashOrRecover | Command::PauseOrResume | Command::Suspect => {
            Some(selection::to_process(command, scene))
        }
        Command::Strike => selection::strike(scene),
        Command::Cut => Some(selection::cut(scene)),
        Command::CutOneWay => Some(selection::cut_one_way(scene)),
        Command::TurnOn | Command::TurnBack => {
            Some(gesture::turn_by_one(selection::end(state), command == Command::TurnOn, scene))
        }
        Command::Heal => Some(gesture::heal(selection::link(state), scene)),
        Command::Drop | Command::Duplicate => Some(selection::to_message(command, scene)),
        Command::Delay | Command::Hasten => {
            Some(selection::shift(command == Command::Delay, scene))
        }
        Command::Delete => Some(selection::delete(scene)),
        Command::Why => Some(why::ask(scene)),
        Command::Split => Some(Action::Dialog(Some(Dialog::Split))),
        Command::Share => Some(Action::Dialog(Some(Dialog::Share))),
        Command::Import => Some(Action::Dialog(Some(Dialog::Import))),
        Command::Help => Some(Action::Dialog(Some(Dialog::Help))),
        Command::WholeRun => Some(Action::Window(Some((Time::ZERO, end)))),
        // Where a lesson asks what is to come, that there is none would be an answer.
        Command::PresentElection if state.hides_what_comes() => {
            Some(Action::Say(Some(LATER.to_owned())))
        }
        Command::PresentElection => Some(match run_view.election(cursor) {
            Some(window) => Action::Window(Some(window)),
            None => Action::Say(Some("No process holds an election in this run.".to_owned())),
        }),
        Command::NextView => match state.screen {
            Screen::Stage | Screen::Compare(_) => Some(Action::View(next_view(state.view))),
            Screen::Start | Screen::Gallery => None,
        },
        Command::Present => match state.screen {
            Screen::Stage | Screen::Compare(_) if state.lesson.is_some() => {
                Some(Action::Say(Some("Leave the lesson before you present.".to_owned())))
            }
            Screen::Stage | Screen::Compare(_) => Some(Action::Present(!state.presents)),
            Screen::Start | Screen::Gallery => None,
        },
        Command::SelectNext => selection::next(scene, true),
        Command::SelectPrevious => selection::next(scene, false),
        Command::Close => close(state),
        Command::Undo => state.history.undoes().map(|_| Action::Undo),
        Command::Redo => state.history.redoes().map(|_| Action::Redo),
    }
}

/// Whether it selects or changes something on the stage, which the gallery covers.
const fn is_done_to_the_run(command: Command) -> bool {
    match command {
        Command::CrashOrRecover
        | Command::PauseOrResume
        | Command::Suspect
        | Command::Strike
        | Command::Cut
        | Command::CutOneWay
        | Command::Heal
        | Command::TurnOn
        | Command::TurnBack
        | Command::Split
        | Command::Drop
        | Command::Delay
        | Command::Hasten
        | Command::Duplicate
        | Command::Delete
        | Command::Why
        | Command::SelectNext
        | Command::SelectPrevious => true,
        Command::PlayOrPause
        | Command::StepBack
        | Command::StepOn
        | Command::JumpBack
        | Command::JumpOn
        | Command::Home
        | Command::End
        | Command::Faster
        | Command::Slower
        | Command::WholeRun
        | Command::PresentElection
        | Command::NextView
        | Command::Present
        | Command::Close
        | Command::Share
        | Command::Import
        | Command::Help
        | Command::Undo
        | Command::Redo => false,
    }
}

/// Likewise for a deed to this target, whatever is selected.
pub fn execute_on(
    target: Option<Target>,
    command: Command,
    scene: CommandContext,
) -> Option<Action> {
    let state = State { selected: target, ..scene.state.clone() };
    execute(command, CommandContext { state: &state, ..scene })
}

/// From the end it begins again, and from the cover of a figure at its start.
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

/// What the key of the views leads to.
pub const fn next_view(view: FigureView) -> FigureView {
    match view {
        FigureView::Both => FigureView::Stage,
        FigureView::Stage => FigureView::Spacetime,
        FigureView::Spacetime => FigureView::Both,
    }
}

/// What was opened last is closed first.
fn close(state: &State) -> Option<Action> {
    if state.dialog.is_some() {
        Some(Action::Dialog(None))
    } else if state.presents {
        Some(Action::Present(false))
    } else if state.why.is_some() {
        Some(Action::Why(None))
    } else if state.selected.is_some() {
        Some(Action::Select(None))
    } else {
        state.panel.map(|_| Action::Panel(None))
    }
}
