//! A line of a script as a value, its canonical text, and its place in a canonical script.
//!
//! A statement names groups as the script does. Only the whole script knows their ids, so the group inside
//! an entry or an override is a placeholder until the scenario is built.

use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::scenario::{
    Condition, Fault, FaultTime, FigureOption, FigureOptions, Latency, Links, MessageOverride,
    Override, Rate, TimelineEntry,
};
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::fmt::{self, Display, Formatter};
use std::ops::Range;

/// A statement, and the span of its group's name.
pub(super) type WithGroup = (Statement, Option<Range<usize>>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    Title(String),
    About(String),
    Algorithm(Algorithm),
    Processes(Vec<Rank>),
    Leader(Option<Rank>),
    Group(Members),
    Load { group: Option<String>, load: u32 },
    Capacity(u32),
    Detector(Detector),
    WaitAlive(Duration),
    WaitElected(Duration),
    Latency { links: Option<Links>, latency: Latency },
    Loss { links: Option<Links>, rate: Rate },
    Duplicate { links: Option<Links>, rate: Rate },
    Fifo(bool),
    Seed(u64),
    Until(Time),
    Entry { entry: TimelineEntry, group: Option<String> },
    Edit { edit: Override, group: Option<String> },
    Expect { claim: Condition, group: Option<String> },
    Figure(FigureOptions),
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
            Self::Title(text) => write!(f, "title {}", Quoted(text)),
            Self::About(text) => write!(f, "about {}", Quoted(text)),
            Self::Algorithm(algorithm) => write_algorithm(f, algorithm),
            Self::Processes(ranks) => write_processes(f, ranks),
            Self::Leader(leader) => write!(f, "leader {}", OrNone(*leader)),
            Self::Group(group) => write_group(f, group),
            Self::Load { group: Some(group), load } => write!(f, "load {group} {load}/s"),
            Self::Load { group: None, load } => write!(f, "load {load}/s"),
            Self::Capacity(capacity) => write!(f, "capacity {capacity}/s"),
            Self::Detector(Detector::Scripted) => f.write_str("detector scripted"),
            Self::Detector(Detector::Heartbeat { every, timeout }) => {
                write!(f, "detector heartbeat every {every} timeout {timeout}")
            }
            Self::WaitAlive(wait) => write!(f, "wait alive {wait}"),
            Self::WaitElected(wait) => write!(f, "wait elected {wait}"),
            Self::Latency { links, latency } => write!(f, "latency {}{latency}", OnLinks(links)),
            Self::Loss { links, rate } => write!(f, "loss {}{rate}", OnLinks(links)),
            Self::Duplicate { links, rate } => write!(f, "duplicate {}{rate}", OnLinks(links)),
            Self::Fifo(on) => f.write_str(if *on { "fifo on" } else { "fifo off" }),
            Self::Seed(seed) => write!(f, "seed {seed}"),
            Self::Until(until) => write!(f, "until {until}"),
            Self::Entry { entry, group } => write_entry(f, entry).and_then(|()| within(f, group)),
            Self::Edit { edit, group } => write_override(f, edit).and_then(|()| within(f, group)),
            Self::Expect { claim, group } => {
                write_condition(f, claim).and_then(|()| within(f, group))
            }
            Self::Figure(figure) => write_figure(f, figure),
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

/// Links with a space after them, or nothing.
struct OnLinks<'a>(&'a Option<Links>);

impl Display for OnLinks<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(links) => write!(f, "{links} "),
            None => Ok(()),
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

fn write_algorithm(f: &mut Formatter<'_>, algorithm: &Algorithm) -> fmt::Result {
    write!(f, "algorithm {}", algorithm.name())?;
    match algorithm {
        Algorithm::Bully | Algorithm::BullyTextbook => Ok(()),
        Algorithm::NextInLine(Succession::Highest(count)) => write!(f, " alternates {count}"),
        // `alternates 0` would be shorter, but is another value.
        Algorithm::NextInLine(Succession::List(list)) if list.is_empty() => {
            f.write_str(" alternates list")
        }
        Algorithm::NextInLine(Succession::List(list)) => {
            write!(f, " alternates list {}", RankList(list))
        }
    }
}

/// A count if the ranks are those of a count, else a list.
fn write_processes(f: &mut Formatter<'_>, ranks: &[Rank]) -> fmt::Result {
    let counted = ranks.iter().zip(1..).all(|(rank, nth)| rank.get() == nth);
    if counted {
        return write!(f, "processes {}", ranks.len());
    }
    write!(f, "processes list {}", RankList(ranks))
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
    match entry {
        TimelineEntry::Flap { at, process, down, up, until } => {
            write!(f, "at {at} flap {process} down {down} up {up}")?;
            clause(f, "until", until)
        }
        TimelineEntry::Fault { when, fault } => {
            match when {
                FaultTime::At(at) => write!(f, "at {at} ")?,
                FaultTime::Every { every, from, until } => {
                    write!(f, "every {every} from {from}")?;
                    clause(f, "until", until)?;
                    f.write_str(" ")?;
                }
            }
            write_fault(f, fault)
        }
    }
}

fn write_fault(f: &mut Formatter<'_>, fault: &Fault) -> fmt::Result {
    match fault {
        Fault::Crash(processes) => write!(f, "crash {}", RankList(processes)),
        Fault::Recover(processes) => write!(f, "recover {}", RankList(processes)),
        Fault::Suspect { processes, .. } => write!(f, "suspect {}", RankList(processes)),
        Fault::Pause { processes, span } => write!(f, "pause {} for {span}", RankList(processes)),
        Fault::Resume(processes) => write!(f, "resume {}", RankList(processes)),
        Fault::Partition(sides) => {
            f.write_str("partition ")?;
            for (index, side) in sides.iter().enumerate() {
                let before = if index > 0 { " | " } else { "" };
                write!(f, "{before}{}", RankList(side))?;
            }
            Ok(())
        }
        Fault::Cut(links) => write!(f, "cut {links}"),
        Fault::Heal(Some(links)) => write!(f, "heal {links}"),
        Fault::Heal(None) => f.write_str("heal"),
        Fault::Latency { links, latency } => write!(f, "latency {}{latency}", OnLinks(links)),
        Fault::Loss { links, rate } => write!(f, "loss {}{rate}", OnLinks(links)),
    }
}

fn write_override(f: &mut Formatter<'_>, edit: &Override) -> fmt::Result {
    write!(f, "{} ", edit.occurrence())?;
    match edit {
        Override::Timer { fires, .. } => write!(f, "fires {fires}"),
        Override::Message { fate, .. } => match fate {
            MessageOverride::Lost => f.write_str("lost"),
            MessageOverride::Arrives(at) => write!(f, "arrives {at}"),
            MessageOverride::Delayed(span) => write!(f, "delayed {span}"),
            MessageOverride::Duplicated => f.write_str("duplicated"),
        },
    }
}

fn write_condition(f: &mut Formatter<'_>, claim: &Condition) -> fmt::Result {
    f.write_str("expect ")?;
    match claim {
        Condition::Leader { leader, by } => {
            write!(f, "leader {}", OrNone(*leader))?;
            clause(f, "by", by)
        }
        Condition::SplitBrain { wanted, after } => {
            f.write_str(if *wanted { "split brain" } else { "no split brain" })?;
            clause(f, "after", after)
        }
        Condition::Messages { kind, compare, count, after } => {
            f.write_str("messages ")?;
            if let Some(kind) = kind {
                write!(f, "{kind} ")?;
            }
            write!(f, "{} {count}", compare.sign())?;
            clause(f, "after", after)
        }
        Condition::Elections { compare, count } => {
            write!(f, "elections {} {count}", compare.sign())
        }
        Condition::LeaderlessAtMost(span) => write!(f, "leaderless <= {span}"),
        Condition::SplitBrainAtMost(span) => write!(f, "split brain <= {span}"),
        Condition::Agreement { by } => {
            f.write_str("agreement")?;
            clause(f, "by", by)
        }
    }
}

fn write_figure(f: &mut Formatter<'_>, figure: &FigureOptions) -> fmt::Result {
    f.write_str("figure")?;
    for &option in FigureOption::ALL {
        if let Some(said) = option.row().word {
            clause(f, said.word, &figure.get(option))?;
        }
    }
    Ok(())
}

/// ` word value`, or nothing.
fn clause(f: &mut Formatter<'_>, word: &str, value: &Option<impl Display>) -> fmt::Result {
    match value {
        Some(value) => write!(f, " {word} {value}"),
        None => Ok(()),
    }
}

/// The place of a statement in a canonical script. Statements with the same slot set the same thing, or
/// belong to the same list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StatementSlot {
    Title,
    About,
    Algorithm,
    Processes,
    Leader,
    Group,
    Load,
    Capacity,
    Detector,
    WaitAlive,
    WaitElected,
    Latency,
    LatencyOf,
    Loss,
    LossOf,
    Duplicate,
    DuplicateOf,
    Fifo,
    Seed,
    Until,
    Entry,
    Edit,
    Expect,
    Figure,
}

/// The sections of a script, separated by blank lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScriptSection {
    Settings,
    Timeline,
    Edits,
    Expectations,
    Figure,
}

impl StatementSlot {
    pub fn section(self) -> ScriptSection {
        match self {
            Self::Entry => ScriptSection::Timeline,
            Self::Edit => ScriptSection::Edits,
            Self::Expect => ScriptSection::Expectations,
            Self::Figure => ScriptSection::Figure,
            _ => ScriptSection::Settings,
        }
    }
}

impl Statement {
    pub fn slot(&self) -> StatementSlot {
        match self {
            Self::Title(_) => StatementSlot::Title,
            Self::About(_) => StatementSlot::About,
            Self::Algorithm(_) => StatementSlot::Algorithm,
            Self::Processes(_) => StatementSlot::Processes,
            Self::Leader(_) => StatementSlot::Leader,
            Self::Group(_) => StatementSlot::Group,
            Self::Load { .. } => StatementSlot::Load,
            Self::Capacity(_) => StatementSlot::Capacity,
            Self::Detector(_) => StatementSlot::Detector,
            Self::WaitAlive(_) => StatementSlot::WaitAlive,
            Self::WaitElected(_) => StatementSlot::WaitElected,
            Self::Latency { links: None, .. } => StatementSlot::Latency,
            Self::Latency { .. } => StatementSlot::LatencyOf,
            Self::Loss { links: None, .. } => StatementSlot::Loss,
            Self::Loss { .. } => StatementSlot::LossOf,
            Self::Duplicate { links: None, .. } => StatementSlot::Duplicate,
            Self::Duplicate { .. } => StatementSlot::DuplicateOf,
            Self::Fifo(_) => StatementSlot::Fifo,
            Self::Seed(_) => StatementSlot::Seed,
            Self::Until(_) => StatementSlot::Until,
            Self::Entry { .. } => StatementSlot::Entry,
            Self::Edit { .. } => StatementSlot::Edit,
            Self::Expect { .. } => StatementSlot::Expect,
            Self::Figure(_) => StatementSlot::Figure,
        }
    }
}

impl Statement {
    /// The links of a setting.
    pub fn links(&self) -> Option<&Links> {
        match self {
            Self::Latency { links, .. }
            | Self::Loss { links, .. }
            | Self::Duplicate { links, .. } => links.as_ref(),
            _ => None,
        }
    }

    /// The setting for other links, or for all.
    pub fn on(&self, links: Option<Links>) -> Self {
        match *self {
            Self::Latency { latency, .. } => Self::Latency { links, latency },
            Self::Loss { rate, .. } => Self::Loss { links, rate },
            Self::Duplicate { rate, .. } => Self::Duplicate { links, rate },
            _ => self.clone(),
        }
    }
}
