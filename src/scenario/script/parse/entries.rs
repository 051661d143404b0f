//! Parses the lines of the timeline, `at T …` and `every T from T …`; overrides: what is fixed of one message or
//! timer; and what follows `expect`: the words of a condition, its fields, its time, the runs that it is about and its
//! group.

use super::super::statement::{Statement, WithGroup};
use super::tokens::{Cursor, ParseResult, Token, TokenKind, unknown};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure, Suggestion};
use crate::scenario::keywords::{self, KeywordMeaning, KeywordPosition};
use crate::scenario::{
    AddedFaults, Comparison, Condition, ConditionField, ConditionKind, ConditionTime,
    ConditionTimes, ConditionValues, ExpectedRuns, FaultArguments, FaultField, FaultKind,
    FaultTime, Links, MoveKinds, Override, OverrideField, OverrideKind, Rate, TimeForm,
    TimelineEntry, limits,
};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};
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

impl Cursor<'_> {
    /// `leader 5 by 500ms`, `1 follows 5 at 2s`, `no split brain after 1s in orders`,
    /// `always agreement with 2 faults of crash lose`, `in 99% of seeds leader 5 by 1.5s`
    pub(crate) fn expectation(&mut self) -> ParseResult<WithGroup> {
        let start = self.here().start;
        let share = if self.accept("in") { Some(self.share_of_seeds()?) } else { None };
        let always = self.here();
        let is_always = self.accept("always");
        if is_always && share.is_some() {
            return Err(Failure::new(always, DiagnosticKind::AlwaysInSeeds));
        }
        let (condition, time) = self.condition()?;
        let runs = match (is_always, share) {
            (true, _) => {
                ExpectedRuns::WithFaults(self.added_faults(start, &format!("{condition}{time}"))?)
            }
            (false, Some(share)) => ExpectedRuns::InSeeds(share),
            (false, None) => self.no_added_faults(start).map(|()| ExpectedRuns::This)?,
        };
        let (group, span) = self.group_if_named()?.unzip();
        Ok((Statement::Expect { condition, time, runs, group }, span))
    }

    /// `99% of seeds`, more than nothing.
    fn share_of_seeds(&mut self) -> ParseResult<Rate> {
        let span = self.here();
        let share = self.percentage()?;
        if share == Rate::NEVER {
            return Err(Failure::new(span, DiagnosticKind::NoShareOfSeeds));
        }
        self.expect("of")?;
        self.expect("seeds")?;
        Ok(share)
    }

    fn condition(&mut self) -> ParseResult<(Condition, ConditionTime)> {
        let mut values = ConditionValues::DEFAULT;
        let has_subject = self.peek().is_some_and(|token| token.kind == TokenKind::Number);
        if has_subject {
            values.process = self.rank()?;
        }
        let kind = self.condition_kind(has_subject)?;
        for field in kind.row().fields {
            match field {
                ConditionField::Process => {}
                ConditionField::Leader => values.leader = self.leader()?,
                ConditionField::Followed => values.followed = self.rank()?,
                ConditionField::Message => values.message = self.message_kind()?,
                ConditionField::Compare => values.compare = self.compare()?,
                ConditionField::Count => values.count = self.count()?,
                ConditionField::Span => values.span = self.duration()?,
            }
        }
        Ok((kind.with(&values), self.condition_time(kind.row().times)?))
    }

    /// `with 2 faults of crash lose`; `start` is the place of `always`, and `plain` the text behind it.
    fn added_faults(&mut self, start: usize, plain: &str) -> ParseResult<AddedFaults> {
        if !self.accept("with") {
            let ends = self.peek().is_none_or(|token| token.text.eq_ignore_ascii_case("in"));
            return Err(if ends { self.lacks_faults() } else { self.none_of_the_tried(false) });
        }
        let number = self.here();
        let found: u64 = self.count()?;
        if !self.accept("fault") {
            self.expect("faults")?;
        }
        let kinds = if self.accept("of") { self.added_kinds()? } else { MoveKinds::ALL };
        let added = u8::try_from(found).ok().and_then(|most| AddedFaults::new(most, kinds));
        added.ok_or_else(|| {
            let suggestion = match found {
                0 => Suggestion::write(self.since(start), plain),
                _ => Suggestion::write(number.clone(), &limits::MOST_ADDED_FAULTS.to_string()),
            };
            Failure::new(number, DiagnosticKind::AddedFaults { found }).corrected(Some(suggestion))
        })
    }

    fn lacks_faults(&self) -> Box<Failure> {
        let end = self.since(0).end;
        let label = "write `with 1 fault`".to_owned();
        let suggestion =
            Suggestion { label, span: end..end, replacement: " with 1 fault".to_owned() };
        Failure::new(self.here(), DiagnosticKind::AlwaysWithoutFaults).corrected(Some(suggestion))
    }

    /// `crash lose cut`, with optional commas.
    fn added_kinds(&mut self) -> ParseResult<MoveKinds> {
        let mut kinds = MoveKinds::NONE;
        let mut before = self.since(0).end;
        loop {
            let span = self.here();
            let word = self.word_of(KeywordPosition::AddedFault)?;
            // The table of words has nothing else here.
            let KeywordMeaning::AddedFault(kind) = word.key else { return Ok(kinds) };
            if kinds.contains(kind) {
                let label = "leave it out".to_owned();
                let replaced = before..span.end;
                let suggestion = Suggestion { label, span: replaced, replacement: String::new() };
                let error = DiagnosticKind::GivenTwice { word: word.word.to_owned() };
                return Err(Failure::new(span, error).corrected(Some(suggestion)));
            }
            kinds = kinds.toggled(kind);
            before = span.end;
            let is_word = |token: &Token| token.kind == TokenKind::Word;
            if self.peek_second().is_some_and(is_word) {
                self.take(TokenKind::Comma);
            }
            let goes_on = |token: &Token| is_word(token) && !token.text.eq_ignore_ascii_case("in");
            if !self.peek().is_some_and(goes_on) {
                return Ok(kinds);
            }
        }
    }

    /// Without `always`, no faults are added.
    fn no_added_faults(&self, start: usize) -> ParseResult<()> {
        let Some(with) = self.peek().filter(|token| token.text.eq_ignore_ascii_case("with")) else {
            return Ok(());
        };
        let label = "write `always`".to_owned();
        let suggestion =
            Suggestion { label, span: start..start, replacement: "always ".to_owned() };
        let error = DiagnosticKind::FaultsWithoutAlways;
        Err(Failure::new(with.span.clone(), error).corrected(Some(suggestion)))
    }

    /// The condition that has these words. Where they are those of several, the one with the most.
    fn condition_kind(&mut self, has_subject: bool) -> ParseResult<ConditionKind> {
        let mut kinds: Vec<ConditionKind> = ConditionKind::ALL.to_vec();
        kinds.retain(|kind| kind.row().has_subject() == has_subject);
        for place in 0.. {
            let word_of = |kind: &ConditionKind| kind.row().word.split(' ').nth(place);
            let mut words: Vec<&'static str> = kinds.iter().filter_map(word_of).collect();
            words.dedup();
            match words.iter().find(|word| self.accept(word)) {
                Some(&word) => kinds.retain(|kind| word_of(kind) == Some(word)),
                None if place == 0 && !has_subject => {
                    words.extend(["always", "in"]);
                    return Err(self.no_condition(&words));
                }
                None => match kinds.iter().find(|kind| word_of(kind).is_none()) {
                    Some(kind) => return Ok(*kind),
                    None => break,
                },
            }
        }
        Err(self.none_of_the_tried(false))
    }

    /// None of the words that open a condition stands here.
    fn no_condition(&self, words: &[&'static str]) -> Box<crate::scenario::diagnostic::Failure> {
        let kind = KeywordPosition::Condition;
        match self.peek().filter(|token| token.kind == TokenKind::Word) {
            Some(token) => {
                let nearest = keywords::meaning(kind, token.text)
                    .or_else(|| keywords::nearest(token.text, words.iter().copied()));
                unknown(kind, token, nearest)
            }
            None => self.unexpected(ExpectedWords::Kind(kind)),
        }
    }

    fn condition_time(&mut self, times: ConditionTimes) -> ParseResult<ConditionTime> {
        let Some(&form) = times.forms().iter().find(|form| self.accept(form.word())) else {
            return Ok(ConditionTime::Unstated);
        };
        let first = self.instant()?;
        let mut second = Time::ZERO;
        if form == TimeForm::From {
            self.expect("to")?;
            second = self.instant()?;
        }
        Ok(form.with(first, second))
    }

    /// Of a condition about messages, which may leave it out.
    fn message_kind(&mut self) -> ParseResult<Option<MessageKind>> {
        if self.peek().is_none_or(|token| token.kind != TokenKind::Word) {
            return Ok(None);
        }
        let word = self.word_of(KeywordPosition::Message)?;
        Ok(if let KeywordMeaning::Message(kind) = word.key { Some(kind) } else { None })
    }

    fn compare(&mut self) -> ParseResult<Comparison> {
        let sign = self.peek().map(|token| token.text);
        let compare = Comparison::ALL.into_iter().find(|compare| sign == Some(compare.sign()));
        let Some(compare) = compare else { return Err(self.unexpected(ExpectedWords::Compare)) };
        self.advance();
        Ok(compare)
    }
}
