//! Merges two changes of one text line by line: a change from the stage, and a draft that cannot be parsed
//! yet.

/// Merges the changes of `ours` and `theirs` to `base`. If both changed the same line, the one of `ours` is
/// kept.
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

/// The lines without their line breaks, since a browser's editor only keeps `\n`.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
}

/// The changes of a text to the lines of the base.
struct LineEdits<'a> {
    /// The new text of each line; `None` if it was removed.
    lines: Vec<Option<&'a str>>,
    /// The lines inserted before each line; the last entry is behind all of them.
    before: Vec<Vec<&'a str>>,
}

impl<'a> LineEdits<'a> {
    fn new(base: &[&str], changed: &'a str) -> Self {
        let changed = lines(changed);
        let mut edits =
            Self { lines: vec![None; base.len()], before: vec![Vec::new(); base.len() + 1] };
        // The lines of the base and of the changed text that are done.
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

/// A step of an alignment of two lists, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AlignStep {
    /// An element that both lists have, by its index in the old list.
    Keep(usize),
    Change(usize, usize),
    Remove(usize),
    Insert(usize),
}

/// The largest table for comparing two lists; longer lists are only compared at their ends.
const MOST_CELLS: usize = 1 << 18;

pub(super) fn align<T: PartialEq>(old: &[T], new: &[T]) -> Vec<AlignStep> {
    let same = |(a, b): &(&T, &T)| a == b;
    let start = old.iter().zip(new).take_while(same).count();
    let ends = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = ends.take_while(same).count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);

    let mut steps: Vec<AlignStep> = (0..start).map(AlignStep::Keep).collect();
    let mut gap = AlignGap { old: start..start, new: start..start };
    for (a, b) in common(&old[start..old_end], &new[start..new_end]) {
        gap.old.end = start + a;
        gap.new.end = start + b;
        gap.fill(&mut steps);
        steps.push(AlignStep::Keep(start + a));
        gap = AlignGap { old: start + a + 1..start + a + 1, new: start + b + 1..start + b + 1 };
    }
    gap.old.end = old_end;
    gap.new.end = new_end;
    gap.fill(&mut steps);
    steps.extend((old_end..old.len()).map(AlignStep::Keep));
    steps
}

/// The elements between two common ones.
struct AlignGap {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

impl AlignGap {
    /// Pairs elements as changes, as many as possible.
    fn fill(self, steps: &mut Vec<AlignStep>) {
        let changed = self.old.len().min(self.new.len());
        let Self { mut old, mut new } = self;
        steps.extend(
            old.by_ref().zip(new.by_ref()).take(changed).map(|(a, b)| AlignStep::Change(a, b)),
        );
        steps.extend(old.map(AlignStep::Remove));
        steps.extend(new.map(AlignStep::Insert));
    }
}

/// The longest common subsequence, as pairs of indices.
fn common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    if old.is_empty() || new.is_empty() || (old.len() + 1) * width > MOST_CELLS {
        return Vec::new();
    }
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a * width + b] = if old[a] == new[b] {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if longest[(a + 1) * width + b] >= longest[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
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
