//! What is selected, as facts, letters and deeds: the page only lays them out.

mod message;
mod network;
mod process;
mod timeline;

use super::{Command, Document, RunView};
use crate::choice::{ChoiceId, MessageId};
use crate::scenario::ScenarioPart;
use crate::scenario::script;
use crate::time::Time;
use crate::types::{MessageKind, Rank};
use crate::view::Target;
use crate::view::model::StageModel;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    pub title: String,
    pub facts: Vec<Fact>,
    /// The last messages, the newest first.
    pub letters: Vec<MessageRow>,
    /// What a crash leaves, and what it takes; of a process alone.
    pub survival: Option<Survival>,
    pub actions: Vec<InspectorAction>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: &'static str,
    pub value: String,
    /// Of a wait, how much is left, in percent.
    pub left: Option<u8>,
    /// What it leads to.
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

/// A deed as a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectorAction {
    pub words: &'static str,
    pub key: Option<&'static str>,
    pub asks: InspectorCommand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InspectorCommand {
    /// Of what is selected.
    Deed(Command),
    Seek(Time),
}

/// What is looked at, and when.
#[derive(Clone, Copy, Debug)]
pub struct InspectionContext<'a> {
    pub run_view: &'a RunView,
    pub document: &'a Document,
    /// The instant at the cursor.
    pub picture: &'a StageModel,
    pub cursor: Time,
}

/// What is to be known of a target at the cursor, and what can be done to it.
pub fn inspect(target: Target, look: InspectionContext) -> Inspection {
    match target {
        Target::Process(rank) => process::inspect(rank, look),
        Target::Message(name) => message::inspect(name, look),
        Target::Link(link) => network::link(link, look),
        Target::Partition => network::cut(None, look),
        Target::Handle(end) => network::cut(Some(end), look),
        Target::Timer(name) => timeline::timer(name, look),
        Target::Fault(entry) | Target::FaultEnd(entry) => timeline::fault(entry, look),
    }
}

impl Fact {
    fn new(label: &'static str, value: impl Into<String>) -> Self {
        Self { label, value: value.into(), left: None, target: None }
    }
}

impl InspectorAction {
    const fn new(words: &'static str, key: &'static str, deed: Command) -> Self {
        Self { words, key: Some(key), asks: InspectorCommand::Deed(deed) }
    }

    const fn without_key(words: &'static str, deed: Command) -> Self {
        Self { words, key: None, asks: InspectorCommand::Deed(deed) }
    }
}

/// The edit that fixes a choice, as the script writes it, with its line. While a lesson asks, what it
/// fixes may be the answer.
fn edit(
    occurrence: ChoiceId,
    InspectionContext { document, run_view, .. }: InspectionContext,
) -> Option<String> {
    if run_view.hides_future {
        return None;
    }
    let scenario = document.scenario();
    let place = scenario.overrides.iter().position(|edit| edit.occurrence() == occurrence)?;
    Some(with_line(script::format_override(scenario, place), ScenarioPart::Edit(place), document))
}

impl InspectionContext<'_> {
    /// Whether an instant, and what happens there, may be told: not while a lesson asks for it.
    fn tells(&self, at: Time) -> bool {
        !self.run_view.hides_future || at <= self.cursor
    }
}

/// Stands for what is not told yet.
const HIDDEN: &str = "hidden until you have answered";

fn with_line(words: String, place: ScenarioPart, document: &Document) -> String {
    match document.script().lines.of(place) {
        Some(line) => format!("{words} (line {line})"),
        None => words,
    }
}

/// The leader or candidate that a message names.
fn names(name: MessageId) -> Option<Rank> {
    match name.kind {
        MessageKind::Proceed => Some(name.to),
        MessageKind::Elected | MessageKind::Heartbeat => Some(name.from),
        MessageKind::Election | MessageKind::Alive => None,
    }
}

/// How much of a span is left, in percent.
fn left(since: Time, due: Time, now: Time) -> u8 {
    let whole = due.since(since).as_us().max(1);
    (due.since(now).as_us() * 100 / whole).min(100) as u8
}
