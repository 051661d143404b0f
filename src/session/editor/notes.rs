//! The notes on a script: its problems, or else its hints and unused overrides; each with a fix that one
//! button applies.

use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind};
use crate::scenario::{Change, ScenarioPart};
use crate::session::{Action, Document, RunView, capitalised};
use crate::sort;
use std::ops::Range;

/// All notes on a script.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// Either problems only, or no problems.
    pub list: Vec<Note>,
    /// The number of notes, with those that are not listed.
    pub total: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub weight: Severity,
    /// The line, from 1; `None` if the note refers to none.
    pub line: Option<usize>,
    /// The byte range in the line.
    pub span: Range<usize>,
    /// What is wrong or noteworthy, as a sentence.
    pub lead: String,
    /// What to do about it, as a sentence.
    pub rest: Option<String>,
    pub remedy: Option<NoteFix>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Problem,
    /// An override whose choice never comes up in the run.
    Unused,
    Hint,
}

/// The fix that one button applies.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteFix {
    pub label: String,
    pub action: Action,
}

pub fn notes(document: &Document, run_view: &RunView) -> Notes {
    if let Some(draft) = document.draft() {
        return of_problems(&draft.text, &draft.problems);
    }
    if run_view.run.scenario() != document.scenario() {
        return Notes::default();
    }
    let mut list = unused(document, run_view);
    list.extend(document.script().hints().into_iter().map(|hint| {
        let (lead, rest) = sentences(&hint.text);
        Note { weight: Severity::Hint, line: hint.line, span: 0..0, lead, rest, remedy: None }
    }));
    sort::sort_by_key(&mut list, |note| note.line);
    Notes { total: list.len(), list }
}

fn of_problems(text: &str, problems: &[Diagnostic]) -> Notes {
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut notes = Notes::default();
    for problem in problems {
        if let DiagnosticKind::More { count } = problem.error {
            notes.total += count;
            continue;
        }
        let start = starts.get(problem.line - 1).copied().unwrap_or(0);
        let (lead, rest) = sentences(&problem.error.to_string());
        let remedy = problem.suggestion.as_ref().map(|suggestion| NoteFix {
            label: capitalised(&suggestion.label),
            action: Action::Write {
                text: suggestion.apply(text),
                name: format!("\u{201c}{}\u{201d}", suggestion.label.replace('`', "")),
            },
        });
        notes.total += 1;
        notes.list.push(Note {
            weight: Severity::Problem,
            line: Some(problem.line),
            span: problem.span.start.saturating_sub(start)..problem.span.end.saturating_sub(start),
            lead,
            rest,
            remedy,
        });
    }
    notes
}

/// Overrides whose choice never comes up, each with a button that removes it.
fn unused(document: &Document, run_view: &RunView) -> Vec<Note> {
    let edits = document.scenario().overrides.iter().enumerate();
    let lines = &document.script().lines;
    let mut unused = run_view.report.unused_overrides.iter().peekable();
    let mut list = Vec::new();
    for (index, edit) in edits {
        let line = lines.of(ScenarioPart::Override(index));
        let Some(found) = unused.next_if(|found| found.line == line) else { continue };
        let action = Action::Change(Change::Release(edit.choice()));
        list.push(Note {
            weight: Severity::Unused,
            line,
            span: 0..0,
            lead: format!("`{}` finds nothing to fix.", found.text),
            rest: Some(capitalised(&found.reason) + "."),
            remedy: Some(NoteFix { label: "Remove this override".to_owned(), action }),
        });
    }
    list
}

impl Note {
    /// Both sentences.
    pub fn text(&self) -> String {
        match &self.rest {
            Some(rest) => format!("{} {rest}", self.lead),
            None => self.lead.clone(),
        }
    }
}

impl Notes {
    pub fn has_problems(&self) -> bool {
        self.list.first().is_some_and(|note| note.weight == Severity::Problem)
    }

    /// The heading of a note: `1 problem, line 13`, `2 of 3 hints, line 7`.
    pub fn heading(&self, place: usize) -> String {
        let Some(note) = self.list.get(place) else { return String::new() };
        let noun = match (note.weight, self.total) {
            (Severity::Problem, 1) => "problem",
            (Severity::Problem, _) => "problems",
            (Severity::Unused, 1) => "unused override",
            (Severity::Hint, 1) => "hint",
            (Severity::Unused | Severity::Hint, _) => "hints",
        };
        let count = match self.total {
            1 => format!("1 {noun}"),
            total => format!("{} of {total} {noun}", place + 1),
        };
        match note.line {
            Some(line) => format!("{count}, line {line}"),
            None => count,
        }
    }
}

/// Splits the text of a diagnostic into one sentence or two.
fn sentences(words: &str) -> (String, Option<String>) {
    let closed = |words: &str| match words.ends_with('?') {
        true => capitalised(words),
        false => capitalised(words) + ".",
    };
    match words.split_once("; ") {
        Some((lead, rest)) => (closed(lead), Some(closed(rest))),
        None => (closed(words), None),
    }
}
