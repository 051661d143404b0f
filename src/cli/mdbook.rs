//! `hustings mdbook`: a preprocessor of mdBook that replaces scenarios in a book by figures.

mod book;

use super::console::Console;
use super::{CliOutcome, diagnostics};
use book::Settings;
use book::{Book, HTML};
use clap::Subcommand;
use std::io::{self, IsTerminal, Read};

/// A preprocessor for mdBook that turns `leader-election` blocks into live figures.
///
/// Each block becomes an element that contains a picture and the script. These are shown until the
/// figure plays, and where scripts do not run. A scenario that cannot be read, or whose expectations
/// fail, fails the build.
#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = "\
Examples:
  hustings mdbook supports html     the question that mdBook asks first

  In book.toml:

    [preprocessor.hustings]
    command = \"hustings mdbook\"
    after = [\"links\"]                 # so that a block can include a file
    player = \"hustings\"               # where Hustings is published

  Then copy the files of `dist/` to src/hustings, or set `player` to an address such as
  https://your.site/hustings/ or to another path from the root of the book.

Options of book.toml:
  player = \"…\"      where Hustings is published; required
  poster = false    no picture before a figure plays
  check = false     a scenario with errors stays a block, and failed expectations are allowed

Exit codes:
  0  the book is written to standard output
  1  a scenario cannot be read or fails (standard error has chapter and line); with `supports`,
     the renderer is not supported
  2  the standard input is not a book, or an option of book.toml is wrong")]
pub(crate) struct MdbookArgs {
    #[command(subcommand)]
    asked: Option<MdbookRequest>,
}

#[derive(Debug, Subcommand)]
enum MdbookRequest {
    /// Whether a renderer is supported: the exit code is 0 for `html`, else 1
    Supports {
        #[arg(value_name = "RENDERER")]
        renderer: String,
    },
}

pub(crate) fn run(args: &MdbookArgs, console: &mut Console) -> io::Result<CliOutcome> {
    match &args.asked {
        Some(MdbookRequest::Supports { renderer }) if renderer == HTML => Ok(CliOutcome::Fine),
        Some(MdbookRequest::Supports { .. }) => Ok(CliOutcome::Failed),
        None => preprocess(console),
    }
}

fn preprocess(console: &mut Console) -> io::Result<CliOutcome> {
    if io::stdin().is_terminal() {
        console.complain(
            "mdBook calls this, and hands over a book; `hustings mdbook --help` says what to write \
             into book.toml",
        );
        return Ok(CliOutcome::Unreadable);
    }
    let mut input = Vec::new();
    io::stdin().lock().read_to_end(&mut input)?;
    let read = Book::read(&input).and_then(|book| {
        let settings = Settings::read(&book)?;
        Ok((book, settings))
    });
    let (mut book, settings) = match read {
        Ok(read) => read,
        Err(problem) => {
            console.complain(&problem);
            return Ok(CliOutcome::Unreadable);
        }
    };
    for warning in book.warning().into_iter().chain(settings.warnings.iter().cloned()) {
        console.problem(&diagnostics::plain(&warning).into_warning());
    }
    let source = book.source().to_owned();
    let dialect = book.dialect();
    let is_html = book.renderer() == HTML;
    let mut outcome = CliOutcome::Fine;
    book.each_chapter(&mut |mut chapter| {
        let rendered = book::figures(&chapter, &source, dialect, &settings, console);
        match rendered {
            Ok(content) if is_html => chapter.set(content),
            Ok(_) => {}
            Err(book::FigureFailed) => outcome = CliOutcome::Failed,
        }
    });
    if outcome == CliOutcome::Fine {
        console.text(&book.written())?;
    }
    Ok(outcome)
}
