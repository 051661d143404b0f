//! The tools of the page: what they answer, that they can be asked several things at once, and that a question
//! can be taken back.

use hustings::export::LogFormat;
use hustings::export::snippet::SnippetForm;
use hustings::presets;
use hustings::scenario::{Colours, FigureOption, FigureOptions, FigureView, json, script};
use hustings::time::{Duration, Time};
use hustings::tools::{
    FileRequest, SnippetReply, SnippetRequest, Toolbox, ToolsCommand, ToolsFile, ToolsMessage,
    ToolsProgress, ToolsReply, ToolsRequest, written_options,
};

/// The last reply to a question, which crosses as text, as everything that is sent is serialised.
pub(crate) fn answer(request: ToolsRequest) -> ToolsReply {
    let mut toolbox = Toolbox::default();
    toolbox.receive(crossed(&ToolsCommand::Ask { id: 1, request }));
    let mut last = None;
    while let Some(message) = toolbox.step() {
        let ToolsMessage::Answer { id: 1, reply } = crossed(&message) else {
            panic!("it is no answer: {message:?}")
        };
        last = Some(reply);
    }
    last.expect("every question is answered")
}

/// A file, or the sentence that says why there is none.
pub(crate) fn file(request: ToolsRequest) -> Result<String, String> {
    match answer(request) {
        ToolsReply::File(text) => text,
        other => panic!("it is no file: {other:?}"),
    }
}

pub(crate) fn snippet(request: ToolsRequest) -> SnippetReply {
    match answer(request) {
        ToolsReply::Snippet(reply) => reply,
        other => panic!("it is no snippet: {other:?}"),
    }
}

fn crossed<T: serde::Serialize + serde::de::DeserializeOwned>(message: &T) -> T {
    let text = serde_json::to_string(message).expect("it can be written");
    serde_json::from_str(&text).expect("it can be read")
}

fn of(script: &str, file: ToolsFile) -> ToolsRequest {
    ToolsRequest::File(FileRequest { script: script.to_owned(), group: Some(0), file })
}

fn figure() -> &'static str {
    presets::find("bully-figure").expect("a preset").script
}

/// More events than two slices have, and more than a log may have.
const LONG: &str = "processes 64\ndetector heartbeat every 10ms timeout 1s\nuntil 9s\n";

#[test]
fn a_question_that_takes_long_says_how_far_it_is_and_leaves_time_for_others() {
    let mut toolbox = Toolbox::default();
    let long = of(LONG, ToolsFile::Stage { at: Time::ms(100) });
    toolbox.receive(ToolsCommand::Ask { id: 1, request: long });
    toolbox.receive(ToolsCommand::Ask { id: 2, request: of(figure(), ToolsFile::Json) });
    let mut replies = Vec::new();
    while let Some(ToolsMessage::Answer { id, reply }) = toolbox.step() {
        replies.push((id, reply));
    }
    assert!(!toolbox.is_busy());
    let last = |id: u32| replies.iter().rposition(|(asked, _)| *asked == id).expect("an answer");
    assert!(last(2) < last(1), "the short one comes first");
    let percents = replies.iter().filter_map(|(_, reply)| match reply {
        ToolsReply::Progress(ToolsProgress { percent }) => Some(*percent),
        ToolsReply::File(_)
        | ToolsReply::Snippet(_)
        | ToolsReply::Moves(_)
        | ToolsReply::Searching(_)
        | ToolsReply::Search(_)
        | ToolsReply::Sweeping(_)
        | ToolsReply::Sweep(_) => None,
    });
    let percents: Vec<u8> = percents.collect();
    assert!(percents.len() > 1 && percents.is_sorted(), "{percents:?}");
    assert!(matches!(&replies[last(1)].1, ToolsReply::File(Ok(svg)) if svg.starts_with("<svg")));
}

#[test]
fn a_question_that_is_cancelled_gets_no_answer() {
    let mut toolbox = Toolbox::default();
    let long = of(LONG, ToolsFile::Stage { at: Time::ms(100) });
    toolbox.receive(ToolsCommand::Ask { id: 1, request: long });
    let first = toolbox.step();
    assert!(
        matches!(first, Some(ToolsMessage::Answer { id: 1, reply: ToolsReply::Progress(_) })),
        "{first:?}"
    );
    toolbox.receive(ToolsCommand::Ask { id: 2, request: of(figure(), ToolsFile::Json) });
    toolbox.receive(ToolsCommand::Cancel { id: 1 });
    let answered = toolbox.step();
    assert!(matches!(answered, Some(ToolsMessage::Answer { id: 2, .. })), "{answered:?}");
    assert_eq!((toolbox.step(), toolbox.is_busy()), (None, false));
}

#[test]
fn the_same_run_serves_all_its_files() {
    let mut toolbox = Toolbox::default();
    for (id, at) in [(1, 200), (2, 400)] {
        let request = of(LONG, ToolsFile::Stage { at: Time::ms(at) });
        toolbox.receive(ToolsCommand::Ask { id, request });
        while toolbox.is_busy() && id == 1 {
            toolbox.step();
        }
    }
    let at_once = toolbox.step();
    assert!(
        matches!(at_once, Some(ToolsMessage::Answer { id: 2, reply: ToolsReply::File(Ok(_)) })),
        "{at_once:?}"
    );
}

#[test]
fn what_cannot_be_made_is_said_in_a_sentence() {
    let refused = [
        file(of("proceses 3", ToolsFile::Json)),
        file(of("proceses 3", ToolsFile::Log(LogFormat::Csv))),
        file(of(
            figure(),
            ToolsFile::Animation { from: Time::ms(9), to: Time::ms(9), still: Time::ZERO },
        )),
        file(of(LONG, ToolsFile::Log(LogFormat::Csv))),
    ];
    for (refused, says) in refused.into_iter().zip([
        "did you mean `processes`?",
        "did you mean `processes`?",
        "From 9ms to 9ms no time passes.",
        "with the command line: hustings log.",
    ]) {
        let words = refused.expect_err(says);
        assert!(words.ends_with(says), "{words}");
        assert!(
            words.starts_with(char::is_uppercase) || words.starts_with(char::is_numeric),
            "{words}"
        );
    }
}

#[test]
fn json_and_script_are_the_same_scenario() {
    let written = file(of(figure(), ToolsFile::Json)).expect("it can be written");
    assert_eq!(json::read(&written), Ok(script::parse(figure()).expect("a preset")));
}

#[test]
fn every_option_of_a_figure_crosses() {
    let options = FigureOptions {
        start: Some(Time::ms(150)),
        end: Some(Time::ms(350)),
        speed: Some(Duration::ms(20)),
        view: Some(FigureView::Both),
        theme: Some(Colours::Dark),
        has_controls: Some(false),
        has_heading: Some(false),
        skips_quiet: Some(false),
        autoplay: Some(true),
        is_looping: Some(true),
        is_readonly: Some(true),
        height: Some(500),
        width: Some(600),
    };
    assert_eq!(written_options(&options).len(), FigureOption::ALL.len());
    let reply = snippet(ToolsRequest::Snippet(SnippetRequest {
        script: figure().to_owned(),
        group: 0,
        form: SnippetForm::Element,
        options: written_options(&options),
        has_poster: false,
        player: "https://your.site/hustings/".to_owned(),
    }));
    let lines = reply.lines.expect("an element has room for all").figure;
    for attribute in [
        "start-at=\"150ms\"",
        "end-at=\"350ms\"",
        "speed=\"20ms\"",
        "view=\"both\"",
        "theme=\"dark\"",
        "controls=\"none\"",
        "heading=\"none\"",
        "skip-quiet=\"false\"",
        " autoplay",
        " loop",
        " readonly",
        "height:500px",
        "width:600px",
    ] {
        assert!(lines.contains(attribute), "{attribute} is missing: {lines}");
    }
}
