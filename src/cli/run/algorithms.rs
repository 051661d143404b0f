//! `hustings run --algorithm`: one scenario under another algorithm, or under all of them side by side.

use super::super::console::{Line, Mark};
use crate::election::AlgorithmKind;
use crate::report::Report;
use crate::run::Run;
use crate::scenario::script::{self, Script};
use crate::scenario::{Scenario, ScenarioParts};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, who_leads};
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
    played: Result<(Script, Run), String>,
}

impl AlgorithmRun {
    pub(crate) fn report(&self) -> Option<Report> {
        self.played.as_ref().ok().map(|(script, run)| run.report(script))
    }
}

/// The runs of a scenario under the chosen algorithms, without its expectations, which are about its own run. An
/// algorithm that needs heartbeats has those of the start scenario where the scenario has none.
pub(crate) fn runs(scenario: &Scenario, choice: AlgorithmChoice) -> Vec<AlgorithmRun> {
    let under = |kind: AlgorithmKind| {
        let mut parts = ScenarioParts { expectations: Vec::new(), ..scenario.clone().into_parts() };
        if parts.algorithm.kind() != kind {
            parts.change_algorithm(kind.with_defaults());
        }
        let played = Scenario::new(parts)
            .map_err(|problems| problems.first().map(|first| first.problem.to_string()))
            .and_then(|scenario| script::read(&script::write(&scenario)).map_err(|_| None));
        let played = played.map(|script| {
            let run = Run::of(script.scenario.clone());
            (script, run)
        });
        AlgorithmRun { kind, played: played.map_err(Option::unwrap_or_default) }
    };
    choice.kinds().into_iter().map(under).collect()
}

/// The heads of the columns.
const HEADS: [&str; 7] =
    ["", "messages", "until a leader", "leaderless", "split brain", "changes", "at the end"];

/// A row for each algorithm, and for each group where there are several. Messages are those of elections, without
/// heartbeats and their acknowledgements.
pub(crate) fn table(runs: &[AlgorithmRun]) -> Vec<Line> {
    let mut rows = vec![HEADS.map(str::to_owned)];
    let mut refused = Vec::new();
    for AlgorithmRun { kind, played } in runs {
        match played {
            Ok((script, run)) => rows.extend(of_run(*kind, run, &run.report(script))),
            Err(why) => refused.push(Line::from(format!("  {}: {why}", kind.row().name))),
        }
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..HEADS.len()).map(|column| width(column).unwrap_or(0)).collect();
    let mut lines: Vec<Line> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut text = format!("  {:<1$}", row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).take(HEADS.len() - 1).skip(1) {
            text += &format!("  {cell:>width$}");
        }
        text += &format!("  {}", row[HEADS.len() - 1]);
        let text = text.trim_end();
        lines.push(if index == 0 { Line::marked(Mark::Quiet, text) } else { text.into() });
    }
    lines.extend(refused);
    lines
}

fn of_run(kind: AlgorithmKind, run: &Run, report: &Report) -> Vec<[String; HEADS.len()]> {
    let groups = report.groups.iter().zip((0..).map(GroupId));
    let rows = groups.map(|(group, id)| {
        let name = match report.groups.len() {
            1 => kind.row().name.to_owned(),
            _ => format!("{}, {}", kind.row().name, group.name),
        };
        let sent = |at: Time| -> u32 {
            let world = run.at(at);
            let kinds = MessageKind::ALL.into_iter().filter(|kind| !kind.is_routine());
            kinds.map(|kind| world.sent(id, kind)).sum()
        };
        // The first time without a leader that a leader ends.
        let waits = group.leaders.windows(2).find(|pair| pair[0].leaders.is_empty());
        let until = waits.map(|pair| sent(Time::us(pair[1].from_us)).to_string());
        let leaders = run.tally().leaders(id);
        let called: Vec<String> =
            leaders.iter().map(|&rank| run.scenario().called(rank).to_string()).collect();
        [
            name,
            sent(run.end()).to_string(),
            until.unwrap_or_else(|| "-".to_owned()),
            Duration::us(group.leaderless_us).spoken().to_string(),
            Duration::us(group.split_brain_us).spoken().to_string(),
            group.changes.to_string(),
            who_leads(&called).to_string(),
        ]
    });
    rows.collect()
}
