//! Links: a script opens again as it was written, and any other payload is text within the limit or refused.

use super::text;
use data_encoding::BASE64URL_NOPAD;
use hustings::scenario::link::{self, LinkError};
use hustings::scenario::{limits, script};
use hustings::session::address;
use miniz_oxide::deflate::compress_to_vec;

/// A link whose envelope is right, whatever is in it.
pub(crate) fn sealed(body: &[u8]) -> String {
    let crc = body.iter().fold(0xffff_u16, |crc, &byte| {
        let step = |crc: u16, _| if crc >> 15 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
        (0..8).fold(crc ^ u16::from(byte) << 8, step)
    });
    let [high, low] = crc.to_be_bytes();
    let bytes = [&[(body.len() % 64) as u8 * 4, high, low], body].concat();
    format!("1/{}", BASE64URL_NOPAD.encode(&bytes))
}

pub(crate) fn check(bytes: &[u8]) {
    for body in [bytes.to_vec(), compress_to_vec(bytes, 1)] {
        check_sealed(&sealed(&body));
    }
    let Some(text) = text(bytes) else { return };
    check_text(text);
    match link::encode(text) {
        Ok(link) => check_link(text, &link),
        Err(LinkError::NoRoom) => {}
        Err(error) => {
            let problems =
                script::format(text).expect_err("a script can be a link, or is too long");
            assert_eq!(error, LinkError::Script(problems));
        }
    }
}

/// The checksum is right, so the payload is text or is refused as what it is.
fn check_sealed(link: &str) {
    match link::decode(link) {
        Ok(text) => {
            assert!(text.len() <= limits::LONGEST_UNPACKED);
            let opened = address::document(link);
            assert_eq!(opened.is_ok(), script::read(&text).is_ok(), "{link}");
        }
        Err(LinkError::NoScript | LinkError::TooLarge) => {}
        Err(LinkError::TooLong { found }) => assert!(found > limits::LONGEST_PAYLOAD),
        Err(error) => panic!("{error}: {link}"),
    }
}

/// A text that claims to be a link.
fn check_text(text: &str) {
    match link::decode(text) {
        Ok(opened) => assert!(opened.len() <= limits::LONGEST_UNPACKED),
        Err(error) => {
            let words = error.to_string();
            assert!(!words.is_empty() && words.len() < 1_000, "{words}");
        }
    }
}

fn check_link(text: &str, link: &str) {
    assert!(link.len() <= "1/".len() + limits::LONGEST_PAYLOAD);
    let canonical = script::format(text).expect("what is encoded can be formatted");
    assert_eq!(link::decode(link).as_ref(), Ok(&canonical), "{link}");
    assert_eq!(link::encode(&canonical).as_deref(), Ok(link), "the same text has the same link");
    let short = &link[..link.len() - 1];
    assert!(link::decode(short).is_err(), "without its last character: {short}");
    // Any character of the payload, chosen by the text.
    let at = "1/".len() + text.len() * 31 % (link.len() - "1/".len());
    let other = if link.as_bytes()[at] == b'A' { "B" } else { "A" };
    let changed = format!("{}{other}{}", &link[..at], &link[at + 1..]);
    assert_eq!(link::decode(&changed), Err(LinkError::Changed), "{changed}");
}
