//! A query and lines of JSON as what a host page sends to its figure: every request is answered, and a refusal says why.

use super::text;
use crate::player::playing::{Playing, read_json};
use hustings::player::{Request, RequestAnswer, RequestKind, RequestRefusal, read_options};
use hustings::run::Run;
use hustings::scenario::script;
use hustings::session::Action;
use hustings::session::import;

/// A longer run is the subject of the budgets.
const MOST_EVENTS: u32 = 20_000;
const SCRIPT: &str = "at 100ms crash 6\nat 200ms suspect 3\nexpect leader 5 by 500ms";

pub(crate) fn check(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (query, requests) = text.split_once('\n').unwrap_or((text, ""));
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let (options, problems) = read_options(pairs);
    assert!(problems.iter().all(|problem| problem.to_string().contains("it has to be")));
    let mut figure = Playing::of(SCRIPT, options);
    figure.notifications();
    for line in requests.lines().take(40) {
        let Ok(Request { command, .. }) = serde_json::from_str::<Request>(line) else { continue };
        let sent = serde_json::to_string(&command).expect("a request is plain data");
        assert_eq!(serde_json::from_str::<RequestKind>(&sent).ok().as_ref(), Some(&command));
        if is_long(&command) {
            continue;
        }
        match figure.ask(&command) {
            Ok(answer) => check_answer(&command, &answer),
            Err(refusal) => check_refusal(&command, &refusal),
        }
        figure.pass(16.0);
        check_figure(&mut figure);
    }
}

fn is_long(command: &RequestKind) -> bool {
    let RequestKind::Load { text, .. } = command else { return false };
    let (Ok(Action::Open(document)) | Ok(Action::OpenAddress { document, .. })) =
        import::read(text, &read_json)
    else {
        return false;
    };
    !Run::new(document.scenario().clone()).advance(MOST_EVENTS)
}

fn check_answer(command: &RequestKind, answer: &RequestAnswer) {
    assert!(serde_json::to_string(answer).is_ok(), "{answer:?}");
    match command {
        RequestKind::Report => assert!(matches!(answer, RequestAnswer::Report(_))),
        RequestKind::Link => assert!(matches!(answer, RequestAnswer::Link(_))),
        _ => assert_eq!(answer, &RequestAnswer::Done),
    }
}

fn check_refusal(command: &RequestKind, refusal: &RequestRefusal) {
    assert!(!refusal.text.is_empty() && !refusal.problems.is_empty(), "{refusal:?}");
    if let RequestKind::Load { text, .. } = command {
        let lines = text.split('\n').count();
        assert!(refusal.line.is_none_or(|line| (1..=lines).contains(&line)), "{refusal:?}");
        assert!(refusal.script.as_ref().is_none_or(|script| script == text), "{refusal:?}");
    }
}

fn check_figure(figure: &mut Playing) {
    let document = figure.state.document();
    assert_eq!(script::parse(document.text()).as_ref(), Ok(document.scenario()));
    assert!(figure.cursor() <= figure.run_view.run.end(), "the cursor is beyond the end");
    for notification in figure.notifications() {
        assert!(serde_json::to_string(&notification).is_ok(), "{notification:?}");
    }
}
