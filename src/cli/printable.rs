//! Escapes text of any origin, so that it is safe on a terminal and in GitHub workflows.

use crate::scenario::text;
use std::fmt::Write;

/// Escapes a text as one line: control characters, line ends and characters that change the direction of text
/// become escapes such as `\u{1b}`.
pub(crate) fn printable(text: &str) -> String {
    escaped(text, |letter| letter == '\t')
}

/// Escapes a text, except for its line breaks.
pub(crate) fn printable_lines(text: &str) -> String {
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

/// Escapes GitHub's older workflow commands, `##[error]`, which may occur anywhere in a line.
pub(crate) fn without_bracketed_commands(text: &str) -> String {
    text.replace("##[", "##\\u{5b}")
}

/// Control characters (C0, DEL, C1), line separators, and the controls of the bidirectional algorithm.
pub(crate) fn is_unsafe(letter: char) -> bool {
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
