//! The page's address, as far as the page has a say in it: what stands behind `#`.

use gloo_events::EventListener;
use gloo_utils::window;

/// What stands behind `#`, without it and as it was meant; empty where nothing does.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let hash = hash.trim_start_matches('#');
    // What cannot be decoded names nothing either way.
    js_sys::decode_uri_component(hash).map_or_else(|_| hash.to_owned(), String::from)
}

/// Goes to a fragment, as a click on a link would.
pub fn go_to(fragment: &str) {
    // A browser may refuse while it is being closed; then nobody looks.
    let _ = window().location().set_hash(fragment);
}

/// Calls back whenever the fragment changes, until the listener is dropped.
pub fn on_change(mut changed: impl FnMut(String) + 'static) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| changed(fragment()))
}
