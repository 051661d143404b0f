//! The lessons: each is walked as a reader walks it, and held to what it says.

mod claims;
mod memory;
mod mistakes;
mod session;
mod walk;
