//! The page as the browser shows it: media queries, the size and the visibility of an element and of the window; full
//! screen and print; and the theme, the colours and the font of its root.

use crate::view::geometry::Size;
use crate::view::palette::{ColourTheme, Tokens};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::{document, document_element, window};
use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CssStyleDeclaration, Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry,
    ResizeObserver,
};

pub const DARK: &str = "(prefers-color-scheme: dark)";
pub const LESS_MOTION: &str = "(prefers-reduced-motion: reduce)";
/// A phone: the style sheet then has one column.
pub const NARROW: &str = "(max-width: 719px)";
/// The reader's system forces its own colours on all pages.
pub const FORCED_COLOURS: &str = "(forced-colors: active)";
/// The page is printed.
pub const PAPER: &str = "print";
pub const COARSE_POINTER: &str = "(pointer: coarse)";

/// Whether a media query matches; an unknown one does not.
pub fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Calls back when the answer changes, until the listener is dropped.
pub fn on_change(query: &str, mut changed: impl FnMut(bool) + 'static) -> Option<EventListener> {
    let list = window().match_media(query).ok().flatten()?;
    let asked = list.clone();
    Some(EventListener::new(&list, "change", move |_| changed(asked.matches())))
}

/// Device pixels in a CSS pixel.
pub fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
}

/// Enters or leaves full screen. If the browser refuses, nothing happens.
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

/// Observes the size of an element until it is dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(JsValue)>,
}

impl SizeWatch {
    /// Calls back with the size in CSS pixels, also once at the start; `None` if the browser cannot observe
    /// it.
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

/// The height of the window, in CSS pixels.
pub fn window_height() -> f64 {
    let height = gloo_utils::window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Calls back when the window's size changes, until the listener is dropped.
pub fn on_window_resize(mut changed: impl FnMut() + 'static) -> EventListener {
    EventListener::new(&gloo_utils::window(), "resize", move |_| changed())
}

/// Calls back when the page is shown or hidden, until the listener is dropped.
pub fn on_visibility(mut changed: impl FnMut(bool) + 'static) -> EventListener {
    EventListener::new(&document(), "visibilitychange", move |_| changed(!document().hidden()))
}

/// Calls back when the page is left, until the listeners are dropped. It may call more than once: a hidden
/// page may be ended without another event.
pub fn on_leave(mut left: impl FnMut() + Clone + 'static) -> [EventListener; 2] {
    let mut hidden = left.clone();
    [
        EventListener::new(&window(), "pagehide", move |_| left()),
        on_visibility(move |is_seen| {
            if !is_seen {
                hidden();
            }
        }),
    ]
}

/// Calls back before `on_leave` does, so that a field can still report what is being typed; until the
/// listener is dropped.
pub fn before_leave(mut left: impl FnMut() + 'static) -> EventListener {
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&window(), "pagehide", options, move |_| left())
}

/// Watches an element until it is dropped.
pub struct VisibilityWatch {
    observer: IntersectionObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl VisibilityWatch {
    /// Calls back with whether any of it is in sight, once at the start too; none where the browser
    /// cannot tell.
    pub fn new(element: &Element, mut changed: impl FnMut(bool) + 'static) -> Option<Self> {
        let closure = Closure::new(move |entries: Array| {
            let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
            if let Ok(entry) = last {
                changed(entry.is_intersecting());
            }
        });
        let observer = IntersectionObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _closure: closure })
    }
}

impl Drop for VisibilityWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Sets the theme that the style sheet reads.
pub fn set_theme(is_dark: bool) {
    // The name is valid, so no browser refuses.
    let _ = document_element().set_attribute("data-theme", if is_dark { "dark" } else { "light" });
}

/// Replaces the colours of the style sheet; `None` brings them back.
pub fn set_tokens(tokens: Option<&Tokens>) {
    let named = tokens.map(Tokens::named);
    for (place, (name, _)) in ColourTheme::Light.tokens().named().into_iter().enumerate() {
        set(&format!("--{name}"), named.map(|named| named[place].1.to_string()).as_deref());
    }
}

/// Replaces the font of the style sheet; `None` brings it back.
pub fn set_font(families: Option<&str>) {
    set("--text", families);
}

fn set(property: &str, value: Option<&str>) {
    let Some(style) = style() else { return };
    // The names are valid, so no browser refuses; a value that it cannot read has no effect.
    let _ = match value {
        Some(value) => style.set_property(property, value),
        None => style.remove_property(property).map(drop),
    };
}

fn style() -> Option<CssStyleDeclaration> {
    document_element().dyn_into::<HtmlElement>().ok().map(|root| root.style())
}
