//! What a process is to its group at an instant: how its member stands, and whether it can act on it.

use crate::simulation::{Process, Status, What, World};
use crate::vocabulary::{GroupId, Rank, Standing};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pose {
    Running(Standing),
    /// The standing is that from before the pause.
    Paused(Standing),
    Crashed,
}

impl Pose {
    /// Who is no member of the group believes nobody in it.
    pub fn of(world: &World, group: GroupId, rank: Rank) -> Self {
        let member = world.member(group, rank);
        let standing = member.map_or(Standing::BelievesNobody, |member| member.standing(rank));
        match world.process(rank).map(Process::status) {
            Some(Status::Crashed { .. }) => Self::Crashed,
            Some(Status::Paused { .. }) => Self::Paused(standing),
            Some(Status::Running) | None => Self::Running(standing),
        }
    }

    /// What it believes or waits for; a crashed one nothing.
    pub fn standing(self) -> Option<Standing> {
        match self {
            Self::Running(standing) | Self::Paused(standing) => Some(standing),
            Self::Crashed => None,
        }
    }

    /// Whom it believes to lead, itself included.
    pub fn believes(self, me: Rank) -> Option<Rank> {
        match self.standing()? {
            Standing::Follows(leader) => Some(leader),
            Standing::Leads => Some(me),
            Standing::BelievesNobody | Standing::Electing | Standing::AwaitingElected => None,
        }
    }

    pub fn leads(self) -> bool {
        self == Self::Running(Standing::Leads)
    }

    /// What it is once that has happened to its process; what happens to a member is a `Became`.
    pub fn after(self, what: What) -> Self {
        let standing = self.standing().unwrap_or(Standing::BelievesNobody);
        match what {
            What::Crashed { .. } => Self::Crashed,
            What::Recovered => Self::Running(Standing::BelievesNobody),
            What::Paused { .. } => Self::Paused(standing),
            What::Resumed { .. } => Self::Running(standing),
            What::Became(standing) => Self::Running(standing),
            _ => self,
        }
    }
}
