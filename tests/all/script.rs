//! The script: what it means, what it says of mistakes, how it is written again.

mod hinting;
mod hinting_of_expectations;
mod limits;
mod mistakes;
mod mistakes_of_lists;
mod mistakes_of_parts;
mod notations;
mod reading;
#[cfg(not(target_arch = "wasm32"))]
mod round_trips;
mod suggestions;
mod table;
mod writing;
