//! What is wrong with a script: where, what was found, what was expected, and what to do.
//!
//! All wording is in `Trouble`'s `Display`, lower case and without a full stop, with the reader's
//! own words in backticks. A `Mend` is what one button can do about it.

mod kind;

pub use kind::{DiagnosticKind, ExpectedWords, clip};

use std::fmt;
use std::ops::Range;

/// One problem of a script, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// In bytes, from the start of the script.
    pub span: Range<usize>,
    /// Whether it is about the line as a whole; then the column is where its statement starts.
    pub whole_line: bool,
    pub trouble: DiagnosticKind,
    pub mend: Option<Suggestion>,
}

/// A change of the text that would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What the button says: "write `suspect`".
    pub label: String,
    /// The bytes that are replaced.
    pub span: Range<usize>,
    pub replacement: String,
}

/// `line 7, column 12: …`; about a line as a whole, `line 7: …`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.whole_line {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.trouble)
    }
}

impl Suggestion {
    /// The text with the change made.
    pub fn apply(&self, text: &str) -> String {
        let mut mended = text.to_owned();
        let fits = text.is_char_boundary(self.span.start) && text.is_char_boundary(self.span.end);
        if fits && self.span.start <= self.span.end {
            mended.replace_range(self.span.clone(), &self.replacement);
        }
        mended
    }

    /// Another word in the place of the one that is there.
    pub(super) fn write(span: Range<usize>, replacement: &str) -> Self {
        Self { label: format!("write `{replacement}`"), span, replacement: replacement.to_owned() }
    }
}

/// A problem while its line is read: the column follows once the line is known.
#[derive(Debug)]
pub(super) struct Failure {
    pub span: Range<usize>,
    pub trouble: DiagnosticKind,
    pub mend: Option<Suggestion>,
    pub whole_line: bool,
}

impl Failure {
    pub fn new(span: Range<usize>, trouble: DiagnosticKind) -> Box<Self> {
        Box::new(Self { span, trouble, mend: None, whole_line: false })
    }

    pub fn whole(span: Range<usize>, trouble: DiagnosticKind) -> Box<Self> {
        Box::new(Self { span, trouble, mend: None, whole_line: true })
    }

    pub fn corrected(mut self: Box<Self>, mend: Option<Suggestion>) -> Box<Self> {
        self.mend = mend;
        self
    }

    /// The line begins at byte `start` of the script.
    pub fn at(self, line: usize, start: usize, text: &str) -> Diagnostic {
        let before = self.span.start.saturating_sub(start).min(text.len());
        Diagnostic {
            line,
            column: text[..before].chars().count() + 1,
            span: self.span,
            whole_line: self.whole_line,
            trouble: self.trouble,
            mend: self.mend,
        }
    }
}
