//! Describes events in short plain sentences with the process as subject. The names of ranks in sentences are here
//! too.
//!
//! What a handler did is one sentence together with its cause, at its instant: "3 has waited 60 ms. The
//! highest rank that answered is 5, so 3 tells 5 to proceed." The text comes from the typed reasons of the
//! events and decides nothing: no digest covers it.

mod chain;
mod divergence;
mod findings;
mod member;
mod paragraph;
mod rules;
mod scenario;
mod transcript;

pub use chain::{Explanation, ExplanationStep, StepMark, chain, why};
pub use divergence::{
    Divergence, DivergencePoint, DivergenceSearch, DivergenceSide, RunPair, apart, seek, statements,
};
pub use findings::{
    compare_cells, compared_cell, describe_cell, describe_danger, describe_endless,
    describe_interval, describe_move, describe_moves_tried, describe_one_move, describe_share,
    explanation, promise, share_of_runs, wait,
};
pub use member::Missing;
pub use scenario::{
    concerns_whole_run, describe_entry, describe_fault, describe_override, ends, expectation,
    left_open, reason, request_fault, summarise_fault,
};
pub use transcript::{transcript, transcript_of, write_transcript};

use crate::choice::ChoiceId;
use crate::run::Run;
use crate::scenario::{Fault, FaultArguments, Links, Scenario};
use crate::simulation::{Cause, Event, EventId, EventKind, LossReason, World};
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank, listed, spanned};
use paragraph::{Paragraph, paragraphs};
use std::borrow::Cow;
use std::fmt;

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
        ) => scenario::network(head, world),
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

/// The largest number of ranks that are listed one by one.
const MOST_NAMED: usize = 8;
/// The shortest run of ranks that is shortened to its first and last one.
const SHORTEST_RUN: usize = 4;

/// Ascending ranks; of many, those that follow each other are named by the first and the last.
fn named(scenario: &Scenario, ranks: &[Rank]) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{}", listed(&names(scenario, ranks))))
}

/// Likewise the ends of links or a side of a cut, which may be a whole zone.
fn named_or_zone(scenario: &Scenario, ranks: &[Rank]) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{}", listed(&zone_or_names(scenario, ranks))))
}

/// One side of several: `3`, or `{1, 2}`, so that an `and` behind it cannot be taken for one within.
pub fn side(scenario: &Scenario, ranks: &[Rank]) -> impl fmt::Display {
    fmt::from_fn(move |f| match &*zone_or_names(scenario, ranks) {
        [only] => f.write_str(only),
        several => write!(f, "{{{}}}", several.join(", ")),
    })
}

fn names(scenario: &Scenario, ranks: &[Rank]) -> Vec<String> {
    let called = |rank: &Rank| scenario.called(*rank).to_string();
    match ranks.len() <= MOST_NAMED {
        true => ranks.iter().map(called).collect(),
        false => runs(scenario, ranks).flat_map(|run| name(scenario, run)).collect(),
    }
}

fn zone_or_names(scenario: &Scenario, ranks: &[Rank]) -> Vec<String> {
    match scenario.zone_that_is(ranks) {
        Some(zone) => vec![zone.name.clone()],
        None => names(scenario, ranks),
    }
}

/// A process with a name is a run of its own: it is in no "1 to 5".
fn runs<'a>(scenario: &Scenario, ranks: &'a [Rank]) -> impl Iterator<Item = &'a [Rank]> {
    let has_name = |rank: &Rank| scenario.names.contains_key(rank);
    ranks.chunk_by(move |one, next| {
        u32::from(one.get()) + 1 == u32::from(next.get()) && !has_name(one) && !has_name(next)
    })
}

fn name(scenario: &Scenario, run: &[Rank]) -> Vec<String> {
    match spanned(run, SHORTEST_RUN) {
        Some(run) => vec![run.to_string()],
        None => run.iter().map(|rank| scenario.called(*rank).to_string()).collect(),
    }
}

/// Whether an event concerns a group. `world` may be any world of the event's run: only its scenario is used.
pub fn concerns(event: &Event, world: &World, group: GroupId) -> bool {
    let members = &world.scenario().group(group).members;
    match (event.group, event.rank) {
        (Some(of), _) => of == group,
        (None, Some(rank)) => members.contains(&rank),
        (None, None) => world.fault(event.cause).is_none_or(|fault| concerns_group(fault, members)),
    }
}

/// Whether a fault of the network changes a link between two of these members.
fn concerns_group(fault: &Fault, members: &[Rank]) -> bool {
    let has = |side: &[Rank]| side.iter().any(|rank| members.contains(rank));
    let touches = |links: Cow<'_, Links>| {
        let inside = |rank: &Rank| members.contains(rank);
        links.each().any(|link| inside(&link.from) && inside(&link.to))
    };
    let FaultArguments { sides, links, .. } = fault.arguments();
    let is_split = sides.iter().filter(|side| has(side)).count() > 1;
    (sides.is_empty() || is_split) && links.is_none_or(touches)
}

/// A number with commas: `35,778`.
pub fn grouped(number: u64) -> String {
    match number / 1_000 {
        0 => number.to_string(),
        thousands => format!("{},{:03}", grouped(thousands), number % 1_000),
    }
}

/// Words that stand in a line as a sentence of their own.
pub fn sentence(text: &str) -> String {
    let stop = if text.ends_with('?') { "" } else { "." };
    capitalised(text) + stop
}

/// With a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map_or_else(String::new, |c| c.to_uppercase().collect());
    first + letters.as_str()
}

/// With a small first letter, as in the middle of a sentence.
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map_or_else(String::new, |c| c.to_lowercase().collect());
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_ranks_are_named_one_by_one_and_many_by_their_ends() {
        let named = |ranks: &[u16]| {
            let ranks: Vec<Rank> = ranks.iter().filter_map(|&rank| Rank::new(rank)).collect();
            super::named(&Scenario::default(), &ranks).to_string()
        };
        assert_eq!(named(&[]), "nobody");
        assert_eq!(named(&[4, 5, 6]), "4, 5 and 6");
        assert_eq!(named(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), "1 to 9");
        assert_eq!(named(&[1, 2, 3, 4, 5, 7, 9, 10, 11, 12]), "1 to 5, 7 and 9 to 12");
    }

    #[test]
    fn a_side_of_several_is_one_thing() {
        let side = |ranks: &[u16]| {
            let ranks: Vec<Rank> = ranks.iter().filter_map(|&rank| Rank::new(rank)).collect();
            super::side(&Scenario::default(), &ranks).to_string()
        };
        assert_eq!(side(&[4]), "4");
        assert_eq!(side(&[4, 5, 6]), "{4, 5, 6}");
        assert_eq!(side(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 11]), "{1 to 9, 11}");
    }
}
