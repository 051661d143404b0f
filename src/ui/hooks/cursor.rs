//! The cursor as the page's words follow it: ten times a second while something plays.

use crate::session::{Action, PlaybackPace};
use crate::time::Time;
use crate::ui::dispatcher::Session;
use crate::web::clock;
use gloo_timers::callback::Interval;
use std::rc::Rc;
use yew::prelude::*;

const TICK: u32 = 100;

/// Where the cursor is. The session pauses once playing has come to its end.
#[hook]
pub fn use_cursor(session: &UseReducerHandle<Session>, pace: &Rc<PlaybackPace>) -> Time {
    let tick = use_force_update();
    let (playback, dispatcher) = (session.0.playback, session.dispatcher());
    use_effect_with((playback, pace.clone()), move |(playback, pace)| {
        let (playback, pace) = (*playback, pace.clone());
        let ticking = playback.runs_by_the_clock().then(|| {
            Interval::new(TICK, move || {
                if playback.has_ended(clock::now(), &pace) {
                    dispatcher.dispatch(Action::Pause { at: pace.end });
                } else {
                    tick.force_update();
                }
            })
        });
        move || drop(ticking)
    });
    playback.cursor(clock::now(), pace)
}
