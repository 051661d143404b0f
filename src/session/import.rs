//! A scenario that comes from elsewhere, by paste, drop or file: a script, JSON or a link, told apart
//! by what it holds, never by its name.

use super::address::{Address, AddressError};
use super::{Action, Document};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::json::{self, JsonProblem};
use crate::scenario::{limits, link};
use thiserror::Error;

/// Nothing longer is looked into, in bytes: no spelling may be.
pub const LARGEST: usize = limits::LONGEST_JSON;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScenarioFormat {
    Script,
    Json,
    Link,
}

/// Why it cannot be opened, and where it is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    #[error("there is nothing in it")]
    Empty,
    #[error("it is no text")]
    NoText,
    #[error("it has {found} bytes; a scenario has {LARGEST} at most")]
    TooLarge { found: usize },
    #[error("read as a script, {}", first(.0.first(), .0.len()))]
    Script(Vec<Diagnostic>),
    #[error("read as JSON, {}", first(.0.first(), .0.len()))]
    Json(Vec<JsonProblem>),
    #[error(transparent)]
    Link(#[from] AddressError),
}

/// JSON begins with a brace; a link is one word with `#` in it, or one that begins as what stands
/// behind it; anything else is a script.
pub fn spelling(text: &str) -> ScenarioFormat {
    let text = text.trim();
    if json::is_json(text) {
        ScenarioFormat::Json
    } else if text.contains(char::is_whitespace) {
        ScenarioFormat::Script
    } else if text.contains("://") || text.contains('#') || is_fragment(text) {
        ScenarioFormat::Link
    } else {
        ScenarioFormat::Script
    }
}

/// What opens it. A link opens as it was looked at, and the others at their start.
pub fn read(text: &str) -> Result<Action, ImportError> {
    if text.len() > LARGEST {
        return Err(ImportError::TooLarge { found: text.len() });
    }
    if text.contains(['\0', char::REPLACEMENT_CHARACTER]) {
        return Err(ImportError::NoText);
    }
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    match spelling(text) {
        ScenarioFormat::Script => {
            Document::read(text).map(Action::Open).map_err(ImportError::Script)
        }
        ScenarioFormat::Json => {
            let scenario = json::read(text).map_err(ImportError::Json)?;
            Ok(Action::Open(Document::of(&scenario)))
        }
        ScenarioFormat::Link => {
            let text = text.trim();
            let fragment = match text.split_once('#') {
                Some((_, fragment)) => fragment,
                None => text,
            };
            let address = Address::read(fragment)?;
            let document = address.document()?;
            // The page's own address follows: it came from no entry of the browser's history.
            Ok(Action::OpenAddress { address, document })
        }
    }
}

/// What is said where it cannot be opened. `name` is a file's, or what else it came as.
pub fn refused(name: &str, why: &ImportError) -> String {
    let why = why.to_string();
    let stop = if why.ends_with('?') { "" } else { "." };
    format!("{name} cannot be opened: {why}{stop} What was open stays.")
}

/// What is said where several files came at once, of which only `first` is looked at; `others` are names.
pub fn ignored(first: &str, others: &[String]) -> Option<String> {
    let names = match others {
        [] => return None,
        [one] => format!("{one} was"),
        [one, two] => format!("{one} and {two} were"),
        [one, rest @ ..] => format!("{one} and {} other files were", rest.len()),
    };
    Some(format!("One file opens at a time: {first} was read, and {names} ignored."))
}

/// Likewise where it is plain what is meant, and that nothing has changed.
pub fn error_text(why: &ImportError) -> String {
    super::sentence(&why.to_string())
}

fn is_fragment(text: &str) -> bool {
    text.starts_with("preset/") || text.starts_with("lesson/") || link::version(text).is_some()
}

/// The first problem, and how many more there are.
fn first<T: ToString>(problem: Option<&T>, count: usize) -> String {
    let words = problem.map(T::to_string).unwrap_or_default();
    match count.saturating_sub(1) {
        0 => words,
        1 => format!("{words} (and one more problem)"),
        more => format!("{words} (and {more} more problems)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_files_the_ignored_ones_are_named() {
        let ignored_text = |others: &[&str]| {
            let others: Vec<String> = others.iter().map(|&name| name.to_owned()).collect();
            ignored("a.txt", &others)
        };
        assert_eq!(ignored_text(&[]), None);
        let words = "One file opens at a time: a.txt was read, and";
        assert_eq!(ignored_text(&["b.txt"]), Some(format!("{words} b.txt was ignored.")));
        assert_eq!(ignored_text(&["b", "c"]), Some(format!("{words} b and c were ignored.")));
        let many = Some(format!("{words} b and 2 other files were ignored."));
        assert_eq!(ignored_text(&["b", "c", "d"]), many);
    }
}
