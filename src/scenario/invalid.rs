//! The problems of a scenario in any format, and their texts.

use super::{OwnSettingKind, SettingKind, SettingOwner, limits};
use crate::choice::ChoiceId;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use thiserror::Error;

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
    #[error("there are {found} processes; a scenario has 1 to {}", limits::MOST_PROCESSES)]
    Processes { found: usize },
    #[error("{found} seeds are not possible; there are 1 to {}", limits::MOST_SEEDS)]
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
    #[error("there are {found} groups; a scenario has 1 to {}", limits::MOST_GROUPS)]
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
    #[error("{what} is {span}; the longest is {}", limits::LONGEST_SPAN)]
    SpanTooLong { what: &'static str, span: Duration },
    #[error("{at} is later than any run lasts, which is {}", limits::LONGEST_RUN)]
    TooLate { at: Time },
    #[error("a link leads from process {rank} to itself")]
    LinkToItself { rank: Rank },
    #[error("no process is named")]
    NobodyNamed,
    #[error("{found} processes are named, but there are at most {}", limits::MOST_PROCESSES)]
    TooManyNamed { found: usize },
    #[error("the alternates are {found}; at most {} fit beside a leader", limits::MOST_PROCESSES - 1)]
    TooManyAlternates { found: usize },
    #[error("a partition has two or more sides (found {found})")]
    Sides { found: usize },
    #[error("process {rank} is on two sides")]
    OnTwoSides { rank: Rank },
    #[error("it repeats from {from}, but only until {until}")]
    RepeatsNever { from: Time, until: Time },
    #[error(
        "the timeline has {found} entries once `flap` and `every` are unrolled; the most is {}",
        limits::MOST_TIMELINE_ENTRIES
    )]
    TimelineTooLong { found: u64 },
    #[error("there are {found} overrides; the most is {}", limits::MOST_OVERRIDES)]
    TooManyOverrides { found: usize },
    #[error("there are {found} expectations; the most is {}", limits::MOST_EXPECTATIONS)]
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
    #[error("there are {found} zones; the most is {}", limits::MOST_ZONES)]
    TooManyZones { found: usize },
    #[error(
        "a zone's name starts with a letter and goes on with letters, digits, - and _, at most {} \
         of them (found `{name}`)",
        limits::LONGEST_NAME
    )]
    ZoneName { name: String },
    #[error("`{name}` is a keyword of the script; give the zone another name")]
    ZoneIsKeyword { name: String },
    #[error("there are two zones named {name}")]
    ZoneTwice { name: String },
    #[error("process {rank} is in two zones, {first} and {second}; it can be in one")]
    InTwoZones { rank: Rank, first: String, second: String },
    #[error("there are {found} marks; the most is {}", limits::MOST_MARKS)]
    TooManyMarks { found: usize },
    #[error("{found} requests per second are too many; the most is {}", limits::MOST_REQUESTS)]
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
