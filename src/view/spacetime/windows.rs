//! The window of a run that is shown first.

use crate::run::{Pose, PoseChange, Run};
use crate::scenario::Scenario;
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};

/// The length of the window if no agreement follows the first fault, in median latencies.
const CALM: u64 = 60;
/// The least length, in median latencies: a fault just before an agreement that has other causes would give a
/// window of a few milliseconds.
const LEAST: u64 = 8;

/// Whether a window of one run fits after a change of the scenario: it is the same scenario, edited, and it
/// does not end before the window begins.
pub fn keeps(before: &Scenario, after: &Scenario, window: (Time, Time)) -> bool {
    // An edit changes a title or a timeline, never both.
    let is_edited = before.title == after.title || before.timeline == after.timeline;
    is_edited && window.0 < after.end()
}

/// From the first fault to the first agreement after it, with a margin of 8 %. With several groups, to the
/// last of their first agreements.
pub fn first(run: &Run, groups: &[GroupId]) -> (Time, Time) {
    let fault = run.scenario().scheduled_faults().first().map(|scheduled| scheduled.at);
    let from = fault.unwrap_or_default().min(run.end());
    let agreements = groups.iter().filter_map(|&group| agreement(run, group, from));
    around(run, from, agreements.max())
}

/// Adds a margin of 8 % of the time between that is not quiet.
fn around(run: &Run, from: Time, to: Option<Time>) -> (Time, Time) {
    let median = run.scenario().network.latency.median();
    let calm = from + Duration::us(median.as_us() * CALM);
    let least = from + Duration::us(median.as_us() * LEAST);
    let to = to.unwrap_or(calm).max(least).clamp(from + median, run.end().max(from + median));
    let quiet = run.index().quiet().iter();
    let folded: u64 = quiet
        .filter(|gap| gap.0 >= from && gap.1 <= to)
        .map(|gap| gap.1.since(gap.0).as_us().saturating_sub(median.as_us()))
        .sum();
    let shown = to.since(from).as_us().saturating_sub(folded).max(median.as_us());
    let margin = Duration::us(shown * 8 / 100);
    // A margin ends where a fold may begin.
    let quiet = |at: Time| run.index().quiet().iter().any(|gap| gap.0 <= at && at <= gap.1);
    let (before, after) = (quiet(from - margin), quiet(to + margin));
    let half = median.half();
    let least = |is_quiet: bool| if is_quiet { margin.min(half) } else { margin };
    (from - least(before), (to + least(after)).min(run.end()))
}

/// The first agreement after a disagreement at or after `from`: exactly one member leads, and all members
/// that have not crashed believe in it. `None` if there is no such instant.
fn agreement(run: &Run, group: GroupId, from: Time) -> Option<Time> {
    let index = run.index();
    let members = &run.scenario().group(group).members;
    let lanes: Vec<(Rank, &[PoseChange])> =
        members.iter().map(|&rank| (rank, index.turns(group, rank))).collect();
    let mut changes: Vec<u16> =
        lanes.iter().flat_map(|(_, turns)| turns.iter().map(|turn| turn.bucket)).collect();
    sort::sort(&mut changes);
    changes.dedup();
    let first = index.stretch(from) as u16;
    let mut was_lost = false;
    for &bucket in changes.iter().filter(|&&bucket| bucket >= first) {
        let agrees = agrees(&lanes, bucket);
        if agrees && was_lost {
            return Some(index.start_of(usize::from(bucket) + 1).min(run.end()));
        }
        was_lost |= !agrees;
    }
    None
}

fn agrees(lanes: &[(Rank, &[PoseChange])], bucket: u16) -> bool {
    let pose = |turns: &[PoseChange]| {
        let place = turns.partition_point(|turn| turn.bucket <= bucket).checked_sub(1)?;
        Some(turns[place].pose)
    };
    let poses: Vec<(Rank, Pose)> =
        lanes.iter().filter_map(|(rank, turns)| Some((*rank, pose(turns)?))).collect();
    let mut leaders = poses.iter().filter(|(_, pose)| pose.leads()).map(|(rank, _)| *rank);
    let Some(leader) = leaders.next() else { return false };
    let believes = |(rank, pose): &(Rank, Pose)| match pose {
        Pose::Crashed => true,
        _ => pose.believes(*rank) == Some(leader),
    };
    leaders.next().is_none() && poses.iter().all(believes)
}
