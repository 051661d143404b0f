//! Where a result goes that is a file of its own: to a path, or to standard output.

use super::CliOutcome;
use super::console::Console;
use super::input::STANDARD_INPUT;
use crate::export::{BoundedText, TooLong};
use crate::scenario::limits;
use std::path::Path;
use std::{fs, io};

/// What a refused output says last: what to do.
pub const SHORTEN: &str = "end the run earlier, with `until`";

pub fn put(output: &Path, text: &str, console: &mut Console) -> io::Result<CliOutcome> {
    if text.len() > limits::LONGEST_OUTPUT {
        return Ok(refuse(TooLong { most: limits::LONGEST_OUTPUT }, SHORTEN, console));
    }
    if output == Path::new(STANDARD_INPUT) {
        console.text(text)?;
    } else if let Err(error) = fs::write(output, text) {
        console.complain(&format!("{}: it cannot be written: {error}", output.display()));
        return Ok(CliOutcome::Unreadable);
    }
    Ok(CliOutcome::Fine)
}

/// To standard output, all of it or nothing.
pub fn put_bounded(
    text: BoundedText,
    remedy: &str,
    console: &mut Console,
) -> io::Result<CliOutcome> {
    match text.finish() {
        Ok(text) => console.text(&String::from_utf8_lossy(&text)).map(|()| CliOutcome::Fine),
        Err(refused) => Ok(refuse(refused, remedy, console)),
    }
}

fn refuse(refused: TooLong, remedy: &str, console: &mut Console) -> CliOutcome {
    console.complain(&format!("nothing is written, since {refused}; {remedy}"));
    CliOutcome::Unreadable
}
