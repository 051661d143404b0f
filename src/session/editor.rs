//! What an editor of the script shows beside the bare text: marks in its margin, problems and hints,
//! and how its text follows a document that changed elsewhere.
//!
//! Lines are counted from 1, in the text that stands in the editor.

mod follow;
mod ink;
mod marks;
mod notes;
mod place;

pub use follow::{Moved, Splice, plain};
pub use ink::{Piece, pieces};
pub use marks::{Mark, Sign, marks};
pub use notes::{Note, Notes, Remedy, Weight, notes};
pub use place::{inserted, line_of, target_at};
