//! Words inside of somebody's HTML, written so that they arrive wherever such HTML passes through:
//! Markdown ends a block of HTML at a blank line, and generators of pages read braces and `$`.

use std::fmt::{self, Write};

/// Words as an attribute may hold them, in one line.
pub fn attribute(words: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        words.chars().try_for_each(|letter| match letter {
            '\n' => f.write_str("&#10;"),
            '\t' => f.write_str("&#9;"),
            '"' => f.write_str("&quot;"),
            _ => character(f, letter),
        })
    })
}

/// A text of several lines in a `<pre>`, of which no line is blank.
pub fn pre(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        // The first line end is not part of what stands in it.
        f.write_str("<pre>\n")?;
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            words(f, line)?;
            match lines.peek() {
                Some(_) if line.trim().is_empty() => f.write_str("&#10;")?,
                Some(_) => f.write_char('\n')?,
                None => {}
            }
        }
        f.write_str("</pre>")
    })
}

/// Likewise, but all of it in one line.
pub fn pre_in_line(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        f.write_str("<pre>&#10;")?;
        for (place, line) in text.split('\n').enumerate() {
            f.write_str(if place == 0 { "" } else { "&#10;" })?;
            words(f, line)?;
        }
        f.write_str("</pre>")
    })
}

fn words(f: &mut fmt::Formatter<'_>, words: &str) -> fmt::Result {
    words.chars().try_for_each(|letter| character(f, letter))
}

fn character(f: &mut fmt::Formatter<'_>, letter: char) -> fmt::Result {
    match letter {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '{' => f.write_str("&#123;"),
        '$' => f.write_str("&#36;"),
        '\r' => f.write_str("&#13;"),
        '\0' => f.write_char('\u{fffd}'),
        _ => f.write_char(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_text_is_blank() {
        assert_eq!(pre("a\n\n\t \nb\n").to_string(), "<pre>\na\n&#10;\t &#10;b\n</pre>");
        assert_eq!(pre("\na").to_string(), "<pre>\n&#10;a</pre>");
        assert_eq!(pre_in_line("\na\n").to_string(), "<pre>&#10;&#10;a&#10;</pre>");
    }

    #[test]
    fn what_means_something_to_somebody_is_written_as_a_number_or_a_name() {
        let written = attribute("<b> & \"so\" 'on' {{ x }} $y$\r\n").to_string();
        assert_eq!(
            written,
            "&lt;b> &amp; &quot;so&quot; 'on' &#123;&#123; x }} &#36;y&#36;&#13;&#10;"
        );
    }
}
