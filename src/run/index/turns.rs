//! How every member's pose changes over the run, to the precision of one stretch of the index: what
//! a diagram of a whole run is drawn from, without playing it again.

use crate::run::Pose;
use crate::scenario::Scenario;
use crate::simulation::{Event, EventKind};
use crate::types::{self, GroupId, Rank, Role};

/// From this stretch of the run on, until the next turn. What lasted less than a stretch is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoseChange {
    pub bucket: u16,
    pub pose: Pose,
}

#[derive(Clone, Debug)]
pub(super) struct PoseChanges {
    ranks: Vec<Rank>,
    /// Of each group in turn, of each process; empty where it is no member.
    of: Vec<Vec<PoseChange>>,
}

impl PoseChanges {
    pub fn new(scenario: &Scenario) -> Self {
        let ranks = scenario.ranks.clone();
        let of = scenario.groups.iter().flat_map(|group| {
            ranks.iter().map(|rank| {
                let standing = match group.leader {
                    Some(leader) if leader == *rank => Role::Leads,
                    Some(leader) => Role::Follows(leader),
                    None => Role::BelievesNobody,
                };
                let first = PoseChange { bucket: 0, pose: Pose::Running(standing) };
                group.members.contains(rank).then_some(first).into_iter().collect()
            })
        });
        Self { of: of.collect(), ranks }
    }

    /// Notes what an event makes of a pose, if anything: most events change none.
    pub fn note(&mut self, event: &Event, bucket: usize) {
        let Some(place) = event.rank.and_then(|rank| types::place(&self.ranks, rank)) else {
            return;
        };
        let count = self.ranks.len();
        match (event.what, event.group) {
            (EventKind::Became(standing), Some(group)) => {
                let lane = &mut self.of[group.index() * count + place];
                turn(lane, bucket, |_| Pose::Running(standing));
            }
            // A process crashes and pauses in all of its groups.
            (what, _) => {
                for lane in self.of.iter_mut().skip(place).step_by(count) {
                    turn(lane, bucket, |pose| pose.after(what));
                }
            }
        }
    }

    pub fn of(&self, group: GroupId, rank: Rank) -> &[PoseChange] {
        match types::place(&self.ranks, rank) {
            Some(place) => &self.of[group.index() * self.ranks.len() + place],
            None => &[],
        }
    }
}

/// Of several turns in one stretch the last one counts.
fn turn(lane: &mut Vec<PoseChange>, bucket: usize, change: impl FnOnce(Pose) -> Pose) {
    let Some(&last) = lane.last() else { return };
    let pose = change(last.pose);
    let bucket = bucket as u16;
    if last.bucket == bucket {
        lane.pop();
    }
    if lane.last().is_none_or(|before| before.pose != pose) {
        lane.push(PoseChange { bucket, pose });
    }
}
