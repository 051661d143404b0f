//! The requests in a picture: what comes to each process and is queued there, and what waits.

use crate::report::Load;
use crate::report::load::whole;
use crate::scenario::Scenario;
use crate::types::GroupId;
use crate::view::model::{Body, ProcessLoad, StageModel, WaitingRequests};

/// A picture of these groups with their requests, where they have a load.
pub fn with_load(
    mut picture: StageModel,
    scenario: &Scenario,
    load: Option<&Load>,
    groups: &[GroupId],
) -> StageModel {
    let Some(load) = load else { return picture };
    let flow = load.at(picture.now);
    let longest = load.longest_queue(match groups {
        [group] => Some(*group),
        _ => None,
    });
    for process in &mut picture.processes {
        let rank = process.rank;
        let takes = matches!(process.body, Body::Running(_));
        let coming = groups.iter().map(|&group| flow.coming(group, rank)).sum();
        let queue = groups.iter().map(|&group| flow.queue(group, rank)).sum();
        let work = ProcessLoad {
            coming: if takes { coming } else { 0 },
            queue: whole(queue),
            longest: whole(longest),
        };
        process.work = (work.coming > 0 || work.queue > 0).then_some(work);
    }
    let waits = groups.iter().map(|&group| WaitingRequests {
        group: (groups.len() > 1).then(|| scenario.group(group).name.clone()),
        requests: whole(flow.waiting(group)),
    });
    picture.waiting = waits.filter(|waiting| waiting.requests > 0).collect();
    picture
}
