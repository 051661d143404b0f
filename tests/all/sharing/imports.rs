//! An import is recognised by its content, and opens or reports why it cannot.

use super::document;
use crate::player::playing::read_json;
use hustings::scenario::{json, link};
use hustings::session::import::{self, ImportError, LARGEST, ScenarioFormat, refused, spelling};
use hustings::session::{Action, State};

fn read(text: &str) -> Result<Action, ImportError> {
    import::read(text, &read_json)
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
