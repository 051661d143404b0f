//! What a deed of the keyboard or of a button means just now: the action that follows from where the
//! cursor is and from what the run has around it.

mod scene;
mod selection;
mod why;

pub use scene::Scene;
pub use why::explain_leader;

use super::lesson::LATER;
use super::{Action, Deed, Dialog, Screen, State, gesture};
use crate::scenario::FigureView;
use crate::time::Time;
use crate::view::Target;

/// None where the deed changes nothing.
pub fn perform(deed: Deed, scene: Scene) -> Option<Action> {
    let Scene { state, made, cursor, now, .. } = scene;
    let end = scene.end();
    let pause = |at| Some(Action::Pause { at });
    let seek = |to| Some(Action::Seek { to, now });
    if state.screen == Screen::Gallery && is_done_to_the_run(deed) {
        return None;
    }
    match deed {
        Deed::PlayOrPause => Some(play_or_pause(scene)),
        Deed::StepOn => pause(scene.next_instant().unwrap_or(end)),
        Deed::StepBack => pause(scene.previous_instant().unwrap_or(Time::ZERO)),
        // Whoever jumps to a moment wants to look at it.
        Deed::JumpOn => pause(scene.moments().1),
        Deed::JumpBack => pause(scene.moments().0),
        Deed::Home => seek(scene.start()),
        Deed::End => pause(end),
        Deed::Faster | Deed::Slower => {
            let speed = state.speed.next(deed == Deed::Faster);
            Some(Action::SetSpeed { speed, at: cursor, now })
        }
        Deed::CrashOrRecover | Deed::PauseOrResume | Deed::Suspect => {
            Some(selection::to_process(deed, scene))
        }
        Deed::Strike => selection::strike(scene),
        Deed::Cut => Some(selection::cut(scene)),
        Deed::CutOneWay => Some(selection::cut_one_way(scene)),
        Deed::TurnOn | Deed::TurnBack => {
            Some(gesture::turn_by_one(selection::end(state), deed == Deed::TurnOn, scene))
        }
        Deed::Heal => Some(gesture::heal(selection::link(state), scene)),
        Deed::Drop | Deed::Duplicate => Some(selection::to_message(deed, scene)),
        Deed::Delay | Deed::Hasten => Some(selection::shift(deed == Deed::Delay, scene)),
        Deed::Delete => Some(selection::delete(scene)),
        Deed::Why => Some(why::ask(scene)),
        Deed::Split => Some(Action::Dialog(Some(Dialog::Split))),
        Deed::Share => Some(Action::Dialog(Some(Dialog::Share))),
        Deed::Import => Some(Action::Dialog(Some(Dialog::Import))),
        Deed::Help => Some(Action::Dialog(Some(Dialog::Help))),
        Deed::WholeRun => Some(Action::Window(Some((Time::ZERO, end)))),
        // Where a lesson asks what is to come, that there is none would be an answer.
        Deed::PresentElection if state.hides_what_comes() => {
            Some(Action::Say(Some(LATER.to_owned())))
        }
        Deed::PresentElection => Some(match made.election(cursor) {
            Some(window) => Action::Window(Some(window)),
            None => Action::Say(Some("No process holds an election in this run.".to_owned())),
        }),
        Deed::NextView => match state.screen {
            Screen::Stage | Screen::Compare(_) => Some(Action::View(next_view(state.view))),
            Screen::Start | Screen::Gallery => None,
        },
        Deed::Present => match state.screen {
            Screen::Stage | Screen::Compare(_) if state.lesson.is_some() => {
                Some(Action::Say(Some("Leave the lesson before you present.".to_owned())))
            }
            Screen::Stage | Screen::Compare(_) => Some(Action::Present(!state.presents)),
            Screen::Start | Screen::Gallery => None,
        },
        Deed::SelectNext => selection::next(scene, true),
        Deed::SelectPrevious => selection::next(scene, false),
        Deed::Close => close(state),
        Deed::Undo => state.history.undoes().map(|_| Action::Undo),
        Deed::Redo => state.history.redoes().map(|_| Action::Redo),
    }
}

/// Whether it selects or changes something on the stage, which the gallery covers.
const fn is_done_to_the_run(deed: Deed) -> bool {
    match deed {
        Deed::CrashOrRecover
        | Deed::PauseOrResume
        | Deed::Suspect
        | Deed::Strike
        | Deed::Cut
        | Deed::CutOneWay
        | Deed::Heal
        | Deed::TurnOn
        | Deed::TurnBack
        | Deed::Split
        | Deed::Drop
        | Deed::Delay
        | Deed::Hasten
        | Deed::Duplicate
        | Deed::Delete
        | Deed::Why
        | Deed::SelectNext
        | Deed::SelectPrevious => true,
        Deed::PlayOrPause
        | Deed::StepBack
        | Deed::StepOn
        | Deed::JumpBack
        | Deed::JumpOn
        | Deed::Home
        | Deed::End
        | Deed::Faster
        | Deed::Slower
        | Deed::WholeRun
        | Deed::PresentElection
        | Deed::NextView
        | Deed::Present
        | Deed::Close
        | Deed::Share
        | Deed::Import
        | Deed::Help
        | Deed::Undo
        | Deed::Redo => false,
    }
}

/// Likewise for a deed to this target, whatever is selected.
pub fn perform_on(target: Option<Target>, deed: Deed, scene: Scene) -> Option<Action> {
    let state = State { selected: target, ..scene.state.clone() };
    perform(deed, Scene { state: &state, ..scene })
}

/// From the end it begins again, and from the cover of a figure at its start.
fn play_or_pause(scene: Scene) -> Action {
    let Scene { state, cursor, now, reduced_motion, .. } = scene;
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
