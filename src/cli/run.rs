//! `hustings run` simulates scenarios and prints their reports (a report as text for people is here too),
//! `hustings log` prints the events of a run.

mod algorithms;

use self::algorithms::{AlgorithmChoice, AlgorithmRun};
use super::console::{self, Console, Line, Mark, ProgressWriter};
use super::{CliOutcome, input};
use crate::export::{BoundedText, LogFormat, RunExport};
use crate::report::load::{LongestQueue, whole};
use crate::report::{ExpectationVerdict, GroupReport, LeaderSpan, LoadReport, Report, Tally};
use crate::run::Run;
use crate::scenario::script::LineHint;
use crate::simulation::LossReason;
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank, listed, who_leads};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// Simulates scenarios and prints a report: leaders over time, messages, expectations.
///
/// The exit code is 0 if all files are simulated, even if expectations fail (use `check` for tests),
/// and 2 if a file cannot be read.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings run mine.hustings
  hustings presets start | hustings run -
  hustings run --algorithm all mine.hustings
  hustings run --json a.hustings b.hustings | jq '.[0].groups[0].leaders'")]
pub(crate) struct RunArgs {
    /// Scenarios; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Runs the scenarios under another algorithm, without their expectations, or under all side by side
    #[arg(long, value_enum, value_name = "NAME")]
    algorithm: Option<AlgorithmChoice>,

    /// Prints a JSON array with one report per file, and per algorithm, in order; null for a file that
    /// cannot be read or an algorithm that does not allow it
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &RunArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let mut outcome = CliOutcome::Fine;
    let mut reports = Vec::new();
    for (index, file) in args.files.iter().enumerate() {
        let Some((source, script)) = input::script(file, console) else {
            outcome = CliOutcome::Unreadable;
            reports.push(None);
            continue;
        };
        let others = args.algorithm.map(|choice| algorithms::runs(&script.scenario, choice));
        let own = || {
            let run = Run::of(script.scenario.clone());
            (run.report(&script), run)
        };
        if args.json {
            match &others {
                None => reports.push(Some(own().0)),
                Some(runs) => reports.extend(runs.iter().map(AlgorithmRun::report)),
            }
            continue;
        }
        if index > 0 {
            console.line("")?;
        }
        if args.files.len() > 1 {
            console.line(format!("== {}", source.name))?;
        }
        let lines = match &others {
            None => {
                let (report, run) = own();
                table(&report, run.tally())
            }
            Some(runs) => algorithms::table(runs),
        };
        for line in lines {
            console.line(line)?;
        }
    }
    if args.json {
        let mut text = BoundedText::new();
        // `put_bounded` reports a text that is too long.
        let written = serde_json::to_writer_pretty(&mut text, &reports);
        if written.is_ok() {
            writeln!(text)?;
        }
        let remedy = "end the runs earlier, with `until`, or ask for fewer files at once";
        outcome = outcome.max(console::put_bounded(text, remedy, console)?);
    }
    Ok(outcome)
}

/// Prints the events of a run.
///
/// JSON and CSV have the same columns, one row per event; instants are microseconds since the start
/// of the run. The chapter "Pictures and logs" of the book describes them.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings log mine.hustings
  hustings presets two-leaders | hustings log -
  hustings log --format mermaid mine.hustings > mine.mmd
  hustings log --format json mine.hustings | jq 'map(select(.event == \"lost\"))'")]
pub(crate) struct LogArgs {
    /// The scenario; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The output format
    #[arg(long, value_enum, default_value_t = LogFormat::Transcript)]
    format: LogFormat,
}

impl ValueEnum for LogFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let format = RunExport::Log(*self);
        Some(PossibleValue::new(format.name()).help(format.about()))
    }
}

pub(crate) fn log(args: &LogArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let Some((_, script)) = input::script(&args.file, console) else {
        return Ok(CliOutcome::Unreadable);
    };
    let run = console::play(script.scenario, console);
    let mut pen = ProgressWriter::new(console);
    // `end` reports a text that is too long.
    let _ = args.format.write(&run, &mut pen);
    pen.end("end the run earlier, with `until`, or choose another --format")
}

/// The largest number of leader intervals that are listed.
const MOST_SPANS: usize = 12;
/// The column at which the values begin.
const MARGIN: usize = 14;

/// The lines of a report; `tally` belongs to the same run.
pub(crate) fn table(report: &Report, tally: &Tally) -> Vec<Line> {
    let mut lines = vec![headline(report), Line::default()];
    if let Some(why) = report.stopped {
        let at = Time::us(report.end_us).spoken();
        lines.push(row("stopped", format!("at {at}, after {} events: {why}", report.events)));
        lines.push(Line::default());
    }
    for (group, id) in report.groups.iter().zip((0..).map(GroupId)) {
        if report.groups.len() > 1 {
            lines.push(Line::marked(Mark::Strong, format!("Group {}", group.name)));
        }
        lines.push(row("at the end", at_the_end(report, group, &tally.leaders(id))));
        lines.extend(of_group(report, group));
        lines.push(Line::default());
    }
    lines.extend(expected(&report.expectations));
    let unused = report
        .unused_overrides
        .iter()
        .map(|unused| (unused.line, format!("{}: {}", unused.text, unused.reason)));
    lines.extend(section("Overrides without effect", unused));
    let hints = report.hints.iter().map(|hint| (hint.line, hint.text.clone()));
    lines.extend(section("Hints", hints));
    while lines.last().is_some_and(Line::is_empty) {
        lines.pop();
    }
    lines
}

fn headline(report: &Report) -> Line {
    let title = report.title.as_deref().unwrap_or("No title");
    let algorithm = Line::marked(Mark::Quiet, format!("({})", report.algorithm));
    Line::marked(Mark::Strong, title).and(" ").and(algorithm)
}

/// After all that happens at the end: a change at that very instant has no span of its own.
fn at_the_end(report: &Report, group: &GroupReport, leaders: &[Rank]) -> String {
    let same =
        |last: &&LeaderSpan| last.leaders.iter().copied().eq(leaders.iter().map(|r| r.get()));
    let last = group.leaders.last().filter(same);
    let since = last.map_or(report.end_us, |last| last.from_us);
    let called: Vec<String> = leaders.iter().map(|rank| called(report, rank.get())).collect();
    format!("{}, since {}", who_leads(&called), Time::us(since).spoken())
}

fn of_group(report: &Report, group: &GroupReport) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.extend(leaders(report, group));
    let leaderless = group.spoken_total(|leaders| leaders == 0);
    lines.push(row("leaderless", leaderless.spoken().to_string()));
    let split = group.spoken_total(|leaders| leaders > 1).spoken().to_string();
    let split =
        if group.split_brain_us > 0 { Line::marked(Mark::Bad, split) } else { split.into() };
    lines.push(row("split brain", split));
    if let Some(same_term) = group.same_term_us {
        lines.push(row("same term", Duration::us(same_term).spoken().to_string()));
    }
    let s = if group.elections == 1 { "" } else { "s" };
    lines
        .push(row("rounds", format!("{} ({} election{s} started)", group.rounds, group.elections)));
    let unprovoked = match group.unprovoked_changes {
        0 => String::new(),
        some => format!(" ({some} while the one before still ran)"),
    };
    lines.push(row("changes", format!("{}{unprovoked}", group.changes)));
    let messages = &group.messages;
    let kinds = MessageKind::ALL.map(MessageKind::name);
    lines.push(row("messages", counted(&messages.by_kind, &kinds)));
    lines.push(row("lost", counted(&messages.lost, &LossReason::ALL.map(LossReason::name))));
    lines.extend(group.load.iter().flat_map(load));
    lines
}

/// The requests that arrived and their outcome, in whole requests.
fn load(load: &LoadReport) -> Vec<Line> {
    let capacity = match load.capacity_per_second {
        Some(most) => format!("; one process serves {most}/s"),
        None => String::new(),
    };
    let parts = [
        ("served", load.served_millionths),
        ("dropped", load.dropped_millionths),
        ("queued", load.queued_millionths),
        ("waiting", load.waiting_millionths),
    ];
    let some = parts.into_iter().filter(|(_, amount)| *amount > 0);
    let parts: Vec<String> =
        some.map(|(name, amount)| format!("{name} {}", whole(amount))).collect();
    let arrived = whole(load.arrived_millionths);
    let mut lines = vec![
        row("load", format!("{}/s{capacity}", load.per_second)),
        row("requests", format!("{arrived}: {}", parts.join(", "))),
    ];
    if let Some(LongestQueue { millionths, at_us, process }) = load.longest_queue {
        let at = Time::us(at_us).spoken();
        lines.push(row("longest queue", format!("{} at {process}, at {at}", whole(millionths))));
    }
    lines.push(row("longest wait", Duration::us(load.longest_wait_us).spoken().to_string()));
    lines
}

/// `10: Election 3, Alive 2`: the counts above zero, in the order of the names.
fn counted(counts: &BTreeMap<&'static str, u64>, names: &[&'static str]) -> String {
    let total: u64 = counts.values().sum();
    let count = |name: &&'static str| counts.get(name).map(|count| format!("{name} {count}"));
    let parts: Vec<String> = names.iter().filter_map(count).collect();
    if parts.is_empty() { total.to_string() } else { format!("{total}: {}", parts.join(", ")) }
}

/// The leaders over time; of many changes only the first and the last.
fn leaders(report: &Report, group: &GroupReport) -> Vec<Line> {
    let spans = &group.leaders;
    let mut lines = Vec::new();
    let left_out = spans.len().saturating_sub(MOST_SPANS);
    for (index, span) in spans.iter().enumerate() {
        let label = if index == 0 { "leaders" } else { "" };
        if left_out > 0 && index == MOST_SPANS / 2 {
            lines.push(row(label, format!("… {left_out} more …")));
        }
        if (MOST_SPANS / 2..MOST_SPANS / 2 + left_out).contains(&index) {
            continue;
        }
        let (from, to) = (Time::us(span.from_us).spoken(), Time::us(span.to_us).spoken());
        let (from, to) = (from.to_string(), to.to_string());
        let in_term = |&rank: &u16| {
            format!("{}{}", called(report, rank), terms(group, span, rank).unwrap_or_default())
        };
        let who: Vec<String> = span.leaders.iter().map(in_term).collect();
        lines.push(row(label, format!("{from:>9} to {to:>9}  {}", listed(&who))));
    }
    lines
}

/// The terms in which a process leads during a span: ` in term 3`; nothing where the algorithm has no terms.
fn terms(group: &GroupReport, span: &LeaderSpan, rank: u16) -> Option<String> {
    let led = group.leaderships.iter().flatten();
    let mut led = led
        .filter(|led| led.leader == rank && led.from_us < span.to_us && led.to_us > span.from_us)
        .map(|led| led.term);
    let first = led.next()?;
    match led.next_back() {
        Some(last) => Some(format!(" in terms {first} to {last}")),
        None => Some(format!(" in term {first}")),
    }
}

fn expected(verdicts: &[ExpectationVerdict]) -> Vec<Line> {
    if verdicts.is_empty() {
        return Vec::new();
    }
    let width = verdicts.iter().map(|verdict| verdict.text.chars().count()).max().unwrap_or(0);
    let mut lines = vec![Line::from("Expectations")];
    for verdict in verdicts {
        let sign = match verdict.holds {
            true => Line::marked(Mark::Good, "✓"),
            false => Line::marked(Mark::Bad, "✗"),
        };
        let at = Time::us(verdict.at_us).spoken().to_string();
        let ExpectationVerdict { text, reason, .. } = verdict;
        lines.push(Line::from("  ").and(sign).and(format!(" {text:width$}  {at:>9}  {reason}")));
    }
    lines.push(Line::default());
    lines
}

fn section(title: &str, entries: impl Iterator<Item = (Option<usize>, String)>) -> Vec<Line> {
    let placed = |(line, text)| Line::from(format!("  {}", LineHint { line, text }));
    let mut lines: Vec<Line> = entries.map(placed).collect();
    if !lines.is_empty() {
        lines.insert(0, title.into());
        lines.push(Line::default());
    }
    lines
}

/// The name of a process, or else its rank.
fn called(report: &Report, rank: u16) -> String {
    report.names.get(&rank).cloned().unwrap_or_else(|| rank.to_string())
}

fn row(label: &str, text: impl Into<Line>) -> Line {
    Line::from(format!("  {label:<MARGIN$}")).and(text)
}
