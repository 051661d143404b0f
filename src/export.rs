//! What can be taken away: pictures as files, made from the same scenes that the canvas paints.

pub mod start;
pub mod svg;
mod xml;
