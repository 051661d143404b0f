//! Browser interfaces: one each, or what is used together.

pub mod canvas;
pub mod clipboard;
pub mod clock;
pub mod file;
pub mod focus;
pub mod location;
pub mod media;
pub mod page_style;
pub mod panic;
pub mod port;
pub mod storage;
pub mod text_area;
pub mod tools;
pub mod worker;
