//! `hustings link` prints a scenario as a link, `hustings open` the script of a link.

use super::console::Console;
use super::{CliOutcome, input};
use crate::export::leads_to_a_page;
use crate::scenario::diagnostic::clip;
use crate::scenario::{Oversize, json, script};
use crate::session::address::Address;
use std::io;
use std::path::PathBuf;

/// Prints a scenario as a link, which contains the whole scenario.
///
/// The link contains the script in canonical form, with its comments and blank lines.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings link mine.hustings
  hustings link --base https://your.site/hustings/ mine.hustings
  hustings link --no-comments mine.hustings")]
pub(crate) struct LinkArgs {
    /// The scenario; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The address of the page, printed in front of the link; without it the link begins with `#`
    #[arg(long, value_name = "URL", default_value = "")]
    base: String,

    /// Leaves out comments and disabled lines, which makes the link shorter
    #[arg(long)]
    no_comments: bool,
}

pub(crate) fn run(args: &LinkArgs, console: &mut Console) -> io::Result<CliOutcome> {
    if !leads_to_a_page(&args.base) {
        console.complain(&format!(
            "`{}` is no address of a page; write one such as https://your.site/hustings/, or a path",
            clip(&args.base)
        ));
        return Ok(CliOutcome::Unreadable);
    }
    let Some((source, read)) = input::script(&args.file, console) else {
        return Ok(CliOutcome::Unreadable);
    };
    let text = match json::is_json(&source.text) {
        true => script::write(&read.scenario),
        false => source.text,
    };
    let bare = script::without_comments(&text).ok();
    let chosen = bare.as_ref().filter(|_| args.no_comments).unwrap_or(&text);
    match Address::of(chosen) {
        Ok(address) => {
            console.line(format!("{}#{address}", args.base.trim_end_matches('#')))?;
            Ok(CliOutcome::Fine)
        }
        Err(error) => {
            let fits = !args.no_comments && bare.is_some_and(|bare| Address::of(&bare).is_ok());
            let way_on = if fits { ", or leave out its comments: --no-comments" } else { "" };
            console.complain(&format!("{}: {error}{way_on}", source.name));
            Ok(CliOutcome::Failed)
        }
    }
}

/// Prints the script of a link, comments included.
///
/// The exit code is 2 if the link cannot be read.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings open 'https://your.site/hustings/#preset/two-leaders'
  hustings open \"$(hustings link mine.hustings)\" > copy.hustings
  hustings open --json '#preset/bully-figure'")]
pub(crate) struct OpenArgs {
    /// A whole address, or the part behind its `#`: a link such as `1/…`, `preset/NAME` or `lesson/NAME`
    #[arg(value_name = "LINK")]
    link: String,

    /// Prints the scenario as JSON, which every command reads too
    #[arg(long)]
    json: bool,
}

pub(crate) fn open(args: &OpenArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let link = args.link.trim();
    let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
    let document = match Address::read(fragment).and_then(|address| address.document()) {
        Ok(document) => document,
        Err(misread) => {
            console.complain(&misread.to_string());
            return Ok(CliOutcome::Unreadable);
        }
    };
    let written = match args.json {
        true => Oversize::check_json(json::write(document.scenario())),
        false => Ok(document.text().to_owned()),
    };
    match written {
        Ok(text) => {
            console.text(&text)?;
            Ok(CliOutcome::Fine)
        }
        Err(refusal) => {
            console.complain(&refusal.to_string());
            Ok(CliOutcome::Unreadable)
        }
    }
}
