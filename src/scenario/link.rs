//! A link: a script as the fragment of an address, `1/<payload>`.
//!
//! The payload is base64url, without padding, of an envelope around the canonical text with its comments. The
//! number before it is the version. Its format, the dictionary and the default values are frozen with its
//! first release: every released version can be opened, which the files below `tests/links` test. Only the
//! newest version is written.

mod envelope;

use crate::scenario::diagnostic::{Diagnostic, clip};
use crate::scenario::{limits, script};
use data_encoding::BASE64URL_NOPAD;
use std::fmt;
use thiserror::Error;

/// The version that is written, and the highest that can be opened.
const NEWEST: u32 = 1;

/// The reason why a link cannot be opened, or a script cannot be written as one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LinkError {
    #[error("`{found}` is not a link to a scenario: a link begins with `{NEWEST}/`")]
    NoLink { found: String },
    #[error(
        "this link needs a newer Hustings: it has version {found}, and this one reads up to \
         {NEWEST}; update it, or reload the page"
    )]
    Newer { found: u32 },
    #[error("this link has nothing behind its version; copy it again, up to its end")]
    Empty,
    #[error("`{found}`, character {at} of the link, is not used in links; copy it again")]
    NoCharacter {
        found: char,
        /// From 1, behind the `#`.
        at: usize,
    },
    #[error("this link is cut short: its end is missing; copy it again, up to its end")]
    CutShort,
    #[error("this link was changed on its way: its checksum does not match; copy it again")]
    Changed,
    #[error("this link has {found} characters; the most is {}", limits::LONGEST_PAYLOAD)]
    TooLong { found: usize },
    #[error(
        "this link inflates to more than {} bytes, the most that is read",
        limits::LONGEST_UNPACKED
    )]
    TooLarge,
    #[error("this link contains no script; it was not made by Hustings")]
    NoScript,
    #[error("the script in this link cannot be read: {}", first(.0))]
    Script(Vec<Diagnostic>),
    #[error(
        "this scenario is too long for a link, which has at most {} characters; save it as \
         a file instead",
        limits::LONGEST_PAYLOAD
    )]
    NoRoom,
}

/// Encodes a script as a link of the newest version, without the `#`. Scripts with the same canonical text
/// have the same link.
///
/// # Errors
/// `Script` if it cannot be read; `NoRoom` beyond 64 KiB of canonical text or 16 KiB of payload.
pub fn encode(script: &str) -> Result<String, LinkError> {
    if script.len() > limits::LONGEST_SCRIPT {
        return Err(LinkError::NoRoom);
    }
    let text = script::format(script).map_err(LinkError::Script)?;
    let bytes = (text.len() <= limits::LONGEST_SCRIPT).then(|| envelope::close(&text)).flatten();
    let payload = BASE64URL_NOPAD.encode(&bytes.ok_or(LinkError::NoRoom)?);
    match payload.len() > limits::LONGEST_PAYLOAD {
        true => Err(LinkError::NoRoom),
        false => Ok(format!("{NEWEST}/{payload}")),
    }
}

/// Decodes the text of a link, given without the `#` and without parameters. The text is not parsed.
///
/// # Errors
/// Every variant but `Script` and `NoRoom`.
pub fn decode(link: &str) -> Result<String, LinkError> {
    let (Some(version), Some((_, payload))) = (version(link), link.split_once('/')) else {
        return Err(LinkError::NoLink { found: clip(link) });
    };
    match version {
        1 => {
            let bytes = envelope::open(&payload_bytes(payload)?)?;
            String::from_utf8(bytes).map_err(|_| LinkError::NoScript)
        }
        found => Err(LinkError::Newer { found }),
    }
}

/// The version of a link; `None` if the text is no link of any version.
pub fn version(link: &str) -> Option<u32> {
    let digits = link.split_once('/')?.0;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| is_number)
}

/// Decodes base64url. The unused bits of the last character must be zero.
fn payload_bytes(payload: &str) -> Result<Vec<u8>, LinkError> {
    if payload.is_empty() {
        return Err(LinkError::Empty);
    }
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if let Some((at, found)) = payload.chars().enumerate().find(|&(_, c)| !is_letter(c)) {
        return Err(LinkError::NoCharacter { found, at: "1/".len() + at + 1 });
    }
    if payload.len() > limits::LONGEST_PAYLOAD {
        return Err(LinkError::TooLong { found: payload.len() });
    }
    let decode = |letters: &str| BASE64URL_NOPAD.decode(letters.as_bytes());
    if let Ok(bytes) = decode(payload) {
        return Ok(bytes);
    }
    // Characters are missing, or the last one was changed: the envelope has the length.
    let found = payload.len() * 3 / 4;
    match payload.get(..4).and_then(|head| decode(head).ok()) {
        Some(head) if payload.len() % 4 != 1 && envelope::has_length(&head, found) => {
            Err(LinkError::Changed)
        }
        Some(_) | None => Err(LinkError::CutShort),
    }
}

fn first(problems: &[Diagnostic]) -> impl fmt::Display {
    fmt::from_fn(|f| problems.first().map_or(Ok(()), |problem| write!(f, "{problem}")))
}
