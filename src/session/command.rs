//! The commands: what a key, a button or a gesture asks for, and the context in which `execute` turns it into actions.

use super::{RunView, Speed, State};
use crate::scenario::Link;
use crate::time::Time;
use crate::types::Rank;
use crate::view::Target;
use crate::view::spacetime::TimeDrag;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    PlayOrPause,
    /// The next step while the playback goes from event to event.
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
    /// What plays waits: while the pointer is on the playhead, or the page is out of sight; or it
    /// goes on.
    Hold(bool),
    CrashOrRecover,
    PauseOrResume,
    /// The selected process is told that its leader does not answer.
    Suspect,
    /// A double click: a process crashes or recovers, a link is cut or healed.
    Strike,
    /// The selected link is cut.
    Cut,
    /// The selected link lets nothing through from the lower to the higher, or else nothing back.
    CutOneWay,
    /// Nothing gets over this link in this direction.
    Stop(Link),
    /// The selected link is healed, or everything that is cut.
    Heal,
    /// The selected cut turns by one process, clockwise or back; of a selected end that end alone.
    TurnOn,
    TurnBack,
    /// The cut at the cursor gets these sides, for as long as one of its ends is dragged.
    Turn([Vec<Rank>; 2]),
    /// Opens the dialog that splits the network.
    Split,
    /// Splits the network into two sides; one way, only what goes to the first is stopped.
    SplitInto {
        sides: [Vec<Rank>; 2],
        one_way: bool,
    },
    /// The selected message is lost.
    Drop,
    /// The selected message arrives later, or the selected timer fires later.
    Delay,
    /// Likewise earlier, but after the cursor.
    Hasten,
    /// The selected message arrives twice.
    Duplicate,
    /// Something is dragged along time.
    Drag(TimeDrag),
    /// The drag, or the typing, is over.
    Settle,
    /// The drag is given up.
    GiveUp,
    /// The selected fault or override is removed.
    Delete,
    Why,
    /// Explains the last change of leader.
    ExplainLeader,
    WholeRun,
    PresentElection,
    ShowWindow((Time, Time)),
    /// The stage alone, the diagram alone, or both, in turn.
    NextView,
    /// Stage, sentence and playback alone, large enough for a room; or back.
    Present,
    Select(Option<Target>),
    SelectNext,
    SelectPrevious,
    /// The pointer is over a process, on the stage or in the diagram: both raise it.
    Hover(Option<Rank>),
    /// What was opened or selected last is closed.
    Close,
    /// An answer in a lesson, by its place from 0; then the run shows whether it is right.
    Answer(usize),
    /// To the next step of a lesson, paused where the cursor is.
    NextLessonStep,
    /// What a lesson waits for, done in the reader's place.
    ShowAwaited,
    Share,
    Import,
    Help,
    Undo,
    Redo,
}

impl Command {
    /// Whether it selects or changes something on the stage, which the gallery covers.
    pub(super) const fn acts_on_the_run(&self) -> bool {
        match self {
            Self::CrashOrRecover
            | Self::PauseOrResume
            | Self::Suspect
            | Self::Strike
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
            | Self::Share
            | Self::Import
            | Self::Help
            | Self::Undo
            | Self::Redo => false,
        }
    }
}

/// What is on the screen when a command is executed. In a comparison there are two runs on one clock, and the
/// next instant is the next of either.
#[derive(Clone, Copy, Debug)]
pub struct CommandContext<'a> {
    pub state: &'a State,
    pub run_view: &'a RunView,
    /// The run that it is compared with, while that is to be seen.
    pub comparison: Option<&'a RunView>,
    pub cursor: Time,
    /// The browser's clock, in milliseconds.
    pub now: f64,
    pub reduced_motion: bool,
}

impl CommandContext<'_> {
    /// Where playing begins anew.
    pub fn start(&self) -> Time {
        self.state.start()
    }

    /// Where the longer run ends, or what is played of it.
    pub fn end(&self) -> Time {
        self.state.until(self.runs().map(|run_view| run_view.run.end()).max().unwrap_or_default())
    }

    /// The first instant after the cursor at which something happens; nothing after the last.
    pub fn next_instant(&self) -> Option<Time> {
        let next = self.runs().filter_map(|run_view| run_view.run.next_instant(self.cursor)).min();
        next.filter(|&next| next <= self.end())
    }

    /// The last one before the cursor.
    pub fn previous_instant(&self) -> Option<Time> {
        self.runs().filter_map(|run_view| run_view.run.previous_instant(self.cursor)).max()
    }

    /// The last moment before the cursor or the start, and the first after it or the end.
    pub fn moments(&self) -> (Time, Time) {
        let each = || self.runs().map(|run_view| run_view.moments(self.cursor));
        let before = each().map(|(before, _)| before).max().unwrap_or_default();
        // Where one run has no more moments, the other may: its end is none.
        let after =
            each().zip(self.runs()).filter(|((_, after), run_view)| *after < run_view.run.end());
        (before, after.map(|((_, after), _)| after).min().unwrap_or_else(|| self.end()))
    }

    fn runs(&self) -> impl Iterator<Item = &RunView> {
        [Some(self.run_view), self.comparison].into_iter().flatten()
    }
}
