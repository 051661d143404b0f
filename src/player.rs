//! The protocol between a host page and the figure in its frame.
//!
//! The frame is the page at `?embed=1`. It sends [`ProtocolHello`] to its parent. A parent that knows the
//! protocol answers with the same and one port of a channel. From then on only [`Request`] and
//! [`PlayerMessage`] pass, as plain objects. Instants are whole microseconds of virtual time. Every request
//! that has an id is answered, in order. `docs/src/embedding.md` describes the protocol for users.

mod answer;
mod figure_state;

pub use answer::{FigureTheme, OptionError, awaits_host, is_figure, read_options};
pub use answer::{Handled, RequestAnswer, RequestRefusal, handle, malformed, opened, unsupported};
pub use figure_state::{FigureBadge, FigureState, badge, is_changed};

use crate::time::Time;
use crate::types::Rank;
use serde::{Deserialize, Serialize};

/// The newest version. It rises when something changes its meaning. New requests and notifications do not
/// raise it, since an unknown request is answered so. Every version since 1 is served.
pub const PROTOCOL: u32 = 1;

/// The first message in both directions, before there is a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProtocolHello {
    /// Always `hello`; the field tells these messages from everybody else's.
    pub hustings: Handshake,
    /// The newest that the sender knows; both then speak the lower one.
    pub protocol: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Handshake {
    Hello,
}

/// A command, with the number under which it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Request {
    pub id: u32,
    pub command: RequestKind,
}

/// What a page asks of its figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    try_from = "answer::RequestFields"
)]
pub enum RequestKind {
    Play,
    Pause,
    /// To an instant; beyond the end is the end.
    Seek {
        at_us: u64,
    },
    /// So many instants at which something happens on, or back.
    Step {
        by: i32,
    },
    /// Virtual microseconds in a second, from 1.
    Speed {
        speed_us: u64,
    },
    /// Another scenario: a script, JSON or a link. Answered when its run is made.
    Load {
        text: String,
        /// It opens as it says itself: `start-at` and `end-at` of the frame's address are about
        /// another scenario.
        #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
        alone: bool,
    },
    /// How the whole run went.
    Report,
    /// What stands behind `#` in an address of the page that shows the same.
    Link,
    /// Playing pauses at this instant, once.
    PauseAt {
        at_us: u64,
    },
    /// Whether playing begins again at its end.
    Loop {
        on: bool,
    },
    /// Whether playing passes quickly through stretches in which nothing happens.
    SkipQuiet {
        on: bool,
    },
    Theme {
        theme: FigureTheme,
    },
    /// The figure is taken away: it rests, and the channel is closed.
    Dispose,
}

impl RequestKind {
    /// The names of all commands, as they are sent.
    pub const ALL: [&str; 13] = [
        "play",
        "pause",
        "seek",
        "step",
        "speed",
        "load",
        "report",
        "link",
        "pauseAt",
        "loop",
        "skipQuiet",
        "theme",
        "dispose",
    ];
}

/// What a figure says without being asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Notification {
    /// A scenario is there and its run is made: at first, and after each load.
    Ready {
        title: Option<String>,
        algorithm: &'static str,
        at_us: u64,
        end_us: u64,
        speed_us: u64,
        is_playing: bool,
        /// CSS pixels, where the script's `figure` line says it: a page that has not said it gives them.
        height: Option<u16>,
    },
    Play {
        at_us: u64,
        speed_us: u64,
    },
    Pause {
        at_us: u64,
    },
    /// Where the cursor is: ten times a second at most while it moves.
    Timeupdate {
        at_us: u64,
    },
    /// Others lead a group from here on, or nobody does.
    Leaderchange {
        at_us: u64,
        group: String,
        leaders: Vec<u16>,
    },
    /// Two or more lead a group at once from here on.
    Splitbrain {
        at_us: u64,
        group: String,
        leaders: Vec<u16>,
    },
    /// Whether the run went as its scenario expects, each time one is made.
    Verdict {
        holds: bool,
        kept: usize,
        total: usize,
        expectations: Vec<FigureExpectation>,
    },
    Ended {
        at_us: u64,
    },
    /// A visitor has changed the scenario, or has taken that back.
    Changed {
        changed: bool,
        end_us: u64,
    },
    /// A key that the figure leaves to the page around, such as one that turns slides. It was pressed
    /// in the frame, so the page has not seen it. `key` is as in `KeyboardEvent`.
    Key {
        key: String,
        shift: bool,
    },
    /// Something cannot be read; what was shown before stays.
    Error {
        text: String,
        /// From 1, where it is about a line of the script.
        line: Option<usize>,
    },
}

/// An expectation with its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FigureExpectation {
    pub text: String,
    pub holds: bool,
    pub at_us: u64,
    pub reason: String,
    pub line: Option<usize>,
}

/// What a frame sends over the channel.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub enum PlayerMessage {
    Answer { answer: u32, value: RequestAnswer },
    Refusal { answer: u32, error: String },
    Notice { notice: Notification },
}

impl PlayerMessage {
    /// Said where a message cannot be written.
    #[must_use]
    pub fn failed(&self, why: &str) -> Self {
        match self {
            Self::Answer { answer, .. } | Self::Refusal { answer, .. } => Self::Refusal {
                answer: *answer,
                error: format!("the answer cannot be written: {why}"),
            },
            Self::Notice { .. } => Self::Notice {
                notice: Notification::Error {
                    text: format!("a notice cannot be written: {why}"),
                    line: None,
                },
            },
        }
    }
}

fn us(at: Time) -> u64 {
    at.as_us()
}

fn numbers(leaders: &[Rank]) -> Vec<u16> {
    leaders.iter().copied().map(Rank::get).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::report::load::LongestQueue;
    use crate::report::{
        ExpectationVerdict, GroupReport, HintLine, LeaderSpan, LoadReport, Messages, Report,
        UnusedOverride,
    };
    use crate::scenario::json::schema::{check_types, declared};

    #[test]
    fn the_types_for_typescript_are_as_they_are_made() {
        check_types(
            "www/types/player.d.ts",
            "src/player.rs and src/report.rs",
            &[
                declared::<ProtocolHello>(),
                declared::<Handshake>(),
                declared::<Request>(),
                declared::<RequestKind>(),
                declared::<FigureTheme>(),
                declared::<PlayerMessage>(),
                declared::<RequestAnswer>(),
                declared::<Notification>(),
                declared::<FigureExpectation>(),
                declared::<Report>(),
                declared::<GroupReport>(),
                declared::<LeaderSpan>(),
                declared::<Messages>(),
                declared::<LoadReport>(),
                declared::<LongestQueue>(),
                declared::<ExpectationVerdict>(),
                declared::<UnusedOverride>(),
                declared::<HintLine>(),
            ],
        );
    }
}
