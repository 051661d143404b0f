//! The lines that fix a choice (`message …`, `timer …`) and those that expect something.

use super::cursor::{Cursor, Result};
use super::statement::Statement;
use super::token::Kind as TokenKind;
use crate::choice::{MessageId, TimerId};
use crate::scenario::diagnostic::Expected;
use crate::scenario::words::{Key, Kind};
use crate::scenario::{Claim, Compare, Edit, MessageFate};
use crate::types::{GroupId, MessageKind, TimerKind};
use std::ops::Range;

type WithGroup = (Statement, Option<Range<usize>>);

impl Cursor<'_> {
    /// `Election 3->5 #1 lost`, `Election 3->5 #1 copy arrives 200ms in orders`
    pub fn edit_message(&mut self) -> Result<WithGroup> {
        let kind = match self.word_of(Kind::Message)?.key {
            Key::Message(kind) => kind,
            _ => MessageKind::Election,
        };
        let from = self.rank()?;
        if self.peek().is_none_or(|token| token.text != "->") {
            return Err(self.unexpected(Expected::Words { words: vec!["->"], or_end: false }));
        }
        self.advance();
        let to = self.rank()?;
        let nth = self.ordinal()?;
        let copy = self.accept("copy");
        let before = self.group_if_named()?;
        let fate = match self.word_of(Kind::Fate)?.key {
            Key::Arrives => MessageFate::Arrives(self.instant()?),
            Key::Delayed => MessageFate::Delayed(self.duration()?),
            Key::Duplicated => MessageFate::Duplicated,
            _ => MessageFate::Lost,
        };
        let name = MessageId { group: GroupId::MAIN, kind, from, to, nth, copy };
        self.edit(Edit::Message { name, fate }, before)
    }

    /// `alive 3 #1 fires 230ms`
    pub fn edit_timer(&mut self) -> Result<WithGroup> {
        let timer = match self.word_of(Kind::Timer)?.key {
            Key::Timer(timer) => timer,
            _ => TimerKind::Alive,
        };
        let of = self.rank()?;
        let nth = self.ordinal()?;
        let before = self.group_if_named()?;
        self.expect("fires")?;
        let name = TimerId { group: GroupId::MAIN, timer, of, nth };
        let fires = self.instant()?;
        self.edit(Edit::Timer { name, fires }, before)
    }

    fn edit(&mut self, edit: Edit, before: Option<(String, Range<usize>)>) -> Result<WithGroup> {
        let group = match before {
            Some(group) => Some(group),
            None => self.group_if_named()?,
        };
        let (group, span) = group.unzip();
        Ok((Statement::Edit { edit, group }, span))
    }

    /// `leader 5 by 500ms`, `no split brain after 1s in orders`
    pub fn expectation(&mut self) -> Result<WithGroup> {
        let claim = match self.word_of(Kind::Claim)?.key {
            Key::No => {
                self.expect("split")?;
                self.expect("brain")?;
                Claim::SplitBrain { wanted: false, after: self.instant_after("after")? }
            }
            Key::Split => {
                self.expect("brain")?;
                if self.accept("<=") {
                    Claim::SplitBrainAtMost(self.duration()?)
                } else {
                    Claim::SplitBrain { wanted: true, after: self.instant_after("after")? }
                }
            }
            Key::Messages => self.messages()?,
            Key::Elections => Claim::Elections { compare: self.compare()?, count: self.count()? },
            Key::Leaderless => {
                self.expect("<=")?;
                Claim::LeaderlessAtMost(self.duration()?)
            }
            Key::Agreement => Claim::Agreement { by: self.instant_after("by")? },
            _ => Claim::Leader { leader: self.leader()?, by: self.instant_after("by")? },
        };
        let (group, span) = self.group_if_named()?.unzip();
        Ok((Statement::Expect { claim, group }, span))
    }

    /// `Election = 3`, `<= 10 after 1s`
    fn messages(&mut self) -> Result<Claim> {
        let word = self.peek().is_some_and(|token| token.kind == TokenKind::Word);
        let kind = match word.then(|| self.word_of(Kind::Message)).transpose()?.map(|w| w.key) {
            Some(Key::Message(kind)) => Some(kind),
            _ => None,
        };
        let (compare, count) = (self.compare()?, self.count()?);
        Ok(Claim::Messages { kind, compare, count, after: self.instant_after("after")? })
    }

    fn compare(&mut self) -> Result<Compare> {
        let compare = match self.peek().map(|token| token.text) {
            Some("=") => Compare::Exactly,
            Some("<=") => Compare::AtMost,
            Some(">=") => Compare::AtLeast,
            _ => return Err(self.unexpected(Expected::Compare)),
        };
        self.advance();
        Ok(compare)
    }
}
