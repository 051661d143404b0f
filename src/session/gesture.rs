//! The changes that gestures on a process, a link, the network or a partition line make, just after the
//! cursor.

use super::keys::spoken;
use super::{Action, Command, CommandContext, Document, RunView};
use crate::scenario::{
    Change, Fault, FaultKind, Link, Links, MessageOverride, Override, TimelineEntry,
};
use crate::simulation::{Status, World};
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::spacetime::TimeDrag;
use crate::view::{PartitionEnd, Target};

/// The length in median latencies of a pause that a gesture makes.
const PAUSE: u64 = 10;

/// The instant of a gesture's fault: the next whole millisecond if nothing happens before it, else one
/// microsecond after the cursor. `next` is the next instant at which something happens.
pub fn gesture_instant(cursor: Time, next: Option<Time>) -> Time {
    let whole = Time::ms(cursor.as_us() / 1_000 + 1);
    match next {
        Some(next) if next < whole => Time::us(cursor.as_us() + 1),
        Some(_) | None => whole,
    }
}

/// Crashes a process, or recovers one that has crashed.
pub(super) fn crash_or_recover(rank: Rank, scene: CommandContext) -> Action {
    add_fault(scene, |world| match status(world, rank) {
        Status::Crashed { .. } => Ok(Fault::Recover(vec![rank])),
        Status::Running | Status::Paused { .. } => Ok(Fault::Crash(vec![rank])),
    })
}

/// Pauses a process, or ends its pause.
pub(super) fn pause_or_resume(rank: Rank, scene: CommandContext) -> Action {
    let median = scene.run_view.run.scenario().network.latency.median();
    add_fault(scene, |world| match status(world, rank) {
        Status::Crashed { .. } => Err(format!("{rank} is down, so it cannot be paused.")),
        Status::Paused { .. } => Ok(Fault::Resume(vec![rank])),
        Status::Running => {
            let span = Duration::us(median.as_us() * PAUSE);
            Ok(Fault::Pause { processes: vec![rank], span })
        }
    })
}

/// Makes a process suspect its leader.
pub(super) fn suspect(rank: Rank, scene: CommandContext) -> Action {
    let CommandContext { run_view, .. } = scene;
    add_fault(scene, |world| match status(world, rank) {
        Status::Crashed { .. } => Err(format!("{rank} is down, so it suspects nobody.")),
        Status::Running | Status::Paused { .. } if leads_all(world, rank, run_view) => {
            Err(format!("{rank} leads, so it has no leader to suspect."))
        }
        Status::Running | Status::Paused { .. } => {
            let one = run_view.run.scenario().is_grouped() && !run_view.all;
            let group = one.then_some(run_view.group);
            Ok(Fault::Suspect { processes: vec![rank], group })
        }
    })
}

/// Whether the process leads all shown groups of which it is a member.
fn leads_all(world: &World, rank: Rank, run_view: &RunView) -> bool {
    let groups = run_view.run.scenario().group_ids().filter(|&group| run_view.shows(group));
    let mut member = groups.filter(|&group| world.member(group, rank).is_some()).peekable();
    member.peek().is_some() && member.all(|group| world.leads(group, rank))
}

/// Cuts a link both ways.
pub(super) fn cut(link: Link, scene: CommandContext) -> Action {
    add_fault(scene, |world| match world.is_cut(link) && world.is_cut(back(link)) {
        true => Err(format!(
            "{} and {} are cut off from each other already; {} heals.",
            link.from,
            link.to,
            spoken(&Command::Heal)
        )),
        false => Ok(Fault::Cut(pair(link))),
    })
}

/// Cuts a link both ways, or heals it if either direction is cut.
pub(super) fn cut_or_heal(link: Link, scene: CommandContext) -> Action {
    add_fault(scene, |world| match world.is_cut(link) || world.is_cut(back(link)) {
        true => Ok(Fault::Heal(Some(pair(link)))),
        false => Ok(Fault::Cut(pair(link))),
    })
}

/// Cuts the link's direction from the lower to the higher rank; if that is cut already, the other one.
pub(super) fn cut_one_way(link: Link, scene: CommandContext) -> Action {
    let is_cut = scene.run_view.run.at(scene.cursor).is_cut(link);
    stop(if is_cut { back(link) } else { link }, scene)
}

/// Cuts a link in this direction.
pub(super) fn stop(way: Link, scene: CommandContext) -> Action {
    add_fault(scene, |world| match world.is_cut(way) {
        true => {
            let key = spoken(&Command::Heal);
            Err(format!("The link from {} to {} is already cut; {key} heals it.", way.from, way.to))
        }
        false => Ok(Fault::Cut(Links { both: false, ..pair(way) })),
    })
}

/// Heals a link, or everything if there is no link.
pub(super) fn heal(link: Option<Link>, scene: CommandContext) -> Action {
    add_fault(scene, |world| match link {
        Some(link) if world.is_cut(link) || world.is_cut(back(link)) => {
            Ok(Fault::Heal(Some(pair(link))))
        }
        Some(link) => Err(format!("Nothing is cut between {} and {}.", link.from, link.to)),
        None if is_cut_anywhere(world) => Ok(Fault::Heal(None)),
        None => Err("Nothing is cut, so there is nothing to heal.".to_owned()),
    })
}

/// Splits the network into two sides; one way, only messages to the first side are cut.
pub(super) fn split([left, right]: [Vec<Rank>; 2], one_way: bool, scene: CommandContext) -> Action {
    add_fault(scene, |_| match (left.is_empty() || right.is_empty(), one_way) {
        (true, _) => Err("A cut needs a process on each side.".to_owned()),
        (false, true) => Ok(Fault::Cut(Links { from: right, to: left, both: false })),
        (false, false) => Ok(Fault::Partition(vec![left, right])),
    })
}

/// A drag along time: of a message's arrival, a timer's firing, a fault, or the end of a pause.
pub(super) fn dragged(TimeDrag { what, to }: TimeDrag) -> Action {
    Action::Drag(match what {
        Target::Message(name) => {
            Change::Fix(Override::Message { name, fate: MessageOverride::Arrives(to) })
        }
        Target::Timer(name) => Change::Fix(Override::Timer { name, fires: to }),
        Target::Fault(entry) => Change::Move { entry, to },
        Target::FaultEnd(entry) => Change::EndPause { entry, at: to },
        Target::Process(_) | Target::Link(_) | Target::Partition | Target::Handle(_) => {
            return Action::Say(Some("This cannot be dragged along time.".to_owned()));
        }
    })
}

/// Adds a fault that depends on the state at the cursor, or says why there is none.
fn add_fault(scene: CommandContext, fault: impl FnOnce(&World) -> Result<Fault, String>) -> Action {
    match fault(&scene.run_view.run.at(scene.cursor)) {
        Ok(fault) => {
            let at = gesture_instant(scene.cursor, scene.next_instant());
            Action::Change(Change::AddFault { at, fault })
        }
        Err(words) => Action::Say(Some(words)),
    }
}

fn status(world: &World, rank: Rank) -> Status {
    world.process(rank).map_or(Status::Running, |process| process.status())
}

fn is_cut_anywhere(world: &World) -> bool {
    let ranks = &world.scenario().ranks;
    let cut_from = |from: Rank| ranks.iter().any(|&to| world.is_cut(Link { from, to }));
    ranks.iter().any(|&from| cut_from(from))
}

fn back(link: Link) -> Link {
    Link { from: link.to, to: link.from }
}

fn pair(link: Link) -> Links {
    Links { from: vec![link.from], to: vec![link.to], both: true }
}

/// Replaces the sides of the partition at the cursor, as an ongoing change of a drag.
pub(in crate::session) fn turn(sides: [Vec<Rank>; 2], scene: CommandContext) -> Action {
    if sides.iter().any(Vec::is_empty) {
        return say("A cut needs a process on each side.");
    }
    let timeline = &scene.state.shown_document().scenario().timeline;
    let entry = partition_entry(scene).and_then(|entry| Some((entry, timeline.get(entry)?)));
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

/// Turns the partition at the cursor by one process, or only one of its ends, clockwise or back. It is the
/// keyboard's equivalent of dragging the ends of the partition line.
pub(in crate::session) fn turn_by_one(
    end: Option<PartitionEnd>,
    clockwise: bool,
    scene: CommandContext,
) -> Action {
    let scenario = scene.state.shown_document().scenario();
    let Some((entry, line)) =
        partition_entry(scene).and_then(|entry| Some((entry, scenario.timeline.get(entry)?)))
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
    let action = turn(turned, scene);
    // One press of the key is one step of the history.
    if let Action::Drag(Change::Replace { with, .. }) = action {
        return Action::Change(Change::Replace { entry, with });
    }
    action
}

/// The selection after a timeline entry was replaced. If an end of a partition has moved past the lowest
/// rank, the ends have changed places, so the selection changes to the other end.
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

/// The ends of a partition line on the ring. Each lies just before the process with this index among the
/// ranks. Clockwise, the side with the lowest rank begins at the first end and stops at the second.
#[derive(Clone, Copy)]
struct PartitionEnds([usize; 2]);

impl PartitionEnds {
    /// The ends of a partition or cut of all processes into two sides, each contiguous on the ring.
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

    /// Moves one end, or both, by one process.
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

/// The timeline entry that splits the network at the cursor, if none has cut or healed since.
fn partition_entry(scene: CommandContext) -> Option<usize> {
    let scheduled_faults = scene.run_view.run.scenario().scheduled_faults();
    let past = scheduled_faults.iter().rev().filter(|scheduled| scheduled.at <= scene.cursor);
    let last = past
        .into_iter()
        .find(|scheduled| scheduled.fault.is_cut() || scheduled.fault.kind() == FaultKind::Heal)?;
    last.fault.is_cut().then_some(last.entry)
}

/// The fault with other sides. Each side replaces the one with which it has more processes in common, so that
/// a one-way cut keeps its direction.
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
