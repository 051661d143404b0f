//! The one deed that a step waits for: how a lesson writes it, and how the page says it.

use crate::election::Algorithm;
use crate::scenario::{Fault, Override, Scenario, script};
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank, listed};
use crate::view::Target;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwaitedCommand {
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

impl AwaitedCommand {
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

    /// As the page asks for it: of a mouse and a keyboard, or of a finger, which is `coarse`.
    pub fn said(&self, coarse: bool) -> String {
        match self {
            Self::Next => "Read on.".to_owned(),
            Self::Play(to) => {
                let how = if coarse { "tap the play button" } else { "press Space" };
                format!("Play to {}: {how}.", to.spoken())
            }
            Self::Step => {
                let how = if coarse { "tap the button after Play" } else { "press →" };
                format!("Step forward by one event: {how}.")
            }
            Self::Befall(fault) => asked(fault, coarse),
            Self::Algorithm(algorithm) => {
                let press = if coarse { "tap" } else { "click" };
                let title = algorithm.title();
                format!("Change the algorithm to {title}: {press} its name beside the title.")
            }
            Self::Select(target) => {
                let what = match target {
                    Target::Process(rank) => rank.to_string(),
                    Target::Message(name) => {
                        let article = if name.kind == MessageKind::Heartbeat { "a" } else { "the" };
                        format!("{article} {} from {} to {}", name.kind, name.from, name.to)
                    }
                    Target::Partition | Target::Handle(_) => "the cut".to_owned(),
                    Target::Link(_) => "the link".to_owned(),
                    Target::Timer(_) | Target::Fault(_) | Target::FaultEnd(_) => "it".to_owned(),
                };
                format!("Select {what}: {} it.", if coarse { "tap" } else { "click" })
            }
            Self::Why if coarse => "Tap Why?".to_owned(),
            Self::Why => "Press w, or click Why?".to_owned(),
        }
    }
}

/// The action, and how it is done to what is on the stage.
fn asked(fault: &Fault, coarse: bool) -> String {
    let hold = |item: &str| format!("hold it and choose {item}");
    let (what, finger, mouse) = match fault {
        Fault::Crash(ranks) => (
            format!("Crash {}", listed(ranks)),
            hold("Crash"),
            "double-click it, or select it and press x".to_owned(),
        ),
        Fault::Recover(ranks) => (
            format!("Recover {}", listed(ranks)),
            hold("Recover"),
            "double-click it, or select it and press x".to_owned(),
        ),
        Fault::Suspect { processes, .. } => (
            format!("Make {} suspect its leader", listed(processes)),
            hold("Suspect"),
            "select it and press s".to_owned(),
        ),
        Fault::Partition(sides) => {
            let sides: Vec<String> = sides.iter().map(|side| parted(side)).collect();
            (
                format!("Cut the network between {}", sides.join(" and ")),
                "hold an empty place on the stage, then draw a line across it".to_owned(),
                "drag a line across the stage, or press n".to_owned(),
            )
        }
        Fault::Heal(_) => (
            "Heal the network".to_owned(),
            "hold an empty place on the stage and choose Heal everything".to_owned(),
            "press h".to_owned(),
        ),
        Fault::Pause { processes, .. } => (
            format!("Pause {}", listed(processes)),
            hold("Pause"),
            "select it and press p".to_owned(),
        ),
        Fault::Resume(ranks) => (
            format!("Resume {}", listed(ranks)),
            hold("Resume"),
            "select it and press p".to_owned(),
        ),
        Fault::Cut(_) => (
            "Cut the link".to_owned(),
            "tap it, then tap Cut".to_owned(),
            "select it and press c".to_owned(),
        ),
        Fault::Latency { .. } | Fault::Loss { .. } => {
            return "Change the network in Set-up.".to_owned();
        }
    };
    format!("{what}: {}.", if coarse { finger } else { mouse })
}

/// `1, 2, 3`: the `and` stands between the sides.
fn parted(side: &[Rank]) -> String {
    let ranks: Vec<String> = side.iter().map(Rank::to_string).collect();
    ranks.join(", ")
}

/// An instant as a script writes it.
pub(super) fn instant(words: &str) -> Option<Time> {
    line(&format!("at {words} heal"))?.timeline.first().map(|entry| entry.first())
}

pub(super) fn duration(words: &str) -> Option<Duration> {
    Some(line(&format!("wait alive {words}"))?.timeouts.alive)
}

/// A process by its rank, a message by its name, or `cut`, which splits the network.
pub(super) fn target(words: &str) -> Option<Target> {
    if words == "cut" {
        return Some(Target::Partition);
    }
    if let Some(rank) = words.parse().ok().and_then(Rank::new) {
        return Some(Target::Process(rank));
    }
    match line(&format!("message {words} lost"))?.overrides.first()? {
        Override::Message { name, .. } => Some(Target::Message(*name)),
        Override::Timer { .. } => None,
    }
}

fn fault(words: &str) -> Option<Fault> {
    line(&format!("at 0ms {words}"))?.timeline.first()?.fault().cloned()
}

/// One line of a script, of as many processes as there can be.
fn line(line: &str) -> Option<Scenario> {
    script::parse(&format!("processes 64\n{line}")).ok()
}
