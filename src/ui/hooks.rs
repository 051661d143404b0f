//! Hooks that own the listeners, timers and frames that they start, so that unmounting ends them.

mod address;
mod frames;
mod import;
mod keys;
mod observers;
mod recent;
mod run;
mod theme;

pub use address::{reload_note, use_address};
pub use frames::{use_cursor, use_frames, use_steps};
pub use import::{open_file, use_import};
pub use keys::{key_press, use_focus, use_keys, use_letter_keys, use_panel_focus};
pub use observers::{use_media, use_size, use_visibility, use_visible, use_window_height};
pub use recent::{kept, use_recents};
pub use run::{use_comparison, use_difference, use_previews, use_run};
pub use theme::{ThemeChoice, use_theme};
