//! Hustings: leader elections on a virtual clock, exactly and the same everywhere.
//!
//! Start at `election` for the contract and the algorithms, `scenario` for what a run is made of,
//! `simulation` for what happening means, and `run` for looking at it. `ARCHITECTURE.md` has the map.

#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod choice;
#[cfg(feature = "cli")]
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
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod player;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod presets;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod report;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod run;
pub mod scenario;
pub mod session;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod simulation;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod sort;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod time;
#[deny(missing_docs, clippy::missing_errors_doc)]
pub mod types;
#[cfg(feature = "web")]
pub mod ui;
pub mod view;
#[cfg(feature = "web")]
pub mod web;
