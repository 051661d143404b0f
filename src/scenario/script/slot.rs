//! What a statement is about, in the order in which a canonical script says it.

use super::statement::Statement;
use crate::scenario::Links;

/// Statements with the same slot are about the same thing, or stand in the same list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Title,
    About,
    Algorithm,
    Processes,
    Leader,
    Group,
    Load,
    Capacity,
    Detector,
    WaitAlive,
    WaitElected,
    Latency,
    LatencyOf,
    Loss,
    LossOf,
    Duplicate,
    DuplicateOf,
    Fifo,
    Seed,
    Until,
    Entry,
    Edit,
    Expect,
    Figure,
}

/// Sections have a blank line between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Settings,
    Timeline,
    Edits,
    Expectations,
    Figure,
}

impl Slot {
    pub fn section(self) -> Section {
        match self {
            Self::Entry => Section::Timeline,
            Self::Edit => Section::Edits,
            Self::Expect => Section::Expectations,
            Self::Figure => Section::Figure,
            _ => Section::Settings,
        }
    }
}

impl Statement {
    pub fn slot(&self) -> Slot {
        match self {
            Self::Title(_) => Slot::Title,
            Self::About(_) => Slot::About,
            Self::Algorithm(_) => Slot::Algorithm,
            Self::Processes(_) => Slot::Processes,
            Self::Leader(_) => Slot::Leader,
            Self::Group(_) => Slot::Group,
            Self::Load { .. } => Slot::Load,
            Self::Capacity(_) => Slot::Capacity,
            Self::Detector(_) => Slot::Detector,
            Self::WaitAlive(_) => Slot::WaitAlive,
            Self::WaitElected(_) => Slot::WaitElected,
            Self::Latency { links: None, .. } => Slot::Latency,
            Self::Latency { .. } => Slot::LatencyOf,
            Self::Loss { links: None, .. } => Slot::Loss,
            Self::Loss { .. } => Slot::LossOf,
            Self::Duplicate { links: None, .. } => Slot::Duplicate,
            Self::Duplicate { .. } => Slot::DuplicateOf,
            Self::Fifo(_) => Slot::Fifo,
            Self::Seed(_) => Slot::Seed,
            Self::Until(_) => Slot::Until,
            Self::Entry { .. } => Slot::Entry,
            Self::Edit { .. } => Slot::Edit,
            Self::Expect { .. } => Slot::Expect,
            Self::Figure(_) => Slot::Figure,
        }
    }
}

impl Statement {
    /// The links that it is about.
    pub fn links(&self) -> Option<&Links> {
        match self {
            Self::Latency { links, .. }
            | Self::Loss { links, .. }
            | Self::Duplicate { links, .. } => links.as_ref(),
            _ => None,
        }
    }

    /// The same said of other links, or of all.
    pub fn on(&self, links: Option<Links>) -> Self {
        match *self {
            Self::Latency { latency, .. } => Self::Latency { links, latency },
            Self::Loss { rate, .. } => Self::Loss { links, rate },
            Self::Duplicate { rate, .. } => Self::Duplicate { links, rate },
            _ => self.clone(),
        }
    }
}
