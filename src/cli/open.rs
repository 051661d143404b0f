//! `hustings open`: the scenario of a link.

use super::CliOutcome;
use super::console::Console;
use crate::scenario::{Oversize, json, script};
use crate::session::address::{Address, AddressSource};
use std::io;

/// Prints the scenario of a link as a script.
///
/// The exit code is 2 where the link cannot be read.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings open 'https://your.site/hustings/#preset/two-leaders'
  hustings open \"$(hustings link mine.hustings)\" > copy.hustings
  hustings open --json '#preset/bully-figure'")]
pub struct OpenArgs {
    /// A whole address, or what stands behind its `#`: a link such as `1/…`, `preset/NAME` or `lesson/NAME`
    #[arg(value_name = "LINK")]
    link: String,

    /// As JSON, for programs; every FILE may be JSON too
    #[arg(long)]
    json: bool,
}

pub fn run(args: &OpenArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let link = args.link.trim();
    let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
    let read = Address::read(fragment).and_then(|address| Ok((address.scenario()?, address)));
    let (scenario, address) = match read {
        Ok(read) => read,
        Err(misread) => {
            console.complain(&misread.to_string());
            return Ok(CliOutcome::Unreadable);
        }
    };
    let written = match (args.json, address.source) {
        (true, _) => Oversize::check_json(json::write(&scenario)),
        (false, AddressSource::Preset(preset)) => Ok(preset.script.to_owned()),
        (false, AddressSource::Link(_) | AddressSource::Kept(_) | AddressSource::Lesson(_)) => {
            Oversize::check_script(script::write(&scenario))
        }
    };
    match written {
        Ok(text) => {
            console.text(&text)?;
            Ok(CliOutcome::Fine)
        }
        Err(refusal) => {
            let way_on = if args.json { "" } else { ": hustings open --json" };
            console.complain(&format!("{refusal}{way_on}"));
            Ok(CliOutcome::Unreadable)
        }
    }
}
