//! Playing with reduced motion: from event to event, four a second.

use crate::session::{Command, Playback};
use crate::ui::dispatcher::Dispatcher;
use gloo_timers::callback::Interval;
use yew::prelude::*;

const PERIOD: u32 = 250;

/// Steps four times a second while the playback goes by steps.
#[hook]
pub fn use_steps(playback: Playback, dispatcher: &Dispatcher) {
    let by_steps = matches!(playback, Playback::Stepping { .. });
    use_effect_with((by_steps, dispatcher.clone()), |(by_steps, dispatcher)| {
        let dispatcher = dispatcher.clone();
        let timer =
            by_steps.then(|| Interval::new(PERIOD, move || dispatcher.execute(Command::PlayStep)));
        move || drop(timer)
    });
}
