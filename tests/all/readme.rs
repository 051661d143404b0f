//! Every claim of the README that can be run is run.

use crate::cli::driver::{Folder, hustings, hustings_in};
use crate::play::play;
use hustings::presets;
use std::path::Path;

const README: &str = include_str!("../../README.md");

/// The blocks that are set in, without what sets them in.
fn blocks() -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in README.lines() {
        match (line.strip_prefix("    "), blocks.last_mut()) {
            (Some(line), Some(block)) => *block += &format!("{line}\n"),
            (None, Some(block)) if !block.is_empty() && !line.is_empty() => {
                blocks.push(String::new());
            }
            _ => {}
        }
    }
    blocks
}

#[test]
fn its_scripts_run_and_end_as_it_says() {
    let scripts: Vec<String> = blocks().into_iter().filter(|b| b.starts_with("at ")).collect();
    assert!(scripts.len() >= 2, "the shortest script and one with expectations");
    for script in scripts {
        let run = play(&script);
        assert_eq!(run.leaders(), [5], "{script}{}", run.transcript());
        assert!(run.report().holds(), "{script}");
    }
}

/// The folder in which a reader would try its commands: the script of the README, the same with a
/// longer wait, and documentation with the script in it.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    let scripts: Vec<String> = blocks().into_iter().filter(|b| b.starts_with("at ")).collect();
    let script = scripts.iter().find(|script| script.contains("expect")).expect("it expects");
    folder.file("figure.hustings", script);
    folder.file("slow.hustings", format!("{script}wait alive 80ms\n"));
    folder
        .file("README.md", format!("# Ours\n\n> ```leader-election\n> {}> ```\n", quoted(script)));
    folder.file("docs/a.md", format!("```leader-election\n{script}```\n"));
    folder.file("docs/b.md", "```leader-election,ignore\nat 100ms crsh 6\n```\n");
    folder
}

fn quoted(script: &str) -> String {
    script.trim_end().replace('\n', "\n> ") + "\n"
}

/// Each `hustings …` of its blocks, without the comment.
fn commands() -> Vec<String> {
    let blocks = blocks().concat();
    let lines = blocks.lines().filter_map(|line| line.strip_prefix("hustings "));
    let commands = lines.filter_map(|line| line.split("# ").next());
    commands.map(|command| command.trim().to_owned()).collect()
}

#[test]
fn its_commands_run_and_end_as_it_says() {
    let folder = folder("readme-commands");
    let commands = commands();
    assert!(commands.len() >= 10, "{commands:?}");
    for command in &commands {
        let words: Vec<&str> = command.split(' ').map(|word| word.trim_matches('\'')).collect();
        let ran = hustings_in(&folder, &words);
        // Two runs that differ are no failure, but no success either, and neither is a violation that was found.
        let expected = i32::from(["diff", "search"].contains(&words[0]));
        assert_eq!(ran.code, expected, "hustings {command}\n{}{}", ran.out, ran.err);
        let written = words.iter().rposition(|&word| word == "-o").map(|at| words[at + 1]);
        // What `mdbook` is asked there is answered by the exit code.
        let is_silent = ["fmt", "mdbook"].contains(&words[0])
            || written.is_some_and(|file| !folder.read(file).is_empty());
        assert!(!ran.out.is_empty() || is_silent, "hustings {command}");
    }
}

#[test]
fn it_names_every_command() {
    let help = hustings(["--help"]).out;
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let names = list.unwrap_or_default().lines().filter_map(|line| line.split_whitespace().next());
    let commands = commands();
    for name in names.filter(|name| *name != "help") {
        let is_shown = commands.iter().any(|command| command.split(' ').next() == Some(name));
        assert!(is_shown, "the README shows no `hustings {name}`");
    }
}

#[test]
fn check_finds_its_blocks_and_names_the_lines_of_the_document() {
    let folder = folder("readme-check");
    let ran = hustings_in(&folder, &["check", "docs", "README.md"]);
    let quoted = "✓ README.md:3: all 2 expectations hold\n";
    assert!(ran.out.contains(quoted), "{}", ran.out);
    assert!(ran.out.ends_with("in all 2 fine, 0 failed, 0 unreadable, 1 ignored\n"), "{}", ran.out);
}

#[test]
fn diff_says_what_it_shows() {
    let ran = hustings_in(&folder("readme-diff"), &["diff", "figure.hustings", "slow.hustings"]);
    let shown =
        blocks().into_iter().find(|block| block.contains(" in A, and ")).expect("a sentence");
    assert!(ran.out.contains(shown.trim()), "{}", ran.out);
}

#[test]
fn its_exit_codes_are_those_of_the_program() {
    let folder = folder("readme-codes");
    folder.file("fails.hustings", "at 100ms crash 6\nexpect leader 6\n");
    for (command, code) in [
        (["check", "figure.hustings", "figure.hustings"], 0),
        (["check", "figure.hustings", "fails.hustings"], 1),
        (["diff", "figure.hustings", "fails.hustings"], 1),
        (["check", "fails.hustings", "nowhere"], 2),
    ] {
        assert_eq!(hustings_in(&folder, &command).code, code, "{command:?}");
    }
}

#[test]
fn its_tasks_exist() {
    let blocks = blocks().concat();
    let xtask = include_str!("../../xtask/src/main.rs");
    let tasks: Vec<&str> = blocks.lines().filter_map(|l| l.strip_prefix("cargo xtask ")).collect();
    assert!(!tasks.is_empty());
    for command in tasks {
        let name = command.split(' ').next().unwrap_or_default();
        assert!(xtask.contains(&format!("\"{name}\"")), "cargo xtask {name}");
    }
}

#[test]
fn its_scenarios_and_its_picture_are_there() {
    let table = README.lines().filter(|line| line.starts_with("| `"));
    let named = table.filter_map(|line| line.split('|').nth(3));
    let names: Vec<&str> = named.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        assert!(presets::find(name).is_some(), "{name}");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for link in README.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(link.starts_with("http") || root.join(link).exists(), "{link}");
    }
}
