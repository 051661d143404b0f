//! JSON: the spelling of a scenario that programs use.
//!
//! Durations and instants are whole microseconds and say so in their names, rates are parts per
//! million, seeds are text, and a thing of several kinds has a `kind`. What has a default may be left
//! out; a field that means nothing is refused. All problems are reported at once, each with its line
//! and its path. What is written says every setting, and reads as the same scenario.

mod layout;
mod node;
mod read;
mod say;
mod shape;
mod trouble;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod typescript;

pub use trouble::{JsonProblem, JsonTrouble};

use crate::scenario::{Scenario, limits};
use layout::Layout;
use node::Page;
use serde::Serialize;
use serde_json::Serializer;

/// The scenario as JSON, with an end of line. Equal scenarios have equal texts.
pub fn write(scenario: &Scenario) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Layout::default());
    let written = say::scenario(scenario).serialize(&mut serializer);
    debug_assert!(written.is_ok(), "memory does not refuse to be written to");
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// What the JSON means. Of a text that is no JSON only the first problem is known.
pub fn read(text: &str) -> Result<Scenario, Vec<JsonProblem>> {
    // A byte order mark is forgiven, as in a script.
    let body = text.trim_start_matches(MARK);
    let mark = text.len() - body.len();
    let page = Page::new(body);
    let scenario = match body.len() > limits::LONGEST_JSON {
        true => {
            page.say(0..0, "", JsonTrouble::TooLong { found: text.len() });
            None
        }
        false => page.root().and_then(|root| read::scenario(&page, root)),
    };
    scenario.ok_or_else(|| {
        let mut found = page.into_found();
        for problem in &mut found {
            problem.span = problem.span.start + mark..problem.span.end + mark;
        }
        found
    })
}

/// Whether a text is JSON rather than a script: a script begins with no brace.
pub fn is_json(text: &str) -> bool {
    text.trim_start_matches(MARK).trim_start().starts_with('{')
}

const MARK: char = '\u{feff}';

/// Up to here a number of JavaScript, as of many other programs, is exact: 2^53 - 1.
const LARGEST_EXACT: u64 = (1 << 53) - 1;
