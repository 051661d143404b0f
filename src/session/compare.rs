//! One scenario under two algorithms: where their runs first differ, what each costs in messages, and which
//! faults both have.

use super::{Document, PlaybackPace, RunView};
use crate::election::{Algorithm, AlgorithmKind};
use crate::narration::{Divergence, DivergencePoint, RunPair, summarise_fault};
use crate::run::Run;
use crate::scenario::{Fault, Scenario, ScenarioParts};
use crate::simulation::World;
use crate::time::Time;
use crate::types::MessageKind;
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

/// How many alternates the other algorithm may have here: every process but the leader.
pub fn alternates(scenario: &Scenario) -> RangeInclusive<u8> {
    // A scenario has no more than a byte can count.
    let most = u8::try_from(scenario.ranks.len() - 1).unwrap_or(u8::MAX);
    most.min(1)..=most
}

/// The same scenario under another algorithm. What was expected of it holds for its own alone.
pub fn under(document: &Document, algorithm: &Algorithm) -> Option<Document> {
    let parts = document.scenario().clone().into_parts();
    let parts = ScenarioParts { algorithm: algorithm.clone(), expectations: Vec::new(), ..parts };
    Scenario::new(parts).ok().map(|scenario| Document::of(&scenario))
}

/// The gaps in which nothing happens in either run: one fold for both.
pub fn quiet(left: &RunView, right: &RunView) -> Vec<(Time, Time)> {
    shared(left.run.index().quiet(), right.run.index().quiet())
}

/// What both diagrams show at first: as much as each of them would show by itself.
pub fn window(left: &RunView, right: &RunView) -> (Time, Time) {
    let [a, b] = [left, right].map(RunView::first_window);
    (a.0.min(b.0), a.1.max(b.1))
}

/// One clock for two runs: as long as the longer one, and quick only where nothing happens in either.
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

/// Where the two part, in words that name each by its algorithm.
pub fn parting(fork: DivergencePoint, left: &RunView, right: &RunView) -> Divergence {
    let runs: [&Run; 2] = [&left.run, &right.run];
    let names = runs.map(|run| run.scenario().algorithm.title());
    // Nothing else differs, and the page need not carry the search for it.
    fork.describe(RunPair { runs, names }, None)
}

/// `1 edit finds nothing here`: what was fixed under one algorithm and never comes up in the other.
pub fn unused(run_view: &RunView) -> Option<String> {
    match run_view.report.unused_edits.len() {
        0 => None,
        1 => Some("1 edit finds nothing here".to_owned()),
        more => Some(format!("{more} edits find nothing here")),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessagePurpose {
    pub kind: MessageKind,
    /// Left and right.
    pub so_far: [u32; 2],
    pub whole: [u32; 2],
}

/// In the order of an election. Heartbeats are no part of what an election costs: a run has thousands
/// of them, beside which nothing else could be seen.
pub fn purposes(run_view: [&RunView; 2], now: [&World; 2]) -> Vec<MessagePurpose> {
    let kinds = MessageKind::ALL.into_iter().filter(|kind| *kind != MessageKind::Heartbeat);
    kinds.map(|kind| count(kind, run_view, now)).collect()
}

/// Heartbeats by themselves; nothing where neither side sends any.
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

/// So many are named; the others are counted.
const NAMED: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultLine {
    /// `6 crashes`, and when.
    pub first: Vec<(String, Time)>,
    pub more: usize,
}

pub fn fault_lines(scenario: &Scenario) -> FaultLine {
    let all = scenario.scheduled_faults();
    let words = |fault: &Fault| summarise_fault(scenario, fault);
    let first = all.iter().take(NAMED).map(|scheduled| (words(&scheduled.fault), scheduled.at));
    FaultLine { first: first.collect(), more: all.len().saturating_sub(NAMED) }
}
