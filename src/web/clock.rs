//! The browser's clock: it paces playback, and decides nothing in a run.

use std::cell::Cell;

/// The largest step of the clock, in milliseconds; frames and readouts read it more often.
const STEP: f64 = 250.0;

thread_local! {
    /// `uptime` at the last reading, and how much of it the clock has left out, in milliseconds.
    static READ: Cell<Option<(f64, f64)>> = const { Cell::new(None) };
}

/// Milliseconds since the page was opened, for playback. Between two readings the clock advances by at most a
/// quarter of a second, so a page that was frozen (by a sleeping machine, a debugger or the browser)
/// continues where it was. Playback reads the clock many times a second.
pub fn now() -> f64 {
    let uptime = uptime();
    let (read, left_out) = READ.get().unwrap_or((uptime, 0.0));
    let left_out = left_out + (uptime - read - STEP).max(0.0);
    READ.set(Some((uptime, left_out)));
    uptime - left_out
}

/// Milliseconds since the page was opened; 0 in a browser without this clock.
pub fn uptime() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The time of day, in milliseconds since 1970.
pub fn calendar() -> u64 {
    js_sys::Date::now() as u64
}
