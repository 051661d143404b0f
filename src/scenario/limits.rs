//! The limits of a scenario and of its formats, and the error of a text that is too long.

use crate::time::{Duration, Time};
use thiserror::Error;

pub const MOST_PROCESSES: usize = 64;
pub const MOST_GROUPS: usize = 16;
/// The number of entries after `flap` and `every` are expanded.
pub const MOST_TIMELINE_ENTRIES: usize = 10_000;
pub const MOST_OVERRIDES: usize = 1_000;
pub const MOST_EXPECTATIONS: usize = 1_000;
/// Of `expect always`: how many faults are added together.
pub const MOST_ADDED_FAULTS: u8 = 4;
/// Of `seeds`, and of a sweep.
pub const MOST_SEEDS: u32 = 10_000;
pub const LONGEST_RUN: Time = Time::ms(3_600_000);
/// The longest timeout, latency or pause: that of the longest run.
pub const LONGEST_SPAN: Duration = Duration::secs(3_600);
/// The number of events at which a run stops, with a reason.
pub const MOST_EVENTS: u64 = 2_000_000;
/// The number of messages in flight, running timers and messages held at paused processes at which a run
/// stops, with a reason: each of them is copied with every checkpoint.
pub const MOST_IN_FLIGHT: usize = 50_000;
/// The number of messages in a picture, in flight or arrived recently; the picture says if it leaves some
/// out.
pub const MOST_DRAWN: usize = 4_000;
/// The number of shapes of one kind in a picture, such as arrows or bars; the picture says if it leaves some
/// out.
pub const MOST_SHAPES: usize = 30_000;
/// The largest picture, log or report, in bytes; a larger one is refused.
pub const LONGEST_OUTPUT: usize = 64 * 1024 * 1024;
pub const LONGEST_SCRIPT: usize = 64 * 1024;
/// In bytes. JSON is several times as long as a script of the same scenario.
pub const LONGEST_JSON: usize = 1024 * 1024;
/// The longest payload of a link, in characters after its version.
pub const LONGEST_PAYLOAD: usize = 16 * 1024;
/// The largest inflated link, in bytes.
pub const LONGEST_UNPACKED: usize = 256 * 1024;
/// The longest title, description or group name, in characters.
pub const LONGEST_TEXT: usize = 200;
/// Of the name of a process or a zone, in characters.
pub const LONGEST_NAME: usize = 24;
pub const MOST_ZONES: usize = 16;
pub const MOST_MARKS: usize = 100;
/// Of a mark's text, in characters.
pub const LONGEST_MARK: usize = 60;
/// Of `load` and `capacity`, in requests per second.
pub const MOST_REQUESTS: u32 = 1_000_000;

/// The reason why a scenario cannot be written in a format, with its size in bytes.
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
    /// Returns the text of a script if it can be read again.
    ///
    /// # Errors
    /// `Script` beyond 64 KiB.
    pub fn check_script(text: String) -> Result<String, Self> {
        let found = text.len();
        if found > LONGEST_SCRIPT { Err(Self::Script { found }) } else { Ok(text) }
    }

    /// Returns the text of a scenario as JSON if it can be read again.
    ///
    /// # Errors
    /// `Json` beyond 1 MiB.
    pub fn check_json(text: String) -> Result<String, Self> {
        let found = text.len();
        if found > LONGEST_JSON { Err(Self::Json { found }) } else { Ok(text) }
    }
}
