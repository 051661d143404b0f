//! The lines that fix a choice (`message …`, `timer …`) and those that expect something.

use super::cursor::{Cursor, Result};
use super::statement::Statement;
use super::token::TokenKind;
use crate::choice::{MessageId, TimerId};
use crate::scenario::diagnostic::ExpectedWords;
use crate::scenario::keywords::{KeywordMeaning, KeywordPosition};
use crate::scenario::{Comparison, Condition, MessageOverride, Override};
use crate::types::{GroupId, MessageKind, TimerKind};
use std::ops::Range;

type WithGroup = (Statement, Option<Range<usize>>);

impl Cursor<'_> {
    /// `Election 3->5 #1 lost`, `Election 3->5 #1 copy arrives 200ms in orders`
    pub fn edit_message(&mut self) -> Result<WithGroup> {
        let kind = match self.word_of(KeywordPosition::Message)?.key {
            KeywordMeaning::Message(kind) => kind,
            _ => MessageKind::Election,
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
        let fate = match self.word_of(KeywordPosition::Fate)?.key {
            KeywordMeaning::Arrives => MessageOverride::Arrives(self.instant()?),
            KeywordMeaning::Delayed => MessageOverride::Delayed(self.duration()?),
            KeywordMeaning::Duplicated => MessageOverride::Duplicated,
            _ => MessageOverride::Lost,
        };
        let name = MessageId { group: GroupId::MAIN, kind, from, to, nth, copy };
        self.edit(Override::Message { name, fate }, before)
    }

    /// `alive 3 #1 fires 230ms`
    pub fn edit_timer(&mut self) -> Result<WithGroup> {
        let timer = match self.word_of(KeywordPosition::Timer)?.key {
            KeywordMeaning::Timer(timer) => timer,
            _ => TimerKind::Alive,
        };
        let of = self.rank()?;
        let nth = self.ordinal()?;
        let before = self.group_if_named()?;
        self.expect("fires")?;
        let name = TimerId { group: GroupId::MAIN, timer, of, nth };
        let fires = self.instant()?;
        self.edit(Override::Timer { name, fires }, before)
    }

    fn edit(
        &mut self,
        edit: Override,
        before: Option<(String, Range<usize>)>,
    ) -> Result<WithGroup> {
        let group = match before {
            Some(group) => Some(group),
            None => self.group_if_named()?,
        };
        let (group, span) = group.unzip();
        Ok((Statement::Edit { edit, group }, span))
    }

    /// `leader 5 by 500ms`, `no split brain after 1s in orders`
    pub fn expectation(&mut self) -> Result<WithGroup> {
        let claim = match self.word_of(KeywordPosition::Claim)?.key {
            KeywordMeaning::No => {
                self.expect("split")?;
                self.expect("brain")?;
                Condition::SplitBrain { wanted: false, after: self.instant_after("after")? }
            }
            KeywordMeaning::Split => {
                self.expect("brain")?;
                if self.accept("<=") {
                    Condition::SplitBrainAtMost(self.duration()?)
                } else {
                    Condition::SplitBrain { wanted: true, after: self.instant_after("after")? }
                }
            }
            KeywordMeaning::Messages => self.messages()?,
            KeywordMeaning::Elections => {
                Condition::Elections { compare: self.compare()?, count: self.count()? }
            }
            KeywordMeaning::Leaderless => {
                self.expect("<=")?;
                Condition::LeaderlessAtMost(self.duration()?)
            }
            KeywordMeaning::Agreement => Condition::Agreement { by: self.instant_after("by")? },
            _ => Condition::Leader { leader: self.leader()?, by: self.instant_after("by")? },
        };
        let (group, span) = self.group_if_named()?.unzip();
        Ok((Statement::Expect { claim, group }, span))
    }

    /// `Election = 3`, `<= 10 after 1s`
    fn messages(&mut self) -> Result<Condition> {
        let word = self.peek().is_some_and(|token| token.kind == TokenKind::Word);
        let kind = match word
            .then(|| self.word_of(KeywordPosition::Message))
            .transpose()?
            .map(|w| w.key)
        {
            Some(KeywordMeaning::Message(kind)) => Some(kind),
            _ => None,
        };
        let (compare, count) = (self.compare()?, self.count()?);
        Ok(Condition::Messages { kind, compare, count, after: self.instant_after("after")? })
    }

    fn compare(&mut self) -> Result<Comparison> {
        let compare = match self.peek().map(|token| token.text) {
            Some("=") => Comparison::Exactly,
            Some("<=") => Comparison::AtMost,
            Some(">=") => Comparison::AtLeast,
            _ => return Err(self.unexpected(ExpectedWords::Compare)),
        };
        self.advance();
        Ok(compare)
    }
}
