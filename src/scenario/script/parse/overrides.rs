//! Parses overrides of a message or a timer. `in NAME` may come before or after the override.

use super::super::statement::{Statement, WithGroup};
use super::tokens::{Cursor, ParseResult};
use crate::choice::{MessageId, TimerId};
use crate::scenario::diagnostic::ExpectedWords;
use crate::scenario::keywords::{KeywordMeaning, KeywordPosition};
use crate::scenario::{MessageOverride, Override};
use crate::types::{GroupId, MessageKind, TimerKind};
use std::ops::Range;

impl Cursor<'_> {
    /// `Election 3->5 #1 lost`, `Election 3->5 #1 copy arrives 200ms in orders`
    pub fn edit_message(&mut self) -> ParseResult<WithGroup> {
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
    pub fn edit_timer(&mut self) -> ParseResult<WithGroup> {
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
    ) -> ParseResult<WithGroup> {
        let group = match before {
            Some(group) => Some(group),
            None => self.group_if_named()?,
        };
        let (group, span) = group.unzip();
        Ok((Statement::Edit { edit, group }, span))
    }
}
