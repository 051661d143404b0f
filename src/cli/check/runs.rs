//! The runs that `check` adds to the reported one: the searches behind `expect always`, and the seeds behind
//! `expect in P% of seeds`.

use crate::cli::console::Console;
use crate::cli::search::report::script_lines;
use crate::cli::work::{MOST_RUNS, Work, WorkEnd};
use crate::narration::{describe_move, describe_share};
use crate::report::Report;
use crate::run::Run;
use crate::scenario::script::Script;
use crate::scenario::{Rate, Scenario};
use crate::search::{Search, SearchQuestion};
use crate::sweep::{SeedShare, Sweep, SweepQuestion};
use crate::types::listed;

/// Searches for what violates the expectations of a scenario with `always`, for so many seconds at most, and enters it
/// into the report.
pub(super) fn search(
    scenario: &Scenario,
    report: &mut Report,
    seconds: u32,
    console: &mut Console,
) {
    let mut work = None;
    for (index, ..) in scenario.always_expectations() {
        let Some(verdict) = report.expectations.get_mut(index).filter(|verdict| verdict.holds)
        else {
            continue;
        };
        let Some(question) = SearchQuestion::behind(scenario, index) else { continue };
        let work = work.get_or_insert_with(|| Work::new(console, Some(seconds), MOST_RUNS));
        let mut search = Search::new(question);
        let end = work.search(&mut search, console);
        let progress = search.progress();
        let question = search.question();
        match (search.answers().into_iter().next(), end) {
            (Some(answer), _) => {
                let moves = &answer.moves;
                let words: Vec<String> =
                    moves.iter().map(|one| describe_move(scenario, one)).collect();
                let lines = moves.iter().flat_map(|one| script_lines(question, one)).collect();
                let seen = question.with(moves).ok().map(|with| {
                    let run = Run::of(with);
                    let script = Script::of(run.scenario().clone());
                    run.report(&script).expectations.first().map(|it| it.reason.clone())
                });
                let seen = seen.flatten().unwrap_or_default();
                let reason = format!("{seen}, if {}", listed(&words));
                verdict.take_counterexample(answer.violation.at, &reason, lines);
            }
            (None, WorkEnd::Done) => {
                let runs = progress.runs;
                verdict.take_search(
                    true,
                    &format!(", and so it does in {runs} runs with added faults"),
                );
            }
            (None, WorkEnd::Stopped(_)) => {
                let finished = match progress.level.saturating_sub(1) {
                    0 => "not even all single faults are tried".to_owned(),
                    1 => "all single faults are tried".to_owned(),
                    level => format!("all sets of at most {level} faults are tried"),
                };
                let words = format!("; the search of runs with added faults stopped: {finished}");
                verdict.take_search(false, &words);
            }
        }
    }
}

/// Runs all seeds of a scenario, for so many seconds at most, and enters into the report in how many of them its
/// expectations hold.
pub(super) fn count(scenario: &Scenario, report: &mut Report, seconds: u32, console: &mut Console) {
    let expected: Vec<(usize, Rate)> = scenario.seed_expectations().collect();
    if expected.is_empty() {
        return;
    }
    let mut sweep = Sweep::new(SweepQuestion::of_seeds(scenario.clone()));
    let end = Work::new(console, Some(seconds), MOST_RUNS).sweep(&mut sweep, console);
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
