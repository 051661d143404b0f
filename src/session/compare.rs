//! Compares one scenario under two algorithms: the first difference of their runs, their costs in messages,
//! and their common faults. `rows` is the table of one scenario under all of them, on the page and on the command line.

use crate::election::{Algorithm, AlgorithmKind};
use crate::narration::{Divergence, DivergencePoint, RunPair, summarise_fault};
use crate::report::{GroupReport, LeaderSpan, Report};
use crate::run::Run;
use crate::scenario::{Fault, Scenario, ScenarioParts};
use crate::session::{Document, PlaybackPace, RunView};
use crate::simulation::World;
use crate::time::Time;
use crate::types::{GroupId, MessageKind, who_leads};
use crate::view::spacetime::scale::shared;
use std::ops::RangeInclusive;

/// What a scenario is compared with at first: the other answer to the same question.
pub fn comparison(algorithm: &Algorithm) -> Algorithm {
    algorithm.row().compared_with.with_defaults()
}

/// The algorithms that a scenario can be compared with.
pub fn others(algorithm: &Algorithm) -> Vec<Algorithm> {
    let others = AlgorithmKind::ALL.iter().filter(|kind| **kind != algorithm.kind());
    others.map(|kind| kind.with_defaults()).collect()
}

/// The choice of the other algorithm: the others, and the scenario's own where the other side has it with other
/// options.
pub fn choices(algorithm: &Algorithm, chosen: &Algorithm) -> Vec<Algorithm> {
    let own = (chosen.kind() == algorithm.kind()).then(|| chosen.clone());
    own.into_iter().chain(others(algorithm)).collect()
}

/// The possible numbers of alternates of the other algorithm: up to all processes but the leader.
pub fn alternates(scenario: &Scenario) -> RangeInclusive<u8> {
    // A scenario has at most 64 processes.
    let most = u8::try_from(scenario.ranks.len() - 1).unwrap_or(u8::MAX);
    most.min(1)..=most
}

/// The scenario under another algorithm, without its expectations, which are about its own run. An algorithm that
/// needs heartbeats has those of the start scenario where the scenario has none.
///
/// # Errors
/// Why the algorithm does not allow the scenario.
pub fn under(document: &Document, algorithm: &Algorithm) -> Result<Document, String> {
    let parts = document.scenario().clone().into_parts();
    let mut parts = ScenarioParts { expectations: Vec::new(), ..parts };
    parts.change_algorithm(algorithm.clone());
    match Scenario::new(parts) {
        Ok(scenario) => Ok(Document::of(&scenario)),
        Err(mut problems) => Err(problems.swap_remove(0).problem.to_string()),
    }
}

/// An algorithm with the options that it has in a comparison: those of the scenario if it is its own.
pub fn of_kind(own: &Algorithm, kind: AlgorithmKind) -> Algorithm {
    if own.kind() == kind { own.clone() } else { kind.with_defaults() }
}

/// The spans in which nothing happens in either run, which both diagrams fold.
pub fn quiet(left: &RunView, right: &RunView) -> Vec<(Time, Time)> {
    shared(left.run.index().quiet(), right.run.index().quiet())
}

/// The initial window of both diagrams, which covers what each would show by itself.
pub fn window(left: &RunView, right: &RunView) -> (Time, Time) {
    let [a, b] = [left, right].map(RunView::first_window);
    (a.0.min(b.0), a.1.max(b.1))
}

/// The pace of playback for two runs: up to the end of the longer one, and shortened only where nothing
/// happens in either.
pub fn pace(left: &RunView, right: &RunView, is_looping: bool, skips_quiet: bool) -> PlaybackPace {
    let end = left.run.end().max(right.run.end());
    if !skips_quiet {
        return PlaybackPace { end, is_looping, ..PlaybackPace::default() };
    }
    let quiet = quiet(left, right);
    let median = left.run.scenario().network.latency.median();
    PlaybackPace {
        end,
        is_looping,
        folds: PlaybackPace::folds(&quiet, end, median),
        ..PlaybackPace::default()
    }
}

/// Describes the first difference, naming each run by its algorithm.
pub fn describe_divergence(point: DivergencePoint, left: &RunView, right: &RunView) -> Divergence {
    let runs: [&Run; 2] = [&left.run, &right.run];
    let names = runs.map(|run| run.scenario().algorithm.title());
    // Without a search for further differences: only the algorithms differ, and the code of the search would
    // enlarge the wasm.
    point.describe(RunPair { runs, names }, None)
}

/// `1 override has no effect here`: the overrides whose choice never comes up under the other algorithm.
pub fn unused(run_view: &RunView) -> Option<String> {
    match run_view.report.unused_overrides.len() {
        0 => None,
        1 => Some("1 override has no effect here".to_owned()),
        more => Some(format!("{more} overrides have no effect here")),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessagePurpose {
    pub kind: MessageKind,
    /// The counts up to the cursor, left and right.
    pub so_far: [u32; 2],
    pub whole: [u32; 2],
}

/// The messages of each kind that one of the algorithms sends, in the order of an election. Heartbeats and
/// their acknowledgements are left out: they are no cost of an election, and a run has thousands of them.
pub fn purposes(run_view: [&RunView; 2], now: [&World; 2]) -> Vec<MessagePurpose> {
    let usual = run_view.map(|run_view| run_view.run.scenario().algorithm.messages());
    let is_sent = |kind: &MessageKind| usual.iter().any(|kinds| kinds.contains(kind));
    let kinds = MessageKind::ALL.into_iter().filter(|kind| !kind.is_routine());
    let counts = kinds.map(|kind| (kind, count(kind, run_view, now)));
    counts
        .filter(|(kind, found)| is_sent(kind) || found.whole != [0, 0])
        .map(|(_, found)| found)
        .collect()
}

/// The heartbeats; `None` if neither run has any.
pub fn heartbeats(run_view: [&RunView; 2], now: [&World; 2]) -> Option<MessagePurpose> {
    Some(count(MessageKind::Heartbeat, run_view, now)).filter(|found| found.whole != [0, 0])
}

fn count(kind: MessageKind, run_view: [&RunView; 2], now: [&World; 2]) -> MessagePurpose {
    MessagePurpose {
        kind,
        so_far: [0, 1].map(|side| now[side].sent(run_view[side].group, kind)),
        whole: run_view.map(|run_view| run_view.run.head().sent(run_view.group, kind)),
    }
}

/// The largest number of faults that are named; the others are counted.
const NAMED: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultLine {
    /// The named faults, `6 crashes`, with their instants.
    pub first: Vec<(String, Time)>,
    pub more: usize,
}

pub fn fault_lines(scenario: &Scenario) -> FaultLine {
    let all = scenario.scheduled_faults();
    let words = |fault: &Fault| summarise_fault(scenario, fault);
    let first = all.iter().take(NAMED).map(|scheduled| (words(&scheduled.fault), scheduled.at));
    FaultLine { first: first.collect(), more: all.len().saturating_sub(NAMED) }
}

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
