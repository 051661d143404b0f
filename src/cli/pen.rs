//! Long work on the way to standard output: a run is made and written as it goes, and what takes over
//! a second says how far it is.

use super::console::Console;
use crate::run::Run;
use crate::scenario::Scenario;
use std::fmt;
use std::io;
use std::time::{Duration, Instant};

/// Events between two looks at the clock.
const SLICE: u32 = 20_000;
const PATIENCE: Duration = Duration::from_secs(1);
const PACE: Duration = Duration::from_millis(200);

/// A whole run.
pub fn play(scenario: Scenario, console: &mut Console) -> Run {
    let mut run = Run::new(scenario);
    let mut progress = Progress::new();
    while !run.advance(SLICE) {
        progress.tell(console, || {
            format!("{} events, at {}", run.events_so_far(), run.head().now().spoken())
        });
    }
    progress.end(console);
    run
}

/// Writes what comes to standard output, and keeps why that fails.
pub struct Pen<'a> {
    console: &'a mut Console,
    written: usize,
    pieces: u32,
    progress: Progress,
    error: Option<io::Error>,
}

impl<'a> Pen<'a> {
    pub fn new(console: &'a mut Console) -> Self {
        Self { console, written: 0, pieces: 0, progress: Progress::new(), error: None }
    }

    /// Why nothing more could be written, if that is so.
    pub fn end(self) -> io::Result<()> {
        self.progress.end(self.console);
        self.error.map_or(Ok(()), Err)
    }
}

impl fmt::Write for Pen<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.written += text.len();
        self.pieces = self.pieces.wrapping_add(1);
        if self.pieces.is_multiple_of(SLICE) {
            let written = self.written / 1_000_000;
            self.progress.tell(self.console, || format!("{written} MB written"));
        }
        self.console.text(text).map_err(|error| {
            self.error = Some(error);
            fmt::Error
        })
    }
}

struct Progress {
    next: Instant,
    was_told: bool,
}

impl Progress {
    fn new() -> Self {
        Self { next: Instant::now() + PATIENCE, was_told: false }
    }

    fn tell(&mut self, console: &mut Console, words: impl Fn() -> String) {
        let now = Instant::now();
        if now >= self.next {
            self.next = now + PACE;
            self.was_told = true;
            console.progress(&words());
        }
    }

    fn end(self, console: &mut Console) {
        if self.was_told {
            console.progress("");
        }
    }
}
