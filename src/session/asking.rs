//! What the panels share that ask the worker: how far a question is, and numbers in words.

/// How far a question to the worker is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionPhase {
    Running,
    /// By the reader.
    Stopped,
    Done,
    /// With the reason.
    Failed(String),
}

/// With commas: `35,778`.
pub fn grouped(number: u64) -> String {
    match number / 1_000 {
        0 => number.to_string(),
        thousands => format!("{},{:03}", grouped(thousands), number % 1_000),
    }
}
