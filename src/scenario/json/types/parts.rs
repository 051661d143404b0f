//! The types of the parts of a scenario that have several forms: algorithms with their options, failure detectors,
//! expectations; and names, zones and marks.

use crate::election::{Algorithm, CandidateRules, Preemption, Quorum, RaftRules, Succession};
use crate::member::Detector;
use crate::scenario::diagnostic::DiagnosticKind;
use crate::scenario::json::macros::{equate, json_enum, json_parts, json_struct};
use crate::scenario::json::scalar::{JsonCount, JsonFaultCount, JsonLeader};
use crate::scenario::{
    AddedFaults, ChapterMark, Comparison, Condition, ConditionTime, Expectation, ExpectedRuns,
    MoveKind, MoveKinds, Rate, Zone,
};
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank};
#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
#[cfg(test)]
use ts_rs::TS;

json_enum! { tagged
    #[cfg_attr(test, ts(optional_fields))]
    JsonAlgorithm {
        Bully {},
        BullyTextbook {},
        NextInLine {
            /// So many of the highest other ranks, at most 63, or a list of ranks; 2 by default.
            #[serde(skip_serializing_if = "Option::is_none")] alternates: Option<JsonAlternates>,
        },
        Candidates {
            /// The processes that can lead.
            candidates: Vec<Rank>,
            /// How long a process holds back for each one above it, 80 ms by default.
            #[serde(skip_serializing_if = "Option::is_none")] delay_us: Option<Duration>,
        },
        Ring {},
        Invitation {},
        Raft {
            /// A follower asks whether it would get a majority before it stands; off by default.
            #[serde(skip_serializing_if = "Option::is_none")] pre_vote: Option<bool>,
            /// A leader steps down that a majority has not acknowledged for a timeout; off by default.
            #[serde(skip_serializing_if = "Option::is_none")] check_quorum: Option<bool>,
        },
        Vrrp {},
    }
}

impl From<Algorithm> for JsonAlgorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Bully => Self::Bully {},
            Algorithm::BullyTextbook => Self::BullyTextbook {},
            Algorithm::NextInLine(alternates) => {
                Self::NextInLine { alternates: Some(alternates.into()) }
            }
            Algorithm::Candidates(CandidateRules { ranks, delay }) => {
                Self::Candidates { candidates: ranks, delay_us: Some(delay) }
            }
            Algorithm::Ring => Self::Ring {},
            Algorithm::Invitation => Self::Invitation {},
            Algorithm::Raft(RaftRules { pre_vote, check_quorum }) => {
                Self::Raft { pre_vote: Some(pre_vote), check_quorum: Some(check_quorum) }
            }
            Algorithm::Vrrp => Self::Vrrp {},
        }
    }
}

impl From<JsonAlgorithm> for Algorithm {
    fn from(json: JsonAlgorithm) -> Self {
        match json {
            JsonAlgorithm::Bully {} => Self::Bully,
            JsonAlgorithm::BullyTextbook {} => Self::BullyTextbook,
            JsonAlgorithm::NextInLine { alternates } => {
                Self::NextInLine(alternates.map(Succession::from).unwrap_or_default())
            }
            JsonAlgorithm::Candidates { candidates: ranks, delay_us } => {
                let delay = delay_us.unwrap_or(CandidateRules::DELAY);
                Self::Candidates(CandidateRules { ranks, delay })
            }
            JsonAlgorithm::Ring {} => Self::Ring,
            JsonAlgorithm::Invitation {} => Self::Invitation,
            JsonAlgorithm::Raft { pre_vote, check_quorum } => Self::Raft(RaftRules {
                pre_vote: pre_vote.unwrap_or_default(),
                check_quorum: check_quorum.unwrap_or_default(),
            }),
            JsonAlgorithm::Vrrp {} => Self::Vrrp,
        }
    }
}

json_enum! { untagged
    JsonAlternates {
        Number(u8),
        List(Vec<Rank>),
    }
}

equate! { JsonAlternates = Succession {
    [JsonAlternates::Number(count)] = [Succession::Highest(count)],
    [JsonAlternates::List(list)] = [Succession::List(list)],
} }

json_enum! { tagged
    JsonDetector {
        /// Only `suspect` in the timeline reports that a leader is gone.
        Scripted {},
        Heartbeat { every_us: Duration, timeout_us: Duration },
    }
}

equate! { JsonDetector = Detector {
    [JsonDetector::Scripted {}] = [Detector::Scripted],
    [JsonDetector::Heartbeat { every_us: every, timeout_us: timeout }] =
        [Detector::Heartbeat { every, timeout }],
} }

json_enum! { tagged
    JsonPreemption {
        On {},
        Off {},
        /// Once it has followed the lower rank for so long.
        After { after_us: Duration },
    }
}

equate! { JsonPreemption = Preemption {
    [JsonPreemption::On {}] = [Preemption::On],
    [JsonPreemption::Off {}] = [Preemption::Off],
    [JsonPreemption::After { after_us: wait }] = [Preemption::After(wait)],
} }

json_enum! { tagged
    JsonQuorum {
        None {},
        /// More than half of the group.
        Majority {},
        /// So many processes, the leader included.
        Count { count: u16 },
    }
}

equate! { JsonQuorum = Quorum {
    [JsonQuorum::None {}] = [Quorum::None],
    [JsonQuorum::Majority {}] = [Quorum::Majority],
    [JsonQuorum::Count { count }] = [Quorum::Count(count)],
} }

/// What a process is called; no part of the run. No two have the same name.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::scenario::json) struct JsonName {
    pub process: Rank,
    /// At most 24 characters.
    pub name: String,
}

/// A named set of processes, such as a data centre; no part of the run. At most 16, which share no process.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::scenario::json) struct JsonZone {
    /// A letter, then letters, digits, `-` and `_`; at most 24, and no keyword of the script.
    pub name: String,
    /// Ascending.
    pub processes: Vec<Rank>,
}

/// A chapter of the run; at most 100.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::scenario::json) struct JsonMark {
    pub at_us: Time,
    /// At most 60 characters.
    pub text: String,
}

impl From<&Zone> for JsonZone {
    fn from(Zone { name, members }: &Zone) -> Self {
        Self { name: name.clone(), processes: members.clone() }
    }
}

impl From<JsonZone> for Zone {
    fn from(JsonZone { name, processes: members }: JsonZone) -> Self {
        Self { name, members }
    }
}

impl From<&ChapterMark> for JsonMark {
    fn from(ChapterMark { at, text }: &ChapterMark) -> Self {
        Self { at_us: *at, text: text.clone() }
    }
}

impl From<JsonMark> for ChapterMark {
    fn from(JsonMark { at_us: at, text }: JsonMark) -> Self {
        Self { at, text }
    }
}

/// What must hold of the run: at an instant, or over a stretch of time.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
pub(in crate::scenario::json) struct JsonExpectation {
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
pub(in crate::scenario::json) struct JsonExpectationScope {
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
