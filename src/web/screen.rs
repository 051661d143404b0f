//! The page on the whole screen, and on paper.

use gloo_utils::{document, document_element, window};

/// On the whole screen, or back in its window. Where the browser allows neither, nothing happens.
pub fn toggle_full() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else {
        let _ = document_element().request_fullscreen();
    }
}

/// Opens the browser's dialog for printing.
pub fn print() {
    // Refused inside of a sandbox; then nothing is printed.
    let _ = window().print();
}
