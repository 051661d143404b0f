//! The page's address, as far as the page has a say in it: what stands behind `#`.

use gloo_events::EventListener;
use gloo_utils::window;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{History, UrlSearchParams};

/// What stands behind `#`, without it and as it was meant; empty where nothing does.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let hash = hash.trim_start_matches('#');
    // What cannot be decoded names nothing either way.
    js_sys::decode_uri_component(hash).map_or_else(|_| hash.to_owned(), String::from)
}

/// What stands between `?` and `#`, as it was meant, pair by pair.
pub fn query() -> Vec<(String, String)> {
    let search = window().location().search().unwrap_or_default();
    let Ok(params) = UrlSearchParams::new_with_str(&search) else { return Vec::new() };
    let pairs = params.entries().into_iter().flatten();
    let text = |pair: &Array, place| pair.get(place).as_string().unwrap_or_default();
    pairs.map(|pair| (text(&Array::from(&pair), 0), text(&Array::from(&pair), 1))).collect()
}

/// The address of the page, without query and fragment: where a figure's *Open* leads.
pub fn page() -> String {
    let base = base();
    base.split('?').next().unwrap_or_default().to_owned()
}

/// The page's address without what stands behind `#`.
pub fn base() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Writes another fragment into the address of this entry of the browser's history; nobody is told.
pub fn replace(fragment: &str) {
    write(fragment, |history, url| {
        history.replace_state_with_url(&JsValue::NULL, "", Some(url)).is_ok()
    });
}

/// Likewise as a new entry, so that the way back leads here.
pub fn push(fragment: &str) {
    write(fragment, |history, url| {
        history.push_state_with_url(&JsValue::NULL, "", Some(url)).is_ok()
    });
}

/// A browser refuses when it is asked too often, or in a file's sandbox: then the address stays as it
/// was, and is written with the next change.
fn write(fragment: &str, how: impl Fn(&History, &str) -> bool) {
    if let Ok(history) = window().history() {
        // The whole address: a fragment alone would be one of the page's <base>.
        how(&history, &format!("{}#{fragment}", base()));
    }
}

/// Calls back whenever the fragment changes, until the listener is dropped.
pub fn on_change(mut changed: impl FnMut(String) + 'static) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| changed(fragment()))
}
