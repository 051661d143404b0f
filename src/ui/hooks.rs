//! Effects that own what they start: dropping a hook's state ends it.

mod cursor;
mod frames;
mod keys;
mod last;
mod media;
mod rival;
mod run;
mod size;
mod steps;
mod theme;
mod visibility;

pub use cursor::use_cursor;
pub use frames::use_frames;
pub use keys::use_keys;
pub use last::use_last;
pub use media::use_media;
pub use rival::{use_difference, use_rival};
pub use run::use_run;
pub use size::use_size;
pub use steps::use_steps;
pub use theme::{Choice, use_theme};
pub use visibility::use_visibility;
