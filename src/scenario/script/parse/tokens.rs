//! Splits a line into tokens, provides the cursor over them, and highlights their words.
//!
//! A number includes the unit that directly follows it (`1.5s`, `200/s`, `0.5%`). `#` starts a comment unless
//! a digit follows it, which makes it an ordinal; in quotes it is an ordinary character. Anything else is one
//! token up to the next space, so that an error shows it as a whole.

use super::MARK;
use crate::scenario::SettingKind;
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure, Suggestion, clip};
use crate::scenario::keywords::{self, Keyword, KeywordMeaning, KeywordPosition};
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A letter, then letters, digits, `-` and `_`.
    Word,
    /// Digits, perhaps with decimals, perhaps with a unit.
    Number,
    /// `#` and digits.
    Ordinal,
    /// With its quotes and escapes.
    Text,
    /// `->`, `--`, `..`, `|`, or a run of `<`, `=` and `>`.
    Sign,
    Comma,
    Comment,
    Other,
}

#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    /// In bytes, from the start of the script.
    pub span: Range<usize>,
}

/// The tokens of a line that begins at this byte of the script; a comment is the last token.
pub(crate) fn tokens(line: &str, start: usize) -> Result<Vec<Token<'_>>, Box<Failure>> {
    let tokens = loose_tokens(line, start);
    let is_open = |token: &&Token| token.kind == TokenKind::Text && !is_closed(token.text);
    let Some(Token { span, .. }) = tokens.iter().find(is_open) else { return Ok(tokens) };
    let end = span.end..span.end;
    let label = "close it".to_owned();
    let suggestion = Suggestion { label, span: end, replacement: "\"".to_owned() };
    Err(Failure::new(span.clone(), DiagnosticKind::QuoteOpen).corrected(Some(suggestion)))
}

/// The tokens of a line, where a quote that is not closed is text up to the end of the line.
pub(crate) fn loose_tokens(line: &str, start: usize) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (kind, length) = first_token(rest);
        let (text, behind) = rest.split_at(length);
        let from = start + line.len() - rest.len();
        tokens.push(Token { kind, text, span: from..from + length });
        rest = behind.trim_start();
    }
    tokens
}

/// The first token of a text and its length in bytes; the text is not empty and does not begin with a space.
fn first_token(text: &str) -> (TokenKind, usize) {
    let first = text.chars().next().unwrap_or_default();
    if first.is_alphabetic() {
        let inner = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let end = run(text, inner);
        // The name of a zone ends before an arrow.
        let arrow = text[..end].ends_with('-') && text[end..].starts_with('>');
        return (TokenKind::Word, end - usize::from(arrow));
    }
    if first.is_ascii_digit() {
        return (TokenKind::Number, number(text));
    }
    // `#1` is an ordinal; any other `#` starts a comment.
    if let Some(behind) = text.strip_prefix('#') {
        return match run(behind, |c| c.is_ascii_digit()) {
            0 => (TokenKind::Comment, text.trim_end().len()),
            digits => (TokenKind::Ordinal, 1 + digits),
        };
    }
    if let Some(inside) = text.strip_prefix('"') {
        return (TokenKind::Text, 1 + quoted(inside));
    }
    if let Some(sign) = ["->", "--", "..", "|"].into_iter().find(|&sign| text.starts_with(sign)) {
        return (TokenKind::Sign, sign.len());
    }
    match first {
        '<' | '=' | '>' => (TokenKind::Sign, run(text, |c| matches!(c, '<' | '=' | '>'))),
        ',' => (TokenKind::Comma, 1),
        _ => (TokenKind::Other, run(text, |c| !c.is_whitespace())),
    }
}

/// The length in bytes of the leading characters that belong to the token.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The length of a number with its decimals and unit.
fn number(text: &str) -> usize {
    let digits = |text: &str| run(text, |c| c.is_ascii_digit());
    let mut end = digits(text);
    if let Some(decimals) = text[end..].strip_prefix('.').map(digits).filter(|&count| count > 0) {
        end += 1 + decimals;
    }
    end + run(&text[end..], |c| c.is_alphanumeric() || c == '%' || c == '/')
}

/// The length of a quoted text after its first quote: up to and including the closing quote that no backslash
/// escapes, or to the end of the line.
fn quoted(inside: &str) -> usize {
    let mut letters = inside.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => _ = letters.next(),
            '"' => return at + 1,
            _ => {}
        }
    }
    inside.len()
}

/// Whether a quoted text has its closing quote.
fn is_closed(text: &str) -> bool {
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inside.is_some_and(|inside| {
        let slashes = inside.len() - inside.trim_end_matches('\\').len();
        slashes.is_multiple_of(2)
    })
}

pub(crate) type ParseResult<T> = std::result::Result<T, Box<Failure>>;

pub(crate) struct Cursor<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    tried: Vec<&'static str>,
    /// The microseconds of the unit of a duration without one.
    pub(crate) lent: Option<u64>,
}

impl<'a> Cursor<'a> {
    /// A cursor over the tokens of a line that is not blank.
    pub(crate) fn new(tokens: &'a [Token<'a>]) -> Self {
        Self { tokens, at: 0, tried: Vec::new(), lent: None }
    }

    /// As `new`, but durations may omit their unit, which then has this many microseconds.
    pub(crate) fn lending(tokens: &'a [Token<'a>], micros: u64) -> Self {
        Self { lent: Some(micros), ..Self::new(tokens) }
    }

    pub(crate) fn peek(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at)
    }

    pub(crate) fn peek_second(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at + 1)
    }

    /// The remaining tokens.
    pub(crate) fn ahead(&self) -> &'a [Token<'a>] {
        &self.tokens[self.at..]
    }

    pub(crate) fn advance(&mut self) {
        self.at += 1;
        self.tried.clear();
    }

    /// Goes back by one token, which belongs to what follows.
    pub(crate) fn retreat(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Takes the next token if it is of this kind.
    pub(crate) fn take(&mut self, kind: TokenKind) -> Option<&'a Token<'a>> {
        let token = self.peek().filter(|token| token.kind == kind)?;
        self.advance();
        Some(token)
    }

    /// Takes the next token if it is this word or sign; returns whether it is.
    pub(crate) fn accept(&mut self, word: &'static str) -> bool {
        let here = self.peek().is_some_and(|token| token.text.eq_ignore_ascii_case(word));
        if here {
            self.advance();
        } else {
            self.tried.push(word);
        }
        here
    }

    /// Takes this word, or fails.
    pub(crate) fn expect(&mut self, word: &'static str) -> ParseResult<()> {
        if self.accept(word) { Ok(()) } else { Err(self.none_of_the_tried(false)) }
    }

    /// The failure that none of the tried words was found here.
    pub(crate) fn none_of_the_tried(&self, or_end: bool) -> Box<Failure> {
        self.unexpected_among(
            ExpectedWords::Words { words: self.tried.clone(), or_end },
            &self.tried,
        )
    }

    /// Fails if there are further tokens.
    pub(crate) fn finish(&self) -> ParseResult<()> {
        if self.peek().is_none() { Ok(()) } else { Err(self.none_of_the_tried(true)) }
    }

    /// Takes a keyword of this kind, or fails.
    pub(crate) fn word_of(&mut self, kind: KeywordPosition) -> ParseResult<&'static Keyword> {
        let Some(token) = self.peek() else {
            return Err(self.unexpected(ExpectedWords::Kind(kind)));
        };
        match keywords::find(kind, token.text) {
            Some(word) => {
                self.advance();
                Ok(word)
            }
            None if token.kind == TokenKind::Word => {
                let nearest = keywords::suggestion(kind, token.text);
                Err(unknown(kind, token, nearest))
            }
            None => Err(self.unexpected(ExpectedWords::Kind(kind))),
        }
    }

    /// The failure that something else was expected here.
    pub(crate) fn unexpected(&self, expected: ExpectedWords) -> Box<Failure> {
        self.unexpected_among(expected, &[])
    }

    /// As `unexpected`, with a suggestion among these words.
    pub(crate) fn unexpected_among(
        &self,
        expected: ExpectedWords,
        words: &[&'static str],
    ) -> Box<Failure> {
        let words = words.iter().copied();
        let nearest = self.peek().and_then(|it| keywords::suggestion_among(it.text, words));
        let found = self.peek().map(|token| clip(token.text));
        let nearest_text = nearest.map(str::to_owned);
        let span = self.here();
        let suggestion = nearest.map(|nearest| Suggestion::write(span.clone(), nearest));
        Failure::new(span, DiagnosticKind::Expected { expected, found, nearest: nearest_text })
            .corrected(suggestion)
    }

    /// The span of the next token; at the end of the line, the empty span behind the last one.
    pub(crate) fn here(&self) -> Range<usize> {
        match self.peek() {
            Some(token) => token.span.clone(),
            None => {
                let end = self.tokens.last().map_or(0, |token| token.span.end);
                end..end
            }
        }
    }

    /// The span of all tokens.
    pub(crate) fn whole(&self) -> Range<usize> {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// The span from this byte to the end of the last taken token.
    pub(crate) fn since(&self, start: usize) -> Range<usize> {
        let end = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..end.map_or(start, |token| token.span.end.max(start))
    }
}

/// The failure for an unknown word, with a suggestion if one is near.
pub(crate) fn unknown(
    kind: KeywordPosition,
    token: &Token<'_>,
    nearest: Option<&str>,
) -> Box<Failure> {
    let word = clip(token.text);
    let error = DiagnosticKind::Unknown { kind, word, nearest: nearest.map(str::to_owned) };
    let suggestion = nearest.map(|nearest| Suggestion::write(token.span.clone(), nearest));
    Failure::new(token.span.clone(), error).corrected(suggestion)
}

/// The role of a span of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordRole {
    /// The words that begin a statement: `wait alive`, `at … crash`.
    Keyword,
    /// Text in quotes.
    Text,
    Comment,
}

/// The spans with a role, as byte ranges of the line in order. The line has no line break, and may be incomplete.
pub fn roles(line: &str) -> Vec<(Range<usize>, WordRole)> {
    let mark = if line.starts_with(MARK) { MARK.len_utf8() } else { 0 };
    let tokens = loose_tokens(&line[mark..], mark);
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
