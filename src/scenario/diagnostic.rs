//! Errors of a script: their place, what was expected, and a suggestion if there is one.

use super::keywords::{self, KeywordPosition};
use super::{Drift, InvalidKind, limits};
use crate::choice::ChoiceId;
use crate::time::Duration;
use std::fmt;
use std::ops::Range;
use thiserror::Error;

/// A problem of a script, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// In bytes, from the start of the script.
    pub span: Range<usize>,
    /// Whether it concerns the line as a whole; then the column is the start of its statement.
    pub whole_line: bool,
    pub error: DiagnosticKind,
    pub suggestion: Option<Suggestion>,
}

/// A change of the text that would fix the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The label of its button: "write `suspect`".
    pub label: String,
    /// The bytes that are replaced.
    pub span: Range<usize>,
    pub replacement: String,
}

/// `line 7, column 12: …`; for a line as a whole, `line 7: …`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.whole_line {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.error)
    }
}

impl Suggestion {
    /// Applies the change to the text.
    pub fn apply(&self, text: &str) -> String {
        let mut mended = text.to_owned();
        let fits = text.is_char_boundary(self.span.start) && text.is_char_boundary(self.span.end);
        if fits && self.span.start <= self.span.end {
            mended.replace_range(self.span.clone(), &self.replacement);
        }
        mended
    }

    /// A suggestion to replace a word.
    pub(super) fn write(span: Range<usize>, replacement: &str) -> Self {
        Self { label: format!("write `{replacement}`"), span, replacement: replacement.to_owned() }
    }

    /// The same change of a text that begins elsewhere.
    pub(super) fn moved(&self, forwards: usize, backwards: usize) -> Self {
        let moved = |place: usize| (place + forwards).saturating_sub(backwards);
        let span = moved(self.span.start)..moved(self.span.end);
        Self { span, ..self.clone() }
    }

    /// Both as one change of this text; `next` is a change of the text after this one.
    pub(super) fn followed_by(&self, text: &str, next: &Self) -> Self {
        let (own, end) = (&self.span, self.span.start + self.replacement.len());
        let after = next.apply(&self.apply(text));
        let start = own.start.min(next.span.start);
        // The end of both in the text, which is shifted behind either change.
        let behind_own = next.span.end.saturating_sub(end);
        let behind_next = end.saturating_sub(next.span.end);
        let replaced = next.span.start + next.replacement.len() + behind_next;
        let replacement = &after[start..replaced];
        let label = format!("write `{}`", clip(replacement.trim()));
        Self { label, ..Self::write(start..own.end + behind_own, replacement) }
    }
}

/// A problem while its line is being parsed: line and column are added later.
#[derive(Debug)]
pub(super) struct Failure {
    pub span: Range<usize>,
    pub error: DiagnosticKind,
    pub suggestion: Option<Suggestion>,
    pub whole_line: bool,
}

impl Failure {
    pub(crate) fn new(span: Range<usize>, error: DiagnosticKind) -> Box<Self> {
        Box::new(Self { span, error, suggestion: None, whole_line: false })
    }

    pub(crate) fn whole(span: Range<usize>, error: DiagnosticKind) -> Box<Self> {
        Box::new(Self { span, error, suggestion: None, whole_line: true })
    }

    pub(crate) fn corrected(mut self: Box<Self>, suggestion: Option<Suggestion>) -> Box<Self> {
        self.suggestion = suggestion;
        self
    }

    /// The diagnostic of a line that begins at byte `start` of the script.
    pub(crate) fn at(self, line: usize, start: usize, text: &str) -> Diagnostic {
        let before = self.span.start.saturating_sub(start).min(text.len());
        Diagnostic {
            line,
            column: text[..before].chars().count() + 1,
            span: self.span,
            whole_line: self.whole_line,
            error: self.error,
            suggestion: self.suggestion,
        }
    }
}

/// What is wrong. Very long words of the script are shortened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DiagnosticKind {
    #[error("the script has {found} bytes; the most is {}", limits::LONGEST_SCRIPT)]
    TooLong { found: usize },
    #[error("{}", unknown(*.kind, .word, .nearest.as_deref()))]
    Unknown { kind: KeywordPosition, word: String, nearest: Option<String> },
    #[error("`{word}` happens at a time: write `at 100ms {word} …`")]
    NeedsTime { word: &'static str },
    #[error("{}", wanted(.expected, .found.as_deref(), .nearest.as_deref()))]
    Expected { expected: ExpectedWords, found: Option<String>, nearest: Option<String> },
    #[error("the quote that opens here is not closed")]
    QuoteOpen,
    #[error(
        "`{escape}` means nothing in quotes; write `\\\"` for a quote and `\\\\` for a backslash"
    )]
    UnknownEscape { escape: String },
    #[error("`{found}` is an ordinal; a comment has a space after its `#`")]
    OrdinalNotComment { found: String },
    #[error("`{found}` cannot be read: {rule}{}", instead(.meant))]
    Notation { found: String, rule: &'static str, meant: String },
    /// The value can mean two things, so no suggestion is made.
    #[error("`{found}` can mean `{}` or `{}`; write one of them", .meant[0], .meant[1])]
    Ambiguous { found: String, meant: [String; 2] },
    #[error("`{found}` has no unit; write `{found}ms` or another of {}", units())]
    NoUnit { found: String },
    #[error("`{unit}` is no unit of time; write one of {}", units())]
    UnknownUnit { unit: String },
    #[error("`{found}` is finer than a microsecond, which is the finest there is")]
    TooFine { found: String },
    #[error("`{found}` is too large a number")]
    TooLarge { found: String },
    #[error("`{found}` is no rank; a rank is a whole number from 1 to 65535")]
    NoRank { found: String },
    /// `meant` is the percentage that was probably intended.
    #[error("`{found}` has no percent sign; write `{meant}`")]
    NoPercent { found: String, meant: String },
    #[error("`{found}` is more than a clock may drift; the most is {} either way", Drift::most())]
    TooMuchDrift { found: String },
    #[error("`{found}` is more than 100%")]
    OverPercent { found: String },
    #[error("`{found}` is finer than 0.0001%, which is the finest there is")]
    PercentTooFine { found: String },
    /// `meant` is the value per second, if it is known.
    #[error("{}", not_per_second(.found, .meant.as_deref()))]
    NotPerSecond { found: String, meant: Option<String> },
    #[error("{}", no_zone(.name, .zones))]
    NoSuchZone { name: String, zones: Vec<String> },
    #[error("the latency goes down from {lo} to {hi}; the shorter one comes first")]
    LatencyBackwards { lo: Duration, hi: Duration },
    #[error("`flap` repeats by itself; write `at T flap …`")]
    FlapRepeats,
    #[error("`{word}` appears twice in this line")]
    GivenTwice { word: String },
    #[error(
        "`always` is about 1 to {} added faults (found {found}){}",
        limits::MOST_ADDED_FAULTS,
        if *.found == 0 { "; leave it out to expect this of one run" } else { "" }
    )]
    AddedFaults { found: u64 },
    #[error(
        "`always` needs the faults that are added: end with `with 1 fault`, or with several as in \
         `with 2 faults of crash lose`"
    )]
    AlwaysWithoutFaults,
    #[error("an expectation is about added faults or about a share of seeds, not about both")]
    AlwaysInSeeds,
    #[error("`in 0% of seeds` holds whatever happens; claim more, as in `in 99% of seeds`")]
    NoShareOfSeeds,
    #[error("faults are added only to what is expected `always`: write `expect always … with …`")]
    FaultsWithoutAlways,
    #[error("{found} processes are named, but there are at most {}", limits::MOST_PROCESSES)]
    TooManyNamed { found: usize },
    #[error("beside groups there is no leader of all; each `group` line can name its own")]
    LeaderBesideGroups,
    #[error("there are groups, so an override says which one: end it with `in {example}`")]
    NeedsGroup { example: String },
    #[error("{}", no_group(.name, .groups))]
    NoSuchGroup { name: String, groups: Vec<String> },
    #[error("there are groups, so a load says which one: write `load {example} …`")]
    LoadNeedsGroup { example: String },
    #[error("`{choice}` is fixed twice; line {line} fixed it first")]
    FixedTwice { choice: ChoiceId, line: usize },
    /// A problem that the checks of a scenario find, in any format.
    #[error(transparent)]
    Invalid(#[from] InvalidKind),
    #[error("{count} more problems are not listed")]
    More { count: usize },
}

/// What was expected in the place of a token or of the end of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedWords {
    Text,
    Process,
    /// A process or `none`.
    Leader,
    Instant,
    Duration,
    Latency,
    Percentage,
    Drift,
    Requests,
    Number,
    Ordinal,
    GroupName,
    ZoneName,
    Arrow,
    Compare,
    /// A word of this kind; the message lists all of them.
    Kind(KeywordPosition),
    /// One of these words, or the end of the line.
    Words {
        words: Vec<&'static str>,
        or_end: bool,
    },
}

impl fmt::Display for ExpectedWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text in quotes"),
            Self::Process => f.write_str("a process such as `3`"),
            Self::Leader => f.write_str("a process such as `3`, or `none`"),
            Self::Instant => f.write_str("an instant such as `250ms`"),
            Self::Duration => f.write_str("a duration such as `250ms`"),
            Self::Latency => f.write_str("a latency such as `10..20ms`"),
            Self::Percentage => f.write_str("a percentage such as `0.5%`"),
            Self::Drift => f.write_str("a percentage with its sign such as `+2%`"),
            Self::Requests => f.write_str("a number of requests such as `200/s`"),
            Self::Number => f.write_str("a whole number"),
            Self::Ordinal => f.write_str("an ordinal such as `#1`"),
            Self::GroupName => f.write_str("the name of a group"),
            Self::ZoneName => f.write_str("the name of a zone such as `west`"),
            Self::Arrow => f.write_str("`->` or `--`"),
            Self::Compare => f.write_str("`=`, `<=` or `>=`"),
            Self::Kind(kind) => write!(f, "{kind} ({})", keywords::listed(keywords::of(*kind))),
            Self::Words { words, or_end: false } => keywords::listed(words.iter().copied()).fmt(f),
            Self::Words { words, or_end: true } if words.is_empty() => {
                f.write_str("the end of the line")
            }
            Self::Words { words, or_end: true } => {
                let before = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>();
                write!(f, "{} or the end of the line", before.join(", "))
            }
        }
    }
}

/// A word of the input, shortened if it is very long.
pub fn clip(word: &str) -> String {
    const LONGEST: usize = 40;
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

fn unknown(kind: KeywordPosition, word: &str, nearest: Option<&str>) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        // A message or a timer that another text calls so.
        if matches!(kind, KeywordPosition::Message | KeywordPosition::Timer)
            && let Some(name) = keywords::meaning(kind, word)
        {
            return write!(f, "`{word}` is called `{name}` here");
        }
        write!(f, "`{word}` is not {kind}; ")?;
        match nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => write!(f, "write {}", keywords::listed(keywords::of(kind))),
        }
    })
}

fn wanted(
    expected: &ExpectedWords,
    found: Option<&str>,
    nearest: Option<&str>,
) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        write!(f, "expected {expected}")?;
        match found {
            Some(found) => write!(f, ", found `{found}`")?,
            None => f.write_str(", but the line ends here")?,
        }
        match nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    })
}

fn instead(meant: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| match meant {
        "" => Ok(()),
        meant => write!(f, "; write `{meant}`"),
    })
}

fn not_per_second(found: &str, meant: Option<&str>) -> impl fmt::Display {
    fmt::from_fn(move |f| match meant {
        Some(meant) => write!(f, "`{found}` is not per second; write `{meant}`"),
        None => write!(f, "`{found}` is not a whole number per second, such as `200/s`"),
    })
}

fn no_group(name: &str, groups: &[String]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        write!(f, "there is no group `{name}`; ")?;
        match keywords::nearest(name, groups.iter().map(String::as_str)) {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None if groups.is_empty() => f.write_str("a `group` line makes one"),
            None => write!(f, "there are {}", GroupNames(groups)),
        }
    })
}

fn no_zone(name: &str, zones: &[String]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        write!(f, "`{name}` is neither a process nor a zone; ")?;
        match keywords::nearest(name, zones.iter().map(String::as_str)) {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => write!(f, "the zones are {}", GroupNames(zones)),
        }
    })
}

/// `orders and users`
struct GroupNames<'a>(&'a [String]);

impl fmt::Display for GroupNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let before = match index {
                0 => "",
                _ if index + 1 == self.0.len() => " and ",
                _ => ", ",
            };
            write!(f, "{before}`{name}`")?;
        }
        Ok(())
    }
}

/// The units of time, from the keyword table.
fn units() -> impl fmt::Display {
    keywords::listed(
        keywords::of(KeywordPosition::Unit).filter(|unit| unit.chars().all(char::is_alphabetic)),
    )
}
