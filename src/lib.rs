//! Hustings: leader elections on a virtual clock, exactly and the same everywhere.
//!
//! Start at `election` for the contract and the algorithms, `scenario` for what a run is made of,
//! `simulation` for what happening means, and `run` for looking at it. `ARCHITECTURE.md` has the map.

pub mod choice;
#[cfg(feature = "cli")]
pub mod cli;
pub mod election;
pub mod export;
pub mod lessons;
pub mod member;
pub mod narration;
pub mod player;
pub mod presets;
pub mod report;
pub mod run;
pub mod scenario;
pub mod session;
pub mod simulation;
pub mod sort;
pub mod time;
pub mod types;
#[cfg(feature = "web")]
pub mod ui;
pub mod view;
#[cfg(feature = "web")]
pub mod web;
