//! The commands of the context menu, and the texts of tooltips and of the stage's hint.

use super::{Command, History, keys};
use crate::scenario::Link;
use crate::types::{Rank, Role};
use crate::view::Target;
use crate::view::model::{Body, ProcessModel, StageModel};

/// An item of the menu: a command on the menu's target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    pub words: String,
    pub command: Command,
}

impl MenuItem {
    /// The key of the command, which works once the target is selected.
    pub fn key(&self) -> Option<&'static str> {
        keys::shown(&self.command)
    }
}

/// The commands on a target, or on the network without one.
pub fn offers(target: Option<Target>, picture: &StageModel) -> Vec<MenuItem> {
    match target {
        Some(Target::Process(rank)) => {
            picture.process(rank).map_or_else(Vec::new, |process| of_process(process, picture))
        }
        Some(Target::Message(_)) => vec![
            offer("Drop", Command::Drop),
            offer("Delay", Command::Delay),
            offer("Speed up", Command::Hasten),
            offer("Duplicate", Command::Duplicate),
            why(),
        ],
        Some(Target::Link(link)) => of_link(link, picture),
        Some(Target::Partition | Target::Handle(_)) => vec![
            offer("Heal", Command::Heal),
            offer("Turn clockwise", Command::TurnOn),
            offer("Turn back", Command::TurnBack),
            offer("Split network…", Command::Split),
            offer("Remove this cut", Command::Delete),
            why(),
        ],
        Some(Target::Timer(_) | Target::Fault(_) | Target::FaultEnd(_)) => {
            vec![offer("Remove", Command::Delete), why()]
        }
        None => {
            let healing = picture.links.values().any(|conditions| conditions.cut);
            let heal = healing.then(|| offer("Heal everything", Command::Heal));
            [offer("Split network…", Command::Split)].into_iter().chain(heal).collect()
        }
    }
}

/// The commands that a figure offers.
pub fn offers_in_figure(target: Option<Target>, picture: &StageModel) -> Vec<MenuItem> {
    let mut offers = offers(target, picture);
    offers.retain(|offer| !matches!(offer.command, Command::Why | Command::Split));
    offers
}

/// The first command on a target, for its tooltip.
pub fn first_offer(target: Target, picture: &StageModel) -> Option<MenuItem> {
    if matches!(target, Target::Handle(_)) {
        return Some(offer("Drag, or turn", Command::TurnOn));
    }
    offers(Some(target), picture).into_iter().next()
}

fn of_process(process: &ProcessModel, picture: &StageModel) -> Vec<MenuItem> {
    let mut offers = vec![match process.body {
        Body::Crashed { .. } => offer("Recover", Command::CrashOrRecover),
        Body::Running(_) | Body::Paused { .. } => offer("Crash", Command::CrashOrRecover),
    }];
    match process.body {
        Body::Running(_) => offers.push(offer("Pause", Command::PauseOrResume)),
        Body::Paused { .. } => offers.push(offer("Resume", Command::PauseOrResume)),
        Body::Crashed { .. } => {}
    }
    match process.role() {
        Some(Role::Follows(leader)) => {
            offers.push(offer(&format!("Suspect {}", picture.called(leader)), Command::Suspect));
        }
        Some(
            Role::BelievesNobody
            | Role::Electing
            | Role::AwaitingElected
            | Role::Delaying
            | Role::PreCandidate
            | Role::Candidate,
        ) => offers.push(offer("Suspect", Command::Suspect)),
        Some(Role::Leads | Role::Claims) | None => {}
    }
    offers.push(why());
    offers
}

fn of_link(link: Link, picture: &StageModel) -> Vec<MenuItem> {
    let back = Link { from: link.to, to: link.from };
    let cut = [link, back].map(|way| picture.is_cut(way));
    let mut offers = Vec::new();
    if cut != [true, true] {
        offers.push(offer("Cut", Command::Cut));
    }
    for (way, _) in [link, back].into_iter().zip(cut).filter(|(_, cut)| !cut) {
        let words = format!("Stop {} to {}", picture.called(way.from), picture.called(way.to));
        offers.push(offer(&words, Command::Stop(way)));
    }
    if cut.contains(&true) {
        offers.push(offer("Heal", Command::Heal));
        offers.push(why());
    }
    offers
}

fn offer(words: &str, command: Command) -> MenuItem {
    MenuItem { words: words.to_owned(), command }
}

fn why() -> MenuItem {
    offer("Why?", Command::Why)
}

/// The stage's hint at a gesture that the reader has not used yet.
pub fn hint(history: &History, picture: &StageModel, coarse: bool) -> Option<&'static str> {
    let is_split = picture.split.is_some();
    let can_cut = picture.processes.len() > 1;
    let done = |name: &str| history.names().any(|done| done.starts_with(name));
    let turned = done("turn of the cut");
    match coarse {
        true if ["crash", "recovery", "pause", "cut"].iter().any(|name| done(name)) => None,
        true => Some("Long-press a process for its actions"),
        false if is_split && !turned => Some("Drag an end of the cut to turn it"),
        false if can_cut && !done("cut") => Some("Drag across the stage to cut the network"),
        false if !done("crash") => Some("Double-click a process to crash it"),
        false => None,
    }
}

/// The process whose links and messages the keyboard reaches beside the processes: the selected one. It stays
/// the same while one of its links or messages is selected.
pub fn subject(before: Option<Rank>, selected: Option<Target>) -> Option<Rank> {
    let either = |from: Rank, to: Rank| Some(before.filter(|&rank| rank == to).unwrap_or(from));
    match selected? {
        Target::Process(rank) => Some(rank),
        Target::Link(link) => either(link.from, link.to),
        Target::Message(name) => either(name.from, name.to),
        Target::Timer(name) => Some(name.of),
        Target::Partition | Target::Handle(_) | Target::Fault(_) | Target::FaultEnd(_) => before,
    }
}
