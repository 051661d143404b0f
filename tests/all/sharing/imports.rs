//! An import is recognised by its content, and opens or reports why it cannot.

use super::{document, exports};
use crate::exports::metadata::png_with;
use crate::player::playing::read_json;
use hustings::export::metadata::png_chunk;
use hustings::scenario::{json, link};
use hustings::session::import::{self, ImportError, LARGEST, ScenarioFormat, refused, spelling};
use hustings::session::share::ExportFormat;
use hustings::session::{Action, State};
use hustings::view::picture::PictureView;

fn read(text: &str) -> Result<Action, ImportError> {
    import::read(text, &read_json)
}

/// What the page does with a file.
fn read_file(bytes: &[u8]) -> Result<Action, ImportError> {
    read(&import::script_or_text(import::file_text(bytes.to_vec())?)?)
}

fn error_of(text: &str) -> String {
    read(text).err().map_or_else(String::new, |why| refused("It", &why))
}

#[test]
fn a_format_is_recognised_by_its_content() {
    for (text, expected) in [
        ("at 100ms crash 6", ScenarioFormat::Script),
        ("heal", ScenarioFormat::Script),
        ("# a comment\nprocesses 3", ScenarioFormat::Script),
        ("processes 3 # see https://example.org/#1/x", ScenarioFormat::Script),
        ("  {\"processes\": 3}", ScenarioFormat::Json),
        ("\u{feff}{}", ScenarioFormat::Json),
        ("https://example.org/app/#1/AAA&t=2ms", ScenarioFormat::Link),
        ("https://example.org/", ScenarioFormat::Link),
        ("#preset/two-leaders", ScenarioFormat::Link),
        ("preset/two-leaders", ScenarioFormat::Link),
        (" 1/AAA \n", ScenarioFormat::Link),
        ("7/AAA", ScenarioFormat::Link),
    ] {
        assert_eq!(spelling(text), expected, "{text}");
    }
}

#[test]
fn each_spelling_opens_the_same_scenario_as_one_step_that_can_be_undone() {
    let before = State::new(document("start"));
    let wanted = document("bully-figure");
    let written = link::encode(wanted.text()).expect("short enough");
    for text in [
        wanted.text().to_owned(),
        json::write(wanted.scenario()),
        format!("https://example.org/#{written}&t=268ms"),
        "https://example.org/hustings/?x=1#preset/bully-figure".to_owned(),
    ] {
        let action = read(&text).unwrap_or_else(|why| panic!("{text}: {why}"));
        let after = before.apply(action);
        assert_eq!(after.document().scenario(), wanted.scenario(), "{text}");
        assert_eq!(after.opened, *after.document());
        assert_eq!(after.apply(Action::Undo).document(), before.document());
    }
    // A script and a link keep its comments.
    let Ok(Action::Open(script)) = read(wanted.text()) else { panic!("it opens") };
    assert_eq!(script.text(), wanted.text());
    let Ok(Action::OpenAddress { document, .. }) = read(&written) else { panic!("it opens") };
    assert_eq!(document.text(), wanted.text());
}

#[test]
fn what_cannot_be_opened_says_what_and_where() {
    for (text, expected) in [
        ("", "It cannot be opened: there is nothing in it. What was open stays."),
        ("\u{89}PNG\0\0", "It cannot be opened: it is no text. What was open stays."),
        (
            "processes 6\nat 100ms crsh 6",
            "It cannot be opened: read as a script, line 2, column 10: `crsh` is not something that \
             happens at a time; did you mean `crash`? What was open stays.",
        ),
        (
            "{\"processes\": [1, 2],\n  \"sede\": 4}",
            "It cannot be opened: read as JSON, line 2, column 3: sede: ",
        ),
        ("{\"processes\": ", "It cannot be opened: read as JSON, line 1, "),
        (
            "https://example.org/",
            "It cannot be opened: the address `#https://example.org/` names no",
        ),
        (
            "#preset/two-leader",
            "It cannot be opened: there is no scenario named `two-leader`; did you",
        ),
        ("#1/", "It cannot be opened: this link has nothing behind its version"),
        ("#1/AAA", "It cannot be opened: this link is cut short"),
        ("#2/AAAA", "It cannot be opened: this link needs a newer Hustings"),
    ] {
        let found = error_of(text);
        assert!(
            found.starts_with(expected.trim_end_matches(". What was open stays.")),
            "{text}: {found}"
        );
        assert!(found.ends_with("What was open stays."), "{found}");
    }
    let long = "#".repeat(LARGEST + 1);
    assert_eq!(read(&long), Err(ImportError::TooLarge { found: LARGEST + 1 }));
}

#[test]
fn of_many_problems_the_first_is_reported_and_the_others_are_counted() {
    let found = error_of("at 1ms crsh 1\nat 2ms crsh 2\nat 3ms crsh 3");
    assert!(found.contains("line 1, column 8"), "{found}");
    assert!(found.contains("(and 2 more problems)"), "{found}");
}

#[test]
fn an_exported_picture_opens_as_its_scenario_with_the_comments() {
    let before = State::new(document("start"));
    let wanted = document("bully-figure");
    let chunk = png_chunk(wanted.text()).expect("it is short");
    let mut pictures = vec![png_with(&chunk)];
    for format in [
        ExportFormat::Drawing(PictureView::Stage),
        ExportFormat::Drawing(PictureView::Spacetime),
        ExportFormat::Animation,
    ] {
        let svg = exports::export(format, &wanted).expect("no pixels").expect("it is drawn");
        pictures.push(svg.into_bytes());
    }
    for picture in pictures {
        let action = read_file(&picture).unwrap_or_else(|why| panic!("{why}"));
        let after = before.apply(action);
        assert_eq!(after.document().text(), wanted.text());
        assert_eq!(after.apply(Action::Undo).document(), before.document());
    }
}

#[test]
fn a_file_is_recognised_by_its_content() {
    let wanted = document("bully-figure");
    for text in [wanted.text(), &*format!("\u{feff}{}", wanted.text())] {
        assert_eq!(read_file(text.as_bytes()), read(wanted.text()));
    }
    let without = "It cannot be opened: it is a picture without a scenario; pictures of a stage or a diagram that \
                   Hustings exports carry their scenario, others do not. What was open stays.";
    let binary = "It cannot be opened: it is no text. What was open stays.";
    let damaged = "It cannot be opened: it is a picture that was cut short or changed on its way; export it again. \
                   What was open stays.";
    let png = png_with(&[]);
    for (bytes, expected) in [
        (&*png, without),
        (b"<svg><title>crash 6</title></svg>", without),
        (&png[..40], damaged),
        (b"\x89PNG\0\0", binary),
        (b"GIF89a\x01\0\x01\0\x80", binary),
        (b"\xff\xfep\0r\0", binary),
    ] {
        let why = read_file(bytes).expect_err("it is no scenario");
        assert_eq!(refused("It", &why), expected);
    }
    // A text is no longer than one that is pasted, a picture may be.
    let long = "#".repeat(LARGEST + 1);
    assert_eq!(read_file(long.as_bytes()), Err(ImportError::TooLarge { found: LARGEST + 1 }));
    let chunk = png_chunk(wanted.text()).expect("it is short");
    let large = [&*png_with(&chunk), long.as_bytes()].concat();
    assert_eq!(read_file(&large), read(wanted.text()));
}
