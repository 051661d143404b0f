//! Where a result goes that is a file of its own: to a path, or to standard output.

use super::Outcome;
use super::console::Console;
use super::input::STANDARD_INPUT;
use std::path::Path;
use std::{fs, io};

pub fn put(output: &Path, text: &str, console: &mut Console) -> io::Result<Outcome> {
    if output == Path::new(STANDARD_INPUT) {
        console.text(text)?;
    } else if let Err(error) = fs::write(output, text) {
        console.complain(&format!("{}: it cannot be written: {error}", output.display()));
        return Ok(Outcome::Unreadable);
    }
    Ok(Outcome::Fine)
}
