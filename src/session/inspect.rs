//! The model of the inspector: facts about the selection, and the commands on it.

mod network;
mod process;

use super::{Command, Document, RunView, keys};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::scenario::{FaultTime, ScenarioPart, TimelineEntry, script};
use crate::time::Time;
use crate::types::{Rank, TimerKind};
use crate::view::Target;
use crate::view::model::StageModel;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    pub title: String,
    pub facts: Vec<Fact>,
    /// The last messages, newest first.
    pub messages: Vec<MessageRow>,
    /// What survives a crash and what does not; only for a process.
    pub survival: Option<Survival>,
    pub actions: Vec<InspectorAction>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: &'static str,
    pub value: String,
    /// The remaining share of a timer, in percent.
    pub left: Option<u8>,
    /// The target that a click selects.
    pub target: Option<Target>,
}

/// A message in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    pub name: MessageId,
    pub names: Option<Rank>,
    pub words: String,
    pub at: Time,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survival {
    pub kept: Vec<Fact>,
    pub lost: Vec<Fact>,
}

/// A command as a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectorAction {
    pub words: &'static str,
    pub command: Command,
}

/// The run, the document and the instant to inspect.
#[derive(Clone, Copy, Debug)]
pub struct InspectionContext<'a> {
    pub run_view: &'a RunView,
    pub document: &'a Document,
    /// The stage at the cursor.
    pub picture: &'a StageModel,
    pub cursor: Time,
}

/// The facts about a target at the cursor, and the commands on it.
pub fn inspect(target: Target, look: InspectionContext) -> Inspection {
    match target {
        Target::Process(rank) => process::inspect(rank, look),
        Target::Message(name) => network::inspect(name, look),
        Target::Link(link) => network::link(link, look),
        Target::Partition => network::cut(None, look),
        Target::Handle(end) => network::cut(Some(end), look),
        Target::Timer(name) => timer(name, look),
        Target::Fault(entry) | Target::FaultEnd(entry) => fault(entry, look),
    }
}

impl Fact {
    fn new(label: &'static str, value: impl Into<String>) -> Self {
        Self { label, value: value.into(), left: None, target: None }
    }
}

impl InspectorAction {
    const fn new(words: &'static str, command: Command) -> Self {
        Self { words, command }
    }

    pub fn key(&self) -> Option<&'static str> {
        keys::shown(&self.command)
    }
}

/// The override of a choice in script syntax, with its line; `None` while a lesson asks a question, since it
/// may be the answer.
fn override_text(
    choice: ChoiceId,
    InspectionContext { document, run_view, .. }: InspectionContext,
) -> Option<String> {
    if run_view.hides_future {
        return None;
    }
    let scenario = document.scenario();
    let place = scenario.overrides.iter().position(|found| found.choice() == choice)?;
    Some(with_line(
        script::format_override(scenario, place),
        ScenarioPart::Override(place),
        document,
    ))
}

impl InspectionContext<'_> {
    /// Whether an instant may be shown: not one in the future while a lesson asks what comes.
    fn tells(&self, at: Time) -> bool {
        !self.run_view.hides_future || at <= self.cursor
    }
}

/// Replaces what must not be shown yet.
const HIDDEN: &str = "hidden until you have answered";

fn with_line(words: String, place: ScenarioPart, document: &Document) -> String {
    match document.script().lines.of(place) {
        Some(line) => format!("{words} (line {line})"),
        None => words,
    }
}

/// The remaining share of a span, in percent.
fn left(since: Time, due: Time, now: Time) -> u8 {
    let whole = due.since(since).as_us().max(1);
    (due.since(now).as_us() * 100 / whole).min(100) as u8
}

pub fn timer(name: TimerId, look: InspectionContext) -> Inspection {
    let world = look.run_view.run.at(look.cursor);
    let what = match name.timer {
        TimerKind::Alive => "answers",
        TimerKind::Elected => "an Elected",
        TimerKind::Heartbeat => "a heartbeat of its leader",
        TimerKind::Beat => "its own next heartbeat",
        TimerKind::Preempt => "its preemption of a lower rank",
        TimerKind::Quorum => "the end of its quorum",
        TimerKind::Delay => "an election of a higher rank",
    };
    let mut facts = vec![Fact::new("Waits for", what)];
    let mut actions = Vec::new();
    match world.timers(name.group, name.of).find(|timer| timer.name == name) {
        Some(timer) => {
            facts.push(Fact::new("Set", timer.since.spoken().to_string()));
            facts.push(match look.tells(timer.due) {
                true => {
                    let rest = timer.due.spoken_since(look.cursor).spoken();
                    let value = format!("{}, in {rest}", timer.due.spoken());
                    let left = Some(left(timer.since, timer.due, look.cursor));
                    Fact { left, ..Fact::new("Ends", value) }
                }
                false => Fact::new("Ends", HIDDEN),
            });
            actions.push(InspectorAction::new("End later", Command::Delay));
            actions.push(InspectorAction::new("End earlier", Command::Hasten));
        }
        None => facts.push(Fact::new("Ends", "does not run at the cursor")),
    }
    if let Some(text) = override_text(ChoiceId::Timer(name), look) {
        facts.push(Fact::new("Fixed by", text));
        actions.push(InspectorAction::new("Restore its timeout", Command::Delete));
    }
    let title = format!("Wait of {}", name.of);
    Inspection { title, facts, actions, ..Inspection::default() }
}

pub fn fault(entry: usize, look: InspectionContext) -> Inspection {
    let scenario = look.document.scenario();
    // Its words tell what comes, or when it ends, unless it is over.
    let over = scenario.timeline.get(entry).and_then(|entry| match entry.when() {
        FaultTime::At(at) => Some(at + entry.fault()?.arguments().span.unwrap_or_default()),
        FaultTime::Every { .. } => None,
    });
    if !look.tells(over.unwrap_or(Time::NEVER)) {
        let facts = vec![Fact::new("What", HIDDEN)];
        return Inspection { title: "Fault".to_owned(), facts, ..Inspection::default() };
    }
    let mut facts = vec![Fact::new("What", script::format_entry(scenario, entry))];
    let mut actions = vec![InspectorAction::new("Remove", Command::Delete)];
    if let Some(fault) = scenario.timeline.get(entry) {
        let first = fault.first();
        facts.push(Fact::new("When", when(fault)));
        let to = first.min(look.run_view.run.end());
        actions.push(InspectorAction::new("Go there", Command::Seek(to)));
    }
    if let Some(line) = look.document.script().lines.of(ScenarioPart::Entry(entry)) {
        facts.push(Fact::new("Line", line.to_string()));
    }
    Inspection { title: "Fault".to_owned(), facts, actions, ..Inspection::default() }
}

fn when(entry: &TimelineEntry) -> String {
    let first = entry.first().spoken();
    match entry {
        TimelineEntry::Fault { when: FaultTime::At(_), .. } => format!("at {first}"),
        TimelineEntry::Fault { when: FaultTime::Every { every, .. }, .. } => {
            format!("every {}, first at {first}", every.spoken())
        }
        TimelineEntry::Flap { down, up, .. } => {
            format!("from {first} on, {} down and {} up", down.spoken(), up.spoken())
        }
    }
}
