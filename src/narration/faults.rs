//! Describes faults of processes and of the network.

use super::names::{named, side};
use crate::scenario::{Fault, Links};
use crate::simulation::{Event, EventKind, World};
use crate::types::Rank;

pub(super) fn process(event: &Event, me: Rank) -> String {
    match event.what {
        EventKind::Crashed { led: true } => format!("{me}, the leader, crashes."),
        EventKind::Crashed { led: false } => format!("{me} crashes."),
        EventKind::Recovered => format!("{me} recovers."),
        EventKind::Paused { until, led } => {
            let leader = if led { ", the leader," } else { "" };
            format!("{me}{leader} freezes for {}.", until.since(event.at).spoken())
        }
        EventKind::Resumed { leads: true } => {
            format!("{me} wakes, and still believes that it leads.")
        }
        EventKind::Resumed { leads: false } => format!("{me} wakes."),
        _ => String::new(),
    }
}

pub(super) fn network(event: &Event, world: &World) -> String {
    match world.fault(event.cause) {
        Some(Fault::Partition(sides)) => partition(sides),
        Some(Fault::Cut(links)) => format!("{} cut.", subject(links)),
        Some(Fault::Heal(None)) => "The network heals.".to_owned(),
        Some(Fault::Heal(Some(links))) => format!("{} healed.", subject(links)),
        Some(Fault::Latency { links, latency }) => {
            let range = if latency.lo() == latency.hi() {
                latency.lo().spoken().to_string()
            } else {
                format!("{} to {}", latency.lo().spoken(), latency.hi().spoken())
            };
            format!("Messages{} now take {range}.", along(links.as_ref()))
        }
        Some(Fault::Loss { links, rate }) => {
            format!("Of the messages{}, {rate} are lost from now on.", along(links.as_ref()))
        }
        Some(
            Fault::Crash(_)
            | Fault::Recover(_)
            | Fault::Suspect { .. }
            | Fault::Pause { .. }
            | Fault::Resume(_),
        )
        | None => String::new(),
    }
}

fn partition(sides: &[Vec<Rank>]) -> String {
    match sides {
        [one, other] => {
            format!(
                "The network splits: {} on one side, {} on the other.",
                named(one),
                named(other)
            )
        }
        sides => {
            let sides: Vec<String> = sides.iter().map(|side| named(side).to_string()).collect();
            format!("The network splits into {} sides: {}.", sides.len(), sides.join("; "))
        }
    }
}

/// `The link between 3 and 6 is`, `The links from 1 and 2 to 4 are`.
fn subject(links: &Links) -> String {
    let single = links.from.len() == 1 && links.to.len() == 1;
    let (noun, verb) = if single { ("link", "is") } else { ("links", "are") };
    format!("The {noun} {} {verb}", ends(links))
}

fn along(links: Option<&Links>) -> String {
    links.map_or_else(String::new, |links| format!(" {}", ends(links)))
}

/// `between 3 and 6`, `between {1, 2} and {4, 5}`, `from 1 and 2 to 4`.
pub fn ends(Links { from, to, both }: &Links) -> String {
    match both {
        true => format!("between {} and {}", side(from), side(to)),
        false => format!("from {} to {}", named(from), named(to)),
    }
}
