//! `hustings diff`: where two runs first differ, why, and which figures of their reports differ.

use super::console::{Console, Line, Mark, STANDARD_INPUT};
use super::{CliOutcome, diagnostics, input};
use crate::narration::{
    Divergence, DivergenceSearch, DivergenceSide, RunPair, apart, seek, statements,
};
use crate::report::{GroupReport, Report};
use crate::run::Run;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank, listed};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::{io, iter};

/// Simulates two scenarios and reports where their runs first differ, why, and how the results differ.
///
/// Only the runs are compared, not titles, comments and expectations. The exit code is 0 if both runs
/// are the same, 1 if they differ, and 2 if a scenario cannot be read.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings diff before.hustings after.hustings
  hustings presets bully-figure | sed 's/alive 60ms/alive 80ms/' | hustings diff before.hustings -
  hustings diff --json a.hustings b.hustings | jq .parting.why

Exit codes:
  0  both runs are the same
  1  the runs differ
  2  a scenario cannot be read")]
pub(crate) struct DiffArgs {
    /// The first scenario; `-` is standard input
    #[arg(value_name = "A")]
    a: PathBuf,

    /// The second scenario; `-` is standard input
    #[arg(value_name = "B")]
    b: PathBuf,

    /// Prints one JSON object
    #[arg(long)]
    json: bool,
}

/// The names of the two runs in sentences.
const NAMES: [&str; 2] = ["A", "B"];

pub(crate) fn run(args: &DiffArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let files = [&args.a, &args.b];
    if files.iter().all(|file| file.as_path() == Path::new(STANDARD_INPUT)) {
        let text = "this can be read only once; name a file for A or for B";
        console.problem(&diagnostics::about(&input::name(&args.a), text));
        return Ok(CliOutcome::Unreadable);
    }
    // Both files are read before either is rejected, so that all problems are reported at once.
    let scripts = files.map(|file| input::script(file, console));
    let [Some((_, a)), Some((_, b))] = scripts else { return Ok(CliOutcome::Unreadable) };
    let runs = [&a, &b].map(|script| Run::of(script.scenario.clone()));
    let reports = [runs[0].report(&a), runs[1].report(&b)];
    let pair = RunPair { runs: [&runs[0], &runs[1]], names: NAMES };
    let compared =
        Compared::new(pair, [&reports[0], &reports[1]], files.map(|file| input::name(file)));
    match args.json {
        true => console.json(&JsonDiff::from(&compared))?,
        false => print(&compared, console)?,
    }
    Ok(if compared.is_same() { CliOutcome::Fine } else { CliOutcome::Failed })
}

struct Compared {
    files: [String; 2],
    events: [u32; 2],
    digests: [String; 2],
    ends: [Time; 2],
    divergence: Option<Divergence>,
    differences: Vec<Difference>,
    statements: [Vec<String>; 2],
}

impl Compared {
    fn new(pair: RunPair, reports: [&Report; 2], files: [String; 2]) -> Self {
        let RunPair { runs, .. } = pair;
        Self {
            files,
            events: reports.map(|report| report.events),
            digests: reports.map(|report| report.digest.clone()),
            ends: runs.map(Run::end),
            divergence: DivergenceSearch::whole(runs[0], runs[1])
                .map(|point| point.describe(pair, Some(seek))),
            differences: differences(runs, reports),
            statements: statements(runs),
        }
    }

    /// Whether events, reports and ends are the same.
    fn is_same(&self) -> bool {
        self.divergence.is_none() && self.differences.is_empty() && self.ends[0] == self.ends[1]
    }
}

fn print(compared: &Compared, console: &mut Console) -> io::Result<()> {
    for (name, file) in NAMES.iter().zip(&compared.files) {
        console.line(Line::marked(Mark::Strong, *name).and(format!("  {file}")))?;
    }
    console.line("")?;
    for line in divergence_lines(compared) {
        console.line(line)?;
    }
    if !compared.differences.is_empty() {
        console.line("")?;
        for line in table(&compared.differences, NAMES) {
            console.line(line)?;
        }
    }
    if compared.statements.iter().any(|lines| !lines.is_empty()) {
        console.line("")?;
        console.line("The scripts differ in what decides the run:")?;
        for (name, lines) in NAMES.iter().zip(&compared.statements) {
            for line in lines {
                console.line(format!("  {name}  {line}"))?;
            }
        }
    }
    Ok(())
}

fn divergence_lines(compared: &Compared) -> Vec<Line> {
    let Some(divergence) = &compared.divergence else { return vec![same_runs(compared).into()] };
    let Divergence { at, common, last_common, sides, why } = divergence;
    let so_far = match (common, last_common) {
        (1, Some(last)) => format!("The first event, at {}, is the same.", last.spoken()),
        (_, Some(last)) => {
            format!("The first {common} events are the same, up to {}.", last.spoken())
        }
        (_, None) => "No event is the same.".to_owned(),
    };
    let first = format!("{so_far} The runs first differ at {}:", at.spoken());
    let mut lines = vec![first.into(), Line::default()];
    for (name, DivergenceSide { at, text }) in NAMES.iter().zip(sides) {
        let name = Line::from("  ").and(Line::marked(Mark::Strong, *name));
        lines.push(name.and(format!("  {:>12}  {text}", at.stamp().to_string())));
    }
    lines.push(Line::default());
    lines.push("Why:".into());
    lines.extend(why.iter().map(|sentence| format!("  {sentence}").into()));
    lines
}

/// The sentence for runs without a different event; they may still end at different instants.
fn same_runs(Compared { events, ends, .. }: &Compared) -> String {
    let count = events[0];
    let [a, b] = apart(ends.map(|end| end.since(Time::ZERO)));
    let all = match count {
        0 => "Nothing happens in either run".to_owned(),
        count => format!("All {count} events are the same"),
    };
    match ends[0] == ends[1] {
        true => format!("{all}."),
        false => format!("{all}, but A ends at {a}, and B at {b}."),
    }
}

/// The JSON output. The version increases when a field changes its meaning.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonDiff<'a> {
    format_version: u32,
    same: bool,
    a: JsonRun<'a>,
    b: JsonRun<'a>,
    #[serde(rename = "parting")]
    divergence: Option<JsonDivergence<'a>>,
    differences: &'a [Difference],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonRun<'a> {
    file: &'a str,
    digest: &'a str,
    end_us: u64,
    events: u32,
    /// The statements that decide the run and that the other script does not have.
    only: &'a [String],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonDivergence<'a> {
    at_us: u64,
    common_events: u32,
    last_common_us: Option<u64>,
    a: JsonSide<'a>,
    b: JsonSide<'a>,
    why: &'a [String],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonSide<'a> {
    at_us: u64,
    text: &'a str,
}

impl<'a> From<&'a Compared> for JsonDiff<'a> {
    fn from(compared: &'a Compared) -> Self {
        let [a, b] = [0, 1].map(|side| JsonRun {
            file: &compared.files[side],
            digest: &compared.digests[side],
            end_us: compared.ends[side].as_us(),
            events: compared.events[side],
            only: &compared.statements[side],
        });
        JsonDiff {
            format_version: 1,
            same: compared.is_same(),
            a,
            b,
            divergence: compared.divergence.as_ref().map(JsonDivergence::from),
            differences: &compared.differences,
        }
    }
}

impl<'a> From<&'a Divergence> for JsonDivergence<'a> {
    fn from(divergence: &'a Divergence) -> Self {
        let side = |side: usize| JsonSide {
            at_us: divergence.sides[side].at.as_us(),
            text: &divergence.sides[side].text,
        };
        JsonDivergence {
            at_us: divergence.at.as_us(),
            common_events: divergence.common,
            last_common_us: divergence.last_common.map(Time::as_us),
            a: side(0),
            b: side(1),
            why: &divergence.why,
        }
    }
}

/// A figure of a group that differs between the runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Difference {
    /// Null if neither run has several groups.
    group: Option<String>,
    /// The name in the report.
    what: &'static str,
    #[serde(skip)]
    label: &'static str,
    /// Null if only the other run has the group.
    a: Option<DiffMeasure>,
    b: Option<DiffMeasure>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum DiffMeasure {
    Leaders(Vec<u16>),
    Total(Total),
    Count(u64),
}

/// A total duration: exact, and as the sum of the rounded intervals that a reader sees.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
struct Total {
    us: u64,
    #[serde(skip)]
    spoken: Duration,
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.us == other.us
    }
}

impl Eq for Total {}

/// The figures that differ, in the order of the groups of A, then of those that only B has.
pub(crate) fn differences(runs: [&Run; 2], reports: [&Report; 2]) -> Vec<Difference> {
    let names = reports
        .map(|report| report.groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>());
    let only_b = names[1].iter().filter(|name| !names[0].contains(name));
    let all: Vec<&String> = names[0].iter().chain(only_b).collect();
    let is_one = all.len() == 1 && !runs.iter().any(|run| run.scenario().is_grouped());
    let of_group = |name: &String| {
        let figures = [0, 1].map(|side| {
            let place = names[side].iter().position(|other| other == name)?;
            Some(figures(runs[side], &reports[side].groups[place], GroupId(place as u8)))
        });
        let group = (!is_one).then(|| name.clone());
        KINDS.iter().enumerate().filter_map(move |(kind, &(what, label))| {
            let figure = |side: usize| Some(figures[side].as_ref()?[kind].clone());
            let (a, b) = (figure(0), figure(1));
            let group = group.clone();
            (a != b).then_some(Difference { group, what, label, a, b })
        })
    };
    all.into_iter().flat_map(of_group).collect()
}

/// The compared figures: the name in the report, and the label.
const KINDS: [(&str, &str); 8] = [
    ("leaders", "leader at the end"),
    ("leaderlessUs", "leaderless"),
    ("splitBrainUs", "split brain"),
    ("rounds", "rounds of elections"),
    ("elections", "elections started"),
    ("changes", "changes of leader"),
    ("messages", "messages"),
    ("lost", "messages lost"),
];

/// The figures of a group, in the order of `KINDS`.
fn figures(run: &Run, group: &GroupReport, id: GroupId) -> [DiffMeasure; KINDS.len()] {
    let leaders = run.tally().leaders(id).into_iter().map(Rank::get).collect();
    let messages = &group.messages;
    let total = |us: u64, counts: fn(usize) -> bool| {
        DiffMeasure::Total(Total { us, spoken: group.spoken_total(counts) })
    };
    [
        DiffMeasure::Leaders(leaders),
        total(group.leaderless_us, |leaders| leaders == 0),
        total(group.split_brain_us, |leaders| leaders > 1),
        DiffMeasure::Count(group.rounds),
        DiffMeasure::Count(group.elections),
        DiffMeasure::Count(group.changes),
        DiffMeasure::Count(messages.total),
        DiffMeasure::Count(messages.lost.values().sum()),
    ]
}

/// A table of the figures that differ, with a column for each run.
pub(crate) fn table(differences: &[Difference], names: [&str; 2]) -> Vec<String> {
    let label = |found: &Difference| match &found.group {
        Some(group) => format!("{group}: {}", found.label),
        None => found.label.to_owned(),
    };
    let row = |found: &Difference| {
        let [a, b] = format_difference(found);
        [label(found), a, b]
    };
    let head = [String::new(), names[0].to_owned(), names[1].to_owned()];
    let rows: Vec<[String; 3]> = iter::once(head).chain(differences.iter().map(row)).collect();
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    let line = |[label, a, b]: &[String; 3]| format!("  {label:<first$}  {a:<second$}  {b}");
    rows.iter().map(|row| line(row).trim_end().to_owned()).collect()
}

fn format_difference(Difference { a, b, .. }: &Difference) -> [String; 2] {
    if let (Some(DiffMeasure::Total(a)), Some(DiffMeasure::Total(b))) = (a, b)
        && a.spoken.rounded() == b.spoken.rounded()
    {
        return apart([a.us, b.us].map(Duration::us));
    }
    [a, b].map(|figure| match figure {
        Some(DiffMeasure::Leaders(leaders)) => listed(leaders).to_string(),
        Some(DiffMeasure::Total(total)) => total.spoken.spoken().to_string(),
        Some(DiffMeasure::Count(count)) => count.to_string(),
        None => "no such group".to_owned(),
    })
}
