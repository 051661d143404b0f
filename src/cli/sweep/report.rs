//! The result of a sweep, for people, as JSON and as CSV.

use crate::cli::work::WorkEnd;
use crate::export::{measure_key, rounded_share};
use crate::narration::{
    compare_cells, compared_cell, describe_cell, describe_interval, describe_share, share_of_runs,
};
use crate::scenario::script::{self, LineHint};
use crate::sweep::{Distribution, Measure, RunValue, SeedShare, Sweep, SweepCell, wilson};
use crate::time::Duration;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// All lines: a table of the measures, a table of each expectation, the sentences, and the hints of the script, which
/// may say why the numbers are what they are.
pub(super) fn lines(sweep: &Sweep, end: WorkEnd, hints: &[LineHint]) -> Vec<String> {
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
    if !hints.is_empty() {
        lines.extend([String::new(), "Hints".to_owned()]);
        lines.extend(hints.iter().map(|hint| format!("  {hint}")));
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

/// What `hustings sweep --format json` prints. Times are microseconds; a measure that is never reached is null.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SweepReport {
    settings: Vec<SettingReport>,
    /// Each value has the seeds from 1 to this one.
    seeds: u32,
    /// Why it stopped before all runs were done.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
    runs: u64,
    events: u64,
    expectations: Vec<String>,
    /// What the scenario as it is comes to, and a value beside it.
    sentences: Vec<String>,
    /// One for each value; of two settings the values of the second run fastest.
    cells: Vec<CellReport>,
}

#[derive(Debug, Serialize)]
struct SettingReport {
    name: String,
    label: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CellReport {
    /// As the script writes them, one of each setting.
    values: Vec<String>,
    /// The scenario as it is.
    own: bool,
    runs: u32,
    measures: MeasureReports,
    /// In how many runs there is an election without need.
    needless_runs: u32,
    /// How many runs stopped at a limit.
    stopped_runs: u32,
    /// Of each expectation; null where this value cannot have it.
    expectations: Vec<Option<ShareReport>>,
}

#[derive(Debug)]
struct MeasureReports(Vec<(Measure, Distribution)>);

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DistributionReport {
    median: Option<u64>,
    p90: Option<u64>,
    p99: Option<u64>,
    worst: Option<u64>,
    worst_seed: u64,
    /// In how many runs it is never reached.
    never: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ShareReport {
    holds: u32,
    runs: u32,
    /// The 95 % Wilson interval of the share.
    interval: [f64; 2],
    first_failing_seed: Option<u64>,
}

impl Serialize for MeasureReports {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (measure, found) in &self.0 {
            map.serialize_entry(&measure_key(*measure), &DistributionReport::from(found))?;
        }
        map.end()
    }
}

impl From<&Distribution> for DistributionReport {
    fn from(found: &Distribution) -> Self {
        Self {
            median: number(found.median),
            p90: number(found.p90),
            p99: number(found.p99),
            worst: number(found.worst),
            worst_seed: found.worst_seed,
            never: found.never,
        }
    }
}

impl From<&SeedShare> for ShareReport {
    fn from(share: &SeedShare) -> Self {
        let (lo, hi) = share.interval();
        let SeedShare { holds, runs, first_failing } = *share;
        Self {
            holds,
            runs,
            interval: [lo, hi].map(rounded_share),
            first_failing_seed: first_failing,
        }
    }
}

impl SweepReport {
    pub(super) fn new(sweep: &Sweep, end: WorkEnd) -> Self {
        let question = sweep.question();
        let (scenario, progress) = (&question.scenario, sweep.progress());
        let cells = sweep.cells();
        let settings = question.settings.iter().map(|(setting, _)| SettingReport {
            name: setting.to_string(),
            label: setting.label(scenario),
        });
        let expectations = 0..scenario.expectations.len();
        Self {
            settings: settings.collect(),
            seeds: question.seeds,
            stopped: match end {
                WorkEnd::Done => None,
                WorkEnd::Stopped(reason) => Some(reason.to_string()),
            },
            runs: progress.runs,
            events: progress.events,
            expectations: expectations
                .map(|index| script::format_expectation(scenario, index))
                .collect(),
            sentences: sentences(sweep, &cells),
            cells: cells.iter().map(CellReport::from).collect(),
        }
    }
}

impl From<&SweepCell> for CellReport {
    fn from(cell: &SweepCell) -> Self {
        let measures = Measure::ALL.into_iter();
        let measures = measures.filter_map(|measure| Some((measure, *cell.measure(measure)?)));
        let share = |share: &Option<SeedShare>| share.as_ref().map(ShareReport::from);
        Self {
            values: cell.values.iter().map(ToString::to_string).collect(),
            own: cell.is_own,
            runs: cell.runs,
            measures: MeasureReports(measures.collect()),
            needless_runs: cell.needless,
            stopped_runs: cell.stopped,
            expectations: cell.expectations.iter().map(share).collect(),
        }
    }
}

/// What a sweep shows: the scenario as it is, and a value beside it.
pub(super) fn sentences(sweep: &Sweep, cells: &[SweepCell]) -> Vec<String> {
    let question = sweep.question();
    let Some((place, own)) = cells.iter().enumerate().find(|(_, cell)| cell.is_own) else {
        return Vec::new();
    };
    let other = compared_cell(cells, place).and_then(|place| cells.get(place));
    let other = other.map(|other| compare_cells(question, own, other));
    let all = [Some(describe_cell(question, own)), other].into_iter().flatten();
    all.filter(|sentence| !sentence.is_empty()).collect()
}

fn number(value: RunValue) -> Option<u64> {
    match value {
        RunValue::Of(number) => Some(number),
        RunValue::Never => None,
    }
}
