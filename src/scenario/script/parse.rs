//! Parses a script into lines, each with its statement, its comment and its place. The comment of each rule shows its
//! smallest example. Keywords are case-insensitive, group names are not.
//!
//! Each line is parsed with `tokens`, `values` and `statements` (which uses `entries`); `build` makes
//! a scenario of the statements. `notation` explains what cannot be parsed. Disabled lines are comments that would be a
//! fault or an override without their `#`; they are no part of the scenario, only of the text.

pub(super) mod build;
mod entries;
mod groups;
pub(super) mod notation;
pub(super) mod statements;
pub(super) mod tokens;
mod values;

use super::MOST_DIAGNOSTICS;
use super::statement::Statement;
use super::zones::ZoneNames;
use crate::scenario::diagnostic::{Diagnostic, Failure};
use crate::scenario::keywords::KeywordMeaning;
use crate::scenario::{Override, ScenarioParts, Setting, TimelineEntry, Zone, limits};
use crate::types::Rank;
use statements::ParsedStatement;
use std::ops::Range;
use tokens::TokenKind;

/// A parsed line.
#[derive(Debug)]
pub(crate) struct ParsedLine<'a> {
    /// From 1, or from the line of the document where the script begins.
    pub number: usize,
    /// Its first byte in the script.
    pub start: usize,
    /// Without its line end.
    pub text: &'a str,
    pub says: Option<LineContent>,
    /// The byte offset of its comment.
    pub comment: Option<usize>,
}

/// The statement of a line, and its place.
#[derive(Debug)]
pub(crate) struct LineContent {
    pub statement: Statement,
    /// From its first word to its last.
    pub span: Range<usize>,
    /// The name of its group, if it names one.
    pub group_span: Option<Range<usize>>,
}

/// The problems of lines that could not be parsed.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    pub found: Vec<Diagnostic>,
    /// The first keyword of each of those lines, if it is known.
    pub opened: Vec<Option<KeywordMeaning>>,
}

impl ParsedLine<'_> {
    /// A problem of this line.
    pub(crate) fn diagnose(&self, failure: Failure) -> Diagnostic {
        failure.at(self.number, self.start, self.text)
    }
}

/// Parses all lines of a script, numbered from `first`; a line that cannot be parsed has no content.
pub(crate) fn lines(text: &str, first: usize) -> (Vec<ParsedLine<'_>>, Failures) {
    lines_among(text, first, &zone_names(text))
}

/// Likewise, with these zones rather than those of the script.
pub(crate) fn lines_among<'a>(
    text: &'a str,
    first: usize,
    zones: &ZoneNames,
) -> (Vec<ParsedLine<'a>>, Failures) {
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    let mut start = 0;
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let line = without_end(whole);
        let mark = if index == 0 && line.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        let mut read = ParsedLine {
            number: first + index,
            start: start + mark,
            text: &line[mark..],
            says: None,
            comment: None,
        };
        if let Err((opened, failure)) = read_line(&mut read, zones) {
            failed.push((index, opened, failure));
        }
        lines.push(read);
        start += whole.len();
    }
    let failures = explained(&lines, failed);
    (lines, failures)
}

type FailedLine = (usize, Option<KeywordMeaning>, Box<Failure>);

/// The lines with a statement.
pub(crate) fn lines_with_statement<'a, 'b>(
    lines: &'b [ParsedLine<'a>],
) -> impl Iterator<Item = (&'b ParsedLine<'a>, &'b LineContent)> {
    lines.iter().filter_map(|line| Some((line, line.says.as_ref()?)))
}

/// The failures of these lines, explained by foreign notations where those are the cause.
fn explained(lines: &[ParsedLine], failed: Vec<FailedLine>) -> Failures {
    let mut failures = Failures::default();
    if failed.is_empty() {
        return failures;
    }
    let ranks = ranks(lines);
    for (place, (index, opened, failure)) in failed.into_iter().enumerate() {
        let line = &lines[index];
        let failure = match place < MOST_DIAGNOSTICS {
            true => notation::explain(line.text, line.start, &ranks, failure),
            false => failure,
        };
        failures.found.push(line.diagnose(*failure));
        failures.opened.push(opened);
    }
    failures
}

/// The processes of the script, as far as it could be parsed.
fn ranks(lines: &[ParsedLine]) -> Vec<Rank> {
    let mut values = lines.iter().filter_map(|line| {
        let Statement::Set(Setting::Ranks(ranks)) = &line.says.as_ref()?.statement else {
            return None;
        };
        Some(ranks.clone())
    });
    values.next_back().unwrap_or_else(|| ScenarioParts::default().ranks)
}

/// The byte order mark, which some editors put before the first line.
pub(crate) const MARK: char = '\u{feff}';

fn without_end(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

type UnreadLine = (Option<KeywordMeaning>, Box<Failure>);

/// The zones that the `zone` lines of a script make, wherever they stand. Of one that is made twice the
/// first is meant; the check of the scenario refuses the second.
pub(crate) fn zone_names(text: &str) -> ZoneNames {
    let none = ZoneNames::default();
    let mut zones: Vec<Zone> = Vec::new();
    for line in text.lines().map(|line| line.trim_start_matches(MARK)) {
        if statements::opens_with(line) == Some(KeywordMeaning::Zone)
            && let Some(Statement::Zone(zone)) = statement_among(line, &none)
            && zones.len() < limits::MOST_ZONES
            && zones.iter().all(|known| known.name != zone.name)
        {
            zones.push(zone);
        }
    }
    ZoneNames::new(&zones)
}

/// The statement of a line by itself, if it can be read.
pub(crate) fn statement_among(line: &str, zones: &ZoneNames) -> Option<Statement> {
    let mut tokens = tokens::tokens(line, 0).ok()?;
    tokens.pop_if(|token| token.kind == TokenKind::Comment);
    Some(statements::statement(&zones.expand(tokens)).ok()?.statement)
}

fn read_line(line: &mut ParsedLine, zones: &ZoneNames) -> Result<(), UnreadLine> {
    let opened = statements::opens_with(line.text);
    let tokens = tokens::tokens(line.text, line.start);
    let mut tokens = tokens.map_err(|failure| (opened, failure))?;
    if let Some(comment) = tokens.pop_if(|token| token.kind == TokenKind::Comment) {
        line.comment = Some(comment.span.start);
    }
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Ok(()) };
    let span = first.span.start..last.span.end;
    let parsed = statements::statement(&zones.expand(tokens.clone()))
        .map_err(|failure| (opened, zones.explain(&tokens, failure)))?;
    let ParsedStatement { statement, group_span } = parsed;
    line.says = Some(LineContent { statement, span, group_span });
    Ok(())
}

/// A disabled line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisabledLine {
    /// From 1.
    pub line: usize,
    /// The statement as it is written there.
    pub says: String,
    pub what: DisabledStatement,
}

/// The statement of a disabled line. Its group is not resolved, which needs the whole script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisabledStatement {
    Entry(TimelineEntry),
    Fixes(Override),
}

impl DisabledStatement {
    /// The name for undo: `crash of 6`.
    pub fn name(&self) -> String {
        match self {
            Self::Entry(entry) => entry.name(),
            Self::Fixes(edit) => edit.name(),
        }
    }
}

/// All disabled lines, in the order of the text.
pub fn disabled(text: &str) -> Vec<DisabledLine> {
    let zones = zone_names(text);
    let lines = text.lines().enumerate();
    let disabled = lines.filter_map(|(index, line)| {
        let (says, what) = disabled_statement(line, &zones)?;
        Some(DisabledLine { line: index + 1, says: says.trim().to_owned(), what })
    });
    disabled.collect()
}

/// Disables a line of the text (from 1), if it is a fault or an override.
pub fn disable(text: &str, line: usize) -> String {
    let zones = zone_names(text);
    rewritten(text, line, |whole| {
        statement(whole, &zones)?;
        let indent = whole.len() - whole.trim_start().len();
        Some(format!("{}# {}", &whole[..indent], &whole[indent..]))
    })
}

/// Enables a disabled line of the text (from 1), if it is one.
pub fn enable(text: &str, line: usize) -> String {
    let zones = zone_names(text);
    rewritten(text, line, |whole| {
        let (says, _) = disabled_statement(whole, &zones)?;
        let indent = whole.len() - whole.trim_start().len();
        Some(format!("{}{}", &whole[..indent], says.trim_start()))
    })
}

/// What stands behind the `#` of a line, if that is a fault or an override.
fn disabled_statement<'a>(
    line: &'a str,
    zones: &ZoneNames,
) -> Option<(&'a str, DisabledStatement)> {
    let says = line.trim_start().strip_prefix('#')?;
    Some((says, statement(says, zones)?))
}

/// The fault or override of a line, if it is one.
fn statement(says: &str, zones: &ZoneNames) -> Option<DisabledStatement> {
    match statement_among(says, zones)? {
        Statement::Entry { entry, .. } => Some(DisabledStatement::Entry(entry)),
        Statement::Override { edit, .. } => Some(DisabledStatement::Fixes(edit)),
        Statement::Set(_)
        | Statement::Own(..)
        | Statement::Name { .. }
        | Statement::Zone(_)
        | Statement::Group(_)
        | Statement::Load { .. }
        | Statement::Expect { .. }
        | Statement::Mark(_) => None,
    }
}

fn rewritten(text: &str, line: usize, change: impl Fn(&str) -> Option<String>) -> String {
    let lines = text.split_inclusive('\n').enumerate().map(|(index, whole)| {
        let body = whole.trim_end_matches(['\n', '\r']);
        let changed = if index + 1 == line { change(body) } else { None };
        changed.map_or_else(|| whole.to_owned(), |changed| changed + &whole[body.len()..])
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Time;

    const TEXT: &str = "# at noon 6 goes\r\n  at 100ms crash 6 # it leads\n#at 200ms suspect 3\n";

    #[test]
    fn only_comments_with_a_statement_are_disabled_lines() {
        let found = disabled(TEXT);
        let [DisabledLine { line: 3, says, what: DisabledStatement::Entry(entry) }] = &*found
        else {
            panic!("{found:?}")
        };
        assert_eq!(says, "at 200ms suspect 3");
        assert_eq!(entry.first(), Time::ms(200));
    }

    #[test]
    fn muting_and_its_end_touch_one_line_and_keep_its_comment() {
        let text = disable(TEXT, 2);
        assert!(text.contains("\n  # at 100ms crash 6 # it leads\n"), "{text}");
        assert_eq!(disabled(&text).len(), 2);
        assert_eq!(enable(&text, 2), TEXT);
        assert_eq!(enable(TEXT, 1), TEXT, "prose stays prose");
        assert_eq!(disable("seed 7", 1), "seed 7", "what holds for the whole run stays in force");
        assert_eq!(disable(TEXT, 9), TEXT);
    }
}
