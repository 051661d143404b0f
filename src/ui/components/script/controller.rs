//! Turns typing into actions: the text is dispatched after a short pause, and a longer pause ends the step of
//! the history.

use crate::session::Action;
use crate::session::editor::plain;
use crate::ui::dispatcher::Dispatcher;
use crate::web::text_area;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::{HtmlTextAreaElement, Node};
use yew::prelude::*;

/// The pause in typing after which the script is parsed, in milliseconds.
const REST: u32 = 120;
/// The pause after which further typing is another step of the history, in milliseconds.
const PAUSE: u32 = 1_000;
/// The time after which a changed text has been painted, in milliseconds.
const PAINTED: u32 = 50;

/// Controls the text area: sends its text to the session, and writes changes from elsewhere into it.
pub struct EditorController {
    area: NodeRef,
    dispatcher: Dispatcher,
    /// What the session was told last: when it comes back, nothing changed elsewhere.
    dispatched: RefCell<Option<String>>,
    rest: RefCell<Option<Timeout>>,
    pause: RefCell<Option<Timeout>>,
    late: RefCell<Option<Timeout>>,
    /// Whether an input method is composing a character; meanwhile nothing is written or dispatched.
    is_composing: Cell<bool>,
}

/// The controller of a panel while it is open; closing it dispatches what was typed.
#[hook]
pub fn use_editor(area: &NodeRef, dispatcher: &Dispatcher) -> Rc<EditorController> {
    let controller = use_memo((), |()| EditorController {
        area: area.clone(),
        dispatcher: dispatcher.clone(),
        dispatched: RefCell::default(),
        rest: RefCell::default(),
        pause: RefCell::default(),
        late: RefCell::default(),
        is_composing: Cell::new(false),
    });
    use_effect_with((), {
        let controller = controller.clone();
        move |()| {
            let listeners = controller.listeners();
            move || {
                drop(listeners);
                controller.settle();
                controller.moved();
            }
        }
    });
    controller
}

impl EditorController {
    pub fn node(&self) -> &NodeRef {
        &self.area
    }

    pub fn area(&self) -> Option<HtmlTextAreaElement> {
        self.area.cast()
    }

    /// Called when the reader moves the caret: a pending restore of the selection is dropped.
    pub fn moved(&self) {
        drop(self.late.take());
    }

    /// Called on input.
    pub fn typed(self: &Rc<Self>) {
        if self.is_composing.get() {
            return;
        }
        self.moved();
        let (rested, paused) = (self.clone(), self.clone());
        *self.rest.borrow_mut() = Some(Timeout::new(REST, move || rested.send()));
        *self.pause.borrow_mut() = Some(Timeout::new(PAUSE, move || paused.settle()));
    }

    /// Dispatches what was typed, if it has not been yet.
    pub fn send(&self) {
        let waited = self.rest.take();
        if let (Some(_), Some(area)) = (waited, self.area()) {
            let text = area.value();
            *self.dispatched.borrow_mut() = Some(text.clone());
            self.dispatcher.dispatch(Action::Type(text));
        }
    }

    /// Dispatches what was typed and ends the step of the history.
    pub fn settle(&self) {
        self.send();
        if self.pause.take().is_some() {
            self.dispatcher.dispatch(Action::Settle);
        }
    }

    /// Replaces the text in one step of the history.
    pub fn write(&self, text: String, name: String) {
        self.settle();
        if let Some(area) = self.area() {
            text_area::follow(&area, &text);
        }
        *self.dispatched.borrow_mut() = Some(text.clone());
        self.dispatcher.dispatch(Action::Write { text, name });
    }

    /// Writes a text that changed elsewhere into the text area; `None` if it is the text that was dispatched
    /// last.
    pub fn follow(&self, written: &str) -> Option<String> {
        if self.dispatched.borrow().as_deref() == Some(written) || self.is_composing.get() {
            return None;
        }
        let text = plain(written);
        // The newer text wins: gestures settle the typing before they change anything.
        drop(self.rest.take());
        self.dispatched.replace(None);
        let area = self.area()?;
        let selection = text_area::follow(&area, &text);
        // Without the focus, Chromium drops a selection when it paints the new text.
        *self.late.borrow_mut() =
            selection.map(|kept| Timeout::new(PAINTED, move || text_area::select(&area, kept)));
        Some(text)
    }

    fn listeners(self: &Rc<Self>) -> Option<([EventListener; 2], EventListener)> {
        let area = self.area()?;
        let controller = self.clone();
        let composing = text_area::on_compose(&area, move |composing| {
            controller.is_composing.set(composing);
            if !composing {
                controller.typed();
            }
        });
        // A gesture on the stage does not always take the focus away.
        let controller = self.clone();
        let options = EventListenerOptions::run_in_capture_phase();
        let document = gloo_utils::document();
        let elsewhere =
            EventListener::new_with_options(&document, "pointerdown", options, move |event| {
                let at = event.target();
                let here: Option<&Node> = controller.area.get().is_some().then_some(area.as_ref());
                if at.as_ref() != here.map(AsRef::as_ref) {
                    controller.settle();
                }
            });
        Some((composing, elsewhere))
    }
}
