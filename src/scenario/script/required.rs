//! The statements that describe a scenario, which `write` formats and `rewrite` compares with a text.

use super::statement::StatementSlot;
use super::statement::{Members, Statement};
use crate::scenario::{
    Expectation, Override, OwnSettingKind, Scenario, ScenarioParts, Setting, SettingKind,
    TimelineEntry,
};
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
