//! The command line: one file a command. A command reads its files, calls the library and prints;
//! whatever it computes, the page computes with the same function.

mod check;
mod console;
mod diagnostics;
mod fmt;
mod input;
mod instant;
mod link;
mod log;
mod open;
#[expect(clippy::disallowed_types, reason = "how long somebody waits is read off a wall clock")]
mod pen;
mod presets;
mod render;
mod run;
mod table;

use clap::{Parser, Subcommand};
use console::Console;
use std::io;
use std::process::ExitCode;

/// Plays leader elections on a virtual clock: what happens, who leads, and whether it is as expected.
///
/// A scenario is a text file of one statement a line, such as `at 100ms crash 6`. Everything has a
/// default, so two lines make a run. FILE may be `-`, which is standard input, and it may be JSON.
#[derive(Debug, Parser)]
#[command(name = "hustings", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  hustings presets                             the scenarios that come with it
  hustings presets two-leaders > mine.hustings a copy of one, to change
  hustings run mine.hustings                   who leads, and from when
  hustings log mine.hustings                   what happens, line by line
  hustings render mine.hustings -o mine.svg    the stage, as a picture
  hustings check docs                          every scenario below a folder, as a test
  hustings link mine.hustings                  the whole of it as a link";

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Args),
    Check(check::Args),
    Log(log::Args),
    Render(render::Args),
    Fmt(fmt::Args),
    Link(link::Args),
    Open(open::Args),
    Presets(presets::Args),
}

/// How a command ended: its exit code. Of several files the worst counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// 0
    Fine,
    /// 1: it could be read, but is not as it should be.
    Failed,
    /// 2: it could not be read, or there was nothing to read.
    Unreadable,
}

/// The whole program; returns its exit code.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut console = Console::new();
    let outcome = match cli.command {
        Command::Run(args) => run::run(&args, &mut console),
        Command::Check(args) => check::run(&args, &mut console),
        Command::Log(args) => log::run(&args, &mut console),
        Command::Render(args) => render::run(&args, &mut console),
        Command::Fmt(args) => fmt::run(&args, &mut console),
        Command::Link(args) => link::run(&args, &mut console),
        Command::Open(args) => open::run(&args, &mut console),
        Command::Presets(args) => presets::run(&args, &mut console),
    };
    match outcome.and_then(|outcome| console.flush().map(|()| outcome)) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        // Whoever reads has seen enough: `hustings log … | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            console.complain(&format!("nothing more can be written: {error}"));
            ExitCode::from(Outcome::Unreadable as u8)
        }
    }
}
