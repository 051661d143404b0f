//! The cursor as the page's words follow it: ten times a second while something plays.

use crate::session::{Playback, PlaybackPace};
use crate::time::Time;
use crate::web::clock;
use gloo_timers::callback::Interval;
use std::rc::Rc;
use yew::prelude::*;

const TICK: u32 = 100;

/// Where the cursor is; `ended` is called when playing has come to its end.
#[hook]
pub fn use_cursor(playback: Playback, pace: &Rc<PlaybackPace>, ended: Callback<()>) -> Time {
    let tick = use_force_update();
    use_effect_with((playback, pace.clone(), ended), move |(playback, pace, ended)| {
        let (playback, pace, ended) = (*playback, pace.clone(), ended.clone());
        let ticking = playback.runs_by_the_clock().then(|| {
            Interval::new(TICK, move || {
                if playback.has_ended(clock::now(), &pace) {
                    ended.emit(());
                } else {
                    tick.force_update();
                }
            })
        });
        move || drop(ticking)
    });
    playback.cursor(clock::now(), pace)
}
