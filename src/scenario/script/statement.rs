//! A line of a script as a value, its canonical text, and its place in a canonical script.
//!
//! A statement names groups as the script does. Only the whole script knows their ids, so the group inside
//! an entry or an override is a placeholder until the scenario is built.

use crate::election::{Preemption, Quorum};
use crate::member::Detector;
use crate::scenario::{
    ChapterMark, Condition, ConditionTime, ExpectedRuns, FaultField, FaultTime, FigureOption,
    Override, OwnSetting, OwnSettingKind, Setting, SettingKind, SettingOwners, TimelineEntry, Zone,
};
use crate::types::Rank;
use std::fmt::{self, Display, Formatter};
use std::ops::Range;

/// A statement, and the span of its group's name.
pub(super) type WithGroup = (Statement, Option<Range<usize>>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    Set(Setting),
    Own(SettingOwners, OwnSetting),
    Name { process: Rank, name: String },
    Zone(Zone),
    Group(Members),
    Load { group: Option<String>, load: u32 },
    Entry { entry: TimelineEntry, group: Option<String> },
    Override { edit: Override, group: Option<String> },
    Expect { condition: Condition, time: ConditionTime, runs: ExpectedRuns, group: Option<String> },
    Mark(ChapterMark),
}

/// A `group` line, with its leader or the highest rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Members {
    pub name: String,
    pub members: Vec<Rank>,
    pub leader: Option<Rank>,
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(setting) => {
                write!(f, "{} ", setting.kind().row().words())?;
                write_setting(f, setting)
            }
            Self::Own(owners, setting) => {
                write!(f, "{} {owners} ", setting.kind().row().words())?;
                write_own(f, setting)
            }
            Self::Name { process, name } => write!(f, "name {process} {}", Quoted(name)),
            Self::Zone(zone) => write!(f, "zone {} {}", zone.name, RankList(&zone.members)),
            Self::Group(group) => write_group(f, group),
            Self::Load { group: Some(group), load } => write!(f, "load {group} {load}/s"),
            Self::Load { group: None, load } => write!(f, "load {load}/s"),
            Self::Entry { entry, group } => write_entry(f, entry).and_then(|()| within(f, group)),
            Self::Override { edit, group } => {
                write_override(f, edit).and_then(|()| within(f, group))
            }
            Self::Expect { condition, time, runs, group } => {
                match runs {
                    ExpectedRuns::This => write!(f, "expect {condition}{time}")?,
                    ExpectedRuns::WithFaults(added) => {
                        write!(f, "expect always {condition}{time}{added}")?;
                    }
                    ExpectedRuns::InSeeds(share) => {
                        write!(f, "expect in {share} of seeds {condition}{time}")?;
                    }
                }
                within(f, group)
            }
            Self::Mark(mark) => write!(f, "mark {} {}", mark.at, Quoted(&mark.text)),
        }
    }
}

/// A text with quotes and escapes.
pub(super) struct Quoted<'a>(pub &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for part in self.0.split_inclusive(['"', '\\']) {
            match part.strip_suffix(['"', '\\']) {
                Some(plain) => write!(f, "{plain}\\{}", &part[plain.len()..])?,
                None => f.write_str(part)?,
            }
        }
        f.write_str("\"")
    }
}

/// `3` or `none`.
struct OrNone(Option<Rank>);

impl Display for OrNone {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(rank) => rank.fmt(f),
            None => f.write_str("none"),
        }
    }
}

/// `1 2 3`
struct RankList<'a>(&'a [Rank]);

impl Display for RankList<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, rank) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            rank.fmt(f)?;
        }
        Ok(())
    }
}

/// The value of a setting; nothing for one that a script cannot say.
fn write_setting(f: &mut Formatter<'_>, setting: &Setting) -> fmt::Result {
    match setting {
        Setting::Title(text) | Setting::About(text) => {
            Quoted(text.as_deref().unwrap_or_default()).fmt(f)
        }
        Setting::Algorithm(algorithm) => algorithm.fmt(f),
        // A count where the ranks are those that a count means.
        Setting::Ranks(ranks) => match ranks.iter().zip(1..).all(|(rank, nth)| rank.get() == nth) {
            true => ranks.len().fmt(f),
            false => write!(f, "list {}", RankList(ranks)),
        },
        Setting::Leader(leader) => OrNone(*leader).fmt(f),
        Setting::Capacity(capacity) => write!(f, "{}/s", capacity.unwrap_or_default()),
        Setting::Detector(Detector::Scripted) => f.write_str("scripted"),
        Setting::Detector(Detector::Heartbeat { every, timeout }) => {
            write!(f, "heartbeat every {every} timeout {timeout}")
        }
        Setting::WaitAlive(wait) | Setting::WaitElected(wait) => wait.fmt(f),
        Setting::Preempt(Preemption::On) => f.write_str("on"),
        Setting::Preempt(Preemption::Off) => f.write_str("off"),
        Setting::Preempt(Preemption::After(wait)) => write!(f, "after {wait}"),
        Setting::Quorum(Quorum::None) => f.write_str("none"),
        Setting::Quorum(Quorum::Majority) => f.write_str("majority"),
        Setting::Quorum(Quorum::Count(count)) => count.fmt(f),
        Setting::Latency(latency) => latency.fmt(f),
        Setting::Loss(rate) | Setting::Duplicate(rate) => rate.fmt(f),
        Setting::Fifo(is_on) => f.write_str(if *is_on { "on" } else { "off" }),
        Setting::Seed(seed) => seed.fmt(f),
        Setting::Seeds(seeds) => seeds.fmt(f),
        Setting::Until(until) => until.unwrap_or_default().fmt(f),
        Setting::Figure(figure) => {
            let said = FigureOption::ALL.iter().filter_map(|&option| {
                Some(format!("{} {}", option.row().word?.word, figure.get(option)?))
            });
            f.write_str(&said.collect::<Vec<_>>().join(" "))
        }
    }
}

fn write_own(f: &mut Formatter<'_>, setting: &OwnSetting) -> fmt::Result {
    fn or_nothing(f: &mut Formatter<'_>, value: &Option<impl Display>) -> fmt::Result {
        value.as_ref().map_or(Ok(()), |value| value.fmt(f))
    }
    match setting {
        OwnSetting::Timeout(span) | OwnSetting::Every(span) => or_nothing(f, span),
        OwnSetting::Drift(drift) => or_nothing(f, drift),
        OwnSetting::Latency(latency) => or_nothing(f, latency),
        OwnSetting::Loss(rate) | OwnSetting::Duplicate(rate) => or_nothing(f, rate),
    }
}

impl Display for SettingOwners {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Links(links) => links.fmt(f),
            Self::Processes(ranks) => RankList(ranks).fmt(f),
        }
    }
}

/// The value of a setting as the script writes it, without the words before it.
pub fn format_setting(setting: &Setting) -> String {
    fmt::from_fn(|f| write_setting(f, setting)).to_string()
}

/// Likewise of a link or a process; empty without a value.
pub fn format_own_setting(setting: &OwnSetting) -> String {
    fmt::from_fn(|f| write_own(f, setting)).to_string()
}

fn write_group(f: &mut Formatter<'_>, group: &Members) -> fmt::Result {
    let Members { name, members, leader } = group;
    write!(f, "group {name} on {}", RankList(members))?;
    if *leader != members.iter().max().copied() {
        write!(f, " leader {}", OrNone(*leader))?;
    }
    Ok(())
}

fn within(f: &mut Formatter<'_>, group: &Option<String>) -> fmt::Result {
    match group {
        Some(group) => write!(f, " in {group}"),
        None => Ok(()),
    }
}

fn write_entry(f: &mut Formatter<'_>, entry: &TimelineEntry) -> fmt::Result {
    match entry.when() {
        FaultTime::At(at) => write!(f, "at {at}")?,
        FaultTime::Every { every, from, until } => {
            write!(f, "every {every} from {from}")?;
            clause(f, "until", &until)?;
        }
    }
    let row = entry.kind().row();
    let arguments = entry.arguments();
    write!(f, " {}", row.keyword)?;
    for field in row.fields {
        match field {
            FaultField::Processes | FaultField::Process => {
                write!(f, " {}", RankList(&arguments.processes))?;
            }
            FaultField::Span => clause(f, "for", &arguments.span)?,
            FaultField::Down => clause(f, "down", &arguments.down)?,
            FaultField::Up => clause(f, "up", &arguments.up)?,
            FaultField::Until => clause(f, "until", &arguments.until)?,
            FaultField::Sides => {
                for (index, side) in arguments.sides.iter().enumerate() {
                    let before = if index > 0 { " |" } else { "" };
                    write!(f, "{before} {}", RankList(side))?;
                }
            }
            FaultField::Links | FaultField::LinksOrAll => {
                arguments.links.iter().try_for_each(|links| write!(f, " {links}"))?;
            }
            FaultField::Latency => {
                arguments.latency.iter().try_for_each(|latency| write!(f, " {latency}"))?;
            }
            FaultField::Rate => arguments.rate.iter().try_for_each(|rate| write!(f, " {rate}"))?,
            // Only the statement knows its name.
            FaultField::Group => {}
        }
    }
    Ok(())
}

fn write_override(f: &mut Formatter<'_>, edit: &Override) -> fmt::Result {
    write!(f, "{} {}", edit.choice(), edit.kind().row().keyword)?;
    edit.at().iter().try_for_each(|at| write!(f, " {at}"))?;
    edit.by().iter().try_for_each(|by| write!(f, " {by}"))
}

/// ` word value`, or nothing.
fn clause(f: &mut Formatter<'_>, word: &str, value: &Option<impl Display>) -> fmt::Result {
    match value {
        Some(value) => write!(f, " {word} {value}"),
        None => Ok(()),
    }
}

/// Statements with the same slot are about the same thing, or stand in the same list. They ascend in a
/// canonical script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StatementSlot {
    /// A setting up to the leader.
    Heading(SettingKind),
    Name,
    Zone,
    Group,
    Load,
    /// Any other setting, then those of single links or processes.
    Setting(SettingKind, Option<OwnSettingKind>),
    Entry,
    Override,
    Expect,
    Mark,
    Figure,
}

/// The sections of a script, separated by blank lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScriptSection {
    Settings,
    Timeline,
    Overrides,
    Expectations,
    Marks,
    Figure,
}

impl StatementSlot {
    pub(crate) fn of(kind: SettingKind) -> Self {
        if kind == SettingKind::Figure {
            return Self::Figure;
        }
        match kind <= SettingKind::Leader {
            true => Self::Heading(kind),
            false => Self::Setting(kind, None),
        }
    }

    pub(crate) fn of_own(kind: OwnSettingKind) -> Self {
        // What processes have stands behind the waits, what links have behind the same of all links.
        Self::Setting(kind.of_run().unwrap_or(SettingKind::WaitElected), Some(kind))
    }

    pub(crate) fn section(self) -> ScriptSection {
        match self {
            Self::Heading(_)
            | Self::Name
            | Self::Zone
            | Self::Group
            | Self::Load
            | Self::Setting(..) => ScriptSection::Settings,
            Self::Entry => ScriptSection::Timeline,
            Self::Override => ScriptSection::Overrides,
            Self::Expect => ScriptSection::Expectations,
            Self::Mark => ScriptSection::Marks,
            Self::Figure => ScriptSection::Figure,
        }
    }
}

impl Statement {
    pub(crate) fn slot(&self) -> StatementSlot {
        match self {
            Self::Set(setting) => StatementSlot::of(setting.kind()),
            Self::Own(_, setting) => StatementSlot::of_own(setting.kind()),
            Self::Name { .. } => StatementSlot::Name,
            Self::Zone(_) => StatementSlot::Zone,
            Self::Group(_) => StatementSlot::Group,
            Self::Load { .. } => StatementSlot::Load,
            Self::Entry { .. } => StatementSlot::Entry,
            Self::Override { .. } => StatementSlot::Override,
            Self::Expect { .. } => StatementSlot::Expect,
            Self::Mark(_) => StatementSlot::Mark,
        }
    }
}
