//! The list of faults, overrides and disabled lines, with the fields of each row. It is the keyboard's
//! equivalent of every drag along time.

mod adding;

pub use adding::{AddForm, AddKind, PartitionSide, PartitionSides, toggled};

use super::{Action, Document, RunView, refusal_text, sentence};
use crate::choice::ChoiceId;
use crate::narration::{describe_entry, describe_override};
use crate::run::Run;
use crate::scenario::script::field::{self, FieldError};
use crate::scenario::script::{self, DisabledStatement, disabled};
use crate::scenario::{
    Change, Fault, FaultField, FaultTime, MessageOverride, Override, Scenario, ScenarioPart,
    TimelineEntry,
};
use crate::simulation::EventKind;
use crate::sort;
use crate::time::{Duration, Time};
use crate::view::Target;

/// The subject of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultItem {
    /// A fault, by its index in the timeline.
    Entry(usize),
    /// An override, by its index.
    Override(usize),
    /// A disabled line of the text, from 1.
    Disabled(usize),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultRow {
    pub item: FaultItem,
    /// When the fault happens, or the overridden choice comes up; `None` if it never does.
    pub at: Option<Time>,
    /// The text of the instant's field; `None` if the row cannot be moved.
    pub written: Option<String>,
    pub words: String,
    /// The line of the text, from 1, for disabling it.
    pub line: Option<usize>,
    /// Its further durations and ends, with their text.
    pub lasts: Vec<(FaultSpan, String)>,
    pub target: Option<Target>,
    /// Why an override has no effect.
    pub unused: Option<String>,
}

/// Identifies a row, also after it is disabled or enabled: by its line, if there is a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultRowId {
    Line(usize),
    Item(FaultItem),
}

impl FaultRow {
    pub fn id(&self) -> FaultRowId {
        self.line.map_or(FaultRowId::Item(self.item), FaultRowId::Line)
    }
}

/// A duration or an end in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultSpan {
    Pause,
    Every,
    Down,
    Up,
    /// The end; empty for the end of the run. Of a cut: when it heals.
    Until,
    Delay,
}

impl FaultSpan {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pause => "for",
            Self::Every => "every",
            Self::Down => "down",
            Self::Up => "up",
            Self::Until => "until",
            Self::Delay => "longer by",
        }
    }
}

/// The number of events up to which a run is searched for the instants of overrides.
const MOST_SEARCHED: u32 = 200_000;

/// The instants at which each override's choice comes up. They should be kept for as long as the run is the
/// same.
pub fn instants(run: &Run) -> Vec<Option<Time>> {
    let overrides = &run.scenario().overrides;
    if overrides.is_empty() || run.events_so_far() > MOST_SEARCHED {
        return vec![None; overrides.len()];
    }
    let events = run.events(Time::ZERO, run.end());
    let first = |of: &Override| {
        let name = Some(of.choice());
        let run_view =
            |what: &EventKind| !matches!(what, EventKind::Received | EventKind::TimedOut { .. });
        events
            .iter()
            .find(|event| event.choice == name && run_view(&event.what))
            .map(|event| event.at)
    };
    overrides.iter().map(first).collect()
}

/// All rows, ordered by instant; rows without one come last.
pub fn rows(document: &Document, run_view: &RunView, instants: &[Option<Time>]) -> Vec<FaultRow> {
    let scenario = document.scenario();
    let mut rows: Vec<FaultRow> = Vec::new();
    rows.extend(
        scenario.timeline.iter().enumerate().map(|(at, entry)| of_entry(document, at, entry)),
    );
    for (place, found) in scenario.overrides.iter().enumerate() {
        let text = script::format_override(scenario, place);
        let unused = run_view.report.unused_overrides.iter().find(|unused| unused.text == text);
        let reason = unused.map(|unused| sentence(&unused.reason));
        let sent = instants.get(place).copied().flatten();
        rows.push(of_override(document, place, found, sent, reason));
    }
    for line in disabled(document.text()) {
        let (at, words) = match &line.what {
            DisabledStatement::Entry(entry) => {
                (Some(entry.first()), describe_entry(scenario, entry))
            }
            DisabledStatement::Fixes(found) => (found.at(), describe_override(scenario, found)),
        };
        rows.push(FaultRow {
            item: FaultItem::Disabled(line.line),
            at,
            written: None,
            words,
            line: Some(line.line),
            lasts: Vec::new(),
            target: None,
            unused: None,
        });
    }
    sort::sort_by_key(&mut rows, |row| (row.at.is_none(), row.at, row.id()));
    rows
}

fn of_entry(document: &Document, place: usize, entry: &TimelineEntry) -> FaultRow {
    let until = |until: Option<Time>| until.map_or_else(String::new, |until| until.to_string());
    let arguments = entry.arguments();
    let mut lasts = Vec::new();
    if let FaultTime::Every { every, until: end, .. } = entry.when() {
        lasts.push((FaultSpan::Every, every.to_string()));
        lasts.push((FaultSpan::Until, until(end)));
    } else if entry.fault().is_some_and(Fault::is_cut) {
        let scenario = document.scenario();
        let healing = scenario.healing(place).map(|line| scenario.timeline[line].first());
        lasts.push((FaultSpan::Until, until(healing)));
    }
    let lengths = [
        (FaultSpan::Pause, arguments.span),
        (FaultSpan::Down, arguments.down),
        (FaultSpan::Up, arguments.up),
    ];
    lasts.extend(lengths.into_iter().filter_map(|(of, length)| Some((of, length?.to_string()))));
    if entry.kind().row().fields.contains(&FaultField::Until) {
        lasts.push((FaultSpan::Until, until(arguments.until)));
    }
    FaultRow {
        item: FaultItem::Entry(place),
        at: Some(entry.first()),
        written: Some(entry.first().to_string()),
        words: describe_entry(document.scenario(), entry),
        line: document.script().lines.of(ScenarioPart::Entry(place)),
        lasts,
        target: Some(Target::Fault(place)),
        unused: None,
    }
}

fn of_override(
    document: &Document,
    place: usize,
    found: &Override,
    sent: Option<Time>,
    unused: Option<String>,
) -> FaultRow {
    let target = match found.choice() {
        ChoiceId::Message(name) => Target::Message(name),
        ChoiceId::Timer(name) => Target::Timer(name),
    };
    let lasts = found.by().map(|by| (FaultSpan::Delay, by.to_string())).into_iter().collect();
    FaultRow {
        item: FaultItem::Override(place),
        at: found.at().or(sent),
        written: found.at().map(|at| at.to_string()),
        words: describe_override(document.scenario(), found),
        line: document.script().lines.of(ScenarioPart::Override(place)),
        lasts,
        target: Some(target),
        unused,
    }
}

/// The rows while the list has the focus: their order stays.
pub fn held(mut rows: Vec<FaultRow>, order: &[FaultRowId]) -> Vec<FaultRow> {
    let known = |row: &FaultRow| order.contains(&row.id());
    if rows.len() == order.len() && rows.iter().all(known) {
        sort::sort_by_key(&mut rows, |row| order.iter().position(|id| *id == row.id()));
    }
    rows
}

/// The change of a row's instant to a typed text; `None` if nothing changes.
///
/// # Errors
/// A sentence that says what is wrong with the text.
pub fn moved(scenario: &Scenario, item: FaultItem, text: &str) -> Result<Option<Change>, String> {
    let to = field::instant(text).map_err(|problem| unread(&problem))?;
    checked(scenario, to_instant(scenario, item, to))
}

/// The change that moves a row earlier or later, but not before the start; `None` if nothing changes.
///
/// # Errors
/// A sentence that says why the row cannot be moved.
pub fn nudged(
    scenario: &Scenario,
    item: FaultItem,
    later: bool,
    by: Duration,
) -> Result<Option<Change>, String> {
    let at = match item {
        FaultItem::Entry(place) => scenario.timeline.get(place).map(TimelineEntry::first),
        FaultItem::Override(place) => scenario.overrides.get(place).and_then(Override::at),
        FaultItem::Disabled(_) => None,
    };
    let to = at.map(|at| if later { at + by } else { at - by });
    checked(scenario, to.and_then(|to| to_instant(scenario, item, to)))
}

fn to_instant(scenario: &Scenario, item: FaultItem, to: Time) -> Option<Change> {
    match item {
        FaultItem::Entry(entry) => Some(Change::Move { entry, to }),
        FaultItem::Override(place) => Some(Change::Fix(match *scenario.overrides.get(place)? {
            Override::Message { name, .. } => {
                Override::Message { name, fate: MessageOverride::Arrives(to) }
            }
            Override::Timer { name, .. } => Override::Timer { name, fires: to },
        })),
        FaultItem::Disabled(_) => None,
    }
}

/// The change of a row's duration or end to a typed text; `None` if nothing changes.
///
/// # Errors
/// A sentence that says what is wrong with the text.
pub fn lasting(
    scenario: &Scenario,
    item: FaultItem,
    of: FaultSpan,
    text: &str,
) -> Result<Option<Change>, String> {
    let change =
        change_of_duration(scenario, item, of, text).map_err(|problem| unread(&problem))?;
    checked(scenario, change)
}

fn change_of_duration(
    scenario: &Scenario,
    item: FaultItem,
    of: FaultSpan,
    text: &str,
) -> Result<Option<Change>, FieldError> {
    let until = || match text.trim() {
        "" => Ok(None),
        text => field::instant(text).map(Some),
    };
    match item {
        FaultItem::Entry(entry) => {
            let Some(line) = scenario.timeline.get(entry) else { return Ok(None) };
            let (kind, mut when, mut arguments) = (line.kind(), line.when(), line.arguments());
            match (of, &mut when) {
                (FaultSpan::Pause, _) => arguments.span = Some(field::duration(text)?),
                (FaultSpan::Down, _) => arguments.down = Some(field::duration(text)?),
                (FaultSpan::Up, _) => arguments.up = Some(field::duration(text)?),
                (FaultSpan::Every, FaultTime::Every { every, .. }) => {
                    *every = field::duration(text)?;
                }
                (FaultSpan::Until, FaultTime::Every { until: end, .. }) => *end = until()?,
                (FaultSpan::Until, FaultTime::At(_)) if kind.repeats() => {
                    arguments.until = until()?;
                }
                (FaultSpan::Until, FaultTime::At(_)) => {
                    return Ok(Some(Change::EndCut { entry, at: until()? }));
                }
                (FaultSpan::Every, FaultTime::At(_)) | (FaultSpan::Delay, _) => return Ok(None),
            }
            let with = TimelineEntry::new(when, kind, arguments);
            Ok(Some(Change::Replace { entry, with }))
        }
        FaultItem::Override(place) => match scenario.overrides.get(place) {
            Some(&Override::Message { name, .. }) => {
                let fate = MessageOverride::Delayed(field::duration(text)?);
                Ok(Some(Change::Fix(Override::Message { name, fate })))
            }
            Some(Override::Timer { .. }) | None => Ok(None),
        },
        FaultItem::Disabled(_) => Ok(None),
    }
}

/// The text without a line (from 1).
fn without_line(text: &str, line: usize) -> String {
    let kept = text.split_inclusive('\n').enumerate().filter(|(index, _)| index + 1 != line);
    kept.map(|(_, whole)| whole).collect()
}

/// The action that removes a row.
pub fn removed(document: &Document, item: FaultItem) -> Option<Action> {
    let scenario = document.scenario();
    if let Some(change) = removal(scenario, item) {
        return Some(Action::Change(change));
    }
    let (line, name) = match item {
        FaultItem::Disabled(line) => {
            let found = disabled(document.text()).into_iter().find(|found| found.line == line)?;
            (line, format!("muted {}", found.what.name()))
        }
        FaultItem::Override(place) => {
            let line = document.script().lines.of(ScenarioPart::Override(place))?;
            (line, scenario.overrides.get(place)?.name())
        }
        FaultItem::Entry(_) => return None,
    };
    let text = without_line(document.text(), line);
    Some(Action::Write { text, name: format!("removal of the {name}") })
}

/// The change that removes a row, if one removes it alone; otherwise its line has to be removed.
fn removal(scenario: &Scenario, item: FaultItem) -> Option<Change> {
    match item {
        FaultItem::Entry(entry) => Some(Change::Remove { entry }),
        FaultItem::Override(place) => {
            let name = scenario.overrides.get(place)?.choice();
            let alone =
                scenario.overrides.iter().filter(|other| other.choice() == name).count() == 1;
            alone.then_some(Change::Release(name))
        }
        FaultItem::Disabled(_) => None,
    }
}

pub(super) fn checked(
    scenario: &Scenario,
    change: Option<Change>,
) -> Result<Option<Change>, String> {
    let Some(change) = change else { return Ok(None) };
    match scenario.with(change.clone()) {
        Ok(next) if next == *scenario => Ok(None),
        Ok(_) => Ok(Some(change)),
        Err(refusal) => Err(refusal_text(&refusal)),
    }
}

pub(super) fn unread(problem: &FieldError) -> String {
    sentence(&problem.to_string())
}
