//! Where a command writes: results on standard output, problems on standard error.

use super::diagnostics;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

#[derive(Debug)]
pub struct Console {
    out: BufWriter<StdoutLock<'static>>,
    out_has_colour: bool,
    problems_have_colour: bool,
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
        }
    }

    /// A result.
    pub fn line(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// A result that has its own line ends.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
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

    /// A problem without a place in a script.
    pub fn complain(&mut self, text: &str) {
        self.problem(diagnostics::plain(text));
    }

    /// A problem or a warning, told in its place. Where it cannot be told, nobody listens.
    pub fn problem(&mut self, told: diagnostics::Told) {
        let rendered = told.render(self.problems_have_colour);
        // Results first, so that both keep their order where they go to the same place.
        let _ = self.out.flush();
        let _ = writeln!(io::stderr().lock(), "{rendered}");
    }
}
