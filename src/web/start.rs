//! What `www/start.js` recorded in the page's HTML before the program started.

use gloo_utils::document_element;

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
