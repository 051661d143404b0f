//! Formats canonical text: a script from a scenario, a formatted script, or one part of a scenario.
//!
//! Formatting moves no line and keeps comments and blank lines. A comment keeps its column if the statement
//! is short enough; otherwise it follows two spaces behind the statement.

use super::parse::lines::{self, ParsedLine};
use super::read;
use super::required::WantedStatements;
use super::statement::Statement;
use super::zones::written;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::{Expectation, Scenario};
use crate::sort;
use crate::types::GroupId;

/// The script in canonical spelling.
///
/// # Errors
/// All problems of a script that cannot be parsed.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let zones = &read(text)?.scenario.zones;
    let (lines, _) = lines::lines(text, 1);
    let mut formatted = String::with_capacity(text.len());
    for line in &lines {
        let canonical = line.says.as_ref().map(|says| written(&says.statement, zones));
        formatted.push_str(&with_comment(canonical.unwrap_or_default(), line));
        formatted.push('\n');
    }
    Ok(formatted)
}

/// The script in canonical spelling without comments and disabled lines. Blank lines between two statements
/// become one.
///
/// # Errors
/// All problems of a script that cannot be parsed.
pub fn without_comments(text: &str) -> Result<String, Vec<Diagnostic>> {
    let zones = &read(text)?.scenario.zones;
    let (lines, _) = lines::lines(text, 1);
    let mut bare = String::with_capacity(text.len());
    let mut is_after_blank = false;
    for line in &lines {
        match &line.says {
            Some(says) => {
                if is_after_blank && !bare.is_empty() {
                    bare.push('\n');
                }
                is_after_blank = false;
                bare += &written(&says.statement, zones);
                bare.push('\n');
            }
            None => is_after_blank |= line.comment.is_none(),
        }
    }
    Ok(bare)
}

/// The statement, then the comment of its line.
pub(super) fn with_comment(mut statement: String, line: &ParsedLine) -> String {
    let Some(start) = line.comment else { return statement };
    let before = &line.text[..start - line.start];
    let comment = line.text[before.len()..].trim_end();
    if !statement.is_empty() {
        let indent = line.text.len() - line.text.trim_start().len();
        let column = before[indent.min(before.len())..].chars().count();
        let width = statement.chars().count();
        let gap = column.checked_sub(width).filter(|&gap| gap > 0).unwrap_or(2);
        statement.extend(std::iter::repeat_n(' ', gap));
    }
    statement + comment
}

/// The canonical script of a scenario: `parse(&write(s))` is `s` again.
pub fn write(scenario: &Scenario) -> String {
    let wanted = WantedStatements { scenario, grouped: scenario.is_grouped() };
    let singles = wanted.singles().into_iter().filter(|single| !single.by_default);
    let mut statements: Vec<Statement> = singles.filter_map(|single| single.statement).collect();
    statements.extend(wanted.names());
    statements.extend(wanted.zones());
    statements.extend(wanted.groups());
    statements.extend(wanted.loads());
    statements.extend(wanted.own_settings());
    statements.extend(wanted.timeline());
    statements.extend(wanted.overrides());
    statements.extend(wanted.expectations());
    statements.extend(wanted.marks());
    sort::sort_by_key(&mut statements, Statement::slot);
    let mut script = String::new();
    let mut before = None;
    for statement in statements {
        let section = statement.slot().section();
        if before.replace(section).is_some_and(|before| before != section) {
            script.push('\n');
        }
        script.push_str(&written(&statement, &scenario.zones));
        script.push('\n');
    }
    script
}

/// A line of the timeline, by its index in the scenario; empty if there is none.
pub fn format_entry(scenario: &Scenario, index: usize) -> String {
    let Some(entry) = scenario.timeline.get(index) else { return String::new() };
    let of = entry.arguments().group;
    let statement = Statement::Entry { entry: entry.clone(), group: group(scenario, of) };
    written(&statement, &scenario.zones)
}

/// An override, by its index in the scenario; empty if there is none.
pub fn format_override(scenario: &Scenario, index: usize) -> String {
    let Some(edit) = scenario.overrides.get(index) else { return String::new() };
    let group = group(scenario, Some(edit.choice().group()));
    Statement::Override { edit: edit.clone(), group }.to_string()
}

/// An expectation, by its index in the scenario; empty if there is none.
pub fn format_expectation(scenario: &Scenario, index: usize) -> String {
    let Some(&Expectation { group: id, condition, time, runs }) = scenario.expectations.get(index)
    else {
        return String::new();
    };
    Statement::Expect { condition, time, runs, group: group(scenario, id) }.to_string()
}

/// The group's name if the script needs it; `None` in a scenario of one group.
fn group(scenario: &Scenario, id: Option<GroupId>) -> Option<String> {
    let id = id.filter(|_| scenario.is_grouped())?;
    Some(scenario.group(id).name.clone())
}
