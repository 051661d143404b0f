//! The limits of a scenario and of its formats, the error of a text that is too long, and the problems of a scenario in any
//! format, with their texts.

use super::{OwnSettingKind, SettingKind, SettingOwner};
use crate::choice::ChoiceId;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use thiserror::Error;

pub const MOST_PROCESSES: usize = 64;
pub const MOST_GROUPS: usize = 16;
/// The number of entries after `flap` and `every` are expanded.
pub const MOST_TIMELINE_ENTRIES: usize = 10_000;
pub const MOST_OVERRIDES: usize = 1_000;
pub const MOST_EXPECTATIONS: usize = 1_000;
/// Of `expect always`: how many faults are added together.
pub const MOST_ADDED_FAULTS: u8 = 4;
/// Of `seeds`, and of a sweep.
pub const MOST_SEEDS: u32 = 10_000;
pub const LONGEST_RUN: Time = Time::ms(3_600_000);
/// The longest timeout, latency or pause: that of the longest run.
pub const LONGEST_SPAN: Duration = Duration::secs(3_600);
/// The number of events at which a run stops, with a reason.
pub const MOST_EVENTS: u64 = 2_000_000;
/// The number of messages in flight, running timers and messages held at paused processes at which a run
/// stops, with a reason: each of them is copied with every checkpoint.
pub const MOST_IN_FLIGHT: usize = 50_000;
/// The number of messages in a picture, in flight or arrived recently; the picture says if it leaves some
/// out.
pub const MOST_DRAWN: usize = 4_000;
/// The number of shapes of one kind in a picture, such as arrows or bars; the picture says if it leaves some
/// out.
pub const MOST_SHAPES: usize = 30_000;
/// The largest picture, log or report, in bytes; a larger one is refused.
pub const LONGEST_OUTPUT: usize = 64 * 1024 * 1024;
pub const LONGEST_SCRIPT: usize = 64 * 1024;
/// In bytes. JSON is several times as long as a script of the same scenario.
pub const LONGEST_JSON: usize = 1024 * 1024;
/// The longest payload of a link, in characters after its version.
pub const LONGEST_PAYLOAD: usize = 16 * 1024;
/// The largest inflated link, in bytes.
pub const LONGEST_UNPACKED: usize = 256 * 1024;
/// The longest title, description or group name, in characters.
pub const LONGEST_TEXT: usize = 200;
/// Of the name of a process or a zone, in characters.
pub const LONGEST_NAME: usize = 24;
pub const MOST_ZONES: usize = 16;
pub const MOST_MARKS: usize = 100;
/// Of a mark's text, in characters.
pub const LONGEST_MARK: usize = 60;
/// Of `load` and `capacity`, in requests per second.
pub const MOST_REQUESTS: u32 = 1_000_000;

/// The reason why a scenario cannot be written in a format, with its size in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Oversize {
    #[error(
        "as a script this has {found} bytes, and nothing reads more than {}; JSON has room for more",
        LONGEST_SCRIPT
    )]
    Script { found: usize },
    #[error("as JSON this has {found} bytes, and nothing reads more than {}", LONGEST_JSON)]
    Json { found: usize },
}

impl Oversize {
    /// Returns the text of a script if it can be read again.
    ///
    /// # Errors
    /// `Script` beyond 64 KiB.
    pub fn check_script(text: String) -> Result<String, Self> {
        let found = text.len();
        if found > LONGEST_SCRIPT { Err(Self::Script { found }) } else { Ok(text) }
    }

    /// Returns the text of a scenario as JSON if it can be read again.
    ///
    /// # Errors
    /// `Json` beyond 1 MiB.
    pub fn check_json(text: String) -> Result<String, Self> {
        let found = text.len();
        if found > LONGEST_JSON { Err(Self::Json { found }) } else { Ok(text) }
    }
}

/// A problem, and the part that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    pub place: ScenarioPart,
    pub problem: InvalidKind,
}

/// A part of a scenario; a script maps it to a line, JSON to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScenarioPart {
    /// Of the whole run; of the leader, `Group(0)`.
    Setting(SettingKind),
    /// What one link or process has of its own.
    Own(OwnSettingKind, SettingOwner),
    /// By its place among the groups; of the only, unnamed one this is about its leader.
    Group(usize),
    /// The load of a group, by its index.
    Load(usize),
    Entry(usize),
    Override(usize),
    Expectation(usize),
    /// What this process is called.
    Name(Rank),
    /// By its place among the zones.
    Zone(usize),
    /// By its place among the marks.
    Mark(usize),
}

impl SettingKind {
    /// The part of a scenario that it is.
    pub const fn part(self) -> ScenarioPart {
        // Problems with the leader of a group are problems of the group.
        if matches!(self, Self::Leader) {
            return ScenarioPart::Group(0);
        }
        ScenarioPart::Setting(self)
    }
}

/// The kinds of problems.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InvalidKind {
    #[error("there are {found} processes; a scenario has 1 to {}", MOST_PROCESSES)]
    Processes { found: usize },
    #[error("{found} seeds are not possible; there are 1 to {}", MOST_SEEDS)]
    Seeds { found: u32 },
    #[error("process {rank} is listed twice")]
    RankTwice { rank: Rank },
    #[error("the ranks are not in ascending order")]
    RanksUnordered,
    #[error("process {rank} does not exist: the processes are {processes}")]
    NoSuchProcess { rank: Rank, processes: String },
    #[error("process {rank} leads at the start, but the processes are {processes}")]
    LeaderOutside { rank: Rank, processes: String },
    #[error("process {rank} is not in group {group}, whose members are {members}")]
    NotInGroup { rank: Rank, group: String, members: String },
    #[error("there are {found} groups; a scenario has 1 to {}", MOST_GROUPS)]
    Groups { found: usize },
    #[error("group {name} has no members")]
    EmptyGroup { name: String },
    #[error("there are two groups named {name}")]
    GroupTwice { name: String },
    #[error(
        "a group's name starts with a letter and goes on with letters, digits, - and _ (found `{name}`)"
    )]
    GroupName { name: String },
    #[error("there is no group number {}", .id.index() + 1)]
    NoSuchGroup { id: GroupId },
    #[error("{what} has {found} characters; the most is {most}")]
    TextTooLong { what: &'static str, found: usize, most: usize },
    #[error("{what} has a line break or another control character in it")]
    ControlCharacter { what: &'static str },
    #[error("{what} is blank; leave it out, or write what can be seen")]
    BlankText { what: &'static str },
    #[error(
        "{what} has U+{:04X} in it, which changes the direction of text around it; leave it out",
        u32::from(*.found)
    )]
    DirectionOverride { what: &'static str, found: char },
    #[error("{what} is zero; it needs a length")]
    NoLength { what: &'static str },
    #[error("{what} is {span}; the longest is {}", LONGEST_SPAN)]
    SpanTooLong { what: &'static str, span: Duration },
    #[error("{at} is later than any run lasts, which is {}", LONGEST_RUN)]
    TooLate { at: Time },
    #[error("a link leads from process {rank} to itself")]
    LinkToItself { rank: Rank },
    #[error("no process is named")]
    NobodyNamed,
    #[error("{found} processes are named, but there are at most {}", MOST_PROCESSES)]
    TooManyNamed { found: usize },
    #[error("the alternates are {found}; at most {} fit beside a leader", MOST_PROCESSES - 1)]
    TooManyAlternates { found: usize },
    #[error("a partition has two or more sides (found {found})")]
    Sides { found: usize },
    #[error("process {rank} is on two sides")]
    OnTwoSides { rank: Rank },
    #[error("it repeats from {from}, but only until {until}")]
    RepeatsNever { from: Time, until: Time },
    #[error(
        "the timeline has {found} entries once `flap` and `every` are unrolled; the most is {}",
        MOST_TIMELINE_ENTRIES
    )]
    TimelineTooLong { found: u64 },
    #[error("there are {found} overrides; the most is {}", MOST_OVERRIDES)]
    TooManyOverrides { found: usize },
    #[error("there are {found} expectations; the most is {}", MOST_EXPECTATIONS)]
    TooManyExpectations { found: usize },
    #[error("`{choice}` is counted from #1")]
    CountsFromOne { choice: ChoiceId },
    #[error("`{choice}` is fixed twice; it was fixed first by another override")]
    FixedTwice { choice: ChoiceId, first: usize },
    #[error("`{choice}` cannot be duplicated: it is a copy itself")]
    CopyOfCopy { choice: ChoiceId },
    #[error("process {rank} cannot follow itself; write `expect {rank} leads`")]
    FollowsItself { rank: Rank },
    /// A script cannot say it.
    #[error("`{word}` is not possible here, only `{condition}`")]
    TimeNotTaken { condition: &'static str, word: &'static str },
    #[error("it has to be true from {from} until just before {to}, which is not later")]
    TimeEndsFirst { from: Time, to: Time },
    #[error("{at} is after the end of the run, which is {end}")]
    AfterTheEnd { at: Time, end: Time },
    #[error("`{name}` is a number; a name has a letter in it, since a number is a rank")]
    NameIsNumber { name: String },
    #[error("process {first} is called `{name}` already; give each a name of its own")]
    NameTwice { name: String, first: Rank },
    #[error("there are {found} zones; the most is {}", MOST_ZONES)]
    TooManyZones { found: usize },
    #[error(
        "a zone's name starts with a letter and goes on with letters, digits, - and _, at most {} \
         of them (found `{name}`)",
        LONGEST_NAME
    )]
    ZoneName { name: String },
    #[error("`{name}` is a keyword of the script; give the zone another name")]
    ZoneIsKeyword { name: String },
    #[error("there are two zones named {name}")]
    ZoneTwice { name: String },
    #[error("process {rank} is in two zones, {first} and {second}; it can be in one")]
    InTwoZones { rank: Rank, first: String, second: String },
    #[error("there are {found} marks; the most is {}", MOST_MARKS)]
    TooManyMarks { found: usize },
    #[error("{found} requests per second are too many; the most is {}", MOST_REQUESTS)]
    TooManyRequests { found: u32 },
    #[error("`{what}` needs heartbeats: write `detector heartbeat every T timeout T`")]
    NeedsHeartbeats { what: String },
    #[error("`preempt` is not possible with {algorithm}: {why}")]
    NoPreemption { algorithm: &'static str, why: &'static str },
    #[error("`quorum` is not possible with {algorithm}: {why}")]
    NoQuorum { algorithm: &'static str, why: &'static str },
    #[error("a quorum of {found} is not possible: {group} has {members} processes")]
    QuorumOutside { found: u16, group: String, members: usize },
    #[error("process {rank} leads at the start, but only candidates can lead: {candidates}")]
    LeaderNoCandidate { rank: Rank, candidates: String },
    #[error("the ranks of vrrp are priorities from 1 to 255 (found {rank})")]
    RankNoPriority { rank: Rank },
    #[error("the figure ends at {end}, but it has to end after it starts, at {start}")]
    FigureEndsFirst { start: Time, end: Time },
}
