//! A process: it crashes and pauses; what it believes and elects is its members' business.

use super::Scheduled;
use super::event_queue::EntryId;
use crate::time::Time;
use crate::types::Rank;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    rank: Rank,
    pub(super) status: Status,
    pub(super) crashes: u32,
    pub(super) pause: Option<Pause>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Running,
    Paused { since: Time, until: Time },
    Crashed { since: Time },
}

/// What a pause holds back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pause {
    pub ends: EntryId,
    /// What fell due meanwhile, in its order.
    pub waiting: Vec<Scheduled>,
}

impl Process {
    pub(super) fn new(rank: Rank) -> Self {
        Self { rank, status: Status::Running, crashes: 0, pause: None }
    }

    pub fn rank(&self) -> Rank {
        self.rank
    }

    pub fn status(&self) -> Status {
        self.status
    }

    pub fn is_running(&self) -> bool {
        self.status == Status::Running
    }

    /// How often it has crashed so far.
    pub fn crashes(&self) -> u32 {
        self.crashes
    }
}
