//! Where a command writes: results on standard output, problems on standard error. Whatever is shown
//! to people passes `printable` here.

mod line;
mod printable;
mod progress;

pub use line::{Line, Mark};
pub use printable::printable;
pub use progress::ProgressLine;

use super::diagnostics;
use printable::printable_lines;
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

#[derive(Debug)]
pub struct Console {
    out: BufWriter<StdoutLock<'static>>,
    out_is_terminal: bool,
    out_has_colour: bool,
    problems_have_colour: bool,
    /// Whether the last line of the terminal is a progress that must go before anything is told.
    has_status: bool,
}

impl Console {
    pub fn new() -> Self {
        // https://no-color.org: any value but the empty one.
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && std::env::var_os("TERM").is_none_or(|value| value != "dumb");
        let out_is_terminal = io::stdout().is_terminal();
        Self {
            out: BufWriter::new(io::stdout().lock()),
            out_is_terminal,
            out_has_colour: wanted && out_is_terminal,
            problems_have_colour: wanted && io::stderr().is_terminal(),
            has_status: false,
        }
    }

    /// A result, for people.
    pub fn line(&mut self, line: impl Into<Line>) -> io::Result<()> {
        self.status(None);
        writeln!(self.out, "{}", line.into().written(self.out_has_colour))
    }

    /// A result that has its own line ends, byte by byte for files and programs; a terminal gets it
    /// printable.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.status(None);
        match self.out_is_terminal {
            true => self.bytes(printable_lines(text).as_bytes()),
            false => self.bytes(text.as_bytes()),
        }
    }

    /// A result for programs.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.text(&format!("{}\n", serde_json::to_string_pretty(value)?))
    }

    /// A result that another program reads as it is.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// How far something is, where a person watches and the results do not come by: one line, written
    /// over by the next, and gone with an empty one.
    pub fn progress(&mut self, words: &str) {
        let mut problems = io::stderr().lock();
        if problems.is_terminal() && !io::stdout().is_terminal() {
            let _ = write!(problems, "\r\u{1b}[K{}", printable(words));
            let _ = problems.flush();
        }
    }

    /// What goes on just now, as a line on standard error that the next output replaces.
    fn status(&mut self, text: Option<&str>) {
        if self.has_status || text.is_some() {
            // What was told before stands above it.
            let _ = self.out.flush();
            let _ =
                write!(io::stderr().lock(), "\r\u{1b}[K{}", printable(text.unwrap_or_default()));
            let _ = io::stderr().lock().flush();
        }
        self.has_status = text.is_some();
    }

    /// A problem without a place in a script.
    pub fn complain(&mut self, text: &str) {
        self.problem(&diagnostics::plain(text));
    }

    /// A problem or a warning, told in its place. Where it cannot be told, nobody listens.
    pub fn problem(&mut self, told: &diagnostics::RenderedDiagnostic) {
        let rendered = told.render(self.problems_have_colour);
        self.status(None);
        // Results first, so that both keep their order where they go to the same place.
        let _ = self.out.flush();
        let _ = writeln!(io::stderr().lock(), "{rendered}");
    }
}
