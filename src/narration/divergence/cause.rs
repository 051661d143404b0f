//! The causes of a divergence: whether the first different events have the same cause, and which part of the
//! scenarios makes the difference.

use super::{RunPair, Seek, apart, takes};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::Preemption;
use crate::member::Detector;
use crate::run::Run;
use crate::scenario::script::{self, write};
use crate::scenario::{Link, Scenario, ScheduledFault};
use crate::simulation::{Cause, Event, EventKind, LossReason, StopReason};
use crate::time::Duration;
use crate::types::TimerKind;

/// The largest number of lines that are quoted of each script.
const QUOTED: usize = 3;

/// The causes, the nearest first. `events` are the first different ones; `None` if a run has no more events.
pub(super) fn why(pair: RunPair, events: &[Option<Event>; 2], seek: Option<Seek>) -> Vec<String> {
    let mut all = match events {
        [Some(a), Some(b)] => begun(pair, [a, b]),
        [one, other] => match over(pair, events) {
            Some(over) => return vec![over],
            None => {
                let side = usize::from(one.is_none());
                let event = one.as_ref().or(other.as_ref());
                event.map(|event| follows(pair, side, event)).into_iter().collect()
            }
        },
    };
    // The earlier event is the one that the other run lacks.
    let order = match events {
        [Some(a), Some(b)] if b.at < a.at => [1, 0],
        _ => [0, 1],
    };
    let mut reasons = order
        .into_iter()
        .filter_map(|side| seek?(pair, side, events[side].as_ref()?, events[1 - side].as_ref()));
    match reasons.next() {
        Some(reason) => all.push(reason),
        None => all.extend(different(pair)),
    }
    all
}

/// A sentence for a run that ended before the other one.
fn over(pair: RunPair, events: &[Option<Event>; 2]) -> Option<String> {
    let next = events.iter().flatten().next()?;
    let side = events.iter().position(Option::is_none)?;
    let (run, name) = (pair.runs[side], pair.names[side]);
    let end = run.end().spoken();
    match run.stop_reason() {
        Some(StopReason::Events) => Some(format!("{name} stops at {end}, at its limit of events.")),
        Some(StopReason::InFlight) => {
            Some(format!("{name} stops at {end}, at its limit of messages in flight."))
        }
        None => (run.end() < next.at)
            .then(|| format!("{name} ends at {end}, and {} continues.", pair.names[1 - side])),
    }
}

/// The causes of the two events.
fn begun(pair: RunPair, events: [&Event; 2]) -> Vec<String> {
    let [a, b] = [0, 1].map(|side| origin(pair.runs[side], events[side].cause));
    if a == b {
        return vec![format!("Both have the same cause: {a}.")];
    }
    [0, 1].map(|side| follows(pair, side, events[side])).to_vec()
}

fn follows(pair: RunPair, side: usize, event: &Event) -> String {
    let origin = origin(pair.runs[side], event.cause);
    format!("The cause in {}: {origin}.", pair.names[side])
}

fn origin(run: &Run, cause: Cause) -> String {
    match cause {
        Cause::Start => "the start".to_owned(),
        Cause::Timeline(place) => {
            let scheduled_faults = run.scenario().scheduled_faults();
            let entry = scheduled_faults.get(place as usize).map(|scheduled| scheduled.entry);
            let line = entry.map(|entry| script::format_entry(run.scenario(), entry));
            format!("the line `{}`", line.unwrap_or_default())
        }
        Cause::Event(id) => {
            run.event(id).map_or_else(String::new, |event| event_words(run.scenario(), &event))
        }
    }
}

/// `3 hears Alive from 5, at 230 ms`
fn event_words(scenario: &Scenario, event: &Event) -> String {
    let called = |rank| scenario.called(rank);
    let who = event.rank.map_or_else(String::new, |rank| called(rank).to_string());
    let what = match (event.what, event.choice) {
        (EventKind::Received | EventKind::Held, Some(ChoiceId::Message(name))) => {
            format!("{who} hears {} from {}", name.kind, called(name.from))
        }
        (EventKind::Sent { .. } | EventKind::Duplicated { .. }, Some(ChoiceId::Message(name))) => {
            format!("{} sends {} to {}", called(name.from), name.kind, called(name.to))
        }
        (EventKind::Lost(_), Some(ChoiceId::Message(name))) => {
            format!("the {} from {} to {} is lost", name.kind, called(name.from), called(name.to))
        }
        (EventKind::TimedOut { .. }, Some(ChoiceId::Timer(name))) => match name.timer {
            TimerKind::Alive => format!("{who} has waited for Alive"),
            TimerKind::Elected => format!("{who} has waited for Elected"),
            TimerKind::Beat => format!("{who} sends its next Heartbeat"),
            TimerKind::Heartbeat => format!("{who} has waited for a Heartbeat"),
            TimerKind::Preempt => {
                format!("{who} has followed a lower rank for the time of `preempt`")
            }
            TimerKind::Quorum => format!("the quorum timer of {who} runs out"),
            TimerKind::Delay => format!("{who} has delayed its election"),
        },
        (EventKind::Suspected, _) => format!("{who} suspects its leader"),
        (EventKind::Unsuspecting, _) => format!("{who} should suspect its leader"),
        (EventKind::StartedElection, _) => format!("{who} starts an election"),
        (EventKind::Booted | EventKind::Recovered, _) => format!("{who} starts"),
        (EventKind::Crashed { .. }, _) => format!("{who} crashes"),
        (EventKind::Paused { .. }, _) => format!("{who} freezes"),
        (EventKind::Resumed { .. }, _) => format!("{who} wakes"),
        (EventKind::Cut, _) => "the network is cut".to_owned(),
        (EventKind::Healed, _) => "the network heals".to_owned(),
        _ => "what happens".to_owned(),
    };
    format!("{what}, at {}", event.at.spoken())
}

/// The differences if no single choice explains them: the algorithm, or all different lines of the scripts.
fn different(pair: RunPair) -> Vec<String> {
    let algorithms = pair.runs.map(|run| run.scenario().algorithm.title());
    if algorithms[0] != algorithms[1] {
        return vec![format!(
            "{} and {} have different rules for this.",
            algorithms[0], algorithms[1]
        )];
    }
    let only = statements(pair.runs);
    let mut all: Vec<String> = Vec::new();
    if only.iter().all(Vec::is_empty) {
        all.push("The scripts say the same in another order.".to_owned());
    }
    for (name, lines) in pair.names.iter().zip(&only) {
        let quoted = lines.iter().take(QUOTED);
        all.extend(quoted.map(|line| format!("Only {name} says `{line}`.")));
        if lines.len() > QUOTED {
            all.push(format!("{} more lines are only in {name}.", lines.len() - QUOTED));
        }
    }
    all
}

/// The lines that decide a run and that only one of the scripts has, in canonical spelling; defaults have no
/// line.
pub fn statements(runs: [&Run; 2]) -> [Vec<String>; 2] {
    let lines = runs.map(|run| {
        let script = write(run.scenario());
        let decides = |line: &&str| {
            let ignored = ["title ", "about ", "expect ", "name ", "zone ", "mark ", "figure "];
            !line.is_empty() && !ignored.iter().any(|word| line.starts_with(word))
        };
        script.lines().filter(decides).map(str::to_owned).collect::<Vec<_>>()
    });
    [0, 1].map(|side| {
        // A line may occur twice.
        let mut theirs = lines[1 - side].clone();
        let mut is_only = |line: &&String| match theirs.iter().position(|other| other == *line) {
            Some(place) => {
                theirs.swap_remove(place);
                false
            }
            None => true,
        };
        lines[side].iter().filter(|line| is_only(line)).cloned().collect()
    })
}

/// Why the run on one side has an event that the other one lacks.
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
        (EventKind::Lost(LossReason::Chance | LossReason::Override), ChoiceId::Message(name)) => {
            message(pair, event, name, LinkSetting::Loss)
        }
        (EventKind::Duplicated { .. }, ChoiceId::Message(name)) => {
            message(pair, event, name, LinkSetting::Duplication)
        }
        _ => None,
    }
}

/// The setting of a link that decides.
#[derive(Clone, Copy)]
enum LinkSetting {
    Latency,
    Loss,
    Duplication,
}

/// A fault that only one timeline has, or has at another instant.
fn fault(pair: RunPair, side: usize, place: usize) -> Option<String> {
    let [ours, theirs] = [side, 1 - side].map(|side| pair.runs[side].scenario().scheduled_faults());
    let scheduled = ours.get(place)?;
    let alike = |other: &&ScheduledFault| other.fault == scheduled.fault;
    if theirs.iter().filter(alike).any(|other| other.at == scheduled.at) {
        return None;
    }
    let line = script::format_entry(pair.runs[side].scenario(), scheduled.entry);
    let name = pair.names[side];
    // A fault that both timelines have at that instant is not the moved one.
    let moved = theirs
        .iter()
        .filter(alike)
        .find(|other| !ours.iter().any(|own| own.at == other.at && own.fault == other.fault));
    Some(match moved {
        Some(moved) => {
            let other = script::format_entry(pair.runs[1 - side].scenario(), moved.entry);
            let texts = [(name, line), (pair.names[1 - side], other)];
            let [a, b] = if side == 0 { [&texts[0], &texts[1]] } else { [&texts[1], &texts[0]] };
            format!("{} says `{}`, and {} `{}`.", a.0, a.1, b.0, b.1)
        }
        None => format!("Only {name} says `{line}`."),
    })
}

/// An override of the timer, or its duration.
fn timer(pair: RunPair, name: TimerId) -> Option<String> {
    fixed_by(pair, ChoiceId::Timer(name)).or_else(|| {
        let waits = pair.runs.map(|run| wait(run.scenario(), name));
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
                TimerKind::Delay | TimerKind::Preempt => format!(
                    "{who} waits {a} before it starts an election in {left}, and {b} in {right}."
                ),
                TimerKind::Quorum => format!(
                    "{who} is confirmed for {a} in {left}, and for {b} in {right}."
                ),
                TimerKind::Heartbeat => format!(
                    "{who} suspects its leader after {a} without a Heartbeat in {left}, and after {b} in {right}."
                ),
            }
        })
    })
}

/// How long the timer runs, by the clock of its process.
fn wait(scenario: &Scenario, name: TimerId) -> Option<Duration> {
    let wait = match (name.timer, scenario.detector_of(name.of)) {
        (TimerKind::Alive, _) => scenario.timeouts.alive,
        (TimerKind::Elected, _) => scenario.timeouts.elected,
        (TimerKind::Beat, Detector::Heartbeat { every, .. }) => every,
        (TimerKind::Heartbeat, Detector::Heartbeat { timeout, .. }) => timeout,
        (TimerKind::Delay, _) => scenario.algorithm.candidates().delay,
        (TimerKind::Preempt, _) => match scenario.preemption {
            Preemption::After(wait) => wait,
            Preemption::On | Preemption::Off => return None,
        },
        // How long it runs depends on when acknowledgements came.
        (TimerKind::Quorum, _) => return None,
        (TimerKind::Beat | TimerKind::Heartbeat, Detector::Scripted) => return None,
    };
    Some(scenario.drifted(name.of, wait))
}

/// An override of the message, the settings of its link, or the seed.
fn message(pair: RunPair, event: &Event, name: MessageId, what: LinkSetting) -> Option<String> {
    if let Some(text) = fixed_by(pair, ChoiceId::Message(name)) {
        return Some(text);
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

/// The overrides of a choice that only one of the scripts has.
fn fixed_by(pair: RunPair, choice: ChoiceId) -> Option<String> {
    let texts = pair.runs.map(|run| {
        let scenario = run.scenario();
        let of = |index: &usize| scenario.overrides[*index].choice() == choice;
        let all = (0..scenario.overrides.len())
            .filter(of)
            .map(|index| script::format_override(scenario, index));
        all.collect::<Vec<_>>()
    });
    let only = [0, 1].map(|side| {
        let theirs = &texts[1 - side];
        let own = texts[side].iter().find(|line| !theirs.contains(line));
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
