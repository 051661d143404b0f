//! What stands between the words of a statement: processes, links, instants, latencies, text.

use super::cursor::{Cursor, Result};
use super::number::NumberParts;
use super::token::TokenKind;
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure, Suggestion, clip};
use crate::scenario::{Latency, Links, Rate, limits};
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::str::FromStr;

impl<'a> Cursor<'a> {
    /// The next token as a number, not yet passed.
    fn peek_number(&self) -> Option<NumberParts<'a>> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Number)?;
        Some(NumberParts::of(token.text, token.span.clone()))
    }

    /// The next token must be a number, and what is made of it must succeed.
    fn number<T>(
        &mut self,
        expected: ExpectedWords,
        make: impl FnOnce(&NumberParts<'a>) -> Result<T>,
    ) -> Result<T> {
        let Some(number) = self.peek_number() else { return Err(self.unexpected(expected)) };
        let value = make(&number)?;
        self.advance();
        Ok(value)
    }

    pub fn rank(&mut self) -> Result<Rank> {
        self.number(ExpectedWords::Process, NumberParts::rank)
    }

    /// `1 2 3`, commas forgiven; none at all is an error. A number with a unit ends the list, and
    /// so does one that two dots follow.
    pub fn ranks(&mut self) -> Result<Vec<Rank>> {
        let mut ranks = vec![self.rank()?];
        loop {
            self.forgive_comma();
            let goes_on = self.peek_number().is_some_and(|number| number.is_bare())
                && self.peek_second().is_none_or(|token| token.text != "..");
            if !goes_on {
                return Ok(ranks);
            }
            ranks.push(self.rank()?);
        }
    }

    /// As `ranks`, where no process can sensibly be named twice, so that there are 64 at most.
    pub fn few_ranks(&mut self) -> Result<Vec<Rank>> {
        let start = self.here().start;
        let ranks = self.ranks()?;
        if ranks.len() > limits::MOST_PROCESSES {
            let trouble = DiagnosticKind::TooManyNamed { found: ranks.len() };
            return Err(Failure::new(self.since(start), trouble));
        }
        Ok(ranks)
    }

    /// A comma between two numbers says nothing.
    fn forgive_comma(&mut self) {
        let comma = self.peek().is_some_and(|token| token.kind == TokenKind::Comma);
        let number = |token: &super::token::Token| token.kind == TokenKind::Number;
        if comma && self.peek_second().is_some_and(number) {
            self.advance();
        }
    }

    pub fn leader(&mut self) -> Result<Option<Rank>> {
        if self.accept("none") {
            return Ok(None);
        }
        if self.peek_number().is_none() {
            return Err(self.unexpected_among(ExpectedWords::Leader, &["none"]));
        }
        self.number(ExpectedWords::Leader, NumberParts::rank).map(Some)
    }

    pub fn duration(&mut self) -> Result<Duration> {
        let lent = self.lent;
        self.number(ExpectedWords::Duration, |number| number.duration(lent))
    }

    pub fn instant(&mut self) -> Result<Time> {
        let lent = self.lent;
        self.number(ExpectedWords::Instant, |number| number.duration(lent))
            .map(Duration::from_start)
    }

    /// The instant behind this word, if the word is there.
    pub fn instant_after(&mut self, word: &'static str) -> Result<Option<Time>> {
        if self.accept(word) { self.instant().map(Some) } else { Ok(None) }
    }

    pub fn percentage(&mut self) -> Result<Rate> {
        match self.peek_number() {
            Some(number) if !number.may_be_percentage() => {
                Err(self.unexpected(ExpectedWords::Percentage))
            }
            _ => self.number(ExpectedWords::Percentage, NumberParts::percentage),
        }
    }

    pub fn requests(&mut self) -> Result<u32> {
        self.number(ExpectedWords::Requests, NumberParts::per_second)
    }

    pub fn count<T: FromStr>(&mut self) -> Result<T> {
        match self.peek_number() {
            Some(number) if number.is_bare() => {
                self.number(ExpectedWords::Number, NumberParts::count)
            }
            _ => Err(self.unexpected(ExpectedWords::Number)),
        }
    }

    /// `80ms`, `10..20ms` or `10ms..20ms`.
    pub fn latency(&mut self) -> Result<Latency> {
        let start = self.here().start;
        let Some(first) = self.peek_number() else {
            return Err(self.unexpected(ExpectedWords::Latency));
        };
        if self.peek_second().is_none_or(|token| token.text != "..") {
            let only = self.duration()?;
            return Ok(Latency::new(only, only).unwrap_or(Latency::DEFAULT));
        }
        self.advance();
        self.advance();
        let lent = self.peek_number().and_then(|last| last.micros()).or(self.lent);
        let hi = self.duration()?;
        let lo = first.duration(lent)?;
        Latency::new(lo, hi).ok_or_else(|| {
            let span = self.since(start);
            let mend = Latency::new(hi, lo)
                .map(|turned| Suggestion::write(span.clone(), &turned.to_string()));
            Failure::new(span, DiagnosticKind::LatencyBackwards { lo, hi }).corrected(mend)
        })
    }

    /// Whether links are named before what is said of them.
    fn links_ahead(&self) -> bool {
        let two_numbers = [self.peek(), self.peek_second()]
            .iter()
            .all(|token| token.is_some_and(|token| token.kind == TokenKind::Number));
        two_numbers || self.ahead().iter().any(|token| matches!(token.text, "->" | "--"))
    }

    /// The links that something is said of, if any are named.
    pub fn links_if_named(&mut self) -> Result<Option<Links>> {
        if !self.links_ahead() {
            return Ok(None);
        }
        let mut links = self.links()?;
        // Something must follow, so the last of several numbers is what lacks its unit.
        if self.peek().is_none() && links.to.len() > 1 {
            links.to.pop();
            self.retreat();
        }
        Ok(Some(links))
    }

    /// `1->2`, `1--2`, `1 2 3 -> 4 5 6`.
    pub fn links(&mut self) -> Result<Links> {
        let from = self.few_ranks()?;
        let both = match self.peek().map(|token| token.text) {
            Some("->") => false,
            Some("--") => true,
            _ => return Err(self.unexpected(ExpectedWords::Arrow)),
        };
        self.advance();
        Ok(Links { from, to: self.few_ranks()?, both })
    }

    /// `#1`
    pub fn ordinal(&mut self) -> Result<u32> {
        let Some(token) = self.take(TokenKind::Ordinal) else {
            return Err(self.unexpected(ExpectedWords::Ordinal));
        };
        token.text[1..].parse().map_err(|_| {
            Failure::new(token.span.clone(), DiagnosticKind::TooLarge { found: clip(token.text) })
        })
    }

    /// Any word can be a group's name; whether it makes a good one is checked with the rest.
    pub fn group_name(&mut self) -> Result<String> {
        let Some(token) = self.take(TokenKind::Word) else {
            return Err(self.unexpected(ExpectedWords::GroupName));
        };
        Ok(token.text.to_owned())
    }

    /// Text in quotes, without them. What stands there unquoted can be mended.
    pub fn text(&mut self) -> Result<String> {
        let Some(token) = self.take(TokenKind::Text) else {
            let failure = self.unexpected(ExpectedWords::Text);
            if self.peek().is_none() {
                return Err(failure);
            }
            let span = self.here().start..self.whole().end;
            let words: Vec<&str> = self.ahead().iter().map(|token| token.text).collect();
            let quoted = format!("\"{}\"", words.join(" ").replace(['"', '\\'], ""));
            let mend =
                Suggestion { label: "put it in quotes".to_owned(), span, replacement: quoted };
            return Err(failure.corrected(Some(mend)));
        };
        let inside = &token.text[1..token.text.len() - 1];
        let mut text = String::with_capacity(inside.len());
        let mut letters = inside.char_indices();
        while let Some((at, letter)) = letters.next() {
            let meant = match letter {
                '\\' => letters.next().map(|(_, meant)| meant),
                _ => Some(letter),
            };
            match meant {
                Some(meant) if letter != '\\' || matches!(meant, '"' | '\\') => text.push(meant),
                _ => {
                    let escape: String = inside[at..].chars().take(2).collect();
                    let start = token.span.start + 1 + at;
                    let span = start..start + escape.len();
                    return Err(Failure::new(span, DiagnosticKind::UnknownEscape { escape }));
                }
            }
        }
        Ok(text)
    }
}
