//! The runs behind `expect in P% of seeds`, which `check` counts.

use crate::cli::console::Console;
use crate::cli::work::{MOST_RUNS, Work, WorkEnd};
use crate::narration::describe_share;
use crate::report::Report;
use crate::scenario::{Rate, Scenario};
use crate::sweep::{SeedShare, Sweep, SweepQuestion};

/// Runs all seeds of a scenario, for so many seconds at most, and enters into the report in how many of them its
/// expectations hold.
pub(super) fn count(scenario: &Scenario, report: &mut Report, seconds: u32, console: &mut Console) {
    let expected: Vec<(usize, Rate)> = scenario.seed_expectations().collect();
    if expected.is_empty() {
        return;
    }
    let mut sweep = Sweep::new(SweepQuestion::of_seeds(scenario.clone()));
    let end = Work::new(Some(seconds), MOST_RUNS).sweep(&mut sweep, console);
    let shares = sweep.cell(0).expectations;
    for (index, least) in expected {
        let Some(verdict) = report.expectations.get_mut(index) else { continue };
        let share = shares.get(index).copied().flatten().unwrap_or_default();
        let holds = is_enough(share, least);
        let mut reason = format!("holds in {}", describe_share(&share));
        if end != WorkEnd::Done {
            let seeds = scenario.seeds;
            reason += &format!("; the count of {seeds} seeds stopped after {seconds} s");
        }
        let failing = share.first_failing.filter(|_| !holds);
        let lines = failing.map(|seed| format!("seed {seed}")).into_iter().collect();
        verdict.take_seeds(holds, end == WorkEnd::Done, &reason, lines);
    }
}

/// Whether a share is at least this large, exactly.
fn is_enough(share: SeedShare, least: Rate) -> bool {
    let whole = u64::from(Rate::ALWAYS.as_ppm());
    u64::from(share.holds) * whole >= u64::from(least.as_ppm()) * u64::from(share.runs)
}
