//! Runs a scenario with one or two settings over ranges of values, each under many seeds, and measures each run.
//!
//! A sweep is divided into parts: some seeds of one cell, which is a scenario with one value of each setting. Any
//! number of threads may do the parts in any order; the result is the same. It keeps numbers, never a run: a cell with
//! a seed is a scenario, which shows again what the sweep has measured.

mod parts;
mod range;
mod settings;
mod statistics;

pub use parts::{Sweep, SweepPart, SweepProgress};
pub use range::SweepRange;
pub use settings::{SweepSetting, SweepUnit, SweepValue, SweptLine};
pub use statistics::{Distribution, Measure, RunValue, SeedShare, wilson};

use crate::scenario::script::Script;
use crate::scenario::{Scenario, limits};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Of one setting.
pub const MOST_VALUES: usize = 64;
/// Of all cells: their measures take about a hundred bytes each.
pub const MOST_RUNS: u64 = 1_000_000;

/// A question: what comes of these values?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepQuestion {
    /// The scenario as it is.
    pub scenario: Scenario,
    /// One setting or two, with their values; none where the scenario alone runs.
    pub settings: Vec<(SweepSetting, SweepRange)>,
    /// Each cell runs with the seeds from 1 to this one.
    pub seeds: u32,
    /// The scenario of each cell, the values of the last setting running fastest.
    cells: Vec<Scenario>,
    /// The cell that is the scenario as it is.
    own: Option<usize>,
}

impl SweepQuestion {
    /// Checks the settings and the number of seeds.
    ///
    /// # Errors
    /// The scenario cannot have a setting or a value, or there is too much to run.
    pub fn new(
        scenario: Scenario,
        settings: Vec<(SweepSetting, SweepRange)>,
        seeds: u32,
    ) -> Result<Self, SweepError> {
        match &*settings {
            [_] => {}
            [(one, _), (other, _)] if one != other => {}
            [(one, _), _] => return Err(SweepError::SettingTwice { setting: one.to_string() }),
            _ => return Err(SweepError::Settings { found: settings.len() }),
        }
        if !(1..=limits::MOST_SEEDS).contains(&seeds) {
            return Err(SweepError::Seeds { found: seeds });
        }
        let number = settings.iter().map(|(_, range)| range.values().len() as u64).product::<u64>();
        let runs = number * u64::from(seeds);
        if runs > MOST_RUNS {
            return Err(SweepError::TooManyRuns { values: number, seeds, runs });
        }
        let mut cells = vec![scenario.clone()];
        for (setting, range) in &settings {
            let with = |base: &Scenario| {
                let values = range.values().iter();
                values.map(|value| setting.with(base, value)).collect::<Result<Vec<_>, _>>()
            };
            let all = cells.iter().map(with).collect::<Result<Vec<_>, _>>()?;
            cells = all.into_iter().flatten().collect();
        }
        let own = cells.iter().position(|cell| *cell == scenario);
        Ok(Self { scenario, settings, seeds, cells, own })
    }

    /// The scenario alone, under as many seeds as it says.
    pub fn of_seeds(scenario: Scenario) -> Self {
        let (seeds, cells) = (scenario.seeds, vec![scenario.clone()]);
        Self { scenario, settings: Vec::new(), seeds, cells, own: Some(0) }
    }

    /// Reads settings and ranges as the command line and the page write them: `timeout` and `150ms..1s/50ms`.
    ///
    /// # Errors
    /// As `new`, or a text that is no setting or no range.
    pub fn read(script: &Script, varied: &[(&str, &str)], seeds: u32) -> Result<Self, SweepError> {
        let settings = varied.iter().map(|(name, range)| {
            let setting = SweepSetting::named(name.trim(), script)?;
            setting.own(&script.scenario)?;
            Ok((setting, SweepRange::read(setting, range)?))
        });
        Self::new(script.scenario.clone(), settings.collect::<Result<_, _>>()?, seeds)
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Which value of a setting a cell has. The values of the last setting run fastest.
    pub fn nth(&self, cell: usize, setting: usize) -> usize {
        let count = |(_, range): &(SweepSetting, SweepRange)| range.values().len().max(1);
        let inner: usize = self.settings.iter().skip(setting + 1).map(count).product();
        cell / inner % self.settings.get(setting).map_or(1, count)
    }

    /// The values of a cell, one of each setting.
    pub fn values(&self, cell: usize) -> Vec<&SweepValue> {
        let settings = self.settings.iter().enumerate();
        let values =
            settings.filter_map(|(nth, (_, range))| range.values().get(self.nth(cell, nth)));
        values.collect()
    }

    /// The scenario of a cell with a seed, which a run shows.
    pub fn shown(&self, cell: usize, seed: u64) -> Option<Scenario> {
        self.cells.get(cell).map(|scenario| scenario.with_seed(seed))
    }

    /// The cell that is the scenario as it is, if its values are among those.
    pub fn own_cell(&self) -> Option<usize> {
        self.own
    }

    /// The place of each expectation among those of a cell; none where the cell cannot have it.
    fn places(&self, cell: usize) -> Vec<Option<usize>> {
        let mut of_cell = self.cells[cell].expectations.iter().enumerate().peekable();
        let place = |own| of_cell.next_if(|(_, it)| *it == own).map(|(place, _)| place);
        self.scenario.expectations.iter().map(place).collect()
    }
}

/// What came of one cell so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepCell {
    /// One of each setting.
    pub values: Vec<SweepValue>,
    /// The scenario as it is.
    pub is_own: bool,
    /// How many runs are done.
    pub runs: u32,
    /// By measure; none where the scenario has no such thing, or nothing is done.
    measures: [Option<Distribution>; Measure::ALL.len()],
    /// In how many runs there is an election without need, one at least.
    pub needless: u32,
    /// Of each expectation of the scenario; none where this cell cannot have it.
    pub expectations: Vec<Option<SeedShare>>,
    /// How many runs stopped at a limit; these meet no expectation.
    pub stopped: u32,
}

impl SweepCell {
    /// The distribution of a measure.
    pub fn measure(&self, measure: Measure) -> Option<&Distribution> {
        self.measures[measure as usize].as_ref()
    }
}

/// Why a question cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SweepError {
    /// No setting has this name.
    #[error(
        "`{name}` is no setting; there are {}, and of a line with a fault `line 12 at` and `line 12 for`",
        crate::types::listed(SweepSetting::OF_RUN)
    )]
    UnknownSetting {
        /// What was found.
        name: String,
    },
    /// The line is another one, or there are no lines.
    #[error("line {line} has no fault on the timeline")]
    NoFaultOnLine {
        /// From 1.
        line: usize,
    },
    /// The scenario cannot have it.
    #[error("`{setting}` cannot be varied: {problem}")]
    Impossible {
        /// Its name.
        setting: String,
        /// The reason.
        problem: String,
    },
    /// The scenario cannot have this value, or it is none.
    #[error("`{setting}` cannot be {value}: {problem}")]
    WrongValue {
        /// The name of the setting.
        setting: String,
        /// The value.
        value: String,
        /// The reason.
        problem: String,
    },
    /// The text is no range.
    #[error("`{range}` is no range of `{setting}`: {problem}")]
    WrongRange {
        /// The name of the setting.
        setting: String,
        /// The text.
        range: String,
        /// The reason.
        problem: String,
    },
    /// A list has it twice.
    #[error("`{setting}` has the value {value} twice")]
    ValueTwice {
        /// The name of the setting.
        setting: String,
        /// The value.
        value: String,
    },
    /// A range is too long.
    #[error("`{setting}` has {found} values; the most is {MOST_VALUES}")]
    TooManyValues {
        /// The name of the setting.
        setting: String,
        /// How many there are.
        found: u64,
    },
    /// Neither one nor two.
    #[error("one setting or two can be varied, not {found}")]
    Settings {
        /// How many there are.
        found: usize,
    },
    /// Both are the same.
    #[error("`{setting}` is varied twice")]
    SettingTwice {
        /// Its name.
        setting: String,
    },
    /// None, or too many.
    #[error("{found} seeds are not possible; there are 1 to {}", limits::MOST_SEEDS)]
    Seeds {
        /// How many there are.
        found: u32,
    },
    /// All runs together.
    #[error(
        "{values} values with {seeds} seeds each are {runs} runs; the most is {MOST_RUNS}: take fewer seeds, or a larger step"
    )]
    TooManyRuns {
        /// The number of cells.
        values: u64,
        /// The number of seeds.
        seeds: u32,
        /// Both multiplied.
        runs: u64,
    },
}
