//! Lines and what they are about: which target a line stands for, and where an example goes.

use super::{MovedLines, plain};
use crate::choice::ChoiceId;
use crate::scenario::{Override, ScenarioPart};
use crate::session::Document;
use crate::view::Target;

/// What the line befalls or fixes.
pub fn target_at(document: &Document, line: usize) -> Option<Target> {
    let line = moved(document).back(line)?;
    let (scenario, lines) = (document.scenario(), &document.script().lines);
    let entry =
        (0..scenario.timeline.len()).find(|&i| lines.of(ScenarioPart::Entry(i)) == Some(line));
    let edit =
        || (0..scenario.overrides.len()).find(|&i| lines.of(ScenarioPart::Edit(i)) == Some(line));
    match entry {
        Some(entry) => Some(Target::Fault(entry)),
        None => edit().map(|edit| match scenario.overrides[edit] {
            Override::Message { name, .. } => Target::Message(name),
            Override::Timer { name, .. } => Target::Timer(name),
        }),
    }
}

/// The line that befalls or fixes it.
pub fn line_of(document: &Document, target: Target) -> Option<usize> {
    let edit_of = |occurrence: ChoiceId| {
        let edits = &document.scenario().overrides;
        edits.iter().position(|edit| edit.occurrence() == occurrence).map(ScenarioPart::Edit)
    };
    let place = match target {
        Target::Fault(entry) | Target::FaultEnd(entry) => Some(ScenarioPart::Entry(entry)),
        Target::Message(name) => edit_of(ChoiceId::Message(name)),
        Target::Timer(name) => edit_of(ChoiceId::Timer(name)),
        Target::Process(_) | Target::Link(_) | Target::Partition | Target::Handle(_) => None,
    };
    moved(document).line(document.script().lines.of(place?)?)
}

/// From the text that could be read to what stands in the editor.
pub(super) fn moved(document: &Document) -> MovedLines {
    match document.draft() {
        Some(draft) => MovedLines::between(&plain(document.text()), &draft.text),
        None => MovedLines::between(document.text(), document.text()),
    }
}

/// The text with an example put in: in the place of this line if that is blank, else behind it. Also
/// the line where it stands then.
pub fn inserted(text: &str, line: usize, example: &str) -> (String, usize) {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let place = line.clamp(1, lines.len());
    let stands = match lines[place - 1].trim().is_empty() {
        true => {
            lines[place - 1] = example;
            // The last line has its end.
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
