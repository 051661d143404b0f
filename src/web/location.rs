//! The page's address (fragment, query and history entries), and what `www/start.js` recorded in the page's
//! HTML before the program started.

use gloo_events::EventListener;
use gloo_utils::{document_element, window};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{History, UrlSearchParams};

/// The fragment without `#`, decoded; empty if there is none.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let hash = hash.trim_start_matches('#');
    // A fragment that cannot be decoded names nothing in either form.
    js_sys::decode_uri_component(hash).map_or_else(|_| hash.to_owned(), String::from)
}

/// The pairs of the query, decoded.
pub fn query() -> Vec<(String, String)> {
    let search = window().location().search().unwrap_or_default();
    let Ok(params) = UrlSearchParams::new_with_str(&search) else { return Vec::new() };
    let pairs = params.entries().into_iter().flatten();
    let text = |pair: &Array, place| pair.get(place).as_string().unwrap_or_default();
    pairs.map(|pair| (text(&Array::from(&pair), 0), text(&Array::from(&pair), 1))).collect()
}

/// The address of the page without query and fragment, which a figure's *Open* leads to.
pub fn page() -> String {
    let base = base();
    base.split('?').next().unwrap_or_default().to_owned()
}

/// The page's address without the fragment.
pub fn base() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Replaces the fragment in the current entry of the browser's history; no event is fired.
pub fn replace(fragment: &str) {
    write(fragment, |history, url| {
        history.replace_state_with_url(&JsValue::NULL, "", Some(url)).is_ok()
    });
}

/// Adds a history entry with another fragment.
pub fn push(fragment: &str) {
    write(fragment, |history, url| {
        history.push_state_with_url(&JsValue::NULL, "", Some(url)).is_ok()
    });
}

/// Writes the fragment. A browser may refuse if it is asked too often or in a file's sandbox; the next change
/// writes it then.
fn write(fragment: &str, how: impl Fn(&History, &str) -> bool) {
    if let Ok(history) = window().history() {
        // The whole address: a fragment alone would be relative to the page's <base>.
        how(&history, &format!("{}#{fragment}", base()));
    }
}

/// Calls back when the fragment changes, until the listener is dropped.
pub fn on_change(mut changed: impl FnMut(String) + 'static) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| changed(fragment()))
}

/// When the picture was first shown, in milliseconds of the browser's clock; `None` if that was not recorded.
pub fn shown_since() -> Option<f64> {
    document_element().get_attribute("data-shown")?.parse().ok()
}

/// Whether *Crash the leader* was pressed; true only once.
pub fn take_crash() -> bool {
    let root = document_element();
    let asked = root.has_attribute("data-crash");
    // An attribute that is there can be removed.
    let _ = root.remove_attribute("data-crash");
    asked
}

/// How the page was opened, in the browser's terms: `navigate`, `reload` or `back_forward`.
pub fn navigation() -> Option<String> {
    document_element().get_attribute("data-opened")
}
