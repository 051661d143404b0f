//! The rules of the algorithms page, one test each, named as the sentence that it proves.
//!
//! Where instants matter, every message takes exactly 10 ms.

mod bully;
mod bully_failures;
mod candidates;
mod choices;
mod crashes;
mod detector;
mod inputs;
mod invitation;
mod line_failures;
mod network;
mod next_in_line;
mod order;
mod pauses;
mod preemption;
mod quorum;
mod raft;
mod raft_options;
mod ring;
mod ring_failures;
mod textbook;
mod timers;
mod vrrp;
