//! Problems and warnings with their place: the line of the file, and a caret below the words. `printable` escapes
//! text of any origin, so that it is safe on a terminal and in GitHub workflows.

use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind};
use crate::scenario::json::JsonProblem;
use crate::scenario::{ends_line, turns_direction};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::fmt::Write;
use std::ops::Range;
use std::rc::Rc;

/// The text of a scenario (script or JSON), and the name of its file in messages.
#[derive(Clone, Debug)]
pub struct InputSource {
    pub name: String,
    pub text: String,
    /// The document, if the script is a part of one.
    pub within: Option<Within>,
}

/// The document that contains a script. Each line of the script is at its line of the document and at the
/// same byte offset; blanks replace what is not part of the script.
#[derive(Clone, Debug)]
pub struct Within {
    pub document: Rc<str>,
    /// The line of the document, from 1, of the script's first line.
    pub first: usize,
    /// Whether the script is within one line of the document; then all its lines are that line.
    pub is_in_one_line: bool,
}

impl InputSource {
    /// The number of the script's first line, as problems count it.
    pub(crate) fn first(&self) -> usize {
        self.within.as_ref().map_or(1, |within| within.first)
    }
}

/// A problem or a warning, ready to be printed.
#[derive(Clone, Debug)]
pub(crate) struct RenderedDiagnostic {
    pub is_error: bool,
    pub text: String,
    /// The file, as it was named.
    pub file: Option<String>,
    pub place: Option<SourcePlace>,
}

#[derive(Clone, Debug)]
pub(crate) struct SourcePlace {
    /// From 1.
    pub line: usize,
    /// From 1, in characters; `None` if the problem concerns the whole line.
    pub column: Option<usize>,
    source: String,
    /// In bytes of that line.
    span: Range<usize>,
}

/// A problem without a file.
pub(crate) fn plain(text: &str) -> RenderedDiagnostic {
    RenderedDiagnostic { is_error: true, text: text.to_owned(), file: None, place: None }
}

/// A problem of a file as a whole.
pub(crate) fn about(file: &str, text: &str) -> RenderedDiagnostic {
    RenderedDiagnostic { file: Some(file.to_owned()), ..plain(text) }
}

/// A problem of a script.
pub(crate) fn error(source: &InputSource, problem: &Diagnostic) -> RenderedDiagnostic {
    let text = problem.error.to_string();
    let is_too_long = matches!(problem.error, DiagnosticKind::TooLong { .. });
    let place = if is_too_long && source.within.is_some() {
        // The problem concerns the whole script, which in a document has a line.
        place(source, problem.line, None)
    } else if is_too_long || matches!(problem.error, DiagnosticKind::More { .. }) {
        None
    } else {
        let column = (!problem.whole_line).then_some(problem.column);
        let place = place(source, problem.line, Some(problem.span.clone()));
        place.map(|place| SourcePlace { column, ..place })
    };
    RenderedDiagnostic { place, ..about(&source.name, &text) }
}

/// A problem of JSON.
pub(crate) fn json_error(source: &InputSource, problem: &JsonProblem) -> RenderedDiagnostic {
    let place = place(source, problem.line, Some(problem.span.clone()))
        .filter(|_| !problem.is_whole)
        .map(|place| SourcePlace { column: Some(problem.column), ..place });
    RenderedDiagnostic { place, ..about(&source.name, &problem.text().to_string()) }
}

/// A warning about a script that can be parsed.
pub(crate) fn warning(source: &InputSource, line: Option<usize>, text: &str) -> RenderedDiagnostic {
    let line = line.or(source.within.as_ref().map(|within| within.first));
    let place = line.and_then(|line| place(source, line, None));
    RenderedDiagnostic { is_error: false, place, ..about(&source.name, text) }
}

/// The place of a problem: a line of the file and a span, which is the whole statement if none is given.
fn place(source: &InputSource, line: usize, span: Option<Range<usize>>) -> Option<SourcePlace> {
    if let Some(within) = source.within.as_ref().filter(|within| within.is_in_one_line) {
        let (_, shown) = nth(&within.document, within.first.checked_sub(1)?)?;
        return Some(SourcePlace {
            line: within.first,
            column: None,
            source: shown.to_owned(),
            span: words(shown),
        });
    }
    let (start, own) = nth(&source.text, line.checked_sub(source.first())?)?;
    let shown = match &source.within {
        Some(within) => nth(&within.document, line.checked_sub(1)?)?.1,
        None => own,
    };
    // A byte order mark is allowed and counts as no column.
    let mark = own.len() - own.trim_start_matches('\u{feff}').len();
    let (start, own, shown) = (start + mark, own.get(mark..)?, shown.get(mark..)?);
    let span = match span {
        Some(span) => span.start.saturating_sub(start)..span.end.saturating_sub(start),
        None => {
            // The line where a block begins contains no text of the script.
            words(if own.trim().is_empty() { shown } else { own })
        }
    };
    // With markup between the words, the offsets differ in the document.
    let is_there =
        shown.get(span.clone()).is_some_and(|words| own.get(span.clone()) == Some(words));
    let is_end = span.is_empty() && span.start >= shown.len();
    let span = match () {
        () if is_there => span,
        () if is_end => shown.len()..shown.len(),
        () => words(shown),
    };
    Some(SourcePlace { line, column: None, source: shown.to_owned(), span })
}

/// The span of a line without surrounding blanks.
fn words(line: &str) -> Range<usize> {
    line.len() - line.trim_start().len()..line.trim_end().len()
}

/// A line (from 0) without its line break, and the offset of its first byte.
fn nth(text: &str, line: usize) -> Option<(usize, &str)> {
    let found = text.split('\n').nth(line)?;
    Some((found.as_ptr() as usize - text.as_ptr() as usize, found.trim_end_matches('\r')))
}

impl RenderedDiagnostic {
    pub(crate) fn into_error(self) -> Self {
        Self { is_error: true, ..self }
    }

    pub(crate) fn into_warning(self) -> Self {
        Self { is_error: false, ..self }
    }

    pub(crate) fn render(&self, in_colour: bool) -> String {
        let renderer = if in_colour { Renderer::styled() } else { Renderer::plain() };
        let level = if self.is_error { Level::ERROR } else { Level::WARNING };
        let path = printable(self.file.as_deref().unwrap_or_default());
        let text = printable(&self.text);
        let group = match &self.place {
            None if path.is_empty() => Group::with_title(level.primary_title(text)),
            None => Group::with_title(level.primary_title(format!("{path}: {text}"))),
            Some(SourcePlace { line, source, span, .. }) => {
                // Escapes before the span may make the text longer.
                let upto = |end: usize| printable(source.get(..end).unwrap_or_default()).len();
                level.primary_title(text).element(
                    Snippet::source(printable(source))
                        .path(path)
                        .line_start(*line)
                        .annotation(AnnotationKind::Primary.span(upto(span.start)..upto(span.end))),
                )
            }
        };
        renderer.render(&[group])
    }
}

/// Escapes a text as one line: control characters, line ends and characters that change the direction of text
/// become escapes such as `\u{1b}`.
pub(crate) fn printable(text: &str) -> String {
    escaped(text, |letter| letter == '\t')
}

/// Escapes a text, except for its line breaks.
pub(crate) fn printable_lines(text: &str) -> String {
    escaped(text, |letter| matches!(letter, '\t' | '\n'))
}

fn escaped(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_unsafe(letter) && !is_kept(letter) {
            // Writing to a string cannot fail.
            true => drop(write!(shown, "{}", letter.escape_unicode())),
            false => shown.push(letter),
        }
    }
    without_bracketed_commands(&shown)
}

/// Escapes GitHub's older workflow commands, `##[error]`, which may occur anywhere in a line.
pub(crate) fn without_bracketed_commands(text: &str) -> String {
    text.replace("##[", "##\\u{5b}")
}

/// Control characters (C0, DEL, C1), line separators, and the controls of the bidirectional algorithm.
pub(crate) fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || ends_line(letter)
        || turns_direction(letter)
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}')
}
