//! Text for other programs. A browser may refuse, so the answer is awaited.

use wasm_bindgen_futures::JsFuture;
use yew::Callback;

/// Calls back with whether the text was taken.
pub fn copy(text: &str, done: Callback<bool>) {
    let clipboard = gloo_utils::window().navigator().clipboard();
    // Where the page was not served safely there is no clipboard at all.
    if clipboard.is_undefined() {
        return done.emit(false);
    }
    let written = JsFuture::from(clipboard.write_text(text));
    yew::platform::spawn_local(async move { done.emit(written.await.is_ok()) });
}
