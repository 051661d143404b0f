//! The protocol between a host page and the figure in its frame.
//!
//! The frame is the page at `?embed=1`. It sends [`ProtocolHello`] to its parent. A parent that knows the
//! protocol answers with the same and one port of a channel. From then on only [`Request`] and
//! [`PlayerMessage`] pass, as plain objects. Instants are whole microseconds of virtual time. Every request
//! that has an id is answered, in order. `docs/src/embedding.md` describes the protocol for users.

mod answer;
mod figure;

pub use answer::{
    FigureStyle, FigureTheme, Handled, OptionError, RequestAnswer, RequestRefusal, awaits_host,
    handle, is_figure, malformed, needs_json, opened, read_options, unsupported,
};
pub use figure::{
    FigureBadge, FigureColours, FigureState, FontFamily, HexColour, badge, is_changed,
};

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
    /// Always `hello`; the field distinguishes these messages from those of other scripts.
    pub hustings: Handshake,
    /// The newest that the sender knows; both then speak the lower one.
    pub protocol: u32,
}

/// The first word of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Handshake {
    /// Sent by both sides.
    Hello,
}

/// A command, with the number under which it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Request {
    /// Returned with the answer.
    pub id: u32,
    /// What is asked.
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
    /// Plays from the cursor; at the end, from the start.
    Play,
    /// Pauses.
    Pause,
    /// To an instant; beyond the end is the end.
    Seek {
        /// In microseconds since the start of the run.
        at_us: u64,
    },
    /// So many instants at which something happens on, or back.
    Step {
        /// The number of instants with events; negative is back.
        by: i32,
    },
    /// Virtual microseconds in a second, from 1.
    Speed {
        /// In virtual microseconds per second.
        speed_us: u64,
    },
    /// Another scenario: a script, JSON or a link. Answered when its run is made.
    Load {
        /// The scenario.
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
        /// In microseconds since the start of the run.
        at_us: u64,
    },
    /// Whether playing begins again at its end.
    Loop {
        /// Whether it does.
        on: bool,
    },
    /// Whether playing passes quickly through stretches in which nothing happens.
    SkipQuiet {
        /// Whether it does.
        on: bool,
    },
    /// The theme of the page around the figure, with the colours and the font that it sets.
    Theme {
        /// The theme.
        theme: FigureTheme,
        /// Its colours, each a field of its own: a command has no field with fields.
        #[serde(flatten)]
        colours: FigureColours,
        /// Its font.
        #[cfg_attr(test, ts(optional))]
        font: Option<FontFamily>,
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
        /// The scenario's title.
        title: Option<String>,
        /// The algorithm's name, as the script writes it.
        algorithm: &'static str,
        /// The cursor, in microseconds since the start of the run.
        at_us: u64,
        /// Where playing ends, in microseconds since the start of the run.
        end_us: u64,
        /// In virtual microseconds per second.
        speed_us: u64,
        /// Whether it plays.
        is_playing: bool,
        /// CSS pixels, where the script's `figure` line says it: a page that has not said it gives them.
        height: Option<u16>,
    },
    /// Playing begins.
    Play {
        /// The cursor, in microseconds since the start of the run.
        at_us: u64,
        /// In virtual microseconds per second.
        speed_us: u64,
    },
    /// Playing pauses.
    Pause {
        /// The cursor, in microseconds since the start of the run.
        at_us: u64,
    },
    /// Where the cursor is: ten times a second at most while it moves.
    Timeupdate {
        /// The cursor, in microseconds since the start of the run.
        at_us: u64,
    },
    /// The leaders of a group change at this instant.
    Leaderchange {
        /// The instant of the change, in microseconds since the start of the run.
        at_us: u64,
        /// The group's name.
        group: String,
        /// The ranks that lead, ascending.
        leaders: Vec<u16>,
    },
    /// Two or more lead a group at once from here on.
    Splitbrain {
        /// The instant of the change, in microseconds since the start of the run.
        at_us: u64,
        /// The group's name.
        group: String,
        /// The ranks that lead, ascending.
        leaders: Vec<u16>,
    },
    /// Whether the run went as its scenario expects, each time one is made.
    Verdict {
        /// Whether all expectations hold.
        holds: bool,
        /// How many hold.
        kept: usize,
        /// How many there are.
        total: usize,
        /// Each of them.
        expectations: Vec<FigureExpectation>,
    },
    /// Playing has reached the end.
    Ended {
        /// The cursor, in microseconds since the start of the run.
        at_us: u64,
    },
    /// A visitor has changed the scenario, or has taken that back.
    Changed {
        /// Whether the scenario differs from the one that was loaded.
        changed: bool,
        /// Where playing ends, in microseconds since the start of the run.
        end_us: u64,
    },
    /// A key that the figure leaves to the page around, such as one that turns slides. It was pressed
    /// in the frame, so the page has not seen it. `key` is as in `KeyboardEvent`.
    Key {
        /// The key.
        key: String,
        /// Whether shift was held.
        shift: bool,
    },
    /// Something cannot be read; what was shown before stays.
    Error {
        /// What is wrong.
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
    /// The expectation, as the script writes it.
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
    /// The instant that decided it, in microseconds since the start of the run.
    pub at_us: u64,
    /// Why it holds or fails.
    pub reason: String,
    /// Its line in the script, from 1.
    pub line: Option<usize>,
}

/// What a frame sends over the channel.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
#[expect(missing_docs, reason = "an answer, a refusal or a notification, by its fields")]
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
        ExpectationVerdict, GroupReport, HintLine, LeaderSpan, LeadershipSpan, LoadReport,
        MarkReport, Messages, Report, UnusedOverride,
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
                declared::<FigureColours>(),
                declared::<HexColour>(),
                declared::<FontFamily>(),
                declared::<PlayerMessage>(),
                declared::<RequestAnswer>(),
                declared::<Notification>(),
                declared::<FigureExpectation>(),
                declared::<Report>(),
                declared::<GroupReport>(),
                declared::<LeaderSpan>(),
                declared::<LeadershipSpan>(),
                declared::<Messages>(),
                declared::<LoadReport>(),
                declared::<LongestQueue>(),
                declared::<ExpectationVerdict>(),
                declared::<MarkReport>(),
                declared::<UnusedOverride>(),
                declared::<HintLine>(),
            ],
        );
    }
}
