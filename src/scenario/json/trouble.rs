//! What can be wrong with JSON, and how it is said.

use crate::scenario::keywords;
use crate::scenario::{InvalidKind, limits};
use crate::time::Duration;
use crate::types::listed;
use std::fmt;
use std::ops::Range;
use thiserror::Error;

/// One problem of a scenario in JSON, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonProblem {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// In bytes, from the start of the text.
    pub span: Range<usize>,
    /// The field: `timeline[3].processes`; empty where it is about the text as a whole.
    pub path: String,
    pub trouble: JsonTrouble,
}

/// What is wrong. The writer's own words are cut short where they are very long.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JsonTrouble {
    #[error("the text has {found} bytes; the most is {}", limits::LONGEST_JSON)]
    TooLong { found: usize },
    #[error("this is no JSON: {message}")]
    NoJson { message: String },
    #[error("nothing is written here; `{{}}` is the shortest scenario")]
    Nothing,
    #[error("the text ends before what it opened is closed")]
    EndsEarly,
    #[error("expected {expected}, found `{found}`")]
    Expected { expected: &'static str, found: String },
    #[error("`{found}` is too large a number; the most here is {most}")]
    TooLarge { found: String, most: u64 },
    #[error("`{found}` is larger than every program reads exactly; write \"{found}\", in quotes")]
    Inexact { found: u64 },
    #[error("{of} needs `{field}`, which is missing")]
    Missing { of: &'static str, field: &'static str },
    /// `needs`: what is missing beside it.
    #[error("{}", unknown(.of, .field, .known, .needs))]
    Unknown { of: &'static str, field: String, known: Vec<&'static str>, needs: Vec<&'static str> },
    #[error("{}", no_kind(.of, .word, .known))]
    NoKind { of: &'static str, word: String, known: Vec<&'static str> },
    #[error("`{field}` is said twice")]
    Twice { field: String },
    #[error("the latency goes down from {lo} to {hi}; the shorter one comes first")]
    LatencyBackwards { lo: Duration, hi: Duration },
    #[error("`{field}` stands beside `groups`; each group has its own")]
    BesideGroups { field: &'static str },
    #[error("there are groups, so an edit says which one: add `\"group\": \"{example}\"`")]
    NeedsGroup { example: String },
    #[error("{}", no_group(.name, .groups))]
    NoSuchGroup { name: String, groups: Vec<String> },
    #[error("this says nothing of its links; add `latency`, `lossPpm` or `duplicatePpm`")]
    SaysNothing,
    #[error("another one says the same of the link {link}")]
    LinkTwice { link: String },
    /// What the checks of a scenario find, however it is written.
    #[error(transparent)]
    Invalid(#[from] InvalidKind),
    #[error("{count} more problems are not listed")]
    More { count: usize },
}

/// `line 3, column 14: timeline[0].processes: …`
impl fmt::Display for JsonProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.said())
    }
}

impl JsonProblem {
    /// Without the line and the column: `timeline[0].processes: …`
    pub fn said(&self) -> impl fmt::Display {
        fmt::from_fn(|f| match &*self.path {
            "" => write!(f, "{}", self.trouble),
            path => write!(f, "{path}: {}", self.trouble),
        })
    }
}

fn unknown(
    of: &str,
    field: &str,
    known: &[&'static str],
    needs: &[&'static str],
) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        write!(f, "{of} has no `{field}`; ")?;
        match (keywords::nearest(field, known.iter().copied()), needs) {
            (Some(nearest), _) => write!(f, "did you mean `{nearest}`?"),
            (None, []) => write!(f, "it can have {}", keywords::listed(known.iter().copied())),
            (None, [field]) => write!(f, "it needs `{field}`, which is missing"),
            (None, several) => {
                let each = several.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>();
                write!(f, "it needs {}, which are missing", listed(&each))
            }
        }
    })
}

fn no_kind(of: &str, word: &str, known: &[&'static str]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        write!(f, "`{word}` is no {of}; ")?;
        match keywords::suggestion_among(word, known.iter().copied()) {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => write!(f, "write {}", keywords::listed(known.iter().copied())),
        }
    })
}

fn no_group(name: &str, groups: &[String]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        write!(f, "there is no group `{name}`; ")?;
        let known = || groups.iter().map(String::as_str);
        match keywords::nearest(name, known()) {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => write!(f, "write {}", keywords::listed(known())),
        }
    })
}
