//! Expectations: conditions that the run of a scenario should fulfil.

use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Without a group, the condition must hold in each group.
    pub group: Option<GroupId>,
    pub condition: Condition,
}

/// "By T" holds if the condition is true at some instant up to T and from there to the end; without T, at the
/// end. "After T" counts from T on, T included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Exactly this process leads, or none does.
    Leader {
        leader: Option<Rank>,
        by: Option<Time>,
    },
    /// Two or more processes lead at some instant, or (`wanted: false`) at none.
    SplitBrain {
        wanted: bool,
        after: Option<Time>,
    },
    /// The number of sent messages, of one kind or of all.
    Messages {
        kind: Option<MessageKind>,
        compare: Comparison,
        count: u64,
        after: Option<Time>,
    },
    Elections {
        compare: Comparison,
        count: u64,
    },
    /// The total time without a leader.
    LeaderlessAtMost(Duration),
    /// The total time with more than one leader.
    SplitBrainAtMost(Duration),
    /// All running processes believe in the same running process, which leads.
    Agreement {
        by: Option<Time>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Exactly,
    AtMost,
    AtLeast,
}

impl Comparison {
    pub const ALL: [Self; 3] = [Self::Exactly, Self::AtMost, Self::AtLeast];

    /// As the script writes it.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Exactly => "=",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
        }
    }

    pub const fn holds(self, found: u64, count: u64) -> bool {
        match self {
            Self::Exactly => found == count,
            Self::AtMost => found <= count,
            Self::AtLeast => found >= count,
        }
    }
}
