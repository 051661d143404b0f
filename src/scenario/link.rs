//! The link: the spelling of a scenario that people paste, `1/<payload>` behind a `#`.
//!
//! The number in front is the version. What a version means is frozen with its first release, and
//! every version goes on being read; only the newest is written.

mod v1;

use crate::scenario::{Invalid, Scenario, limits};
use std::fmt;
use thiserror::Error;

/// The version that is written, and the highest that is read.
const NEWEST: u32 = 1;

/// Why a link cannot be read, or a scenario not be written as one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LinkError {
    #[error("`{found}` is no link to a scenario: one begins with `{NEWEST}/`")]
    NoLink { found: String },
    #[error(
        "this link needs a newer Hustings: it is of version {found}, and this one reads up to \
         {NEWEST}; update it, or load the page anew"
    )]
    Newer { found: u32 },
    #[error("this link has no scenario behind its version; copy it anew, up to its end")]
    Empty,
    #[error("`{found}`, the character {at} of the link, is none that links have; copy it anew")]
    NoCharacter {
        found: char,
        /// From 1, counted behind the `#`.
        at: usize,
    },
    #[error("this link is cut short: its end is missing; copy it anew, up to its end")]
    CutShort,
    #[error("this link was changed on its way: its check does not fit; copy it anew")]
    Changed,
    #[error("this link has {found} characters; the most is {}", limits::LONGEST_PAYLOAD)]
    TooLong { found: usize },
    #[error(
        "this link unpacks to more than {} bytes, the most that a scenario may have",
        limits::LONGEST_UNPACKED
    )]
    TooLarge,
    #[error(
        "this link holds something that version {version} does not know; it was not made by Hustings"
    )]
    Unknown { version: u32 },
    #[error("this link holds a scenario that cannot be: {}", first(.0))]
    Invalid(Vec<Invalid>),
    #[error(
        "this scenario is too long for a link, which has at most {} characters; save it as \
         a file instead",
        limits::LONGEST_PAYLOAD
    )]
    NoRoom,
}

/// The scenario as a link of the newest version, without the `#`. Equal scenarios have equal links.
pub fn write(scenario: &Scenario) -> Result<String, LinkError> {
    Ok(format!("{NEWEST}/{}", v1::write(scenario)?))
}

/// The scenario of a link, without the `#` and without what may ride behind it.
pub fn read(link: &str) -> Result<Scenario, LinkError> {
    let version = version(link);
    let (Some(version), Some((_, payload))) = (version, link.split_once('/')) else {
        return Err(LinkError::NoLink { found: super::diagnostic::clip(link) });
    };
    match version {
        1 => v1::read(payload),
        found => Err(LinkError::Newer { found }),
    }
}

/// The version in front; nothing where this is no link of any version.
pub fn version(link: &str) -> Option<u32> {
    let digits = link.split_once('/')?.0;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| is_number)
}

fn first(problems: &[Invalid]) -> impl fmt::Display {
    fmt::from_fn(|f| match problems.first() {
        Some(invalid) => write!(f, "{}", invalid.problem),
        None => f.write_str("it says nothing"),
    })
}
