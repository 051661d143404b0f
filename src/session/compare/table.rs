//! The rows of the table that shows one scenario under all algorithms, on the page and on the command line.

use crate::report::{GroupReport, LeaderSpan, Report};
use crate::run::Run;
use crate::time::Time;
use crate::types::{GroupId, MessageKind, who_leads};

/// The heads of the columns after that of the algorithm.
pub const COLUMNS: [&str; 6] =
    ["messages", "messages until a leader", "leaderless", "split brain", "changes", "at the end"];

/// What one group does in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonRow {
    /// The group.
    pub group: GroupId,
    /// The name of the group, where the scenario has several.
    pub name: Option<String>,
    /// In the order of the columns.
    pub cells: [ComparisonCell; COLUMNS.len()],
}

/// A number of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonCell {
    /// `-` where the run has nothing of the kind.
    pub text: String,
    /// The instant of the run that shows it, if one does.
    pub at: Option<Time>,
}

/// A row for each group. Messages are those of elections, without heartbeats and their acknowledgements.
pub fn rows(run: &Run, report: &Report) -> Vec<ComparisonRow> {
    let groups = report.groups.iter().zip((0..).map(GroupId));
    let rows = groups.map(|(group, id)| ComparisonRow {
        group: id,
        name: (report.groups.len() > 1).then(|| group.name.clone()),
        cells: cells(run, id, group),
    });
    rows.collect()
}

fn cells(run: &Run, id: GroupId, group: &GroupReport) -> [ComparisonCell; COLUMNS.len()] {
    let sent = |at: Time| -> u32 {
        let world = run.at(at);
        let kinds = MessageKind::ALL.into_iter().filter(|kind| !kind.is_routine());
        kinds.map(|kind| world.sent(id, kind)).sum()
    };
    let spans = &group.leaders;
    let begins = |span: &LeaderSpan| Time::us(span.from_us);
    let first = |counts: fn(usize) -> bool| {
        spans.iter().find(|span| counts(span.leaders.len())).map(begins)
    };
    // The first time without a leader that a leader ends.
    let waits = spans.windows(2).find(|pair| pair[0].leaders.is_empty());
    let elected = waits.map(|pair| begins(&pair[1]));
    let led: Vec<_> = spans.iter().filter(|span| !span.leaders.is_empty()).collect();
    let is_change = |pair: &&[&LeaderSpan]| {
        pair[1].leaders.iter().any(|leader| !pair[0].leaders.contains(leader))
    };
    let scenario = run.scenario();
    let leaders = run.tally().leaders(id).into_iter().map(|rank| scenario.called(rank).to_string());
    let end = run.end();
    let cell = |text: String, at: Option<Time>| ComparisonCell { text, at };
    let total = |counts: fn(usize) -> bool| {
        cell(group.spoken_total(counts).spoken().to_string(), first(counts))
    };
    [
        cell(sent(end).to_string(), Some(end)),
        cell(elected.map_or_else(|| "-".to_owned(), |at| sent(at).to_string()), elected),
        total(|leaders| leaders == 0),
        total(|leaders| leaders > 1),
        cell(group.changes.to_string(), led.windows(2).find(is_change).map(|pair| begins(pair[1]))),
        cell(who_leads(&leaders.collect::<Vec<_>>()).to_string(), Some(end)),
    ]
}
