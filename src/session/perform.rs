//! What a deed of the keyboard or of a button means just now: the action that follows from where the
//! cursor is and from what the run has around it.

use super::{Action, Deed, Made, State, gesture_instant, toggle_crash};
use crate::clock::Time;
use crate::simulation::Status;
use crate::view::Target;
use crate::vocabulary::Rank;

/// What is on the screen when the deed is done.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub state: &'a State,
    pub made: &'a Made,
    pub cursor: Time,
    /// The browser's clock, in milliseconds.
    pub now: f64,
    pub reduced_motion: bool,
}

/// None where the deed changes nothing.
pub fn perform(deed: Deed, scene: Scene) -> Option<Action> {
    let Scene { state, made, cursor, now, .. } = scene;
    let end = made.run.end();
    let pause = |at| Some(Action::Pause { at });
    let seek = |to| Some(Action::Seek { to, now });
    match deed {
        Deed::PlayOrPause => Some(play_or_pause(scene)),
        Deed::StepOn => pause(made.run.next_instant(cursor).unwrap_or(end)),
        Deed::StepBack => pause(made.run.previous_instant(cursor).unwrap_or(Time::ZERO)),
        Deed::JumpOn => seek(made.moments(cursor).1),
        Deed::JumpBack => seek(made.moments(cursor).0),
        Deed::Home => seek(Time::ZERO),
        Deed::End => pause(end),
        Deed::Faster | Deed::Slower => {
            let speed = state.speed.next(deed == Deed::Faster);
            Some(Action::SetSpeed { speed, at: cursor, now })
        }
        Deed::CrashOrRecover => Some(match state.selected {
            Some(Target::Process(rank)) => crash_or_recover(rank, scene),
            _ => Action::Say(Some("Select a process first, then press x.".to_owned())),
        }),
        Deed::SelectNext => select(scene, true),
        Deed::SelectPrevious => select(scene, false),
        Deed::Deselect => Some(Action::Select(None)),
        Deed::Undo => state.history.undoes().map(|_| Action::Undo),
        Deed::Redo => state.history.redoes().map(|_| Action::Redo),
    }
}

/// Crashes a process that is up just after the cursor, or recovers one that is down.
pub fn crash_or_recover(rank: Rank, Scene { made, cursor, .. }: Scene) -> Action {
    let world = made.run.at(cursor);
    let status = world.process(rank).map(|process| process.status());
    let is_crashed = matches!(status, Some(Status::Crashed { .. }));
    let at = gesture_instant(cursor, made.run.next_instant(cursor));
    Action::Change(toggle_crash(rank, is_crashed, at))
}

/// From the end it begins again.
fn play_or_pause(Scene { state, made, cursor, now, reduced_motion }: Scene) -> Action {
    if state.playback.is_playing() {
        return Action::Pause { at: cursor };
    }
    let from = if cursor >= made.run.end() { Time::ZERO } else { cursor };
    match reduced_motion {
        true => Action::PlayBySteps { from },
        false => Action::Play { from, now },
    }
}

/// The next higher or lower rank, round and round; the highest first.
fn select(Scene { state, made, .. }: Scene, up: bool) -> Option<Action> {
    let ranks = &made.run.scenario().ranks;
    let count = ranks.len();
    let place = match state.selected {
        Some(Target::Process(rank)) => {
            let place = ranks.iter().position(|&other| other == rank)?;
            (place + if up { 1 } else { count - 1 }) % count
        }
        _ => count.checked_sub(1)?,
    };
    Some(Action::Select(Some(Target::Process(ranks[place]))))
}
