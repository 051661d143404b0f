//! What the first different events come of: the same or not, and what in the scenarios makes the
//! difference.

use super::{RunPair, Seek};
use crate::choice::ChoiceId;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::scenario::script::{self, write};
use crate::simulation::{Cause, Event, EventKind, StopReason};
use crate::types::TimerKind;

/// As many lines of each script are quoted.
const QUOTED: usize = 3;

/// The nearest cause first. `events` are the first different ones, none where nothing more happens.
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

/// Where one run has ended before the other goes on.
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

/// What the two events come of.
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
            run.event(id).map_or_else(String::new, |event| occasion(run.scenario(), &event))
        }
    }
}

/// `3 hears Alive from 5, at 230 ms`
fn occasion(scenario: &Scenario, event: &Event) -> String {
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

/// Where no single choice accounts for it: the algorithm, or whatever else the scripts say.
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

/// The lines that decide a run and that only one of the scripts has, in canonical spelling; what is
/// as by default has none.
pub fn statements(runs: [&Run; 2]) -> [Vec<String>; 2] {
    let lines = runs.map(|run| {
        let script = write(run.scenario());
        let decides = |line: &&str| {
            let told = ["title ", "about ", "expect ", "name ", "zone ", "mark ", "figure "];
            !line.is_empty() && !told.iter().any(|word| line.starts_with(word))
        };
        script.lines().filter(decides).map(str::to_owned).collect::<Vec<_>>()
    });
    [0, 1].map(|side| {
        // A line may stand there twice.
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
