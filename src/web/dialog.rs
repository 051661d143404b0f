//! A native dialog over the page: the browser keeps the focus inside, and gives it back at the end.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

/// An open dialog: Escape and a press beside it end it. Dropping this ends the listening.
pub struct Modal {
    dialog: HtmlDialogElement,
    _listeners: [EventListener; 2],
}

/// Whatever ends it, the focus goes back to where it was: a dialog that is only taken off the page
/// would lose it.
impl Drop for Modal {
    fn drop(&mut self) {
        self.dialog.close();
    }
}

impl Modal {
    /// Nothing where the element is no dialog.
    pub fn open(dialog: &Element, onclose: impl Fn() + 'static) -> Option<Self> {
        let dialog = dialog.dyn_ref::<HtmlDialogElement>()?;
        if !dialog.open() {
            // Refused only where it is not on the page; then there is nothing to close either.
            let _ = dialog.show_modal();
            focus_marked(dialog);
        }
        let closed = EventListener::new(dialog, "close", move |_| onclose());
        let beside = {
            let dialog = dialog.clone();
            EventListener::new(&dialog.clone(), "click", move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                // All that is inside lies in elements of its own, so only the backdrop is the dialog.
                if target.is_some_and(|target| target == **dialog) {
                    dialog.close();
                }
            })
        };
        Some(Self { dialog: dialog.clone(), _listeners: [closed, beside] })
    }
}

/// Moves the focus to what is marked for it, if anything is. The browser's own `autofocus` is handled once
/// more at the next frame, and then complains that the dialog has the focus already.
fn focus_marked(dialog: &HtmlDialogElement) {
    // The selector is right, so no browser refuses it.
    let marked = dialog.query_selector("[data-focus]").ok().flatten();
    if let Some(marked) = marked.and_then(|marked| marked.dyn_into::<HtmlElement>().ok()) {
        // What cannot have it leaves it where the browser has put it.
        let _ = marked.focus();
    }
}

/// Ends a dialog; the focus goes back to where it was.
pub fn close(dialog: &Element) {
    if let Some(dialog) = dialog.dyn_ref::<HtmlDialogElement>() {
        dialog.close();
    }
}
