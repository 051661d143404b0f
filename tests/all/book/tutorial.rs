//! The commands that the tutorial and the page of sweeps show are run, one after the other, in a folder with the scripts
//! of the page; what they print is what it says they print.

use super::fences::{self, Fence};
use super::pages;
use crate::cli::driver::{Folder, hustings_in};

/// Stands for any lines in what a command prints.
const AND_SO_ON: &str = "…";

/// The pages, with the least number of commands on each.
const PAGES: [(&str, usize); 2] = [("tutorial.md", 6), ("sweep.md", 3)];

#[test]
fn its_commands_do_what_it_says() {
    let pages = pages();
    for (page, least) in PAGES {
        let (_, text) = pages.iter().find(|(path, _)| path == page).expect("it is there");
        let folder = Folder::new(page);
        folder.file(&format!("docs/{page}"), text);
        let mut ran = 0;
        for Fence { info, text } in fences::of(text) {
            match info.as_str() {
                // A script is kept under the name in its first line.
                "leader-election" => {
                    let name = text.lines().next().and_then(|line| line.strip_prefix("# "));
                    if let Some(name) = name.filter(|name| name.ends_with(".hustings")) {
                        folder.file(name, &text);
                    }
                }
                "console" => ran += run(&folder, &text),
                _ => {}
            }
        }
        assert!(ran >= least, "{page} shows {ran} commands");
    }
}

/// Runs each line behind `$`, and returns how many there were.
fn run(folder: &Folder, shown: &str) -> usize {
    let commands: Vec<&str> = shown.split("$ ").skip(1).collect();
    for command in &commands {
        let (line, says) = command.split_once('\n').expect("a command ends its line");
        let words = words(line);
        assert_eq!(words.first().map(String::as_str), Some("hustings"), "{line}");
        let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        let ran = hustings_in(folder, &words);
        // Two runs that differ are no failure, but no success either.
        assert_eq!(ran.code, i32::from(words[0] == "diff"), "$ {line}\n{}{}", ran.out, ran.err);
        let printed = ran.out + &ran.err;
        assert!(is_as_shown(&printed, says), "$ {line}\n{printed}");
    }
    commands.len()
}

/// As a shell parts them; the pages quote with `'` alone.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in line.split('\'').enumerate() {
        match place % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

/// `…` alone in a line stands for any lines.
fn is_as_shown(printed: &str, says: &str) -> bool {
    let mut rest = printed.trim_end();
    let mut parts = says.trim_end().split(AND_SO_ON);
    let Some(from) = rest.strip_prefix(parts.next().unwrap_or_default().trim_end()) else {
        return false;
    };
    rest = from;
    let mut is_whole = true;
    for part in parts {
        is_whole = part.trim().is_empty();
        match rest.find(part.trim()) {
            Some(at) => rest = &rest[at + part.trim().len()..],
            None => return false,
        }
    }
    rest.trim().is_empty() || (is_whole && says.contains(AND_SO_ON))
}
