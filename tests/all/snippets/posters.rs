//! Posters: the files that presets ship, and the picture that stands inside of somebody's page.

use super::dom::{self, Element};
use crate::golden;
use crate::scenarios::random;
use hustings::export::{PictureSubject, still};
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{Colours, FigureView, script};
use hustings::types::GroupId;
use miniz_oxide::deflate::compress_to_vec;
use std::collections::BTreeMap;

fn run(script: &str) -> Run {
    Run::of(script::parse(script).expect("it can be read"))
}

#[test]
fn the_poster_of_every_preset_is_fresh_and_small() {
    for preset in presets::ALL {
        let run = run(preset.script);
        let subject = PictureSubject::new(&run, GroupId::MAIN);
        // The second is for dark pages in browsers that do not tell an `<img>` how its page is.
        for (name, colours) in [("", Colours::Auto), ("-dark", Colours::Dark)] {
            let name = format!("{}{name}", preset.name);
            let poster = subject.stage(still::poster_instant(&subject, Some(preset)), colours);
            golden::check(&format!("www/v1/posters/{name}.svg"), &poster);
            let packed = compress_to_vec(poster.as_bytes(), 9).len();
            let most = if preset.name == "thirty-two" { 11_000 } else { 7_000 };
            assert!(packed < most, "{name}: {packed} bytes, deflated");
        }
    }
}

#[test]
fn a_poster_shows_the_start_of_the_figure_or_the_preview_instant() {
    let instant = |script: &str, name| {
        let run = run(script);
        still::poster_instant(&PictureSubject::new(&run, GroupId::MAIN), presets::find(name))
            .to_string()
    };
    let preset = presets::find("bully-figure").expect("it is a preset");
    assert_eq!(instant(preset.script, "bully-figure"), preset.telling.to_string());
    assert_eq!(instant("figure start 180ms\nat 100ms crash 6\n", "bully-figure"), "180ms");
    // Everybody agrees again, and the news of it has faded, as in the picture that `render` makes.
    assert_eq!(instant(preset.script, "mine"), "314.493ms");
}

/// Every element below, and itself.
fn each<'a>(element: &'a Element, found: &mut Vec<&'a Element>) {
    found.push(element);
    element.children.iter().for_each(|child| each(child, found));
}

#[test]
fn a_poster_in_a_page_keeps_to_itself() {
    let mut rules: BTreeMap<String, String> = BTreeMap::new();
    let scripts = presets::ALL.map(|preset| script::parse(preset.script).expect("it can be read"));
    for scenario in scripts.into_iter().chain((0..8).map(random)) {
        let run = Run::of(scenario);
        let subject = PictureSubject::new(&run, GroupId::MAIN);
        let at = still::poster_instant(&subject, None);
        for (view, colours) in [
            (FigureView::Stage, Colours::Auto),
            (FigureView::Stage, Colours::Dark),
            (FigureView::Both, Colours::Light),
            (FigureView::Spacetime, Colours::Auto),
        ] {
            let html = still::poster(&subject, at, view, colours);
            assert!(!html.contains('\n'), "it is one line");
            let body = dom::body(&html);
            let [svg] = &*body.children else { panic!("one element: {html}") };
            let mut all = Vec::new();
            each(svg, &mut all);
            for element in all {
                keeps_to_itself(element);
            }
            let style = &svg.children[0];
            assert_eq!(style.name, "style");
            for rule in style.text.split_inclusive('}') {
                let (selector, says) = rule.split_once('{').expect("a rule");
                assert!(selector.starts_with(".hustings-"), "{rule}");
                // Whatever else stands on the page, each class means one thing.
                let known = rules.entry(selector.to_owned()).or_insert_with(|| says.to_owned());
                assert_eq!(known, says, "{selector}");
            }
        }
    }
    assert!(rules.contains_key(".hustings-fill-stage"), "{rules:?}");
}

fn keeps_to_itself(element: &Element) {
    let value = |name| element.pairs().find(|(key, _)| *key == name).map(|(_, value)| value);
    assert_eq!((value("id"), value("style")), (None, None), "{element:?}");
    for class in value("class").unwrap_or_default().split_whitespace() {
        assert!(class.starts_with("hustings-"), "{class}");
        // A page may refuse the rules, so what they say stands beside them.
        let attribute = match class["hustings-".len()..].split('-').next() {
            Some("fill") => "fill",
            Some("stroke" | "halo") => "stroke",
            _ => continue,
        };
        assert!(value(attribute).is_some(), "{class}: {element:?}");
    }
}

#[test]
fn a_poster_has_colours_without_its_rules() {
    let run = run(presets::find("bully-figure").expect("it is a preset").script);
    let subject = PictureSubject::new(&run, GroupId::MAIN);
    let ground = |colours| {
        let html =
            still::poster(&subject, hustings::time::Time::ms(283), FigureView::Stage, colours);
        let body = dom::body(&html);
        let ground = &body.children[0].children[1];
        let fill =
            ground.pairs().find(|(key, _)| *key == "fill").map(|(_, value)| value.to_owned());
        fill.expect("it has a colour")
    };
    assert_eq!(ground(Colours::Auto), "#FFFFFF");
    assert_eq!(ground(Colours::Light), "#FFFFFF");
    assert_eq!(ground(Colours::Dark), "#15181B");
}
