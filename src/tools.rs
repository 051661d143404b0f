//! The tools of the page: what it leaves to a worker with a program of its own, `bin/tools.rs`. The protocol
//! between the two, and the worker's side of it.
//!
//! The worker sends `Ready` first, then answers. Work is done in slices; between two of them the worker reads
//! its messages, so that a question can be cancelled. The worker ends with the page, or when the page's
//! `web::tools::Tools` is dropped.
//!
//! # A new tool
//! A tool is a variant of `ToolsRequest`, a variant of `ToolsReply`, and a `ToolsJob` that makes the one from the
//! other; `Toolbox::job` is the only place that knows all of them. A job does a part of its work in each
//! `step` and says how far it has come, by a reply that is not the last.

mod files;
mod search;

use crate::export::LogFormat;
use crate::export::snippet::SnippetForm;
use crate::run::Run;
use crate::scenario::script::field;
use crate::scenario::{FigureOption, FigureOptions, FigureValue};
use crate::search::SearchProgress;
use crate::sweep::{SweepCell, SweepProgress};
use crate::time::{Duration, Time};
use files::{FileJob, SnippetJob};
use search::{CountJob, SearchJob, SweepJob};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use thiserror::Error;

/// What the page sends to the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToolsCommand {
    /// A question; its answers have the same id.
    Ask { id: u32, request: ToolsRequest },
    /// Drops a question: no answer follows.
    Cancel { id: u32 },
}

/// What the worker sends to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToolsMessage {
    /// The program runs.
    Ready,
    /// The program cannot be fetched or started, as www/tools.worker.js finds; or a command cannot be read.
    Failed,
    /// An answer; `ToolsReply::is_last` says which one ends a question.
    Answer { id: u32, reply: ToolsReply },
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToolsRequest {
    /// Makes a file of a scenario or of its run.
    File(FileRequest),
    /// Writes the lines that embed a scenario in another page.
    Snippet(SnippetRequest),
    /// Counts the moves that a search of this script can begin with.
    Moves {
        script: String,
        subject: SearchSubject,
        /// Those of the faults; none for the scenario's own.
        durations: Vec<Duration>,
    },
    /// Searches for the fewest faults that violate an expectation.
    Search(SearchRequest),
    /// Runs a scenario with other values of a setting or two.
    Sweep(SweepRequest),
}

/// How far a question of a panel is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionPhase {
    Running,
    /// By the reader.
    Stopped,
    Done,
    /// With the reason.
    Failed(String),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToolsReply {
    /// The question is being worked on.
    Progress(ToolsProgress),
    /// The text of a file, or why there is none.
    File(Result<String, String>),
    /// The lines of a snippet.
    Snippet(SnippetReply),
    /// How many moves of each kind there are, by name, or why they cannot be counted.
    Moves(Result<Vec<(String, u64)>, String>),
    /// How far a search has come, and what it has found.
    Searching(SearchReply),
    /// The end of a search, or why there is none.
    Search(Result<SearchReply, String>),
    /// How far a sweep has come, and what has changed.
    Sweeping(SweepReply),
    /// The end of a sweep, or why there is none.
    Sweep(Result<SweepReply, String>),
}

/// What a reply tells of long work, and whether the work has ended; `None` if it answers another question.
pub type LongReply<T> = Option<(Result<T, String>, bool)>;

impl ToolsReply {
    /// Whether no other reply to the question follows.
    pub const fn is_last(&self) -> bool {
        match self {
            Self::Progress(_) | Self::Searching(_) | Self::Sweeping(_) => false,
            Self::File(_)
            | Self::Snippet(_)
            | Self::Moves(_)
            | Self::Search(_)
            | Self::Sweep(_) => true,
        }
    }

    /// What it tells of a search.
    pub fn search(self) -> LongReply<SearchReply> {
        let is_last = self.is_last();
        if let Self::Searching(reply) = self {
            return Some((Ok(reply), is_last));
        }
        let Self::Search(reply) = self else { return None };
        Some((reply, is_last))
    }

    /// What it tells of a sweep.
    pub fn sweep(self) -> LongReply<SweepReply> {
        let is_last = self.is_last();
        if let Self::Sweeping(reply) = self {
            return Some((Ok(reply), is_last));
        }
        let Self::Sweep(reply) = self else { return None };
        Some((reply, is_last))
    }
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolsProgress {
    /// In percent.
    pub percent: u8,
}

/// A scenario, and the file that is made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRequest {
    /// The script.
    pub script: String,
    /// The group that is shown, by its place in the scenario; `None` for all of them.
    pub group: Option<u8>,
    /// The file.
    pub file: ToolsFile,
}

/// A file, with what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToolsFile {
    /// The scenario as JSON.
    Json,
    /// The stage as SVG.
    Stage { at: Time },
    /// A window of the space-time diagram as SVG, with the playhead.
    Diagram { window: (Time, Time), at: Time },
    /// A span of the run as animated SVG; without motion it shows the instant `still`.
    Animation { from: Time, to: Time, still: Time },
    /// The events.
    Log(LogFormat),
}

/// A scenario, and how it is embedded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetRequest {
    /// The script, with its comments.
    pub script: String,
    /// The group of the poster, by its place in the scenario.
    pub group: u8,
    /// The form of the lines.
    pub form: SnippetForm,
    /// The options that are set, by name, as the element's attributes write them.
    pub options: Vec<(String, String)>,
    /// Whether the lines contain a poster, where the form has room for one.
    pub has_poster: bool,
    /// The address of the page.
    pub player: String,
}

/// The lines that embed a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetReply {
    /// The lines, or why there are none.
    pub lines: Result<SnippetLines, String>,
    /// The address at which the figure can be previewed, or why there is none.
    pub preview: Result<String, String>,
}

/// Lines to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetLines {
    /// The figure.
    pub figure: String,
    /// What each page needs once beside its figures: the loader.
    pub once: Option<String>,
}

/// A scenario, what must not be violated in it, and what may be tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRequest {
    /// The script, with its comments.
    pub script: String,
    /// What must not be violated.
    pub subject: SearchSubject,
    /// The kinds of moves, by name.
    pub kinds: Vec<String>,
    /// How many moves together at most.
    pub most: u8,
    /// Those of the faults; none for the scenario's own.
    pub durations: Vec<Duration>,
}

/// The expectations that a search tries to violate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchSubject {
    /// `no split brain`, whether the scenario expects it or not.
    NoSplitBrain,
    /// Any of the scenario's.
    All,
    /// One of the scenario's, by its place.
    One(u32),
}

/// How far a search has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchReply {
    /// What is tried.
    pub progress: SearchProgress,
    /// Up to so many moves together, all sets are tried and violate nothing.
    pub finished: u8,
    /// What that means, in a sentence.
    pub promise: String,
    /// All answers so far, the mildest first; nothing if they are the same as before.
    pub answers: Option<Vec<SearchAnswer>>,
}

/// A set of moves that violates an expectation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchAnswer {
    /// The moves, in the order of their instants; none where the run itself violates it.
    pub moves: Vec<SearchMove>,
    /// What is violated, in a sentence.
    pub violation: String,
    /// The instant that decides it.
    pub at: Time,
    /// What lasts for ever, where that is proved.
    pub endless: Option<String>,
    /// The script that shows it.
    pub script: String,
    /// The chain of causes, each with its instant.
    pub explanation: Vec<(Time, String)>,
}

/// A move of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchMove {
    /// The kind, by name.
    pub kind: String,
    /// The move in words.
    pub words: String,
    /// With which durations of it the expectation is violated.
    pub danger: Option<SearchDanger>,
}

/// With which durations of a move an expectation is violated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchDanger {
    /// The duration of the move; none for good.
    pub span: Option<Duration>,
    /// The shortest.
    pub from: Duration,
    /// The longest; none where longer ones change nothing.
    pub to: Option<Duration>,
    /// Longer ones violate it again.
    pub is_again_beyond: bool,
    /// All of it in words.
    pub words: String,
}

/// A scenario, and what is varied in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepRequest {
    /// The script.
    pub script: String,
    /// One setting or two, each with its range, as the command line writes them: `timeout` and `150ms..1s/50ms`.
    pub varied: Vec<(String, String)>,
    /// Each value runs with the seeds from 1 to this one.
    pub seeds: u32,
}

/// How far a sweep has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepReply {
    /// What is run.
    pub progress: SweepProgress,
    /// The cells that have changed since they were sent last, by place. In the first replies all come once, in order.
    pub cells: Vec<(u32, SweepCell)>,
}

/// Why the worker gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ToolsFailure {
    /// The files are missing, or the browser runs no worker or no program in it.
    #[error(
        "the part of Hustings that does this could not be loaded; check the network, and whether \
         something blocks it, then try again"
    )]
    NotLoaded,
    /// The program has panicked, or a message could not be read.
    #[error("the part of Hustings that does this has stopped; try again")]
    Stopped,
}

/// The options that are set, as a `SnippetRequest` has them.
pub fn written_options(options: &FigureOptions) -> Vec<(String, String)> {
    let set = FigureOption::ALL.iter().filter_map(|&option| {
        let value: FigureValue = options.get(option)?;
        Some((option.row().name.to_owned(), value.to_string()))
    });
    set.collect()
}

/// The options that `written_options` has written.
fn read_options(written: &[(String, String)]) -> FigureOptions {
    let mut options = FigureOptions::default();
    for (name, value) in written {
        let known = FigureOption::ALL.iter().find(|option| option.row().name == name);
        if let Some(&option) = known {
            options.set(option, field::figure_value(option, value));
        }
    }
    options
}

/// Work in slices.
trait ToolsJob {
    /// Works for about so many events of a run.
    fn step(&mut self, events: u32) -> JobStep;
}

/// What a slice leads to.
enum JobStep {
    Working(ToolsReply),
    Done(ToolsReply),
}

/// The last run, which the next question is often about too.
type LastRun = Rc<RefCell<Option<(String, Rc<Run>)>>>;

/// The worker's side of the protocol.
#[derive(Default)]
pub struct Toolbox {
    /// The questions in work; the first is worked on next.
    jobs: VecDeque<(u32, Box<dyn ToolsJob>)>,
    last_run: LastRun,
}

/// The events of a slice: about a hundredth of a second.
const SLICE: u32 = 50_000;

impl Toolbox {
    /// Handles a message of the page.
    pub fn receive(&mut self, command: ToolsCommand) {
        match command {
            ToolsCommand::Ask { id, request } => {
                let job = self.job(request);
                self.jobs.push_back((id, job));
            }
            ToolsCommand::Cancel { id } => self.jobs.retain(|(asked, _)| *asked != id),
        }
    }

    fn job(&self, request: ToolsRequest) -> Box<dyn ToolsJob> {
        match request {
            ToolsRequest::File(request) => Box::new(FileJob::new(request, self.last_run.clone())),
            ToolsRequest::Snippet(request) => {
                Box::new(SnippetJob::new(request, self.last_run.clone()))
            }
            ToolsRequest::Moves { script, subject, durations } => {
                Box::new(CountJob::new(&script, subject, &durations))
            }
            ToolsRequest::Search(request) => Box::new(SearchJob::new(request)),
            ToolsRequest::Sweep(request) => Box::new(SweepJob::new(&request)),
        }
    }

    /// Whether there is something to do.
    pub fn is_busy(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// Does a slice of work, in turn for each question, and returns what to send.
    pub fn step(&mut self) -> Option<ToolsMessage> {
        let (id, mut job) = self.jobs.pop_front()?;
        let reply = match job.step(SLICE) {
            JobStep::Working(reply) => {
                self.jobs.push_back((id, job));
                reply
            }
            JobStep::Done(reply) => reply,
        };
        Some(ToolsMessage::Answer { id, reply })
    }
}
