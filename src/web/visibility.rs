//! Whether anybody can see the page.

use gloo_events::EventListener;
use gloo_utils::document;

/// Calls back with whether the page is in sight whenever that changes, until the listener is dropped.
pub fn on_change(mut changed: impl FnMut(bool) + 'static) -> EventListener {
    EventListener::new(&document(), "visibilitychange", move |_| changed(!document().hidden()))
}
