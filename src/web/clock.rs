//! The browser's clock: it paces the playing, and decides nothing of what happens.

/// Milliseconds since the page was opened; 0 in a browser that has no such clock.
pub fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The time of day, in milliseconds since 1970.
pub fn calendar() -> u64 {
    js_sys::Date::now() as u64
}
