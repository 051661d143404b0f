//! The types of the JSON, and their conversion to the domain. Their names and shapes are frozen, since
//! programs rely on them; `www/types` has them for TypeScript and as a JSON Schema, doc comments included.

pub(super) mod parts;

pub(super) use parts::{JsonAlgorithm, JsonDetector, JsonPreemption, JsonQuorum};

use super::macros::{equate, json_enum, json_parts, json_struct};
use super::scalar::{JsonLeader, JsonSeed};
use crate::choice::{MessageId, TimerId};
use crate::scenario::{
    Drift, FaultTime, FigureOptions, FigureView, Links, MessageOverride, Override, Rate,
};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank, TimerKind};
use parts::{JsonExpectation, JsonMark, JsonName, JsonZone};
#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
#[cfg(test)]
use ts_rs::TS;

json_struct! {
    /// Everything that decides a run. Whatever is left out has its default.
    JsonScenario {} optional {
        title: String,
        /// One line for galleries.
        about: String,
        /// Bully by default.
        algorithm: JsonAlgorithm,
        /// The ranks, ascending, at most 64 of them; 1 to 6 by default.
        processes: Vec<Rank>,
        /// The leader at the start, or `null` for none; the highest by default. Not beside `groups`.
        leader: JsonLeader,
        /// Requests per second, at most 1000000. Not beside `groups`.
        load_per_second: u32,
        /// Without any there is one group, `main`, of all processes.
        groups: Vec<JsonGroup>,
        /// What one process can serve, in requests per second, at most 1000000.
        capacity_per_second: u32,
        /// Scripted by default.
        detector: JsonDetector,
        /// How long a process waits for Alive; 60000 by default.
        wait_alive_us: Duration,
        /// How long it then waits for Elected; 90000 by default.
        wait_elected_us: Duration,
        /// Whether a process that comes back takes the lead from a lower rank; `on` by default.
        preempt: JsonPreemption,
        /// How many processes must have acknowledged a leader; `none` by default.
        quorum: JsonQuorum,
        /// 10000 to 20000 by default.
        latency: JsonLatency,
        /// How many messages are lost by chance; 0 by default.
        loss_ppm: Rate,
        /// How many messages are duplicated by chance; 0 by default.
        duplicate_ppm: Rate,
        /// A message never overtakes an earlier one on its link; false by default.
        fifo: bool,
        /// Settings of single links, which override the defaults.
        links: Vec<JsonLinkSetting>,
        /// What some processes have instead of the detector's timing.
        timings: Vec<JsonTiming>,
        /// A whole number as text, since it may be larger than a number of JavaScript; "1" by default.
        seed: JsonSeed,
        /// How many seeds, from 1 on, expectations with `inSeedsPpm` are about, at most 10000; 200 by default.
        seeds: u32,
        /// Where the run ends; by default that follows from the timeline.
        until_us: Time,
        /// The faults. Those of the same instant happen in the order of the list.
        timeline: Vec<JsonEntry>,
        /// Choices of the simulation that are fixed.
        edits: Vec<JsonEdit>,
        expectations: Vec<JsonExpectation>,
        names: Vec<JsonName>,
        zones: Vec<JsonZone>,
        marks: Vec<JsonMark>,
        /// How an embedded figure opens; no part of the run.
        figure: JsonFigure,
    }
}

/// Drawn evenly, both ends included.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct JsonLatency {
    pub lo_us: Duration,
    pub hi_us: Duration,
}

json_struct! {
    /// Every link from one of `from` to one of `to`, or both ways.
    JsonLinks {
        from: Vec<Rank>,
        to: Vec<Rank>,
        /// False by default.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(test, ts(as = "Option<bool>"))]
        both: bool,
    } optional {}
}

equate! { JsonLinks = Links {
    [JsonLinks { from, to, both }] = [Links { from, to, both }],
} }

json_struct! {
    /// What some links have instead of the defaults: at least one of `latency`, `lossPpm` and
    /// `duplicatePpm`.
    JsonLinkSetting {
        from: Vec<Rank>,
        to: Vec<Rank>,
        /// False by default.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(test, ts(as = "Option<bool>"))]
        both: bool,
    } optional {
        latency: JsonLatency,
        loss_ppm: Rate,
        duplicate_ppm: Rate,
    }
}

json_struct! {
    /// What some processes have instead of the detector's timing: at least one of `timeoutUs`, `everyUs`
    /// and `driftPpm`.
    JsonTiming {
        processes: Vec<Rank>,
    } optional {
        /// How long they wait for a heartbeat.
        timeout_us: Duration,
        /// How often they send heartbeats while they lead.
        every_us: Duration,
        /// By how much their timers run longer, or below zero shorter.
        drift_ppm: Drift,
    }
}

json_struct! {
    /// Processes that elect one leader among them.
    JsonGroup {
        name: String,
        members: Vec<Rank>,
    } optional {
        /// The leader at the start; the highest member by default.
        leader: JsonLeader,
        /// Requests per second, at most 1000000.
        load_per_second: u32,
    }
}

/// A fault, once or repeated: first at `fromUs`, never at or after `untilUs`. A flap has `atUs`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
pub(super) struct JsonEntry {
    #[serde(flatten)]
    pub when: JsonWhen,
    #[serde(flatten)]
    pub fault: JsonFault,
}

json_enum! { untagged
    #[cfg_attr(test, ts(optional_fields))]
    JsonWhen {
        EveryUs {
            every_us: Duration,
            from_us: Time,
            #[serde(skip_serializing_if = "Option::is_none")] until_us: Option<Time>,
        },
        AtUs { at_us: Time },
    }
}

equate! { JsonWhen = FaultTime {
    [JsonWhen::EveryUs { every_us: every, from_us: from, until_us: until }] =
        [FaultTime::Every { every, from, until }],
    [JsonWhen::AtUs { at_us: at }] = [FaultTime::At(at)],
} }

json_enum! { tagged
    /// A fault. A list of processes means one after the other.
    #[cfg_attr(test, ts(optional_fields))]
    JsonFault {
        Crash { processes: Vec<Rank> },
        Recover { processes: Vec<Rank> },
        /// Without a group, in all groups of the process.
        Suspect {
            processes: Vec<Rank>,
            #[serde(skip_serializing_if = "Option::is_none")] group: Option<String>,
        },
        Pause { processes: Vec<Rank>, for_us: Duration },
        Resume { processes: Vec<Rank> },
        /// Crashed for `downUs`, then up for `upUs`, and again; no crash at or after `untilUs`.
        Flap {
            process: Rank,
            down_us: Duration,
            up_us: Duration,
            #[serde(skip_serializing_if = "Option::is_none")] until_us: Option<Time>,
        },
        /// Two or more sides; every link between two of them is cut.
        Partition { sides: Vec<Vec<Rank>> },
        Cut { links: JsonLinks },
        /// Without links, all of them.
        Heal {
            #[serde(skip_serializing_if = "Option::is_none")] links: Option<JsonLinks>,
        },
        /// Without links, the default of all.
        Latency {
            #[serde(skip_serializing_if = "Option::is_none")] links: Option<JsonLinks>,
            latency: JsonLatency,
        },
        /// Without links, the default of all.
        Loss {
            #[serde(skip_serializing_if = "Option::is_none")] links: Option<JsonLinks>,
            loss_ppm: Rate,
        },
    }
}

/// One choice of the simulation that is fixed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
pub(super) struct JsonEdit {
    #[serde(flatten)]
    pub fate: JsonFate,
    #[serde(flatten)]
    pub group: JsonGroupName,
}

json_enum! { tagged
    /// A message by its kind, its link, and its number among those of its kind on its link, from 1
    /// over the whole run; `copy` is the second arrival of a duplicated one. A timer by its process
    /// and by how often the process has set it.
    #[cfg_attr(test, ts(optional_fields))]
    JsonFate {
        Lost {
            message: MessageKind, from: Rank, to: Rank, nth: u32,
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            #[cfg_attr(test, ts(as = "Option<bool>"))]
            copy: bool,
        },
        Arrives {
            message: MessageKind, from: Rank, to: Rank, nth: u32,
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            #[cfg_attr(test, ts(as = "Option<bool>"))]
            copy: bool,
            at_us: Time,
        },
        /// On top of the latency that is drawn.
        Delayed {
            message: MessageKind, from: Rank, to: Rank, nth: u32,
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            #[cfg_attr(test, ts(as = "Option<bool>"))]
            copy: bool,
            by_us: Duration,
        },
        Duplicated {
            message: MessageKind, from: Rank, to: Rank, nth: u32,
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            #[cfg_attr(test, ts(as = "Option<bool>"))]
            copy: bool,
        },
        /// When a timer fires.
        Fires { timer: TimerKind, process: Rank, nth: u32, at_us: Time },
    }
}

equate! { (GroupId, JsonFate) = Override {
    [(group, JsonFate::Lost { message: kind, from, to, nth, copy })] =
        [Override::Message {
            name: MessageId { group, kind, from, to, nth, copy },
            fate: MessageOverride::Lost,
        }],
    [(group, JsonFate::Arrives { message: kind, from, to, nth, copy, at_us })] =
        [Override::Message {
            name: MessageId { group, kind, from, to, nth, copy },
            fate: MessageOverride::Arrives(at_us),
        }],
    [(group, JsonFate::Delayed { message: kind, from, to, nth, copy, by_us })] =
        [Override::Message {
            name: MessageId { group, kind, from, to, nth, copy },
            fate: MessageOverride::Delayed(by_us),
        }],
    [(group, JsonFate::Duplicated { message: kind, from, to, nth, copy })] =
        [Override::Message {
            name: MessageId { group, kind, from, to, nth, copy },
            fate: MessageOverride::Duplicated,
        }],
    [(group, JsonFate::Fires { timer, process: of, nth, at_us: fires })] =
        [Override::Timer { name: TimerId { group, timer, of, nth }, fires }],
} }

/// A part of an edit.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS), ts(optional_fields))]
pub(super) struct JsonGroupName {
    /// The name of a group, which it needs if there are groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

json_struct! {
    JsonFigure {} optional {
        start_us: Time,
        end_us: Time,
        /// Virtual time per second.
        speed_us: Duration,
        view: FigureView,
        /// In CSS pixels.
        height: u16,
    }
}

impl From<FigureOptions> for JsonFigure {
    fn from(figure: FigureOptions) -> Self {
        let FigureOptions { start, end, speed, view, height, .. } = figure;
        Self { start_us: start, end_us: end, speed_us: speed, view, height }
    }
}

impl From<JsonFigure> for FigureOptions {
    fn from(figure: JsonFigure) -> Self {
        let JsonFigure { start_us: start, end_us: end, speed_us: speed, view, height } = figure;
        Self { start, end, speed, view, height, ..Self::default() }
    }
}

json_parts!(JsonEntry { when: "everyUs fromUs untilUs|atUs", fault });
json_parts!(JsonEdit { group: "group", fate });
