//! The command line, with one file a command. A command reads its files, calls the library and prints the
//! result; the page uses the same functions.

mod check;
mod completions;
mod console;
mod diagnostics;
mod diff;
mod document;
mod embed;
mod fmt;
mod input;
mod link;
mod log;
mod man;
mod markdown;
mod mdbook;
mod open;
#[expect(clippy::disallowed_types, reason = "how long somebody waits is read off a wall clock")]
mod output;
mod presets;
mod printable;
mod render;
mod run;
mod table;

use clap::{Parser, Subcommand};
use console::Console;
use printable::printable;
use std::io;
use std::process::ExitCode;

/// Plays leader elections on a virtual clock: what happens, who leads, and whether it is as expected.
///
/// A scenario is a text file of one statement a line, such as `at 100ms crash 6`. Everything has a
/// default, so two lines make a run: `hustings presets bully-figure` prints one to begin with.
/// `hustings COMMAND --help` says more about a command.
#[derive(Debug, Parser)]
#[command(name = "hustings", version, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
}

const AFTER_HELP: &str = "\
Examples:
  hustings presets                                list the scenarios that come with it
  hustings presets two-leaders > mine.hustings    take one as a beginning
  hustings run mine.hustings                      who leads, from when, at what cost
  hustings log mine.hustings                      what happens, sentence by sentence
  hustings render mine.hustings -o mine.svg       the stage, as a picture
  hustings link mine.hustings                     the whole of it as a link
  hustings embed mine.hustings --as fence         the whole of it as a figure for a page
  hustings check docs                             play all that is below a folder, as tests
  hustings diff before.hustings after.hustings    where two runs first differ, and why
  hustings fmt mine.hustings                      canonical spelling, comments kept
  hustings completions bash                       for your shell's start-up files
  hustings man check | man -l -                   the manual of a command

Files:
  FILE is a script of at most 64 KiB in UTF-8, or JSON, whatever its name. `-` is standard input.
  PATH may also be a folder, or a document with figures: Markdown, reStructuredText, HTML (check).

Exit codes:
  0  fine, also where nobody reads the output to its end, as in `hustings log FILE | head`
  1  an expectation failed (check), two runs differ (diff), or a file is not in canonical
     spelling (fmt --check)
  2  something cannot be read or written, nothing is found, or the command is not understood";

#[derive(Debug, Subcommand)]
enum CliCommand {
    Run(run::RunArgs),
    Check(check::CheckArgs),
    Diff(diff::DiffArgs),
    Log(log::LogArgs),
    Render(render::RenderArgs),
    Fmt(fmt::FmtArgs),
    Link(link::LinkArgs),
    Embed(embed::EmbedArgs),
    Mdbook(mdbook::MdbookArgs),
    Open(open::OpenArgs),
    Presets(presets::PresetsArgs),
    Completions(completions::CompletionsArgs),
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
        CliCommand::Log(args) => log::run(&args, &mut console),
        CliCommand::Render(args) => render::run(&args, &mut console),
        CliCommand::Fmt(args) => fmt::run(&args, &mut console),
        CliCommand::Link(args) => link::run(&args, &mut console),
        CliCommand::Embed(args) => embed::run(&args, &mut console),
        CliCommand::Mdbook(args) => mdbook::run(&args, &mut console),
        CliCommand::Open(args) => open::run(&args, &mut console),
        CliCommand::Presets(args) => presets::run(&args, &mut console),
        CliCommand::Completions(args) => completions::run(&args, &mut console),
        CliCommand::Man(args) => man::run(&args, &mut console),
    };
    match outcome.and_then(|outcome| console.flush().map(|()| outcome)) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        // The reader has closed the pipe, as in `hustings log … | head`.
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
