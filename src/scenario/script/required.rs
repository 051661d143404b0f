//! The statements that describe a scenario, which `write` formats and `rewrite` compares with a text.

use super::statement::StatementSlot;
use super::statement::{Members, Statement};
use crate::choice::{MessageId, TimerId};
use crate::scenario::compact::by_value;
use crate::scenario::{
    Expectation, Fault, FigureOptions, Override, Scenario, ScenarioParts, TimelineEntry,
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
    pub fn singles(&self) -> Vec<SingleStatement> {
        let parts: &ScenarioParts = self.scenario;
        let usual = ScenarioParts::default();
        let network = &parts.network;
        let single = |statement: Statement, by_default| SingleStatement {
            slot: statement.slot(),
            statement: Some(statement),
            by_default,
        };
        let maybe = |slot, statement: Option<Statement>| SingleStatement {
            slot,
            by_default: statement.is_none(),
            statement,
        };
        let latency = Statement::Latency { links: None, latency: network.latency };
        let loss = Statement::Loss { links: None, rate: network.loss };
        let duplicate = Statement::Duplicate { links: None, rate: network.duplicate };
        let algorithm = Statement::Algorithm(parts.algorithm.clone());
        let processes = Statement::Processes(parts.ranks.clone());
        let waits = (parts.timeouts.alive, parts.timeouts.elected);
        vec![
            maybe(StatementSlot::Title, parts.title.clone().map(Statement::Title)),
            maybe(StatementSlot::About, parts.about.clone().map(Statement::About)),
            single(algorithm, parts.algorithm == usual.algorithm),
            single(processes, parts.ranks == usual.ranks),
            self.leader(),
            maybe(StatementSlot::Capacity, parts.capacity.map(Statement::Capacity)),
            single(Statement::Detector(parts.detector), parts.detector == usual.detector),
            single(Statement::WaitAlive(waits.0), waits.0 == usual.timeouts.alive),
            single(Statement::WaitElected(waits.1), waits.1 == usual.timeouts.elected),
            single(latency, network.latency == usual.network.latency),
            single(loss, network.loss == usual.network.loss),
            single(duplicate, network.duplicate == usual.network.duplicate),
            single(Statement::Fifo(network.fifo), network.fifo == usual.network.fifo),
            single(Statement::Seed(parts.seed), parts.seed == usual.seed),
            maybe(StatementSlot::Until, parts.until.map(Statement::Until)),
            maybe(StatementSlot::Figure, self.figure()),
        ]
    }

    /// The leader of all processes, which only exists without groups.
    fn leader(&self) -> SingleStatement {
        let group = self.scenario.groups.first().filter(|_| !self.grouped);
        let highest = self.scenario.ranks.last().copied();
        SingleStatement {
            slot: StatementSlot::Leader,
            statement: group.map(|group| Statement::Leader(group.leader)),
            by_default: group.is_none_or(|group| group.leader == highest),
        }
    }

    fn figure(&self) -> Option<Statement> {
        let figure = &self.scenario.figure;
        (*figure != FigureOptions::default()).then(|| Statement::Figure(figure.clone()))
    }

    pub fn groups(&self) -> Vec<Statement> {
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

    pub fn loads(&self) -> Vec<Statement> {
        let loads = self.scenario.groups.iter().filter_map(|group| {
            let name = self.grouped.then(|| group.name.clone());
            Some(Statement::Load { group: name, load: group.load? })
        });
        loads.collect()
    }

    pub fn latencies(&self) -> Vec<Statement> {
        let latencies = by_value(&self.scenario.network.latency_of).into_iter();
        let say = |(links, latency)| Statement::Latency { links: Some(links), latency };
        latencies.map(say).collect()
    }

    pub fn losses(&self) -> Vec<Statement> {
        let losses = by_value(&self.scenario.network.loss_of).into_iter();
        losses.map(|(links, rate)| Statement::Loss { links: Some(links), rate }).collect()
    }

    pub fn duplications(&self) -> Vec<Statement> {
        let duplications = by_value(&self.scenario.network.duplicate_of).into_iter();
        let say = |(links, rate)| Statement::Duplicate { links: Some(links), rate };
        duplications.map(say).collect()
    }

    pub fn timeline(&self) -> Vec<Statement> {
        self.scenario.timeline.iter().map(|entry| self.entry(entry)).collect()
    }

    fn entry(&self, entry: &TimelineEntry) -> Statement {
        let mut entry = entry.clone();
        let group = match &mut entry {
            TimelineEntry::Fault { fault: Fault::Suspect { group, .. }, .. } => group.take(),
            TimelineEntry::Fault { .. } | TimelineEntry::Flap { .. } => None,
        };
        Statement::Entry { entry, group: group.map(|id| self.name(id)) }
    }

    pub fn edits(&self) -> Vec<Statement> {
        self.scenario.overrides.iter().map(|edit| self.edit(edit)).collect()
    }

    fn edit(&self, edit: &Override) -> Statement {
        let id = edit.occurrence().group();
        let mut edit = edit.clone();
        match &mut edit {
            Override::Message { name: MessageId { group, .. }, .. }
            | Override::Timer { name: TimerId { group, .. }, .. } => *group = GroupId::MAIN,
        }
        Statement::Edit { edit, group: self.grouped.then(|| self.name(id)) }
    }

    pub fn expectations(&self) -> Vec<Statement> {
        let said =
            self.scenario.expectations.iter().map(|Expectation { group, condition: claim }| {
                Statement::Expect { claim: claim.clone(), group: group.map(|id| self.name(id)) }
            });
        said.collect()
    }

    fn name(&self, id: GroupId) -> String {
        self.scenario.group(id).name.clone()
    }
}
