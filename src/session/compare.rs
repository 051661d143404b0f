//! One scenario under two algorithms: where their runs part, and what each of them costs.

mod faults;
mod purposes;

pub use faults::{Befalls, befalls};
pub use purposes::{Purpose, purposes};

use super::{Document, Made, Pace};
use crate::clock::{Duration, Time};
use crate::election::{Algorithm, Succession};
use crate::run::Run;
use crate::scenario::{Parts, Scenario};
use crate::simulation::Event;
use crate::view::spacetime::scale::shared;
use crate::view::spacetime::windows;

/// Whole stretches of so much of a run are compared at once, so that the page never blocks.
const SLICES: u64 = 64;

/// The algorithms that a scenario can be compared with.
pub fn others(algorithm: &Algorithm) -> Vec<Algorithm> {
    let all =
        [Algorithm::Bully, Algorithm::BullyTextbook, Algorithm::NextInLine(Succession::Highest(2))];
    all.into_iter().filter(|other| other.name() != algorithm.name()).collect()
}

/// The same scenario under another algorithm. What was expected of it holds for its own alone.
pub fn under(document: &Document, algorithm: &Algorithm) -> Option<Document> {
    let parts = document.scenario().clone().into_parts();
    let parts = Parts { algorithm: algorithm.clone(), expectations: Vec::new(), ..parts };
    Scenario::new(parts).ok().map(|scenario| Document::of(&scenario))
}

/// The gaps in which nothing happens in either run: one fold for both.
pub fn quiet(left: &Made, right: &Made) -> Vec<(Time, Time)> {
    shared(left.run.index().quiet(), right.run.index().quiet())
}

/// What both diagrams show at first: as much as each of them would show by itself.
pub fn window(left: &Made, right: &Made) -> (Time, Time) {
    let [a, b] = [left, right].map(|made| windows::first(&made.run, made.group));
    (a.0.min(b.0), a.1.max(b.1))
}

/// One clock for two runs: as long as the longer one, and quick only where nothing happens in either.
pub fn pace(left: &Made, right: &Made, is_looping: bool, skips_quiet: bool) -> Pace {
    let end = left.run.end().max(right.run.end());
    if !skips_quiet {
        return Pace { end, is_looping, folds: Vec::new() };
    }
    let quiet = quiet(left, right);
    let median = left.run.scenario().network.latency.median();
    Pace { end, is_looping, folds: Pace::folds(&quiet, end, median) }
}

/// The search for the first event at which two runs part.
#[derive(Clone, Copy, Debug, Default)]
pub struct Search {
    from: Time,
}

/// Where two runs part, if they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub at: Time,
    /// What happens on either side at that instant; none where nothing is to be told.
    pub told: [Option<String>; 2],
}

impl Search {
    /// Compares the next stretch. None while there is more to compare; then the answer.
    pub fn advance(&mut self, left: &Made, right: &Made) -> Option<Option<Difference>> {
        let end = left.run.end().max(right.run.end());
        let stretch = Duration::us((end.as_us() / SLICES).max(1_000));
        let to = (self.from + stretch).min(end);
        let events = |run: &Run| run.events(self.from, to);
        if let Some(at) = first_difference(&events(&left.run), &events(&right.run)) {
            let told = [left, right]
                .map(|made| made.sentence(at).filter(|line| line.at == at).map(|line| line.text));
            return Some(Some(Difference { at, told }));
        }
        self.from = to + Duration::us(1);
        (to >= end).then_some(None)
    }
}

/// The instant of the first events, in order, that are not the same. Their numbers do not count.
pub fn first_difference(left: &[Event], right: &[Event]) -> Option<Time> {
    let same = |a: &Event, b: &Event| {
        (a.at, a.rank, a.occurrence, a.what) == (b.at, b.rank, b.occurrence, b.what)
    };
    let place = left.iter().zip(right).take_while(|(a, b)| same(a, b)).count();
    match (left.get(place), right.get(place)) {
        (Some(a), Some(b)) => Some(a.at.min(b.at)),
        (a, b) => a.or(b).map(|event| event.at),
    }
}

/// `1 edit finds nothing here`: what was fixed under one algorithm and never comes up in the other.
pub fn unused(made: &Made) -> Option<String> {
    match made.report.unused_edits.len() {
        0 => None,
        1 => Some("1 edit finds nothing here".to_owned()),
        more => Some(format!("{more} edits find nothing here")),
    }
}
