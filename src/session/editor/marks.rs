//! Marks beside the lines of the script panel, and the highlighting of its words.

use super::follow::moved;
use super::{Notes, Severity};
use crate::scenario::ScenarioPart;
use crate::scenario::script::{WordRole, roles};
use crate::session::{Document, RunView};
use crate::sort;
use crate::time::Time;
use std::collections::BTreeMap;
use std::ops::Range;

/// What stands beside a line; one that comes later counts more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineMark {
    /// It happens after the cursor.
    Ahead,
    /// It has happened at least once at the cursor.
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HighlightSpan<'a> {
    pub text: &'a str,
    pub role: Option<WordRole>,
    /// A problem is about it.
    pub is_wrong: bool,
}

/// The pieces of a line, in order. `wrong` is in bytes of the line; where nothing stands at such a
/// place, a blank is put there, so that something can be underlined.
pub fn pieces<'a>(line: &'a str, wrong: &[Range<usize>]) -> Vec<HighlightSpan<'a>> {
    let roles = roles(line);
    let mut cuts: Vec<usize> = vec![0, line.len()];
    cuts.extend(roles.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.extend(wrong.iter().flat_map(|range| [range.start, range.end]));
    cuts.retain(|&cut| line.is_char_boundary(cut));
    sort::sort(&mut cuts);
    cuts.dedup();
    let holds = |range: &Range<usize>, at: usize| range.start <= at && at < range.end;
    let piece = |cut: &[usize]| {
        let (from, to) = (cut[0], cut[1]);
        let role = roles.iter().find(|(range, _)| holds(range, from)).map(|&(_, role)| role);
        let is_wrong = wrong.iter().any(|range| holds(range, from));
        HighlightSpan { text: &line[from..to], role, is_wrong }
    };
    let mut pieces: Vec<HighlightSpan> = cuts.windows(2).map(piece).collect();
    if wrong.iter().any(|range| range.start >= line.len()) {
        pieces.push(HighlightSpan { text: " ", role: None, is_wrong: true });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice;

    #[test]
    fn a_problem_is_cut_out_of_its_line() {
        let found = pieces("at 900ms partion 1 2", slice::from_ref(&(9..16)));
        let texts: Vec<&str> = found.iter().map(|piece| piece.text).collect();
        assert_eq!(texts, ["at", " 900ms ", "partion", " 1 2"]);
        assert_eq!(found[0].role, Some(WordRole::Keyword));
        assert!(found[2].is_wrong && !found[3].is_wrong);
    }

    #[test]
    fn where_something_is_missing_a_blank_is_wrong() {
        let found = pieces("wait alive", slice::from_ref(&(10..10)));
        assert_eq!(found.last(), Some(&HighlightSpan { text: " ", role: None, is_wrong: true }));
        assert!(pieces("", &[]).is_empty());
    }

    #[test]
    fn a_place_that_is_no_longer_there_breaks_nothing() {
        // The text may have been changed since it was read.
        let found = pieces("tïtle", &[2..3, 40..50]);
        let whole: String = found.iter().map(|piece| piece.text).collect();
        assert_eq!(whole, "tïtle ");
    }
}
