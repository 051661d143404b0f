//! Imports a scenario by paste, drop or file: a script, JSON, a link, or a picture that carries its scenario,
//! recognized by its content and never by its name.

use super::address::{Address, AddressError};
use super::{Action, Document};
use crate::export::metadata::{self, PictureError};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::json::{self, JsonProblem};
use crate::scenario::{Scenario, limits, link};
use crate::tools::ToolsFailure;
use thiserror::Error;

/// The largest input in bytes; no format may be longer.
pub const LARGEST: usize = limits::LONGEST_JSON;
/// The largest picture in bytes, which is what the page may export.
pub const LARGEST_PICTURE: usize = limits::LONGEST_OUTPUT / 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScenarioFormat {
    Script,
    Json,
    Link,
}

/// The reason why an import fails, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    #[error("there is nothing in it")]
    Empty,
    #[error("it is no text")]
    NoText,
    #[error(
        "it has {found} bytes; a scenario has {LARGEST} at most, a picture that carries one \
         {LARGEST_PICTURE}"
    )]
    TooLarge { found: usize },
    #[error("read as a script, {}", first(.0.first(), .0.len()))]
    Script(Vec<Diagnostic>),
    #[error("read as JSON, {}", first(.0.first(), .0.len()))]
    Json(Vec<JsonProblem>),
    #[error(transparent)]
    Link(#[from] AddressError),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    NoReader(#[from] ToolsFailure),
}

/// Parses a scenario in JSON; on the page, another program does.
pub type JsonReader<'a> = &'a dyn Fn(&str) -> Result<Scenario, ImportError>;

/// The format of a text. JSON begins with a brace. A link is one word with `://` or `#`, or one that begins
/// like a fragment. Anything else is a script.
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

/// The text of a file; of a PNG, the script that it carries.
///
/// # Errors
/// The file is binary, or a picture without a script.
pub fn file_text(bytes: Vec<u8>) -> Result<String, ImportError> {
    if metadata::is_png(&bytes) {
        return Ok(metadata::png_script(&bytes)?);
    }
    let text = String::from_utf8(bytes).map_err(|_| ImportError::NoText)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A text as it is; of an SVG, the script that it carries.
///
/// # Errors
/// It is a picture without a script.
pub fn script_or_text(text: String) -> Result<String, ImportError> {
    if metadata::is_svg(&text) { Ok(metadata::svg_script(&text)?) } else { Ok(text) }
}

/// The action that opens the text. A link opens with its view, the other formats at their start. Only JSON calls `json`.
///
/// # Errors
/// The text is empty, too large or binary, or cannot be parsed.
pub fn read(text: &str, json: JsonReader) -> Result<Action, ImportError> {
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
        ScenarioFormat::Json => Ok(Action::Open(Document::of(&json(text)?))),
        ScenarioFormat::Link => {
            let text = text.trim();
            let fragment = match text.split_once('#') {
                Some((_, fragment)) => fragment,
                None => text,
            };
            let address = Address::read(fragment)?;
            let document = address.document()?;
            // An import is no navigation: the page then writes its own address.
            Ok(Action::OpenAddress { address, document })
        }
    }
}

/// The notice that an import failed. `name` is the file's name, or names the source.
pub fn refused(name: &str, why: &ImportError) -> String {
    let why = why.to_string();
    let stop = if why.ends_with('?') { "" } else { "." };
    format!("{name} cannot be opened: {why}{stop} What was open stays.")
}

/// The notice that only `first` of several files was read; `others` are the names of the rest.
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

/// The first problem, and the number of further ones.
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
