//! What befell a process or the network.

use super::names::named;
use crate::scenario::{Fault, Links};
use crate::simulation::{Event, What, World};
use crate::vocabulary::Rank;

pub(super) fn process(event: &Event, me: Rank) -> String {
    match event.what {
        What::Crashed { led: true } => format!("{me}, the leader, crashes."),
        What::Crashed { led: false } => format!("{me} crashes."),
        What::Recovered => format!("{me} recovers."),
        What::Paused { until, led } => {
            let leader = if led { ", the leader," } else { "" };
            format!("{me}{leader} freezes for {}.", until.since(event.at).spoken())
        }
        What::Resumed { leads: true } => format!("{me} wakes, and still believes that it leads."),
        What::Resumed { leads: false } => format!("{me} wakes."),
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
    let Links { from, to, both } = links;
    let single = from.len() == 1 && to.len() == 1;
    let (noun, verb) = if single { ("link", "is") } else { ("links", "are") };
    if *both {
        format!("The {noun} between {} and {} {verb}", named(from), named(to))
    } else {
        format!("The {noun} from {} to {} {verb}", named(from), named(to))
    }
}

fn along(links: Option<&Links>) -> String {
    match links {
        None => String::new(),
        Some(Links { from, to, both: true }) => {
            format!(" between {} and {}", named(from), named(to))
        }
        Some(Links { from, to, both: false }) => {
            format!(" from {} to {}", named(from), named(to))
        }
    }
}
