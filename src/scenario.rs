//! A scenario: everything that decides a run, as plain data that is valid by construction, with its default values.
//!
//! `ScenarioParts` are unchecked. `Scenario::new` checks them against each other and against the limits, and
//! from then on they are read-only. No wire format is derived from them: JSON has its own types, and a link
//! carries the text of a script.

mod added_faults;
mod annotation;
mod change;
mod check;
pub mod diagnostic;
mod expectation;
mod fault;
mod figure;
pub mod hints;
pub mod json;
pub mod keywords;
pub mod limits;
pub mod link;
mod network;
mod overrides;
pub mod script;
mod setting;

pub use added_faults::{AddedFaults, MoveKind, MoveKinds};
pub use annotation::{ChapterMark, ProcessName, Zone, ends_line, is_invisible, turns_direction};
pub use change::{Change, ChangeRefusal, resized};
pub use expectation::{
    Comparison, Condition, ConditionField, ConditionKind, ConditionTime, ConditionTimes,
    ConditionValues, Expectation, ExpectedRuns, TimeForm,
};
pub use fault::{
    Fault, FaultArguments, FaultField, FaultKind, FaultTime, ScheduledFault, TimelineEntry,
};
pub use figure::{
    Colours, FigureDefault, FigureOption, FigureOptionRow, FigureOptions, FigureValue,
    FigureValueKind, FigureView,
};
pub use limits::{Invalid, InvalidKind, Oversize, ScenarioPart};
pub use network::{Drift, Latency, Link, Links, NetworkSettings, ProcessTiming, Rate};
pub use overrides::{MessageOverride, Override, OverrideField, OverrideKind};
pub use setting::{
    OwnSetting, OwnSettingKind, Setting, SettingKind, SettingOwner, SettingOwners, SettingRow,
};

use crate::election::{Algorithm, AlgorithmKind, Preemption, Quorum, Timeouts};
use crate::member::Detector;
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank, TimerKind};
use std::collections::BTreeMap;
use std::ops::Deref;

/// Everything that decides a run. Equal scenarios have equal runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario(ScenarioParts);

/// The parts of a scenario, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioParts {
    pub title: Option<String>,
    /// One line for galleries.
    pub about: Option<String>,
    pub algorithm: Algorithm,
    /// Ascending and unique, 1 to 64 of them.
    pub ranks: Vec<Rank>,
    pub detector: Detector,
    pub timeouts: Timeouts,
    pub preemption: Preemption,
    pub quorum: Quorum,
    /// What single processes have instead.
    pub timing: ProcessTiming,
    pub network: NetworkSettings,
    pub seed: u64,
    /// How many seeds count, from 1 on, for an expectation of a share of seeds.
    pub seeds: u32,
    /// The end of the run; by default it follows from the timeline.
    pub until: Option<Time>,
    /// At least one. A scenario without `group` lines has one group, `main`, of all processes.
    pub groups: Vec<Group>,
    /// The capacity of one process, in requests per second.
    pub capacity: Option<u32>,
    /// In the order of the script's lines; instants need not ascend.
    pub timeline: Vec<TimelineEntry>,
    pub overrides: Vec<Override>,
    pub expectations: Vec<Expectation>,
    /// What processes are called; those without a name are called by their rank.
    pub names: BTreeMap<Rank, String>,
    pub zones: Vec<Zone>,
    /// In the order of the script's lines; instants need not ascend.
    pub marks: Vec<ChapterMark>,
    pub figure: FigureOptions,
}

/// A set of processes that elect a leader among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    /// Ascending and unique.
    pub members: Vec<Rank>,
    /// The leader in which all members believe at the start; without one, all members boot at 0.
    pub leader: Option<Rank>,
    /// Requests per second.
    pub load: Option<u32>,
}

impl Scenario {
    /// Checks the parts.
    ///
    /// # Errors
    /// All problems, each with the part that it is about.
    pub fn new(parts: ScenarioParts) -> Result<Self, Vec<Invalid>> {
        let problems = check::problems(&parts);
        if problems.is_empty() { Ok(Self(parts)) } else { Err(problems) }
    }

    /// The same with another seed, which every scenario may have.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        Self(ScenarioParts { seed, ..self.0.clone() })
    }

    /// Returns the parts, to be changed and checked again.
    pub fn into_parts(self) -> ScenarioParts {
        self.0
    }

    /// The kinds of messages that its processes can send.
    pub fn message_kinds(&self) -> Vec<MessageKind> {
        let mut kinds = self.algorithm.messages();
        if self.detector != Detector::Scripted {
            kinds.push(MessageKind::Heartbeat);
        }
        if self.quorum != Quorum::None || self.algorithm.kind() == AlgorithmKind::Raft {
            kinds.push(MessageKind::Ack);
        }
        kinds
    }

    /// The kinds of timers that its processes can set.
    pub fn timer_kinds(&self) -> Vec<TimerKind> {
        let beats = self.detector != Detector::Scripted;
        let uses = |kind: &TimerKind| match kind {
            TimerKind::Alive | TimerKind::Elected => self.algorithm.row().waits_for_answers,
            TimerKind::Heartbeat | TimerKind::Beat => beats,
            TimerKind::Preempt => matches!(self.preemption, Preemption::After(_)),
            TimerKind::Quorum => self.quorum != Quorum::None || self.algorithm.raft().check_quorum,
            TimerKind::Delay => self.algorithm.kind() == AlgorithmKind::Candidates,
        };
        TimerKind::ALL.into_iter().filter(uses).collect()
    }

    /// Whether the script has `group` lines; otherwise there is one group, `main`, of all processes.
    pub fn is_grouped(&self) -> bool {
        match &*self.groups {
            [only] => only.name != Group::MAIN || only.members != self.ranks,
            _ => true,
        }
    }

    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }

    pub fn group_ids(&self) -> impl Iterator<Item = GroupId> + use<> {
        (0..self.groups.len() as u8).map(GroupId)
    }

    /// The end of the run: that of the script, else the one that follows from the timeline.
    pub fn end(&self) -> Time {
        self.0.end()
    }

    /// The timeline with `flap` and `every` expanded, ordered by instant, then by line.
    pub fn scheduled_faults(&self) -> Vec<ScheduledFault> {
        fault::scheduled_faults(&self.timeline, self.end())
    }
}

impl Deref for Scenario {
    type Target = ScenarioParts;
    fn deref(&self) -> &ScenarioParts {
        &self.0
    }
}

impl Group {
    /// The name of the only group of a scenario without `group` lines.
    pub const MAIN: &'static str = "main";

    /// One group of all processes, led by `leader` at the start.
    pub fn main(ranks: &[Rank], leader: Option<Rank>) -> Self {
        Self { name: Self::MAIN.to_owned(), members: ranks.to_vec(), leader, load: None }
    }
}

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
    fn end(&self) -> Time {
        if let Some(until) = self.until {
            return until;
        }
        let last = self.timeline.iter().map(TimelineEntry::last).max();
        let open = last.is_none() || self.timeline.iter().any(TimelineEntry::is_open);
        let end = last.unwrap_or(Time::ZERO) + AFTER_THE_LAST;
        end.max(if open { OPEN_ENDED } else { Time::ZERO }).min(limits::LONGEST_RUN)
    }
}

/// What the table says of a kind of fault or override.
#[derive(Debug)]
pub struct KindRow<Field: 'static> {
    /// As the script writes it.
    pub keyword: &'static str,
    /// The whole form that the keyword opens.
    pub form: &'static str,
    /// One or two sentences.
    pub help: &'static str,
    pub example: &'static str,
    /// As a form lists it: `A process crashes`.
    pub title: &'static str,
    /// As undo names it: the `crash` of 6.
    pub noun: &'static str,
    /// Its arguments, in the order of the script.
    pub fields: &'static [Field],
}

/// Declares an enum of kinds with the row of each.
macro_rules! kinds {
    ($(#[$about:meta])* $name:ident of $field:ty { $($kind:ident { $($column:tt)* })+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($kind),+ }

        impl $name {
            /// In the order in which a list shows them.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// What the table says of it.
            pub const fn row(self) -> &'static crate::scenario::KindRow<$field> {
                match self {
                    $(Self::$kind => &crate::scenario::KindRow { $($column)* }),+
                }
            }
        }
    };
}

use kinds;
