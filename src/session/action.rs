//! What the session can be told.

use super::address::Address;
use super::{Dialog, Document, Panel, Screen, Speed, State, Tab};
use crate::run::Digest;
use crate::scenario::{Change, FigureView, Scenario};
use crate::simulation::EventId;
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank};
use crate::view::Target;
use std::rc::Rc;

/// What the session is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Another session in the place of this one: what a page around a figure asks for.
    Begin(Box<State>),
    /// Another scenario; what was there before can be undone to.
    Open(Document),
    /// Likewise what an address names, looked at as it says.
    OpenAddress {
        address: Address,
        document: Document,
    },
    /// The run of what an address named is done.
    Check(Digest),
    /// Begins to play at the cursor. `now` is the browser's clock, in milliseconds.
    Play {
        from: Time,
        now: f64,
    },
    /// Begins to go from event to event.
    PlayBySteps {
        from: Time,
    },
    Pause {
        at: Time,
    },
    /// Playing pauses there, once: asked for by the page around a figure.
    StopAt(Time),
    Seek {
        to: Time,
        now: f64,
    },
    SetSpeed {
        speed: Speed,
        at: Time,
        now: f64,
    },
    ToggleLoop {
        at: Time,
        now: f64,
    },
    ToggleSkip {
        at: Time,
        now: f64,
    },
    Select(Option<Target>),
    /// The pointer is over a process, or no longer.
    Hover(Option<Rank>),
    /// One group alone, or nothing for all of them.
    Group(Option<GroupId>),
    ToggleKind(MessageKind),
    /// This kind alone; all of them if it is alone already.
    ShowOnly(MessageKind),
    Change(Change),
    /// A change that goes on while something is dragged; each is to what the drag began with.
    Drag(Change),
    /// The whole scenario, as it is typed in another spelling.
    ReplaceScenario(Box<Scenario>),
    /// The text of the JSON panel while it cannot be read; nothing once it is given up.
    DraftJson(Option<Rc<str>>),
    /// The whole text of the script, as it is typed.
    Type(String),
    /// The whole text of the script, rewritten at one stroke, with its name for undo.
    Write {
        text: String,
        name: String,
    },
    /// A drag or typing is over.
    Settle,
    /// A drag is given up.
    GiveUp,
    /// A line of the script, from 1, is put aside, or comes back in force.
    Disable {
        line: usize,
        disabled: bool,
    },
    Undo,
    Redo,
    /// Back to what was opened.
    Reset,
    Why(Option<EventId>),
    Window(Option<(Time, Time)>),
    Show(Screen),
    View(FigureView),
    /// The presentation begins, or ends.
    Present(bool),
    Panel(Option<Panel>),
    Tab(Tab),
    Dialog(Option<Dialog>),
    Lesson(LessonAction),
    /// What plays waits, and goes on: while the page is out of sight, or a hand is on the strip.
    Hold {
        at: Time,
    },
    Release {
        now: f64,
    },
    /// Says something, or clears what was said.
    Say(Option<String>),
}

/// An action on the lesson.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LessonAction {
    /// A lesson by its place, at the step where the reader was.
    Enter(usize),
    /// A lesson and a step by their places.
    EnterStep(usize, usize),
    /// The step as it opened, since something else was done than it asks for.
    Restore,
    Answer(usize),
    Next,
    Back,
    Leave,
    /// Playing has come to the instant at which the lesson stops it.
    Reached(Time),
}

/// The notice where a lesson hides what comes after its question.
pub(super) const HIDDEN: &str =
    "What comes is hidden until you have chosen an answer; then the run goes on.";
