//! Writes a result to a file or to standard output, with progress while a run is simulated.

use super::CliOutcome;
use super::console::Console;
use super::input::STANDARD_INPUT;
use crate::export::{BoundedText, TooLong};
use crate::run::Run;
use crate::scenario::{Scenario, limits};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fmt, fs, io};

/// The advice if an output is too long.
pub(crate) const SHORTEN: &str = "end the run earlier, with `until`";

pub(crate) fn put(output: &Path, text: &str, console: &mut Console) -> io::Result<CliOutcome> {
    if text.len() > limits::LONGEST_OUTPUT {
        return Ok(refuse(TooLong { most: limits::LONGEST_OUTPUT }, SHORTEN, console));
    }
    if output == Path::new(STANDARD_INPUT) {
        console.text(text)?;
    } else if let Err(error) = fs::write(output, text) {
        console.complain(&format!("{}: it cannot be written: {error}", output.display()));
        return Ok(CliOutcome::Unreadable);
    }
    Ok(CliOutcome::Fine)
}

/// Prints a text, or nothing if it is too long.
pub(crate) fn put_bounded(
    text: BoundedText,
    remedy: &str,
    console: &mut Console,
) -> io::Result<CliOutcome> {
    match text.finish() {
        Ok(text) => console.text(&String::from_utf8_lossy(&text)).map(|()| CliOutcome::Fine),
        Err(refused) => Ok(refuse(refused, remedy, console)),
    }
}

/// Whether the name of the file is that of another kind of picture than SVG, which the command writes; if so, it is
/// refused.
pub(crate) fn is_other_picture(output: &Path, command: &str, console: &mut Console) -> bool {
    const OTHERS: [&str; 16] = [
        "png", "apng", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "tif", "tiff", "ico", "pdf",
        "eps", "ps", "mp4", "webm",
    ];
    let extension = output.extension().and_then(|extension| extension.to_str());
    let is_other = extension.is_some_and(|it| OTHERS.iter().any(|o| it.eq_ignore_ascii_case(o)));
    if is_other {
        console.complain(&format!(
            "{}: `{command}` writes SVG, which is none of that kind; name it {}, and turn that into another picture",
            output.display(),
            output.with_extension("svg").display()
        ));
    }
    is_other
}

fn refuse(refused: TooLong, remedy: &str, console: &mut Console) -> CliOutcome {
    console.complain(&format!("nothing is written, since {refused}; {remedy}"));
    CliOutcome::Unreadable
}

/// The number of events between two readings of the clock.
const SLICE: u32 = 20_000;
/// The time before the first progress line.
const PROGRESS_DELAY: Duration = Duration::from_secs(1);
const PACE: Duration = Duration::from_millis(200);

/// Simulates a whole run, with progress.
pub(crate) fn play(scenario: Scenario, console: &mut Console) -> Run {
    let mut run = Run::new(scenario);
    let mut progress = WriteProgress::new();
    while !run.advance(SLICE) {
        progress.report(console, || {
            format!("{} events, at {}", run.events_so_far(), run.head().now().spoken())
        });
    }
    progress.end(console);
    run
}

/// Buffers the output until it is known not to be too long.
pub(crate) struct ProgressWriter<'a> {
    console: &'a mut Console,
    text: BoundedText,
    pieces: u32,
    progress: WriteProgress,
}

impl<'a> ProgressWriter<'a> {
    pub(crate) fn new(console: &'a mut Console) -> Self {
        Self { console, text: BoundedText::new(), pieces: 0, progress: WriteProgress::new() }
    }

    /// Prints the output, or refuses it with `remedy` as advice.
    pub(crate) fn end(self, remedy: &str) -> io::Result<CliOutcome> {
        self.progress.end(self.console);
        put_bounded(self.text, remedy, self.console)
    }
}

impl fmt::Write for ProgressWriter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.pieces = self.pieces.wrapping_add(1);
        if self.pieces.is_multiple_of(SLICE) {
            let written = self.text.len() / 1_000_000;
            self.progress.report(self.console, || format!("{written} MB written"));
        }
        self.text.write_str(text)
    }
}

struct WriteProgress {
    next: Instant,
    was_reported: bool,
}

impl WriteProgress {
    fn new() -> Self {
        Self { next: Instant::now() + PROGRESS_DELAY, was_reported: false }
    }

    fn report(&mut self, console: &mut Console, words: impl Fn() -> String) {
        let now = Instant::now();
        if now >= self.next {
            self.next = now + PACE;
            self.was_reported = true;
            console.progress(&words());
        }
    }

    fn end(self, console: &mut Console) {
        if self.was_reported {
            console.progress("");
        }
    }
}
