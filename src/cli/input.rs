//! Reads a scenario from a file or standard input, in any of its formats, and instants from arguments.

use super::console::{Console, STANDARD_INPUT};
use super::diagnostics::{self, InputSource, RenderedDiagnostic, Within};
use super::system::{PathKind, System};
use crate::scenario::script::{self, Script};
use crate::scenario::{FigureOptions, Link, Scenario, json, limits};
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::io;
use std::path::Path;
use thiserror::Error;

/// The largest document, in bytes.
pub(crate) const LONGEST_DOCUMENT: usize = 4 * 1024 * 1024;

/// One byte more shows that the input is too long.
const MOST_READ: usize = LONGEST_DOCUMENT + 1;

/// The reason why a file cannot be read.
#[derive(Debug, Error)]
pub(crate) enum InputError {
    #[error("there is no such file")]
    Missing,
    #[error("this is a folder; name the files in it (`check` takes folders)")]
    Folder,
    #[error("this is no text: byte {byte}, in line {line}, is not UTF-8")]
    NotText { byte: usize, line: usize },
    #[error("this is text in UTF-16; save it as UTF-8")]
    Utf16,
    #[error("this is longer than {most} bytes, the most that {what} may have")]
    TooLong { most: usize, what: &'static str },
    #[error("this changed while it was read; try again")]
    Changed,
    #[error("{0}")]
    Other(io::Error),
}

impl InputSource {
    /// Parses the scenario. One from JSON has no line numbers.
    ///
    /// # Errors
    /// The problems with their places.
    pub(crate) fn read(&self) -> Result<Script, Vec<RenderedDiagnostic>> {
        if self.within.is_none() && json::is_json(&self.text) {
            return json::read(&self.text).map(Script::of).map_err(|problems| {
                problems.iter().map(|p| diagnostics::json_error(self, p)).collect()
            });
        }
        let script = match &self.within {
            Some(Within { first, is_in_one_line: true, .. }) => {
                script::read(&self.text).map(|script| script.in_line(*first))
            }
            Some(_) | None => script::read_within(&self.text, self.first()),
        };
        script.map_err(|problems| problems.iter().map(|p| diagnostics::error(self, p)).collect())
    }
}

/// The script of a scenario that may have been read from JSON.
pub(crate) fn script_text(source: InputSource, scenario: &Scenario) -> String {
    match json::is_json(&source.text) {
        true => script::write(scenario),
        false => source.text,
    }
}

/// The name of a file in messages.
pub(crate) fn name(path: &Path) -> String {
    if path == Path::new(STANDARD_INPUT) {
        return "standard input".to_owned();
    }
    path.display().to_string()
}

/// Reads the text of a scenario.
///
/// # Errors
/// The problem, if the file cannot be read.
pub(crate) fn source(path: &Path, system: &dyn System) -> Result<InputSource, RenderedDiagnostic> {
    let name = name(path);
    match text(path, system, longest) {
        Ok(text) => Ok(InputSource { name, text, within: None }),
        Err(error) => Err(diagnostics::about(&name, &error.to_string())),
    }
}

/// A text that a program hands over as a scenario.
///
/// # Errors
/// The problem, if it is too long.
#[cfg(feature = "node")]
pub(crate) fn given(text: String) -> Result<InputSource, RenderedDiagnostic> {
    let name = "the scenario".to_owned();
    match check_length(text.as_bytes(), longest) {
        Ok(()) => Ok(InputSource { name, text, within: None }),
        Err(error) => Err(diagnostics::about(&name, &error.to_string())),
    }
}

/// Reads the text of a document.
pub(crate) fn document(path: &Path, system: &dyn System) -> Result<String, InputError> {
    text(path, system, |_| (LONGEST_DOCUMENT, "a document"))
}

/// The largest size of a text that begins like this, in bytes, and its kind. JSON may be longer than a
/// script.
fn longest(begin: &str) -> (usize, &'static str) {
    match json::is_json(begin) {
        true => (limits::LONGEST_JSON, "JSON"),
        false => (limits::LONGEST_SCRIPT, "a script"),
    }
}

/// Reads a text, but no more bytes than any format may have.
fn text(
    path: &Path,
    system: &dyn System,
    longest: impl Fn(&str) -> (usize, &'static str),
) -> Result<String, InputError> {
    let bytes = match path == Path::new(STANDARD_INPUT) {
        true => system.read_input(MOST_READ)?,
        false => read_file(path, system)?,
    };
    check_length(&bytes, longest)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        match bytes.first_chunk() {
            Some([0xff, 0xfe] | [0xfe, 0xff]) => InputError::Utf16,
            _ => InputError::NotText { byte: at + 1, line: line_at(&bytes, at) },
        }
    })
}

fn check_length(
    bytes: &[u8],
    longest: impl Fn(&str) -> (usize, &'static str),
) -> Result<(), InputError> {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(limits::LONGEST_SCRIPT)]);
    let (most, what) = longest(&begin);
    if bytes.len() > most { Err(InputError::TooLong { most, what }) } else { Ok(()) }
}

/// The line of a byte offset, from 1.
fn line_at(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|&&byte| byte == b'\n').count() + 1
}

fn read_file(path: &Path, system: &dyn System) -> Result<Vec<u8>, InputError> {
    let before = system.status(path)?;
    if before.kind == PathKind::Folder {
        return Err(InputError::Folder);
    }
    let bytes = system.read_file(path, MOST_READ)?;
    // A mixture of two versions would be a script that nobody wrote.
    if before.kind == PathKind::File && before != system.status(path)? {
        return Err(InputError::Changed);
    }
    Ok(bytes)
}

impl From<io::Error> for InputError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the standard library may add kinds")]
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Folder,
            _ => Self::Other(error),
        }
    }
}

/// Reads a scenario; prints its problems and returns `None` if that fails.
pub(crate) fn script(path: &Path, console: &mut Console) -> Option<(InputSource, Script)> {
    let source = read_or_report(path, console)?;
    match source.read() {
        Ok(script) => Some((source, script)),
        Err(problems) => {
            for problem in problems {
                console.problem(&problem);
            }
            None
        }
    }
}

/// A file as the text of a scenario; none if it cannot be read, which is reported.
pub(crate) fn read_or_report(path: &Path, console: &mut Console) -> Option<InputSource> {
    match source(path, &*console.system()) {
        Ok(source) => {
            if let Some(warning) = empty(&source) {
                console.problem(&warning);
            }
            Some(source)
        }
        Err(problem) => {
            console.problem(&problem);
            None
        }
    }
}

/// A warning if the text is empty.
pub(crate) fn empty(source: &InputSource) -> Option<RenderedDiagnostic> {
    let text = "nothing is written here, so everything is as by default";
    let is_empty = source.text.trim_start_matches('\u{feff}').trim().is_empty();
    is_empty.then(|| diagnostics::warning(source, None, text))
}

/// Parses an instant since the start of the run.
pub(crate) fn instant(text: &str) -> Result<Time, String> {
    let at = figure("start", text)?.start;
    at.ok_or_else(|| wrong(text))
}

/// Parses a duration, of which there is no empty one.
pub(crate) fn span(text: &str) -> Result<Duration, String> {
    match instant(text)?.since(Time::ZERO) {
        Duration::ZERO => Err("it must be longer than nothing".to_owned()),
        span => Ok(span),
    }
}

/// Parses a rank.
pub(crate) fn rank(text: &str) -> Result<Rank, String> {
    let rank = text.parse().ok().and_then(Rank::new);
    rank.ok_or_else(|| format!("`{text}` is no rank such as `3`"))
}

/// Parses a link in one direction.
pub(crate) fn link(text: &str) -> Result<Link, String> {
    let (from, to) =
        text.split_once("->").ok_or_else(|| format!("`{text}` is no link such as `3->5`"))?;
    Ok(Link { from: rank(from.trim())?, to: rank(to.trim())? })
}

/// Parses a speed, as virtual time a second.
pub(crate) fn speed(text: &str) -> Result<Duration, String> {
    let speed = figure("speed", text)?.speed;
    speed.ok_or_else(|| wrong(text))
}

/// Parses a value with the script's parser.
fn figure(word: &str, text: &str) -> Result<FigureOptions, String> {
    if text.contains(char::is_whitespace) || text.contains('#') {
        return Err(wrong(text));
    }
    match script::parse(&format!("figure {word} {text}")) {
        Ok(scenario) => Ok(scenario.figure.clone()),
        Err(problems) => {
            Err(problems.first().map_or_else(|| wrong(text), |problem| problem.error.to_string()))
        }
    }
}

fn wrong(text: &str) -> String {
    format!("`{text}` is no duration such as `250us`, `268ms` or `1.5s`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_in_the_line_that_it_stands_in() {
        assert_eq!(line_at(b"", 0), 1);
        assert_eq!(line_at(b"ab\ncd", 2), 1);
        assert_eq!(line_at(b"ab\ncd", 3), 2);
    }
}
