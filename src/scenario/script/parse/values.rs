//! Parses values: processes, links, instants, latencies, text, and exact numbers. Durations are exact to
//! the microsecond, rates to the millionth; no float is involved.

use super::tokens::{Cursor, ParseResult, TokenKind};
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure, Suggestion, clip};
use crate::scenario::keywords::{self, KeywordMeaning, KeywordPosition};
use crate::scenario::{Drift, Latency, Links, Rate, limits};
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::ops::Range;
use std::str::FromStr;

impl<'a> Cursor<'a> {
    /// The next token as a number, without taking it.
    fn peek_number(&self) -> Option<NumberParts<'a>> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Number)?;
        Some(NumberParts::of(token.text, token.span.clone()))
    }

    /// Takes a number and converts it, or fails.
    fn number<T>(
        &mut self,
        expected: ExpectedWords,
        make: impl FnOnce(&NumberParts<'a>) -> ParseResult<T>,
    ) -> ParseResult<T> {
        let Some(number) = self.peek_number() else { return Err(self.unexpected(expected)) };
        let value = make(&number)?;
        self.advance();
        Ok(value)
    }

    pub(crate) fn rank(&mut self) -> ParseResult<Rank> {
        self.number(ExpectedWords::Process, NumberParts::rank)
    }

    /// `1 2 3`, with optional commas; an empty list is an error. The list ends before a number with a unit,
    /// and before one that two dots follow.
    pub(crate) fn ranks(&mut self) -> ParseResult<Vec<Rank>> {
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

    /// As `ranks`, for lists in which no process is named twice, so that they have at most 64 ranks.
    pub(crate) fn few_ranks(&mut self) -> ParseResult<Vec<Rank>> {
        let start = self.here().start;
        let ranks = self.ranks()?;
        if ranks.len() > limits::MOST_PROCESSES {
            let error = DiagnosticKind::TooManyNamed { found: ranks.len() };
            return Err(Failure::new(self.since(start), error));
        }
        Ok(ranks)
    }

    /// Skips a comma between two numbers.
    fn forgive_comma(&mut self) {
        let comma = self.peek().is_some_and(|token| token.kind == TokenKind::Comma);
        let number = |token: &super::tokens::Token| token.kind == TokenKind::Number;
        if comma && self.peek_second().is_some_and(number) {
            self.advance();
        }
    }

    pub(crate) fn leader(&mut self) -> ParseResult<Option<Rank>> {
        if self.accept("none") {
            return Ok(None);
        }
        if self.peek_number().is_none() {
            return Err(self.unexpected_among(ExpectedWords::Leader, &["none"]));
        }
        self.number(ExpectedWords::Leader, NumberParts::rank).map(Some)
    }

    pub(crate) fn duration(&mut self) -> ParseResult<Duration> {
        let lent = self.lent;
        self.number(ExpectedWords::Duration, |number| number.duration(lent))
    }

    pub(crate) fn instant(&mut self) -> ParseResult<Time> {
        let lent = self.lent;
        self.number(ExpectedWords::Instant, |number| number.duration(lent))
            .map(Duration::from_start)
    }

    /// The instant after this word, if the word follows.
    pub(crate) fn instant_after(&mut self, word: &'static str) -> ParseResult<Option<Time>> {
        if self.accept(word) { self.instant().map(Some) } else { Ok(None) }
    }

    pub(crate) fn percentage(&mut self) -> ParseResult<Rate> {
        match self.peek_number() {
            Some(number) if !number.may_be_percentage() => {
                Err(self.unexpected(ExpectedWords::Percentage))
            }
            _ => self.number(ExpectedWords::Percentage, NumberParts::percentage),
        }
    }

    /// `+2%`, `-0.5%`; without a sign, longer.
    pub(crate) fn drift(&mut self) -> ParseResult<Drift> {
        let Some(token) = self.peek() else { return Err(self.unexpected(ExpectedWords::Drift)) };
        let digits = token.text.strip_prefix(['+', '-']).unwrap_or(token.text);
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.unexpected(ExpectedWords::Drift));
        }
        let start = token.span.end - digits.len();
        let rate = NumberParts::of(digits, start..token.span.end).percentage()?;
        let ppm = rate.as_ppm().cast_signed();
        let drift = Drift::ppm(if token.text.starts_with('-') { -ppm } else { ppm });
        let drift = drift.ok_or_else(|| {
            let found = clip(token.text);
            Failure::new(token.span.clone(), DiagnosticKind::TooMuchDrift { found })
        })?;
        self.advance();
        Ok(drift)
    }

    /// Whether ranks are next, as in `every 3 200ms`, and no interval that lacks its unit.
    pub(crate) fn names_processes(&self) -> bool {
        self.peek_number().is_some_and(|number| number.is_bare())
            && self.peek_second().is_none_or(|token| !token.text.eq_ignore_ascii_case("from"))
    }

    pub(crate) fn requests(&mut self) -> ParseResult<u32> {
        self.number(ExpectedWords::Requests, NumberParts::per_second)
    }

    pub(crate) fn count<T: FromStr>(&mut self) -> ParseResult<T> {
        match self.peek_number() {
            Some(number) if number.is_bare() => {
                self.number(ExpectedWords::Number, NumberParts::count)
            }
            _ => Err(self.unexpected(ExpectedWords::Number)),
        }
    }

    /// `80ms`, `10..20ms` or `10ms..20ms`.
    pub(crate) fn latency(&mut self) -> ParseResult<Latency> {
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
            let suggestion = Latency::new(hi, lo)
                .map(|turned| Suggestion::write(span.clone(), &turned.to_string()));
            Failure::new(span, DiagnosticKind::LatencyBackwards { lo, hi }).corrected(suggestion)
        })
    }

    /// Whether links precede the value.
    fn links_ahead(&self) -> bool {
        let two_numbers = [self.peek(), self.peek_second()]
            .iter()
            .all(|token| token.is_some_and(|token| token.kind == TokenKind::Number));
        two_numbers || self.ahead().iter().any(|token| matches!(token.text, "->" | "--"))
    }

    /// The links before a value, if there are any.
    pub(crate) fn links_if_named(&mut self) -> ParseResult<Option<Links>> {
        if !self.links_ahead() {
            return Ok(None);
        }
        let mut links = self.links()?;
        // A value must follow, so the last of several numbers is the value without its unit.
        if self.peek().is_none() && links.to.len() > 1 {
            links.to.pop();
            self.retreat();
        }
        Ok(Some(links))
    }

    /// `1->2`, `1--2`, `1 2 3 -> 4 5 6`.
    pub(crate) fn links(&mut self) -> ParseResult<Links> {
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
    pub(crate) fn ordinal(&mut self) -> ParseResult<u32> {
        let Some(token) = self.take(TokenKind::Ordinal) else {
            return Err(self.unexpected(ExpectedWords::Ordinal));
        };
        token.text[1..].parse().map_err(|_| {
            Failure::new(token.span.clone(), DiagnosticKind::TooLarge { found: clip(token.text) })
        })
    }

    /// `in orders`, with the span of the name.
    pub(crate) fn group_if_named(&mut self) -> ParseResult<Option<(String, Range<usize>)>> {
        if !self.accept("in") {
            return Ok(None);
        }
        let span = self.here();
        Ok(Some((self.group_name()?, span)))
    }

    /// A group's name, which can be any word here; the checks of the scenario are stricter.
    pub(crate) fn group_name(&mut self) -> ParseResult<String> {
        let Some(token) = self.take(TokenKind::Word) else {
            return Err(self.unexpected(ExpectedWords::GroupName));
        };
        Ok(token.text.to_owned())
    }

    /// Text in quotes, without the quotes. A suggestion quotes text without them.
    pub(crate) fn text(&mut self) -> ParseResult<String> {
        let Some(token) = self.take(TokenKind::Text) else {
            let failure = self.unexpected(ExpectedWords::Text);
            if self.peek().is_none() {
                return Err(failure);
            }
            let span = self.here().start..self.whole().end;
            let words: Vec<&str> = self.ahead().iter().map(|token| token.text).collect();
            let quoted = format!("\"{}\"", words.join(" ").replace(['"', '\\'], ""));
            let suggestion =
                Suggestion { label: "put it in quotes".to_owned(), span, replacement: quoted };
            return Err(failure.corrected(Some(suggestion)));
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

/// A number in three parts: `1`, `5` and `s` of `1.5s`.
pub(crate) struct NumberParts<'a> {
    text: &'a str,
    span: Range<usize>,
    whole: &'a str,
    decimals: &'a str,
    unit: &'a str,
}

impl<'a> NumberParts<'a> {
    pub(crate) fn of(text: &'a str, span: Range<usize>) -> Self {
        let not_a_digit = |c: char| !c.is_ascii_digit();
        let (whole, rest) = text.split_at(text.find(not_a_digit).unwrap_or(text.len()));
        let (decimals, unit) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(rest.find(not_a_digit).unwrap_or(rest.len())),
            None => ("", rest),
        };
        Self { text, span, whole, decimals: decimals.trim_end_matches('0'), unit }
    }

    /// Digits alone.
    pub(crate) fn is_bare(&self) -> bool {
        self.whole.len() == self.text.len()
    }

    /// Whether it has a percent sign, or something that may mean one.
    pub(crate) fn may_be_percentage(&self) -> bool {
        matches!(self.unit, "" | "%")
            || keywords::meaning(KeywordPosition::Unit, self.unit) == Some("%")
    }

    /// A duration, with its own unit or the default one.
    pub(crate) fn duration(&self, lent: Option<u64>) -> ParseResult<Duration> {
        let micros = match self.unit {
            "" => lent.ok_or_else(|| self.no_unit())?,
            unit => unit_of_time(unit).ok_or_else(|| self.unknown_unit())?,
        };
        let too_fine = || self.fail(DiagnosticKind::TooFine { found: self.clipped() });
        self.scaled(micros, too_fine).map(Duration::us)
    }

    /// The microseconds of its unit, if that is one of time.
    pub(crate) fn micros(&self) -> Option<u64> {
        unit_of_time(self.unit)
    }

    pub(crate) fn percentage(&self) -> ParseResult<Rate> {
        if self.unit != "%" {
            return Err(self.no_percent());
        }
        let too_fine = || self.fail(DiagnosticKind::PercentTooFine { found: self.clipped() });
        let ppm = self.scaled(10_000, too_fine)?;
        let rate = u32::try_from(ppm).ok().and_then(Rate::ppm);
        rate.ok_or_else(|| self.fail(DiagnosticKind::OverPercent { found: self.clipped() }))
    }

    /// The failure for a rate without a percent sign. Below 1 it is a fraction, as in other programs: `0.01`
    /// is `1%`. A 1 is ambiguous.
    fn no_percent(&self) -> Box<Failure> {
        let found = self.clipped();
        let number = self.number();
        let fraction = || self.scaled(1_000_000, || self.too_large()).ok();
        let fraction = fraction().and_then(|ppm| Rate::ppm(u32::try_from(ppm).ok()?));
        let meant = match fraction {
            _ if !self.unit.is_empty() => format!("{number}%"),
            Some(Rate::ALWAYS) => {
                let meant = ["1%".to_owned(), Rate::ALWAYS.to_string()];
                return self.fail(DiagnosticKind::Ambiguous { found, meant });
            }
            Some(rate) => rate.to_string(),
            None => format!("{number}%"),
        };
        let suggestion = Suggestion::write(self.span.clone(), &meant);
        let meant = clip(&meant);
        self.fail(DiagnosticKind::NoPercent { found, meant }).corrected(Some(suggestion))
    }

    /// A number per second.
    pub(crate) fn per_second(&self) -> ParseResult<u32> {
        let is_whole = !self.number().contains('.');
        if self.unit.eq_ignore_ascii_case("/s") && is_whole {
            return self.whole.parse().map_err(|_| self.too_large());
        }
        let is_meant = self.unit.is_empty()
            || keywords::meaning(KeywordPosition::Unit, self.unit) == Some("/s");
        let meant = (is_whole && is_meant).then(|| format!("{}/s", self.whole));
        let suggestion = meant.as_ref().map(|meant| Suggestion::write(self.span.clone(), meant));
        let meant = meant.as_deref().map(clip);
        Err(self
            .fail(DiagnosticKind::NotPerSecond { found: self.clipped(), meant })
            .corrected(suggestion))
    }

    /// The number without its unit.
    fn number(&self) -> &'a str {
        &self.text[..self.text.len() - self.unit.len()]
    }

    pub(crate) fn rank(&self) -> ParseResult<Rank> {
        let rank = self.whole.parse().ok().filter(|_| self.is_bare()).and_then(Rank::new);
        rank.ok_or_else(|| self.fail(DiagnosticKind::NoRank { found: self.clipped() }))
    }

    /// A whole number that fits into the type.
    pub(crate) fn count<T: std::str::FromStr>(&self) -> ParseResult<T> {
        self.whole.parse().map_err(|_| self.too_large())
    }

    /// The value, exactly, in a unit that is `finer` times smaller.
    fn scaled(&self, finer: u64, too_fine: impl Fn() -> Box<Failure>) -> ParseResult<u64> {
        let whole: u64 = self.whole.parse().map_err(|_| self.too_large())?;
        let whole = whole.checked_mul(finer).ok_or_else(|| self.too_large())?;
        // The largest factor is sixty million, so with more than nine decimals the result is no whole number.
        if self.decimals.len() > 9 {
            return Err(too_fine());
        }
        let ten_to_the = 10_u64.pow(self.decimals.len() as u32);
        let part = self.decimals.parse::<u64>().unwrap_or(0) * finer;
        if !part.is_multiple_of(ten_to_the) {
            return Err(too_fine());
        }
        whole.checked_add(part / ten_to_the).ok_or_else(|| self.too_large())
    }

    /// The failure for a duration without a unit. A fraction is ambiguous: it may be of milliseconds or of
    /// seconds.
    fn no_unit(&self) -> Box<Failure> {
        let found = self.clipped();
        if self.text.contains('.') {
            let meant = ["ms", "s"].map(|unit| format!("{found}{unit}"));
            return self.fail(DiagnosticKind::Ambiguous { found, meant });
        }
        let suggestion = Suggestion::write(self.span.clone(), &format!("{}ms", self.text));
        self.fail(DiagnosticKind::NoUnit { found }).corrected(Some(suggestion))
    }

    fn unknown_unit(&self) -> Box<Failure> {
        let is_time = |unit: &&str| unit_of_time(unit).is_some();
        let meant = keywords::meaning(KeywordPosition::Unit, self.unit).filter(is_time);
        let written = meant.map(|unit| format!("{}{unit}", self.number()));
        let suggestion = written.map(|written| Suggestion::write(self.span.clone(), &written));
        self.fail(DiagnosticKind::UnknownUnit { unit: clip(self.unit) }).corrected(suggestion)
    }

    fn too_large(&self) -> Box<Failure> {
        self.fail(DiagnosticKind::TooLarge { found: self.clipped() })
    }

    fn fail(&self, error: DiagnosticKind) -> Box<Failure> {
        Failure::new(self.span.clone(), error)
    }

    fn clipped(&self) -> String {
        clip(self.text)
    }
}

/// The microseconds of a unit of time.
fn unit_of_time(unit: &str) -> Option<u64> {
    let word = keywords::find(KeywordPosition::Unit, unit)?;
    if let KeywordMeaning::Micros(micros) = word.key { Some(micros) } else { None }
}
