//! Percentiles, and the interval of a share.

use serde::{Deserialize, Serialize};

/// What was measured in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RunValue {
    /// Microseconds, or a number.
    Of(u64),
    /// What is waited for does not come within the run; larger than everything else.
    Never,
}

/// The distribution of a measure over runs. A percentile is the nearest rank: of N runs in ascending order the one with
/// the number N × p / 100, rounded up; so it is always the value of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// Of the runs the 50th percentile.
    pub median: RunValue,
    /// The 90th.
    pub p90: RunValue,
    /// The 99th.
    pub p99: RunValue,
    /// How many runs have no more than the 99th percentile.
    pub within_p99: u32,
    /// The largest.
    pub worst: RunValue,
    /// The lowest seed that has it.
    pub worst_seed: u64,
    /// In how many runs it is never.
    pub never: u32,
}

impl Distribution {
    /// Of what was measured, each with its seed; none of nothing.
    pub fn of(mut runs: Vec<(RunValue, u64)>) -> Option<Self> {
        runs.sort_unstable();
        let &(worst, _) = runs.last()?;
        let first_with = |value: RunValue| runs.partition_point(|(other, _)| *other < value);
        let p99 = nearest_rank(&runs, 99)?;
        Some(Self {
            median: nearest_rank(&runs, 50)?,
            p90: nearest_rank(&runs, 90)?,
            p99,
            within_p99: runs.partition_point(|(other, _)| *other <= p99) as u32,
            worst,
            worst_seed: runs.get(first_with(worst))?.1,
            never: (runs.len() - first_with(RunValue::Never)) as u32,
        })
    }
}

fn nearest_rank(ascending: &[(RunValue, u64)], percent: usize) -> Option<RunValue> {
    let rank = (ascending.len() * percent).div_ceil(100);
    ascending.get(rank.checked_sub(1)?).map(|(value, _)| *value)
}

/// In how many of some runs something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedShare {
    /// In so many it holds.
    pub holds: u32,
    /// Of so many.
    pub runs: u32,
    /// The lowest seed in which it does not hold.
    pub first_failing: Option<u64>,
}

impl SeedShare {
    /// Where the share of all seeds lies with a confidence of 95 %: the Wilson score interval, in parts of one.
    pub fn interval(&self) -> (f64, f64) {
        wilson(self.holds, self.runs)
    }

    pub(super) fn note(&mut self, seed: u64, holds: bool) {
        self.runs += 1;
        if holds {
            self.holds += 1;
        } else {
            self.first_failing = Some(self.first_failing.map_or(seed, |first| first.min(seed)));
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.holds += other.holds;
        self.runs += other.runs;
        self.first_failing = [self.first_failing, other.first_failing].into_iter().flatten().min();
    }
}

/// The 97.5th percentile of the normal distribution: between it and its negative lie 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// The Wilson score interval of a share, with a confidence of 95 %. Of no runs nothing is known.
pub fn wilson(holds: u32, runs: u32) -> (f64, f64) {
    if runs == 0 {
        return (0.0, 1.0);
    }
    let (holds, n) = (f64::from(holds), f64::from(runs));
    let share = holds / n;
    let middle = share + Z * Z / (2.0 * n);
    let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // The ends of the interval of none and of all are exact, whatever rounding makes of them.
    let lo = if holds == 0.0 { 0.0 } else { (middle - reach) / scale };
    let hi = if holds == n { 1.0 } else { (middle + reach) / scale };
    (lo, hi)
}
