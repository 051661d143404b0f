//! `hustings run`: simulates scenarios and prints their reports.

use super::console::Console;
use super::{CliOutcome, input, output, table};
use crate::export::BoundedText;
use crate::run::Run;
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
  hustings run --json a.hustings b.hustings | jq '.[0].groups[0].leaders'")]
pub(crate) struct RunArgs {
    /// Scenarios; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Prints a JSON array with one report per file, in order; null for a file that cannot be read
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
        let run = Run::of(script.scenario.clone());
        let report = run.report(&script);
        if args.json {
            reports.push(Some(report));
            continue;
        }
        if index > 0 {
            console.line("")?;
        }
        if args.files.len() > 1 {
            console.line(format!("== {}", source.name))?;
        }
        for line in table::of(&report, run.tally()) {
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
        outcome = outcome.max(output::put_bounded(text, remedy, console)?);
    }
    Ok(outcome)
}
