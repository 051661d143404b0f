//! Splits a line into tokens, and walks over them.
//!
//! A number keeps the unit that directly follows it (`1.5s`, `200/s`, `0.5%`). `#` starts a comment unless
//! a digit follows it, where it is an ordinal; in quotes it is an ordinary character. What fits nowhere is
//! one token up to the next space, so that an error shows it whole.

use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure, Suggestion, clip};
use crate::scenario::keywords::{self, Keyword, KeywordPosition};
use std::ops::Range;
use winnow::combinator::{alt, opt, preceded, repeat};
use winnow::error::EmptyError;
use winnow::stream::Location;
use winnow::token::{any, literal, one_of, rest, take_till, take_while};
use winnow::{LocatingSlice, Parser};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
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
pub(super) struct Token<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    /// In bytes, from the start of the script.
    pub span: Range<usize>,
}

type TokenInput<'a> = LocatingSlice<&'a str>;
type TokenResult<'a> = Result<(TokenKind, &'a str), EmptyError>;

/// The tokens of a line that begins at this byte of the script; a comment comes last.
pub(super) fn tokens(line: &str, start: usize) -> Result<Vec<Token<'_>>, Box<Failure>> {
    let tokens = loose_tokens(line, start);
    let is_open = |token: &&Token| token.kind == TokenKind::Text && !is_closed(token.text);
    let Some(Token { span, .. }) = tokens.iter().find(is_open) else { return Ok(tokens) };
    let end = span.end..span.end;
    let label = "close it".to_owned();
    let mend = Suggestion { label, span: end, replacement: "\"".to_owned() };
    Err(Failure::new(span.clone(), DiagnosticKind::QuoteOpen).corrected(Some(mend)))
}

/// The same where a quote that is not closed is text all the same: up to the end of the line.
pub(super) fn loose_tokens(line: &str, start: usize) -> Vec<Token<'_>> {
    let mut input = LocatingSlice::new(line);
    let mut tokens = Vec::new();
    loop {
        skip_space(&mut input);
        let from = input.current_token_start();
        let Ok((kind, text)) = token(&mut input) else { return tokens };
        tokens.push(Token { kind, text, span: start + from..start + from + text.len() });
    }
}

fn skip_space(input: &mut TokenInput) {
    let space: Result<&str, EmptyError> = take_while(0.., char::is_whitespace).parse_next(input);
    debug_assert!(space.is_ok(), "no space at all is space enough");
}

fn token<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    alt((
        word,
        number,
        hash,
        quoted,
        sign,
        literal(",").map(|text| (TokenKind::Comma, text)),
        other,
    ))
    .parse_next(input)
}

fn word<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let inner = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (one_of(char::is_alphabetic), take_while(0.., inner))
        .take()
        .map(|text| (TokenKind::Word, text))
        .parse_next(input)
}

fn number<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let digits = || take_while(1.., |c: char| c.is_ascii_digit());
    let unit = |c: char| c.is_alphanumeric() || c == '%' || c == '/';
    (digits(), opt(preceded(literal("."), digits())), take_while(0.., unit))
        .take()
        .map(|text| (TokenKind::Number, text))
        .parse_next(input)
}

/// `#1` is an ordinal; any other `#` starts a comment.
fn hash<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let digits = take_while(1.., |c: char| c.is_ascii_digit());
    alt((
        (literal("#"), digits).take().map(|text| (TokenKind::Ordinal, text)),
        (literal("#"), rest).take().map(|text: &str| (TokenKind::Comment, text.trim_end())),
    ))
    .parse_next(input)
}

/// From one quote to the next that no `\` stands before, or to the end of the line.
fn quoted<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let escaped = preceded(literal("\\"), any).void();
    let plain = take_till(1.., ['"', '\\']).void();
    let inside = repeat::<_, _, (), _, _>(0.., alt((escaped, plain, literal("\\").void())));
    (literal("\""), inside, opt(literal("\"")))
        .take()
        .map(|text| (TokenKind::Text, text))
        .parse_next(input)
}

/// Whether quoted text ends with a quote of its own.
fn is_closed(text: &str) -> bool {
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inside.is_some_and(|inside| {
        let slashes = inside.len() - inside.trim_end_matches('\\').len();
        slashes.is_multiple_of(2)
    })
}

fn sign<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let compare = take_while(1.., ['<', '=', '>']);
    alt((literal("->"), literal("--"), literal(".."), literal("|"), compare))
        .map(|text| (TokenKind::Sign, text))
        .parse_next(input)
}

fn other<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    take_till(1.., char::is_whitespace).map(|text| (TokenKind::Other, text)).parse_next(input)
}

pub(super) type ParseResult<T> = std::result::Result<T, Box<Failure>>;

pub(super) struct Cursor<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    tried: Vec<&'static str>,
    /// The microseconds of the unit that a duration without one is in.
    pub(super) lent: Option<u64>,
}

impl<'a> Cursor<'a> {
    /// Of a line that says something.
    pub fn new(tokens: &'a [Token<'a>]) -> Self {
        Self { tokens, at: 0, tried: Vec::new(), lent: None }
    }

    /// As `new`, but that durations may leave out their unit, which has so many microseconds.
    pub fn lending(tokens: &'a [Token<'a>], micros: u64) -> Self {
        Self { lent: Some(micros), ..Self::new(tokens) }
    }

    pub fn peek(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at)
    }

    pub fn peek_second(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at + 1)
    }

    /// What is still ahead.
    pub fn ahead(&self) -> &'a [Token<'a>] {
        &self.tokens[self.at..]
    }

    pub fn advance(&mut self) {
        self.at += 1;
        self.tried.clear();
    }

    /// Takes the last token back: it belonged to what follows.
    pub fn retreat(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// The next token, if it is of this kind.
    pub fn take(&mut self, kind: TokenKind) -> Option<&'a Token<'a>> {
        let token = self.peek().filter(|token| token.kind == kind)?;
        self.advance();
        Some(token)
    }

    /// Whether the next token is this word or sign; if so it is passed.
    pub fn accept(&mut self, word: &'static str) -> bool {
        let here = self.peek().is_some_and(|token| token.text.eq_ignore_ascii_case(word));
        if here {
            self.advance();
        } else {
            self.tried.push(word);
        }
        here
    }

    /// The next token must be this word.
    pub fn expect(&mut self, word: &'static str) -> ParseResult<()> {
        if self.accept(word) { Ok(()) } else { Err(self.none_of_the_tried(false)) }
    }

    /// None of the words that were tried here stands here.
    pub fn none_of_the_tried(&self, or_end: bool) -> Box<Failure> {
        self.unexpected_among(
            ExpectedWords::Words { words: self.tried.clone(), or_end },
            &self.tried,
        )
    }

    /// Nothing more may follow.
    pub fn finish(&self) -> ParseResult<()> {
        if self.peek().is_none() { Ok(()) } else { Err(self.none_of_the_tried(true)) }
    }

    /// The next token must be a word of this kind.
    pub fn word_of(&mut self, kind: KeywordPosition) -> ParseResult<&'static Keyword> {
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

    /// Something else stands here, or nothing.
    pub fn unexpected(&self, expected: ExpectedWords) -> Box<Failure> {
        self.unexpected_among(expected, &[])
    }

    /// Likewise, where it can be meant for one of these words.
    pub fn unexpected_among(
        &self,
        expected: ExpectedWords,
        words: &[&'static str],
    ) -> Box<Failure> {
        let words = words.iter().copied();
        let nearest = self.peek().and_then(|it| keywords::suggestion_among(it.text, words));
        let found = self.peek().map(|token| clip(token.text));
        let nearest_text = nearest.map(str::to_owned);
        let span = self.here();
        let mend = nearest.map(|nearest| Suggestion::write(span.clone(), nearest));
        Failure::new(span, DiagnosticKind::Expected { expected, found, nearest: nearest_text })
            .corrected(mend)
    }

    /// The next token's place; at the end of the line, the empty place behind the last one.
    pub fn here(&self) -> Range<usize> {
        match self.peek() {
            Some(token) => token.span.clone(),
            None => {
                let end = self.tokens.last().map_or(0, |token| token.span.end);
                end..end
            }
        }
    }

    /// From the first token of the line to the last.
    pub fn whole(&self) -> Range<usize> {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// From this byte to the end of the token that was passed last.
    pub fn since(&self, start: usize) -> Range<usize> {
        let end = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..end.map_or(start, |token| token.span.end.max(start))
    }
}

/// A word that is none of its kind, with a mend where one is near.
pub(super) fn unknown(
    kind: KeywordPosition,
    token: &Token<'_>,
    nearest: Option<&str>,
) -> Box<Failure> {
    let word = clip(token.text);
    let trouble = DiagnosticKind::Unknown { kind, word, nearest: nearest.map(str::to_owned) };
    let mend = nearest.map(|nearest| Suggestion::write(token.span.clone(), nearest));
    Failure::new(token.span.clone(), trouble).corrected(mend)
}
