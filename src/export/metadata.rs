//! The script in the metadata of a picture: an exported picture opens again as its scenario. An SVG has the script in a
//! `<metadata>` element, a PNG in a text chunk (`iTXt`, PNG specification, section 11.3.3.4).

use crate::scenario::limits::LONGEST_SCRIPT;
use thiserror::Error;

/// The reason why a picture does not open as a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PictureError {
    /// The picture has no script in its metadata.
    #[error(
        "it is a picture without a scenario; pictures of a stage or a diagram that Hustings exports carry \
         their scenario, others do not"
    )]
    NoScript,
    /// The script, or the file before it, has changed.
    #[error("it is a picture that was cut short or changed on its way; export it again")]
    Damaged,
}

const SVG_END: &str = "</svg>\n";

/// Adds the script to an SVG, unless XML forbids one of its characters or it is too long to be read again.
pub fn svg_with_script(mut svg: String, script: &str) -> String {
    let is_forbidden = |letter| {
        matches!(letter, '\0'..' ' | '\u{fffe}' | '\u{ffff}')
            && !matches!(letter, '\t' | '\n' | '\r')
    };
    let is_possible = script.len() <= LONGEST_SCRIPT && !script.contains(is_forbidden);
    if !is_possible || !svg.ends_with(SVG_END) {
        return svg;
    }
    svg.truncate(svg.len() - SVG_END.len());
    svg += "<metadata data-hustings=\"script\">";
    for letter in script.chars() {
        match letter {
            '&' => svg += "&amp;",
            '<' => svg += "&lt;",
            '>' => svg += "&gt;",
            // A reader of XML makes a line feed of the character itself.
            '\r' => svg += "&#13;",
            _ => svg.push(letter),
        }
    }
    svg + "</metadata>\n" + SVG_END
}

/// Whether a text is an SVG; no format of a scenario begins like this.
pub fn is_svg(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && text.contains("<svg")
}

/// The script that an SVG carries.
///
/// # Errors
/// There is none, or it is damaged.
pub fn svg_script(svg: &str) -> Result<String, PictureError> {
    // An editor may have added metadata of its own, or attributes.
    let found = svg.split("<metadata").skip(1).find_map(|rest| {
        let (attributes, content) = rest.split_once('>')?;
        attributes.contains("data-hustings").then_some(content)
    });
    let (content, _) =
        found.ok_or(PictureError::NoScript)?.split_once("</").ok_or(PictureError::Damaged)?;
    unescaped(content).ok_or(PictureError::Damaged)
}

/// The text of an element without children; `None` if an entity is unknown.
fn unescaped(content: &str) -> Option<String> {
    let mut parts = content.split('&');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';')?;
        text.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = entity.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?)?
            }
        });
        text += rest;
    }
    Some(text)
}

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The length of a PNG's signature and first chunk, in bytes. Other chunks may follow there.
pub const PNG_HEADER: usize = 33;
/// The type of the chunk, and its data before the text: the keyword, which a zero ends; two zeros, since the text is not
/// compressed; no language and no translated keyword, each of which a zero ends.
const PNG_TEXT: &[u8] = b"iTXthustings\0\0\0\0\0";
/// The length of a chunk's type, which the length of the chunk does not count, in bytes.
const PNG_TYPE: usize = 4;

/// The chunk that carries the script in a PNG, after its header; `None` if the script is too long to be read again.
pub fn png_chunk(script: &str) -> Option<Vec<u8>> {
    let body = [PNG_TEXT, script.as_bytes()].concat();
    let length = u32::try_from(body.len() - PNG_TYPE).ok()?;
    let chunk = [&length.to_be_bytes(), &*body, &checksum(&body).to_be_bytes()].concat();
    (script.len() <= LONGEST_SCRIPT).then_some(chunk)
}

/// Whether a file is a PNG.
pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG_SIGNATURE)
}

/// The script that a PNG carries.
///
/// # Errors
/// There is none, or it or the file before it is damaged.
pub fn png_script(png: &[u8]) -> Result<String, PictureError> {
    let mut rest = png.strip_prefix(PNG_SIGNATURE).ok_or(PictureError::NoScript)?;
    while !rest.is_empty() {
        let (body, sum, after) = split_chunk(rest).ok_or(PictureError::Damaged)?;
        if let Some(text) = body.strip_prefix(PNG_TEXT) {
            let is_whole = text.len() <= LONGEST_SCRIPT && checksum(body) == sum;
            let script = is_whole.then(|| String::from_utf8(text.to_vec()).ok()).flatten();
            return script.ok_or(PictureError::Damaged);
        }
        if body.starts_with(b"IEND") {
            break;
        }
        rest = after;
    }
    Err(PictureError::NoScript)
}

/// The type and data of the first chunk, its checksum, and what follows it.
fn split_chunk(rest: &[u8]) -> Option<(&[u8], u32, &[u8])> {
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (body, rest) = rest.split_at_checked(length.checked_add(PNG_TYPE)?)?;
    let (sum, rest) = rest.split_first_chunk()?;
    Some((body, u32::from_be_bytes(*sum), rest))
}

/// CRC-32 as PNG uses it, bit by bit: the tables of a faster one have 16 KiB, and a script is short.
fn checksum(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let next = |sum: u32, _: u32| (sum >> 1) ^ (POLYNOMIAL & (sum & 1).wrapping_neg());
    !bytes.iter().fold(!0, |sum, &byte| (0..8).fold(sum ^ u32::from(byte), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_png() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b"IEND"), 0xae42_6082);
    }
}
