//! The clipboard: written only when the reader asks for it.

use gloo_utils::window;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

type Heard = Closure<dyn FnMut(JsValue)>;

/// Copies a text, and calls back with whether the browser allowed it.
pub fn write(text: String, done: impl FnOnce(bool) + 'static) {
    let clipboard = window().navigator().clipboard();
    // Outside of a secure page there is none, whatever its type says.
    if JsValue::from(clipboard.clone()).is_undefined() {
        return done(false);
    }
    // Both live until one of them is called.
    let heard: Rc<RefCell<Option<[Heard; 2]>>> = Rc::new(RefCell::new(None));
    let done = Rc::new(RefCell::new(Some(done)));
    let hears = |allowed: bool| {
        let (heard, done) = (heard.clone(), done.clone());
        Closure::new(move |_: JsValue| {
            let kept = heard.take();
            let done = done.take();
            if let Some(done) = done {
                done(allowed);
            }
            drop(kept);
        })
    };
    let [allowed, refused] = [hears(true), hears(false)];
    let _ = clipboard.write_text(&text).then2(&allowed, &refused);
    *heard.borrow_mut() = Some([allowed, refused]);
}
