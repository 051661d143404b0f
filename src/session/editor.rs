//! What an editor of the script shows beside the bare text: marks in its margin, problems and hints,
//! and how its text follows a document that changed elsewhere.
//!
//! Lines are counted from 1, in the text that stands in the editor.

mod follow;
mod highlight;
mod marks;
mod notes;
mod place;

pub use follow::{MovedLines, Splice, plain};
pub use highlight::{HighlightSpan, pieces};
pub use marks::{GutterMark, LineMark, marks};
pub use notes::{Note, NoteFix, Notes, Severity, notes};
pub use place::{inserted, line_of, target_at};
