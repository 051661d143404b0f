//! `hustings sweep`: what a setting changes, under many seeds.

mod report;

use super::console::{self, Console, STANDARD_INPUT};
use super::work::{MOST_RUNS, Work, WorkEnd};
use super::{CliOutcome, diagnostics, input};
use crate::export::{chart, sweep_csv};
use crate::scenario::{Colours, limits};
use crate::sweep::{Sweep, SweepQuestion};
use crate::view::chart::ChartModel;
use clap::ValueEnum;
use report::SweepReport;
use std::io;
use std::path::{Path, PathBuf};

/// Runs a scenario with a setting over a range of values, each under many seeds, and measures each run.
///
/// The runs of each value have the seeds 1, 2, 3 and so on, whatever seed the scenario has. A percentile is the value
/// of a run: of 200 runs in order the 99th percentile is the 198th. The interval of a share is the 95 % Wilson
/// interval. Without --format the name of the output file decides: .csv, .json, .svg, else a table.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings sweep mine.hustings --vary timeout=150ms..1s/50ms
  hustings sweep mine.hustings --vary timeout=200ms..1s/100ms --vary latency=10ms..80ms/10ms --seeds 50
  hustings sweep mine.hustings --vary algorithm=bully,ring,raft
  hustings sweep mine.hustings --vary timeout=150ms..1s/50ms -o timeouts.svg
  hustings sweep mine.hustings --vary 'line 12 for=100ms..1s/100ms' -o pauses.csv
  hustings sweep mine.hustings --vary loss=0..10/1 --format json | jq '.cells[].measures.recoveryUs.p99'

Settings:
  timeout, every, wait-alive, wait-elected, latency (its upper end), loss, duplicate, processes, algorithm, alternates,
  preempt, quorum; `line 12 at` and `line 12 for`: when the fault in line 12 begins, and how long it lasts.

Exit codes:
  0  all runs are done
  2  the scenario cannot be read, an output cannot be written, or an argument is wrong
  3  the sweep stopped before it was done, by Ctrl-C; what is finished is printed")]
pub(crate) struct SweepArgs {
    /// The scenario; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// A setting and its values, as a range with a step or as a list: `timeout=150ms..1s/50ms`,
    /// `algorithm=bully,ring`; can be repeated once
    #[arg(long, required = true, value_name = "SETTING=VALUES")]
    vary: Vec<String>,

    /// The number of runs of each value, 1 to 10000 [default: what `seeds` says in the scenario, else 200]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::MOST_SEEDS)), value_name = "N")]
    seeds: Option<u32>,

    /// The form of the result [default: by the name of the output file]
    #[arg(long, value_enum)]
    format: Option<SweepFormat>,

    /// The colours of an SVG; `auto` follows the reader's system
    #[arg(long, value_enum, default_value_t = Colours::Auto)]
    theme: Colours,

    /// The output file; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = STANDARD_INPUT)]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SweepFormat {
    /// For people
    Table,
    /// A line for each value, with times in microseconds
    Csv,
    /// One object
    Json,
    /// A chart
    Svg,
}

pub(crate) fn run(args: &SweepArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let format = args.format.unwrap_or_else(|| SweepFormat::of(&args.output));
    if console::is_other_picture(&args.output, "sweep", console) {
        return Ok(CliOutcome::Unreadable);
    }
    let Some((source, script)) = input::script(&args.file, console) else {
        return Ok(CliOutcome::Unreadable);
    };
    let question = split(&args.vary).and_then(|varied| {
        let seeds = args.seeds.unwrap_or(script.scenario.seeds);
        SweepQuestion::read(&script, &varied, seeds).map_err(|problem| problem.to_string())
    });
    let question = match question {
        Ok(question) => question,
        Err(problem) => {
            console.problem(&diagnostics::about(&source.name, &problem));
            return Ok(CliOutcome::Unreadable);
        }
    };
    let hints = script.hints();
    let mut sweep = Sweep::new(question);
    let end = Work::new(console, None, MOST_RUNS).sweep(&mut sweep, console);
    let is_printed = args.output == Path::new(STANDARD_INPUT);
    let printed = match format {
        SweepFormat::Table if is_printed => {
            report::lines(&sweep, end, &hints)
                .into_iter()
                .try_for_each(|line| console.line(line))?;
            CliOutcome::Fine
        }
        SweepFormat::Table => {
            let text: String =
                report::lines(&sweep, end, &hints).iter().map(|it| format!("{it}\n")).collect();
            console::put(&args.output, &text, console)?
        }
        SweepFormat::Csv => {
            let text = sweep_csv(sweep.question(), &sweep.cells());
            console::put(&args.output, &text, console)?
        }
        SweepFormat::Json => {
            let text = serde_json::to_string_pretty(&SweepReport::new(&sweep, end))? + "\n";
            console::put(&args.output, &text, console)?
        }
        SweepFormat::Svg => {
            let cells = sweep.cells();
            let model = ChartModel { question: sweep.question(), cells: &cells };
            let text = chart(&model, &report::sentences(&sweep, &cells).join(" "), args.theme);
            console::put(&args.output, &text, console)?
        }
    };
    Ok(printed.max(match end {
        WorkEnd::Done => CliOutcome::Fine,
        WorkEnd::Stopped(_) => CliOutcome::Stopped,
    }))
}

impl SweepFormat {
    /// By the name of the output file.
    fn of(output: &Path) -> Self {
        match output.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Self::Csv,
            Some("json") => Self::Json,
            Some("svg") => Self::Svg,
            _ => Self::Table,
        }
    }
}

/// Each setting with its values.
fn split(varied: &[String]) -> Result<Vec<(&str, &str)>, String> {
    let pairs = varied.iter().map(|text| {
        let wrong =
            || format!("`{text}` is no setting with values such as `timeout=150ms..1s/50ms`");
        text.split_once('=').ok_or_else(wrong)
    });
    pairs.collect()
}
