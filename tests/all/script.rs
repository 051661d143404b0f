//! The script: what it means, what it says of mistakes, how it is written again.

mod hinting;
mod limits;
mod mending;
mod mistakes;
mod mistakes_of_lists;
mod mistakes_of_parts;
mod notations;
mod reading;
#[cfg(not(target_arch = "wasm32"))]
mod round_trips;
mod table;
mod writing;
