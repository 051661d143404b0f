//! Disabled lines: comments that would be a fault or an override without their `#`. They are no part of the
//! scenario, only of the text.

use super::parse::lines;
use super::statement::Statement;
use super::zones::ZoneNames;
use crate::scenario::{Override, TimelineEntry};

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
    let zones = lines::zone_names(text);
    let lines = text.lines().enumerate();
    let disabled = lines.filter_map(|(index, line)| {
        let (says, what) = disabled_statement(line, &zones)?;
        Some(DisabledLine { line: index + 1, says: says.trim().to_owned(), what })
    });
    disabled.collect()
}

/// Disables a line of the text (from 1), if it is a fault or an override.
pub fn disable(text: &str, line: usize) -> String {
    let zones = lines::zone_names(text);
    rewritten(text, line, |whole| {
        statement(whole, &zones)?;
        let indent = whole.len() - whole.trim_start().len();
        Some(format!("{}# {}", &whole[..indent], &whole[indent..]))
    })
}

/// Enables a disabled line of the text (from 1), if it is one.
pub fn enable(text: &str, line: usize) -> String {
    let zones = lines::zone_names(text);
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
    match lines::statement_among(says, zones)? {
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
