//! What the story of one group tells: what its members do, what befalls them, and what befalls the
//! links between them.

use crate::scenario::{Fault, Links};
use crate::simulation::{Event, World};
use crate::types::{GroupId, Rank};

/// The world is any of the event's run: it only knows the scenario.
pub fn concerns(event: &Event, world: &World, group: GroupId) -> bool {
    let members = &world.scenario().group(group).members;
    match (event.group, event.rank) {
        (Some(of), _) => of == group,
        (None, Some(rank)) => members.contains(&rank),
        (None, None) => world.fault(event.cause).is_none_or(|fault| concerns_group(fault, members)),
    }
}

/// Whether something that befalls the network changes a link between two of these.
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
