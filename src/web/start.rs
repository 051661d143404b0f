//! What became of the start of the page's HTML before the program came: `www/start.js` notes it.

use gloo_utils::document_element;

/// When the picture was first shown, by the browser's clock; nothing where nobody noted it.
pub fn shown_since() -> Option<f64> {
    document_element().get_attribute("data-shown")?.parse().ok()
}

/// Whether the leader is to crash; it is asked for once.
pub fn take_crash() -> bool {
    let root = document_element();
    let asked = root.has_attribute("data-crash");
    // An attribute that is there can be taken away.
    let _ = root.remove_attribute("data-crash");
    asked
}

/// Whether the page was loaded again or gone back to, and not opened by a link.
pub fn is_again() -> bool {
    document_element().has_attribute("data-again")
}
