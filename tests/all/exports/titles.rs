//! Odd titles: each is read back from every format that holds it, by a parser of that format, or no
//! scenario has it. Mermaid reads its own in e2e/exports.test.mjs.

use super::{written, xml};
use hustings::export::snippet::{PlayerUrl, Snippet};
use hustings::export::{LogFormat, PictureSubject};
use hustings::run::Run;
use hustings::scenario::{Colours, FigureOptions, Scenario, ScenarioParts, json, link, script};
use hustings::types::GroupId;

const ODD: [&str; 16] = [
    "a",
    "#",
    ";",
    "title",
    "end",
    ":",
    "--",
    "<script>alert(1)</script>",
    "]]> & &amp; &#10;",
    "\"'`",
    "\\",
    "{{ x }} $y$ ${z}",
    "%%{init: {}}%%",
    "```\u{a0}x",
    "\u{200f}שלום",
    "=1+1",
];

fn titled(title: &str) -> Result<Scenario, Vec<hustings::scenario::Invalid>> {
    let title = Some(title.to_owned());
    Scenario::new(ScenarioParts { title: title.clone(), about: title, ..ScenarioParts::default() })
}

#[test]
fn odd_titles_are_read_back() {
    for title in ODD {
        let scenario = titled(title).unwrap_or_else(|found| panic!("{title:?}: {found:?}"));
        assert_eq!(script::parse(&script::write(&scenario)).as_ref(), Ok(&scenario), "{title:?}");
        assert_eq!(json::read(&json::write(&scenario)).as_ref(), Ok(&scenario), "{title:?}");
        let text = script::write(&scenario);
        let linked = link::encode(&text).expect("it is short");
        assert_eq!(link::decode(&linked).as_ref(), Ok(&text), "{title:?}");
        let run = Run::of(scenario.clone());
        let picture = PictureSubject::new(&run, GroupId::MAIN).stage(run.end(), Colours::Auto);
        xml::check(&picture).unwrap_or_else(|why| panic!("{title:?}: {why}"));
        let json = written(LogFormat::Json, &run);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{title:?}");
        let options = FigureOptions::default();
        let snippet =
            Snippet { scenario: &scenario, script: &text, options: &options, poster: None };
        let player = PlayerUrl::new("..").expect("it is a folder");
        let frame = snippet.frame(&player).expect("it is short");
        let body = crate::snippets::dom::body(&frame);
        let attributes_of_body = &body.children[0].attributes;
        assert!(
            attributes_of_body.iter().any(|(key, value)| key == "title" && value == title),
            "{attributes_of_body:?}"
        );
        let element = snippet.element().expect("it is short");
        let read = script::parse(&crate::snippets::dom::body(&element).text);
        assert_eq!(read.as_ref(), Ok(&scenario), "{title:?}");
    }
}

#[test]
fn titles_that_nobody_sees_or_that_turn_the_text_around_are_refused() {
    for title in [
        "",
        " ",
        "\t",
        "\u{a0}",
        "\u{200b}",
        "\u{202e}a",
        "a\u{2066}b",
        "a\nb",
        "a\u{2029}b",
        "\u{1b}[m",
    ] {
        assert!(titled(title).is_err(), "{title:?}");
    }
}
