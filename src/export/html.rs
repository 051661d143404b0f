//! Escapes text for HTML, XML, JavaScript and addresses.

use std::fmt::{self, Write};

/// Text as the value of an attribute, in one line.
pub(crate) fn attribute(words: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        words.chars().try_for_each(|letter| match letter {
            '\n' => f.write_str("&#10;"),
            '\t' => f.write_str("&#9;"),
            '"' => f.write_str("&quot;"),
            _ => character(f, letter),
        })
    })
}

/// Text of several lines in a `<pre>`, without blank lines.
pub(crate) fn pre(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        // HTML ignores the first line end.
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

/// Text in a `<pre>`, all in one line.
pub(crate) fn pre_in_line(text: &str) -> impl fmt::Display {
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

/// Text for an element or an attribute; a character that XML forbids is replaced.
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

/// Whether an address, absolute or relative, leads to a page, by HTTP or as a file. Any other scheme, such as
/// `javascript:`, could run code in a reader's browser.
pub fn leads_to_a_page(address: &str) -> bool {
    // Browsers ignore these characters, wherever they are.
    let letters = address.chars().filter(|letter| !letter.is_control() && *letter != ' ');
    let begin: String = letters.take_while(|letter| !matches!(letter, '/' | '?' | '#')).collect();
    match begin.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            ["http", "https", "file"].iter().any(|it| scheme.eq_ignore_ascii_case(it))
        }
    }
}

/// Text within double quotes.
pub(crate) fn js_string(words: &str) -> String {
    words.chars().map(|letter| escaped_character(letter, '"')).collect()
}

/// Text within backticks, where line ends are kept.
pub(crate) fn js_template(words: &str) -> String {
    words
        .chars()
        .map(|letter| match letter {
            '\n' => "\n".to_owned(),
            // It would begin an expression before a brace.
            '$' => "\\$".to_owned(),
            _ => escaped_character(letter, '`'),
        })
        .collect()
}

fn escaped_character(letter: char, quote: char) -> String {
    match letter {
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        // Line ends of JavaScript, and characters that editors and terminals do not show.
        '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(letter)),
        _ if letter.is_ascii_control() && letter != '\t' => {
            format!("\\x{:02x}", u32::from(letter))
        }
        _ if letter == quote => format!("\\{letter}"),
        _ => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{leads_to_a_page, *};

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

    #[test]
    fn only_pages_and_paths_are_led_to() {
        for fine in
            ["", "..", "../a/", "/a", "https://a.b/", "HTTP://a", "file:///a/", "//a.b/c:d", "?a:b"]
        {
            assert!(leads_to_a_page(fine), "{fine}");
        }
        for bad in [
            "javascript:alert(1)//",
            " JavaScript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,",
            "vbscript:x",
            "a:b/",
        ] {
            assert!(!leads_to_a_page(bad), "{bad}");
        }
    }

    #[test]
    fn nothing_in_a_text_ends_it_or_begins_an_expression() {
        assert_eq!(js_string("a\"b\\c\nd\u{2028}"), "a\\\"b\\\\c\\nd\\u2028");
        assert_eq!(js_template("`${x}`\n\\ \r\"\""), "\\`\\${x}\\`\n\\\\ \\x0d\"\"");
    }
}
