//! Each export format, and the name of its file.

use super::{crash, document, opened, run_view};
use crate::tools;
use hustings::scenario::{Scenario, json, script};
use hustings::session::share::{ExportFormat, ExportSource, ExportSubject, ExportTask};
use hustings::session::{Action, Document, State};
use hustings::time::Time;

pub(super) fn export(format: ExportFormat, document: &Document) -> Option<Result<String, String>> {
    let run_view = run_view(document);
    let [from, to] = run_view.animated_stretch();
    let stretch = run_view.read_stretch([&from, &to]).map(|(stretch, _)| stretch);
    let stretch = stretch.as_ref().copied().map_err(String::as_str);
    let task = format.task(ExportSource {
        document,
        run_view: &run_view,
        at: Time::ms(268),
        window: None,
        stretch,
    });
    match task {
        Err(words) => Some(Err(words)),
        Ok(ExportTask::Text(text)) => Some(Ok(text)),
        Ok(ExportTask::Paint(_)) => None,
        Ok(ExportTask::Ask(request)) => Some(tools::file(request)),
    }
}

#[test]
fn each_form_holds_what_it_promises() {
    let document = document("bully-figure");
    for format in ExportFormat::ALL {
        let Some(text) = export(format, &document) else {
            assert_eq!(format.media_type(), "image/png", "only pixels are painted by the page");
            continue;
        };
        let text = text.unwrap_or_else(|refusal| panic!("{format:?}: {refusal}"));
        let begins = match format.extension() {
            "hustings" => "#",
            "json" => "{",
            "svg" => "<svg",
            "mmd" => "sequenceDiagram",
            "csv" => "id,",
            _ => "",
        };
        let head = text.lines().next().unwrap_or_default();
        assert!(text.trim_start_matches('[').contains(begins), "{format:?}: {head}");
        assert!(text.len() > 100, "{format:?}: {text}");
    }
    assert_eq!(export(ExportFormat::Script, &document), Some(Ok(document.text().to_owned())));
    let written = export(ExportFormat::Json, &document).and_then(Result::ok).unwrap_or_default();
    assert_eq!(json::read(&written).as_ref(), Ok(document.scenario()));
}

#[test]
fn a_file_is_named_after_the_scenario() {
    let figure = document("bully-figure");
    assert_eq!(ExportFormat::Script.file_name(&figure), "bully-3-notices-that-6-is-gone.hustings");
    let names: Vec<String> =
        ExportFormat::ALL.iter().map(|format| format.file_name(&figure)).collect();
    for (place, name) in names.iter().enumerate() {
        assert!(!names[..place].contains(name), "{name} would be saved twice");
    }
    let named = |title: &str| {
        let document = Document::read(&format!("title \"{title}\"")).expect("a title");
        ExportFormat::Script.file_name(&document)
    };
    assert_eq!(named("../../etc: Ärger & Co."), "etc-ärger-co.hustings");
    assert_eq!(named("???"), "scenario.hustings");
    assert!(named(&"long ".repeat(40)).len() < 80);
    assert_eq!(ExportFormat::Json.file_name(&Document::of(&Scenario::default())), "scenario.json");
}

#[test]
fn every_thing_has_a_form_and_no_form_stands_twice_beside_another() {
    for subject in ExportSubject::ALL {
        let forms: Vec<&str> = ExportFormat::ALL
            .iter()
            .filter(|format| format.subject() == subject)
            .map(|format| format.form())
            .collect();
        assert!(!forms.is_empty());
        for (place, form) in forms.iter().enumerate() {
            assert!(!forms[..place].contains(form), "{form} of {}", subject.name());
        }
    }
}

#[test]
fn what_is_spelled_as_json_is_one_step_and_keeps_the_comments() {
    let state = opened("bully-figure");
    let spelled = |state: &State, text: &str| {
        let scenario = json::read(text).unwrap_or_else(|found| panic!("{found:?}"));
        state.apply(Action::ReplaceScenario(Box::new(scenario)))
    };
    let before = json::write(state.document().scenario());
    let once = spelled(&state, &before.replace("\"9565\"", "\"71\""));
    let twice = spelled(&once, &before.replace("\"9565\"", "\"712\""));
    assert_eq!(twice.document().scenario().seed, 712, "{before}");
    let text = twice.document().text();
    assert!(text.contains("# 6 crashes, and 3 is the first process that suspects it."), "{text}");
    assert!(text.contains("seed 712"), "{text}");
    assert_eq!(script::parse(text).as_ref(), Ok(twice.document().scenario()));
    let settled = twice.apply(Action::Settle);
    assert_eq!(settled.history.names().collect::<Vec<_>>(), ["typing"]);
    assert_eq!(settled.apply(Action::Undo).document(), state.document());
    // A stage edit in between is another step.
    assert_eq!(settled.apply(crash(1, 1)).history.undoes(), Some("crash of 1"));
}
