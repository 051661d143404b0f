//! What a gesture asks of a scenario: a new scenario, or a refusal in a sentence.

use super::{Entry, Fault, Invalid, Scenario};
use crate::clock::Time;
use crate::vocabulary::{Rank, listed};
use thiserror::Error;

/// One deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A fault befalls at an instant, after all that the timeline has there already.
    Befall { at: Time, fault: Fault },
}

/// Why a scenario cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("the run ends at {}, and this would be at {}; make the run longer first", .end.spoken(), .at.spoken())]
    AfterTheEnd { at: Time, end: Time },
    #[error("{}", .0.problem)]
    Invalid(Invalid),
}

impl Scenario {
    /// The scenario with the change; this one stays as it is.
    pub fn with(&self, change: Change) -> Result<Self, Refusal> {
        let mut parts = (**self).clone();
        match change {
            Change::Befall { at, fault } => {
                if let Some(end) = self.until.filter(|&end| at > end) {
                    return Err(Refusal::AfterTheEnd { at, end });
                }
                parts.timeline.push(Entry::at(at, fault));
            }
        }
        Self::new(parts).map_err(|mut problems| Refusal::Invalid(problems.swap_remove(0)))
    }
}

impl Change {
    /// What it does, for "Undo …".
    pub fn name(&self) -> String {
        match self {
            Self::Befall { fault, .. } => name(fault),
        }
    }
}

fn name(fault: &Fault) -> String {
    let of = |deed: &str, ranks: &[Rank]| format!("{deed} of {}", listed(ranks));
    match fault {
        Fault::Crash(ranks) => of("crash", ranks),
        Fault::Recover(ranks) => of("recovery", ranks),
        Fault::Suspect { processes, .. } => of("suspicion", processes),
        Fault::Pause { processes, .. } => of("pause", processes),
        Fault::Resume(ranks) => of("end of the pause", ranks),
        Fault::Partition(_) | Fault::Cut(_) => "cut".to_owned(),
        Fault::Heal(_) => "healing".to_owned(),
        Fault::Latency { .. } => "change of latency".to_owned(),
        Fault::Loss { .. } => "change of loss".to_owned(),
    }
}
