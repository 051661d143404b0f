//! What a gesture on a process, a link or the network asks of the scenario, just after the cursor.

mod turn;

pub(super) use turn::{followed, turn, turn_by_one};

use super::keys::spoken;
use super::{Action, Command, CommandContext, RunView};
use crate::scenario::{Change, Fault, Link, Links, MessageOverride, Override};
use crate::simulation::{Status, World};
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::Target;
use crate::view::spacetime::TimeDrag;

/// A pause by hand lasts so many median latencies.
const PAUSE: u64 = 10;

/// When a gesture's fault happens: just after what is shown. At the next whole millisecond if nothing
/// happens before it, else one microsecond after the cursor.
pub fn gesture_instant(cursor: Time, next: Option<Time>) -> Time {
    let whole = Time::ms(cursor.as_us() / 1_000 + 1);
    match next {
        Some(next) if next < whole => Time::us(cursor.as_us() + 1),
        Some(_) | None => whole,
    }
}

/// Crashes a process that is up, recovers one that is down.
pub(super) fn crash_or_recover(rank: Rank, scene: CommandContext) -> Action {
    add_fault(scene, |world| match status(world, rank) {
        Status::Crashed { .. } => Ok(Fault::Recover(vec![rank])),
        Status::Running | Status::Paused { .. } => Ok(Fault::Crash(vec![rank])),
    })
}

/// Pauses a process that runs, or ends its pause.
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

/// The process is told that its leader does not answer.
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

/// Whether it leads wherever it is shown as a member.
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

/// Cuts a link that lets anything through both ways, mends one that is cut.
pub(super) fn cut_or_heal(link: Link, scene: CommandContext) -> Action {
    add_fault(scene, |world| match world.is_cut(link) || world.is_cut(back(link)) {
        true => Ok(Fault::Heal(Some(pair(link)))),
        false => Ok(Fault::Cut(pair(link))),
    })
}

/// From the lower to the higher; if nothing gets over there any more, the other way.
pub(super) fn cut_one_way(link: Link, scene: CommandContext) -> Action {
    let is_cut = scene.run_view.run.at(scene.cursor).is_cut(link);
    stop(if is_cut { back(link) } else { link }, scene)
}

/// Nothing gets over a link in this direction.
pub(super) fn stop(way: Link, scene: CommandContext) -> Action {
    add_fault(scene, |world| match world.is_cut(way) {
        true => {
            let key = spoken(&Command::Heal);
            Err(format!("The link from {} to {} is already cut; {key} heals it.", way.from, way.to))
        }
        false => Ok(Fault::Cut(Links { both: false, ..pair(way) })),
    })
}

/// Mends a link, or everything where none is selected.
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

/// Splits the network into two sides; one way, what goes to the first side is stopped.
pub(super) fn split([left, right]: [Vec<Rank>; 2], one_way: bool, scene: CommandContext) -> Action {
    add_fault(scene, |_| match (left.is_empty() || right.is_empty(), one_way) {
        (true, _) => Err("A cut needs a process on each side.".to_owned()),
        (false, true) => Ok(Fault::Cut(Links { from: right, to: left, both: false })),
        (false, false) => Ok(Fault::Partition(vec![left, right])),
    })
}

/// Something is dragged along time: a message's arrival, a timer's end, a fault, the end of a pause.
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

/// The fault that fits the state at the cursor, or why there is none.
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
