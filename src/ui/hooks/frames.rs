//! One animation frame in flight while something plays, and none otherwise.

use gloo_render::{AnimationFrame, request_animation_frame};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

type FrameSlot = Rc<RefCell<Option<AnimationFrame>>>;

/// Asks for frames only while `playing`; leaving the page, or a pause, drops the one in flight.
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
        // A paint that stopped the playing has emptied the slot; then nothing more is asked for.
        let goes_on = next.borrow().is_some();
        if goes_on {
            ask(next, paint);
        }
    });
    *slot.borrow_mut() = Some(frame);
}
