//! `hustings search`: the fewest faults that violate an expectation of a scenario.

pub(super) mod report;

use super::console::{Console, Line, Mark};
use super::work::{MOST_RUNS, Work, WorkEnd};
use super::{CliOutcome, diagnostics, input};
use crate::narration::promise;
use crate::scenario::script::{self, Script};
use crate::scenario::{Expectation, Invalid, Link, MoveKind, Scenario, limits};
use crate::search::{Answer, Search, SearchQuestion};
use crate::time::{Duration, Time};
use crate::types::Rank;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use report::SearchReport;
use std::io;
use std::path::PathBuf;

/// The number of answers with `--all`.
const MANY: usize = 20;

/// Searches a scenario for the fewest faults that violate its expectations.
///
/// It adds one fault to the run, then two together, and so on, at every instant at which it can make a difference.
/// It begins faults exactly where they matter, and tries the durations that are given. What it does not find may
/// still exist: with more faults, later ones, or other durations.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings search mine.hustings
  hustings presets start | hustings search --expect 'no split brain' -
  hustings search --faults crash,lose,cut --most 1 mine.hustings
  hustings search --expect 'leaderless <= 1s' --durations 50ms,500ms --until 2s mine.hustings
  hustings search --all --json mine.hustings | jq '.searches[0].answers[].moves'

Exit codes:
  0  no set of faults that was tried violates an expectation
  1  one does
  2  the scenario cannot be read, or an argument is wrong
  3  the search stopped before it was done: at --runs, at --seconds, or by Ctrl-C")]
pub(crate) struct SearchArgs {
    /// The scenario; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What must not be violated, as a script's `expect` line says it; can be repeated. Without it the expectations of
    /// the scenario, or `no split brain` if it has none
    #[arg(long, value_name = "CONDITION")]
    expect: Vec<String>,

    /// The kinds of faults to add; all by default
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KINDS")]
    faults: Vec<MoveKind>,

    /// How long a pause, an outage, a cut or a partition lasts, and how much a message is delayed. By default half a
    /// timeout, one and a half, and five
    #[arg(long, value_delimiter = ',', value_parser = input::span, value_name = "T,T,…")]
    durations: Vec<Duration>,

    /// How many faults together at most, 1 to 4
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=i64::from(limits::MOST_ADDED_FAULTS)), value_name = "N")]
    most: u8,

    /// The last instant at which a fault begins; by default two thirds of the run
    #[arg(long, value_parser = input::instant, value_name = "T")]
    until: Option<Time>,

    /// Only faults of these processes, and of links between them
    #[arg(long, value_delimiter = ',', value_parser = input::rank, value_name = "N,N,…")]
    process: Vec<Rank>,

    /// Only links and messages from one process to another, such as `3->5`; can be repeated
    #[arg(long, value_parser = input::link, value_name = "N->N")]
    link: Vec<Link>,

    /// Searches under each of these seeds instead of the scenario's own
    #[arg(long, value_parser = seeds, value_name = "A..B")]
    seeds: Option<SeedRange>,

    /// Lists up to 20 answers with the fewest faults that differ in kind, process or link
    #[arg(long)]
    all: bool,

    /// Stops after about so many runs, at most 10000000
    #[arg(long, default_value_t = MOST_RUNS, value_parser = clap::value_parser!(u64).range(1..=MOST_RUNS), value_name = "N")]
    runs: u64,

    /// Stops after so many seconds
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..), value_name = "N")]
    seconds: Option<u32>,

    /// Prints one JSON object
    #[arg(long)]
    json: bool,
}

impl ValueEnum for MoveKind {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.help()))
    }
}

/// Seeds from the first to the last.
#[derive(Clone, Copy, Debug)]
struct SeedRange {
    first: u64,
    last: u64,
}

fn seeds(text: &str) -> Result<SeedRange, String> {
    let wrong = || format!("`{text}` is no range of seeds such as `1..20`");
    let (first, last) = text.split_once("..").ok_or_else(wrong)?;
    let number = |text: &str| text.parse().map_err(|_| wrong());
    let range = SeedRange { first: number(first)?, last: number(last)? };
    if range.last < range.first {
        return Err(wrong());
    }
    if range.last - range.first >= limits::MOST_SEEDS.into() {
        return Err(format!("these are more than {} seeds", limits::MOST_SEEDS));
    }
    Ok(range)
}

/// One search, as far as it came.
struct SearchResult {
    search: Search,
    end: WorkEnd,
    answers: Vec<Answer>,
}

pub(crate) fn run(args: &SearchArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let Some((source, script)) = input::script(&args.file, console) else {
        return Ok(CliOutcome::Unreadable);
    };
    let question = match question(args, &script.scenario) {
        Ok(question) => question,
        Err(problem) => {
            console.problem(&diagnostics::about(&source.name, &problem));
            return Ok(CliOutcome::Unreadable);
        }
    };
    let work = Work::new(console, args.seconds, args.runs);
    let mut results = Vec::new();
    for seed in args
        .seeds
        .map_or(question.scenario.seed..=question.scenario.seed, |seeds| seeds.first..=seeds.last)
    {
        let seeded =
            SearchQuestion { scenario: question.scenario.with_seed(seed), ..question.clone() };
        let mut search = Search::new(seeded);
        let end = work.search(&mut search, console);
        let answers = search.answers();
        let result = SearchResult { search, end, answers };
        if !args.json {
            print_result(args, &script, &result, console)?;
        }
        results.push(result);
        if end != WorkEnd::Done {
            break;
        }
    }
    if args.json {
        console.json(&SearchReport::new(&source.text, &script, &results))?;
    }
    Ok(outcome(&results))
}

fn outcome(results: &[SearchResult]) -> CliOutcome {
    if results.iter().any(|result| !result.answers.is_empty()) {
        CliOutcome::Failed
    } else if results.iter().any(|result| result.end != WorkEnd::Done) {
        CliOutcome::Stopped
    } else {
        CliOutcome::Fine
    }
}

/// The question that the arguments ask.
fn question(args: &SearchArgs, scenario: &Scenario) -> Result<SearchQuestion, String> {
    let mut parts = scenario.clone().into_parts();
    if !args.expect.is_empty() {
        let conditions = args.expect.iter().map(|text| condition(scenario, text));
        parts.expectations = conditions.collect::<Result<_, _>>()?;
    }
    let scenario = Scenario::new(parts).map_err(|problems| invalid(&problems))?;
    let mut question = SearchQuestion::of(scenario);
    let rules = &mut question.rules;
    if !args.faults.is_empty() {
        rules.kinds = args.faults.iter().copied().collect();
    }
    rules.set_durations(&args.durations);
    if let Some(until) = args.until {
        rules.until = until.min(question.scenario.end());
    }
    let known = &question.scenario.ranks;
    let ends = args.link.iter().flat_map(|link| [link.from, link.to]);
    if let Some(stranger) =
        args.process.iter().copied().chain(ends).find(|rank| !known.contains(rank))
    {
        return Err(format!("there is no process {stranger}"));
    }
    if !args.process.is_empty() {
        rules.processes = args.process.clone();
        rules.processes.sort_unstable();
        rules.processes.dedup();
    }
    rules.links = args.link.clone();
    question.most = usize::from(args.most);
    question.answers = if args.all { MANY } else { 1 };
    Ok(question)
}

/// A condition as the script reads it in this scenario.
fn condition(scenario: &Scenario, text: &str) -> Result<Expectation, String> {
    let mut parts = scenario.clone().into_parts();
    parts.expectations.clear();
    let base = Scenario::new(parts).map_err(|problems| invalid(&problems))?;
    let text = text.trim();
    let line = if text.starts_with("expect ") { text.to_owned() } else { format!("expect {text}") };
    if line.contains(['\n', '\r']) {
        return Err("a condition is one line".to_owned());
    }
    match script::parse(&(script::write(&base) + "\n" + &line)) {
        Ok(read) => {
            read.expectations.last().cloned().ok_or_else(|| format!("`{line}` expects nothing"))
        }
        Err(problems) => {
            let problem = problems.first().map(|problem| problem.error.to_string());
            Err(format!("`{line}`: {}", problem.unwrap_or_default()))
        }
    }
}

fn invalid(problems: &[Invalid]) -> String {
    problems.iter().map(|problem| problem.problem.to_string()).collect::<Vec<_>>().join("; ")
}

/// Prints a result for people.
fn print_result(
    args: &SearchArgs,
    script: &Script,
    result: &SearchResult,
    console: &mut Console,
) -> io::Result<()> {
    let question = result.search.question();
    let progress = result.search.progress();
    let seed = question.scenario.seed;
    if args.seeds.is_some() {
        console.line(Line::marked(Mark::Strong, format!("seed {seed}")))?;
    }
    let expected = report::expected(question);
    if result.answers.is_empty() {
        let headline = match result.end {
            WorkEnd::Done => Line::marked(Mark::Good, "nothing found"),
            WorkEnd::Stopped(reason) => {
                Line::marked(Mark::Bad, "stopped").and(format!(": {reason}"))
            }
        };
        console.line(headline)?;
        console.line(format!("Expected: {expected}."))?;
        console.line(promise(question, result.search.finished(), &progress))?;
        if let Some(share) = report::unfinished(result) {
            console.line(share)?;
        }
        return Ok(());
    }
    for (place, answer) in result.answers.iter().enumerate() {
        if place > 0 {
            console.line("")?;
        }
        for line in report::answer(script, question, answer) {
            console.line(line)?;
        }
    }
    console.line("")?;
    console.line(Line::marked(Mark::Quiet, report::effort(&progress)))
}
