//! The clipboard, and files and texts that are pasted, or dragged over the page and dropped.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::{document, window};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, Event, File};
use yew::Callback;

/// Calls back with whether the text was copied.
pub fn copy(text: &str, done: Callback<bool>) {
    let clipboard = gloo_utils::window().navigator().clipboard();
    // Without a secure context there is no clipboard.
    if clipboard.is_undefined() {
        return done.emit(false);
    }
    let written = JsFuture::from(clipboard.write_text(text));
    yew::platform::spawn_local(async move { done.emit(written.await.is_ok()) });
}

/// A file, or else a text.
pub enum Dropped {
    /// The first file, and the names of the others, which are not read.
    File(File, Vec<String>),
    Text(String),
}

/// Calls back with what is pasted outside of fields, until the listener is dropped.
pub fn on_paste(pasted: impl Fn(Dropped) + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "paste", options, move |event| {
        let Some(paste) = event.dyn_ref::<ClipboardEvent>().filter(|event| !is_in_field(event))
        else {
            return;
        };
        if let Some(handed) = paste.clipboard_data().as_ref().and_then(read_transfer) {
            event.prevent_default();
            pasted(handed);
        }
    })
}

/// Handles drags from outside of the page, until it is dropped.
pub struct DropZone {
    _listeners: [EventListener; 6],
}

impl DropZone {
    /// `over` is called when a drag enters or leaves the page, `dropped` with what was dropped.
    pub fn new(over: impl Fn(bool) + 'static, dropped: impl Fn(Dropped) + 'static) -> Self {
        let hand = Rc::new(DragState {
            inside: Cell::new(false),
            depth: Cell::new(0),
            over: Box::new(over),
        });
        let starts = on("dragstart", &hand, |hand, _| hand.inside.set(true));
        let ends = on("dragend", &hand, |hand, _| hand.inside.set(false));
        let enters = on("dragenter", &hand, |hand, _| hand.enter());
        let leaves = on("dragleave", &hand, |hand, _| hand.leave());
        let hangs = on("dragover", &hand, |hand, drag| {
            if !hand.inside.get() {
                // Without this the browser refuses the drop.
                drag.prevent_default();
            }
        });
        let falls = on("drop", &hand, move |hand, drag| {
            hand.depth.set(0);
            (hand.over)(false);
            if !hand.inside.get() {
                drag.prevent_default();
                if let Some(handed) = drag.data_transfer().as_ref().and_then(read_transfer) {
                    dropped(handed);
                }
            }
        });
        Self { _listeners: [starts, ends, enters, leaves, hangs, falls] }
    }
}

/// The state of a drag.
struct DragState {
    /// A drag that starts on the page is ignored.
    inside: Cell<bool>,
    /// How many elements are entered: the next one is entered before the last one is left.
    depth: Cell<u32>,
    over: Box<dyn Fn(bool)>,
}

impl DragState {
    fn enter(&self) {
        self.depth.set(self.depth.get() + 1);
        if !self.inside.get() {
            (self.over)(true);
        }
    }

    fn leave(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
        if self.depth.get() == 0 {
            (self.over)(false);
        }
    }
}

fn on(
    name: &'static str,
    hand: &Rc<DragState>,
    act: impl Fn(&DragState, &DragEvent) + 'static,
) -> EventListener {
    let hand = hand.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), name, options, move |event| {
        if let Some(drag) = event.dyn_ref::<DragEvent>() {
            act(&hand, drag);
        }
    })
}

fn read_transfer(data: &DataTransfer) -> Option<Dropped> {
    if let Some((files, first)) =
        data.files().and_then(|files| Some((files.clone(), files.get(0)?)))
    {
        let others = (1..files.length()).filter_map(|place| files.get(place));
        return Some(Dropped::File(first, others.map(|file| file.name()).collect()));
    }
    let text = data.get_data("text/plain").ok().filter(|text| !text.trim().is_empty());
    text.map(Dropped::Text)
}

fn is_in_field(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    // The selector is valid, so no browser refuses it.
    target.is_some_and(|target| {
        target.closest("input, textarea, select, dialog").ok().flatten().is_some()
    })
}
