//! `hustings link`: a scenario as a link.

use super::console::Console;
use super::{CliOutcome, input};
use crate::export::leads_to_a_page;
use crate::scenario::diagnostic::clip;
use crate::session::address::Address;
use std::io;
use std::path::PathBuf;

/// Prints a scenario as a link, which holds all of it: nothing is kept anywhere else.
///
/// What only a script has, its comments and its layout, is not in it.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings link mine.hustings
  hustings link --base https://your.site/hustings/ mine.hustings")]
pub struct LinkArgs {
    /// The scenario; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The page that opens it, printed in front; without it the link begins with its `#`
    #[arg(long, value_name = "URL", default_value = "")]
    base: String,
}

pub fn run(args: &LinkArgs, console: &mut Console) -> io::Result<CliOutcome> {
    if !leads_to_a_page(&args.base) {
        console.complain(&format!(
            "`{}` is no address of a page; write one such as https://your.site/hustings/, or a path",
            clip(&args.base)
        ));
        return Ok(CliOutcome::Unreadable);
    }
    let Some((source, script)) = input::script(&args.file, console) else {
        return Ok(CliOutcome::Unreadable);
    };
    match Address::of(&script.scenario) {
        Ok(address) => {
            console.line(format!("{}#{address}", args.base.trim_end_matches('#')))?;
            Ok(CliOutcome::Fine)
        }
        Err(error) => {
            console.complain(&format!("{}: {error}", source.name));
            Ok(CliOutcome::Failed)
        }
    }
}
