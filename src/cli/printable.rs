//! Makes text of any origin safe for a terminal and for workflow commands.

use crate::scenario::text;
use std::fmt::Write;

/// Text of any origin in one line: what a terminal would obey, what ends a line and what turns the
/// direction of the text around it is written as an escape, such as `\u{1b}`.
pub fn printable(text: &str) -> String {
    escaped(text, |letter| letter == '\t')
}

/// Likewise, in the lines that it has.
pub fn printable_lines(text: &str) -> String {
    escaped(text, |letter| matches!(letter, '\t' | '\n'))
}

fn escaped(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_unsafe(letter) && !is_kept(letter) {
            // Writing to a string cannot fail.
            true => drop(write!(shown, "{}", letter.escape_unicode())),
            false => shown.push(letter),
        }
    }
    without_bracketed_commands(&shown)
}

/// Without the older commands of a workflow on GitHub, `##[error]`, which may stand anywhere in a line.
pub fn without_bracketed_commands(text: &str) -> String {
    text.replace("##[", "##\\u{5b}")
}

/// Controls of both sets (C0, DEL, C1), separators of lines, and all that the bidirectional algorithm
/// obeys.
pub fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || text::ends_line(letter)
        || text::turns_direction(letter)
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(printable("a\u{1b}[31mb\u{9b}2Jc\u{7f}"), "a\\u{1b}[31mb\\u{9b}2Jc\\u{7f}");
        assert_eq!(printable("a\r\n::error::b"), "a\\u{d}\\u{a}::error::b");
        assert_eq!(printable("a\u{202e}b\u{2028}c"), "a\\u{202e}b\\u{2028}c");
        assert_eq!(printable("##[error]a"), "##\\u{5b}error]a");
        assert_eq!(printable_lines("a\n\tb\r\n"), "a\n\tb\\u{d}\n");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "presets/start.hustings", "größe — 日本 👩‍🚀 ✓", "a\tb", "## [1]"]
        {
            assert_eq!(printable(text), text);
        }
    }
}
