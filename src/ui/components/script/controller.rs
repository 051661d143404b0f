//! From keystrokes to actions: what is typed is told after a short rest, and is one step of the
//! history until a longer one.

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

/// So long nothing is typed before the script is read again, in milliseconds.
const REST: u32 = 120;
/// And so long before the next letter begins another step of the history.
const PAUSE: u32 = 1_000;
/// By then a changed text has been painted.
const PAINTED: u32 = 50;

/// The hand that writes into the text area.
pub struct EditorController {
    area: NodeRef,
    dispatcher: Dispatcher,
    /// What the session was told last: when it comes back, nothing changed elsewhere.
    dispatched: RefCell<Option<String>>,
    rest: RefCell<Option<Timeout>>,
    pause: RefCell<Option<Timeout>>,
    late: RefCell<Option<Timeout>>,
    /// A letter is being composed: nobody else writes, and nothing is told.
    is_composing: Cell<bool>,
}

/// One controller for as long as the panel is open; closing it tells what was typed.
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

    /// The reader has moved the caret: it stays there.
    pub fn moved(&self) {
        drop(self.late.take());
    }

    /// Something was typed.
    pub fn typed(self: &Rc<Self>) {
        if self.is_composing.get() {
            return;
        }
        self.moved();
        let (rested, paused) = (self.clone(), self.clone());
        *self.rest.borrow_mut() = Some(Timeout::new(REST, move || rested.send()));
        *self.pause.borrow_mut() = Some(Timeout::new(PAUSE, move || paused.settle()));
    }

    /// Tells what was typed, if anything is still to be told.
    pub fn send(&self) {
        let waited = self.rest.take();
        if let (Some(_), Some(area)) = (waited, self.area()) {
            let text = area.value();
            *self.dispatched.borrow_mut() = Some(text.clone());
            self.dispatcher.dispatch(Action::Type(text));
        }
    }

    /// What was typed so far is a step of the history.
    pub fn settle(&self) {
        self.send();
        if self.pause.take().is_some() {
            self.dispatcher.dispatch(Action::Settle);
        }
    }

    /// Rewrites the text at one stroke.
    pub fn write(&self, text: String, name: String) {
        self.settle();
        if let Some(area) = self.area() {
            text_area::follow(&area, &text);
        }
        *self.dispatched.borrow_mut() = Some(text.clone());
        self.dispatcher.dispatch(Action::Write { text, name });
    }

    /// Takes over a text that changed elsewhere; nothing where it is the one that was told.
    pub fn follow(&self, written: &str) -> Option<String> {
        if self.dispatched.borrow().as_deref() == Some(written) || self.is_composing.get() {
            return None;
        }
        let text = plain(written);
        // The newer text wins: gestures tell what was typed before they are done.
        drop(self.rest.take());
        self.dispatched.replace(None);
        let area = self.area()?;
        let selection = text_area::follow(&area, &text);
        // Without the focus, Chromium lets go of a selection once it paints the new text.
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
