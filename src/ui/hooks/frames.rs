//! Animation frames and timers of the playback: one frame is requested while it plays, none otherwise.

use crate::session::{Action, Command, Playback, PlaybackPace};
use crate::time::Time;
use crate::ui::dispatcher::{Dispatcher, Session};
use crate::web::clock;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Interval;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

type FrameSlot = Rc<RefCell<Option<AnimationFrame>>>;

/// Requests frames only while `playing`; a pause or unmount drops the requested one.
#[hook]
pub fn use_frames(playing: bool, paint: Callback<()>) {
    let slot: FrameSlot = use_mut_ref(|| None);
    use_effect_with((playing, paint), move |(playing, paint)| {
        if *playing {
            ask(slot.clone(), paint.clone());
        }
        move || drop(slot.take())
    });
}

fn ask(slot: FrameSlot, paint: Callback<()>) {
    let next = slot.clone();
    let frame = request_animation_frame(move |_| {
        paint.emit(());
        // A paint that stopped playback has emptied the slot: request no more.
        let goes_on = next.borrow().is_some();
        if goes_on {
            ask(next, paint);
        }
    });
    *slot.borrow_mut() = Some(frame);
}

const TICK: u32 = 100;

/// The cursor, updated ten times a second during playback. Playback pauses at its end.
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

const PERIOD: u32 = 250;

/// Executes a step four times a second while playback goes by steps.
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
