//! Describes events in short plain sentences with the process as subject.
//!
//! What a handler did is one sentence together with its cause, at its instant: "3 has waited 60 ms. The
//! highest rank that answered is 5, so 3 tells 5 to proceed." The text comes from the typed reasons of the
//! events and decides nothing: no digest covers it.

mod chain;
mod divergence;
mod expectation;
mod faults;
mod member;
mod missing;
mod names;
mod paragraph;
mod rules;
mod search;
mod sweep;
mod transcript;
mod why;

pub use chain::{Explanation, ExplanationStep, StepMark, chain};
pub use divergence::{
    Divergence, DivergencePoint, DivergenceSearch, DivergenceSide, RunPair, apart, seek, statements,
};
pub use expectation::{concerns_whole_run, expectation, left_open, reason};
pub use faults::{
    describe_entry, describe_fault, describe_override, ends, request_fault, summarise_fault,
};
pub use missing::Missing;
pub use names::{capitalised, concerns, sentence, side, uncapitalised};
pub use search::{
    describe_danger, describe_endless, describe_move, describe_moves_tried, describe_one_move,
    explanation, promise,
};
pub use sweep::{
    compare_cells, compared_cell, describe_cell, describe_interval, describe_share, share_of_runs,
    wait,
};
pub use transcript::{transcript, transcript_of, write_transcript};
pub use why::why;

use crate::choice::ChoiceId;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::simulation::{Cause, Event, EventId, EventKind, LossReason, World};
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank};
use paragraph::{Paragraph, paragraphs};

/// One line of the narration: an input or a fault, with all its consequences at the same instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryLine {
    pub at: Time,
    /// The ids of the first and the last event that the line describes.
    pub first: EventId,
    pub last: EventId,
    pub cause: Cause,
    pub text: String,
    /// Whether the line is about heartbeats that change nothing, which are counted rather than listed.
    pub routine: bool,
}

/// Describes events in order. `world` may be any world of their run: only its scenario is used.
pub fn describe(events: &[Event], world: &World) -> Vec<StoryLine> {
    describe_group(events, world, None)
}

/// Describes events for a reader who sees one group: lines about `known` do not name the group.
pub fn describe_group(events: &[Event], world: &World, known: Option<GroupId>) -> Vec<StoryLine> {
    paragraphs(events, world.scenario())
        .iter()
        .map(|paragraph| line(paragraph, world, known))
        .collect()
}

/// The last line up to an instant; regular heartbeats do not count.
pub fn last_reported(run: &Run, time: Time) -> Option<StoryLine> {
    let (from, to) = run.index().described_before(time);
    let lines = describe(&run.last_described(from, to, |_| true).0, run.head());
    lines.into_iter().rfind(|line| !line.routine)
}

fn line(paragraph: &Paragraph, world: &World, known: Option<GroupId>) -> StoryLine {
    let Paragraph { head, last, .. } = *paragraph;
    let named = head.group.filter(|_| head.group != known);
    let text = format!("{}{}", in_group(world.scenario(), named), text(paragraph, world));
    let routine = transcript::is_routine(head) || transcript::is_mere_ack(paragraph);
    StoryLine { at: head.at, first: head.id, last, cause: head.cause, text, routine }
}

/// `In orders: `, if the scenario has several groups.
fn in_group(scenario: &Scenario, group: Option<GroupId>) -> String {
    match group {
        Some(group) if scenario.is_grouped() => format!("In {}: ", scenario.group(group).name),
        _ => String::new(),
    }
}

fn text(paragraph: &Paragraph, world: &World) -> String {
    let head = paragraph.head;
    let me = head.rank.map(|rank| paragraph.called(rank));
    match (head.what, me) {
        (
            EventKind::Cut | EventKind::Healed | EventKind::LatencyChanged | EventKind::LossChanged,
            _,
        ) => faults::network(head, world),
        (EventKind::Lost(loss), _) => lost(paragraph, loss),
        (EventKind::Held, Some(me)) => match message(head) {
            Some((kind, from, _)) => {
                let from = paragraph.called(from);
                format!(
                    "The {kind} from {from} reaches {me} and waits there, since {me} is frozen."
                )
            }
            None => String::new(),
        },
        (EventKind::Duplicated { .. }, _) => match message(head) {
            Some((kind, from, to)) => {
                let (from, to) = (paragraph.called(from), paragraph.called(to));
                format!("The network duplicates the {kind} from {from} to {to}.")
            }
            None => String::new(),
        },
        (EventKind::Crashed { led }, Some(me)) => format!("{me}{} crashes.", as_leader(led)),
        (EventKind::Recovered, Some(me)) => format!("{me} recovers."),
        (EventKind::Paused { until, led }, Some(me)) => {
            format!("{me}{} freezes for {}.", as_leader(led), until.since(head.at).spoken())
        }
        (EventKind::Resumed { leads: true }, Some(me)) => {
            format!("{me} wakes, and still believes that it leads.")
        }
        (EventKind::Resumed { leads: false }, Some(me)) => format!("{me} wakes."),
        (_, Some(me)) => member::text(paragraph, me),
        (_, None) => String::new(),
    }
}

fn as_leader(led: bool) -> &'static str {
    if led { ", the leader," } else { "" }
}

fn lost(paragraph: &Paragraph, loss: LossReason) -> String {
    let Some((kind, from, to)) = message(paragraph.head) else { return String::new() };
    let (from, to) = (paragraph.called(from), paragraph.called(to));
    match loss {
        LossReason::Crashed => format!("{to} is down, so the {kind} from {from} is lost."),
        LossReason::Cut => format!("The cut stops the {kind} from {from} on its way to {to}."),
        LossReason::Chance => format!("The network loses the {kind} from {from} to {to}."),
        LossReason::Override => {
            format!("The {kind} from {from} to {to} is lost, as the script says.")
        }
    }
}

/// Kind, sender and receiver of the message of an event.
fn message(event: &Event) -> Option<(MessageKind, Rank, Rank)> {
    match event.choice {
        Some(ChoiceId::Message(name)) => Some((name.kind, name.from, name.to)),
        Some(ChoiceId::Timer(_)) | None => None,
    }
}
