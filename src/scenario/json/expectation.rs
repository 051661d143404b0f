//! The types of an expectation in the JSON, and what they mean.

use super::macros::{equate, json_enum, json_parts, json_struct};
use super::scalar::{JsonCount, JsonFaultCount, JsonLeader};
use crate::scenario::diagnostic::DiagnosticKind;
use crate::scenario::{
    AddedFaults, Comparison, Condition, ConditionTime, Expectation, ExpectedRuns, MoveKind,
    MoveKinds, Rate,
};
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank};
#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
#[cfg(test)]
use ts_rs::TS;

/// What must hold of the run: at an instant, or over a stretch of time.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
pub(super) struct JsonExpectation {
    #[serde(flatten)]
    pub condition: JsonCondition,
    #[serde(flatten)]
    pub scope: JsonExpectationScope,
}

json_enum! { tagged
    #[cfg_attr(test, ts(optional_fields))]
    JsonCondition {
        /// Exactly this process leads, or with `null` nobody.
        Leader { leader: JsonLeader },
        /// That `process` believes that `leader` leads.
        Follows { process: Rank, leader: Rank },
        /// This process leads; others may lead too.
        Leads { process: Rank },
        Agreement {},
        /// That there is one, or, with false, that there is none.
        SplitBrain { wanted: bool },
        /// Sent, of this kind or of all.
        Messages {
            #[serde(skip_serializing_if = "Option::is_none")] message: Option<MessageKind>,
            compare: Comparison,
            count: JsonCount,
        },
        Elections { compare: Comparison, count: JsonCount },
        /// Of the leader.
        Changes { compare: Comparison, count: JsonCount },
        /// Of the leader, while the one before neither crashed nor paused.
        UnprovokedChanges { at_most: JsonCount },
        /// In total.
        LeaderlessTime { at_most_us: Duration },
        /// In total.
        SplitBrainTime { at_most_us: Duration },
        /// At a time.
        LongestLeaderlessTime { at_most_us: Duration },
        /// At a time.
        LongestSplitBrainTime { at_most_us: Duration },
    }
}

equate! { JsonCondition = Condition {
    [JsonCondition::Leader { leader: JsonLeader(leader) }] = [Condition::Leader { leader }],
    [JsonCondition::Follows { process, leader: followed }] = [Condition::Follows { process, followed }],
    [JsonCondition::Leads { process }] = [Condition::Leads { process }],
    [JsonCondition::Agreement {}] = [Condition::Agreement {}],
    [JsonCondition::SplitBrain { wanted: true }] = [Condition::SplitBrain {}],
    [JsonCondition::SplitBrain { wanted: false }] = [Condition::NoSplitBrain {}],
    [JsonCondition::Messages { message, compare, count: JsonCount(count) }] =
        [Condition::Messages { message, compare, count }],
    [JsonCondition::Elections { compare, count: JsonCount(count) }] =
        [Condition::Elections { compare, count }],
    [JsonCondition::Changes { compare, count: JsonCount(count) }] =
        [Condition::Changes { compare, count }],
    [JsonCondition::UnprovokedChanges { at_most: JsonCount(count) }] =
        [Condition::UnprovokedChanges { count }],
    [JsonCondition::LeaderlessTime { at_most_us: span }] = [Condition::LeaderlessTotal { span }],
    [JsonCondition::SplitBrainTime { at_most_us: span }] = [Condition::SplitBrainTotal { span }],
    [JsonCondition::LongestLeaderlessTime { at_most_us: span }] =
        [Condition::LongestLeaderless { span }],
    [JsonCondition::LongestSplitBrainTime { at_most_us: span }] =
        [Condition::LongestSplitBrain { span }],
} }

/// Where and when an expectation must hold. It has one time at most. Without any, `leader`, `follows`,
/// `leads` and `agreement` are about the end of the run, and the others about all of it; `messages` takes
/// `afterUs` alone, and what is counted or measured otherwise takes none.
#[derive(Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub(super) struct JsonExpectationScope {
    /// In the state after all that happens at this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_us: Option<Time>,
    /// From some instant up to this one on, to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_us: Option<Time>,
    /// With `toUs`: from this instant until just before that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_us: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_us: Option<Time>,
    /// From this instant on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_us: Option<Time>,
    /// It must hold in this run, and in each run with these faults added to the scenario. Without it, in
    /// this run alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always: Option<JsonAddedFaults>,
    /// It must hold in at least this share of the runs with the seeds from 1 to the scenario's `seeds`, in parts per
    /// million. Not beside `always`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_seeds_ppm: Option<Rate>,
    /// The name of a group. Without one, it must hold in each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

json_struct! {
    JsonAddedFaults {
        /// At most so many are added together.
        faults: JsonFaultCount,
    } optional {
        /// Of these kinds, each listed once; of all kinds by default.
        kinds: Vec<MoveKind>,
    }
}

impl From<AddedFaults> for JsonAddedFaults {
    fn from(added: AddedFaults) -> Self {
        let kinds = Some(added.kinds()).filter(|kinds| *kinds != MoveKinds::ALL);
        Self {
            faults: JsonFaultCount(added.most()),
            kinds: kinds.map(|kinds| kinds.iter().collect()),
        }
    }
}

impl TryFrom<JsonAddedFaults> for AddedFaults {
    type Error = String;

    fn try_from(json: JsonAddedFaults) -> Result<Self, String> {
        let mut kinds = MoveKinds::NONE;
        for kind in json.kinds.iter().flatten() {
            if kinds.contains(*kind) {
                return Err(format!("`{}` is listed twice", kind.name()));
            }
            kinds = kinds.toggled(*kind);
        }
        let kinds = if json.kinds.is_some() { kinds } else { MoveKinds::ALL };
        Self::new(json.faults.0, kinds).ok_or_else(|| {
            "no kind of fault is listed; leave `kinds` out for faults of all kinds".to_owned()
        })
    }
}

impl JsonExpectationScope {
    pub(crate) fn new(expectation: &Expectation, group: Option<String>) -> Self {
        let (always, in_seeds_ppm) = match expectation.runs {
            ExpectedRuns::This => (None, None),
            ExpectedRuns::WithFaults(added) => (Some(added.into()), None),
            ExpectedRuns::InSeeds(share) => (None, Some(share)),
        };
        let (time, all) =
            (expectation.time, Self { group, always, in_seeds_ppm, ..Self::default() });
        match time {
            ConditionTime::Unstated => all,
            ConditionTime::At(at) => Self { at_us: Some(at), ..all },
            ConditionTime::By(by) => Self { by_us: Some(by), ..all },
            ConditionTime::From { from, to } => {
                Self { from_us: Some(from), to_us: Some(to), ..all }
            }
            ConditionTime::After(after) => Self { after_us: Some(after), ..all },
        }
    }

    /// The runs that it is about, or the field that is wrong and why.
    pub(crate) fn runs(&mut self) -> Result<ExpectedRuns, (&'static str, String)> {
        match (self.always.take(), self.in_seeds_ppm) {
            (None, None) => Ok(ExpectedRuns::This),
            (Some(added), None) => {
                let added = AddedFaults::try_from(added).map_err(|problem| ("always", problem))?;
                Ok(ExpectedRuns::WithFaults(added))
            }
            (None, Some(Rate::NEVER)) => {
                Err(("inSeedsPpm", DiagnosticKind::NoShareOfSeeds.to_string()))
            }
            (None, Some(share)) => Ok(ExpectedRuns::InSeeds(share)),
            (Some(_), Some(_)) => Err(("inSeedsPpm", DiagnosticKind::AlwaysInSeeds.to_string())),
        }
    }

    /// The one time that it has; nothing where it has more, or half of one.
    pub(crate) fn time(&self) -> Option<ConditionTime> {
        let Self { at_us, by_us, from_us, to_us, after_us, .. } = *self;
        Some(match (at_us, by_us, from_us, to_us, after_us) {
            (None, None, None, None, None) => ConditionTime::Unstated,
            (Some(at), None, None, None, None) => ConditionTime::At(at),
            (None, Some(by), None, None, None) => ConditionTime::By(by),
            (None, None, Some(from), Some(to), None) => ConditionTime::From { from, to },
            (None, None, None, None, Some(after)) => ConditionTime::After(after),
            _ => return None,
        })
    }
}

json_parts!(JsonExpectation {
    scope: "group atUs byUs fromUs toUs afterUs always inSeedsPpm",
    condition
});
