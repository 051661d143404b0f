//! What is around the statements: whether they are deflated, how long they are, and a check.
//!
//! The first byte is 1 for deflated, and the length of the body, modulo 64, in its six highest bits,
//! which are the first letter of the link. The next two are a check of the body and of the two lowest
//! bits. So a link that lost its end says so, and one with a letter changed says that.

use crate::scenario::limits;
use crate::scenario::link::LinkError;
use miniz_oxide::deflate::core::{CompressorOxide, create_comp_flags_from_zip_params};
use miniz_oxide::deflate::stream::deflate;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use miniz_oxide::{MZFlush, MZStatus};

/// What links are likely to say, frozen with this version: it counts as written before each link,
/// so that words of it are named by their place. The likeliest stand last.
const WORDS: &[u8] = include_bytes!("words.txt");

const HEAD: usize = 3;
/// What the two lowest bits say of the body.
const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;

/// The statements, deflated if that is shorter, in their envelope.
pub(super) fn close(statements: &[u8]) -> Vec<u8> {
    let deflated = deflated(statements).filter(|body| body.len() < statements.len());
    let form = if deflated.is_some() { DEFLATED } else { PLAIN };
    let body = deflated.as_deref().unwrap_or(statements);
    let mut bytes = Vec::with_capacity(HEAD + body.len());
    bytes.push((body.len() % 64) as u8 * 4 + form);
    bytes.extend(check(form, body));
    bytes.extend(body);
    bytes
}

/// The statements of an envelope.
pub(super) fn open(bytes: &[u8]) -> Result<Vec<u8>, LinkError> {
    let Some((head, body)) = bytes.split_at_checked(HEAD) else {
        return Err(LinkError::CutShort);
    };
    let form = head[0] % 4;
    match (has_length(head, bytes.len()), head[1..] == check(form, body)) {
        (true, true) if form == DEFLATED => inflated(body),
        (true, true) if form == PLAIN => Ok(body.to_vec()),
        (true, true) => Err(LinkError::Unknown { version: 1 }),
        (false, false) => Err(LinkError::CutShort),
        (true, false) | (false, true) => Err(LinkError::Changed),
    }
}

/// Whether an envelope with this head has so many bytes, the head's included.
pub(super) fn has_length(head: &[u8], bytes: usize) -> bool {
    head.first().is_some_and(|first| usize::from(first / 4) == bytes.saturating_sub(HEAD) % 64)
}

/// CRC-16/CCITT of the body, which no change of up to 16 bits in a row leaves as it is, so no other
/// letter does. The form is put on top where it cannot be made up for by another letter.
fn check(form: u8, body: &[u8]) -> [u8; 2] {
    const POLYNOMIAL: u16 = 0x1021;
    let crc = body.iter().fold(0xffff_u16, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ POLYNOMIAL }
        })
    });
    (crc ^ u16::from(form)).to_be_bytes()
}

/// Raw deflate of what follows the words; nothing where it did not work.
fn deflated(statements: &[u8]) -> Option<Vec<u8>> {
    const BEST: i32 = 9;
    /// A window of 32 KiB, without zlib's own head and check.
    const RAW: i32 = -15;
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(BEST, RAW, 0));
    let mut body = vec![0; WORDS.len() + statements.len() + 64];
    // What the words alone become is known to the reader, and thrown away.
    let words = deflate(&mut compressor, WORDS, &mut body, MZFlush::Sync);
    if words.status != Ok(MZStatus::Ok) || words.bytes_consumed != WORDS.len() {
        return None;
    }
    let rest = deflate(&mut compressor, statements, &mut body, MZFlush::Finish);
    body.truncate(rest.bytes_written);
    (rest.status == Ok(MZStatus::StreamEnd)).then_some(body)
}

fn inflated(body: &[u8]) -> Result<Vec<u8>, LinkError> {
    let most = WORDS.len() + limits::LONGEST_UNPACKED;
    let mut bytes = WORDS.to_vec();
    let (mut read, mut written) = (0, WORDS.len());
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
            // The check fits, so whoever wrote this meant it.
            _ => return Err(LinkError::Unknown { version: 1 }),
        }
    }
    bytes.truncate(written);
    Ok(bytes.split_off(WORDS.len()))
}
