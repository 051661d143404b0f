//! What a scenario claims of its run: this is what makes it executable documentation.

use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Without one, it must hold in each group.
    pub group: Option<GroupId>,
    pub condition: Condition,
}

/// "By T" holds if it is true at some instant up to T and from there to the end; without T, at the
/// end. "After T" counts from T on, T included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Exactly this one leads, or nobody.
    Leader {
        leader: Option<Rank>,
        by: Option<Time>,
    },
    /// Two or more lead at some instant, or at none.
    SplitBrain {
        wanted: bool,
        after: Option<Time>,
    },
    /// Sent, of one kind or of all.
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
    /// In total.
    LeaderlessAtMost(Duration),
    /// In total.
    SplitBrainAtMost(Duration),
    /// Every running process believes the same running process, which leads.
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
