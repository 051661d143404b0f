//! The script: the format of a scenario for people, and the only one with comments.
//!
//! Each line has one statement. Keywords are case-insensitive, group names are not. Tabs, blank lines,
//! Windows line ends, a byte order mark and commas between numbers are allowed. `#` starts a comment except
//! in quotes and directly before a digit (`#1`). In quotes `\"` is a quote and `\\` a backslash. Numbers are
//! exact: a duration finer than a microsecond or a rate finer than a millionth is an error and not rounded.
//!
//! Of two statements about the same thing the last one counts, with a hint; a `figure` line changes only the
//! options that it names. A setting of a link overrides the default wherever it is written. `processes` and
//! `group` take their ranks in any order. In a scenario without `group` lines the group is called `main`, and
//! `in main` is optional. The leader, also of a group, is the highest rank unless the script names another.

pub mod field;
mod format;
mod parse;
mod rewrite;
mod statement;
mod zones;

pub use format::{
    format, format_entry, format_expectation, format_override, without_comments, write,
};
pub use parse::tokens::{WordRole, roles};
pub use parse::{DisabledLine, DisabledStatement, disable, disabled, enable};
pub use rewrite::{merge, rewrite};
pub use statement::{format_own_setting, format_setting};

use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind};
use crate::scenario::hints::hints;
use crate::scenario::{Scenario, ScenarioPart, limits};
use crate::sort;
use std::collections::BTreeMap;
use std::fmt;

/// A parsed script: its scenario, and the line of each part.
#[derive(Clone, Debug)]
pub struct Script {
    pub scenario: Scenario,
    pub lines: LineNumbers,
    /// Lines without an effect, each with the later line that overrides it; both from 1.
    overruled: Vec<(usize, usize)>,
}

/// The line of each part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineNumbers(BTreeMap<ScenarioPart, usize>);

/// A hint with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineHint {
    /// From 1; `None` if the hint refers to no line of the script.
    pub line: Option<usize>,
    pub text: String,
}

/// `line 3: …`
impl fmt::Display for LineHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

impl Script {
    /// A scenario without a script, so without lines.
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, lines: LineNumbers::default(), overruled: Vec::new() }
    }

    /// The script, if all of it is within one line of a document.
    pub fn in_line(mut self, line: usize) -> Self {
        self.lines.0.values_mut().for_each(|it| *it = line);
        self.overruled.iter_mut().for_each(|it| *it = (line, line));
        self
    }

    /// All hints in the order of the lines: those of the scenario, and those about overridden lines.
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
    /// The line of a part, from 1; `None` if the script leaves it to the default.
    pub fn of(&self, place: ScenarioPart) -> Option<usize> {
        self.0.get(&place).copied()
    }
}

/// The largest number of problems that are listed; one more says how many there are beside them.
pub const MOST_DIAGNOSTICS: usize = 100;

/// Parses a script with its lines.
///
/// # Errors
/// All problems in the order of the lines: those of single lines, and those between lines as far as they
/// could be parsed.
pub fn read(text: &str) -> Result<Script, Vec<Diagnostic>> {
    read_within(text, 1)
}

/// Parses a script in a document, where its first line has the number `first`: lines in problems and hints
/// are those of the document.
///
/// # Errors
/// Those of `read`.
pub fn read_within(text: &str, first: usize) -> Result<Script, Vec<Diagnostic>> {
    if text.len() > limits::LONGEST_SCRIPT {
        return Err(vec![too_long(text, first)]);
    }
    read_lines(text, first)
}

/// Parses a text that was written from a scenario, which may be longer than a script from outside.
///
/// # Errors
/// Those of `read`.
pub fn read_again(text: &str) -> Result<Script, Vec<Diagnostic>> {
    read_lines(text, 1)
}

fn read_lines(text: &str, first: usize) -> Result<Script, Vec<Diagnostic>> {
    let (lines, failures) = parse::lines(text, first);
    match parse::build::assemble(&lines, failures) {
        Ok(script) => Ok(script),
        Err(found) => Err(in_order(found)),
    }
}

/// Parses the scenario of a script.
///
/// # Errors
/// Those of `read`.
pub fn parse(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
    read(text).map(|script| script.scenario)
}

fn too_long(text: &str, line: usize) -> Diagnostic {
    Diagnostic {
        line,
        column: 1,
        span: 0..0,
        whole_line: true,
        error: DiagnosticKind::TooLong { found: text.len() },
        suggestion: None,
    }
}

/// Orders problems by line and limits their number.
fn in_order(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    sort::sort_by_key(&mut found, |diagnostic| (diagnostic.line, diagnostic.column));
    let count = found.len().saturating_sub(MOST_DIAGNOSTICS);
    if count > 0 {
        let next = found.swap_remove(MOST_DIAGNOSTICS);
        found.truncate(MOST_DIAGNOSTICS);
        let error = DiagnosticKind::More { count };
        found.push(Diagnostic { error, suggestion: None, whole_line: true, ..next });
    }
    found
}
