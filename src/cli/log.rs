//! `hustings log`: what happens in a run, as text.

use super::console::Console;
use super::{Outcome, input};
use crate::narration;
use crate::run::Run;
use clap::ValueEnum;
use std::io;
use std::path::PathBuf;

/// Prints what happens in a run, from the start to the end.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings log mine.hustings
  hustings presets two-leaders | hustings log -")]
pub struct Args {
    /// The scenario; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Transcript)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Sentences, each with its instant
    Transcript,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Outcome> {
    let Some((_, script)) = input::script(&args.file, console) else {
        return Ok(Outcome::Unreadable);
    };
    let run = Run::of(script.scenario);
    match args.format {
        Format::Transcript => console.text(&narration::transcript(&run))?,
    }
    Ok(Outcome::Fine)
}
