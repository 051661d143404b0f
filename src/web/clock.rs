//! The browser's clock: it paces the playing, and decides nothing of what happens.

use std::cell::Cell;

/// So long at most is a step of the clock, in milliseconds; frames and the page's words make shorter ones.
const STEP: f64 = 250.0;

thread_local! {
    /// What `uptime` was when the clock was read last, and what of it the clock has left out.
    static READ: Cell<Option<(f64, f64)>> = const { Cell::new(None) };
}

/// Milliseconds since the page was opened, for playing. Between two readings it goes on by a quarter of a second at
/// most, so that a page that was frozen (by a sleeping machine, a debugger or the browser) goes on from where it
/// was. Whatever plays reads it many times a second.
pub fn now() -> f64 {
    let uptime = uptime();
    let (read, left_out) = READ.get().unwrap_or((uptime, 0.0));
    let left_out = left_out + (uptime - read - STEP).max(0.0);
    READ.set(Some((uptime, left_out)));
    uptime - left_out
}

/// Milliseconds since the page was opened; 0 in a browser that has no such clock.
pub fn uptime() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The time of day, in milliseconds since 1970.
pub fn calendar() -> u64 {
    js_sys::Date::now() as u64
}
