//! Owns the grip of a stage and its listeners of keys and of scrolling fingers.

use super::pointer::{MenuPlace, PointerController, SharedPointer};
use crate::ui::dispatcher::use_dispatcher;
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// The same for as long as the stage lives.
#[hook]
pub fn use_pointer(
    renderer: &SharedPointer,
    canvas: &NodeRef,
    menu: UseStateSetter<Option<MenuPlace>>,
    tip: UseStateSetter<Option<MenuPlace>>,
) -> Rc<PointerController> {
    let (renderer, dispatcher) = (renderer.clone(), use_dispatcher());
    let grip = use_memo((), move |()| PointerController::new(renderer, dispatcher, menu, tip));
    let of_keys = grip.clone();
    use_effect_with((), move |()| {
        let listeners = ["keydown", "keyup"].map(|kind| listen_to_keys(kind, of_keys.clone()));
        move || drop(listeners)
    });
    let of_fingers = grip.clone();
    use_effect_with(canvas.clone(), move |canvas| {
        let listeners = canvas.cast::<Element>().map(|canvas| hold_still(&canvas, &of_fingers));
        move || drop(listeners)
    });
    grip
}

/// Escape gives up what is drawn, before anybody else hears of it; Shift makes it one way.
fn listen_to_keys(kind: &'static str, grip: Rc<PointerController>) -> EventListener {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let document = gloo_utils::document();
    EventListener::new_with_options(&document, kind, options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        match &*key.key() {
            "Escape" if grip.give_up_busy() => {
                event.prevent_default();
                event.stop_propagation();
            }
            "Shift" => grip.shifted(event.type_() == "keydown"),
            _ => {}
        }
    })
}

/// A finger that draws does not scroll the page, and no click comes after it.
fn hold_still(canvas: &Element, grip: &Rc<PointerController>) -> [EventListener; 2] {
    ["touchmove", "touchend"].map(|kind| {
        let (options, grip) = (EventListenerOptions::enable_prevent_default(), grip.clone());
        EventListener::new_with_options(canvas, kind, options, move |event| {
            let is_ours = grip.holds() || event.type_() == "touchend" && grip.is_spent();
            // Once the page scrolls it cannot be held any more.
            if is_ours && event.cancelable() {
                event.prevent_default();
            }
        })
    })
}

/// A callback for one kind of event.
pub fn on<E: 'static>(
    grip: &Rc<PointerController>,
    act: impl Fn(&Rc<PointerController>, &E) + 'static,
) -> Callback<E> {
    let grip = grip.clone();
    Callback::from(move |event: E| act(&grip, &event))
}
