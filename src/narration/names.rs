//! The names of ranks in sentences, and the events that concern a group.

use crate::scenario::{Fault, Links};
use crate::simulation::{Event, World};
use crate::types::{GroupId, Rank, listed, spanned};
use std::fmt;

/// The largest number of ranks that are listed one by one.
const MOST_NAMED: usize = 8;
/// The shortest run of ranks that is shortened to its first and last one.
const SHORTEST_RUN: usize = 4;

/// Ascending ranks; if there are many, consecutive ones are shortened to the first and the last.
pub(super) fn named(ranks: &[Rank]) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{}", listed(&names(ranks))))
}

/// One of several sides: `3`, or `{1, 2}`, so that an `and` after it cannot be read as part of it.
pub fn side(ranks: &[Rank]) -> impl fmt::Display {
    fmt::from_fn(move |f| match ranks {
        [only] => write!(f, "{only}"),
        several => write!(f, "{{{}}}", names(several).join(", ")),
    })
}

fn names(ranks: &[Rank]) -> Vec<String> {
    match ranks.len() <= MOST_NAMED {
        true => ranks.iter().map(ToString::to_string).collect(),
        false => runs(ranks).flat_map(name).collect(),
    }
}

fn runs(ranks: &[Rank]) -> impl Iterator<Item = &[Rank]> {
    ranks.chunk_by(|one, next| u32::from(one.get()) + 1 == u32::from(next.get()))
}

fn name(run: &[Rank]) -> Vec<String> {
    match spanned(run, SHORTEST_RUN) {
        Some(run) => vec![run.to_string()],
        None => run.iter().map(ToString::to_string).collect(),
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
    let touches = |links: &Links| {
        let inside = |rank: &Rank| members.contains(rank);
        links.each().any(|link| inside(&link.from) && inside(&link.to))
    };
    match fault {
        Fault::Partition(sides) => sides.iter().filter(|side| has(side)).count() > 1,
        Fault::Cut(links) => touches(links),
        Fault::Heal(links) => links.as_ref().is_none_or(touches),
        Fault::Latency { links, .. } | Fault::Loss { links, .. } => {
            links.as_ref().is_none_or(touches)
        }
        Fault::Crash(_)
        | Fault::Recover(_)
        | Fault::Suspect { .. }
        | Fault::Pause { .. }
        | Fault::Resume(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_ranks_are_named_one_by_one_and_many_by_their_ends() {
        let named = |ranks: &[u16]| {
            let ranks: Vec<Rank> = ranks.iter().filter_map(|&rank| Rank::new(rank)).collect();
            super::named(&ranks).to_string()
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
            super::side(&ranks).to_string()
        };
        assert_eq!(side(&[4]), "4");
        assert_eq!(side(&[4, 5, 6]), "{4, 5, 6}");
        assert_eq!(side(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 11]), "{1 to 9, 11}");
    }
}
