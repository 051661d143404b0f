//! The default values of a scenario, and the end of a run without `until`.

use super::{
    FigureOptions, Group, Latency, NetworkSettings, ProcessTiming, Rate, ScenarioParts,
    TimelineEntry, limits,
};
use crate::election::{Algorithm, Preemption, Quorum, Timeouts};
use crate::member::Detector;
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::collections::BTreeMap;

/// How long a run continues after the last fault.
const AFTER_THE_LAST: Duration = Duration::secs(2);
/// The least length of a run without faults, or with faults that repeat without an end.
const OPEN_ENDED: Time = Time::ms(10_000);

impl Default for ScenarioParts {
    /// Bully, ranks 1 to 6, led by the highest, without a failure detector, latency 10 to 20 ms, no faults.
    fn default() -> Self {
        let ranks: Vec<Rank> = (1..=6).filter_map(Rank::new).collect();
        let leader = ranks.last().copied();
        Self {
            title: None,
            about: None,
            algorithm: Algorithm::default(),
            groups: vec![Group::main(&ranks, leader)],
            ranks,
            detector: Detector::default(),
            timeouts: Timeouts::default(),
            preemption: Preemption::default(),
            quorum: Quorum::default(),
            timing: ProcessTiming::default(),
            network: NetworkSettings::default(),
            seed: 1,
            seeds: 200,
            until: None,
            capacity: None,
            timeline: Vec::new(),
            overrides: Vec::new(),
            expectations: Vec::new(),
            names: BTreeMap::new(),
            zones: Vec::new(),
            marks: Vec::new(),
            figure: FigureOptions::default(),
        }
    }
}

impl Default for NetworkSettings {
    fn default() -> Self {
        Self {
            latency: Latency::DEFAULT,
            loss: Rate::NEVER,
            duplicate: Rate::NEVER,
            fifo: false,
            latency_of: BTreeMap::new(),
            loss_of: BTreeMap::new(),
            duplicate_of: BTreeMap::new(),
        }
    }
}

impl ScenarioParts {
    /// The end of the run. It depends on the scenario alone, never on the run.
    pub(super) fn end(&self) -> Time {
        if let Some(until) = self.until {
            return until;
        }
        let last = self.timeline.iter().map(TimelineEntry::last).max();
        let open = last.is_none() || self.timeline.iter().any(TimelineEntry::is_open);
        let end = last.unwrap_or(Time::ZERO) + AFTER_THE_LAST;
        end.max(if open { OPEN_ENDED } else { Time::ZERO }).min(limits::LONGEST_RUN)
    }
}
