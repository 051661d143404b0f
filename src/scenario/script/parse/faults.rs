//! Parses the lines of the timeline: `at T …` and `every T from T …`.

use super::super::statement::{Statement, WithGroup};
use super::tokens::{Cursor, ParseResult};
use crate::scenario::diagnostic::{DiagnosticKind, Failure};
use crate::scenario::keywords::{KeywordMeaning, KeywordPosition};
use crate::scenario::{
    FaultArguments, FaultField, FaultKind, FaultTime, Links, TimelineEntry, limits,
};
use crate::types::Rank;
use std::borrow::Cow;

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
