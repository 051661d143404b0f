//! Browser interfaces, one per file.

pub mod canvas;
pub mod clipboard;
pub mod clock;
pub mod dialog;
pub mod file;
pub mod focus;
pub mod location;
pub mod media;
pub mod page_style;
pub mod panic;
pub mod paste_drop;
pub mod picture;
pub mod port;
pub mod start;
pub mod storage;
pub mod text_area;
pub mod visibility;
