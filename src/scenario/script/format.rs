//! Formats canonical text: a script from a scenario, a formatted script, or one part of a scenario.
//!
//! Formatting moves no line and keeps comments and blank lines. A comment keeps its column if the statement
//! is short enough; otherwise it follows two spaces behind the statement.

use super::parse::{self, ParsedLine};
use super::read;
use super::statement::{Members, Statement, StatementSlot};
use super::zones::written;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::{
    Expectation, Override, OwnSettingKind, Scenario, ScenarioParts, Setting, SettingKind,
    TimelineEntry,
};
use crate::sort;
use crate::types::GroupId;

/// A scenario as statements.
pub(super) struct WantedStatements<'a> {
    pub scenario: &'a Scenario,
    /// Whether groups are named, even if there is only one that could be left unnamed.
    pub grouped: bool,
}

/// A setting, which has at most one statement.
pub(super) struct SingleStatement {
    pub slot: StatementSlot,
    /// `None` if the script must not contain it.
    pub statement: Option<Statement>,
    /// Whether the statement is the default, so that it can be omitted.
    pub by_default: bool,
}

impl WantedStatements<'_> {
    /// All settings.
    pub(crate) fn singles(&self) -> Vec<SingleStatement> {
        let usual = ScenarioParts::default();
        let single = |&kind: &SettingKind| {
            let setting = self.scenario.setting(kind);
            // Beside groups nobody leads all.
            let is_of_groups = kind == SettingKind::Leader && self.grouped;
            let is_said = !setting.is_open() && !is_of_groups;
            let highest = || setting == Setting::Leader(self.scenario.ranks.last().copied());
            let by_default = match kind == SettingKind::Leader {
                true => highest(),
                false => setting == usual.setting(kind),
            };
            SingleStatement {
                slot: StatementSlot::of(kind),
                by_default: by_default || !is_said,
                statement: is_said.then_some(Statement::Set(setting)),
            }
        };
        SettingKind::ALL.iter().map(single).collect()
    }

    /// What single links and processes have of their own.
    pub(crate) fn own_settings(&self) -> Vec<Statement> {
        let all =
            OwnSettingKind::ALL.iter().flat_map(|&kind| self.scenario.own_settings_by_value(kind));
        all.map(|(owners, setting)| Statement::Own(owners, setting)).collect()
    }

    pub(crate) fn groups(&self) -> Vec<Statement> {
        let named = self.scenario.groups.iter().filter(|_| self.grouped);
        let group = |group: &crate::scenario::Group| {
            Statement::Group(Members {
                name: group.name.clone(),
                members: group.members.clone(),
                leader: group.leader,
            })
        };
        named.map(group).collect()
    }

    pub(crate) fn names(&self) -> Vec<Statement> {
        let name = |(&process, name): (_, &String)| Statement::Name { process, name: name.clone() };
        self.scenario.names.iter().map(name).collect()
    }

    pub(crate) fn zones(&self) -> Vec<Statement> {
        self.scenario.zones.iter().cloned().map(Statement::Zone).collect()
    }

    pub(crate) fn marks(&self) -> Vec<Statement> {
        self.scenario.marks.iter().cloned().map(Statement::Mark).collect()
    }

    pub(crate) fn loads(&self) -> Vec<Statement> {
        let loads = self.scenario.groups.iter().filter_map(|group| {
            let name = self.grouped.then(|| group.name.clone());
            Some(Statement::Load { group: name, load: group.load? })
        });
        loads.collect()
    }

    pub(crate) fn timeline(&self) -> Vec<Statement> {
        self.scenario.timeline.iter().map(|entry| self.entry(entry)).collect()
    }

    fn entry(&self, entry: &TimelineEntry) -> Statement {
        let group = entry.arguments().group.map(|id| self.name(id));
        Statement::Entry { entry: entry.in_group(None), group }
    }

    pub(crate) fn overrides(&self) -> Vec<Statement> {
        self.scenario.overrides.iter().map(|edit| self.override_statement(edit)).collect()
    }

    fn override_statement(&self, edit: &Override) -> Statement {
        let id = edit.choice().group();
        let group = self.grouped.then(|| self.name(id));
        Statement::Override { edit: edit.in_group(GroupId::MAIN), group }
    }

    pub(crate) fn expectations(&self) -> Vec<Statement> {
        let statement = |&Expectation { group, condition, time, runs }: &Expectation| {
            Statement::Expect { condition, time, runs, group: group.map(|id| self.name(id)) }
        };
        self.scenario.expectations.iter().map(statement).collect()
    }

    fn name(&self, id: GroupId) -> String {
        self.scenario.group(id).name.clone()
    }
}

/// The script in canonical spelling.
///
/// # Errors
/// All problems of a script that cannot be parsed.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let zones = &read(text)?.scenario.zones;
    let (lines, _) = parse::lines(text, 1);
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
    let (lines, _) = parse::lines(text, 1);
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
