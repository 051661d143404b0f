//! Version 1 of the link, frozen: letters of base64url; three bytes of envelope; statements.
//!
//! A scenario is a row of statements, as in the script, so that what is by default costs nothing.
//! They are written with postcard and deflated where that is shorter. Whatever is changed here must
//! leave every link below `tests/links/v1` as it is: new things come at the end of an enum.

mod envelope;
mod mean;
mod number;
mod say;
mod statement;

use super::LinkError;
use crate::scenario::{Scenario, limits};
use data_encoding::BASE64URL_NOPAD;
use statement::Statement;

/// What stands before the payload: `1/`.
const BEFORE: usize = 2;

pub(super) fn write(scenario: &Scenario) -> Result<String, LinkError> {
    let statements = say::statements(scenario);
    let bytes = postcard::to_allocvec(&statements).map_err(|_| LinkError::NoRoom)?;
    if bytes.len() > limits::LONGEST_UNPACKED {
        return Err(LinkError::NoRoom);
    }
    let payload = BASE64URL_NOPAD.encode(&envelope::close(&bytes));
    if payload.len() > limits::LONGEST_PAYLOAD { Err(LinkError::NoRoom) } else { Ok(payload) }
}

pub(super) fn read(payload: &str) -> Result<Scenario, LinkError> {
    let bytes = envelope::open(&decoded(payload)?)?;
    let unknown = LinkError::Unknown { version: 1 };
    // Whatever a vector claims of its length, no more is allocated than its bytes can hold.
    let read = postcard::take_from_bytes::<Vec<Statement>>(&bytes);
    let Ok((statements, [])) = read else { return Err(unknown) };
    let Some(parts) = mean::parts(statements) else { return Err(unknown) };
    Scenario::new(parts).map_err(LinkError::Invalid)
}

/// The letters as bytes. What is left of the last letter must be zero, as it is written.
fn decoded(payload: &str) -> Result<Vec<u8>, LinkError> {
    if payload.is_empty() {
        return Err(LinkError::Empty);
    }
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if let Some((at, found)) = payload.chars().enumerate().find(|&(_, c)| !is_letter(c)) {
        return Err(LinkError::NoCharacter { found, at: BEFORE + at + 1 });
    }
    if payload.len() > limits::LONGEST_PAYLOAD {
        return Err(LinkError::TooLong { found: payload.len() });
    }
    let decode = |letters: &str| BASE64URL_NOPAD.decode(letters.as_bytes());
    if let Ok(bytes) = decode(payload) {
        return Ok(bytes);
    }
    // Letters are missing, or the last one is another: the envelope knows how many there were.
    let found = payload.len() * 3 / 4;
    match payload.get(..4).and_then(|head| decode(head).ok()) {
        Some(head) if payload.len() % 4 != 1 && envelope::has_length(&head, found) => {
            Err(LinkError::Changed)
        }
        Some(_) | None => Err(LinkError::CutShort),
    }
}
