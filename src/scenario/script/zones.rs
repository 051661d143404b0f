//! Names of zones where ranks are listed: a name is read as the ranks of its zone, and ranks that are
//! those of a zone are written as its name.
//!
//! Both work on the tokens of a line, so that no other part of the parser or the formatter knows zones.
//! A scenario holds ranks only.

use super::parse::tokens::{self, Token, TokenKind};
use super::statement::Statement;
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure, Suggestion, clip};
use crate::scenario::keywords::{self, KeywordMeaning, KeywordPosition};
use crate::scenario::{FaultKind, OwnSettingKind, SettingKind, Zone};
use std::ops::Range;

/// The zones of a script, each with its ranks as they are written.
#[derive(Debug, Default)]
pub(super) struct ZoneNames(Vec<(String, Vec<String>)>);

impl ZoneNames {
    pub(crate) fn new(zones: &[Zone]) -> Self {
        let zones = zones.iter().map(|zone| {
            (zone.name.clone(), zone.members.iter().map(ToString::to_string).collect())
        });
        Self(zones.collect())
    }

    /// The line's tokens with the ranks of a zone in the place of its name, each with the place of
    /// the name.
    pub(crate) fn expand<'a>(&'a self, tokens: Vec<Token<'a>>) -> Vec<Token<'a>> {
        if self.0.is_empty() {
            return tokens;
        }
        let list = rank_list(&tokens);
        let mut expanded = Vec::with_capacity(tokens.len());
        for (index, token) in tokens.into_iter().enumerate() {
            match self.0.iter().find(|(name, _)| list.contains(&index) && *name == token.text) {
                Some((_, ranks)) => expanded.extend(ranks.iter().map(|rank| Token {
                    kind: TokenKind::Number,
                    text: rank,
                    span: token.span.clone(),
                })),
                None => expanded.push(token),
            }
        }
        expanded
    }

    /// The failure of a line in terms of a zone that does not exist, where a word stands in its list
    /// of ranks.
    pub(crate) fn explain(&self, tokens: &[Token], failure: Box<Failure>) -> Box<Failure> {
        let DiagnosticKind::Expected { expected, nearest: None, .. } = &failure.error else {
            return failure;
        };
        let list = rank_list(tokens);
        let at = |token: &&Token| token.kind == TokenKind::Word && token.span == failure.span;
        let Some(token) = tokens.get(list).and_then(|list| list.iter().find(at)) else {
            return failure;
        };
        let names = self.0.iter().map(|(name, _)| name.as_str());
        let nearest = keywords::nearest(token.text, names);
        if self.0.is_empty() || (*expected != ExpectedWords::Process && nearest.is_none()) {
            return failure;
        }
        let zones = self.0.iter().map(|(name, _)| name.clone()).collect();
        let error = DiagnosticKind::NoSuchZone { name: clip(token.text), zones };
        let suggestion = nearest.map(|nearest| Suggestion::write(failure.span.clone(), nearest));
        Failure::new(failure.span.clone(), error).corrected(suggestion)
    }

    /// Whether a line lists a zone of this name.
    pub(crate) fn are_named_in(line: &str, is_it: impl Fn(&str) -> bool) -> bool {
        let tokens = tokens::loose_tokens(line, 0);
        let list = rank_list(&tokens);
        tokens.get(list).is_some_and(|list| {
            list.iter().any(|token| token.kind == TokenKind::Word && is_it(token.text))
        })
    }
}

/// A statement as canonical text, in which a zone's name stands for its ranks.
pub(super) fn written(statement: &Statement, zones: &[Zone]) -> String {
    let text = statement.to_string();
    if zones.is_empty() {
        return text;
    }
    let tokens = tokens::loose_tokens(&text, 0);
    let list = rank_list(&tokens);
    let mut written = String::with_capacity(text.len());
    // Up to which byte of the text is written, and which token comes next.
    let (mut done, mut next) = (0, list.start);
    while next < list.end {
        let named = zones.iter().find(|zone| {
            let there = tokens.get(next..next + zone.members.len());
            there.is_some_and(|there| {
                next + there.len() <= list.end
                    && zone.members.iter().zip(there).all(|(rank, token)| {
                        token.kind == TokenKind::Number && rank.to_string() == token.text
                    })
            })
        });
        let Some(zone) = named else {
            next += 1;
            continue;
        };
        let end = next + zone.members.len();
        written.push_str(&text[done..tokens[next].span.start]);
        // `1->2` needs no spaces; a word would go on over the sign.
        if !written.ends_with(' ') {
            written.push(' ');
        }
        written.push_str(&zone.name);
        done = tokens[end - 1].span.end;
        if text[done..].starts_with(|behind: char| behind != ' ') {
            written.push(' ');
        }
        next = end;
    }
    written.push_str(&text[done..]);
    written
}

/// The tokens of a line among which ranks are listed.
fn rank_list(tokens: &[Token]) -> Range<usize> {
    let find = |kind, index: usize| keywords::find(kind, tokens.get(index)?.text);
    let none = tokens.len()..tokens.len();
    let behind = |word: &str| {
        let at = tokens.iter().position(|token| token.text.eq_ignore_ascii_case(word));
        at.map_or(tokens.len(), |at| at + 1)
    };
    let opening = find(KeywordPosition::Statement, 0).map(|word| word.key);
    let opens = |keys: &[KeywordMeaning]| opening.is_some_and(|key| keys.contains(&key));
    let start = if opens(&[KeywordMeaning::At, KeywordMeaning::Every]) {
        let fault = (1..tokens.len())
            .find_map(|index| Some((index, find(KeywordPosition::Fault, index)?.key)));
        match fault.filter(|(_, key)| *key != KeywordMeaning::Fault(FaultKind::Flap)) {
            Some((index, _)) => index + 1,
            None => return none,
        }
    } else if opens(&[
        KeywordMeaning::Setting(SettingKind::Latency),
        KeywordMeaning::Setting(SettingKind::Loss),
        KeywordMeaning::Setting(SettingKind::Duplicate),
        KeywordMeaning::Own(OwnSettingKind::Timeout),
        KeywordMeaning::Own(OwnSettingKind::Drift),
    ]) {
        1
    } else if opens(&[KeywordMeaning::Group]) {
        behind("on")
    } else if opens(&[KeywordMeaning::Setting(SettingKind::Algorithm)]) {
        behind("list")
    } else {
        return none;
    };
    let ends = |token: &Token| {
        ["in", "for", "leader"].iter().any(|word| token.text.eq_ignore_ascii_case(word))
    };
    let list = tokens.get(start..).unwrap_or_default();
    start..start + list.iter().position(ends).unwrap_or(list.len())
}
