//! `hustings log`: prints the events of a run.

use super::console::Console;
use super::output::{self, ProgressWriter};
use super::{CliOutcome, input};
use crate::export::{LogFormat, RunExport};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::io;
use std::path::PathBuf;

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

pub(crate) fn run(args: &LogArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let Some((_, script)) = input::script(&args.file, console) else {
        return Ok(CliOutcome::Unreadable);
    };
    let run = output::play(script.scenario, console);
    let mut pen = ProgressWriter::new(console);
    // `end` reports a text that is too long.
    let _ = args.format.write(&run, &mut pen);
    pen.end("end the run earlier, with `until`, or choose another --format")
}
