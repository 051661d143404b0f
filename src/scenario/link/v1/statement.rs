//! What a link of version 1 can say, in the order of its numbers: a variant's place is its number,
//! so a new one comes last.

use super::number::{MaybeSpan, Ranks, Span};
use serde::{Deserialize, Serialize};

/// One thing about a scenario. Lists are in their order; of the rest there is at most one each, and
/// none of what is by default. Rates are in parts per million.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Statement {
    Title(String),
    About(String),
    Textbook,
    /// So many alternates.
    NextInLine(u8),
    NextInLineList(Ranks),
    /// Ranks from 1.
    Processes(u8),
    ProcessList(Ranks),
    /// Of a scenario without groups; so are the next two.
    Leader(u16),
    Nobody,
    Load(u32),
    Group {
        name: String,
        members: Ranks,
        /// 0 is nobody.
        leader: u16,
        load: Option<u32>,
    },
    Capacity(u32),
    Heartbeat {
        every: Span,
        timeout: Span,
    },
    WaitAlive(Span),
    WaitElected(Span),
    Latency(Span, Span),
    LatencyOf(Links, Span, Span),
    Loss(u32),
    LossOf(Links, u32),
    Duplicate(u32),
    DuplicateOf(Links, u32),
    Fifo,
    Seed(u64),
    Until(Span),

    /// The next fault befalls again and again, first at its own instant.
    Repeat {
        every: Span,
        until: MaybeSpan,
    },
    /// The next suspicion, edit or expectation is of the group at this place, from 0. Without it, a
    /// suspicion and an expectation are of every group, and an edit is of the first.
    In(u8),

    /// What befalls, each at its instant.
    Crash(Span, Ranks),
    Recover(Span, Ranks),
    Suspect(Span, Ranks),
    Pause(Span, Ranks, Span),
    Resume(Span, Ranks),
    Partition(Span, Vec<Ranks>),
    Cut(Span, Links),
    Heal(Span),
    HealLinks(Span, Links),
    Slow(Span, Span, Span),
    SlowLinks(Span, Links, Span, Span),
    Lose(Span, u32),
    LoseOnLinks(Span, Links, u32),
    Flap {
        at: Span,
        process: u16,
        down: Span,
        up: Span,
        until: MaybeSpan,
    },

    /// Edits.
    Lost(Message),
    Arrives(Message, Span),
    Delayed(Message, Span),
    Duplicated(Message),
    Fires(Timer, Span),

    /// Expectations.
    Leads(u16, MaybeSpan),
    NobodyLeads(MaybeSpan),
    NoSplitBrain(MaybeSpan),
    SplitBrain(MaybeSpan),
    Messages(Kind, Compare, u64, MaybeSpan),
    Elections(Compare, u64),
    LeaderlessAtMost(Span),
    SplitBrainAtMost(Span),
    Agreement(MaybeSpan),

    Figure {
        start: MaybeSpan,
        end: MaybeSpan,
        speed: MaybeSpan,
        view: Option<View>,
        height: Option<u16>,
    },
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Links {
    pub from: Ranks,
    pub to: Ranks,
    pub both: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Message {
    pub kind: Kind,
    pub from: u16,
    pub to: u16,
    /// Twice that, and one more for its copy.
    pub nth: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Timer {
    pub timer: Wait,
    pub of: u16,
    pub nth: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// Of an expectation only.
    All,
    Election,
    Alive,
    Proceed,
    Elected,
    Heartbeat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Wait {
    Alive,
    Elected,
    Heartbeat,
    Beat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Compare {
    Exactly,
    AtMost,
    AtLeast,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum View {
    Stage,
    Spacetime,
    Both,
}
