//! The chapter on the command line is what the program's own `--help` says.

use super::made_from;
use crate::cli::driver::hustings;
use crate::golden;
use std::fmt::Write;

const BEGINS: &str = "\
`hustings` simulates the same scenarios as the page, with the same code. Build it from the repository with
Rust:

    cargo install --path .

`hustings COMMAND --help` prints the text of this chapter, and `hustings man COMMAND` a manual page.

";

#[test]
fn the_page_of_commands_is_the_help_of_the_program() {
    let mut page = format!("# The command line\n\n{}{BEGINS}", made_from("`hustings --help`"));
    let whole = hustings(["--help"]).out;
    page += &section(&whole);
    let list = whole.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let names = list.unwrap_or_default().lines().filter_map(|line| line.split_whitespace().next());
    for name in names.filter(|name| *name != "help") {
        let help = hustings([name, "--help"]).out;
        let _ = write!(page, "\n## `hustings {name}`\n\n{}", section(&help));
    }
    golden::check("docs/src/commands.md", &page);
}

/// Sentences as sentences, and from the usage on as it is printed.
fn section(help: &str) -> String {
    let (says, usage) = help.split_once("Usage:").expect("it says how it is used");
    let lines: Vec<&str> = usage.trim().lines().map(str::trim_end).collect();
    format!("{}\n\n```text\nUsage: {}\n```\n", ended(says.trim()), lines.join("\n"))
}

/// A line of its own ends without a full stop in `--help`.
fn ended(says: &str) -> String {
    if says.ends_with('.') { says.to_owned() } else { format!("{says}.") }
}
