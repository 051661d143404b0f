//! Links: short, checked when they are opened, and each that cannot be read says why.

use crate::inputs::link::sealed;
use crate::scenarios;
use hustings::presets;
use hustings::scenario::link::{self, LinkError};
use hustings::scenario::{limits, script};
use hustings::session::address;
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use std::fmt::Write;

fn preset(name: &str) -> &'static str {
    presets::find(name).expect("it is a preset").script
}

fn encoded(script: &str) -> String {
    link::encode(script).unwrap_or_else(|error| panic!("{error}\n{script}"))
}

fn without_comments(script: &str) -> String {
    script::without_comments(script).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Why a link does not open.
fn refusal(link: &str) -> String {
    match link::decode(link) {
        Ok(text) => address::document(link).map(|_| text).expect_err("its script cannot be read"),
        Err(error) => error.to_string(),
    }
}

proptest! {
    #[test]
    fn a_link_opens_to_its_text(wanted in scenarios::scenario(), comment in "# \\PC{0,40}") {
        let script = script::write(&wanted);
        let text = format!("{comment}\n\n{script}  {comment}\n");
        let canonical = script::format(&text).expect("a comment changes nothing");
        let link = encoded(&text);
        prop_assert_eq!(link::decode(&link), Ok(canonical), "{}", link);
        prop_assert_eq!(without_comments(&text), script);
    }

    #[test]
    fn what_is_in_an_envelope_is_text_within_the_limit_or_refused(
        body in prop::collection::vec(any::<u8>(), 0..200),
        length in 0..limits::LONGEST_UNPACKED * 2,
    ) {
        let long: Vec<u8> = body.iter().copied().cycle().take(length).collect();
        for body in [body.clone(), compress_to_vec(&body, 9), compress_to_vec(&long, 9)] {
            match link::decode(&sealed(&body)) {
                Ok(text) => prop_assert!(text.len() <= limits::LONGEST_UNPACKED),
                Err(LinkError::NoScript | LinkError::TooLarge | LinkError::TooLong { .. }) => {}
                Err(error) => prop_assert!(false, "{}", error),
            }
        }
    }

    #[test]
    fn a_link_that_lost_its_end_says_so(wanted in scenarios::scenario(), cut in any::<prop::sample::Index>()) {
        let link = encoded(&script::write(&wanted));
        let short = &link[.."1/".len() + cut.index(link.len() - "1/".len())];
        let refused = link::decode(short);
        let expected = if short == "1/" { LinkError::Empty } else { LinkError::CutShort };
        // The length is kept modulo 64, so a loss of just that much shows as another change.
        let bytes = |link: &str| (link.len() - "1/".len()) * 3 / 4;
        let hidden = (bytes(&link) - bytes(short)) % 64 == 0;
        prop_assert!(
            refused == Err(expected) || hidden && refused == Err(LinkError::Changed),
            "{} of {}: {:?}", short, link, refused
        );
    }

    #[test]
    fn noise_is_no_link(noise in "\\PC{0,40}", behind in "[A-Za-z0-9_-]{0,300}") {
        let refused = |text: &str| link::decode(text).is_err();
        prop_assert!(refused(&noise) && refused(&behind));
        // Two bytes of checksum let one of 65,536 through, and then it must inflate to text.
        let _ = link::decode(&format!("1/{behind}"));
    }
}

#[test]
fn a_figure_fits_in_a_line_and_twelve_faults_on_seven_processes_in_two() {
    let figure = encoded(&without_comments(preset("bully-figure"))).len();
    assert!(figure <= 130, "{figure}");
    let faults = "
        title \"A morning with seven processes\"
        algorithm next-in-line alternates 2
        processes 7
        detector heartbeat every 100ms timeout 350ms
        seed 4711
        at 130ms crash 7
        at 845ms suspect 3
        at 1.2s recover 7
        at 1.75s pause 6 for 500ms
        at 2.05s partition 1 2 3 | 4 5 6 7
        at 3.1s heal
        at 3.333s latency 3->5 80..120ms
        at 4s loss 2.5%
        at 4.25s cut 1--7
        at 4.6s flap 4 down 100ms up 300ms until 6s
        at 5.001s heal 1--7
        at 5.5s crash 6 7
        expect leader 5
        expect agreement by 7s
    ";
    let length = encoded(faults).len();
    assert!(length <= 200, "{length}");
}

#[test]
fn an_edit_of_a_preset_adds_few_letters() {
    let before = without_comments(preset("bully-figure"));
    let after = before.replace("at 100ms crash 6", "at 135ms crash 6\nat 1.5s recover 6");
    let (before, after) = (encoded(&before).len(), encoded(&after).len());
    assert!(after <= before + 16, "{before} and then {after}");
}

/// A bit of a byte on the wire, and a letter for any other.
#[test]
fn a_link_with_one_letter_or_bit_changed_says_so() {
    for name in ["bully-figure", "start"] {
        let link = encoded(preset(name));
        for at in "1/".len()..link.len() {
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".chars()
            {
                let mut other = link.clone();
                other.replace_range(at..=at, letter.encode_utf8(&mut [0; 4]));
                if other != link {
                    assert_eq!(link::decode(&other), Err(LinkError::Changed), "{other}");
                }
            }
            for bit in 0..7 {
                let mut bytes = link.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let other = String::from_utf8(bytes).expect("it is ASCII");
                assert!(link::decode(&other).is_err(), "{other}");
            }
        }
    }
}

/// Nothing panics, and nothing takes memory or time without bound: a hundred thousand are quick.
#[test]
fn a_hundred_thousand_changed_links_do_no_harm() {
    let link = |seed| encoded(&script::write(&scenarios::random(seed)));
    let links: Vec<String> = (0..200).map(link).collect();
    let mut state = 7_u64;
    let mut pick = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (state >> 33) as usize % most
    };
    let mut opened = 0;
    for round in 0..100_000 {
        let mut bytes = links[round % links.len()].clone().into_bytes();
        for _ in 0..=pick(3) {
            let at = pick(bytes.len());
            match pick(4) {
                0 => bytes[at] = b"Az09-_"[pick(6)],
                1 => bytes[at] ^= 1 << pick(7),
                2 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, b"AQgw_"[pick(5)]),
            }
        }
        let text = String::from_utf8(bytes).expect("it is ASCII");
        opened += usize::from(link::decode(&text).is_ok());
    }
    // A change can undo another, and the checksum lets a few through.
    assert!(opened < 1_000, "{opened} were opened");
}

#[test]
fn a_link_has_the_canonical_text_with_its_comments_and_blank_lines() {
    let script = "\u{feff}# A comment.\r\nPROCESSES   3\r\n\r\nat 1000ms crash 3 # the leader";
    let text = "# A comment.\nprocesses 3\n\nat 1s crash 3     # the leader\n";
    assert_eq!(link::decode(&encoded(script)).as_deref(), Ok(text));
    assert_eq!(encoded(script), encoded(text));
    assert_eq!(without_comments(script), "processes 3\n\nat 1s crash 3\n");
    assert_eq!(
        without_comments("# at 1s crash 3\n\n\nseed 2\n# a\nseed 3\n\n"),
        "seed 2\nseed 3\n"
    );
    assert_eq!(without_comments("# nothing else\n"), "");
}

#[test]
fn every_link_that_cannot_be_read_says_why_and_what_to_do() {
    let link = encoded(preset("bully-figure"));
    let deflated = |text: &[u8]| sealed(&compress_to_vec(text, 9));
    let other = if link.as_bytes()[9] == b'A' { "B" } else { "A" };
    let mut table = String::new();
    let cases = [
        ("garbage", "hello".to_owned()),
        ("a fraction", "1.5/AAAA".to_owned()),
        ("a newer version", format!("2{}", &link[1..])),
        ("nothing behind the version", "1/".to_owned()),
        ("an odd letter", format!("{}%20{}", &link[..9], &link[9..])),
        ("a cut", link[..link.len() - 5].to_owned()),
        ("another letter", format!("{}{other}{}", &link[..9], &link[10..])),
        ("too many letters", format!("1/{}", "A".repeat(limits::LONGEST_PAYLOAD + 1))),
        ("a bomb", deflated(&vec![b' '; 3_000_000])),
        ("what is not deflated", sealed(b"processes 3")),
        ("what is no text", deflated(&[0xff, 0xfe])),
        ("a text that is too long", deflated(&vec![b'#'; limits::LONGEST_SCRIPT + 1])),
        ("a script that cannot be read", deflated(b"processes 6\nat 1ms crsh 6")),
        ("a scenario that cannot be", deflated(b"processes 65")),
    ];
    for (name, link) in cases {
        let _ = writeln!(table, "{name}\n    {}", refusal(&link));
    }
    let long = format!("# {}\n", "a".repeat(limits::LONGEST_SCRIPT));
    // Comments that repeat nothing.
    let random =
        (0..6_000_u64).map(|number| format!("# {}\n", number * number * 7_919 % 3_000_017));
    for (name, script) in [
        ("a script of more than 64 KiB", long),
        ("a payload of more than 16 KiB", random.collect()),
        ("no script", "proceses 3".to_owned()),
    ] {
        let error = link::encode(&script).expect_err(name);
        let _ = writeln!(table, "{name}\n    {error}");
    }
    crate::golden::check("tests/golden/links-that-cannot-be-read.txt", &table);
}
