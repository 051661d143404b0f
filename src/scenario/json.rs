//! JSON: the format of a scenario for programs.
//!
//! Durations and instants are whole microseconds, with the unit in their names; rates are parts per million;
//! seeds are text; alternatives have a `kind`. Fields with a default are optional; unknown fields are errors.
//! Each problem has its line and its path. The output contains every setting, and parses as the same
//! scenario.

mod annotations;
mod decode;
mod encode;
mod error;
mod expectation;
mod macros;
mod scalar;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod schema;
mod types;
mod value;

pub use error::JsonProblem;

use crate::scenario::script::MOST_DIAGNOSTICS;
use crate::scenario::{Scenario, limits};
use decode::{JsonInvalid, JsonPath};
use serde::Deserialize;
use serde_json::value::RawValue;
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
        return Err(vec![JsonProblem { is_whole: true, ..JsonProblem::new(text, 0..0, message) }]);
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
