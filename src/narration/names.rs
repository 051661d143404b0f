//! The names of ranks in sentences, and the events that concern a group.

use crate::scenario::{Fault, FaultArguments, Links, Scenario};
use crate::simulation::{Event, World};
use crate::types::{GroupId, Rank, listed, spanned};
use std::borrow::Cow;
use std::fmt;

/// The largest number of ranks that are listed one by one.
const MOST_NAMED: usize = 8;
/// The shortest run of ranks that is shortened to its first and last one.
const SHORTEST_RUN: usize = 4;

/// Ascending ranks; of many, those that follow each other are named by the first and the last.
pub(super) fn named(scenario: &Scenario, ranks: &[Rank]) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{}", listed(&names(scenario, ranks))))
}

/// Likewise the ends of links or a side of a cut, which may be a whole zone.
pub(super) fn named_or_zone(scenario: &Scenario, ranks: &[Rank]) -> impl fmt::Display {
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
