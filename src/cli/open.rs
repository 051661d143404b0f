//! `hustings open`: prints the script of a link.

use super::CliOutcome;
use super::console::Console;
use crate::scenario::{Oversize, json};
use crate::session::address::Address;
use std::io;

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

pub(crate) fn run(args: &OpenArgs, console: &mut Console) -> io::Result<CliOutcome> {
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
