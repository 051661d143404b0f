//! What the script editor shows beside the text: marks in the gutter, highlighting, problems and hints; and how
//! its text follows a document that changes elsewhere.
//!
//! Lines count from 1, in the editor's text.

mod notes;

pub use notes::{Note, NoteFix, Notes, Severity, notes};

use super::{Document, RunView};
use crate::choice::ChoiceId;
use crate::scenario::script::{WordRole, roles};
use crate::scenario::{ExpectedRuns, Override, ScenarioPart};
use crate::sort;
use crate::time::Time;
use crate::view::Target;
use std::collections::BTreeMap;
use std::ops::Range;

/// A mark beside a line, in ascending priority: the highest is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineMark {
    /// A fault that happens after the cursor.
    Ahead,
    /// A fault that has happened at least once at the cursor.
    Happened,
    Holds,
    /// An expectation that one run does not decide.
    Undecided,
    Hint,
    Fails,
    Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GutterMark {
    pub line: usize,
    pub sign: LineMark,
    /// The instant to which a click on the mark goes.
    pub at: Option<Time>,
    /// The mark's tooltip.
    pub words: String,
}

/// The marks of all lines that have one, in order; at most one a line.
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
    // While the run is simulated again, its report belongs to another text.
    if run_view.run.scenario() == document.scenario() {
        for verdict in &run_view.report.expectations {
            let at = Time::us(verdict.at_us);
            let runs = document.scenario().expectations.get(verdict.index).map(|it| it.runs);
            let (sign, words) = match (verdict.holds, runs.unwrap_or_default()) {
                (false, _) => (LineMark::Fails, format!("Fails: {}", verdict.reason)),
                (true, ExpectedRuns::This) => {
                    (LineMark::Holds, format!("Holds, decided at {}", at.spoken()))
                }
                (true, ExpectedRuns::WithFaults(_)) => {
                    let words = format!("Holds without added faults, decided at {}", at.spoken());
                    (LineMark::Holds, words)
                }
                (true, ExpectedRuns::InSeeds(_)) => {
                    (LineMark::Undecided, format!("Not decided by one run: {}", verdict.reason))
                }
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

/// Keeps the mark of higher priority, and the other one's instant if it has none.
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
    /// Whether a problem refers to this span.
    pub is_wrong: bool,
}

/// The highlighted spans of a line, in order. `wrong` holds byte ranges of the line; for a range behind the
/// end a blank is added, so that there is something to underline.
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

/// A replaced range, in UTF-16 units as browsers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splice<'a> {
    pub start: u32,
    pub end: u32,
    pub with: &'a str,
}

impl<'a> Splice<'a> {
    /// The splice that turns `old` into `new`; `None` if they are equal.
    pub fn between(old: &str, new: &'a str) -> Option<Self> {
        if old == new {
            return None;
        }
        let same = |(a, b): &(char, char)| a == b;
        let length = |(a, _): (char, char)| a.len_utf8();
        let start: usize = old.chars().zip(new.chars()).take_while(same).map(length).sum();
        let ends = old[start..].chars().rev().zip(new[start..].chars().rev());
        let end: usize = ends.take_while(same).map(length).sum();
        let units = |text: &str| text.chars().map(|c| c.len_utf16() as u32).sum::<u32>();
        let before = units(&old[..start]);
        Some(Self {
            start: before,
            end: before + units(&old[start..old.len() - end]),
            with: &new[start..new.len() - end],
        })
    }

    /// The offset in the new text of an offset in the old one. An offset inside the replaced range moves to
    /// its start.
    pub fn carry(&self, place: u32) -> u32 {
        if place <= self.start {
            return place;
        }
        let with: u32 = self.with.chars().map(|c| c.len_utf16() as u32).sum();
        match place.checked_sub(self.end) {
            Some(behind) => self.start + with + behind,
            None => self.start,
        }
    }
}

/// A mapping of lines between two texts, by the lines that both begin and end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedLines {
    head: usize,
    tail: usize,
    old: usize,
    new: usize,
}

impl MovedLines {
    pub fn between(old: &str, new: &str) -> Self {
        let count = old.split('\n').count();
        if old == new {
            return Self { head: count, tail: 0, old: count, new: count };
        }
        let same = |(a, b): &(&str, &str)| a == b;
        let head = old.split('\n').zip(new.split('\n')).take_while(same).count();
        let of_new = new.split('\n').count();
        let most = count.min(of_new) - head;
        let ends = old.rsplit('\n').zip(new.rsplit('\n')).take_while(same);
        Self { head, tail: ends.take(most).count(), old: count, new: of_new }
    }

    /// The same line in the new text; `None` if it was changed or removed.
    pub fn line(&self, line: usize) -> Option<usize> {
        if line <= self.head {
            return Some(line);
        }
        let from_end = (self.old + 1).checked_sub(line)?;
        (from_end > 0 && from_end <= self.tail).then(|| self.new + 1 - from_end)
    }

    /// The line at the same position, changed or not; `None` if lines were added or removed there.
    pub fn near(&self, line: usize) -> Option<usize> {
        let in_place = self.old == self.new && line <= self.old;
        self.line(line).or(in_place.then_some(line))
    }

    /// The mapping in the other direction.
    pub fn back(&self, line: usize) -> Option<usize> {
        Self { old: self.new, new: self.old, ..*self }.line(line)
    }
}

/// The text with `\n` line ends, as an editor keeps them.
pub fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The fault or override of a line.
pub fn target_at(document: &Document, line: usize) -> Option<Target> {
    let line = moved(document).back(line)?;
    let (scenario, lines) = (document.scenario(), &document.script().lines);
    let entry =
        (0..scenario.timeline.len()).find(|&i| lines.of(ScenarioPart::Entry(i)) == Some(line));
    let edit = || {
        (0..scenario.overrides.len()).find(|&i| lines.of(ScenarioPart::Override(i)) == Some(line))
    };
    match entry {
        Some(entry) => Some(Target::Fault(entry)),
        None => edit().map(|edit| match scenario.overrides[edit] {
            Override::Message { name, .. } => Target::Message(name),
            Override::Timer { name, .. } => Target::Timer(name),
        }),
    }
}

/// The line of a fault or an override.
pub fn line_of(document: &Document, target: Target) -> Option<usize> {
    let edit_of = |choice: ChoiceId| {
        let edits = &document.scenario().overrides;
        edits.iter().position(|edit| edit.choice() == choice).map(ScenarioPart::Override)
    };
    let place = match target {
        Target::Fault(entry) | Target::FaultEnd(entry) => Some(ScenarioPart::Entry(entry)),
        Target::Message(name) => edit_of(ChoiceId::Message(name)),
        Target::Timer(name) => edit_of(ChoiceId::Timer(name)),
        Target::Process(_) | Target::Link(_) | Target::Partition | Target::Handle(_) => None,
    };
    moved(document).line(document.script().lines.of(place?)?)
}

/// The mapping from the last text that could be parsed to the editor's text.
fn moved(document: &Document) -> MovedLines {
    match document.draft() {
        Some(draft) => MovedLines::between(&plain(document.text()), &draft.text),
        None => MovedLines::between(document.text(), document.text()),
    }
}

/// Inserts an example: it replaces the line if that is blank, else it follows it. Returns the text and the
/// line of the example.
pub fn inserted(text: &str, line: usize, example: &str) -> (String, usize) {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let place = line.clamp(1, lines.len());
    let stands = match lines[place - 1].trim().is_empty() {
        true => {
            lines[place - 1] = example;
            // The last line ends with a line break, too.
            if place == lines.len() {
                lines.push("");
            }
            place
        }
        false => {
            lines.insert(place, example);
            place + 1
        }
    };
    (lines.join("\n"), stands)
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
        // The text may have changed since it was parsed.
        let found = pieces("tïtle", &[2..3, 40..50]);
        let whole: String = found.iter().map(|piece| piece.text).collect();
        assert_eq!(whole, "tïtle ");
    }

    fn spliced(old: &str, new: &str) -> Option<(u32, u32, String)> {
        Splice::between(old, new).map(|splice| (splice.start, splice.end, splice.with.to_owned()))
    }

    #[test]
    fn only_what_differs_is_replaced() {
        assert_eq!(spliced("crash 6", "crash 6"), None);
        assert_eq!(spliced("crash 6\n", "crash 5\n"), Some((6, 7, "5".to_owned())));
        assert_eq!(spliced("a\nb\n", "a\nx\nb\n"), Some((2, 2, "x\n".to_owned())));
        assert_eq!(spliced("a\nx\nb\n", "a\nb\n"), Some((2, 4, String::new())));
        assert_eq!(spliced("aa", "aaa"), Some((2, 2, "a".to_owned())));
        assert_eq!(spliced("", "title"), Some((0, 0, "title".to_owned())));
    }

    #[test]
    fn caret_and_selection_stay_where_the_text_does() {
        let splice =
            Splice::between("at 1ms crash 6\nseed 7", "at 1ms crash 6\nat 2ms crash 5\nseed 7");
        let splice = splice.expect("they differ");
        assert_eq!([0, 15, 17].map(|place| splice.carry(place)), [0, 15, 32]);
        let shorter = Splice::between("abcdef", "af").expect("they differ");
        assert_eq!([1, 3, 5, 6].map(|place| shorter.carry(place)), [1, 1, 1, 2]);
    }

    #[test]
    fn places_are_counted_as_a_browser_does() {
        // The emoji is two UTF-16 units and four bytes, an accented e one and two.
        assert_eq!(spliced("é👑 1", "é👑 2"), Some((4, 5, "2".to_owned())));
    }

    #[test]
    fn lines_before_and_behind_a_change_are_found_again() {
        let moved = MovedLines::between("a\nb\nc\nd", "a\nb1\nb2\nc\nd");
        let lines: Vec<Option<usize>> = (1..=4).map(|line| moved.line(line)).collect();
        assert_eq!(lines, [Some(1), None, Some(4), Some(5)]);
        assert_eq!((moved.back(5), moved.back(2)), (Some(4), None));
        assert_eq!((moved.near(2), MovedLines::between("a\nb", "a\nc").near(2)), (None, Some(2)));
        let same = MovedLines::between("a\nb", "a\nb");
        assert_eq!((same.line(2), same.line(3)), (Some(2), None));
        // No line counts twice where the text repeats itself.
        let less = MovedLines::between("x\nx\nx", "x\nx");
        assert_eq!((less.line(2), less.line(3)), (Some(2), None));
    }

    #[test]
    fn an_example_takes_a_blank_line_or_a_new_one() {
        assert_eq!(inserted("a\nb\n", 1, "x"), ("a\nx\nb\n".to_owned(), 2));
        assert_eq!(inserted("a\n\nb\n", 2, "x"), ("a\nx\nb\n".to_owned(), 2));
        assert_eq!(inserted("a\n", 9, "x"), ("a\nx\n".to_owned(), 2));
        assert_eq!(inserted("", 1, "x"), ("x\n".to_owned(), 1));
    }

    #[test]
    fn a_line_and_its_fault_are_found_from_each_other_while_another_is_unreadable() {
        let document = Document::read("at 1ms crash 6\n\nat 2ms suspect 3\n").expect("readable");
        let draft = document.typed("at 1ms crash 6\nat 9ms crsh 1\n\nat 2ms suspect 3\n");
        assert!(draft.draft().is_some());
        assert_eq!(target_at(&draft, 4), Some(Target::Fault(1)));
        assert_eq!(line_of(&draft, Target::Fault(1)), Some(4));
        assert_eq!((target_at(&draft, 2), target_at(&draft, 3)), (None, None));
    }
}
