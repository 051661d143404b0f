//! A sweep from its first run to its last, in waves of parts.

use super::statistics::{Distribution, RunValue, SeedShare};
use super::statistics::{Measure, RunMeasures, first_fault, measure};
use super::{SweepCell, SweepQuestion};
use crate::report::{Report, Tally};
use crate::scenario::Scenario;
use crate::simulation::{Event, World};
use crate::time::Time;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The number of seeds in a part.
const PIECE: u64 = 16;
/// The number of parts in a wave: many more than cores, so that all are busy to its end.
const WAVE: usize = 128;

/// A sweep. It does nothing by itself: `step` goes on with it on this thread; elsewhere the parts of each wave run on
/// any threads, and `close_wave` goes on once they are done. All cells get their first seeds before any gets more.
#[derive(Clone, Debug)]
pub struct Sweep {
    question: Arc<SweepQuestion>,
    results: Vec<CellResults>,
    /// How many parts are in this wave or an earlier one.
    begun: u64,
    wave: Vec<SweepPart>,
    /// Of the waves before.
    runs: u64,
    events: u64,
}

/// How far a sweep has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepProgress {
    /// How many runs are done.
    pub runs: u64,
    /// Of so many.
    pub all: u64,
    /// How many events they had.
    pub events: u64,
}

impl SweepProgress {
    /// Whether all runs are done.
    pub const fn is_done(&self) -> bool {
        self.runs == self.all
    }
}

/// The runs of a cell that are done, in any order.
#[derive(Clone, Debug, Default)]
struct CellResults {
    runs: Vec<(u64, RunMeasures)>,
    needless: u32,
    expectations: Vec<SeedShare>,
    stopped: u32,
}

/// A part of a sweep: some seeds of one cell. It runs in slices, on any thread.
#[derive(Clone, Debug)]
pub struct SweepPart {
    question: Arc<SweepQuestion>,
    cell: usize,
    /// The seed that runs next or now, and the last one.
    seed: u64,
    last: u64,
    first_fault: Option<Time>,
    /// Of each expectation its place in the scenario of the cell.
    places: Vec<Option<usize>>,
    running: Option<(World, Tally)>,
    results: CellResults,
    events: u64,
    log: Vec<Event>,
}

impl Sweep {
    /// Nothing is run yet.
    pub fn new(question: SweepQuestion) -> Self {
        let none = CellResults {
            expectations: vec![SeedShare::default(); question.scenario.expectations.len()],
            ..CellResults::default()
        };
        let mut sweep = Self {
            results: vec![none; question.cells()],
            question: Arc::new(question),
            begun: 0,
            wave: Vec::new(),
            runs: 0,
            events: 0,
        };
        sweep.close_wave();
        sweep
    }

    /// The question.
    pub fn question(&self) -> &SweepQuestion {
        &self.question
    }

    /// How far it has come.
    pub fn progress(&self) -> SweepProgress {
        let Self { question, wave, .. } = self;
        SweepProgress {
            runs: self.runs + wave.iter().map(SweepPart::runs).sum::<u64>(),
            all: question.cells() as u64 * u64::from(question.seeds),
            events: self.events + wave.iter().map(|part| part.events).sum::<u64>(),
        }
    }

    /// The parts that can run now; none once the sweep is done.
    pub fn wave(&mut self) -> &mut [SweepPart] {
        &mut self.wave
    }

    /// Runs about so many events more; true once the sweep is done.
    pub fn step(&mut self, events: u64) -> bool {
        let mut left = events;
        while !self.wave.is_empty() {
            for part in &mut self.wave {
                let before = part.events;
                if !part.step(left) {
                    return false;
                }
                left = left.saturating_sub(part.events - before);
            }
            self.close_wave();
        }
        true
    }

    /// Takes what the parts of the wave have done, finished or not, and goes on to the next.
    pub fn close_wave(&mut self) {
        for part in self.wave.drain(..) {
            self.runs += part.runs();
            self.events += part.events;
            self.results[part.cell].merge(part.results);
        }
        let cells = self.question.cells() as u64;
        while self.wave.len() < WAVE {
            let (piece, cell) = (self.begun / cells, (self.begun % cells) as usize);
            let first = piece * PIECE + 1;
            if first > u64::from(self.question.seeds) {
                break;
            }
            self.begun += 1;
            let last = (first + PIECE - 1).min(self.question.seeds.into());
            self.wave.push(SweepPart::new(Arc::clone(&self.question), cell, first, last));
        }
    }

    /// What came of a cell so far.
    pub fn cell(&self, cell: usize) -> SweepCell {
        let mut results = self.results[cell].clone();
        let running = self.wave.iter().filter(|part| part.cell == cell);
        running.for_each(|part| results.merge(part.results.clone()));
        let measures = Measure::ALL.map(|measure| {
            let of = |(seed, all): &(u64, RunMeasures)| Some((all[measure as usize]?, *seed));
            Distribution::of(results.runs.iter().filter_map(of).collect())
        });
        let places = self.question.places(cell);
        let shares = results.expectations.iter().zip(places);
        SweepCell {
            values: self.question.values(cell).into_iter().cloned().collect(),
            is_own: self.question.own_cell() == Some(cell),
            runs: results.runs.len() as u32,
            measures,
            needless: results.needless,
            expectations: shares.map(|(share, place)| place.map(|_| *share)).collect(),
            stopped: results.stopped,
        }
    }

    /// What came of all cells so far.
    pub fn cells(&self) -> Vec<SweepCell> {
        (0..self.results.len()).map(|cell| self.cell(cell)).collect()
    }
}

impl CellResults {
    fn merge(&mut self, other: Self) {
        self.runs.extend(other.runs);
        self.needless += other.needless;
        self.stopped += other.stopped;
        let shares = self.expectations.iter_mut().zip(&other.expectations);
        shares.for_each(|(share, more)| share.merge(more));
    }
}

impl SweepPart {
    fn new(question: Arc<SweepQuestion>, cell: usize, first: u64, last: u64) -> Self {
        let shares = vec![SeedShare::default(); question.scenario.expectations.len()];
        Self {
            first_fault: first_fault(&question.cells[cell]),
            places: question.places(cell),
            question,
            cell,
            seed: first,
            last,
            running: None,
            results: CellResults { expectations: shares, ..CellResults::default() },
            events: 0,
            log: Vec::new(),
        }
    }

    /// How many of its runs are done.
    pub fn runs(&self) -> u64 {
        self.results.runs.len() as u64
    }

    /// Whether all of its runs are done.
    pub fn is_done(&self) -> bool {
        self.seed > self.last
    }

    /// Runs about so many events more; true once it is done.
    pub fn step(&mut self, events: u64) -> bool {
        let stop = self.events.saturating_add(events);
        while !self.is_done() && self.events < stop {
            let (mut world, mut tally) = self.running.take().unwrap_or_else(|| self.begin());
            let end = world.scenario().end();
            let is_over = loop {
                if world.next().is_none_or(|next| next > end) {
                    break true;
                }
                if self.events >= stop {
                    break false;
                }
                world.step(&mut self.log);
                self.events += self.log.len() as u64;
                self.log.drain(..).for_each(|event| tally.note(&event));
            };
            match is_over {
                true => self.finish(&world, &tally, end),
                false => self.running = Some((world, tally)),
            }
        }
        self.is_done()
    }

    fn begin(&self) -> (World, Tally) {
        let scenario = self.scenario().with_seed(self.seed);
        let tally = Tally::new(&scenario);
        (World::new(scenario), tally)
    }

    fn scenario(&self) -> &Scenario {
        &self.question.cells[self.cell]
    }

    fn finish(&mut self, world: &World, tally: &Tally, end: Time) {
        let scenario = &self.question.cells[self.cell];
        let is_stopped = world.is_exhausted();
        let end = if is_stopped { world.now() } else { end };
        let measures = measure(scenario, self.first_fault, tally, end);
        let needless = measures[Measure::NeedlessElections as usize];
        let Self { results, seed, .. } = self;
        results.needless += u32::from(needless > Some(RunValue::Of(0)));
        results.stopped += u32::from(is_stopped);
        if !results.expectations.is_empty() {
            let held = Report::holds_each(tally, scenario, end);
            for (share, place) in results.expectations.iter_mut().zip(&self.places) {
                if let Some(&holds) = place.and_then(|place| held.get(place)) {
                    share.note(*seed, holds && !is_stopped);
                }
            }
        }
        results.runs.push((*seed, measures));
        self.seed += 1;
    }
}
