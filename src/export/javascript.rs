//! Words inside of somebody's JavaScript, as MDX has it.

/// Words within double quotes.
pub fn js_string(words: &str) -> String {
    words.chars().map(|letter| escaped(letter, '"')).collect()
}

/// Words within backticks, where line ends stand as they are.
pub fn js_template(words: &str) -> String {
    words
        .chars()
        .map(|letter| match letter {
            '\n' => "\n".to_owned(),
            // It would begin an expression before a brace.
            '$' => "\\$".to_owned(),
            _ => escaped(letter, '`'),
        })
        .collect()
}

fn escaped(letter: char, quote: char) -> String {
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
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_it_or_begins_an_expression() {
        assert_eq!(js_string("a\"b\\c\nd\u{2028}"), "a\\\"b\\\\c\\nd\\u2028");
        assert_eq!(js_template("`${x}`\n\\ \r\"\""), "\\`\\${x}\\`\n\\\\ \\x0d\"\"");
    }
}
