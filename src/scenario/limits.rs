//! The limits of a scenario and of its formats, and the error of a text that is too long.

use crate::time::{Duration, Time};
use thiserror::Error;

pub const MOST_PROCESSES: usize = 64;
pub const MOST_GROUPS: usize = 16;
/// After `flap` and `every` are unrolled.
pub const MOST_TIMELINE_ENTRIES: usize = 10_000;
pub const MOST_EDITS: usize = 1_000;
pub const MOST_EXPECTATIONS: usize = 1_000;
pub const LONGEST_RUN: Time = Time::ms(3_600_000);
/// A wait, latency or pause is no longer than the longest run.
pub const LONGEST_SPAN: Duration = Duration::secs(3_600);
/// The run stops there and says so.
pub const MOST_EVENTS: u64 = 2_000_000;
/// Messages in flight, with the timers that run and what waits at paused processes. The run stops
/// there and says so: each is kept in memory and copied with every checkpoint.
pub const MOST_IN_FLIGHT: usize = 50_000;
/// Messages in a picture, on their way or arrived recently; it says so where it leaves some out.
pub const MOST_DRAWN: usize = 4_000;
/// Shapes of one kind of thing in a picture, such as arrows or bars; it says so likewise.
pub const MOST_SHAPES: usize = 30_000;
/// Of a picture, a log or a report that is written, in bytes. A longer one is refused.
pub const LONGEST_OUTPUT: usize = 64 * 1024 * 1024;
pub const LONGEST_SCRIPT: usize = 64 * 1024;
/// In bytes. The same scenario is several times as long as its script.
pub const LONGEST_JSON: usize = 1024 * 1024;
/// Of a link, in characters behind its version.
pub const LONGEST_PAYLOAD: usize = 16 * 1024;
/// What a link inflates to, in bytes.
pub const LONGEST_UNPACKED: usize = 256 * 1024;
/// Of a title, a line about it, or a group's name, in characters.
pub const LONGEST_TEXT: usize = 200;
/// Of the name of a process or a zone, in characters.
pub const LONGEST_NAME: usize = 24;
pub const MOST_ZONES: usize = 16;
pub const MOST_MARKS: usize = 100;
/// Of a mark's text, in characters.
pub const LONGEST_MARK: usize = 60;
/// Of `load` and `capacity`, in requests per second.
pub const MOST_REQUESTS: u32 = 1_000_000;

/// Why a scenario cannot be written in a format, with the bytes that it would have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Oversize {
    #[error(
        "as a script this has {found} bytes, and nothing reads more than {}; JSON has room for more",
        LONGEST_SCRIPT
    )]
    Script { found: usize },
    #[error("as JSON this has {found} bytes, and nothing reads more than {}", LONGEST_JSON)]
    Json { found: usize },
}

impl Oversize {
    /// The text of a script, if it can be read again.
    ///
    /// # Errors
    /// `Script` beyond 64 KiB.
    pub fn check_script(text: String) -> Result<String, Self> {
        let found = text.len();
        if found > LONGEST_SCRIPT { Err(Self::Script { found }) } else { Ok(text) }
    }

    /// The text of a scenario as JSON, if it can be read again.
    ///
    /// # Errors
    /// `Json` beyond 1 MiB.
    pub fn check_json(text: String) -> Result<String, Self> {
        let found = text.len();
        if found > LONGEST_JSON { Err(Self::Json { found }) } else { Ok(text) }
    }
}
