//! Two lists side by side: what stays, what is changed in its place, what goes and what comes.

/// What becomes of one place of the old list or the new one, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AlignStep {
    /// Old and new.
    Keep(usize),
    Change(usize, usize),
    Remove(usize),
    Insert(usize),
}

/// Longer lists are compared only at their ends: a table of both would take too long.
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

/// Between two things that stay.
struct AlignGap {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

impl AlignGap {
    /// As many as possible are changed in their place.
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

/// The longest common part, as pairs of places.
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
