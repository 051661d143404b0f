//! What a process is to its group at an instant: how its member stands, and whether it can act on it.

use crate::simulation::{EventKind, Process, Status, World};
use crate::types::{GroupId, Rank, Role};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pose {
    Running(Role),
    /// The standing is that from before the pause.
    Paused(Role),
    Crashed,
}

impl Pose {
    /// Who is no member of the group believes nobody in it.
    pub fn of(world: &World, group: GroupId, rank: Rank) -> Self {
        let member = world.member(group, rank);
        let standing = member.map_or(Role::BelievesNobody, |member| member.role(rank));
        match world.process(rank).map(Process::status) {
            Some(Status::Crashed { .. }) => Self::Crashed,
            Some(Status::Paused { .. }) => Self::Paused(standing),
            Some(Status::Running) | None => Self::Running(standing),
        }
    }

    /// What it believes or waits for; a crashed one nothing.
    pub fn standing(self) -> Option<Role> {
        match self {
            Self::Running(standing) | Self::Paused(standing) => Some(standing),
            Self::Crashed => None,
        }
    }

    /// Whom it believes to lead, itself included.
    pub fn believes(self, me: Rank) -> Option<Rank> {
        match self.standing()? {
            Role::Follows(leader) => Some(leader),
            Role::Leads => Some(me),
            Role::BelievesNobody | Role::Electing | Role::AwaitingElected => None,
        }
    }

    pub fn leads(self) -> bool {
        self == Self::Running(Role::Leads)
    }

    /// What it is once that has happened to its process; what happens to a member is a `Became`.
    pub fn after(self, what: EventKind) -> Self {
        let standing = self.standing().unwrap_or(Role::BelievesNobody);
        match what {
            EventKind::Crashed { .. } => Self::Crashed,
            EventKind::Recovered => Self::Running(Role::BelievesNobody),
            EventKind::Paused { .. } => Self::Paused(standing),
            EventKind::Resumed { .. } => Self::Running(standing),
            EventKind::Became(standing) => Self::Running(standing),
            _ => self,
        }
    }
}
