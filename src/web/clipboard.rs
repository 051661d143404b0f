//! Copies text to the clipboard. A browser may refuse, so the answer is awaited.

use wasm_bindgen_futures::JsFuture;
use yew::Callback;

/// Calls back with whether the text was copied.
pub fn copy(text: &str, done: Callback<bool>) {
    let clipboard = gloo_utils::window().navigator().clipboard();
    // Without a secure context there is no clipboard.
    if clipboard.is_undefined() {
        return done.emit(false);
    }
    let written = JsFuture::from(clipboard.write_text(text));
    yew::platform::spawn_local(async move { done.emit(written.await.is_ok()) });
}
