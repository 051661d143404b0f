//! A link: a script as the fragment of an address, `1/<payload>`.
//!
//! The payload is base64url, without padding, of an envelope around the canonical text with its comments. The
//! number before it is the version. Its format, the dictionary and the default values are frozen with its
//! first release: every released version can be opened, which the files below `tests/links` test. Only the
//! newest version is written.

use crate::scenario::diagnostic::{Diagnostic, clip};
use crate::scenario::{limits, script};
use data_encoding::BASE64URL_NOPAD;
use miniz_oxide::deflate::core::{
    CompressionStrategy, CompressorOxide, create_comp_flags_from_zip_params,
};
use miniz_oxide::deflate::stream::deflate;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use miniz_oxide::{MZFlush, MZStatus};
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
    let bytes = (text.len() <= limits::LONGEST_SCRIPT).then(|| close(&text)).flatten();
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
            let bytes = open(&payload_bytes(payload)?)?;
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
        Some(head) if payload.len() % 4 != 1 && has_length(&head, found) => Err(LinkError::Changed),
        Some(_) | None => Err(LinkError::CutShort),
    }
}

fn first(problems: &[Diagnostic]) -> impl fmt::Display {
    fmt::from_fn(|f| problems.first().map_or(Ok(()), |problem| write!(f, "{problem}")))
}

/// Likely contents of scripts in canonical spelling: titles of the presets, then lines, then whole scripts.
/// The compressor treats it as text before that of each link, which refers to it by distance; the likeliest
/// parts come last, where distances are short. It is frozen with a release.
const DICTIONARY: &[u8] = include_bytes!("link/dictionary.txt");

/// The bytes before the deflated text, in version 1. The six high bits of the first one are the length of the
/// deflated text modulo 64, and are the first character of the payload; the two low bits are 0. The next two bytes
/// are the checksum. So a link that was cut off can be distinguished from one with a changed character.
const HEAD: usize = 3;

/// Puts a text into an envelope; `None` if deflating fails.
fn close(text: &str) -> Option<Vec<u8>> {
    // Fixed codes need no table, which is as long as a short script.
    let strategies = [CompressionStrategy::Fixed, CompressionStrategy::Default];
    let bodies = strategies.into_iter().filter_map(|strategy| deflated(text.as_bytes(), strategy));
    let body = bodies.min_by_key(Vec::len)?;
    let mut bytes = vec![(body.len() % 64) as u8 * 4];
    bytes.extend(checksum(&body));
    bytes.extend(body);
    Some(bytes)
}

/// Takes the text out of an envelope, as bytes.
fn open(bytes: &[u8]) -> Result<Vec<u8>, LinkError> {
    let Some((head, body)) = bytes.split_at_checked(HEAD) else {
        return Err(LinkError::CutShort);
    };
    let is_unchanged = head[0] % 4 == 0 && head[1..] == checksum(body);
    match (has_length(head, bytes.len()), is_unchanged) {
        (true, true) => inflated(body),
        (false, false) => Err(LinkError::CutShort),
        (true, false) | (false, true) => Err(LinkError::Changed),
    }
}

/// Whether an envelope with this head has this many bytes, including the head.
fn has_length(head: &[u8], bytes: usize) -> bool {
    head.first().is_some_and(|first| usize::from(first / 4) == bytes.saturating_sub(HEAD) % 64)
}

/// CRC-16/CCITT, which detects every change within 16 consecutive bits, and so a change of one character.
fn checksum(body: &[u8]) -> [u8; 2] {
    const POLYNOMIAL: u16 = 0x1021;
    let crc = body.iter().fold(0xffff_u16, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ POLYNOMIAL }
        })
    });
    crc.to_be_bytes()
}

/// Deflates a text after the dictionary, without zlib's header; `None` if it fails.
fn deflated(text: &[u8], strategy: CompressionStrategy) -> Option<Vec<u8>> {
    const BEST: i32 = 10;
    /// A window of 32 KiB, without zlib's own head and check.
    const RAW: i32 = -15;
    let flags = create_comp_flags_from_zip_params(BEST, RAW, strategy as i32);
    let mut compressor = CompressorOxide::new(flags);
    // A byte becomes 9 bits at most.
    let mut body = vec![0; (DICTIONARY.len() + text.len()) / 8 * 9 + 64];
    // The reader knows the deflated dictionary, so it is dropped.
    let known = deflate(&mut compressor, DICTIONARY, &mut body, MZFlush::Sync);
    if known.status != Ok(MZStatus::Ok) || known.bytes_consumed != DICTIONARY.len() {
        return None;
    }
    let rest = deflate(&mut compressor, text, &mut body, MZFlush::Finish);
    body.truncate(rest.bytes_written);
    (rest.status == Ok(MZStatus::StreamEnd)).then_some(body)
}

/// Inflates a text, but not beyond the limit.
fn inflated(body: &[u8]) -> Result<Vec<u8>, LinkError> {
    let most = DICTIONARY.len() + limits::LONGEST_UNPACKED;
    let mut bytes = DICTIONARY.to_vec();
    let (mut read, mut written) = (0, DICTIONARY.len());
    let mut inflater = DecompressorOxide::default();
    loop {
        // One more byte than allowed shows that the text is too long.
        bytes.resize((written * 2).min(most + 1), 0);
        let rest = &body[read..];
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, taken, made) = decompress(&mut inflater, rest, &mut bytes, written, flags);
        read += taken;
        written += made;
        if written > most {
            return Err(LinkError::TooLarge);
        }
        if status == TINFLStatus::Done && read == body.len() {
            break;
        }
        // The checksum matches, so the link was written like this.
        if status != TINFLStatus::HasMoreOutput {
            return Err(LinkError::NoScript);
        }
    }
    bytes.truncate(written);
    Ok(bytes.split_off(DICTIONARY.len()))
}
