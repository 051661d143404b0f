//! The command line. A command reads its files, calls the library and prints; the
//! page computes its results with the same functions.

mod check;
mod console;
mod diagnostics;
mod diff;
mod document;
mod embed;
mod fmt;
mod input;
mod link;
mod man;
mod markdown;
mod mdbook;
#[expect(clippy::disallowed_types, reason = "how long somebody waits is read off a wall clock")]
mod output;
mod presets;
mod render;
mod run;
mod search;
mod sweep;
mod work;

use clap::{Parser, Subcommand};
use console::Console;
use diagnostics::printable;
use std::io;
use std::process::ExitCode;

/// Simulates leader elections on a virtual clock, and reports events, leaders and expectations.
///
/// A scenario is a text file with one statement per line, such as `at 100ms crash 6`. Every setting
/// has a default, so two lines make a run: `hustings presets bully-figure` prints an example.
/// `hustings COMMAND --help` describes a command.
#[derive(Debug, Parser)]
#[command(name = "hustings", version, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
}

const AFTER_HELP: &str = "\
Examples:
  hustings presets                                list the bundled scenarios
  hustings presets two-leaders > mine.hustings    copy one of them
  hustings run mine.hustings                      leaders over time, messages, expectations
  hustings log mine.hustings                      the events as sentences
  hustings render mine.hustings -o mine.svg       a picture of the stage
  hustings link mine.hustings                     the whole scenario as a link
  hustings embed mine.hustings --as fence         the scenario as a figure for a page
  hustings check docs                             test all scenarios below a folder
  hustings diff before.hustings after.hustings    where two runs first differ, and why
  hustings search mine.hustings                   the fewest faults that violate an expectation
  hustings sweep mine.hustings --vary timeout=150ms..1s/50ms
                                                  what a setting changes, under many seeds
  hustings fmt mine.hustings                      format a script and keep its comments
  hustings completions bash                       shell completions
  hustings man check | man -l -                   the manual page of a command

Files:
  FILE is a script of at most 64 KiB in UTF-8, or JSON, whatever its name. `-` is standard input.
  PATH may also be a folder, or a document with figures: Markdown, reStructuredText, HTML (check).

Exit codes:
  0  success, also if the output pipe is closed early, as in `hustings log FILE | head`
  1  an expectation failed (check), two runs differ (diff), or a file is not in canonical
     form (fmt --check), or faults were found that violate an expectation (search)
  2  an input cannot be read, an output cannot be written, no scenario is found, or an argument
     is wrong
  3  a search or a sweep stopped before it was done (search, sweep)";

#[derive(Debug, Subcommand)]
enum CliCommand {
    Run(run::RunArgs),
    Check(check::CheckArgs),
    Diff(diff::DiffArgs),
    Search(search::SearchArgs),
    Sweep(sweep::SweepArgs),
    Log(run::LogArgs),
    Render(render::RenderArgs),
    Fmt(fmt::FmtArgs),
    Link(link::LinkArgs),
    Embed(embed::EmbedArgs),
    Mdbook(mdbook::MdbookArgs),
    Open(link::OpenArgs),
    Presets(presets::PresetsArgs),
    Completions(man::CompletionsArgs),
    Man(man::ManArgs),
}

/// The outcome of a command, which is its exit code. With several files the worst one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CliOutcome {
    /// 0
    Fine,
    /// 1: the input could be read, but a check failed.
    Failed,
    /// 2: the input could not be read, or there was none.
    Unreadable,
    /// 3: a search or a sweep stopped before it was done.
    Stopped,
}

/// Runs the program and returns its exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misunderstood(&error),
    };
    let mut console = Console::new();
    let outcome = match cli.command {
        CliCommand::Run(args) => run::run(&args, &mut console),
        CliCommand::Check(args) => check::run(&args, &mut console),
        CliCommand::Diff(args) => diff::run(&args, &mut console),
        CliCommand::Search(args) => search::run(&args, &mut console),
        CliCommand::Sweep(args) => sweep::run(&args, &mut console),
        CliCommand::Log(args) => run::log(&args, &mut console),
        CliCommand::Render(args) => render::run(&args, &mut console),
        CliCommand::Fmt(args) => fmt::run(&args, &mut console),
        CliCommand::Link(args) => link::run(&args, &mut console),
        CliCommand::Embed(args) => embed::run(&args, &mut console),
        CliCommand::Mdbook(args) => mdbook::run(&args, &mut console),
        CliCommand::Open(args) => link::open(&args, &mut console),
        CliCommand::Presets(args) => presets::run(&args, &mut console),
        CliCommand::Completions(args) => man::completions(&args, &mut console),
        CliCommand::Man(args) => man::run(&args, &mut console),
    };
    match outcome.and_then(|outcome| console.flush().map(|()| outcome)) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        // The reader has closed the pipe: `hustings log … | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            console.complain(&format!("nothing more can be written: {error}"));
            ExitCode::from(CliOutcome::Unreadable as u8)
        }
    }
}

/// Prints the help, the version, or what is wrong with the arguments, whose text is escaped.
fn misunderstood(error: &clap::Error) -> ExitCode {
    let args = std::env::args_os().map(|arg| printable(&arg.to_string_lossy()));
    match Cli::try_parse_from(args) {
        Err(same) if same.kind() == error.kind() => same.exit(),
        Err(_) | Ok(_) => {
            Console::new().complain("the arguments are not understood");
            ExitCode::from(CliOutcome::Unreadable as u8)
        }
    }
}
