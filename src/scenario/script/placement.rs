//! What a statement is about, in the order in which a canonical script says it.

use super::statement::Statement;
use crate::scenario::Links;

/// Statements with the same slot are about the same thing, or stand in the same list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StatementSlot {
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
pub(super) enum ScriptSection {
    Settings,
    Timeline,
    Edits,
    Expectations,
    Figure,
}

impl StatementSlot {
    pub fn section(self) -> ScriptSection {
        match self {
            Self::Entry => ScriptSection::Timeline,
            Self::Edit => ScriptSection::Edits,
            Self::Expect => ScriptSection::Expectations,
            Self::Figure => ScriptSection::Figure,
            _ => ScriptSection::Settings,
        }
    }
}

impl Statement {
    pub fn slot(&self) -> StatementSlot {
        match self {
            Self::Title(_) => StatementSlot::Title,
            Self::About(_) => StatementSlot::About,
            Self::Algorithm(_) => StatementSlot::Algorithm,
            Self::Processes(_) => StatementSlot::Processes,
            Self::Leader(_) => StatementSlot::Leader,
            Self::Group(_) => StatementSlot::Group,
            Self::Load { .. } => StatementSlot::Load,
            Self::Capacity(_) => StatementSlot::Capacity,
            Self::Detector(_) => StatementSlot::Detector,
            Self::WaitAlive(_) => StatementSlot::WaitAlive,
            Self::WaitElected(_) => StatementSlot::WaitElected,
            Self::Latency { links: None, .. } => StatementSlot::Latency,
            Self::Latency { .. } => StatementSlot::LatencyOf,
            Self::Loss { links: None, .. } => StatementSlot::Loss,
            Self::Loss { .. } => StatementSlot::LossOf,
            Self::Duplicate { links: None, .. } => StatementSlot::Duplicate,
            Self::Duplicate { .. } => StatementSlot::DuplicateOf,
            Self::Fifo(_) => StatementSlot::Fifo,
            Self::Seed(_) => StatementSlot::Seed,
            Self::Until(_) => StatementSlot::Until,
            Self::Entry { .. } => StatementSlot::Entry,
            Self::Edit { .. } => StatementSlot::Edit,
            Self::Expect { .. } => StatementSlot::Expect,
            Self::Figure(_) => StatementSlot::Figure,
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
