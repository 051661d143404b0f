//! What a report says of an expectation: whether it holds, and the reason in words that lead to places of the run.

use crate::time::Time;

/// How one expectation came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionOutcome {
    /// Whether it holds.
    pub holds: bool,
    /// The instant that decided it.
    pub at: Time,
    /// Why, in parts.
    pub reason: Vec<ReasonPart>,
}

/// Some words of a reason, and where in the run they lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonPart {
    /// The words.
    pub text: String,
    /// The place that the words name.
    pub to: Option<Destination>,
}

/// A place in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// An instant.
    Instant(Time),
    /// The run from start to end.
    WholeRun,
}

impl ReasonPart {
    /// Words that name no place.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), to: None }
    }

    pub(super) fn instant(at: Time) -> Self {
        Self::link(at.spoken().to_string(), at)
    }

    pub(super) fn link(text: String, at: Time) -> Self {
        Self { text, to: Some(Destination::Instant(at)) }
    }

    pub(super) fn from_to(from: Time, to: Time) -> [Self; 4] {
        [Self::words("from "), Self::instant(from), Self::words(" to "), Self::instant(to)]
    }
}
