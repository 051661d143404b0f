//! What holds for any input from outside: each property is a function of bytes. The targets of `fuzz/` call these
//! functions with what libFuzzer chooses, and `replay` with the corpus and with a fixed number of changes of it.

mod address;
mod json;
mod lesson;
pub(crate) mod link;
mod markdown;
mod player;
#[cfg(test)]
mod replay;
mod rewrite;
mod runs;
mod scenario;
mod script;
pub(crate) mod search;
pub(crate) mod session;

/// A property of any bytes; it panics where the bytes violate it.
pub(crate) type Property = fn(&[u8]);

/// The properties by the names of their fuzz targets.
pub(crate) const TARGETS: [(&str, Property); 11] = [
    ("address", address::check),
    ("json", json::check),
    ("lesson", lesson::check),
    ("link", link::check),
    ("markdown", markdown::check),
    ("player", player::check),
    ("rewrite", rewrite::check),
    ("runs", runs::check),
    ("script", script::check),
    ("search", search::check),
    ("session", session::check),
];

/// The text of an input; bytes that are no text are a property of the readers of files, which refuse them.
fn text(bytes: &[u8]) -> Option<&str> {
    str::from_utf8(bytes).ok()
}

/// Line and column of a byte, both from 1, the column in characters.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
