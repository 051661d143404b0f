//! Algorithms with their options, and failure detectors.

use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::time::Duration;
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
