//! Parses what follows `expect`: the words of a condition, its fields, its time and its group.

use super::super::statement::{Statement, WithGroup};
use super::tokens::{Cursor, ParseResult, TokenKind, unknown};
use crate::scenario::diagnostic::ExpectedWords;
use crate::scenario::keywords::{self, KeywordMeaning, KeywordPosition};
use crate::scenario::{
    Comparison, ConditionField, ConditionKind, ConditionTime, ConditionTimes, ConditionValues,
    TimeForm,
};
use crate::time::Time;
use crate::types::MessageKind;

impl Cursor<'_> {
    /// `leader 5 by 500ms`, `1 follows 5 at 2s`, `no split brain after 1s in orders`
    pub(crate) fn expectation(&mut self) -> ParseResult<WithGroup> {
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
        let (condition, time) = (kind.with(&values), self.condition_time(kind.row().times)?);
        let (group, span) = self.group_if_named()?.unzip();
        Ok((Statement::Expect { condition, time, group }, span))
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
                None if place == 0 && !has_subject => return Err(self.no_condition(&words)),
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
