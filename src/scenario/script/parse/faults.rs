//! Parses the lines of the timeline, `at T …` and `every T from T …`, and overrides: what is fixed of one message or timer.

use super::super::statement::{Statement, WithGroup};
use super::tokens::{Cursor, ParseResult};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure};
use crate::scenario::keywords::{KeywordMeaning, KeywordPosition};
use crate::scenario::{
    FaultArguments, FaultField, FaultKind, FaultTime, Links, Override, OverrideField, OverrideKind,
    TimelineEntry, limits,
};
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use std::borrow::Cow;
use std::ops::Range;

impl Cursor<'_> {
    /// `100ms crash 6`
    pub(crate) fn dated(&mut self) -> ParseResult<WithGroup> {
        let at = self.instant()?;
        let kind = self.fault_kind()?;
        self.fault(FaultTime::At(at), kind)
    }

    /// `500ms from 1s until 5s crash 6`
    pub(crate) fn repeated(&mut self) -> ParseResult<WithGroup> {
        let every = self.duration()?;
        self.expect("from")?;
        let from = self.instant()?;
        let until = self.instant_after("until")?;
        let span = self.here();
        let kind = self.fault_kind()?;
        if kind.repeats() {
            return Err(Failure::new(span, DiagnosticKind::FlapRepeats));
        }
        self.fault(FaultTime::Every { every, from, until }, kind)
    }

    fn fault_kind(&mut self) -> ParseResult<FaultKind> {
        // The table of words has nothing else here.
        let KeywordMeaning::Fault(kind) = self.word_of(KeywordPosition::Fault)?.key else {
            return Err(self.none_of_the_tried(false));
        };
        Ok(kind)
    }

    /// The arguments behind the keyword.
    fn fault(&mut self, when: FaultTime, kind: FaultKind) -> ParseResult<WithGroup> {
        let mut arguments = FaultArguments::default();
        let mut group = None;
        let fields = kind.row().fields;
        for (place, field) in fields.iter().enumerate() {
            match field {
                FaultField::Processes => arguments.processes = self.ranks()?.into(),
                FaultField::Process => arguments.processes = vec![self.rank()?].into(),
                FaultField::Group => group = self.group_if_named()?,
                FaultField::Span => {
                    self.expect("for")?;
                    arguments.span = Some(self.duration()?);
                }
                FaultField::Down => {
                    self.expect("down")?;
                    arguments.down = Some(self.duration()?);
                }
                FaultField::Up => {
                    self.expect("up")?;
                    arguments.up = Some(self.duration()?);
                }
                FaultField::Until => arguments.until = self.instant_after("until")?,
                FaultField::Sides => arguments.sides = self.sides()?.into(),
                FaultField::Links => arguments.links = Some(Cow::Owned(self.links()?)),
                FaultField::LinksOrAll => {
                    let is_last = place + 1 == fields.len();
                    arguments.links = self.links_or_all(is_last)?.map(Cow::Owned);
                }
                FaultField::Latency => arguments.latency = Some(self.latency()?),
                FaultField::Rate => arguments.rate = Some(self.percentage()?),
            }
        }
        let entry = TimelineEntry::new(when, kind, arguments);
        let (group, span) = group.unzip();
        Ok((Statement::Entry { entry, group }, span))
    }

    fn links_or_all(&mut self, is_last: bool) -> ParseResult<Option<Links>> {
        match is_last {
            true if self.peek().is_none() => Ok(None),
            true => self.links().map(Some),
            false => self.links_if_named(),
        }
    }

    /// `1 2 3 | 4 5 6`; whether the sides fit together is checked with the rest.
    fn sides(&mut self) -> ParseResult<Vec<Vec<Rank>>> {
        let start = self.here().start;
        let mut sides = vec![self.ranks()?];
        while self.accept("|") {
            sides.push(self.ranks()?);
        }
        let found = sides.iter().map(Vec::len).sum();
        if found > limits::MOST_PROCESSES {
            return Err(Failure::new(self.since(start), DiagnosticKind::TooManyNamed { found }));
        }
        // A list that continues with anything but `|` is reported here instead of by a later check.
        if sides.len() < 2 {
            return Err(self.none_of_the_tried(false));
        }
        Ok(sides)
    }
}

impl Cursor<'_> {
    /// `Election 3->5 #1 lost`, `Election 3->5 #1 copy arrives 200ms in orders`
    pub(crate) fn message_override(&mut self) -> ParseResult<WithGroup> {
        // The table of words has nothing else here, nor below.
        let KeywordMeaning::Message(kind) = self.word_of(KeywordPosition::Message)?.key else {
            return Err(self.none_of_the_tried(false));
        };
        let from = self.rank()?;
        if self.peek().is_none_or(|token| token.text != "->") {
            return Err(self.unexpected(ExpectedWords::Words { words: vec!["->"], or_end: false }));
        }
        self.advance();
        let to = self.rank()?;
        let nth = self.ordinal()?;
        let copy = self.accept("copy");
        let before = self.group_if_named()?;
        let KeywordMeaning::Override(fixed) = self.word_of(KeywordPosition::Fate)?.key else {
            return Err(self.none_of_the_tried(false));
        };
        let name = MessageId { group: GroupId::MAIN, kind, from, to, nth, copy };
        self.override_of(fixed, ChoiceId::Message(name), before)
    }

    /// `alive 3 #1 fires 230ms`
    pub(crate) fn timer_override(&mut self) -> ParseResult<WithGroup> {
        let KeywordMeaning::Timer(timer) = self.word_of(KeywordPosition::Timer)?.key else {
            return Err(self.none_of_the_tried(false));
        };
        let of = self.rank()?;
        let nth = self.ordinal()?;
        let before = self.group_if_named()?;
        self.expect(OverrideKind::Timer.row().keyword)?;
        let name = TimerId { group: GroupId::MAIN, timer, of, nth };
        self.override_of(OverrideKind::Timer, ChoiceId::Timer(name), before)
    }

    /// What stands behind the keyword.
    fn override_of(
        &mut self,
        kind: OverrideKind,
        choice: ChoiceId,
        before: Option<(String, Range<usize>)>,
    ) -> ParseResult<WithGroup> {
        let (mut at, mut by) = (Time::ZERO, Duration::ZERO);
        for field in kind.row().fields {
            match field {
                OverrideField::At => at = self.instant()?,
                OverrideField::By => by = self.duration()?,
                OverrideField::Message | OverrideField::Copy | OverrideField::Timer => {}
            }
        }
        let Some(edit) = Override::new(kind, choice, at, by) else {
            return Err(self.none_of_the_tried(false));
        };
        let group = match before {
            Some(group) => Some(group),
            None => self.group_if_named()?,
        };
        let (group, span) = group.unzip();
        Ok((Statement::Override { edit, group }, span))
    }
}
