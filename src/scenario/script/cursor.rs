//! A walk over the tokens of one line, and what it says where they end or do not fit.
//!
//! It remembers the words that it tried in vain where it stands, so that an error can name them.

use super::token::{Token, TokenKind};
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure, Suggestion, clip};
use crate::scenario::keywords::{self, Keyword, KeywordPosition};
use std::ops::Range;

pub(super) type Result<T> = std::result::Result<T, Box<Failure>>;

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
    pub fn expect(&mut self, word: &'static str) -> Result<()> {
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
    pub fn finish(&self) -> Result<()> {
        if self.peek().is_none() { Ok(()) } else { Err(self.none_of_the_tried(true)) }
    }

    /// The next token must be a word of this kind.
    pub fn word_of(&mut self, kind: KeywordPosition) -> Result<&'static Keyword> {
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
