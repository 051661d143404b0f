//! The lessons. A step has a scene, a short text, and one action or question. `reader` parses them
//! from Markdown.

mod reader;

pub use reader::AwaitedCommand;
pub use reader::read;
pub use reader::{LessonError, LessonErrorKind};

use crate::presets::Preset;
use crate::time::{Duration, Time};
use crate::view::Target;
use std::sync::LazyLock;

/// A lesson's name, by which it is remembered, and its file.
macro_rules! lesson {
    ($place:literal, $name:literal) => {
        ($name, include_str!(concat!("../lessons/", $place, "-", $name, ".md")))
    };
}

/// In the order in which they build on each other.
pub const TEXTS: [(&str, &str); 11] = [
    lesson!("1", "what-a-leader-is-for"),
    lesson!("2", "the-leader-is-gone"),
    lesson!("3", "bully-step-by-step"),
    lesson!("4", "what-an-election-costs"),
    lesson!("5", "next-in-line"),
    lesson!("6", "when-the-network-splits"),
    lesson!("7", "one-leader-for-everything"),
    lesson!("8", "a-majority-must-agree"),
    lesson!("9", "let-well-alone"),
    lesson!("10", "votes-instead-of-ranks"),
    lesson!("11", "find-the-failure-yourself"),
];

/// All of them, read once. A test reads each, so none is missing here.
static ALL: LazyLock<Vec<Lesson<'static>>> = LazyLock::new(|| {
    let lessons = TEXTS.iter().filter_map(|(name, text)| read(name, text).ok()).collect::<Vec<_>>();
    debug_assert_eq!(lessons.len(), TEXTS.len(), "a lesson cannot be read");
    lessons
});

/// All lessons, in their order.
pub fn all() -> &'static [Lesson<'static>] {
    &ALL
}

/// A lesson, parsed from its Markdown file, whose text it borrows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson<'a> {
    /// What is remembered of it is remembered under this name.
    pub name: &'a str,
    /// Its title.
    pub title: String,
    /// One line for the path of lessons.
    pub about: String,
    /// Its steps, in order; at least one.
    pub steps: Vec<LessonStep<'a>>,
}

/// A scene, what is said about it, and what the reader does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonStep<'a> {
    /// Where it begins in the lesson's file, from 1.
    pub line: usize,
    /// Its title.
    pub title: String,
    /// The run that it plays in.
    pub ground: StepScene<'a>,
    /// The instant that is shown; without one, the same as before, or the start of the run.
    pub at: Option<Time>,
    /// Virtual time a second; without one, as before.
    pub speed: Option<Duration>,
    /// What is selected when it opens.
    pub selected: Option<Target>,
    /// The text.
    pub words: String,
    /// What the reader does.
    pub task: StepTask,
    /// What is claimed of the run once the task is done. The page has no use for it: tests hold the
    /// lesson to it.
    pub checks: Vec<String>,
}

/// Where a step plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepScene<'a> {
    /// A scenario of its own.
    Script(&'a str),
    /// A bundled scenario.
    Preset(Preset),
    /// It goes on with the reader's run.
    Same,
}

/// What a step asks of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepTask {
    /// The sentence says what followed; reading on is an action from which nothing follows.
    Act {
        /// The action that completes the step.
        awaited: AwaitedCommand,
        /// The sentence that follows it.
        then: String,
    },
    /// A question about what happens next.
    Question(Question),
}

/// What the reader foretells, and the run then shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub words: String,
    /// The answers to choose from.
    pub answers: Vec<String>,
    /// The place of the right one.
    pub right: usize,
    /// How the run says which is right: tests hold the lesson to it.
    pub proof: String,
    /// How far the run is played once there is an answer.
    pub until: Time,
    /// The text after the right answer.
    pub when_right: String,
    /// The text after a wrong answer.
    pub when_wrong: String,
}

impl<'a> StepScene<'a> {
    /// The script that it opens with; nothing where it goes on.
    pub const fn script(self) -> Option<&'a str> {
        match self {
            Self::Script(script) => Some(script),
            Self::Preset(preset) => Some(preset.script),
            Self::Same => None,
        }
    }
}
