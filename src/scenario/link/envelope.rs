//! The bytes of a link of version 1: the deflated text behind its length and a checksum.
//!
//! The six high bits of the first byte are the length of the deflated text modulo 64, and are the first
//! character of the payload; the two low bits are 0. The next two bytes are the checksum. So a link that was
//! cut off can be distinguished from one with a changed character.

use crate::scenario::limits;
use crate::scenario::link::LinkError;
use miniz_oxide::deflate::core::{
    CompressionStrategy, CompressorOxide, create_comp_flags_from_zip_params,
};
use miniz_oxide::deflate::stream::deflate;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use miniz_oxide::{MZFlush, MZStatus};

/// Likely contents of scripts in canonical spelling: titles of the presets, then lines, then whole scripts.
/// The compressor treats it as text before that of each link, which refers to it by distance; the likeliest
/// parts come last, where distances are short. It is frozen with a release.
const DICTIONARY: &[u8] = include_bytes!("dictionary.txt");

const HEAD: usize = 3;

/// Puts a text into an envelope; `None` if deflating fails.
pub(super) fn close(text: &str) -> Option<Vec<u8>> {
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
pub(super) fn open(bytes: &[u8]) -> Result<Vec<u8>, LinkError> {
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
pub(super) fn has_length(head: &[u8], bytes: usize) -> bool {
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
