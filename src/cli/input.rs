//! A file, or standard input, becomes a scenario: read with care, since it may be anything.

use super::console::Console;
use super::diagnostics;
use crate::scenario::script::{self, Script};
use crate::scenario::{json, limits};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use thiserror::Error;

/// What is written for standard input.
pub const STANDARD_INPUT: &str = "-";

/// In bytes: JSON may be longer than a script.
const LONGEST: usize = limits::LONGEST_JSON;

/// The text of a scenario and the name by which problems call it.
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub text: String,
}

/// Why a file cannot be read.
#[derive(Debug, Error)]
pub enum Unreadable {
    #[error("{name}: there is no such file")]
    Missing { name: String },
    #[error("{name}: this is a folder; name the files in it (`check` takes folders)")]
    Folder { name: String },
    #[error("{name}: this is no text: byte {at} is not UTF-8")]
    NotText { name: String, at: usize },
    #[error("{name}: this is longer than {most} bytes, the most that {what} may have")]
    TooLong { name: String, what: &'static str, most: usize },
    #[error("{name}: {error}")]
    Other { name: String, error: io::Error },
}

/// Reads no more than the longest scenario, however long the file may be.
pub fn read(path: &Path) -> Result<Source, Unreadable> {
    let is_standard = path == Path::new(STANDARD_INPUT);
    let name = if is_standard { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_standard { take(io::stdin().lock()) } else { read_file(path) };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Err(unreadable(name, error)),
    };
    let found = bytes.len();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        // A character may have been cut in two where reading stopped.
        Err(error) if found > LONGEST => return Err(too_long(name, error.as_bytes())),
        Err(error) => {
            return Err(Unreadable::NotText { name, at: error.utf8_error().valid_up_to() + 1 });
        }
    };
    let most = if json::is_json(&text) { limits::LONGEST_JSON } else { limits::LONGEST_SCRIPT };
    if found > most { Err(too_long(name, text.as_bytes())) } else { Ok(Source { name, text }) }
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    take(File::open(path)?)
}

fn too_long(name: String, bytes: &[u8]) -> Unreadable {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
    let (what, most) = match json::is_json(&begin) {
        true => ("JSON", limits::LONGEST_JSON),
        false => ("a script", limits::LONGEST_SCRIPT),
    };
    Unreadable::TooLong { name, what, most }
}

/// One byte more than a scenario may have shows that it has too many.
fn take(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(name: String, error: io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::NotFound => Unreadable::Missing { name },
        io::ErrorKind::IsADirectory => Unreadable::Folder { name },
        _ => Unreadable::Other { name, error },
    }
}

/// A file as a scenario, a script or JSON; what is wrong with either is told, and then there is
/// nothing. Of JSON no line says anything, since lines mean nothing in it.
pub fn script(path: &Path, console: &mut Console) -> Option<(Source, Script)> {
    let source = text(path, console)?;
    if json::is_json(&source.text) {
        return match json::read(&source.text) {
            Ok(scenario) => Some((source, Script::of(scenario))),
            Err(problems) => {
                for problem in &problems {
                    console.problem(diagnostics::json_error(&source, problem));
                }
                None
            }
        };
    }
    match script::read(&source.text) {
        Ok(script) => Some((source, script)),
        Err(problems) => {
            for problem in &problems {
                console.problem(diagnostics::error(&source, problem));
            }
            None
        }
    }
}

/// A file as text; why it cannot be read is told, and then there is nothing.
pub fn text(path: &Path, console: &mut Console) -> Option<Source> {
    match read(path) {
        Ok(source) => {
            if source.text.trim().is_empty() {
                let text = "nothing is written here, so everything is as by default";
                console.problem(diagnostics::warning(&source, None, text));
            }
            Some(source)
        }
        Err(error) => {
            console.complain(&error.to_string());
            None
        }
    }
}
