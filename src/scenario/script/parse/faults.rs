//! Parses the lines of the timeline: `at T …` and `every T from T …`.

use super::super::statement::{Statement, WithGroup};
use super::tokens::{Cursor, ParseResult};
use crate::scenario::diagnostic::{DiagnosticKind, Failure};
use crate::scenario::keywords::{KeywordMeaning, KeywordPosition};
use crate::scenario::{Fault, FaultTime, TimelineEntry, limits};
use crate::time::Time;

impl Cursor<'_> {
    /// `100ms crash 6`
    pub fn dated(&mut self) -> ParseResult<WithGroup> {
        let at = self.instant()?;
        let key = self.word_of(KeywordPosition::Fault)?.key;
        if key == KeywordMeaning::Flap {
            let entry = self.flap(at)?;
            return Ok((Statement::Entry { entry, group: None }, None));
        }
        self.fault(FaultTime::At(at), key)
    }

    /// `500ms from 1s until 5s crash 6`
    pub fn repeated(&mut self) -> ParseResult<WithGroup> {
        let every = self.duration()?;
        self.expect("from")?;
        let from = self.instant()?;
        let until = self.instant_after("until")?;
        let span = self.here();
        let key = self.word_of(KeywordPosition::Fault)?.key;
        if key == KeywordMeaning::Flap {
            return Err(Failure::new(span, DiagnosticKind::FlapRepeats));
        }
        self.fault(FaultTime::Every { every, from, until }, key)
    }

    /// `6 down 200ms up 400ms`
    fn flap(&mut self, at: Time) -> ParseResult<TimelineEntry> {
        let process = self.rank()?;
        self.expect("down")?;
        let down = self.duration()?;
        self.expect("up")?;
        let up = self.duration()?;
        Ok(TimelineEntry::Flap { at, process, down, up, until: self.instant_after("until")? })
    }

    fn fault(&mut self, when: FaultTime, key: KeywordMeaning) -> ParseResult<WithGroup> {
        let mut within = None;
        let fault = match key {
            KeywordMeaning::Recover => Fault::Recover(self.ranks()?),
            KeywordMeaning::Suspect => {
                let processes = self.ranks()?;
                within = self.group_if_named()?;
                Fault::Suspect { processes, group: None }
            }
            KeywordMeaning::Pause => {
                let processes = self.ranks()?;
                self.expect("for")?;
                Fault::Pause { processes, span: self.duration()? }
            }
            KeywordMeaning::Resume => Fault::Resume(self.ranks()?),
            KeywordMeaning::Partition => self.partition()?,
            KeywordMeaning::Cut => Fault::Cut(self.links()?),
            KeywordMeaning::Heal if self.peek().is_none() => Fault::Heal(None),
            KeywordMeaning::Heal => Fault::Heal(Some(self.links()?)),
            KeywordMeaning::Latency => {
                let links = self.links_if_named()?;
                Fault::Latency { links, latency: self.latency()? }
            }
            KeywordMeaning::Loss => {
                let links = self.links_if_named()?;
                Fault::Loss { links, rate: self.percentage()? }
            }
            _ => Fault::Crash(self.ranks()?),
        };
        let (group, span) = within.unzip();
        Ok((Statement::Entry { entry: TimelineEntry::Fault { when, fault }, group }, span))
    }

    /// `1 2 3 | 4 5 6`; the checks of the scenario test whether the sides are valid.
    fn partition(&mut self) -> ParseResult<Fault> {
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
        Ok(Fault::Partition(sides))
    }
}
