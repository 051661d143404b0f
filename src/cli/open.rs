//! `hustings open`: the scenario of a link.

use super::Outcome;
use super::console::Console;
use crate::scenario::{json, script};
use crate::session::address::{Address, Source};
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
pub struct Args {
    /// A whole address, or what stands behind its `#`: a link such as `1/…`, or `preset/NAME`
    #[arg(value_name = "LINK")]
    link: String,

    /// As JSON, for programs; every FILE may be JSON too
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Outcome> {
    let link = args.link.trim();
    let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
    let read = Address::read(fragment).and_then(|address| Ok((address.scenario()?, address)));
    let (scenario, address) = match read {
        Ok(read) => read,
        Err(misread) => {
            console.complain(&misread.to_string());
            return Ok(Outcome::Unreadable);
        }
    };
    match (args.json, address.source) {
        (true, _) => console.text(&json::write(&scenario))?,
        (false, Source::Preset(preset)) => console.text(preset.script)?,
        (false, Source::Link(_) | Source::Kept(_)) => console.text(&script::write(&scenario))?,
    }
    Ok(Outcome::Fine)
}
