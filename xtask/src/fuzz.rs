//! `fuzz`: what libFuzzer finds in so many minutes for each target, and the corpus that the repository keeps.
//!
//! A find ends the run of its target. libFuzzer keeps the inputs that reach new code in target/fuzz, and the next run
//! starts with them.

use crate::steps::{Step, Steps};
use crate::tools;
use crate::{Result, root};
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use xshell::{Shell, cmd};

/// Of an input, by the wall clock, and of all memory: what takes longer or more is a find.
const SECONDS: u32 = 25;
const MEGABYTES: u32 = 1_024;
/// In bytes: more than most seeds have.
const LONGEST: u32 = 4_096;
/// Of an input that the repository keeps, in bytes, and how many of each target.
const LONGEST_KEPT: u64 = 400;
const MOST_KEPT: usize = 40;

/// `fuzz [--minutes N] [target…]`, `fuzz --keep [target…]`, or a target and files, which are its inputs.
pub fn fuzz(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    let (minutes, keeps, rest) = match rest {
        [option, minutes, rest @ ..] if option == "--minutes" => {
            let read = minutes.parse().ok().filter(|&minutes| minutes > 0);
            let read = read.ok_or(format!("`{minutes}` is no number of minutes from 1"));
            (read?, false, rest)
        }
        [option, rest @ ..] if option == "--keep" => (0, true, rest),
        rest => (1, false, rest),
    };
    let all = targets()?;
    let is_target = |word: &&String| all.contains(word);
    let (named, files): (Vec<&String>, Vec<&String>) = rest.iter().partition(is_target);
    if let Some(file) = files.iter().find(|file| !Path::new(file).is_file()) {
        let known = all.join(", ");
        return Err(format!("`{file}` is no file and no target; the targets are {known}").into());
    }
    let programs = build(sh, steps)?;
    let chosen = if named.is_empty() { all.iter().collect() } else { named };
    match (keeps, chosen.as_slice()) {
        (true, chosen) => chosen.iter().try_for_each(|target| keep(steps, &programs, target)),
        (false, [target]) if !files.is_empty() => replay(steps, &programs, target, &files),
        (false, chosen) if files.is_empty() => {
            let found: Vec<Outcome> = chosen
                .iter()
                .map(|target| run(steps, &programs, target, minutes))
                .collect::<Result<_>>()?;
            summary(&found)
        }
        (false, _) => Err("files are inputs of one target: name it before them".into()),
    }
}

/// The names of the programs in fuzz/fuzz_targets.
fn targets() -> Result<Vec<String>> {
    let entries = fs::read_dir(root().join("fuzz/fuzz_targets"))?;
    let files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    let stems = files.iter().filter_map(|file| file.file_stem());
    let mut names: Vec<String> = stems.map(|stem| stem.to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

/// Builds all targets; returns the folder of the programs. No sanitizer is needed, since the product forbids unsafe
/// code, and without one the stable toolchain is enough.
fn build(sh: &Shell, steps: &mut Steps) -> Result<PathBuf> {
    let _path = tools::enter(sh, vec![tools::cargo_fuzz(sh, steps)?]);
    let folder = root().join("target/fuzz/build");
    let version = cmd!(sh, "rustc -vV").quiet().read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("rustc does not name its host")?;
    let step = Step {
        name: "build the fuzz targets (some minutes the first time)",
        again: "cargo xtask fuzz",
        remedy: "fix what the compiler says above; a compiler for C++ is needed (Debian: apt-get install g++)",
    };
    let options = ["--sanitizer", "none", "--features", "libfuzzer", "--target", host];
    steps.run(&step, || {
        Ok(cmd!(sh, "cargo fuzz build --target-dir {folder} {options...}").quiet().run()?)
    })?;
    Ok(folder.join(host).join("release"))
}

/// What became of a target.
struct Outcome {
    target: String,
    inputs: String,
    finds: Vec<PathBuf>,
}

fn work(target: &str) -> PathBuf {
    root().join("target/fuzz").join(target)
}

/// Its corpus, and the folders that fuzz/seeds.txt names.
fn seeds(target: &str) -> Result<Vec<PathBuf>> {
    let text = fs::read_to_string(root().join("fuzz/seeds.txt"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{target}: ")));
    let folders = line.into_iter().flat_map(|line| line.split(' ')).map(|it| root().join(it));
    let own = root().join("fuzz/corpus").join(target);
    Ok([own].into_iter().chain(folders).filter(|folder| folder.is_dir()).collect())
}

fn run(steps: &mut Steps, programs: &Path, target: &str, minutes: u32) -> Result<Outcome> {
    let work = work(target);
    let (corpus, finds) = (work.join("corpus"), work.join("finds"));
    fs::create_dir_all(&corpus)?;
    // Those of an earlier run may be fixed.
    fs::remove_dir_all(&finds).ok();
    fs::create_dir_all(&finds)?;
    let step = Step {
        name: &format!("fuzz {target}, {minutes} min"),
        again: &format!("cargo xtask fuzz --minutes {minutes} {target}"),
        remedy: "the end of its log says why it did not run",
    };
    let log = work.join("log.txt");
    steps.run(&step, || {
        let mut prefix = OsString::from("-artifact_prefix=");
        prefix.push(finds.join(""));
        Command::new(programs.join(target))
            .args([&corpus].into_iter().chain(&seeds(target)?))
            .arg(prefix)
            .args([
                format!("-max_total_time={}", u64::from(minutes) * 60),
                format!("-timeout={SECONDS}"),
                format!("-report_slow_units={SECONDS}"),
                format!("-rss_limit_mb={MEGABYTES}"),
                format!("-max_len={LONGEST}"),
                // Bytes stand for choices, so short inputs reach little: it need not begin with them.
                "-len_control=0".to_owned(),
                "-print_final_stats=1".to_owned(),
            ])
            .stdin(Stdio::null())
            .stderr(File::create(&log)?)
            .status()?;
        let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        let executed = "stat::number_of_executed_units:";
        let inputs = text.lines().find_map(|line| line.strip_prefix(executed));
        let inputs = inputs.map(str::trim).map(str::to_owned);
        let found = fs::read_dir(&finds)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        Ok(Outcome {
            target: target.to_owned(),
            inputs: inputs.ok_or_else(|| format!("no inputs were run: {}", log.display()))?,
            finds: found,
        })
    })
}

/// How many inputs each target ran; an error if one has a find.
fn summary(outcomes: &[Outcome]) -> Result {
    for Outcome { target, inputs, finds } in outcomes {
        println!("{target:<10} {inputs:>12} inputs {:>3} finds", finds.len());
    }
    let mut lines = Vec::new();
    for Outcome { target, finds, .. } in outcomes {
        for find in finds {
            let log = work(target).join("log.txt");
            let (find, log) = (find.display(), log.display());
            lines.push(format!("{target}: {find}\n  {log} says what failed\n  again: cargo xtask fuzz {target} {find}"));
        }
    }
    if lines.is_empty() { Ok(()) } else { Err(lines.join("\n").into()) }
}

/// Runs inputs once, with what they print.
fn replay(steps: &mut Steps, programs: &Path, target: &str, files: &[&String]) -> Result {
    let step = Step {
        name: &format!("inputs of {target}"),
        again: &format!("cargo xtask fuzz {target} FILE"),
        remedy: "the property that fails is in tests/all/inputs",
    };
    steps.run(&step, || {
        let status = Command::new(programs.join(target)).args(files).status()?;
        if status.success() { Ok(()) } else { Err(format!("an input fails: {status}").into()) }
    })
}

/// Replaces what libFuzzer found in fuzz/corpus by short inputs that together reach as much; of too many, by the longest.
fn keep(steps: &mut Steps, programs: &Path, target: &str) -> Result {
    let step = Step {
        name: &format!("the corpus of {target}"),
        again: &format!("cargo xtask fuzz --keep {target}"),
        remedy: "run `cargo xtask fuzz` first, which finds inputs",
    };
    steps.run(&step, || {
        let work = work(target);
        let (short, merged) = (work.join("short"), work.join("merged"));
        for folder in [&short, &merged] {
            fs::remove_dir_all(folder).ok();
            fs::create_dir_all(folder)?;
        }
        let own = root().join("fuzz/corpus").join(target);
        fs::create_dir_all(&own)?;
        for (size, file) in [sizes(&work.join("corpus"))?, sizes(&own)?].concat() {
            // What people wrote stays, so nothing has to reach it again.
            let folder = if is_found(&file) { &short } else { &merged };
            if size <= LONGEST_KEPT {
                fs::copy(&file, folder.join(name(&file)))?;
            }
        }
        let status = Command::new(programs.join(target))
            .arg("-set_cover_merge=1")
            .args([&merged, &short])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !status.success() {
            return Err(format!("the inputs cannot be merged: {status}").into());
        }
        for (_, file) in sizes(&own)?.iter().filter(|(_, file)| is_found(file)) {
            fs::remove_file(file)?;
        }
        // The longest reach most.
        let mut files = sizes(&merged)?;
        files.retain(|(_, file)| is_found(file));
        files.sort();
        for (_, file) in files.iter().rev().take(MOST_KEPT) {
            fs::copy(file, own.join(name(file)))?;
        }
        Ok(())
    })
}

/// The files of a folder with their sizes in bytes.
fn sizes(folder: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let sized = |entry: std::io::Result<DirEntry>| {
        let entry = entry?;
        Ok((entry.metadata()?.len(), entry.path()))
    };
    fs::read_dir(folder)?.map(sized).collect()
}

fn name(file: &Path) -> &OsStr {
    file.file_name().unwrap_or_default()
}

/// Whether libFuzzer named a file: by the hash of what is in it.
fn is_found(file: &Path) -> bool {
    let name = name(file).as_encoded_bytes();
    name.len() == 40 && name.iter().all(u8::is_ascii_hexdigit)
}
