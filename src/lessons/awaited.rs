//! The one command that a step waits for, as a lesson writes it.

use crate::election::Algorithm;
use crate::scenario::{Fault, Override, Scenario, script};
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::Target;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwaitedCommand {
    /// Reads on.
    Next,
    /// Plays, or goes in any other way, to this instant.
    Play(Time),
    /// Goes on by one event.
    Step,
    /// Adds this fault.
    AddFault(Fault),
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
            _ => fault(words).map(Self::AddFault),
        }
    }
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
