//! Words inside of XML.

use std::fmt::{self, Write};

/// Words as an element or an attribute may hold them; a character that XML cannot hold at all is
/// replaced.
pub fn escaped(words: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        words.chars().try_for_each(|letter| match letter {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\t' | '\n' | '\r' => f.write_char(' '),
            '\0'..' ' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}'),
            _ => f.write_char(letter),
        })
    })
}
