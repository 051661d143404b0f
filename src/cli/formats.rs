//! The commands that print a scenario in another form: `fmt` formats a script, `link` makes a link of a scenario,
//! `open` the script of a link, and `presets` prints a bundled scenario.

use super::console::{Console, Line, Mark, STANDARD_INPUT};
use super::diagnostics::{self, InputSource};
use super::system::{PathKind, System};
use super::{CliOutcome, input};
use crate::export::leads_to_a_page;
use crate::presets::{self, Preset};
use crate::scenario::diagnostic::clip;
use crate::scenario::{Oversize, json, keywords, script};
use crate::session::Document;
use crate::session::address::{Address, AddressError};
use std::io;
use std::path::{Path, PathBuf};

/// Formats scripts in their canonical form. It keeps comments and the order of lines.
///
/// A script from standard input is written to standard output. A file with errors stays unchanged,
/// and the exit code is 2. With --check the exit code is 1 if a file is not in canonical form.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings fmt mine.hustings
  hustings fmt --check presets/*.hustings")]
pub(crate) struct FmtArgs {
    /// Scripts; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Writes no file, and lists the files that would change
    #[arg(long)]
    check: bool,
}

pub(crate) fn fmt(args: &FmtArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let mut outcome = CliOutcome::Fine;
    for file in &args.files {
        outcome = outcome.max(one(file, args.check, console)?);
    }
    Ok(outcome)
}

fn one(file: &Path, check: bool, console: &mut Console) -> io::Result<CliOutcome> {
    let Some(source) = input::read_or_report(file, console) else {
        return Ok(CliOutcome::Unreadable);
    };
    if json::is_json(&source.text) {
        console.complain(&format!("{}: this is JSON; `fmt` is for scripts", source.name));
        return Ok(CliOutcome::Unreadable);
    }
    let formatted = match script::format(&source.text) {
        Ok(formatted) => formatted,
        Err(problems) => {
            for problem in &problems {
                console.problem(&diagnostics::error(&source, problem));
            }
            return Ok(CliOutcome::Unreadable);
        }
    };
    let InputSource { name, text, .. } = source;
    let formatted = match Oversize::check_script(formatted) {
        Ok(formatted) => formatted,
        Err(refusal) => {
            let warning = format!("it stays as it is: in canonical spelling, {refusal}");
            console.problem(&diagnostics::about(&name, &warning));
            return Ok(CliOutcome::Unreadable);
        }
    };
    if check {
        if formatted == text {
            return Ok(CliOutcome::Fine);
        }
        console.line(format!("{name} is not in canonical spelling"))?;
        return Ok(CliOutcome::Failed);
    }
    if file == Path::new(STANDARD_INPUT) {
        console.text(&formatted)?;
    } else if formatted != text {
        if let Err(why) = replace(file, &text, &formatted, &*console.system()) {
            console.problem(&diagnostics::about(&name, &why));
            return Ok(CliOutcome::Unreadable);
        }
        console.line(format!("{name} is in canonical spelling now"))?;
    }
    Ok(CliOutcome::Fine)
}

/// Rewrites a file, unless it has changed since it was read.
///
/// # Errors
/// A sentence that says why it is not rewritten.
fn replace(file: &Path, read: &str, formatted: &str, system: &dyn System) -> Result<(), String> {
    let cannot = |error: io::Error| format!("it cannot be written: {error}");
    if system.status(file).map_err(cannot)?.kind != PathKind::File {
        return Err("this is no file that can be rewritten; `hustings fmt -` writes to standard \
                    output"
            .to_owned());
    }
    let found = system.read_file(file, read.len() + 1).map_err(cannot)?;
    if found != read.as_bytes() {
        return Err("this changed while it was read; nothing is written, try again".to_owned());
    }
    system.write_file(file, formatted).map_err(cannot)
}

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

pub(crate) fn link(args: &LinkArgs, console: &mut Console) -> io::Result<CliOutcome> {
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
    let name = source.name.clone();
    let text = input::script_text(source, &read.scenario);
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
            console.complain(&format!("{name}: {error}{way_on}"));
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
    let document = match linked(&args.link) {
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

/// The scenario of a link, with or without the address in front of its `#`.
///
/// # Errors
/// If it is no link, or its scenario cannot be read.
pub(crate) fn linked(link: &str) -> Result<Document, AddressError> {
    let link = link.trim();
    let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
    Address::read(fragment).and_then(|address| address.document())
}

/// Lists the bundled scenarios, or prints the script of one.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings presets
  hustings presets split-brain > mine.hustings")]
pub(crate) struct PresetsArgs {
    /// The name of a scenario; without it, all are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(crate) fn presets(args: &PresetsArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let Some(name) = &args.name else { return list(console) };
    match presets::find(name) {
        Some(preset) => {
            console.text(preset.script)?;
            Ok(CliOutcome::Fine)
        }
        None => {
            let names = presets::ALL.iter().map(|preset| preset.name);
            let way_on = match keywords::nearest(name, names) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`hustings presets` lists them".to_owned(),
            };
            console.complain(&format!("there is no preset `{name}`; {way_on}"));
            Ok(CliOutcome::Unreadable)
        }
    }
}

fn list(console: &mut Console) -> io::Result<CliOutcome> {
    let width = presets::ALL.iter().map(|preset| preset.name.len()).max().unwrap_or_default();
    for Preset { name, script, .. } in presets::ALL {
        let Ok(scenario) = script::parse(script) else {
            debug_assert!(false, "every preset can be read: a test says so");
            continue;
        };
        let (title, about) = (scenario.title.as_deref(), scenario.about.as_deref());
        let name = Line::marked(Mark::Strong, format!("{name:width$}"));
        console.line(name.and("  ").and(title.unwrap_or_default()))?;
        let about = Line::marked(Mark::Quiet, about.unwrap_or_default());
        console.line(Line::from(format!("{:width$}  ", "")).and(about))?;
    }
    Ok(CliOutcome::Fine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::system::NativeSystem;
    use std::fs;

    #[test]
    fn a_file_that_says_something_else_by_now_is_left_alone() {
        let file = std::env::temp_dir().join(format!("hustings-fmt-{}", std::process::id()));
        fs::write(&file, "SEED 3").expect("it can be written");
        let system = NativeSystem::new();
        let refused = replace(&file, "SEED 2", "seed 2\n", &system).expect_err("it has changed");
        assert!(refused.contains("changed while it was read"), "{refused}");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "SEED 3");
        assert_eq!(replace(&file, "SEED 3", "seed 3\n", &system), Ok(()));
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "seed 3\n");
        fs::remove_file(&file).expect("it can go");
    }
}
