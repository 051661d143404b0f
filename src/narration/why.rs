//! The chain of causes behind an event, and the text of each reason.

use super::paragraph::paragraphs;
use super::rules::{self, RuleAnswer};
use super::{StoryLine, describe};
use crate::election::{CandidatesReason, Reason};
use crate::run::Run;
use crate::scenario::{Link, Scenario};
use crate::simulation::{Cause, Event, EventId, EventKind, Status};
use crate::time::Time;
use crate::types::{MessageKind, Rank, Role};

/// The longest chain; longer ones only repeat, such as elections that no process wins.
const LONGEST: usize = 64;

/// The chain of causes of an event: the event itself first, the fault or the start that began it last.
///
/// A suspicion ends the chain, with the verdict whether it was right: no event before it explains it. A
/// heartbeat ends the chain too: its cause is the previous heartbeat.
pub fn why(run: &Run, event: EventId) -> Vec<StoryLine> {
    let mut chain: Vec<StoryLine> = Vec::new();
    let mut next = Some(event);
    while let Some(event) = next.filter(|_| chain.len() < LONGEST).and_then(|id| run.event(id)) {
        let same_step = run.step_of(event.id);
        let lines = describe(&same_step, run.head());
        // A loss or a copy between a member's events has a line of its own.
        let tells = |line: &StoryLine| (line.first..=line.last).contains(&event.id);
        let Some(line) = lines.into_iter().filter(tells).max_by_key(|line| line.first) else {
            break;
        };
        let events: Vec<&Event> =
            same_step.iter().filter(|e| (line.first..=line.last).contains(&e.id)).collect();
        if let Some((suspicion, suspect)) = suspected(&events) {
            chain.push(line);
            chain.extend(verdict(run, suspicion, suspect));
            break;
        }
        next = claim(run, &events).or_else(|| answer(run, &events)).or(match line.cause {
            Cause::Event(cause) if !beats(&events) => Some(cause),
            Cause::Event(_) | Cause::Start | Cause::Timeline(_) => None,
        });
        chain.push(line);
    }
    chain
}

/// A decision at the end of a wait rests on an answer, not on the question that began the wait.
fn answer(run: &Run, events: &[&Event]) -> Option<EventId> {
    let (decision, set, best) =
        events.iter().find_map(|event| match (event.what, event.reason) {
            (
                EventKind::TimedOut { set },
                Some(
                    Reason::TellsToProceed { best }
                    | Reason::LeavesItToHigher { best }
                    | Reason::Candidates(CandidatesReason::Announces { winner: best }),
                ),
            ) => Some((event, set, best)),
            _ => None,
        })?;
    let heard = run.each(set, decision.at).filter(|event| heard_from(event, decision, best));
    heard.last().map(|event| event.id)
}

/// A leader that a quorum confirms claimed the lead before: that is what an explanation goes back to.
fn claim(run: &Run, events: &[&Event]) -> Option<EventId> {
    let head = events.first()?;
    let leads = events.iter().any(|event| event.what == EventKind::Became(Role::Leads));
    if !leads || !matches!(head.reason, Some(Reason::Quorum(_))) {
        return None;
    }
    let claims = |event: &Event| {
        event.what == EventKind::Became(Role::Claims)
            && (event.rank, event.group) == (head.rank, head.group)
            && event.id < head.id
    };
    run.each(Time::ZERO, head.at).filter(claims).last().map(|event| event.id)
}

fn heard_from(event: &Event, decision: &Event, best: Rank) -> bool {
    event.what == EventKind::Received
        && (event.rank, event.group) == (decision.rank, decision.group)
        && event.message_kind() == Some(MessageKind::Alive)
        && event.reason == Some(Reason::HeardAlive { from: best })
}

fn beats(events: &[&Event]) -> bool {
    events.iter().any(|event| event.reason == Some(Reason::KeepsAlive))
}

/// Whom a line tells to be suspected.
fn suspected<'a>(events: &[&'a Event]) -> Option<(&'a Event, Rank)> {
    // Raft's election timeout is a suspicion too.
    let suspects = |event: &Event| {
        event.what == EventKind::Suspected
            || matches!(
                (event.what, event.reason),
                (EventKind::TimedOut { .. }, Some(Reason::Raft(_)))
            )
    };
    let mut suspicions = events.iter().filter(|event| suspects(event));
    suspicions.find_map(|event| Some((*event, event.reason?.missed()?)))
}

/// Whether a suspicion was right, with the fault that decides it.
fn verdict(run: &Run, suspicion: &Event, suspect: Rank) -> Option<StoryLine> {
    let world = run.at(suspicion.at);
    let cut = suspicion.rank.is_some_and(|to| world.is_cut(Link { from: suspect, to }));
    let called = run.scenario().called(suspect);
    let (since, text) = match world.process(suspect)?.status() {
        Status::Crashed { since } => {
            (since, format!("{called} really was gone: it had crashed at {}.", since.spoken()))
        }
        Status::Paused { since, .. } => {
            (since, format!("{called} was not gone: it was frozen, since {}.", since.spoken()))
        }
        Status::Running if cut => {
            (suspicion.at, format!("{called} was not gone: it was running, behind the cut."))
        }
        Status::Running => (suspicion.at, format!("{called} was not gone: it was running.")),
    };
    let stopped = |event: &Event| {
        let stops = matches!(event.what, EventKind::Crashed { .. } | EventKind::Paused { .. });
        stops && event.rank == Some(suspect)
    };
    let fault = run.each(since, since).filter(stopped).last();
    let Event { id, cause, .. } = *fault.as_ref().unwrap_or(suspicion);
    Some(StoryLine { at: since, first: id, last: id, cause, text, routine: false })
}

/// Nothing where no member decided anything: then the line says all.
pub(crate) fn because(events: &[Event], scenario: &Scenario) -> Option<String> {
    let all = paragraphs(events, scenario);
    let paragraph = all.first()?;
    let actor = paragraph.actor();
    let (me, reason) = (actor.rank?, actor.reason?);
    let RuleAnswer { did, why } = rules::action(paragraph, me, reason).answer?;
    // Where a quorum has to acknowledge it first, a leader only claims the lead.
    let did = match paragraph.became {
        Some(Role::Claims) if did == "leads" => "claimed the lead",
        _ => &did,
    };
    Some(format!("{} {did} because {why}.", scenario.called(me)))
}
