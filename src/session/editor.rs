//! What an editor of the script shows beside the bare text: marks in its margin, problems and hints,
//! and how its text follows a document that changed elsewhere.
//!
//! Lines are counted from 1, in the text that stands in the editor.

mod marks;
mod notes;

pub use marks::{GutterMark, LineMark, marks};
pub use marks::{HighlightSpan, pieces};
pub use marks::{MovedLines, Splice, plain};
pub use marks::{inserted, line_of, target_at};
pub use notes::{Note, NoteFix, Notes, Severity, notes};
