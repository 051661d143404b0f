//! The searches behind `expect always`, which `check` runs.

use crate::cli::console::Console;
use crate::cli::search::lines::script_lines;
use crate::cli::work::{MOST_RUNS, Work, WorkEnd};
use crate::narration::describe_move;
use crate::report::Report;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::scenario::script::Script;
use crate::search::{Search, SearchQuestion};
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
        let work = work.get_or_insert_with(|| Work::new(Some(seconds), MOST_RUNS));
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
