//! Hustings: simulation of leader elections on a virtual clock, with the same run on every machine.
//!
//! `election` has the contract and the algorithms, `scenario` the input of a run, `simulation` the
//! simulated world, and `run` a whole run. `ARCHITECTURE.md` describes all modules.

#![deny(clippy::wildcard_enum_match_arm)]

#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod choice;
#[cfg(feature = "commands")]
pub mod cli;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod election;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod export;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod lessons;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod member;
pub mod narration;
#[cfg(feature = "node")]
pub mod node;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod player;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod presets;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod report;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod run;
pub mod scenario;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod search;
pub mod session;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod simulation;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod sort;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod sweep;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod time;
pub mod tools;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod types;
#[cfg(feature = "web")]
#[expect(unreachable_pub, reason = "a component of Yew is public, and so are its properties")]
pub mod ui;
pub mod view;
#[cfg(feature = "web")]
pub mod web;
