//! Playing with reduced motion: from event to event, four a second.

use crate::session::Playback;
use gloo_timers::callback::Interval;
use yew::prelude::*;

const PERIOD: u32 = 250;

/// Asks for a step four times a second while the playback goes by steps.
#[hook]
pub fn use_steps(playback: Playback, step: Callback<()>) {
    let by_steps = matches!(playback, Playback::Stepping { .. });
    use_effect_with((by_steps, step), |(by_steps, step)| {
        let step = step.clone();
        let timer = by_steps.then(|| Interval::new(PERIOD, move || step.emit(())));
        move || drop(timer)
    });
}
