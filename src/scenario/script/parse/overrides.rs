//! Parses overrides: what is fixed of one message or timer. `in NAME` may stand before or after it.

use super::super::statement::{Statement, WithGroup};
use super::tokens::{Cursor, ParseResult};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::scenario::diagnostic::ExpectedWords;
use crate::scenario::keywords::{KeywordMeaning, KeywordPosition};
use crate::scenario::{Override, OverrideField, OverrideKind};
use crate::time::{Duration, Time};
use crate::types::GroupId;
use std::ops::Range;

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
