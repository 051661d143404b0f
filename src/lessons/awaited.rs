//! The one deed that a step waits for: how a lesson writes it, and how the page says it.

use crate::clock::{Duration, Time};
use crate::election::Algorithm;
use crate::scenario::{Edit, Fault, Scenario, script};
use crate::view::Target;
use crate::vocabulary::{MessageKind, Rank, listed};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// Reads on.
    Next,
    /// Plays, or goes in any other way, to this instant.
    Play(Time),
    /// Goes on by one event.
    Step,
    /// Makes this fault befall.
    Befall(Fault),
    Algorithm(Algorithm),
    Select(Target),
    /// Asks why.
    Why,
}

impl Awaited {
    /// As a lesson writes it: `next`, `play 250ms`, `step`, `why`, `select 3`, `algorithm …`, or a
    /// fault as a script writes it.
    pub(super) fn read(words: &str) -> Option<Self> {
        match words.split_once(' ') {
            None if words == "next" => Some(Self::Next),
            None if words == "step" => Some(Self::Step),
            None if words == "why" => Some(Self::Why),
            Some(("play", instant)) => self::instant(instant).map(Self::Play),
            Some(("select", what)) => target(what).map(Self::Select),
            Some(("algorithm", _)) => Some(Self::Algorithm(line(words)?.algorithm.clone())),
            _ => fault(words).map(Self::Befall),
        }
    }

    /// As the page asks for it.
    pub fn said(&self) -> String {
        match self {
            Self::Next => "Read on.".to_owned(),
            Self::Play(to) => format!("Play to {}.", to.spoken()),
            Self::Step => "Step on by one event (→).".to_owned(),
            Self::Befall(fault) => asked(fault),
            Self::Algorithm(algorithm) => format!("Change the algorithm to {}.", algorithm.title()),
            Self::Select(Target::Process(rank)) => format!("Select {rank}: click on it."),
            Self::Select(Target::Message(name)) => {
                let article = if name.kind == MessageKind::Heartbeat { "a" } else { "the" };
                format!("Select {article} {} from {} to {}.", name.kind, name.from, name.to)
            }
            Self::Select(_) => "Select the link.".to_owned(),
            Self::Why => "Press Why? (w).".to_owned(),
        }
    }
}

fn asked(fault: &Fault) -> String {
    match fault {
        Fault::Crash(ranks) => {
            format!("Crash {}: double-click on it, or select it and press x.", listed(ranks))
        }
        Fault::Recover(ranks) => {
            format!("Let {} recover: double-click on it, or press x.", listed(ranks))
        }
        Fault::Suspect { processes, .. } => {
            format!("Let {} suspect: select it and press s.", listed(processes))
        }
        Fault::Partition(sides) => {
            let sides: Vec<String> = sides.iter().map(|side| parted(side)).collect();
            format!("Cut between {}: drag a line across the stage.", sides.join(" and "))
        }
        Fault::Heal(_) => "Heal the network: press h.".to_owned(),
        Fault::Pause { processes, .. } => {
            format!("Pause {}: select it and press p.", listed(processes))
        }
        Fault::Resume(ranks) => format!("End the pause of {}: press p.", listed(ranks)),
        Fault::Cut(_) => "Cut the link: select it and press c.".to_owned(),
        Fault::Latency { .. } | Fault::Loss { .. } => "Change the network.".to_owned(),
    }
}

/// `1, 2, 3`: an `and` stands between the sides.
fn parted(side: &[Rank]) -> String {
    let ranks: Vec<String> = side.iter().map(Rank::to_string).collect();
    ranks.join(", ")
}

/// An instant as a script writes it.
pub(super) fn instant(words: &str) -> Option<Time> {
    line(&format!("at {words} heal"))?.timeline.first().map(|entry| entry.first())
}

pub(super) fn duration(words: &str) -> Option<Duration> {
    Some(line(&format!("wait alive {words}"))?.waits.alive)
}

/// A process by its rank, or a message by its name.
pub(super) fn target(words: &str) -> Option<Target> {
    if let Some(rank) = words.parse().ok().and_then(Rank::new) {
        return Some(Target::Process(rank));
    }
    match line(&format!("message {words} lost"))?.edits.first()? {
        Edit::Message { name, .. } => Some(Target::Message(*name)),
        Edit::Timer { .. } => None,
    }
}

fn fault(words: &str) -> Option<Fault> {
    line(&format!("at 0ms {words}"))?.timeline.first()?.fault().cloned()
}

/// One line of a script, of as many processes as there can be.
fn line(line: &str) -> Option<Scenario> {
    script::parse(&format!("processes 64\n{line}")).ok()
}
