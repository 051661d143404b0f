//! The chain of causes behind an event, as sentences, and for a panel and a diagram: a question, and the steps of the
//! answer, each with its mark, its line of the script and its messages.

use super::member::{Missing, missing};
use super::paragraph::paragraphs;
use super::rules::{self, RuleAnswer};
use super::{StoryLine, describe};
use crate::choice::{ChoiceId, MessageId};
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

/// The chain of causes of an event, as a question and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// `Why does 5 lead?`
    pub question: String,
    /// The answer: the event that is asked about first, its first cause last.
    pub steps: Vec<ExplanationStep>,
}

/// A step of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplanationStep {
    pub line: StoryLine,
    /// The sentence with its reason: `5 leads because 3 told it to proceed.`
    pub text: String,
    /// The messages that would have changed it and did not arrive in time.
    pub missing: Vec<Missing>,
    /// The processes of its events.
    pub ranks: Vec<Rank>,
    pub mark: StepMark,
    /// The index of the timeline's line that causes it.
    pub entry: Option<usize>,
    /// The messages on which the previous step is based: a diagram highlights them.
    pub messages: Vec<MessageId>,
}

/// The sign beside a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepMark {
    Leads(Rank),
    /// A message, and the leader that it names.
    Message(MessageKind, Option<Rank>),
    Suspects,
    Crashed,
    Paused,
    Other,
}

impl Explanation {
    /// The ids of each step's first and last event.
    pub fn events(&self) -> impl Iterator<Item = (EventId, EventId)> + '_ {
        self.steps.iter().map(|step| (step.line.first, step.line.last))
    }

    /// The messages of all steps; a message may occur several times.
    pub fn messages(&self) -> impl Iterator<Item = MessageId> + '_ {
        self.steps.iter().flat_map(|step| {
            let missing = step.missing.iter().map(|missing| missing.message);
            step.messages.iter().copied().chain(missing)
        })
    }

    /// The processes of all steps, and the senders and receivers of their messages; a process may occur
    /// several times.
    pub fn ranks(&self) -> impl Iterator<Item = Rank> + '_ {
        let own = self.steps.iter().flat_map(|step| step.ranks.iter().copied());
        own.chain(self.messages().flat_map(|name| [name.from, name.to]))
    }

    /// The instant of the earliest step; `None` without steps.
    pub fn since(&self) -> Option<Time> {
        self.steps.iter().map(|step| step.line.at).min()
    }
}

/// Explains an event. The explanation is empty if the run has no such event.
pub fn chain(run: &Run, event: EventId) -> Explanation {
    let scheduled_faults = run.scenario().scheduled_faults();
    let lines = why(run, event);
    let mut question = String::new();
    let mut steps: Vec<ExplanationStep> = Vec::with_capacity(lines.len());
    for line in lines {
        let mut events = run.step_of(line.first);
        events.retain(|event| (line.first..=line.last).contains(&event.id));
        if steps.is_empty() {
            question = asked(run.scenario(), &events, event);
        }
        // The verdict on a suspicion has the events of the suspicion itself.
        let is_verdict = steps
            .last()
            .is_some_and(|step| (step.line.first..=step.line.last).contains(&line.first));
        let entry = events.iter().map(|event| event.cause).chain([line.cause]).find_map(entry_of);
        let entry = entry.and_then(|place| Some(scheduled_faults.get(place)?.entry));
        let after = steps.last().and_then(|step| step.messages.first().copied());
        let messages = about(&events, after);
        steps.push(ExplanationStep {
            mark: mark(&events),
            entry,
            messages,
            text: because(&events, run.scenario())
                .filter(|_| !is_verdict)
                .unwrap_or_else(|| line.text.clone()),
            missing: missing(run, &events),
            ranks: events.iter().filter_map(|event| event.rank).collect(),
            line,
        });
    }
    Explanation { question, steps }
}

const fn entry_of(cause: Cause) -> Option<usize> {
    match cause {
        Cause::Timeline(place) => Some(place as usize),
        Cause::Start | Cause::Event(_) => None,
    }
}

/// The message that began a step. Of one that only sent, what the step before had heard: not all
/// that it said, since the rest led elsewhere.
fn about(events: &[Event], heard: Option<MessageId>) -> Vec<MessageId> {
    let head =
        events.first().filter(|head| matches!(head.what, EventKind::Received | EventKind::Lost(_)));
    let name = head
        .and_then(message)
        .or_else(|| events.iter().filter_map(message).find(|&name| Some(name) == heard));
    name.into_iter().collect()
}

fn message(event: &Event) -> Option<MessageId> {
    match event.choice {
        Some(ChoiceId::Message(name)) => Some(name),
        Some(ChoiceId::Timer(_)) | None => None,
    }
}

fn became(events: &[Event]) -> Option<(Rank, Role)> {
    events.iter().rev().find_map(|event| {
        let EventKind::Became(role) = event.what else { return None };
        Some((event.rank?, role))
    })
}

fn mark(events: &[Event]) -> StepMark {
    if let Some((rank, Role::Leads)) = became(events) {
        return StepMark::Leads(rank);
    }
    let has = |what: fn(&EventKind) -> bool| events.iter().any(|event| what(&event.what));
    if has(|what| matches!(what, EventKind::Suspected)) {
        return StepMark::Suspects;
    }
    if has(|what| matches!(what, EventKind::Crashed { .. })) {
        return StepMark::Crashed;
    }
    if has(|what| matches!(what, EventKind::Paused { .. })) {
        return StepMark::Paused;
    }
    let sent = events.iter().find(|event| matches!(event.what, EventKind::Sent { .. }));
    let names = sent.and_then(|event| event.what.names());
    match sent.or(events.first()).and_then(message) {
        Some(name) => StepMark::Message(name.kind, names),
        None => StepMark::Other,
    }
}

/// What the reader asks, as a question.
fn asked(scenario: &Scenario, events: &[Event], event: EventId) -> String {
    let called = |rank| scenario.called(rank);
    match became(events) {
        Some((rank, Role::Leads)) => return format!("Why does {} lead?", called(rank)),
        Some((rank, Role::Follows(leader))) => {
            return format!("Why does {} follow {}?", called(rank), called(leader));
        }
        _ => {}
    }
    if let Some(rank) =
        events.iter().find(|e| e.what == EventKind::StartedElection).and_then(|e| e.rank)
    {
        return format!("Why does {} hold an election?", called(rank));
    }
    let Some(event) = events.iter().find(|other| other.id == event).or(events.first()) else {
        return "Why?".to_owned();
    };
    match (event.what, message(event), event.rank.map(called)) {
        (EventKind::Lost(_), Some(name), _) => {
            format!(
                "Why is the {} from {} to {} lost?",
                name.kind,
                called(name.from),
                called(name.to)
            )
        }
        (EventKind::Sent { .. }, Some(name), _) => {
            format!("Why does {} send {} to {}?", called(name.from), name.kind, called(name.to))
        }
        (EventKind::Received, Some(name), _) => {
            format!("Why does {} hear {} from {}?", called(name.to), name.kind, called(name.from))
        }
        (EventKind::Crashed { .. }, _, Some(rank)) => format!("Why does {rank} crash?"),
        (EventKind::Recovered | EventKind::Booted, _, Some(rank)) => {
            format!("Why does {rank} start?")
        }
        (EventKind::Paused { .. }, _, Some(rank)) => format!("Why does {rank} freeze?"),
        (EventKind::Resumed { .. }, _, Some(rank)) => format!("Why does {rank} wake?"),
        (EventKind::Cut, ..) => "Why is the network cut?".to_owned(),
        (EventKind::Healed, ..) => "Why does the network heal?".to_owned(),
        (EventKind::TimedOut { .. }, _, Some(rank)) => format!("Why does {rank} wait no longer?"),
        _ => "Why did this happen?".to_owned(),
    }
}
