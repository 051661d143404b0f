//! Turning a cut: the line of the timeline that made it gets other sides, where there is one line.

use crate::scenario::{Change, Fault, FaultKind, Links, TimelineEntry};
use crate::session::{Action, CommandContext, Document};
use crate::types::Rank;
use crate::view::{PartitionEnd, Target};

/// Parts the network into these sides in place of those that it is parted into at the cursor. It is
/// a change that goes on for as long as the hand does.
pub(in crate::session) fn turn(sides: [Vec<Rank>; 2], scene: CommandContext) -> Action {
    if sides.iter().any(Vec::is_empty) {
        return say("A cut needs a process on each side.");
    }
    let timeline = &scene.state.document().scenario().timeline;
    let entry = cut(scene).and_then(|entry| Some((entry, timeline.get(entry)?)));
    match entry {
        Some((entry, TimelineEntry::Fault { when, fault })) => match turned(fault, sides) {
            Some(fault) => {
                let with = TimelineEntry::Fault { when: *when, fault };
                Action::Drag(Change::Replace { entry, with })
            }
            None => say(SEVERAL),
        },
        Some((_, TimelineEntry::Flap { .. })) | None => say(SEVERAL),
    }
}

/// Turns the cut at the cursor past one process, or one end of it past the next, clockwise or back. It
/// is the keyboard's way to what a hand does at the ends of the canal.
pub(in crate::session) fn turn_by_one(
    end: Option<PartitionEnd>,
    clockwise: bool,
    scene: CommandContext,
) -> Action {
    let scenario = scene.state.document().scenario();
    let Some((entry, line)) =
        cut(scene).and_then(|entry| Some((entry, scenario.timeline.get(entry)?)))
    else {
        return say("Nothing is cut here, or by several lines, so there is nothing to turn.");
    };
    let Some(ends) = line.fault().and_then(|fault| PartitionEnds::of(fault, &scenario.ranks))
    else {
        return say("No straight line separates these sides, so the cut cannot be turned.");
    };
    let moved = ends.moved(end, clockwise, scenario.ranks.len());
    let turned = moved.sides(&scenario.ranks);
    if turned.iter().any(Vec::is_empty) {
        return say("A cut needs a process on each side.");
    }
    match turn(turned, scene) {
        // One press is one change.
        Action::Drag(Change::Replace { with, .. }) => {
            Action::Change(Change::Replace { entry, with })
        }
        other => other,
    }
}

/// What is selected once a line has changed: an end of a cut that came past the lowest rank is the
/// other one of the two from there on.
pub(in crate::session) fn followed(
    target: Target,
    line: Option<&(Document, usize)>,
    after: &Document,
) -> Target {
    let (Target::Handle(end), Some((before, entry))) = (target, line) else { return target };
    let ends = |document: &Document| {
        let scenario = document.scenario();
        PartitionEnds::of(scenario.timeline.get(*entry)?.fault()?, &scenario.ranks)
    };
    match (ends(before), ends(after)) {
        (Some(before), Some(after)) if after.at(end) == before.at(end.other()) => {
            Target::Handle(end.other())
        }
        _ => target,
    }
}

/// Where a cut's ends lie on the ring: each just before the process with this place among the ranks.
/// Clockwise, the side with the lowest rank begins at the first and stops at the second.
#[derive(Clone, Copy)]
struct PartitionEnds([usize; 2]);

impl PartitionEnds {
    /// Of a cut that parts everybody into two sides, each in one piece.
    fn of(fault: &Fault, ranks: &[Rank]) -> Option<Self> {
        let [one, other] = fault.two_sides()?;
        let lowest = ranks.first()?;
        let side = if one.contains(lowest) { one } else { other };
        let is_whole = one.len() + other.len() == ranks.len();
        let within = |place: usize| side.contains(&ranks[place % ranks.len()]);
        let changes = |begins: bool| -> Vec<usize> {
            let places = 0..ranks.len();
            let before = |place: usize| within(place + ranks.len() - 1);
            places.filter(|&place| within(place) == begins && before(place) != begins).collect()
        };
        match (&*changes(true), &*changes(false)) {
            (&[first], &[second]) if is_whole => Some(Self([first, second])),
            _ => None,
        }
    }

    const fn at(self, end: PartitionEnd) -> usize {
        self.0[end as usize]
    }

    /// One end alone, or both.
    fn moved(self, end: Option<PartitionEnd>, clockwise: bool, count: usize) -> Self {
        let step = if clockwise { 1 } else { count - 1 };
        Self([PartitionEnd::First, PartitionEnd::Second].map(|each| match end {
            Some(end) if end != each => self.at(each),
            _ => (self.at(each) + step) % count,
        }))
    }

    fn sides(self, ranks: &[Rank]) -> [Vec<Rank>; 2] {
        let Self([first, second]) = self;
        let is_within = |place: usize| match first < second {
            true => (first..second).contains(&place),
            false => first != second && (place >= first || place < second),
        };
        let side = |inside: bool| {
            let places = ranks.iter().enumerate();
            places.filter(|(place, _)| is_within(*place) == inside).map(|(_, &rank)| rank).collect()
        };
        [side(true), side(false)]
    }
}

const SEVERAL: &str =
    "This cut is made of several lines, so it cannot be turned; heal it first, or change the list.";

/// The line that parts the network at the cursor, if no other line has cut or mended since.
fn cut(scene: CommandContext) -> Option<usize> {
    let scheduled_faults = scene.run_view.run.scenario().scheduled_faults();
    let past = scheduled_faults.iter().rev().filter(|scheduled| scheduled.at <= scene.cursor);
    let last = past
        .into_iter()
        .find(|scheduled| scheduled.fault.is_cut() || scheduled.fault.kind() == FaultKind::Heal)?;
    last.fault.is_cut().then_some(last.entry)
}

/// The same cut with other sides; each goes where most of it was, so that a one-way cut stops the
/// same direction.
fn turned(fault: &Fault, sides: [Vec<Rank>; 2]) -> Option<Fault> {
    let [first, second] = fault.two_sides()?;
    let whole = first.len() + second.len() == sides[0].len() + sides[1].len();
    let [from, to] = placed(sides, first, second);
    match fault.arguments().links {
        Some(links) => whole.then(|| Fault::Cut(Links { from, to, both: links.both })),
        None => Some(Fault::Partition(vec![from, to])),
    }
}

fn placed([one, other]: [Vec<Rank>; 2], first: &[Rank], second: &[Rank]) -> [Vec<Rank>; 2] {
    let common = |side: &[Rank], old: &[Rank]| side.iter().filter(|r| old.contains(r)).count();
    let straight = common(&one, first) + common(&other, second);
    let crossed = common(&one, second) + common(&other, first);
    if straight >= crossed { [one, other] } else { [other, one] }
}

fn say(words: &str) -> Action {
    Action::Say(Some(words.to_owned()))
}
