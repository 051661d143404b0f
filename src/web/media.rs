//! What the reader's system prefers: a dark theme, less motion.

use gloo_events::EventListener;
use gloo_utils::window;

pub const DARK: &str = "(prefers-color-scheme: dark)";
pub const LESS_MOTION: &str = "(prefers-reduced-motion: reduce)";
/// A phone: the style sheet has one column then.
pub const NARROW: &str = "(max-width: 719px)";
/// The reader's system forces its own colours on all pages.
pub const FORCED_COLOURS: &str = "(forced-colors: active)";
pub const COARSE_POINTER: &str = "(pointer: coarse)";

/// Whether a media query holds; an unknown one does not.
pub fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Calls back whenever the answer changes, until the listener is dropped.
pub fn on_change(query: &str, mut changed: impl FnMut(bool) + 'static) -> Option<EventListener> {
    let list = window().match_media(query).ok().flatten()?;
    let asked = list.clone();
    Some(EventListener::new(&list, "change", move |_| changed(asked.matches())))
}

/// Pixels of the screen in a CSS pixel.
pub fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
}
