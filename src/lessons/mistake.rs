//! What can be wrong with a lesson's file, and how it is said.

use std::fmt;
use thiserror::Error;

/// What is wrong, and in which line, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonError {
    pub line: usize,
    pub problem: LessonErrorKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LessonErrorKind {
    #[error("a lesson begins with `# ` and its title")]
    NoTitle,
    #[error("one line about the lesson follows its title")]
    NoAbout,
    #[error("a lesson has four to seven steps, and this one has {0}")]
    Steps(usize),
    #[error(
        "this step has no scene: write a block of `leader-election`, `Scene: preset NAME` or `Scene: the same`"
    )]
    NoScene,
    #[error("this step has a second scene")]
    SecondScene,
    #[error("`{0}` is no scene: write `Scene: preset NAME` or `Scene: the same`")]
    UnknownScene(String),
    #[error("the first step has nothing to go on with")]
    NothingBefore,
    #[error("there is no preset named `{0}`")]
    UnknownPreset(String),
    #[error("the block that opens here is not closed")]
    BlockOpen,
    #[error("the script cannot be read: {0}")]
    Script(String),
    #[error("this step says nothing")]
    NoWords,
    #[error("`{0}` is no entry of a step")]
    UnknownEntry(String),
    #[error("`{0}` is said twice")]
    Twice(&'static str),
    #[error("this step has no `- {0}: …`")]
    Missing(&'static str),
    #[error("`- {0}: …` means nothing here")]
    OutOfPlace(&'static str),
    #[error("`{found}` is no {wanted}")]
    Unreadable { found: String, wanted: &'static str },
    #[error("a question has two to four answers, and this one has {0}")]
    Answers(usize),
    #[error("one answer is right, marked by `[x]`; here it is {0}")]
    Right(usize),
}

/// `line 7: …`
impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}
