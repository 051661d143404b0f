//! Problems and warnings in their place: the line of the script, and a caret under the words.

use super::input::Source;
use crate::scenario::diagnostic::{Diagnostic, Trouble};
use crate::scenario::json::{JsonProblem, JsonTrouble};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// One problem or warning, ready to be told.
#[derive(Clone, Debug)]
pub struct Told {
    is_error: bool,
    text: String,
    place: Option<Place>,
}

#[derive(Clone, Debug)]
struct Place {
    path: String,
    /// From 1.
    line: usize,
    source: String,
    /// In bytes of that line.
    span: Range<usize>,
}

/// A problem without a place in a script.
pub fn plain(text: &str) -> Told {
    Told { is_error: true, text: text.to_owned(), place: None }
}

/// What is wrong with a script.
pub fn error(source: &Source, problem: &Diagnostic) -> Told {
    let text = problem.trouble.to_string();
    match problem.trouble {
        // These are about the file rather than about one of its lines.
        Trouble::TooLong { .. } | Trouble::More { .. } => {
            plain(&format!("{}: {text}", source.name))
        }
        _ => {
            let place = place(source, problem.line, Some(problem.span.clone()));
            Told { is_error: true, text, place }
        }
    }
}

/// What is wrong with JSON.
pub fn json_error(source: &Source, problem: &JsonProblem) -> Told {
    let text = problem.said().to_string();
    match problem.trouble {
        JsonTrouble::TooLong { .. } | JsonTrouble::More { .. } => {
            plain(&format!("{}: {text}", source.name))
        }
        _ => {
            let place = place(source, problem.line, Some(problem.span.clone()));
            Told { is_error: true, text, place }
        }
    }
}

/// What may be a trap in a script that can be read.
pub fn warning(source: &Source, line: Option<usize>, text: &str) -> Told {
    let place = line.and_then(|line| place(source, line, None));
    let text = match place {
        Some(_) => text.to_owned(),
        None => format!("{}: {text}", source.name),
    };
    Told { is_error: false, text, place }
}

/// A line of the script; without a span its whole statement is meant.
fn place(source: &Source, line: usize, span: Option<Range<usize>>) -> Option<Place> {
    let text = source.text.split('\n').nth(line.checked_sub(1)?)?.trim_end_matches('\r');
    // A byte order mark is forgiven, and counts as no column.
    let text = text.trim_start_matches('\u{feff}');
    let start = text.as_ptr() as usize - source.text.as_ptr() as usize;
    let indent = text.len() - text.trim_start().len();
    let span = match span {
        Some(span) => span.start.saturating_sub(start)..span.end.saturating_sub(start),
        None => indent..text.trim_end().len(),
    };
    let end = span.end.min(text.len());
    Some(Place {
        path: source.name.clone(),
        line,
        source: text.to_owned(),
        span: span.start.min(end)..end,
    })
}

impl Told {
    pub fn render(&self, in_colour: bool) -> String {
        let renderer = if in_colour { Renderer::styled() } else { Renderer::plain() };
        let level = if self.is_error { Level::ERROR } else { Level::WARNING };
        let title = level.primary_title(&*self.text);
        let group = match &self.place {
            None => Group::with_title(title),
            Some(Place { path, line, source, span }) => title.element(
                Snippet::source(&**source)
                    .path(&**path)
                    .line_start(*line)
                    .annotation(AnnotationKind::Primary.span(span.clone())),
            ),
        };
        renderer.render(&[group])
    }
}
