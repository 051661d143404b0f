//! How large an element is, now and whenever that changes.

use crate::view::geometry::Size;
use gloo_events::EventListener;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ResizeObserver};

/// Watches an element until it is dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(JsValue)>,
}

impl SizeWatch {
    /// Calls back with the size in CSS pixels, once at the start too; none where the browser cannot.
    pub fn new(element: &Element, mut changed: impl FnMut(Size) + 'static) -> Option<Self> {
        let watched = element.clone();
        let closure = Closure::new(move |_: JsValue| changed(size_of(&watched)));
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _closure: closure })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn size_of(element: &Element) -> Size {
    let box_ = element.get_bounding_client_rect();
    Size { width: box_.width(), height: box_.height() }
}

/// Of the window, in CSS pixels.
pub fn window_height() -> f64 {
    let height = gloo_utils::window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Calls back when the window's size changes, until the listener is dropped.
pub fn on_window_resize(mut changed: impl FnMut() + 'static) -> EventListener {
    EventListener::new(&gloo_utils::window(), "resize", move |_| changed())
}
