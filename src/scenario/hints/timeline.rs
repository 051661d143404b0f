//! Hints about the timeline: what never happens, and what cuts more or less than it says.

use super::Hint;
use crate::scenario::ScheduledFault;
use crate::scenario::{Fault, Scenario, ScenarioPart};
use crate::types::{Rank, listed};
use std::collections::BTreeSet;

pub(super) fn too_late(scenario: &Scenario) -> Vec<Hint> {
    let end = scenario.end();
    let late = scenario.timeline.iter().enumerate().filter(|(_, entry)| entry.first() > end);
    let hints = late.map(|(index, entry)| Hint {
        place: ScenarioPart::Entry(index),
        text: format!("it never happens: the run ends at {end}, before {}", entry.first()),
    });
    hints.collect()
}

pub(super) fn on_no_side(scenario: &Scenario) -> Vec<Hint> {
    let partitions = scenario.timeline.iter().enumerate().filter_map(|(index, entry)| {
        let sides = entry.fault().and_then(partition)?;
        let beside = scenario.ranks.iter().filter(|rank| !sides.iter().any(|s| s.contains(rank)));
        let beside: Vec<Rank> = beside.copied().collect();
        let text = match &*beside {
            [] => return None,
            [only] => format!("process {only} is on no side and keeps all its links"),
            several => {
                let several = listed(several);
                format!("processes {several} are on no side and keep all their links")
            }
        };
        Some(Hint { place: ScenarioPart::Entry(index), text })
    });
    partitions.collect()
}

/// Cuts add up, so a second partition does not replace the first.
pub(super) fn on_top_of_a_partition(
    scenario: &Scenario,
    scheduled_faults: &[ScheduledFault],
) -> Vec<Hint> {
    let sides = |entry: usize| scenario.timeline[entry].fault().and_then(partition);
    // The entry of the partition that stands.
    let mut standing: Option<usize> = None;
    let mut found = BTreeSet::new();
    for &ScheduledFault { entry, ref fault, .. } in scheduled_faults {
        match &**fault {
            Fault::Heal(None) => standing = None,
            Fault::Partition(_) => {
                if standing.is_some_and(|other| other != entry && sides(other) != sides(entry)) {
                    found.insert(entry);
                }
                standing = Some(entry);
            }
            _ => {}
        }
    }
    let hints = found.into_iter().map(|index| Hint {
        place: ScenarioPart::Entry(index),
        text: "an earlier partition still stands, and cuts add up; heal first".to_owned(),
    });
    hints.collect()
}

fn partition(fault: &Fault) -> Option<&Vec<Vec<Rank>>> {
    match fault {
        Fault::Partition(sides) => Some(sides),
        _ => None,
    }
}
