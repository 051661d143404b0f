//! The command line. A command reads its files, calls the library and prints; the page computes its results with the
//! same functions. The manual and the shell completions are generated from the same text as `--help`.

pub(crate) mod check;
mod console;
pub(crate) mod diagnostics;
mod diff;
pub mod document;
pub(crate) mod embed;
pub(crate) mod formats;
pub(crate) mod input;
pub(crate) mod render;
mod run;
mod search;
mod sweep;
pub(crate) mod system;
mod work;

use crate::scenario::keywords;
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use clap_mangen::Man;
pub(crate) use console::Console;
use diagnostics::printable;
use std::ffi::OsString;
use std::io;
use std::rc::Rc;
use system::System;

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
    Fmt(formats::FmtArgs),
    Link(formats::LinkArgs),
    Embed(embed::EmbedArgs),
    Mdbook(embed::MdbookArgs),
    Open(formats::OpenArgs),
    Presets(formats::PresetsArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// The outcome of a command, which is its exit code. With several files the worst one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CliOutcome {
    /// 0
    Fine,
    /// 1: the input could be read, but a check failed.
    Failed,
    /// 2: the input could not be read, or there was none.
    Unreadable,
    /// 3: a search or a sweep stopped before it was done.
    Stopped,
}

/// Runs the native program and returns its exit code.
#[cfg(feature = "cli")]
pub fn main() -> std::process::ExitCode {
    let system = system::NativeSystem::new();
    std::process::ExitCode::from(start(std::env::args_os().collect(), Rc::new(system)))
}

/// Runs the program with these arguments, of which the first is its name, and returns its exit code.
pub(crate) fn start(args: Vec<OsString>, system: Rc<dyn System>) -> u8 {
    let mut console = Console::new(system);
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return misunderstood(&args, &error, &mut console),
    };
    let outcome = match cli.command {
        CliCommand::Run(args) => run::run(&args, &mut console),
        CliCommand::Check(args) => check::run(&args, &mut console),
        CliCommand::Diff(args) => diff::run(&args, &mut console),
        CliCommand::Search(args) => search::run(&args, &mut console),
        CliCommand::Sweep(args) => sweep::run(&args, &mut console),
        CliCommand::Log(args) => run::log(&args, &mut console),
        CliCommand::Render(args) => render::run(&args, &mut console),
        CliCommand::Fmt(args) => formats::fmt(&args, &mut console),
        CliCommand::Link(args) => formats::link(&args, &mut console),
        CliCommand::Embed(args) => embed::run(&args, &mut console),
        CliCommand::Mdbook(args) => embed::mdbook(&args, &mut console),
        CliCommand::Open(args) => formats::open(&args, &mut console),
        CliCommand::Presets(args) => formats::presets(&args, &mut console),
        CliCommand::Completions(args) => completions(&args, &mut console),
        CliCommand::Man(args) => manual(&args, &mut console),
    };
    match outcome.and_then(|outcome| console.flush().map(|()| outcome)) {
        Ok(outcome) => outcome as u8,
        // The reader has closed the pipe: `hustings log … | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => CliOutcome::Fine as u8,
        Err(error) => {
            console.complain(&format!("nothing more can be written: {error}"));
            CliOutcome::Unreadable as u8
        }
    }
}

/// Prints the help, the version, or what is wrong with the arguments, whose text is escaped.
fn misunderstood(args: &[OsString], error: &clap::Error, console: &mut Console) -> u8 {
    let args = args.iter().map(|arg| printable(&arg.to_string_lossy()));
    match Cli::try_parse_from(args) {
        Err(same) if same.kind() == error.kind() => {
            console.styled(&same.render(), same.use_stderr());
            let outcome = if same.use_stderr() { CliOutcome::Unreadable } else { CliOutcome::Fine };
            outcome as u8
        }
        Err(_) | Ok(_) => {
            console.complain("the arguments are not understood");
            CliOutcome::Unreadable as u8
        }
    }
}

/// Prints the manual page of the program or of a command, in roff.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings man > ~/.local/share/man/man1/hustings.1
  hustings man check > ~/.local/share/man/man1/hustings-check.1
  hustings man run | man -l -")]
struct ManArgs {
    /// The command; without it, the page of the program is printed
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

fn manual(args: &ManArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let mut program = Cli::command();
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let names = program.get_subcommands().map(clap::Command::get_name);
                let way_on = match keywords::nearest(name, names) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "`hustings --help` lists them".to_owned(),
                };
                console.complain(&format!("there is no command `{name}`; {way_on}"));
                return Ok(CliOutcome::Unreadable);
            }
        },
    };
    console.bytes(&rendered(page)?)?;
    Ok(CliOutcome::Fine)
}

fn rendered(page: clap::Command) -> io::Result<Vec<u8>> {
    let after = page.get_after_help().map(ToString::to_string).unwrap_or_default();
    let has_commands = page.has_subcommands();
    let page = Man::new(page);
    let mut roff = Vec::new();
    page.render_title(&mut roff)?;
    page.render_name_section(&mut roff)?;
    page.render_synopsis_section(&mut roff)?;
    page.render_description_section(&mut roff)?;
    page.render_options_section(&mut roff)?;
    if has_commands {
        page.render_subcommands_section(&mut roff)?;
    }
    roff.extend(sections(&after).into_bytes());
    Ok(roff)
}

/// The text after the options in `--help`. Headings such as `Examples:` become sections with preserved line
/// breaks.
fn sections(after: &str) -> String {
    let mut roff = String::new();
    for line in after.lines() {
        match line.strip_suffix(':').filter(|_| !line.starts_with(' ')) {
            Some(title) => roff += &format!(".fi\n.SH {}\n.nf\n", title.to_uppercase()),
            None => roff += &format!("{}\n", escaped(line.strip_prefix("  ").unwrap_or(line))),
        }
    }
    roff + ".fi\n"
}

/// Escapes a line, which roff would take for a request if it began with a full stop or an apostrophe.
fn escaped(line: &str) -> String {
    let text = line.replace('\\', "\\\\").replace('-', "\\-").replace('\'', "\\(aq");
    if text.starts_with('.') { format!("\\&{text}") } else { text }
}

/// Prints shell completions for commands and options.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings completions bash > ~/.local/share/bash-completion/completions/hustings
  hustings completions fish > ~/.config/fish/completions/hustings.fish
  hustings completions zsh > ~/.zfunc/_hustings        (a folder of your fpath)
  hustings completions powershell >> $PROFILE")]
struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

fn completions(args: &CompletionsArgs, console: &mut Console) -> io::Result<CliOutcome> {
    // Generated into a buffer, since the generator panics if the pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hustings", &mut script);
    console.bytes(&script)?;
    Ok(CliOutcome::Fine)
}
