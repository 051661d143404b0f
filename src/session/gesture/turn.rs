//! Turning a cut: the line of the timeline that made it gets other sides, where there is one line.

use crate::scenario::{Change, Entry, Fault, Links};
use crate::session::{Action, Scene};
use crate::vocabulary::Rank;

/// Parts the network into these sides in place of those that it is parted into at the cursor. It is
/// a change that goes on for as long as the hand does.
pub fn turn(sides: [Vec<Rank>; 2], scene: Scene) -> Action {
    if sides.iter().any(Vec::is_empty) {
        return say("A cut needs a process on each side.");
    }
    let timeline = &scene.state.document().scenario().timeline;
    let entry = cut(scene).and_then(|entry| Some((entry, timeline.get(entry)?)));
    match entry {
        Some((entry, Entry::Fault { when, fault })) => match turned(fault, sides) {
            Some(fault) => {
                let with = Entry::Fault { when: *when, fault };
                Action::Drag(Change::Replace { entry, with })
            }
            None => say(SEVERAL),
        },
        Some((_, Entry::Flap { .. })) | None => say(SEVERAL),
    }
}

const SEVERAL: &str =
    "This cut is made of several lines, so it cannot be turned; heal it first, or change the list.";

/// The line that parts the network at the cursor, if no other line has cut or mended since.
fn cut(scene: Scene) -> Option<usize> {
    let befallings = scene.made.run.scenario().befallings();
    let past = befallings.iter().rev().filter(|befalling| befalling.at <= scene.cursor);
    let last = past.into_iter().find(|befalling| {
        matches!(*befalling.fault, Fault::Partition(_) | Fault::Cut(_) | Fault::Heal(_))
    })?;
    (!matches!(*last.fault, Fault::Heal(_))).then_some(last.entry)
}

/// The same cut with other sides; each goes where most of it was, so that a one-way cut stops the
/// same direction.
fn turned(fault: &Fault, sides: [Vec<Rank>; 2]) -> Option<Fault> {
    match fault {
        Fault::Partition(old) => match &**old {
            [first, second] => Some(Fault::Partition(placed(sides, first, second).into())),
            _ => None,
        },
        Fault::Cut(Links { from, to, both }) => {
            let whole = from.len() + to.len() == sides[0].len() + sides[1].len();
            let [from, to] = placed(sides, from, to);
            whole.then_some(Fault::Cut(Links { from, to, both: *both }))
        }
        _ => None,
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
