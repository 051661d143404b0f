//! The output of a command: results on standard output or in a file, problems on standard error, and progress.

use super::CliOutcome;
use super::diagnostics::{self, printable, printable_lines, without_bracketed_commands};
use super::system::{StandardStream, System};
use crate::export::{BoundedText, TooLong};
use crate::run::Run;
use crate::scenario::{Scenario, limits};
use clap::builder::StyledStr;
use serde::Serialize;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;
use std::{fmt, io};

pub(crate) struct Console {
    system: Rc<dyn System>,
    /// What is not written to standard output yet.
    out: Vec<u8>,
    out_is_terminal: bool,
    out_has_colour: bool,
    problems_have_colour: bool,
    /// Whether the last line of the terminal shows progress that must be cleared before other output.
    has_status: bool,
}

impl Console {
    pub(crate) fn new(system: Rc<dyn System>) -> Self {
        // https://no-color.org: any value but the empty one disables colours.
        let wanted = system.variable("NO_COLOR").is_none_or(|value| value.is_empty())
            && system.variable("TERM").is_none_or(|value| value != "dumb");
        let out_is_terminal = system.is_terminal(StandardStream::Output);
        Self {
            out: Vec::new(),
            out_is_terminal,
            out_has_colour: wanted && out_is_terminal,
            problems_have_colour: wanted && system.is_terminal(StandardStream::Problems),
            has_status: false,
            system,
        }
    }

    pub(crate) fn system(&self) -> Rc<dyn System> {
        Rc::clone(&self.system)
    }

    /// Prints a line for people.
    pub(crate) fn line(&mut self, line: impl Into<Line>) -> io::Result<()> {
        self.status(None);
        let line = line.into().written(self.out_has_colour) + "\n";
        self.bytes(line.as_bytes())
    }

    /// Prints text with its own line breaks: unchanged to a file or pipe, escaped on a terminal.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.status(None);
        match self.out_is_terminal {
            true => self.bytes(printable_lines(text).as_bytes()),
            false => self.bytes(text.as_bytes()),
        }
    }

    /// Prints a value as JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.text(&format!("{}\n", serde_json::to_string_pretty(value)?))
    }

    /// Prints bytes unchanged.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.extend_from_slice(bytes);
        if self.out.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.out);
        if bytes.is_empty() { Ok(()) } else { self.system.write(StandardStream::Output, &bytes) }
    }

    /// Prints a text that clap has written: help on standard output, what is wrong with arguments on standard error.
    /// A closed stream is ignored.
    pub(crate) fn styled(&mut self, text: &StyledStr, is_problem: bool) {
        let (stream, in_colour) = match is_problem {
            true => (StandardStream::Problems, self.problems_have_colour),
            false => (StandardStream::Output, self.out_has_colour),
        };
        let text = if in_colour { text.ansi().to_string() } else { text.to_string() };
        let _ = self.system.write(stream, text.as_bytes());
    }

    /// Shows progress as one line that the next one replaces; an empty text clears it. Only if a person
    /// watches standard error and the results go elsewhere.
    pub(crate) fn progress(&mut self, words: &str) {
        if self.system.is_terminal(StandardStream::Problems) && !self.out_is_terminal {
            self.replace_line(words);
        }
    }

    /// Replaces the last line on standard error.
    fn replace_line(&self, words: &str) {
        let line = format!("\r\u{1b}[K{}", printable(words));
        let _ = self.system.write(StandardStream::Problems, line.as_bytes());
    }

    /// Shows the current activity as a line on standard error, which the next output replaces.
    fn status(&mut self, text: Option<&str>) {
        if self.has_status || text.is_some() {
            // Earlier results are printed above the line.
            let _ = self.flush();
            self.replace_line(text.unwrap_or_default());
        }
        self.has_status = text.is_some();
    }

    /// Prints a problem without a place in a file.
    pub(crate) fn complain(&mut self, text: &str) {
        self.problem(&diagnostics::plain(text));
    }

    /// A problem or a warning, on its stream. A closed stream is ignored.
    pub(crate) fn problem(&mut self, diagnostic: &diagnostics::RenderedDiagnostic) {
        let rendered = diagnostic.render(self.problems_have_colour);
        self.status(None);
        // Results first, so that the order is kept if both go to the same place.
        let _ = self.flush();
        let _ = self.system.write(StandardStream::Problems, (rendered + "\n").as_bytes());
    }
}

/// The style of a word in the output for people.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mark {
    Strong,
    Quiet,
    Good,
    Bad,
}

/// A line of words, some of them styled. They are stored unchanged and escaped when printed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line(Vec<(Option<Mark>, String)>);

impl Line {
    pub(crate) fn marked(mark: Mark, text: impl Into<String>) -> Self {
        Self(vec![(Some(mark), text.into())])
    }

    /// Appends words.
    pub(crate) fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.is_empty())
    }

    /// The escaped line, without trailing blanks.
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
        // GitHub would execute a line that begins with `::` as a workflow command.
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

/// So many bytes are written together.
const BUFFER: usize = 8 * 1024;
/// The time before the first progress line.
const PROGRESS_DELAY: Duration = Duration::from_secs(1);
/// The least time between progress lines.
const PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug)]
pub(crate) struct ProgressLine {
    began: Duration,
    /// The time of the last progress line, since the beginning.
    last_shown: Option<Duration>,
    has_reader: bool,
}

impl ProgressLine {
    pub(crate) fn new(system: &dyn System) -> Self {
        let has_reader = system.is_terminal(StandardStream::Problems);
        Self { began: system.now(), last_shown: None, has_reader }
    }

    /// Shows the progress if a line is due.
    pub(crate) fn show(&mut self, console: &mut Console, text: impl Fn() -> String) {
        if !self.has_reader {
            return;
        }
        let waited = console.system.now().saturating_sub(self.began);
        if is_due(waited, self.last_shown) {
            self.last_shown = Some(waited);
            console.status(Some(&text()));
        }
    }

    /// Clears the progress.
    pub(crate) fn hide(&self, console: &mut Console) {
        if self.last_shown.is_some() {
            console.status(None);
        }
    }
}

fn is_due(waited: Duration, last_shown: Option<Duration>) -> bool {
    waited >= last_shown.map_or(PROGRESS_DELAY, |last| last + PAUSE)
}

/// The argument for standard input.
pub(crate) const STANDARD_INPUT: &str = "-";
/// The advice if an output is too long.
pub(crate) const SHORTEN: &str = "end the run earlier, with `until`";

pub(crate) fn put(output: &Path, text: &str, console: &mut Console) -> io::Result<CliOutcome> {
    if text.len() > limits::LONGEST_OUTPUT {
        return Ok(refuse(TooLong { most: limits::LONGEST_OUTPUT }, SHORTEN, console));
    }
    if output == Path::new(STANDARD_INPUT) {
        console.text(text)?;
    } else if let Err(error) = console.system.write_file(output, text) {
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
const PACE: Duration = Duration::from_millis(200);

/// Simulates a whole run, with progress.
pub(crate) fn play(scenario: Scenario, console: &mut Console) -> Run {
    let mut run = Run::new(scenario);
    let mut progress = WriteProgress::new(&*console.system);
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
        let progress = WriteProgress::new(&*console.system);
        Self { console, text: BoundedText::new(), pieces: 0, progress }
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
    next: Duration,
    was_reported: bool,
}

impl WriteProgress {
    fn new(system: &dyn System) -> Self {
        Self { next: system.now() + PROGRESS_DELAY, was_reported: false }
    }

    fn report(&mut self, console: &mut Console, words: impl Fn() -> String) {
        let now = console.system.now();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::diagnostics::is_unsafe;
    use proptest::prelude::*;

    /// Any text, often with harmful characters.
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
            // In colour, the only escapes are the two of the style.
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

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(printable("a\u{1b}[31mb\u{9b}2Jc\u{7f}"), "a\\u{1b}[31mb\\u{9b}2Jc\\u{7f}");
        assert_eq!(printable("a\r\n::error::b"), "a\\u{d}\\u{a}::error::b");
        assert_eq!(printable("a\u{202e}b\u{2028}c"), "a\\u{202e}b\\u{2028}c");
        assert_eq!(printable("##[error]a"), "##\\u{5b}error]a");
        assert_eq!(printable_lines("a\n\tb\r\n"), "a\n\tb\\u{d}\n");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "presets/start.hustings", "größe — 日本 👩‍🚀 ✓", "a\tb", "## [1]"]
        {
            assert_eq!(printable(text), text);
        }
    }
}
