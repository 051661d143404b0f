//! `budgets`: every command of the command line on every scenario at its limits, each within so much
//! processor time and memory. The kernel keeps the budgets, so this needs a Unix.

use crate::steps::{Step, Steps};
use crate::{Result, root};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use xshell::{Shell, cmd};

/// Of processor time, and of address space in KiB.
const SECONDS: u32 = 2;
const KIB: u32 = 500_000;
/// Each with the file, and where two are compared with the file twice.
const COMMANDS: [&[&str]; 16] = [
    &["run", "F"],
    &["run", "--json", "F"],
    &["check", "F"],
    &["check", "--format", "json", "F"],
    &["diff", "F", "F"],
    &["log", "--format", "transcript", "F"],
    &["log", "--format", "json", "F"],
    &["log", "--format", "csv", "F"],
    &["log", "--format", "shiviz", "F"],
    &["log", "--format", "mermaid", "F"],
    &["render", "F"],
    &["render", "--at", "0ms", "F"],
    &["render", "--view", "spacetime", "F"],
    &["render", "--view", "spacetime", "--from", "0ms", "--to", "1ms", "F"],
    &["render", "--animate", "F"],
    &["link", "F"],
];

pub fn budgets(sh: &Shell, steps: &mut Steps) -> Result {
    let step = Step {
        name: "every command on every scenario at its limits, within its budgets",
        again: "cargo xtask budgets",
        remedy: "the command above takes too much: find what grows with the run, and bound it",
    };
    steps.run(&step, || {
        cmd!(sh, "cargo build --locked --quiet --release --bin hustings").quiet().run()?;
        let program = root().join("target/release/hustings");
        let mut failed = Vec::new();
        for file in scenarios()? {
            for command in COMMANDS {
                if let Some(why) = exceeds(&program, command, &file)? {
                    failed.push(format!("hustings {}: {why}", run_and_print(command, &file)));
                }
            }
        }
        if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
    })
}

fn scenarios() -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(root().join("tests/limits"))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

fn run_and_print(command: &[&str], file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    command
        .iter()
        .map(|&word| if word == "F" { &*name } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Why a command does not keep within its budgets, if so. A refusal keeps within them.
fn exceeds(program: &Path, command: &[&str], file: &Path) -> Result<Option<String>> {
    // `times` says last what the command took.
    let script = format!(
        "(ulimit -t {SECONDS} -v {KIB}; exec \"$0\" \"$@\" >/dev/null 2>&1); code=$?; times; exit $code"
    );
    let words =
        command.iter().map(|&word| if word == "F" { file.as_os_str() } else { word.as_ref() });
    let output = Command::new("bash")
        .args(["-c", &script])
        .arg(program)
        .args(words)
        .stdin(Stdio::null())
        .output()?;
    let times = String::from_utf8_lossy(&output.stdout);
    println!("{:<60} {}", run_and_print(command, file), times.lines().last().unwrap_or_default());
    Ok(match output.status.code() {
        Some(0..=2) => None,
        Some(code) => Some(format!(
            "it is stopped with code {code}, beyond {SECONDS} s of processor time or {} MB",
            KIB / 1_000
        )),
        None => Some(format!("it is stopped: {}", output.status)),
    })
}
