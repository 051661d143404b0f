//! `hustings fmt`: formats scripts.

use super::console::Console;
use super::diagnostics::InputSource;
use super::input::{self, STANDARD_INPUT};
use super::{CliOutcome, diagnostics};
use crate::scenario::{Oversize, json, script};
use std::path::{Path, PathBuf};
use std::{fs, io};

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

pub(crate) fn run(args: &FmtArgs, console: &mut Console) -> io::Result<CliOutcome> {
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
        if let Err(why) = replace(file, &text, &formatted) {
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
fn replace(file: &Path, read: &str, formatted: &str) -> Result<(), String> {
    let cannot = |error: io::Error| format!("it cannot be written: {error}");
    if !fs::metadata(file).map_err(cannot)?.is_file() {
        return Err("this is no file that can be rewritten; `hustings fmt -` writes to standard \
                    output"
            .to_owned());
    }
    if fs::read(file).map_err(cannot)? != read.as_bytes() {
        return Err("this changed while it was read; nothing is written, try again".to_owned());
    }
    fs::write(file, formatted).map_err(cannot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_something_else_by_now_is_left_alone() {
        let file = std::env::temp_dir().join(format!("hustings-fmt-{}", std::process::id()));
        fs::write(&file, "SEED 3").expect("it can be written");
        let refused = replace(&file, "SEED 2", "seed 2\n").expect_err("it has changed");
        assert!(refused.contains("changed while it was read"), "{refused}");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "SEED 3");
        assert_eq!(replace(&file, "SEED 3", "seed 3\n"), Ok(()));
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "seed 3\n");
        fs::remove_file(&file).expect("it can go");
    }
}
