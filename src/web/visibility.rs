//! Whether anybody can see the page.

use gloo_events::EventListener;
use gloo_utils::{document, window};

/// Calls back with whether the page is in sight whenever that changes, until the listener is dropped.
pub fn on_change(mut changed: impl FnMut(bool) + 'static) -> EventListener {
    EventListener::new(&document(), "visibilitychange", move |_| changed(!document().hidden()))
}

/// Calls back when the page is left, until the listener is dropped: there may be no other chance.
pub fn on_leave(mut left: impl FnMut() + 'static) -> EventListener {
    EventListener::new(&window(), "pagehide", move |_| left())
}
