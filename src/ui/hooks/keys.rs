//! Keys, wherever the focus is, except where a control needs them itself; letters on the stage and the
//! diagram alone.

use crate::session::{Deed, Key, deed, is_letter};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::prelude::*;

/// Calls back with what a key asks for.
#[hook]
pub fn use_keys(ondeed: Callback<Deed>, letters: bool) {
    use_effect_with((ondeed, letters), |(ondeed, letters)| {
        let letters = *letters;
        let ondeed = ondeed.clone();
        let options = EventListenerOptions::enable_prevent_default();
        let document = gloo_utils::document();
        let listener =
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                if let Some(deed) = asked(event, letters) {
                    event.prevent_default();
                    ondeed.emit(deed);
                }
            });
        move || drop(listener)
    });
}

fn asked(event: &Event, letters: bool) -> Option<Deed> {
    let pressed = event.dyn_ref::<KeyboardEvent>()?;
    let name = pressed.key();
    let key = Key {
        name: &name,
        shift: pressed.shift_key(),
        control: pressed.ctrl_key() || pressed.meta_key(),
        alt: pressed.alt_key(),
    };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    deed(key).filter(|_| (letters || !key.is_character()) && !is_taken(target, key))
}

/// Whether the focused control does something with the key itself: a slider moves, Space presses.
/// Letters belong to the stage and the diagram, and to nobody else while nothing has the focus.
fn is_taken(target: Option<Element>, key: Key) -> bool {
    let Some(target) = target else { return false };
    match &*target.tag_name() {
        "INPUT" | "TEXTAREA" | "SELECT" => true,
        "BUTTON" | "SUMMARY" | "A" if key.name == " " => true,
        "BODY" | "MAIN" => false,
        _ => !key.control && is_letter(key.name) && !is_in_picture(&target),
    }
}

fn is_in_picture(target: &Element) -> bool {
    // The selector is right, so no browser refuses it.
    target.closest(".stage-area, .diagram").ok().flatten().is_some()
}
