//! Why something happened: back along the chain of causes, each link in a sentence.

use super::{StoryLine, describe};
use crate::election::Reason;
use crate::run::Run;
use crate::scenario::Link;
use crate::simulation::{Cause, Event, EventId, EventKind, Status};
use crate::types::{MessageKind, Rank};

/// A longer chain is one thing over and over, such as elections that nobody wins.
const LONGEST: usize = 64;

/// What led to an event, the event itself first and the fault or the start that began it last.
///
/// A suspicion ends the chain with whether it was right: what was heard before it explains nothing.
/// So does a heartbeat: it is sent because the one before was.
pub fn why(run: &Run, event: EventId) -> Vec<StoryLine> {
    let mut chain: Vec<StoryLine> = Vec::new();
    let mut next = Some(event);
    while let Some(event) = next.filter(|_| chain.len() < LONGEST).and_then(|id| run.event(id)) {
        let same_step = run.step_of(event.id);
        let lines = describe(&same_step, run.head());
        // What is lost or copied in the middle of what a member did has a line of its own within.
        let tells = |line: &StoryLine| (line.first..=line.last).contains(&event.id);
        let Some(line) = lines.into_iter().filter(tells).max_by_key(|line| line.first) else {
            break;
        };
        let told: Vec<&Event> =
            same_step.iter().filter(|e| (line.first..=line.last).contains(&e.id)).collect();
        if let Some((suspicion, suspect)) = suspected(&told) {
            chain.push(line);
            chain.extend(verdict(run, suspicion, suspect));
            break;
        }
        next = answer(run, &told).or(match line.cause {
            Cause::Event(cause) if !beats(&told) => Some(cause),
            Cause::Event(_) | Cause::Start | Cause::Timeline(_) => None,
        });
        chain.push(line);
    }
    chain
}

/// A decision at the end of a wait rests on an answer, not on the question that began the wait.
fn answer(run: &Run, told: &[&Event]) -> Option<EventId> {
    let (decision, set, best) = told.iter().find_map(|event| match (event.what, event.reason) {
        (
            EventKind::TimedOut { set },
            Some(Reason::TellsToProceed { best } | Reason::LeavesItToHigher { best }),
        ) => Some((event, set, best)),
        _ => None,
    })?;
    let heard = run.each(set, decision.at).filter(|event| heard_from(event, decision, best));
    heard.last().map(|event| event.id)
}

fn heard_from(event: &Event, decision: &Event, best: Rank) -> bool {
    event.what == EventKind::Received
        && (event.rank, event.group) == (decision.rank, decision.group)
        && event.message_kind() == Some(MessageKind::Alive)
        && event.reason == Some(Reason::HeardAlive { from: best })
}

fn beats(told: &[&Event]) -> bool {
    told.iter().any(|event| event.reason == Some(Reason::KeepsAlive))
}

/// Whom a line tells to be suspected.
fn suspected<'a>(told: &[&'a Event]) -> Option<(&'a Event, Rank)> {
    let mut suspicions = told.iter().filter(|event| event.what == EventKind::Suspected);
    suspicions.find_map(|event| Some((*event, event.reason?.missed()?)))
}

/// Whether a suspicion was right, with the fault that made it so.
fn verdict(run: &Run, suspicion: &Event, suspect: Rank) -> Option<StoryLine> {
    let world = run.at(suspicion.at);
    let cut = suspicion.rank.is_some_and(|to| world.is_cut(Link { from: suspect, to }));
    let (since, text) = match world.process(suspect)?.status() {
        Status::Crashed { since } => {
            (since, format!("{suspect} really was gone: it had crashed at {}.", since.spoken()))
        }
        Status::Paused { since, .. } => {
            (since, format!("{suspect} was not gone: it was frozen, since {}.", since.spoken()))
        }
        Status::Running if cut => {
            (suspicion.at, format!("{suspect} was not gone: it was running, behind the cut."))
        }
        Status::Running => (suspicion.at, format!("{suspect} was not gone: it was running.")),
    };
    let stopped = |event: &Event| {
        let stops = matches!(event.what, EventKind::Crashed { .. } | EventKind::Paused { .. });
        stops && event.rank == Some(suspect)
    };
    let fault = run.each(since, since).filter(stopped).last();
    let Event { id, cause, .. } = *fault.as_ref().unwrap_or(suspicion);
    Some(StoryLine { at: since, first: id, last: id, cause, text, routine: false })
}
