//! What is measured in each run, percentiles of it, and the interval of a share.

use crate::report::Tally;
use crate::scenario::Scenario;
use crate::time::Time;
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

/// Declares each measure once.
macro_rules! measures {
    ($($(#[doc = $help:literal])+ $measure:ident $name:literal $label:literal $is_time:literal),+ $(,)?) => {
        /// What is measured in a run. Of several groups each counts: times and numbers add up, and of the waits for a
        /// leader the longest counts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Measure { $($(#[doc = $help])+ $measure),+ }

        impl Measure {
            /// In the order of a table.
            pub const ALL: [Self; 8] = [$(Self::$measure),+];

            /// As CSV and JSON name it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$measure => $name),+ }
            }

            /// As the page and a table name it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$measure => $label),+ }
            }

            /// In a sentence.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$measure => const { concat!($($help),+).trim_ascii() }),+ }
            }

            /// Whether it is a time; else it is a number.
            pub const fn is_time(self) -> bool {
                match self { $(Self::$measure => $is_time),+ }
            }
        }
    };
}

measures! {
    /// The time without a leader, in all.
    Leaderless "leaderless" "Without a leader" true,
    /// The time with two leaders or more, in all.
    SplitBrain "splitBrain" "Split brain" true,
    /// The time from the first fault until a process leads again; nothing where one leads all the time.
    Recovery "recovery" "Until a leader again" true,
    /// Elections started, one for each process that starts one.
    Elections "elections" "Elections" false,
    /// How often a process leaves a leader that leads, to elect or to lead.
    NeedlessElections "needlessElections" "Elections without need" false,
    /// Changes of leader.
    Changes "changes" "Changes of leader" false,
    /// Changes of leader before which the old leader neither crashed nor paused.
    UnprovokedChanges "unprovokedChanges" "Unprovoked changes" false,
    /// Messages sent.
    Messages "messages" "Messages" false,
}

/// What was measured in a run, by measure. What does not exist there is none.
pub(super) type RunMeasures = [Option<RunValue>; Measure::ALL.len()];

/// Measures a run at its end.
pub(super) fn measure(
    scenario: &Scenario,
    first_fault: Option<Time>,
    tally: &Tally,
    end: Time,
) -> RunMeasures {
    let mut all = [None; Measure::ALL.len()];
    let mut add = |measure: Measure, value: u64| {
        let before = match all[measure as usize] {
            Some(RunValue::Of(before)) => before,
            Some(RunValue::Never) | None => 0,
        };
        all[measure as usize] = Some(RunValue::Of(before + value));
    };
    for group in scenario.group_ids() {
        let totals = tally.totals(group, end);
        add(Measure::Leaderless, totals.leaderless.as_us());
        add(Measure::SplitBrain, totals.split_brain.as_us());
        add(Measure::Elections, totals.elections);
        add(Measure::NeedlessElections, totals.needless);
        add(Measure::Changes, totals.changes);
        add(Measure::UnprovokedChanges, totals.unprovoked_changes);
        add(Measure::Messages, totals.messages);
    }
    all[Measure::Recovery as usize] = first_fault.filter(|&fault| fault <= end).and_then(|fault| {
        let waits = scenario.group_ids().map(|group| match tally.leader_again(group, fault, end) {
            Some(at) => RunValue::Of(at.since(fault).as_us()),
            None => RunValue::Never,
        });
        waits.max()
    });
    all
}

/// The first fault of a scenario.
pub(super) fn first_fault(scenario: &Scenario) -> Option<Time> {
    scenario.scheduled_faults().first().map(|fault| fault.at)
}
