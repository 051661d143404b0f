//! The same cases inside a browser, each said on the console as a line of JSON.

use crate::cases::{self, Unit};
use gloo_utils::window;
use web_sys::console;

/// As many as criterion takes.
const SAMPLES: usize = 10;

pub(crate) fn main() {
    let performance = window().performance().expect("every browser has it");
    let memory = memory();
    say(&format!(r#"{{"memory": {memory}}}"#));
    for case in cases::all() {
        let events = match case.unit {
            Unit::Events(events) => events,
            Unit::Mean | Unit::Worst => 0,
        };
        let wall = |part: &dyn Fn()| {
            let start = performance.now();
            part();
            (performance.now() - start) / 1_000.0
        };
        let fastest = (0..SAMPLES).map(|_| case.time(wall)).fold(f64::INFINITY, f64::min);
        say(&format!(r#"{{"name": "{}", "events": {events}, "seconds": {fastest}}}"#, case.name));
    }
}

fn say(line: &str) {
    console::log_1(&line.into());
}

/// All that the instance holds after a run of 1,000,000 events: it never gives any back.
fn memory() -> usize {
    let run = cases::million();
    let pages = core::arch::wasm32::memory_size::<0>();
    drop(run);
    pages * 65_536
}
