//! Links: short, checked on arrival, and each that cannot be read says why.

use crate::scenarios;
use data_encoding::BASE64URL_NOPAD;
use hustings::presets;
use hustings::scenario::link::{self, LinkError};
use hustings::scenario::{Fault, Scenario, ScenarioParts, TimelineEntry, limits, script};
use hustings::time::{Duration, Time};
use hustings::types::Rank;
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use std::fmt::Write;

fn read(text: &str) -> Scenario {
    script::parse(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

fn preset(name: &str) -> Scenario {
    read(presets::find(name).expect("it is a preset").script)
}

fn written(scenario: &Scenario) -> String {
    link::write(scenario).unwrap_or_else(|error| panic!("{error}"))
}

/// The number of the statement that says how many processes there are.
const PROCESSES: u8 = 5;

/// A link whose envelope is right, whatever is in it.
fn sealed(is_deflated: bool, body: &[u8]) -> String {
    let form = u8::from(is_deflated);
    let crc = body.iter().fold(0xffff_u16, |crc, &byte| {
        let step = |crc: u16, _| if crc >> 15 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
        (0..8).fold(crc ^ u16::from(byte) << 8, step)
    });
    let [high, low] = (crc ^ u16::from(form)).to_be_bytes();
    let bytes = [&[(body.len() % 64) as u8 * 4 + form, high, low], body].concat();
    format!("1/{}", BASE64URL_NOPAD.encode(&bytes))
}

/// Why a link is refused.
fn said(link: &str) -> String {
    match link::read(link) {
        Ok(scenario) => panic!("{link} opens to {}", script::write(&scenario)),
        Err(error) => error.to_string(),
    }
}

proptest! {
    #[test]
    fn a_link_opens_to_its_scenario(wanted in scenarios::scenario()) {
        let link = written(&wanted);
        prop_assert_eq!(link::read(&link), Ok(wanted), "{}", link);
    }

    #[test]
    fn a_link_that_lost_its_end_says_so(wanted in scenarios::scenario(), cut in any::<prop::sample::Index>()) {
        let link = written(&wanted);
        let short = &link[.."1/".len() + cut.index(link.len() - "1/".len())];
        let refused = link::read(short);
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
        let refused = |text: &str| link::read(text).is_err();
        prop_assert!(refused(&noise) && refused(&behind));
        // Two bytes of check let one of 65,536 through, and then the statements must make sense.
        let _ = link::read(&format!("1/{behind}"));
    }
}

#[test]
fn a_figure_fits_in_a_line_and_twelve_faults_on_seven_processes_in_two() {
    assert_eq!(written(&preset("bully-figure")).len(), 88, "at most 120");
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
    let length = written(&read(faults)).len();
    assert_eq!(length, 158, "at most 200");
}

#[test]
fn what_is_by_default_costs_nothing() {
    assert_eq!(written(&Scenario::default()).len(), "1/".len() + 6);
    let link = written(&read("at 100ms crash 6\nat 200ms suspect 3"));
    assert_eq!(link.len(), "1/".len() + 14, "{link}");
}

/// A bit of a byte on the wire, and a letter for any other.
#[test]
fn a_link_with_one_letter_or_bit_changed_says_so() {
    for name in ["bully-figure", "start"] {
        let link = written(&preset(name));
        for at in "1/".len()..link.len() {
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".chars()
            {
                let mut other = link.clone();
                other.replace_range(at..=at, letter.encode_utf8(&mut [0; 4]));
                if other != link {
                    assert_eq!(link::read(&other), Err(LinkError::Changed), "{other}");
                }
            }
            for bit in 0..7 {
                let mut bytes = link.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let other = String::from_utf8(bytes).expect("it is ASCII");
                assert!(link::read(&other).is_err(), "{other}");
            }
        }
    }
}

/// Nothing panics, and nothing takes memory or time without bound: a hundred thousand are quick.
#[test]
fn a_hundred_thousand_changed_links_do_no_harm() {
    let links: Vec<String> = (0..200).map(|seed| written(&scenarios::random(seed))).collect();
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
        opened += usize::from(link::read(&text).is_ok());
    }
    // A change can undo another, and the check lets a few through.
    assert!(opened < 1_000, "{opened} were opened");
}

#[test]
fn equal_scenarios_have_equal_links_however_they_were_written() {
    let one = read("seed 1\nprocesses list 1 2 3 4 5 6\nlatency 3->5 80ms\nlatency 5->3 80ms");
    let other = read("latency 3--5 80ms # a comment");
    assert_eq!(written(&one), written(&other));
}

#[test]
fn every_link_that_cannot_be_read_says_why_and_what_to_do() {
    let link = written(&preset("bully-figure"));
    let mut table = String::new();
    let long = format!("1/{}", "A".repeat(limits::LONGEST_PAYLOAD + 1));
    let cases = [
        ("garbage", "hello".to_owned()),
        ("a fraction", "1.5/AAAA".to_owned()),
        ("a newer version", format!("2{}", &link[1..])),
        ("nothing behind the version", "1/".to_owned()),
        ("an odd letter", format!("{}%20{}", &link[..9], &link[9..])),
        ("a cut", link[..link.len() - 5].to_owned()),
        ("another letter", link.replacen('x', "y", 1)),
        ("too many letters", long),
        ("a bomb", sealed(true, &compress_to_vec(&vec![0; 3_000_000], 9))),
        ("a statement that is none", sealed(false, &[1, 99])),
        ("a scenario that cannot be", sealed(false, &[1, PROCESSES, 65])),
    ];
    for (name, link) in cases {
        let _ = writeln!(table, "{name}\n    {}", said(&link));
    }
    let _ = writeln!(table, "a scenario without room\n    {}", refusal(&huge()));
    crate::golden::check("tests/golden/links-that-cannot-be-read.txt", &table);
}

fn refusal(scenario: &Scenario) -> String {
    link::write(scenario).map_or_else(|error| error.to_string(), |link| panic!("{link}"))
}

/// Times that repeat nothing.
fn huge() -> Scenario {
    let mut parts = ScenarioParts::default();
    let ranks: Vec<Rank> = parts.ranks.clone();
    parts.timeline = (0..9_000)
        .map(|number: u64| {
            let at = Time::us(number * number % 3_000_017);
            let rank = ranks[(number * 7 % 6) as usize];
            TimelineEntry::at(
                at,
                Fault::Pause { processes: vec![rank], span: Duration::us(number * 13) },
            )
        })
        .collect();
    Scenario::new(parts).expect("it is valid")
}

/// Whoever knows the format can make a link that fits its check; it is refused before it costs much.
#[test]
fn a_link_that_asks_for_too_much_is_refused() {
    let unknown = Err(LinkError::Unknown { version: 1 });
    let endless = [&[0xff; 9][..], &[1]].concat();
    assert_eq!(link::read(&sealed(false, &endless)), unknown, "2^64 - 1 statements");
    let title = [&[1, 0][..], &[0xff; 9], &[1, b'a']].concat();
    assert_eq!(link::read(&sealed(false, &title)), unknown, "a title without end");
    // The same links again and again: the map would stay small, but be filled for ever.
    const LOSS_OF: u8 = 18;
    let all_ranks = [0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    let statement = [&[LOSS_OF][..], &all_ranks, &all_ranks, &[1, 0]].concat();
    let statements = [&[0x90, 0x4e][..], &statement.repeat(10_000)].concat();
    let link = sealed(true, &compress_to_vec(&statements, 9));
    assert_eq!(link::read(&link), unknown, "ten thousand times all links");
    let groups = [&[0x90, 0x4e][..], &[10, 1, b'g', 2, 2, 0].repeat(10_000)].concat();
    let link = sealed(true, &compress_to_vec(&groups, 9));
    assert_eq!(
        said(&link),
        "this link holds a scenario that cannot be: there are 10000 groups; a scenario has 1 to 16"
    );
}
