//! The actions: what the reducer applies to the session's state.

use super::address::Address;
use super::{Dialog, Document, Panel, Screen, Speed, State, Tab};
use crate::run::Digest;
use crate::scenario::{Change, FigureView, Scenario};
use crate::simulation::EventId;
use crate::sweep::SweepSetting;
use crate::time::Time;
use crate::tools::SearchAnswer;
use crate::types::{GroupId, MessageKind, Rank};
use crate::view::Target;
use std::rc::Rc;

/// A change of the session's state.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Replaces the whole state; the host page of a figure requests it.
    Begin(Box<State>),
    /// Opens a document; undo returns to the previous one.
    Open(Document),
    /// Opens the document of an address, with the view that the address names.
    OpenAddress {
        address: Address,
        document: Document,
    },
    /// The run of the opened address is done, with this digest.
    Check(Digest),
    /// Starts playback at `from`. `now` is the browser's clock in milliseconds, here and below.
    Play {
        from: Time,
        now: f64,
    },
    /// Starts playback in steps, from event to event.
    PlayBySteps {
        from: Time,
    },
    Pause {
        at: Time,
    },
    /// Playback pauses at this instant once; the host page of a figure requests it.
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
    /// The process under the pointer, or `None`.
    Hover(Option<Rank>),
    /// Shows one group alone, or all for `None`.
    Group(Option<GroupId>),
    ToggleKind(MessageKind),
    /// Shows messages of this kind alone; if it is alone already, all kinds.
    ShowOnly(MessageKind),
    Change(Change),
    /// A change during a drag. Each one applies to the document at the start of the drag.
    Drag(Change),
    /// Replaces the scenario while it is typed as JSON.
    ReplaceScenario(Box<Scenario>),
    /// The text of the JSON panel while it cannot be parsed; `None` discards it.
    DraftJson(Option<Rc<str>>),
    /// Replaces the text of the script while it is typed.
    Type(String),
    /// Replaces the text of the script in one step, with a name for undo.
    Write {
        text: String,
        name: String,
    },
    /// Ends a drag or typing: it is one step of the history from now on.
    Settle,
    /// Cancels a drag.
    GiveUp,
    /// Disables or enables a line of the script; lines count from 1.
    Disable {
        line: usize,
        disabled: bool,
    },
    Undo,
    Redo,
    /// Returns to the document that was opened last.
    Reset,
    Why(Option<EventId>),
    Window(Option<(Time, Time)>),
    Show(Screen),
    View(FigureView),
    /// Starts or ends the presentation.
    Present(bool),
    Panel(Option<Panel>),
    /// Shows an answer of the search, with its place from 0, in place of the scenario, which stays as it is; `None`
    /// shows the scenario again.
    Preview(Option<(usize, Box<SearchAnswer>)>),
    /// Chooses what the panel *What if* varies when it opens next.
    Vary(SweepSetting),
    Tab(Tab),
    Dialog(Option<Dialog>),
    Lesson(LessonAction),
    /// `Hold` suspends playback while the page is hidden or the pointer is on the playhead; `Release` resumes
    /// it.
    Hold {
        at: Time,
    },
    Release {
        now: f64,
    },
    /// Shows a notice, or clears it.
    Say(Option<String>),
}

impl Action {
    /// Whether it shows something that a presentation hides.
    pub(super) const fn ends_presentation(&self) -> bool {
        matches!(
            self,
            Self::Show(_)
                | Self::View(_)
                | Self::Panel(Some(_))
                | Self::Tab(_)
                | Self::Why(Some(_))
                | Self::Lesson(_)
        )
    }

    /// Whether it is about the reader's own scenario, so that no answer of the search is shown any longer.
    pub(super) const fn ends_preview(&self) -> bool {
        let is_other_panel =
            matches!(self, Self::Panel(panel) if !matches!(panel, Some(Panel::Search)));
        is_other_panel
            || matches!(
                self,
                Self::Show(_)
                    | Self::Present(_)
                    | Self::Lesson(_)
                    | Self::OpenAddress { .. }
                    | Self::Dialog(Some(Dialog::Share | Dialog::Embed | Dialog::Import))
            )
    }
}

/// An action on the lesson.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LessonAction {
    /// Enters a lesson by its index, at the step that the reader has reached.
    Enter(usize),
    /// Enters a step of a lesson, both by index.
    EnterStep(usize, usize),
    /// Restores the step's initial state after a deviation.
    Restore,
    Answer(usize),
    Next,
    Back,
    Leave,
    /// Playback has reached the instant at which the lesson stops it.
    Reached(Time),
}

/// The notice while a lesson hides what comes after its question.
pub(super) const HIDDEN: &str =
    "What comes is hidden until you have chosen an answer; then the run goes on.";
