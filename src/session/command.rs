//! The commands that keys, buttons and gestures ask for, and the context in which `execute` turns them into
//! actions.

use super::{RunView, Speed, State};
use crate::scenario::Link;
use crate::time::Time;
use crate::types::Rank;
use crate::view::Target;
use crate::view::spacetime::TimeDrag;

/// What a key, a button or a gesture asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    PlayOrPause,
    /// Goes to the next step while playback goes from event to event.
    PlayStep,
    StepBack,
    StepOn,
    JumpBack,
    JumpOn,
    /// To the chapter before the cursor, and to the one after it.
    ChapterBack,
    ChapterOn,
    /// Makes a chapter at the cursor.
    AddMark,
    Home,
    End,
    Seek(Time),
    Faster,
    Slower,
    SetSpeed(Speed),
    ToggleLoop,
    ToggleSkip,
    /// Suspends playback (`true`) while the pointer is on the playhead or the page is hidden, or resumes it
    /// (`false`).
    Hold(bool),
    CrashOrRecover,
    PauseOrResume,
    /// Makes the selected process suspect its leader.
    Suspect,
    /// What a double click does: crashes or recovers a process, cuts or heals a link.
    DoubleClick,
    /// Cuts the selected link both ways.
    Cut,
    /// Cuts the selected link from the lower to the higher rank; if that direction is cut already, the other
    /// one.
    CutOneWay,
    /// Cuts this link in this direction.
    Stop(Link),
    /// Heals the selected link, or everything if none is selected.
    Heal,
    /// Turns the selected partition by one process, clockwise or back; if one end is selected, that end
    /// alone.
    TurnOn,
    TurnBack,
    /// Gives the partition at the cursor these sides while one of its ends is dragged.
    Turn([Vec<Rank>; 2]),
    /// Opens the dialog that splits the network.
    Split,
    /// Splits the network into two sides; one way, only messages to the first side are cut.
    SplitInto {
        sides: [Vec<Rank>; 2],
        one_way: bool,
    },
    /// Loses the selected message.
    Drop,
    /// Delays the arrival of the selected message, or the firing of the selected timer.
    Delay,
    /// Brings the arrival or the firing forward, but not before the cursor.
    Hasten,
    /// Duplicates the selected message.
    Duplicate,
    /// Moves something along time while it is dragged.
    Drag(TimeDrag),
    /// Ends the drag or the typing.
    Settle,
    /// Cancels the drag.
    GiveUp,
    /// Removes the selected fault or override.
    Delete,
    Why,
    /// Explains the last change of leader.
    ExplainLeader,
    WholeRun,
    PresentElection,
    ShowWindow((Time, Time)),
    /// Switches between the stage alone, the diagram alone, and both.
    NextView,
    /// Starts the presentation (stage, sentence and playback alone, large enough for an audience), or ends
    /// it.
    Present,
    Select(Option<Target>),
    SelectNext,
    SelectPrevious,
    /// The process under the pointer, on the stage or in the diagram: both highlight it.
    Hover(Option<Rank>),
    /// Closes what was opened or selected last.
    Close,
    /// Answers a question of a lesson, by the answer's index from 0, and plays to where the run shows the
    /// outcome.
    Answer(usize),
    /// Pauses at the cursor and goes to the next step of a lesson.
    NextLessonStep,
    /// Executes what a lesson waits for on the reader's behalf.
    ShowAwaited,
    /// Opens the search, or closes it.
    Search,
    /// Opens the panel *What if*, or closes it.
    WhatIf,
    Share,
    Import,
    Help,
    Undo,
    Redo,
}

impl Command {
    /// Whether the command selects or changes something on the stage, which some screens cover.
    pub(super) const fn acts_on_the_run(&self) -> bool {
        match self {
            Self::CrashOrRecover
            | Self::PauseOrResume
            | Self::Suspect
            | Self::DoubleClick
            | Self::Cut
            | Self::CutOneWay
            | Self::Stop(_)
            | Self::Heal
            | Self::TurnOn
            | Self::TurnBack
            | Self::Turn(_)
            | Self::Split
            | Self::SplitInto { .. }
            | Self::Drop
            | Self::Delay
            | Self::Hasten
            | Self::Duplicate
            | Self::Drag(_)
            | Self::Delete
            | Self::AddMark
            | Self::Why
            | Self::ExplainLeader
            | Self::Select(_)
            | Self::SelectNext
            | Self::SelectPrevious => true,
            Self::PlayOrPause
            | Self::PlayStep
            | Self::StepBack
            | Self::StepOn
            | Self::JumpBack
            | Self::JumpOn
            | Self::ChapterBack
            | Self::ChapterOn
            | Self::Home
            | Self::End
            | Self::Seek(_)
            | Self::Faster
            | Self::Slower
            | Self::SetSpeed(_)
            | Self::ToggleLoop
            | Self::ToggleSkip
            | Self::Hold(_)
            | Self::Settle
            | Self::GiveUp
            | Self::WholeRun
            | Self::PresentElection
            | Self::ShowWindow(_)
            | Self::NextView
            | Self::Present
            | Self::Hover(_)
            | Self::Close
            | Self::Answer(_)
            | Self::NextLessonStep
            | Self::ShowAwaited
            | Self::Search
            | Self::WhatIf
            | Self::Share
            | Self::Import
            | Self::Help
            | Self::Undo
            | Self::Redo => false,
        }
    }
}

/// What is on the screen when a command is executed. A comparison has two runs on one clock, and the next
/// instant is the earlier of theirs.
#[derive(Clone, Copy, Debug)]
pub struct CommandContext<'a> {
    pub state: &'a State,
    pub run_view: &'a RunView,
    /// The other run of a comparison, while it is shown.
    pub comparison: Option<&'a RunView>,
    pub cursor: Time,
    /// The browser's clock, in milliseconds.
    pub now: f64,
    pub reduced_motion: bool,
}

impl CommandContext<'_> {
    /// The instant from which playback starts again.
    pub fn start(&self) -> Time {
        self.state.start()
    }

    /// The end of the longer run, or of the part that a figure plays.
    pub fn end(&self) -> Time {
        self.state.until(self.runs().map(|run_view| run_view.run.end()).max().unwrap_or_default())
    }

    /// The first instant after the cursor at which something happens, up to the end.
    pub fn next_instant(&self) -> Option<Time> {
        let next = self.runs().filter_map(|run_view| run_view.run.next_instant(self.cursor)).min();
        next.filter(|&next| next <= self.end())
    }

    /// The last instant before the cursor at which something happens.
    pub fn previous_instant(&self) -> Option<Time> {
        self.runs().filter_map(|run_view| run_view.run.previous_instant(self.cursor)).max()
    }

    /// The last moment before the cursor, else the start; and the first moment after it, else the end.
    pub fn moments(&self) -> (Time, Time) {
        let each = || self.runs().map(|run_view| run_view.moments(self.cursor));
        let before = each().map(|(before, _)| before).max().unwrap_or_default();
        // Without a further moment a run yields its end, which is no moment while the other run continues.
        let after =
            each().zip(self.runs()).filter(|((_, after), run_view)| *after < run_view.run.end());
        (before, after.map(|((_, after), _)| after).min().unwrap_or_else(|| self.end()))
    }

    fn runs(&self) -> impl Iterator<Item = &RunView> {
        [Some(self.run_view), self.comparison].into_iter().flatten()
    }
}
