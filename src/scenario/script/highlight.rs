//! Syntax highlighting of a line. Incomplete lines are highlighted, too.

use super::parse::lines::MARK;
use super::parse::tokens::{self, Token, TokenKind};
use crate::scenario::SettingKind;
use crate::scenario::keywords::{self, KeywordMeaning, KeywordPosition};
use std::ops::Range;

/// The role of a span of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordRole {
    /// The words that begin a statement: `wait alive`, `at … crash`.
    Keyword,
    /// Text in quotes.
    Text,
    Comment,
}

/// The spans with a role, as byte ranges of the line in order. The line has no line break.
pub fn roles(line: &str) -> Vec<(Range<usize>, WordRole)> {
    let mark = if line.starts_with(MARK) { MARK.len_utf8() } else { 0 };
    let tokens = tokens::loose_tokens(&line[mark..], mark);
    let mut opening = OpeningWords::Statement;
    let role = |token: Token| {
        let role = match token.kind {
            TokenKind::Comment => Some(WordRole::Comment),
            TokenKind::Text => Some(WordRole::Text),
            TokenKind::Word => opening.take(token.text).then_some(WordRole::Keyword),
            TokenKind::Number
            | TokenKind::Ordinal
            | TokenKind::Sign
            | TokenKind::Comma
            | TokenKind::Other => None,
        };
        // Only a word begins a statement.
        if opening == OpeningWords::Statement {
            opening = OpeningWords::Over;
        }
        role.map(|role| (token.span, role))
    };
    tokens.into_iter().filter_map(role).collect()
}

/// Which word of the beginning of a statement comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OpeningWords {
    Statement,
    /// `alive` or `elected` behind `wait`.
    Second,
    /// Behind `at` and `every`, times come before the fault.
    Fault,
    Over,
}

impl OpeningWords {
    /// Whether this word belongs to the beginning of the statement.
    fn take(&mut self, word: &str) -> bool {
        let is_one = match self {
            Self::Statement => keywords::find(KeywordPosition::Statement, word).is_some(),
            Self::Second => {
                let mut seconds = SettingKind::ALL.iter().map(|kind| kind.row().word[1]);
                seconds.any(|second| second.eq_ignore_ascii_case(word))
            }
            Self::Fault => keywords::find(KeywordPosition::Fault, word).is_some(),
            Self::Over => false,
        };
        *self = match self {
            Self::Statement => {
                match keywords::find(KeywordPosition::Statement, word).map(|word| word.key) {
                    Some(KeywordMeaning::At | KeywordMeaning::Every) => Self::Fault,
                    Some(KeywordMeaning::Setting(kind)) if !kind.row().word[1].is_empty() => {
                        Self::Second
                    }
                    Some(_) | None => Self::Over,
                }
            }
            // `from` and `until` occur among the times.
            Self::Fault if !is_one => Self::Fault,
            Self::Second | Self::Fault | Self::Over => Self::Over,
        };
        is_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keywords in capitals, text as `"`, comments as `#`; the rest as it is.
    fn seen(line: &str) -> String {
        let mut seen = line.to_owned();
        for (range, role) in roles(line).into_iter().rev() {
            let with = match role {
                WordRole::Keyword => line[range.clone()].to_uppercase(),
                WordRole::Text => "\"".repeat(range.len()),
                WordRole::Comment => "#".repeat(range.len()),
            };
            seen.replace_range(range, &with);
        }
        seen
    }

    #[test]
    fn the_words_that_a_line_is_about_are_keywords_and_no_others() {
        assert_eq!(seen("  algorithm bully"), "  ALGORITHM bully");
        assert_eq!(seen("wait alive 60ms"), "WAIT ALIVE 60ms");
        assert_eq!(seen("at 100ms crash 6"), "AT 100ms CRASH 6");
        let every = "every 1s from 2s until 9s suspect 3 in orders";
        assert_eq!(seen(every), "EVERY 1s from 2s until 9s SUSPECT 3 in orders");
        assert_eq!(seen("expect leader 5 by 500ms"), "EXPECT leader 5 by 500ms");
        assert_eq!(seen("at 1s latency 3->5 80ms"), "AT 1s LATENCY 3->5 80ms");
    }

    #[test]
    fn what_cannot_be_read_has_roles_too() {
        assert_eq!(seen("at 900ms partion 1 2 | 3"), "AT 900ms partion 1 2 | 3");
        assert_eq!(seen("title \"not closed # yet"), "TITLE \"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"");
        assert_eq!(seen("9 at crash"), "9 at crash");
        assert_eq!(seen(""), "");
    }

    #[test]
    fn a_comment_is_one_and_an_ordinal_is_none() {
        assert_eq!(seen("seed 7 # lucky"), "SEED 7 #######");
        assert_eq!(seen("message Alive 5->3 #1 lost"), "MESSAGE Alive 5->3 #1 lost");
        assert_eq!(seen("\u{feff}seed 7"), "\u{feff}SEED 7");
    }
}
