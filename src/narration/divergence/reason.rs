//! The one thing in the scenarios that makes two runs part, where there is one: a fault, an edit, a
//! wait, how a link behaves, or the seed.

use super::{RunPair, apart, takes};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::member::Detector;
use crate::run::Run;
use crate::scenario::script;
use crate::scenario::{Link, Scenario, ScheduledFault};
use crate::simulation::{Cause, Event, EventKind, LossReason};
use crate::time::Duration;
use crate::types::TimerKind;

/// Why the run on this side has an event that the other one lacks.
pub fn seek(pair: RunPair, side: usize, event: &Event, other: Option<&Event>) -> Option<String> {
    if let Cause::Timeline(place) = event.cause {
        return fault(pair, side, place as usize);
    }
    match (event.what, event.choice?) {
        (EventKind::TimedOut { .. }, ChoiceId::Timer(name)) => timer(pair, name),
        (EventKind::Sent { .. }, ChoiceId::Message(name)) => {
            takes(event, other?)?;
            message(pair, event, name, LinkSetting::Latency)
        }
        (EventKind::Lost(LossReason::Chance | LossReason::Edit), ChoiceId::Message(name)) => {
            message(pair, event, name, LinkSetting::Loss)
        }
        (EventKind::Duplicated { .. }, ChoiceId::Message(name)) => {
            message(pair, event, name, LinkSetting::Duplication)
        }
        _ => None,
    }
}

/// Which of a link's settings decides.
#[derive(Clone, Copy)]
enum LinkSetting {
    Latency,
    Loss,
    Duplication,
}

/// A fault that only one timeline has, or has at that instant.
fn fault(pair: RunPair, side: usize, place: usize) -> Option<String> {
    let [ours, theirs] = [side, 1 - side].map(|side| pair.runs[side].scenario().scheduled_faults());
    let scheduled = ours.get(place)?;
    let alike = |other: &&ScheduledFault| other.fault == scheduled.fault;
    if theirs.iter().filter(alike).any(|other| other.at == scheduled.at) {
        return None;
    }
    let line = script::format_entry(pair.runs[side].scenario(), scheduled.entry);
    let name = pair.names[side];
    // One that ours has too is another one.
    let moved = theirs
        .iter()
        .filter(alike)
        .find(|other| !ours.iter().any(|own| own.at == other.at && own.fault == other.fault));
    Some(match moved {
        Some(moved) => {
            let other = script::format_entry(pair.runs[1 - side].scenario(), moved.entry);
            let said = [(name, line), (pair.names[1 - side], other)];
            let [a, b] = if side == 0 { [&said[0], &said[1]] } else { [&said[1], &said[0]] };
            format!("{} says `{}`, and {} `{}`.", a.0, a.1, b.0, b.1)
        }
        None => format!("Only {name} says `{line}`."),
    })
}

/// An edit of the timer, or how long it runs.
fn timer(pair: RunPair, name: TimerId) -> Option<String> {
    edits(pair, ChoiceId::Timer(name)).or_else(|| {
        let waits = pair.runs.map(|run| wait(run.scenario(), name.timer));
        let [Some(a), Some(b)] = waits else { return None };
        (a != b).then(|| {
            let [a, b] = apart([a, b]);
            let [left, right] = pair.names;
            let who = pair.runs[0].scenario().called(name.of);
            match name.timer {
                TimerKind::Alive | TimerKind::Elected => {
                    let kind = if name.timer == TimerKind::Alive { "Alive" } else { "Elected" };
                    format!("{who} waits {a} for {kind} in {left}, and {b} in {right}.")
                }
                TimerKind::Beat => {
                    format!("{who} sends a Heartbeat every {a} in {left}, and every {b} in {right}.")
                }
                TimerKind::Heartbeat => format!(
                    "{who} suspects its leader after {a} without a Heartbeat in {left}, and after {b} in {right}."
                ),
            }
        })
    })
}

fn wait(scenario: &Scenario, timer: TimerKind) -> Option<Duration> {
    match (timer, scenario.detector) {
        (TimerKind::Alive, _) => Some(scenario.timeouts.alive),
        (TimerKind::Elected, _) => Some(scenario.timeouts.elected),
        (TimerKind::Beat, Detector::Heartbeat { every, .. }) => Some(every),
        (TimerKind::Heartbeat, Detector::Heartbeat { timeout, .. }) => Some(timeout),
        (TimerKind::Beat | TimerKind::Heartbeat, Detector::Scripted) => None,
    }
}

/// An edit of the message, how its link behaves, or the seed.
fn message(pair: RunPair, event: &Event, name: MessageId, what: LinkSetting) -> Option<String> {
    if let Some(told) = edits(pair, ChoiceId::Message(name)) {
        return Some(told);
    }
    let link = Link { from: name.from, to: name.to };
    let behaves = |run: &Run| {
        let world = run.at(event.at);
        let network = &run.scenario().network;
        match what {
            LinkSetting::Latency => format!("latency {}", world.latency(link)),
            LinkSetting::Loss => format!("loss {}", world.loss(link)),
            LinkSetting::Duplication => {
                let own = network.duplicate_of.get(&link);
                format!("duplicate {}", own.copied().unwrap_or(network.duplicate))
            }
        }
    };
    let [a, b] = pair.runs.map(behaves);
    let [left, right] = pair.names;
    if a != b {
        return Some(format!("Its link has `{a}` in {left}, and `{b}` in {right}."));
    }
    let [a, b] = pair.runs.map(|run| run.scenario().seed);
    (a != b).then(|| format!("Chance decides, and the seed is {a} in {left} and {b} in {right}."))
}

/// What only one of the scripts fixes of a choice.
fn edits(pair: RunPair, occurrence: ChoiceId) -> Option<String> {
    let said = pair.runs.map(|run| {
        let scenario = run.scenario();
        let of = |index: &usize| scenario.overrides[*index].occurrence() == occurrence;
        let all = (0..scenario.overrides.len())
            .filter(of)
            .map(|index| script::format_override(scenario, index));
        all.collect::<Vec<_>>()
    });
    let only = [0, 1].map(|side| {
        let theirs = &said[1 - side];
        let own = said[side].iter().find(|line| !theirs.contains(line));
        own.map(|line| (pair.names[side], line))
    });
    match only {
        [Some((left, a)), Some((right, b))] => {
            Some(format!("{left} says `{a}`, and {right} `{b}`."))
        }
        [Some((name, line)), None] | [None, Some((name, line))] => {
            Some(format!("Only {name} says `{line}`."))
        }
        [None, None] => None,
    }
}
