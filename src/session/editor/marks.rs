//! The marks in the margin: what has happened at the cursor, how expectations stand, where a problem
//! or a hint is.

use super::place::moved;
use super::{Notes, Severity};
use crate::scenario::ScenarioPart;
use crate::session::{Document, RunView};
use crate::time::Time;
use std::collections::BTreeMap;

/// What stands beside a line; one that comes later counts more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineMark {
    /// It befalls after the cursor.
    Ahead,
    /// It has befallen at least once at the cursor.
    Happened,
    Holds,
    Hint,
    Fails,
    Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GutterMark {
    pub line: usize,
    pub sign: LineMark,
    /// Where the mark leads to.
    pub at: Option<Time>,
    /// The mark in words.
    pub words: String,
}

/// The marks of all lines that have one, in order; one a line.
pub fn marks(
    document: &Document,
    run_view: &RunView,
    notes: &Notes,
    cursor: Time,
) -> Vec<GutterMark> {
    let mut marks = BTreeMap::new();
    let moved = moved(document);
    let lines = &document.script().lines;
    let mut put = |place: ScenarioPart, sign: LineMark, at: Time, words: String| {
        if let Some(line) = lines.of(place).and_then(|line| moved.line(line)) {
            strongest(&mut marks, GutterMark { line, sign, at: Some(at), words });
        }
    };
    for (index, entry) in document.scenario().timeline.iter().enumerate() {
        let at = entry.first();
        let (sign, verb) = match at <= cursor {
            true => (LineMark::Happened, "Happened"),
            false => (LineMark::Ahead, "Happens"),
        };
        put(ScenarioPart::Entry(index), sign, at, format!("{verb} at {}", at.spoken()));
    }
    // A run that is still being made says nothing of this text.
    if run_view.run.scenario() == document.scenario() {
        for verdict in &run_view.report.expectations {
            let at = Time::us(verdict.at_us);
            let (sign, words) = match verdict.holds {
                true => (LineMark::Holds, format!("Holds, decided at {}", at.spoken())),
                false => (LineMark::Fails, format!("Fails: {}", verdict.reason)),
            };
            put(ScenarioPart::Expectation(verdict.index), sign, at, words);
        }
    }
    for note in &notes.list {
        let Some(line) = note.line else { continue };
        let sign = match note.weight {
            Severity::Problem => LineMark::Problem,
            Severity::Unused | Severity::Hint => LineMark::Hint,
        };
        strongest(&mut marks, GutterMark { line, sign, at: None, words: note.text() });
    }
    marks.into_values().collect()
}

/// A mark that gives way still says where it leads to.
fn strongest(marks: &mut BTreeMap<usize, GutterMark>, mark: GutterMark) {
    let known = marks.entry(mark.line).or_insert_with(|| mark.clone());
    if known.sign < mark.sign {
        *known = GutterMark { at: mark.at.or(known.at), ..mark };
    }
}
