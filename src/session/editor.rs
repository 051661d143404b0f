//! What the script editor shows beside the text: marks in the gutter, problems and hints; and how its text
//! follows a document that changes elsewhere.
//!
//! Lines count from 1, in the editor's text.

mod marks;
mod notes;

pub use marks::{GutterMark, LineMark, marks};
pub use marks::{HighlightSpan, pieces};
pub use marks::{MovedLines, Splice, plain};
pub use marks::{inserted, line_of, target_at};
pub use notes::{Note, NoteFix, Notes, Severity, notes};
