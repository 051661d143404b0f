//! Two changes of one text put together, line by line: what the stage changed while somebody writes
//! what cannot be read yet.

use super::align::{AlignStep, align};

/// What `theirs` changed of `base`, and what `ours` did too; where both changed the same line, ours
/// stays.
pub fn merge(base: &str, ours: &str, theirs: &str) -> String {
    let base = lines(base);
    let (ours, theirs) = (LineEdits::new(&base, ours), LineEdits::new(&base, theirs));
    let mut merged: Vec<&str> = Vec::new();
    for place in 0..=base.len() {
        merged.extend(&ours.before[place]);
        merged.extend(&theirs.before[place]);
        let Some(&line) = base.get(place) else { break };
        let (our, their) = (ours.lines[place], theirs.lines[place]);
        merged.extend(if our == Some(line) { their } else { our });
    }
    merged.join("\n")
}

/// A browser's editor knows one line end only.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
}

/// What becomes of each line of the base.
struct LineEdits<'a> {
    /// What stands in its place; nothing where it went.
    lines: Vec<Option<&'a str>>,
    /// What comes in before it; the last one is behind all of them.
    before: Vec<Vec<&'a str>>,
}

impl<'a> LineEdits<'a> {
    fn new(base: &[&str], changed: &'a str) -> Self {
        let changed = lines(changed);
        let mut edits =
            Self { lines: vec![None; base.len()], before: vec![Vec::new(); base.len() + 1] };
        // How many lines of base and of the changed text are behind us.
        let (mut place, mut next) = (0, 0);
        for step in align(base, &changed) {
            match step {
                AlignStep::Keep(old) | AlignStep::Change(old, _) => {
                    edits.lines[old] = changed.get(next).copied();
                    (place, next) = (old + 1, next + 1);
                }
                AlignStep::Remove(old) => place = old + 1,
                AlignStep::Insert(new) => {
                    edits.before[place].push(changed[new]);
                    next = new + 1;
                }
            }
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "title \"A\"\n\nat 1ms crash 6\nat 2ms suspect 3\n\nexpect agreement\n";

    #[test]
    fn both_changes_are_kept_where_they_are_apart() {
        let ours = BASE.replace("at 2ms suspect 3", "at 2ms suspct 3");
        let theirs = BASE.replace("at 1ms crash 6", "at 9ms crash 6\nat 9ms crash 5");
        let merged = merge(BASE, &ours, &theirs);
        let wanted = BASE
            .replace("at 2ms suspect 3", "at 2ms suspct 3")
            .replace("at 1ms crash 6", "at 9ms crash 6\nat 9ms crash 5");
        assert_eq!(merged, wanted);
    }

    #[test]
    fn a_line_that_both_changed_stays_as_it_is_written() {
        let ours = BASE.replace("crash 6", "crsh 6");
        let theirs = BASE.replace("at 1ms", "at 5ms");
        assert_eq!(merge(BASE, &ours, &theirs), ours);
        assert_eq!(merge(BASE, BASE, &theirs), theirs);
        assert_eq!(merge(BASE, &ours, BASE), ours);
    }

    #[test]
    fn lines_come_and_go_on_both_sides() {
        let ours = BASE.replace("\nexpect agreement", "\nexpct");
        let theirs = BASE.replace("at 1ms crash 6\n", "");
        let merged = merge(BASE, &ours, &theirs);
        assert_eq!(merged, "title \"A\"\n\nat 2ms suspect 3\n\nexpct\n");
    }
}
