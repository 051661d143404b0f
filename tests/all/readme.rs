//! Every claim of the README that can be run is run.

use crate::play::play;
use hustings::presets;
use std::path::Path;
use std::process::Command;

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

#[test]
fn its_commands_exist() {
    let blocks = blocks().concat();
    let commands: Vec<&str> = blocks.lines().filter_map(|l| l.strip_prefix("hustings ")).collect();
    assert!(!commands.is_empty());
    for command in commands {
        let name = command.split(' ').next().unwrap_or_default();
        let program = env!("CARGO_BIN_EXE_hustings");
        let help = Command::new(program).args([name, "--help"]).output().expect("it starts");
        assert!(help.status.success(), "hustings {name}");
        let text = String::from_utf8_lossy(&help.stdout);
        for flag in command.split(' ').filter(|word| word.starts_with("--")) {
            assert!(text.contains(flag), "hustings {name} {flag}");
        }
    }
    let xtask = include_str!("../../xtask/src/main.rs");
    for command in blocks.lines().filter_map(|l| l.strip_prefix("cargo xtask ")) {
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
