//! Parses a script. The comment of each rule shows its smallest example. Keywords are case-insensitive, group
//! names are not.
//!
//! `lines` parses each line with `tokens`, `values` and `statements` (which uses `faults`, `overrides` and
//! `expectations`); `build` makes a scenario of the statements. `notation` explains what cannot be parsed.

pub(super) mod build;
mod expectations;
mod faults;
mod groups;
pub(super) mod lines;
pub(super) mod notation;
mod overrides;
pub(super) mod statements;
pub(super) mod tokens;
mod values;
