//! A file, or standard input, becomes a script: read with care, since it may be anything.

use super::console::Console;
use super::diagnostics;
use crate::scenario::limits;
use crate::scenario::script::{self, Script};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use thiserror::Error;

/// What is written for standard input.
pub const STANDARD_INPUT: &str = "-";

/// The text of a script and the name by which problems call it.
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
    #[error(
        "{name}: this is longer than {} bytes, the most that a script may have",
        limits::LONGEST_SCRIPT
    )]
    TooLong { name: String },
    #[error("{name}: {error}")]
    Other { name: String, error: io::Error },
}

/// Reads no more than the longest script, however long the file may be.
pub fn read(path: &Path) -> Result<Source, Unreadable> {
    let is_standard = path == Path::new(STANDARD_INPUT);
    let name = if is_standard { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_standard { take(io::stdin().lock()) } else { read_file(path) };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Err(unreadable(name, error)),
    };
    if bytes.len() > limits::LONGEST_SCRIPT {
        return Err(Unreadable::TooLong { name });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source { name, text }),
        Err(error) => Err(Unreadable::NotText { name, at: error.utf8_error().valid_up_to() + 1 }),
    }
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    take(File::open(path)?)
}

/// One byte more than a script may have shows that it has too many.
fn take(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(limits::LONGEST_SCRIPT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(name: String, error: io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::NotFound => Unreadable::Missing { name },
        io::ErrorKind::IsADirectory => Unreadable::Folder { name },
        _ => Unreadable::Other { name, error },
    }
}

/// A file as a script; what is wrong with either is told, and then there is nothing.
pub fn script(path: &Path, console: &mut Console) -> Option<(Source, Script)> {
    let source = text(path, console)?;
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
