//! A picture carries its script, and what was done to the file on its way is noticed.

use super::{preset, xml};
use hustings::export::metadata::{
    PNG_HEADER, PictureError, is_png, is_svg, png_chunk, png_script, svg_script, svg_with_script,
};
use hustings::scenario::limits::LONGEST_SCRIPT;
use proptest::prelude::*;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<title>&lt;metadata data-hustings</title>\n</svg>\n";
const SCRIPT: &str =
    "title \"a < b && c > d ]]> </metadata> é\"\r\n\n# &amp; &#10;\nat 1ms crash 6\t# 'x'\n";

/// A PNG of one black pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\
    \0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\x0aIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\
    \0\0\0\0IEND\xae\x42\x60\x82";

/// The PNG with more after its header.
pub(crate) fn png_with(chunk: &[u8]) -> Vec<u8> {
    [&PNG[..PNG_HEADER], chunk, &PNG[PNG_HEADER..]].concat()
}

fn png_of(script: &str) -> Vec<u8> {
    png_with(&png_chunk(script).expect("it is short"))
}

#[test]
fn an_svg_gives_back_its_script_and_stays_xml() {
    let run = preset("bully-figure").run;
    let drawn = hustings::export::PictureSubject::all(&run).stage(run.end(), Default::default());
    for picture in [SVG, &*drawn] {
        for script in [SCRIPT, "", "\u{feff}a", "{\"processes\": [1]}"] {
            let written = svg_with_script(picture.to_owned(), script);
            xml::check(&written).unwrap_or_else(|why| panic!("{why}: {written}"));
            assert!(is_svg(&written));
            assert_eq!(written.matches("<metadata").count(), 1, "{written}");
            assert!(!written.contains("<script"), "{written}");
            assert_eq!(svg_script(&written).as_deref(), Ok(script));
        }
    }
}

#[test]
fn an_svg_without_a_script_says_so() {
    assert_eq!(svg_script(SVG), Err(PictureError::NoScript));
    let foreign = SVG.replace("</svg>", "<metadata>processes 3</metadata></svg>");
    assert_eq!(svg_script(&foreign), Err(PictureError::NoScript));
    // XML has no way to write these characters, and a longer script is not read.
    for script in ["# \u{1}", "# \0", "# \u{1b}[0m", "# \u{ffff}", &*"#".repeat(LONGEST_SCRIPT + 1)]
    {
        assert_eq!(svg_with_script(SVG.to_owned(), script), SVG);
    }
}

#[test]
fn an_svg_that_an_editor_has_saved_gives_back_its_script() {
    for element in [
        "<metadata id='m1'><rdf:RDF/></metadata><metadata id='m2' data-hustings='script'>a &quot;b&apos; &#xe9;&#233;</metadata>",
        "<metadata\n   data-hustings=\"script\"\n   id=\"m2\">a \"b' é&#xE9;</metadata\n>",
    ] {
        let saved =
            format!("\u{feff}<?xml version=\"1.0\"?>\n<!-- Inkscape -->\n<svg>{element}<g/></svg>");
        assert!(is_svg(&saved));
        assert_eq!(svg_script(&saved).as_deref(), Ok("a \"b' éé"));
    }
    for content in ["a", "a &b", "a &b;</metadata>", "&#x110000;</metadata>", "&#;</metadata>"] {
        let damaged = format!("<svg><metadata data-hustings=\"script\">{content}");
        assert_eq!(svg_script(&damaged), Err(PictureError::Damaged), "{content}");
    }
}

#[test]
fn a_png_gives_back_its_script_also_if_the_chunk_was_moved() {
    let chunk = png_chunk(SCRIPT).expect("it is short");
    let end = PNG.len() - 12;
    for png in [png_of(SCRIPT), [&PNG[..end], &chunk, &PNG[end..]].concat()] {
        assert!(is_png(&png));
        assert_eq!(png_script(&png).as_deref(), Ok(SCRIPT));
    }
    // Length, type, keyword, method and languages, as the specification has them.
    let text = b"\0\0\0\x0eiTXthustings\0\0\0\0\0a";
    assert_eq!(png_chunk("a").expect("it is short")[..text.len()], text[..]);
    assert_eq!(png_chunk(&"#".repeat(LONGEST_SCRIPT + 1)), None);
    let longest = "#".repeat(LONGEST_SCRIPT);
    assert_eq!(png_script(&png_of(&longest)), Ok(longest));
}

#[test]
fn a_png_without_a_script_says_so() {
    let other = png_with(b"\0\0\0\x0ciTXtComment\0\0\0\0\0????");
    let after_the_end = [PNG, &png_chunk("a").expect("it is short")].concat();
    for png in [PNG, &other, &after_the_end, &PNG[..PNG_HEADER], b"GIF89a", b""] {
        assert_eq!(png_script(png), Err(PictureError::NoScript), "{png:?}");
    }
}

#[test]
fn a_png_that_was_cut_short_or_changed_says_so() {
    let whole = png_of(SCRIPT);
    let chunk_end = PNG_HEADER + png_chunk(SCRIPT).expect("it is short").len();
    for length in PNG_HEADER + 1..chunk_end {
        assert_eq!(png_script(&whole[..length]), Err(PictureError::Damaged), "{length} bytes");
    }
    // One letter of the script, and the checksum itself.
    for place in [chunk_end - 5, chunk_end - 1] {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        assert_eq!(png_script(&changed), Err(PictureError::Damaged), "byte {place}");
    }
    for length in [u32::MAX, i32::MAX as u32, 1 << 20] {
        let mut changed = whole.clone();
        changed[PNG_HEADER..PNG_HEADER + 4].copy_from_slice(&length.to_be_bytes());
        assert_eq!(png_script(&changed), Err(PictureError::Damaged), "a chunk of {length} bytes");
    }
}

proptest! {
    #[test]
    fn any_script_is_given_back(script in "\\PC*|[\\x00-\\x7f]{0,40}|[<>&;#\\]x0-9a-z\r\n]{0,60}") {
        prop_assert_eq!(png_script(&png_of(&script)), Ok(script.clone()));
        let written = svg_with_script(SVG.to_owned(), &script);
        match svg_script(&written) {
            Ok(read) => prop_assert_eq!(read, script),
            Err(why) => {
                prop_assert_eq!(why, PictureError::NoScript);
                prop_assert_eq!(written, SVG);
            }
        }
    }

    #[test]
    fn any_file_is_read_or_refused(
        script in "[a-z ]{0,20}",
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        end in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut png = png_of(&script);
        for (place, byte) in changes {
            let place = place.index(png.len());
            png[place] = byte;
        }
        let _ = png_script(&png);
        let _ = png_script(&png[..end.index(png.len())]);
        let _ = png_script(&[&PNG[..8], &bytes].concat());
        let svg = svg_with_script(SVG.to_owned(), &script);
        let _ = svg_script(&svg[..end.index(svg.len())]);
        let _ = svg_script(&String::from_utf8_lossy(&bytes));
    }
}
