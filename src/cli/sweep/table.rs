//! The result of a sweep for people.

use super::report::sentences;
use crate::cli::work::WorkEnd;
use crate::narration::{describe_interval, describe_share, share_of_runs};
use crate::scenario::script;
use crate::sweep::{Distribution, Measure, RunValue, Sweep, SweepCell, wilson};
use crate::time::Duration;

/// All lines: a table of the measures, a table of each expectation, and the sentences.
pub(super) fn lines(sweep: &Sweep, end: WorkEnd) -> Vec<String> {
    let question = sweep.question();
    let cells = sweep.cells();
    let mut lines = Vec::new();
    if let WorkEnd::Stopped(reason) = end {
        let progress = sweep.progress();
        let (runs, all) = (progress.runs, progress.all);
        lines.push(format!("stopped: {reason}; {runs} of {all} runs are done"));
        lines.push(String::new());
    }
    let measure = match cells.iter().any(|cell| cell.measure(Measure::Recovery).is_some()) {
        true => Measure::Recovery,
        false => Measure::Leaderless,
    };
    let names = question.settings.iter().map(|(setting, _)| setting.to_string());
    let names: Vec<String> = names.collect();
    lines.push(format!("{}; each value with the seeds 1 to {}.", measure.label(), question.seeds));
    let mut head = names.clone();
    head.extend(["median", "90 %", "99 %", "worst", "seed", "without need"].map(str::to_owned));
    let mut rows = vec![head];
    rows.extend(cells.iter().map(|cell| row(cell, measure)));
    lines.extend(aligned(&rows, names.len()).into_iter().zip(marks(&cells)).map(marked));
    for (index, _) in question.scenario.expectations.iter().enumerate() {
        lines.push(String::new());
        lines.push(script::format_expectation(&question.scenario, index));
        let rows = cells.iter().map(|cell| {
            let mut row: Vec<String> = cell.values.iter().map(ToString::to_string).collect();
            row.push(match cell.expectations.get(index).copied().flatten() {
                Some(share) => describe_share(&share),
                None => "not with these processes".to_owned(),
            });
            row
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let marks = marks(&cells).skip(1);
        lines.extend(aligned(&rows, names.len() + 1).into_iter().zip(marks).map(marked));
    }
    let stopped: u32 = cells.iter().map(|cell| cell.stopped).sum();
    if stopped > 0 {
        lines.push(String::new());
        lines.push(format!("{stopped} runs stopped at a limit; they meet no expectation."));
    }
    let said = sentences(sweep, &cells);
    if !said.is_empty() {
        lines.push(String::new());
        lines.extend(said);
    }
    lines
}

fn row(cell: &SweepCell, measure: Measure) -> Vec<String> {
    let mut row: Vec<String> = cell.values.iter().map(ToString::to_string).collect();
    match cell.measure(measure) {
        Some(Distribution { median, p90, p99, worst, worst_seed, .. }) => {
            row.extend([median, p90, p99, worst].map(|value| spoken(*value)));
            row.push(worst_seed.to_string());
        }
        None => row.extend([const { String::new() }; 5]),
    }
    row.push(match cell.runs {
        0 => String::new(),
        runs => {
            let interval = describe_interval(wilson(cell.needless, runs));
            format!("{}, {interval}", share_of_runs(cell.needless, runs))
        }
    });
    row
}

fn spoken(time: RunValue) -> String {
    match time {
        RunValue::Of(us) => Duration::us(us).spoken().to_string(),
        RunValue::Never => "never".to_owned(),
    }
}

/// Before each line, and the head: the scenario as it is has a star.
fn marks(cells: &[SweepCell]) -> impl Iterator<Item = &'static str> {
    [" "].into_iter().chain(cells.iter().map(|cell| if cell.is_own { "*" } else { " " }))
}

fn marked((line, mark): (String, &str)) -> String {
    format!("{mark} {line}")
}

/// The cells of each column as wide as its widest one: the first `left` columns begin, the others end alike.
fn aligned(rows: &[Vec<String>], left: usize) -> Vec<String> {
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = width(column).unwrap_or_default();
            if column < left { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
