//! Errors of JSON: those of serde and of decoding, with their place.

use crate::scenario::diagnostic::clip;
use crate::scenario::keywords;
use serde::de::{Error, Expected, Unexpected};
use std::fmt;
use std::ops::Range;

/// A problem of a scenario in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonProblem {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// In bytes, from the start of the text.
    pub span: Range<usize>,
    /// Whether it concerns the text as a whole, so that its place has no meaning.
    pub is_whole: bool,
    /// The field: `timeline[3].processes`; empty if it concerns none.
    pub path: String,
    pub message: String,
}

impl JsonProblem {
    /// A problem of these bytes of the text.
    pub(super) fn new(text: &str, span: Range<usize>, message: String) -> Self {
        let before = &text[..span.start];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1,
            span,
            is_whole: false,
            path: String::new(),
            message,
        }
    }

    /// A problem of a value, or of a field's name, at this path; `at` is a slice of the text.
    pub(super) fn of_value(text: &str, path: String, at: &str, message: String) -> Self {
        let start = at.as_ptr() as usize - text.as_ptr() as usize;
        Self { path, ..Self::new(text, start..start + at.len(), message) }
    }

    /// A syntax error of the body of a text. The column of a `serde_json` error is in bytes, from 1.
    pub(super) fn syntax(text: &str, body: &str, error: &serde_json::Error) -> Self {
        const EMPTY: &str = "the text is empty; the shortest scenario is `{}`";
        let words = error.to_string();
        let message = match words.split_once(" at line ") {
            _ if body.trim().is_empty() => EMPTY.to_owned(),
            _ if error.is_eof() => "the text ends before a bracket or quote is closed".to_owned(),
            Some((message, _)) => format!("invalid JSON: {message}"),
            None => format!("invalid JSON: {words}"),
        };
        let lines = body.split_inclusive('\n').map(str::len);
        let before: usize = lines.take(error.line().saturating_sub(1)).sum();
        let mark = text.len() - body.len();
        let at = text.floor_char_boundary(mark + before + error.column().saturating_sub(1));
        let length = text[at..].chars().next().map_or(0, char::len_utf8);
        Self::new(text, at..at + length, message)
    }

    /// The text without line and column: `timeline[0].processes: …`
    pub fn text(&self) -> impl fmt::Display {
        fmt::from_fn(|f| match &*self.path {
            "" => f.write_str(&self.message),
            path => write!(f, "{path}: {}", self.message),
        })
    }
}

/// `line 3, column 14: timeline[0].processes: …`
impl fmt::Display for JsonProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.text())
    }
}

/// The reason why serde cannot read a value.
#[derive(Debug)]
pub(super) struct JsonError<'a> {
    /// The value, or the name of the field.
    pub at: Option<&'a str>,
    kind: JsonErrorKind,
}

#[derive(Debug)]
enum JsonErrorKind {
    Message(String),
    Expected(String),
    UnknownField { name: String, known: Vec<&'static str> },
}

impl<'a> JsonError<'a> {
    pub(crate) fn object() -> Self {
        JsonErrorKind::Expected("an object in `{ }`".to_owned()).into()
    }

    pub(crate) fn text() -> Self {
        JsonErrorKind::Expected("text in quotes".to_owned()).into()
    }

    pub(crate) fn repeated(name: &str) -> Self {
        Self::custom(format_args!("`{}` is given twice", clip(name)))
    }

    /// Sets the place, unless an inner one is set.
    pub(crate) fn at(mut self, place: &'a str) -> Self {
        self.at.get_or_insert(place);
        self
    }

    /// Adds further fields that the object can have.
    pub(crate) fn with_known(mut self, others: &[&'static str]) -> Self {
        if let JsonErrorKind::UnknownField { known, .. } = &mut self.kind {
            known.extend(others);
        }
        self
    }
}

impl From<JsonErrorKind> for JsonError<'_> {
    fn from(kind: JsonErrorKind) -> Self {
        Self { at: None, kind }
    }
}

impl Error for JsonError<'_> {
    fn custom<T: fmt::Display>(message: T) -> Self {
        JsonErrorKind::Message(message.to_string()).into()
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let whole = |most| format!("a whole number from 0 to {most}");
        let expected = match &*expected {
            "u8" => whole(u64::from(u8::MAX)),
            "u16" => whole(u64::from(u16::MAX)),
            "u32" => whole(u64::from(u32::MAX)),
            "u64" => whole(u64::MAX),
            "a boolean" => "`true` or `false`".to_owned(),
            "a string" => return Self::text(),
            "a sequence" => "a list in `[ ]`".to_owned(),
            _ => expected,
        };
        JsonErrorKind::Expected(expected).into()
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        Self::custom(unknown(word, known))
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        JsonErrorKind::UnknownField { name: name.to_owned(), known: known.to_vec() }.into()
    }

    fn missing_field(name: &'static str) -> Self {
        Self::custom(format_args!("`{name}` is missing"))
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::repeated(name)
    }
}

impl std::error::Error for JsonError<'_> {}

impl fmt::Display for JsonError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            JsonErrorKind::Message(message) => f.write_str(message),
            JsonErrorKind::Expected(expected) => {
                write!(f, "expected {expected}, found `{}`", clip(self.at.unwrap_or_default()))
            }
            JsonErrorKind::UnknownField { name, known } => f.write_str(&unknown(name, known)),
        }
    }
}

/// The text for an unknown word, with what to write instead.
pub(super) fn unknown(word: &str, known: &[&str]) -> String {
    let nearest = keywords::suggestion_among(word, known.iter().copied());
    let word = clip(word);
    match nearest {
        Some(nearest) => format!("`{word}` is unknown here; did you mean `{nearest}`?"),
        None => {
            format!("`{word}` is unknown here; write {}", keywords::listed(known.iter().copied()))
        }
    }
}
