//! Whether the page, or an element of it, is visible.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::{document, window};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// Calls back when the page is shown or hidden, until the listener is dropped.
pub fn on_change(mut changed: impl FnMut(bool) + 'static) -> EventListener {
    EventListener::new(&document(), "visibilitychange", move |_| changed(!document().hidden()))
}

/// Calls back when the page is left, until the listeners are dropped. It may call more than once: a hidden
/// page may be ended without another event.
pub fn on_leave(mut left: impl FnMut() + Clone + 'static) -> [EventListener; 2] {
    let mut hidden = left.clone();
    [
        EventListener::new(&window(), "pagehide", move |_| left()),
        on_change(move |is_seen| {
            if !is_seen {
                hidden();
            }
        }),
    ]
}

/// Calls back before `on_leave` does, so that a field can still report what is being typed; until the
/// listener is dropped.
pub fn before_leave(mut left: impl FnMut() + 'static) -> EventListener {
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&window(), "pagehide", options, move |_| left())
}

/// Watches an element until it is dropped.
pub struct VisibilityWatch {
    observer: IntersectionObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl VisibilityWatch {
    /// Calls back with whether any of it is in sight, once at the start too; none where the browser
    /// cannot tell.
    pub fn new(element: &Element, mut changed: impl FnMut(bool) + 'static) -> Option<Self> {
        let closure = Closure::new(move |entries: Array| {
            let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
            if let Ok(entry) = last {
                changed(entry.is_intersecting());
            }
        });
        let observer = IntersectionObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _closure: closure })
    }
}

impl Drop for VisibilityWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
