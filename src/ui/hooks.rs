//! Effects that own what they start: dropping a hook's state ends it.

mod address;
mod comparison;
mod cursor;
mod focus;
mod frames;
mod import;
mod keys;
mod letter_keys;
mod media;
mod page_visibility;
mod previews;
mod recent;
mod run;
mod size;
mod steps;
mod theme;
mod visibility;
mod window_height;

pub use address::{reload_note, use_address};
pub use comparison::{use_comparison, use_difference};
pub use cursor::use_cursor;
pub use focus::{use_focus, use_panel_focus};
pub use frames::use_frames;
pub use import::{open_file, use_import};
pub use keys::{key_press, use_keys};
pub use letter_keys::use_letter_keys;
pub use media::use_media;
pub use page_visibility::use_visibility;
pub use previews::use_previews;
pub use recent::{kept, use_recents};
pub use run::use_run;
pub use size::use_size;
pub use steps::use_steps;
pub use theme::{ThemeChoice, use_theme};
pub use visibility::use_visible;
pub use window_height::use_window_height;
