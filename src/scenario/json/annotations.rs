//! Names, zones and marks as JSON.

use crate::scenario::{ChapterMark, Zone};
use crate::time::Time;
use crate::types::Rank;
#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
#[cfg(test)]
use ts_rs::TS;

/// What a process is called; no part of the run. No two have the same name.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct JsonName {
    pub process: Rank,
    /// At most 24 characters.
    pub name: String,
}

/// A named set of processes, such as a data centre; no part of the run. At most 16, which share no process.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct JsonZone {
    /// A letter, then letters, digits, `-` and `_`; at most 24, and no keyword of the script.
    pub name: String,
    /// Ascending.
    pub processes: Vec<Rank>,
}

/// A chapter of the run; at most 100.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct JsonMark {
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
