//! What is too long to be written, since nothing would read it again.

use super::limits;
use thiserror::Error;

/// Why a scenario cannot be written in a format, with the bytes that it would have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Oversize {
    #[error(
        "as a script this has {found} bytes, and nothing reads more than {}; JSON has room for more",
        limits::LONGEST_SCRIPT
    )]
    Script { found: usize },
    #[error("as JSON this has {found} bytes, and nothing reads more than {}", limits::LONGEST_JSON)]
    Json { found: usize },
}

impl Oversize {
    /// The text of a script, if it can be read again.
    ///
    /// # Errors
    /// `Script` beyond 64 KiB.
    pub fn check_script(text: String) -> Result<String, Self> {
        let found = text.len();
        if found > limits::LONGEST_SCRIPT { Err(Self::Script { found }) } else { Ok(text) }
    }

    /// The text of a scenario as JSON, if it can be read again.
    ///
    /// # Errors
    /// `Json` beyond 1 MiB.
    pub fn check_json(text: String) -> Result<String, Self> {
        let found = text.len();
        if found > limits::LONGEST_JSON { Err(Self::Json { found }) } else { Ok(text) }
    }
}
