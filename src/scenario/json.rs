//! JSON: the format of a scenario for programs.
//!
//! Durations and instants are whole microseconds, with the unit in their names; rates are parts per million;
//! seeds are text; alternatives have a `kind`. Fields with a default are optional; unknown fields are errors.
//! Each problem has its line and its path. The output contains every setting, and parses as the same
//! scenario.

mod decode;
mod encode;
mod macros;
mod scalar;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod schema;
mod types;
mod value;

use crate::scenario::diagnostic::clip;
use crate::scenario::script::MOST_DIAGNOSTICS;
use crate::scenario::{Scenario, keywords, limits};
use decode::{JsonInvalid, JsonPath};
use serde::de::{Error, Expected, Unexpected};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;
use types::JsonScenario;
use value::JsonValue;

/// Formats a scenario as JSON, with a final newline. Equal scenarios have equal texts.
pub fn write(scenario: &Scenario) -> String {
    let written = serde_json::to_string(&JsonScenario::from(scenario));
    debug_assert!(written.is_ok(), "no map has keys that are not text");
    encode::lay_out(&written.unwrap_or_default())
}

/// Parses a scenario.
///
/// # Errors
/// The first problem of a text that is not well formed; or all problems of a scenario, at most 100 of them
/// and the number of the others.
pub fn read(text: &str) -> Result<Scenario, Vec<JsonProblem>> {
    // A byte order mark is ignored, as in a script.
    let body = text.trim_start_matches(BYTE_ORDER_MARK);
    if body.len() > limits::LONGEST_JSON {
        let (found, most) = (text.len(), limits::LONGEST_JSON);
        let message = format!("the text has {found} bytes; the most is {most}");
        return Err(vec![JsonProblem::whole(message)]);
    }
    let raw: &RawValue = serde_json::from_str(body)
        .map_err(|error| vec![JsonProblem::syntax(text, body, &error)])?;
    let root = JsonValue::new(raw.get());
    let json = JsonScenario::deserialize(root.clone()).map_err(|error| {
        let at = error.at.unwrap_or(root.raw);
        vec![JsonProblem::of_value(text, root.path_to(at), at, error.to_string())]
    })?;
    Scenario::try_from(json).map_err(|invalid| problems(text, &root, invalid))
}

/// The problems of an invalid scenario, ordered by place.
fn problems(text: &str, root: &JsonValue, invalid: Vec<JsonInvalid>) -> Vec<JsonProblem> {
    let count = invalid.len().saturating_sub(MOST_DIAGNOSTICS);
    let listed = invalid.into_iter().take(MOST_DIAGNOSTICS).map(|JsonInvalid { path, message }| {
        let JsonPath(field, index, inner) = path;
        let field = root.member(field);
        let item = index.and_then(|index| field.as_ref()?.item(index));
        let inner = inner.and_then(|inner| item.as_ref()?.member(inner));
        // A field that is left out has no place of its own.
        let value = inner.or(item).or(field);
        let at = value.as_ref().unwrap_or(root).raw;
        JsonProblem::of_value(text, root.path_to(at), at, message)
    });
    let mut found: Vec<JsonProblem> = listed.collect();
    crate::sort::sort_by_key(&mut found, |problem| problem.span.start);
    if let Some(last) = found.last().filter(|_| count > 0) {
        let message = format!("{count} more problems are not listed");
        let more = JsonProblem { path: String::new(), is_whole: true, message, ..last.clone() };
        found.push(more);
    }
    found
}

/// Whether a text is JSON rather than a script, which never begins with a brace.
pub fn is_json(text: &str) -> bool {
    text.trim_start_matches(BYTE_ORDER_MARK).trim_start().starts_with('{')
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The largest whole number that JavaScript and many other programs read exactly: 2^53 - 1.
const LARGEST_EXACT: u64 = (1 << 53) - 1;

/// A problem of a scenario in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A problem of the text as a whole.
    pub fn whole(message: String) -> Self {
        Self { is_whole: true, ..Self::new("", 0..0, message) }
    }

    /// A problem of these bytes of the text.
    fn new(text: &str, span: Range<usize>, message: String) -> Self {
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
    fn of_value(text: &str, path: String, at: &str, message: String) -> Self {
        let start = at.as_ptr() as usize - text.as_ptr() as usize;
        Self { path, ..Self::new(text, start..start + at.len(), message) }
    }

    /// A syntax error of the body of a text. The column of a `serde_json` error is in bytes, from 1.
    fn syntax(text: &str, body: &str, error: &serde_json::Error) -> Self {
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
struct JsonError<'a> {
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
fn unknown(word: &str, known: &[&str]) -> String {
    let nearest = keywords::suggestion_among(word, known.iter().copied());
    let word = clip(word);
    match nearest {
        Some(nearest) => format!("`{word}` is unknown here; did you mean `{nearest}`?"),
        None => {
            format!("`{word}` is unknown here; write {}", keywords::listed(known.iter().copied()))
        }
    }
}
