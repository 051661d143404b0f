//! `hustings check`: scenarios as tests, by what they expect.

use super::console::{Console, Mark};
use super::input::{self, Source};
use super::{Outcome, diagnostics};
use crate::report::{Report, Verdict};
use crate::run::Run;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a scenario's file is called.
const EXTENSION: &str = "hustings";

/// Plays scenarios and says whether what they expect holds.
///
/// The exit code is 2 where something cannot be read or nothing is found, else 1 where an
/// expectation does not hold, else 0.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings check mine.hustings
  hustings check --strict docs examples")]
pub struct Args {
    /// Scenarios, and folders with `.hustings` files at any depth; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Fails where an edit finds nothing to fix, which is a warning otherwise
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Default)]
struct Count {
    held: usize,
    failed: usize,
    unreadable: usize,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Outcome> {
    let mut count = Count::default();
    for path in &args.paths {
        match files(path) {
            Ok(files) if files.is_empty() => {
                console.complain(&format!("{}: no `.{EXTENSION}` file is in it", path.display()));
                count.unreadable += 1;
            }
            Ok(files) => {
                for file in files {
                    one(&file, args.strict, &mut count, console)?;
                }
            }
            Err(error) => {
                console.complain(&format!("{}: {error}", path.display()));
                count.unreadable += 1;
            }
        }
    }
    if count.held + count.failed + count.unreadable > 1 {
        console.line(&summary(&count))?;
    }
    Ok(match count {
        Count { unreadable: 1.., .. } => Outcome::Unreadable,
        Count { failed: 1.., .. } => Outcome::Failed,
        Count { .. } => Outcome::Fine,
    })
}

fn one(file: &Path, strict: bool, count: &mut Count, console: &mut Console) -> io::Result<()> {
    let Some((source, script)) = input::script(file, console) else {
        count.unreadable += 1;
        return Ok(());
    };
    let report = Run::of(script.scenario.clone()).report(&script);
    let holds = report.holds() && (report.unused_edits.is_empty() || !strict);
    if holds {
        count.held += 1;
    } else {
        count.failed += 1;
    }
    console.line(&headline(&source, &report, holds, console))?;
    for verdict in report.expectations.iter().filter(|verdict| !verdict.holds) {
        console.line(&failure(&source, verdict))?;
    }
    for edit in &report.unused_edits {
        let text = format!("`{}` fixes nothing: {}", edit.text, edit.reason);
        console.problem(diagnostics::warning(&source, edit.line, &text));
    }
    for hint in &report.hints {
        console.problem(diagnostics::warning(&source, hint.line, &hint.text));
    }
    Ok(())
}

fn headline(source: &Source, report: &Report, holds: bool, console: &Console) -> String {
    let all = report.expectations.len();
    let held = report.expectations.iter().filter(|verdict| verdict.holds).count();
    let result = match (all, held) {
        (0, _) => "expects nothing".to_owned(),
        (1, 1) => "what it expects holds".to_owned(),
        (all, held) if all == held => format!("all {all} expectations hold"),
        (all, held) => format!("{} of {all} expectations failed", all - held),
    };
    let unused = if holds || all != held { "" } else { ", but an edit fixes nothing" };
    let sign =
        if holds { console.marked(Mark::Good, "✓") } else { console.marked(Mark::Bad, "✗") };
    format!("{sign} {}: {result}{unused}", source.name)
}

fn failure(source: &Source, verdict: &Verdict) -> String {
    let place = verdict.line.map_or(String::new(), |line| format!("{}:{line}: ", source.name));
    format!("    {place}{}: {}", verdict.text, verdict.reason)
}

fn summary(Count { held, failed, unreadable }: &Count) -> String {
    format!("in all {held} fine, {failed} failed, {unreadable} unreadable")
}

/// The scenarios that a path stands for, in the order of their names: itself, or those in a folder.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        // Whether it is there is told when it is read.
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            // A link to a folder is not followed: it may lead back to where it lies.
            if entry.file_type()?.is_dir() {
                if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == EXTENSION) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
