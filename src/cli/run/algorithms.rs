//! `hustings run --algorithm`: one scenario under another algorithm, or under all of them side by side.

use super::super::console::{Line, Mark};
use crate::election::AlgorithmKind;
use crate::report::Report;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::session::Document;
use crate::session::compare::{self, COLUMNS, ComparisonRow};
use clap::ValueEnum;
use clap::builder::PossibleValue;

/// Which algorithms a scenario runs under instead of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AlgorithmChoice {
    All,
    One(AlgorithmKind),
}

impl AlgorithmChoice {
    fn kinds(self) -> Vec<AlgorithmKind> {
        match self {
            Self::All => AlgorithmKind::ALL.to_vec(),
            Self::One(kind) => vec![kind],
        }
    }
}

/// All of them and each, as clap wants them: in a list that lives as long as the program.
const CHOICES: [AlgorithmChoice; AlgorithmKind::ALL.len() + 1] = {
    let mut choices = [AlgorithmChoice::All; AlgorithmKind::ALL.len() + 1];
    let mut place = 0;
    while place < AlgorithmKind::ALL.len() {
        choices[place + 1] = AlgorithmChoice::One(AlgorithmKind::ALL[place]);
        place += 1;
    }
    choices
};

impl ValueEnum for AlgorithmChoice {
    fn value_variants<'a>() -> &'a [Self] {
        &CHOICES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::All => PossibleValue::new("all").help("All of them, side by side"),
            Self::One(kind) => PossibleValue::new(kind.row().name).help(kind.row().help),
        })
    }
}

/// A scenario under one algorithm; no run where the algorithm does not allow the scenario.
pub(crate) struct AlgorithmRun {
    kind: AlgorithmKind,
    played: Result<(Document, Run), String>,
}

impl AlgorithmRun {
    pub(crate) fn report(&self) -> Option<Report> {
        self.played.as_ref().ok().map(|(document, run)| run.report(document.script()))
    }
}

/// The runs of a scenario under the chosen algorithms.
pub(crate) fn runs(scenario: &Scenario, choice: AlgorithmChoice) -> Vec<AlgorithmRun> {
    let document = Document::of(scenario);
    let under = |kind: AlgorithmKind| {
        let other = compare::under(&document, &compare::of_kind(&scenario.algorithm, kind));
        let played = other.map(|other| {
            let run = Run::of(other.scenario().clone());
            (other, run)
        });
        AlgorithmRun { kind, played }
    };
    choice.kinds().into_iter().map(under).collect()
}

/// A row for each algorithm, and for each group where there are several.
pub(crate) fn table(runs: &[AlgorithmRun]) -> Vec<Line> {
    let heads = std::iter::once("").chain(COLUMNS).map(str::to_owned);
    let mut rows: Vec<Vec<String>> = vec![heads.collect()];
    let mut refused = Vec::new();
    for algorithm in runs {
        let name = algorithm.kind.row().name;
        match &algorithm.played {
            Ok((document, run)) => {
                let found = compare::rows(run, &run.report(document.script()));
                rows.extend(found.into_iter().map(|row| texts(name, row)));
            }
            Err(why) => refused.push(Line::from(format!("  {name}: {why}"))),
        }
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..=COLUMNS.len()).map(|column| width(column).unwrap_or(0)).collect();
    let mut lines: Vec<Line> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut text = format!("  {:<1$}", row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).take(COLUMNS.len()).skip(1) {
            text += &format!("  {cell:>width$}");
        }
        text += &format!("  {}", row[COLUMNS.len()]);
        let text = text.trim_end();
        lines.push(if index == 0 { Line::marked(Mark::Quiet, text) } else { text.into() });
    }
    lines.extend(refused);
    lines
}

fn texts(algorithm: &str, ComparisonRow { name, cells, .. }: ComparisonRow) -> Vec<String> {
    let head = match name {
        None => algorithm.to_owned(),
        Some(group) => format!("{algorithm}, {group}"),
    };
    std::iter::once(head).chain(cells.map(|cell| cell.text)).collect()
}
