//! The types of some parts of a scenario: algorithms with their options, failure detectors, names, zones and marks.

use crate::election::{Algorithm, CandidateRules, Preemption, Quorum, RaftRules, Succession};
use crate::member::Detector;
use crate::scenario::json::macros::{equate, json_enum};
use crate::scenario::{ChapterMark, Zone};
use crate::time::{Duration, Time};
use crate::types::Rank;
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
