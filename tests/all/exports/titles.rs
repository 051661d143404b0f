//! Odd titles: each is read back from every format that holds it, by a parser of that format, or no
//! scenario has it. Mermaid reads its own in e2e/exports.test.mjs.

use super::{written, xml};
use crate::snippets::dom::Element;
use hustings::export::animated::{self, AnimationLoop};
use hustings::export::snippet::{PlayerUrl, Snippet};
use hustings::export::{LogFormat, PictureSubject, still};
use hustings::run::Run;
use hustings::scenario::{
    ChapterMark, Colours, FigureOptions, FigureView, Scenario, ScenarioParts, json, link, script,
};
use hustings::time::Time;
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

/// Every element of a picture, as a browser reads it in a page.
fn elements<'a>(element: &'a Element, found: &mut Vec<&'a Element>) {
    found.push(element);
    element.children.iter().for_each(|child| elements(child, found));
}

#[test]
fn odd_names_and_marks_are_text_in_pictures_and_snippets() {
    for odd in ODD.iter().chain(&["<img src=x onerror=a()>", "\" onload=\"a()", "</svg><script>"]) {
        let mut parts =
            ScenarioParts { title: Some((*odd).to_owned()), ..ScenarioParts::default() };
        parts.names = [(parts.ranks[2], format!("{odd:.20}."))].into();
        parts.marks = vec![ChapterMark { at: Time::ms(1), text: (*odd).to_owned() }];
        let scenario = Scenario::new(parts).unwrap_or_else(|found| panic!("{odd:?}: {found:?}"));
        let run = Run::of(scenario.clone());
        let subject = PictureSubject::new(&run, GroupId::MAIN);
        let end = run.end();
        let poster = still::poster(&subject, Time::ms(1), FigureView::Both, Colours::Auto);
        let animated = animated::stage(&subject, AnimationLoop::of(&subject), Colours::Auto);
        let pictures = [
            subject.stage(end, Colours::Auto),
            subject.spacetime((Time::ZERO, end), None, Colours::Auto),
            animated.unwrap_or_else(|why| panic!("{odd:?}: {why}")),
        ];
        pictures
            .iter()
            .for_each(|one| xml::check(one).unwrap_or_else(|why| panic!("{odd:?}: {why}")));
        let text = script::write(&scenario);
        let options = FigureOptions::default();
        let snippet = Snippet {
            scenario: &scenario,
            script: &text,
            options: &options,
            poster: Some(&poster),
        };
        let snippet = snippet.element().expect("it is short");
        for html in pictures.iter().chain([&poster, &snippet]) {
            let body = crate::snippets::dom::body(html);
            let mut all = Vec::new();
            elements(&body, &mut all);
            for Element { name, attributes, .. } in all {
                let is_code = ["script", "img", "iframe", "foreignobject", "a"].contains(&&**name);
                let has_code = attributes
                    .iter()
                    .any(|(key, _)| key.starts_with("on") || key.ends_with("href"));
                assert!(!is_code && !has_code, "{odd:?}: {name} {attributes:?}");
            }
        }
    }
}
