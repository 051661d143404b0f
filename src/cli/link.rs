//! `hustings link`: prints a scenario as a link.

use super::console::Console;
use super::{CliOutcome, input};
use crate::export::leads_to_a_page;
use crate::scenario::diagnostic::clip;
use crate::scenario::{json, script};
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
