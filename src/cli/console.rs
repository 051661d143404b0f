//! Standard output and standard error: results, problems and progress. Text for people passes `printable`,
//! which escapes control characters.

use super::diagnostics;
use super::printable::{printable, printable_lines, without_bracketed_commands};
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::time::Duration;

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

/// What a word of the human output means.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    Strong,
    Quiet,
    Good,
    Bad,
}

/// Words in their order, some of them marked. They are as they came, and made printable when written.
#[derive(Clone, Debug, Default)]
pub struct Line(Vec<(Option<Mark>, String)>);

impl Line {
    pub fn marked(mark: Mark, text: impl Into<String>) -> Self {
        Self(vec![(Some(mark), text.into())])
    }

    /// Followed by more.
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.is_empty())
    }

    /// Without blanks at its end.
    fn written(&self, in_colour: bool) -> String {
        let mut line = String::new();
        for (mark, text) in &self.0 {
            let code = match mark {
                Some(_) if !in_colour => None,
                None => None,
                Some(Mark::Strong) => Some(1),
                Some(Mark::Quiet) => Some(2),
                Some(Mark::Good) => Some(32),
                Some(Mark::Bad) => Some(31),
            };
            let text = printable(text);
            line += &match code {
                Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
                None => text,
            };
        }
        line.truncate(line.trim_end().len());
        line = without_bracketed_commands(&line);
        // A workflow on GitHub takes such a line for a command.
        let indent = line.len() - line.trim_start().len();
        if line[indent..].starts_with("::") {
            line.replace_range(indent..=indent, "\\u{3a}");
        }
        line
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self(vec![(None, text.to_owned())])
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self(vec![(None, text)])
    }
}

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_secs(1);
/// And no more often than this.
const PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug)]
#[expect(clippy::disallowed_types, reason = "how long a person has waited is wall time")]
pub struct ProgressLine {
    began: std::time::Instant,
    /// After so long.
    last_shown: Option<Duration>,
    has_reader: bool,
}

impl ProgressLine {
    #[expect(clippy::disallowed_types, reason = "how long a person has waited is wall time")]
    pub fn new() -> Self {
        let began = std::time::Instant::now();
        Self { began, last_shown: None, has_reader: io::stderr().is_terminal() }
    }

    /// Says how far it is, where it is time to.
    pub fn show(&mut self, console: &mut Console, text: impl Fn() -> String) {
        let waited = self.began.elapsed();
        if self.has_reader && is_due(waited, self.last_shown) {
            self.last_shown = Some(waited);
            console.status(Some(&text()));
        }
    }

    /// It is over.
    pub fn hide(&self, console: &mut Console) {
        if self.last_shown.is_some() {
            console.status(None);
        }
    }
}

fn is_due(waited: Duration, last_shown: Option<Duration>) -> bool {
    waited >= last_shown.map_or(PATIENCE, |last| last + PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::printable::is_unsafe;
    use proptest::prelude::*;

    /// Any text, and often what does harm.
    fn text() -> impl Strategy<Value = String> {
        let harm = "[\\x00-\\x1f\\x7f-\\x9f\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200e}\u{2028}:#\\[a-c ]{0,12}";
        prop_oneof![harm, any::<String>()]
    }

    proptest! {
        #[test]
        fn no_text_is_more_than_words(first in text(), then in text()) {
            let line = Line::from(first.clone()).and(Line::marked(Mark::Bad, then.clone()));
            for shown in [printable(&first), line.written(false)] {
                prop_assert!(!shown.contains(|letter| letter != '\t' && is_unsafe(letter)), "{shown:?}");
            }
            prop_assert!(!line.written(false).trim_start().starts_with("::"));
            prop_assert!(!printable(&first).contains("##["));
            // In colour the only escapes are our own two.
            prop_assert_eq!(line.written(true).matches('\u{1b}').count(), 2);
            prop_assert_eq!(printable(&printable(&first)), printable(&first));
        }
    }

    #[test]
    fn what_takes_less_than_a_second_shows_no_progress_and_the_rest_ten_times_a_second() {
        let ms = Duration::from_millis;
        assert!(!is_due(ms(999), None));
        assert!(is_due(ms(1_000), None));
        assert!(!is_due(ms(1_099), Some(ms(1_000))));
        assert!(is_due(ms(1_100), Some(ms(1_000))));
    }
}
