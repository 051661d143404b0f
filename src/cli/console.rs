//! Where a command writes: results on standard output, problems on standard error.

mod progress;

pub use progress::Progress;

use super::diagnostics;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

#[derive(Debug)]
pub struct Console {
    out: BufWriter<StdoutLock<'static>>,
    out_has_colour: bool,
    problems_have_colour: bool,
    /// Whether the last line of the terminal is a progress that must go before anything is told.
    has_status: bool,
}

/// What a word of the human output means.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    Strong,
    Quiet,
    Good,
    Bad,
}

impl Console {
    pub fn new() -> Self {
        // https://no-color.org: any value but the empty one.
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && std::env::var_os("TERM").is_none_or(|value| value != "dumb");
        Self {
            out: BufWriter::new(io::stdout().lock()),
            out_has_colour: wanted && io::stdout().is_terminal(),
            problems_have_colour: wanted && io::stderr().is_terminal(),
            has_status: false,
        }
    }

    /// A result.
    pub fn line(&mut self, line: &str) -> io::Result<()> {
        self.status(None);
        writeln!(self.out, "{line}")
    }

    /// A result that has its own line ends.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.bytes(text.as_bytes())
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
            let _ = write!(problems, "\r\u{1b}[K{words}");
            let _ = problems.flush();
        }
    }

    /// In colour where the results go to a terminal.
    pub fn marked(&self, mark: Mark, text: &str) -> String {
        if !self.out_has_colour {
            return text.to_owned();
        }
        let code = match mark {
            Mark::Strong => 1,
            Mark::Quiet => 2,
            Mark::Good => 32,
            Mark::Bad => 31,
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// What goes on just now, as a line on standard error that the next output replaces.
    fn status(&mut self, text: Option<&str>) {
        if self.has_status || text.is_some() {
            // What was told before stands above it.
            let _ = self.out.flush();
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K{}", text.unwrap_or_default());
            let _ = io::stderr().lock().flush();
        }
        self.has_status = text.is_some();
    }

    /// A problem without a place in a script.
    pub fn complain(&mut self, text: &str) {
        self.problem(&diagnostics::plain(text));
    }

    /// A problem or a warning, told in its place. Where it cannot be told, nobody listens.
    pub fn problem(&mut self, told: &diagnostics::Told) {
        let rendered = told.render(self.problems_have_colour);
        self.status(None);
        // Results first, so that both keep their order where they go to the same place.
        let _ = self.out.flush();
        let _ = writeln!(io::stderr().lock(), "{rendered}");
    }
}
