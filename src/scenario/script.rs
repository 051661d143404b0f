//! The script: the spelling of a scenario that people write, and the only one with comments.
//!
//! One statement a line. Keywords are read in any case, names of groups as they are written; tabs,
//! blank lines, Windows line ends and a byte order mark are forgiven, and so are commas between
//! numbers. `#` starts a comment except in quotes and directly before a digit (`#1`). In quotes
//! `\"` is a quote and `\\` a backslash. Numbers are exact: a duration finer than a microsecond or
//! a rate finer than a millionth is an error, not rounded.
//!
//! Of two statements about the same thing the last one counts, with a hint; a `figure` line changes
//! only what it names. What a link says beats the default wherever it stands. `processes` and
//! `group` take their ranks in any order. In a scenario without `group` lines the group is called
//! `main`, and `in main` may be written or left out. A leader, a group's too, is the highest unless
//! the script says otherwise.

mod disabled;
pub mod field;
mod format;
mod highlight;
mod parse;
mod required;
mod rewrite;
mod statement;
mod zones;

pub use disabled::{DisabledLine, DisabledStatement, disable, disabled, enable};
pub use format::{
    format, format_entry, format_expectation, format_override, without_comments, write,
};
pub use highlight::{WordRole, roles};
pub use rewrite::{merge, rewrite};
pub use statement::{format_own_setting, format_setting};

use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind};
use crate::scenario::hints::hints;
use crate::scenario::{Scenario, ScenarioPart, limits};
use crate::sort;
use std::collections::BTreeMap;

/// A script that was read: what it means, and which line says what.
#[derive(Clone, Debug)]
pub struct Script {
    pub scenario: Scenario,
    pub lines: LineNumbers,
    /// Lines that count for nothing because of a later one: both from 1.
    overruled: Vec<(usize, usize)>,
}

/// Which line says what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineNumbers(BTreeMap<ScenarioPart, usize>);

/// A hint and the line that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineHint {
    /// From 1; nothing where no line of the script says what the hint is about.
    pub line: Option<usize>,
    pub text: String,
}

impl Script {
    /// Of a scenario that came without a script: no line says anything.
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, lines: LineNumbers::default(), overruled: Vec::new() }
    }

    /// The same, where all of it stands in one line of a document.
    pub fn in_line(mut self, line: usize) -> Self {
        self.lines.0.values_mut().for_each(|it| *it = line);
        self.overruled.iter_mut().for_each(|it| *it = (line, line));
        self
    }

    /// What may be a trap, in the order of the lines: the scenario's hints, and those about lines
    /// that count for nothing.
    pub fn hints(&self) -> Vec<LineHint> {
        let of_scenario = hints(&self.scenario)
            .into_iter()
            .map(|hint| LineHint { line: self.lines.of(hint.place), text: hint.text });
        let of_lines = self.overruled.iter().map(|&(line, by)| LineHint {
            line: Some(line),
            text: format!("line {by} says this anew, so this line counts for nothing"),
        });
        let mut all: Vec<LineHint> = of_scenario.chain(of_lines).collect();
        sort::sort_by_key(&mut all, |hint| hint.line);
        all
    }
}

impl LineNumbers {
    /// The line, from 1; nothing for what the script leaves to the default.
    pub fn of(&self, place: ScenarioPart) -> Option<usize> {
        self.0.get(&place).copied()
    }
}

/// No more problems of one script are listed; the last one says how many there are beside them.
pub const MOST_DIAGNOSTICS: usize = 100;

/// What the script means, with its lines. All problems are reported at once, in the order of the
/// lines: those of single lines, and those that lines have with each other as far as they are
/// readable.
pub fn read(text: &str) -> Result<Script, Vec<Diagnostic>> {
    read_within(text, 1)
}

/// Reads a script that stands in a document, where its first line has the number `first`: all that
/// is said of its lines, in problems and hints too, names those of the document.
pub fn read_within(text: &str, first: usize) -> Result<Script, Vec<Diagnostic>> {
    if text.len() > limits::LONGEST_SCRIPT {
        return Err(vec![too_long(text, first)]);
    }
    read_lines(text, first)
}

/// Reads what was written from a scenario, which may be longer than a script that comes from outside.
pub fn read_again(text: &str) -> Result<Script, Vec<Diagnostic>> {
    read_lines(text, 1)
}

fn read_lines(text: &str, first: usize) -> Result<Script, Vec<Diagnostic>> {
    let (lines, failures) = parse::lines::lines(text, first);
    match parse::build::assemble(&lines, failures) {
        Ok(script) => Ok(script),
        Err(found) => Err(in_order(found)),
    }
}

/// What the script means.
pub fn parse(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
    read(text).map(|script| script.scenario)
}

fn too_long(text: &str, line: usize) -> Diagnostic {
    Diagnostic {
        line,
        column: 1,
        span: 0..0,
        whole_line: true,
        trouble: DiagnosticKind::TooLong { found: text.len() },
        mend: None,
    }
}

/// By line, and no more than anybody would read.
fn in_order(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    sort::sort_by_key(&mut found, |diagnostic| (diagnostic.line, diagnostic.column));
    let count = found.len().saturating_sub(MOST_DIAGNOSTICS);
    if count > 0 {
        let next = found.swap_remove(MOST_DIAGNOSTICS);
        found.truncate(MOST_DIAGNOSTICS);
        let trouble = DiagnosticKind::More { count };
        found.push(Diagnostic { trouble, mend: None, whole_line: true, ..next });
    }
    found
}
