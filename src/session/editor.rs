//! What an editor of the script shows beside the bare text: marks in its margin, problems and hints,
//! and how its text follows a document that changed elsewhere.
//!
//! Lines are counted from 1, in the text that stands in the editor.

mod follow;
mod marks;
mod notes;

pub use follow::{MovedLines, Splice, plain};
pub use follow::{inserted, line_of, target_at};
pub use marks::{GutterMark, LineMark, marks};
pub use marks::{HighlightSpan, pieces};
pub use notes::{Note, NoteFix, Notes, Severity, notes};
