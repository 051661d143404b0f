//! The bytes of a link of version 1: the deflated text behind its length and a checksum.
//!
//! The first byte is the length of the deflated text, modulo 64, in its six highest bits, which are
//! the first letter of the payload; the two lowest are 0. The next two bytes are the checksum. So a
//! link that lost its end is told from one in which a letter was changed.

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

/// What scripts are likely to contain, in canonical spelling: titles of the presets, then lines, then
/// whole scripts. It counts as written before the text of each link, which refers to it by distance;
/// the likeliest parts stand last, where the distance is short. A release freezes it.
const DICTIONARY: &[u8] = include_bytes!("dictionary.txt");

const HEAD: usize = 3;

/// The text in its envelope; nothing where it cannot be deflated.
pub(super) fn close(text: &str) -> Option<Vec<u8>> {
    // Codes that are fixed need no table, which is as long as a short script.
    let strategies = [CompressionStrategy::Fixed, CompressionStrategy::Default];
    let bodies = strategies.into_iter().filter_map(|strategy| deflated(text.as_bytes(), strategy));
    let body = bodies.min_by_key(Vec::len)?;
    let mut bytes = vec![(body.len() % 64) as u8 * 4];
    bytes.extend(checksum(&body));
    bytes.extend(body);
    Some(bytes)
}

/// The text of an envelope, as bytes.
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

/// Whether an envelope with this head has so many bytes, the head's included.
pub(super) fn has_length(head: &[u8], bytes: usize) -> bool {
    head.first().is_some_and(|first| usize::from(first / 4) == bytes.saturating_sub(HEAD) % 64)
}

/// CRC-16/CCITT. It differs after any change of up to 16 bits in a row, so after a change of one
/// letter.
fn checksum(body: &[u8]) -> [u8; 2] {
    const POLYNOMIAL: u16 = 0x1021;
    let crc = body.iter().fold(0xffff_u16, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ POLYNOMIAL }
        })
    });
    crc.to_be_bytes()
}

/// Raw deflate of what follows the dictionary; nothing where it did not work.
fn deflated(text: &[u8], strategy: CompressionStrategy) -> Option<Vec<u8>> {
    const BEST: i32 = 10;
    /// A window of 32 KiB, without zlib's own head and check.
    const RAW: i32 = -15;
    let flags = create_comp_flags_from_zip_params(BEST, RAW, strategy as i32);
    let mut compressor = CompressorOxide::new(flags);
    // A byte becomes 9 bits at most.
    let mut body = vec![0; (DICTIONARY.len() + text.len()) / 8 * 9 + 64];
    // What the dictionary alone becomes is known to the reader, and thrown away.
    let known = deflate(&mut compressor, DICTIONARY, &mut body, MZFlush::Sync);
    if known.status != Ok(MZStatus::Ok) || known.bytes_consumed != DICTIONARY.len() {
        return None;
    }
    let rest = deflate(&mut compressor, text, &mut body, MZFlush::Finish);
    body.truncate(rest.bytes_written);
    (rest.status == Ok(MZStatus::StreamEnd)).then_some(body)
}

/// Inflates up to the limit, and not further.
fn inflated(body: &[u8]) -> Result<Vec<u8>, LinkError> {
    let most = DICTIONARY.len() + limits::LONGEST_UNPACKED;
    let mut bytes = DICTIONARY.to_vec();
    let (mut read, mut written) = (0, DICTIONARY.len());
    let mut inflater = DecompressorOxide::default();
    loop {
        // One byte more than there may be shows that there are too many.
        bytes.resize((written * 2).min(most + 1), 0);
        let rest = &body[read..];
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, taken, made) = decompress(&mut inflater, rest, &mut bytes, written, flags);
        read += taken;
        written += made;
        match status {
            _ if written > most => return Err(LinkError::TooLarge),
            TINFLStatus::Done if read == body.len() => break,
            TINFLStatus::HasMoreOutput => {}
            // The checksum matches, so whoever wrote this meant it.
            _ => return Err(LinkError::NoScript),
        }
    }
    bytes.truncate(written);
    Ok(bytes.split_off(DICTIONARY.len()))
}
