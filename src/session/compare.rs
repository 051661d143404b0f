//! One scenario under two algorithms: where their runs part, and what each of them costs.

mod faults;
mod purposes;

pub use faults::{FaultLine, fault_lines};
pub use purposes::{MessagePurpose, heartbeats, purposes};

use super::{Document, PlaybackPace, RunView};
use crate::election::{Algorithm, Succession};
use crate::narration::{Divergence, DivergencePoint, RunPair};
use crate::run::Run;
use crate::scenario::{Scenario, ScenarioParts};
use crate::time::Time;
use crate::view::spacetime::scale::shared;
use std::ops::RangeInclusive;

/// The algorithms that a scenario can be compared with.
pub fn others(algorithm: &Algorithm) -> Vec<Algorithm> {
    let all =
        [Algorithm::Bully, Algorithm::BullyTextbook, Algorithm::NextInLine(Succession::Highest(2))];
    all.into_iter().filter(|other| other.name() != algorithm.name()).collect()
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
