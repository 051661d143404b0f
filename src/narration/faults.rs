//! Describes what happened to a process or the network.

use super::names::{named_or_zone, side};
use crate::scenario::{Fault, Links, ProcessName, Scenario};
use crate::simulation::{Event, EventKind, World};
use crate::types::Rank;

pub(super) fn process(event: &Event, me: ProcessName) -> String {
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
    let scenario = world.scenario();
    match world.fault(event.cause) {
        Some(Fault::Partition(sides)) => partition(scenario, sides),
        Some(Fault::Cut(links)) => format!("{} cut.", subject(scenario, links)),
        Some(Fault::Heal(None)) => "The network heals.".to_owned(),
        Some(Fault::Heal(Some(links))) => format!("{} healed.", subject(scenario, links)),
        Some(Fault::Latency { links, latency }) => {
            let range = if latency.lo() == latency.hi() {
                latency.lo().spoken().to_string()
            } else {
                format!("{} to {}", latency.lo().spoken(), latency.hi().spoken())
            };
            format!("Messages{} now take {range}.", along(scenario, links.as_ref()))
        }
        Some(Fault::Loss { links, rate }) => {
            format!(
                "Of the messages{}, {rate} are lost from now on.",
                along(scenario, links.as_ref())
            )
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

fn partition(scenario: &Scenario, sides: &[Vec<Rank>]) -> String {
    match sides {
        [one, other] => {
            format!(
                "The network splits: {} on one side, {} on the other.",
                named_or_zone(scenario, one),
                named_or_zone(scenario, other)
            )
        }
        sides => {
            let sides: Vec<String> =
                sides.iter().map(|side| named_or_zone(scenario, side).to_string()).collect();
            format!("The network splits into {} sides: {}.", sides.len(), sides.join("; "))
        }
    }
}

/// `The link between 3 and 6 is`, `The links from 1 and 2 to 4 are`.
fn subject(scenario: &Scenario, links: &Links) -> String {
    let single = links.from.len() == 1 && links.to.len() == 1;
    let (noun, verb) = if single { ("link", "is") } else { ("links", "are") };
    format!("The {noun} {} {verb}", ends(scenario, links))
}

fn along(scenario: &Scenario, links: Option<&Links>) -> String {
    links.map_or_else(String::new, |links| format!(" {}", ends(scenario, links)))
}

/// `between 3 and 6`, `between {1, 2} and {4, 5}`, `from 1 and 2 to 4`.
pub fn ends(scenario: &Scenario, Links { from, to, both }: &Links) -> String {
    match both {
        true => format!("between {} and {}", side(scenario, from), side(scenario, to)),
        false => {
            format!("from {} to {}", named_or_zone(scenario, from), named_or_zone(scenario, to))
        }
    }
}
