//! Forwards keys to the host page that the figure does not use: in slides, they turn the page.

use crate::player::Notification;
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo_utils::document;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::prelude::*;

/// Keys that the figure never uses.
const PAGES: [&str; 2] = ["PageUp", "PageDown"];
/// Keys that the figure uses only after a press in its picture, or while the focus is in it.
const MOVES: [&str; 6] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
/// The parts in which a press claims the keys for the figure.
const PICTURE: &str = ".stage-area, .diagram";

/// Forwards every key that is not for the figure, before the figure handles it.
#[hook]
pub fn use_figure_keys(tell: Callback<Notification>) {
    use_effect_with(tell, |tell| {
        let is_playing_with = Rc::new(Cell::new(false));
        let touched = {
            let is_playing_with = is_playing_with.clone();
            move |event: &Event| is_playing_with.set(is_in(event, PICTURE))
        };
        let listeners = [
            listen("pointerdown", touched.clone()),
            listen("focusin", touched),
            listen("keydown", {
                let tell = tell.clone();
                move |event| {
                    if let Some(notice) = left(event, is_playing_with.get()) {
                        tell.emit(notice);
                    }
                }
            }),
        ];
        move || drop(listeners)
    });
}

/// Listens in the capture phase, before all other listeners.
fn listen(name: &'static str, heard: impl Fn(&Event) + 'static) -> EventListener {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, ..Default::default() };
    EventListener::new_with_options(&document(), name, options, heard)
}

/// The notification about a key, if it is for the host page. Both handle Escape: it closes what is open in
/// the figure.
fn left(event: &Event, is_playing_with: bool) -> Option<Notification> {
    let pressed = event.dyn_ref::<KeyboardEvent>()?;
    let key = pressed.key();
    let is_command = pressed.ctrl_key() || pressed.meta_key() || pressed.alt_key();
    // Sliders, menus and fields use these keys themselves.
    let is_taken = is_in(event, "[role=slider], [role=menu], input, select, textarea");
    let is_page = PAGES.contains(&&*key) && !is_taken;
    let is_move = MOVES.contains(&&*key) && !is_playing_with && !is_taken;
    if is_command || !(is_page || is_move || key == "Escape") {
        return None;
    }
    if key != "Escape" {
        event.stop_immediate_propagation();
    }
    Some(Notification::Key { key, shift: pressed.shift_key() })
}

fn is_in(event: &Event, parts: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    // The selector is valid, so no browser refuses it.
    target.is_some_and(|target| target.closest(parts).ok().flatten().is_some())
}
