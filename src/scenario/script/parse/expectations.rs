//! Parses the conditions that follow `expect`.

use super::super::statement::{Statement, WithGroup};
use super::tokens::{Cursor, ParseResult, TokenKind};
use crate::scenario::diagnostic::ExpectedWords;
use crate::scenario::keywords::{KeywordMeaning, KeywordPosition};
use crate::scenario::{Comparison, Condition};

impl Cursor<'_> {
    /// `leader 5 by 500ms`, `no split brain after 1s in orders`
    pub fn expectation(&mut self) -> ParseResult<WithGroup> {
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
    fn messages(&mut self) -> ParseResult<Condition> {
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

    fn compare(&mut self) -> ParseResult<Comparison> {
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
