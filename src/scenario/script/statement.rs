//! A line of a script as a value, its canonical text, and its place in a canonical script.
//!
//! A statement names groups as the script does. Only the whole script knows their ids, so the group inside
//! an entry or an override is a placeholder until the scenario is built.

use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::scenario::{
    ChapterMark, Condition, FaultField, FaultTime, FigureOption, FigureOptions, Latency, Links,
    Override, Rate, TimelineEntry, Zone,
};
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::fmt::{self, Display, Formatter};
use std::ops::Range;

/// A statement and the place of the group that it names.
pub(super) type WithGroup = (Statement, Option<Range<usize>>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    Title(String),
    About(String),
    Algorithm(Algorithm),
    Processes(Vec<Rank>),
    Name { process: Rank, name: String },
    Zone(Zone),
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
    Mark(ChapterMark),
    Figure(FigureOptions),
}

/// A `group` line, its leader as it is said or the highest.
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
            Self::Name { process, name } => write!(f, "name {process} {}", Quoted(name)),
            Self::Zone(zone) => write!(f, "zone {} {}", zone.name, RankList(&zone.members)),
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
            Self::Mark(mark) => write!(f, "mark {} {}", mark.at, Quoted(&mark.text)),
            Self::Figure(figure) => write_figure(f, figure),
        }
    }
}

/// Text as it stands between quotes.
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
        // Nobody at all reads better as a count, but it is another value.
        Algorithm::NextInLine(Succession::List(list)) if list.is_empty() => {
            f.write_str(" alternates list")
        }
        Algorithm::NextInLine(Succession::List(list)) => {
            write!(f, " alternates list {}", RankList(list))
        }
    }
}

/// A count where the ranks are those that a count means.
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
    write!(f, "{} {}", edit.occurrence(), edit.kind().row().keyword)?;
    edit.at().iter().try_for_each(|at| write!(f, " {at}"))?;
    edit.by().iter().try_for_each(|by| write!(f, " {by}"))
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

/// Statements with the same slot are about the same thing, or stand in the same list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StatementSlot {
    Title,
    About,
    Algorithm,
    Processes,
    Name,
    Zone,
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
    Mark,
    Figure,
}

/// Sections have a blank line between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScriptSection {
    Settings,
    Timeline,
    Edits,
    Expectations,
    Marks,
    Figure,
}

impl StatementSlot {
    pub fn section(self) -> ScriptSection {
        match self {
            Self::Entry => ScriptSection::Timeline,
            Self::Edit => ScriptSection::Edits,
            Self::Expect => ScriptSection::Expectations,
            Self::Mark => ScriptSection::Marks,
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
            Self::Name { .. } => StatementSlot::Name,
            Self::Zone(_) => StatementSlot::Zone,
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
            Self::Mark(_) => StatementSlot::Mark,
            Self::Figure(_) => StatementSlot::Figure,
        }
    }
}

impl Statement {
    /// The links that it is about.
    pub fn links(&self) -> Option<&Links> {
        match self {
            Self::Latency { links, .. }
            | Self::Loss { links, .. }
            | Self::Duplicate { links, .. } => links.as_ref(),
            _ => None,
        }
    }

    /// The same said of other links, or of all.
    pub fn on(&self, links: Option<Links>) -> Self {
        match *self {
            Self::Latency { latency, .. } => Self::Latency { links, latency },
            Self::Loss { rate, .. } => Self::Loss { links, rate },
            Self::Duplicate { rate, .. } => Self::Duplicate { links, rate },
            _ => self.clone(),
        }
    }
}
