//! The panel *What if*: the questions to the worker, the model of the panel, and opening a value.

use crate::search_panel::done;
use hustings::presets;
use hustings::report::Report;
use hustings::run::Run;
use hustings::scenario::{Colours, script};
use hustings::session::what_if::{RangeField, RangeText, WhatIfAction, WhatIfPanel};
use hustings::session::{Action, Command, Document, Panel, Screen, State};
use hustings::sweep::{Sweep, SweepSetting};
use hustings::time::Time;
use hustings::tools::{
    QuestionPhase, SweepReply, SweepRequest, Toolbox, ToolsCommand, ToolsMessage, ToolsReply,
    ToolsRequest,
};

const CRASH: &str = "# Mine.
processes 4
detector heartbeat every 100ms timeout 350ms
latency 10..80ms
loss 2%
until 2s
at 1s crash 4
expect leaderless <= 500ms
";

fn document(text: &str) -> Document {
    Document::read(text).expect("it can be read")
}

/// All replies to a question; the last one is the end of the sweep.
fn replies(request: ToolsRequest) -> (Vec<SweepReply>, Result<SweepReply, String>) {
    let mut toolbox = Toolbox::default();
    toolbox.receive(ToolsCommand::Ask { id: 1, request });
    let mut before = Vec::new();
    while let Some(ToolsMessage::Answer { id: 1, reply }) = toolbox.step() {
        match reply {
            ToolsReply::Sweeping(reply) => before.push(reply),
            ToolsReply::Sweep(last) => return (before, last),
            other => panic!("{other:?}"),
        }
    }
    panic!("a sweep ends")
}

/// The panel after it has asked about a document, without an answer.
fn asking(panel: &WhatIfPanel, document: &Document) -> WhatIfPanel {
    let question = panel.question(document).expect("it can be asked");
    let text = document.text().to_owned();
    panel.apply(WhatIfAction::Begin { text, question: Box::new(question), now: 1_000.0 })
}

/// The panel after the last answer.
fn answered(panel: &WhatIfPanel, document: &Document) -> WhatIfPanel {
    let question = panel.question(document).expect("it can be asked");
    let (before, last) = replies(panel.request(document, &question));
    let mut next = asking(panel, document);
    for reply in before {
        next = next.apply(WhatIfAction::Hear { reply, is_last: false, now: 2_000.0 });
    }
    let reply = last.expect("it has an end");
    next.apply(WhatIfAction::Hear { reply, is_last: true, now: 3_140.0 })
}

fn fewer_seeds(panel: &WhatIfPanel) -> WhatIfPanel {
    panel.apply(WhatIfAction::Seeds("20".to_owned()))
}

#[test]
fn the_hints_of_the_script_stand_beside_its_numbers() {
    let hints = WhatIfPanel::hints(&document(CRASH));
    let starts = ["Line 4: `wait alive` is 60ms, but ", "Line 4: `wait elected` is 90ms, but "];
    assert_eq!(hints.len(), starts.len());
    assert!(hints.iter().zip(starts).all(|(hint, start)| hint.starts_with(start)), "{hints:?}");
    assert!(
        WhatIfPanel::hints(&document(
            "processes 3
at 1s suspect 1"
        ))
        .is_empty()
    );
}

#[test]
fn the_worker_sends_what_a_sweep_finds_and_all_of_it() {
    let document = document(CRASH);
    let varied = vec![("timeout".to_owned(), "150ms..950ms/50ms".to_owned())];
    let request = SweepRequest { script: CRASH.to_owned(), varied, seeds: 600 };
    let (before, last) = replies(ToolsRequest::Sweep(request.clone()));
    let last = last.expect("it has an end");
    assert!(last.progress.is_done() && last.progress.runs == 10_200);
    // First all cells come in order; later those that have changed.
    let first: Vec<u32> = before[0].cells.iter().map(|(place, _)| *place).collect();
    assert_eq!(first, (0..17).collect::<Vec<u32>>());
    let with_cells = before.iter().filter(|reply| !reply.cells.is_empty()).count();
    assert!(with_cells > 1 && with_cells * 4 < before.len(), "{with_cells} of {}", before.len());
    let mut cells = vec![None; 17];
    for (place, cell) in before.into_iter().flat_map(|reply| reply.cells).chain(last.cells) {
        cells[place as usize] = Some(cell);
    }
    let varied: Vec<(&str, &str)> =
        request.varied.iter().map(|(setting, range)| (&**setting, &**range)).collect();
    let question = hustings::sweep::SweepQuestion::read(document.script(), &varied, 600);
    let mut sweep = Sweep::new(question.expect("it can be asked"));
    while !sweep.step(1_000_000) {}
    assert_eq!(cells.into_iter().flatten().collect::<Vec<_>>(), sweep.cells());
}

#[test]
fn the_worker_says_why_there_is_no_sweep() {
    let ask = |script: &str, range: &str| {
        let varied = vec![("timeout".to_owned(), range.to_owned())];
        let request = SweepRequest { script: script.to_owned(), varied, seeds: 10 };
        replies(ToolsRequest::Sweep(request)).1.expect_err("it cannot be asked")
    };
    assert!(ask("proceses 3", "1ms..9ms/1ms").contains("processes"));
    assert!(ask(CRASH, "9ms..1ms/1ms").ends_with("it ends before it starts."));
}

#[test]
fn a_panel_begins_with_a_range_about_the_own_value() {
    let document = document(CRASH);
    let panel = WhatIfPanel::new(&document, None);
    assert_eq!(panel.title(&document), "What if the heartbeat timeout were different?");
    let question = panel.question(&document).expect("it can be asked");
    assert!(question.own_cell().is_some(), "{:?}", panel.varied);
    assert_eq!(question.seeds, 200);
    let every = WhatIfPanel::new(&document, Some(SweepSetting::Loss));
    assert_eq!(every.title(&document), "What if the loss were different?");
    // Without heartbeats there is no timeout to vary.
    let scripted = self::document("processes 3\nat 1s crash 3\nat 1s suspect 2");
    let other = WhatIfPanel::new(&scripted, Some(SweepSetting::Timeout));
    assert_eq!(other.varied[0].name, "wait-alive");
    // Each setting that can be chosen has a range that can be asked.
    for text in [CRASH, presets::find("start").expect("a preset").script] {
        let document = self::document(text);
        let panel = WhatIfPanel::new(&document, None);
        for (name, label) in panel.choices(&document, 0) {
            let chosen = panel.choosing(&document, 0, &name).expect("it can be chosen");
            let question = panel.apply(chosen).question(&document);
            assert!(
                question.as_ref().is_ok_and(|it| it.own_cell().is_some()),
                "{label}: {question:?}"
            );
        }
    }
}

#[test]
fn a_range_that_is_typed_is_asked_or_refused_in_a_sentence() {
    let document = document(CRASH);
    let panel = WhatIfPanel::new(&document, None);
    let typed = |field, text: &str| panel.apply(WhatIfAction::Range(0, field, text.to_owned()));
    let wider = typed(RangeField::To, " 2s ").question(&document).expect("it can be asked");
    assert!(wider.cells() > panel.question(&document).expect("it can be asked").cells());
    let refused = typed(RangeField::Step, "0").question(&document).expect_err("no step");
    assert!(refused.ends_with("the step is nothing."), "{refused}");
    let refused = panel.apply(WhatIfAction::Seeds("many".to_owned())).question(&document);
    assert_eq!(
        refused.expect_err("no number"),
        "“many” is no number of seeds; write a number such as 200."
    );
    let words = panel.choosing(&document, 0, "algorithm").map(|it| panel.apply(it));
    let words = words.expect("it can be chosen");
    assert!(matches!(&words.varied[0].range, RangeText::List(list) if list.starts_with("bully, ")));
    let two = words.apply(WhatIfAction::Range(0, RangeField::List, "ring,bully".to_owned()));
    assert_eq!(two.question(&document).expect("it can be asked").cells(), 2);
}

#[test]
fn a_second_setting_has_fewer_seeds_unless_the_reader_has_chosen_their_number() {
    let document = document(CRASH);
    let panel = WhatIfPanel::new(&document, None);
    let two = panel.apply(panel.adding(&document).expect("there is another one"));
    assert_eq!(
        two.title(&document),
        "What if the heartbeat timeout and the highest latency were different?"
    );
    assert_eq!((&*two.seeds, &*two.apply(two.removing()).seeds), ("40", "200"));
    assert!(two.choices(&document, 1).iter().all(|(name, _)| name != "timeout"));
    let own = panel.apply(WhatIfAction::Seeds("7".to_owned()));
    assert_eq!(own.apply(own.adding(&document).expect("there is another one")).seeds, "7");
}

#[test]
fn the_panel_says_what_came_of_the_values() {
    let document = document(CRASH);
    let panel = fewer_seeds(&WhatIfPanel::new(&document, None));
    let running = asking(&panel, &document);
    assert!(running.is_running());
    let sweep = running.sweep.clone().expect("it runs");
    assert_eq!(
        (sweep.effort(), sweep.sentences(None).0),
        (format!("0 of {} runs", sweep.question.cells() * 20), String::new())
    );
    let stopped = running.apply(WhatIfAction::Stop);
    assert!(stopped.sweep.expect("it ran").effort().starts_with("Stopped after 0 "));
    let failed = running.apply(WhatIfAction::Fail("It failed.".to_owned())).sweep.expect("it ran");
    assert_eq!((failed.effort(), failed.status()), ("It failed.".to_owned(), String::new()));

    let done = answered(&panel, &document);
    let sweep = done.sweep.clone().expect("it ran");
    assert_eq!(sweep.phase, QuestionPhase::Done);
    let count = sweep.cells.len();
    assert_eq!(
        sweep.effort(),
        format!("{count} values, 20 seeds each: {} runs in 2.1 s", count * 20)
    );
    let (own, beside) = sweep.sentences(None);
    assert!(own.starts_with("350 ms: ") && !beside.starts_with("350 ms"), "{own} {beside}");
    assert!(sweep.sentences(Some(0)).1.starts_with(&sweep.cells[0].values[0].spoken()));
    let first = sweep.first().expect("it has cells");
    assert!(sweep.cells[first].is_own);
    let said = sweep.read_out(first);
    assert!(
        said.contains(" Worst: ") && said.contains("“leaderless for 500 ms at most” holds in "),
        "{said}"
    );
    assert!(sweep.svg(Colours::Auto).contains(&*own), "the file says it too");
    assert!(
        sweep.csv().starts_with("timeout,own,runs,") && sweep.csv().lines().count() == count + 1
    );
    let rows = sweep.rows();
    assert_eq!(rows.len(), count);
    assert!(rows.iter().all(|row| row.figures.len() == sweep.heads().len()));
    assert_eq!(rows.iter().filter(|row| row.is_own).count(), 1);
}

#[test]
fn a_value_opens_with_its_worst_seed_and_shows_what_is_claimed() {
    let document = document(CRASH);
    let panel = answered(&fewer_seeds(&WhatIfPanel::new(&document, None)), &document);
    let sweep = panel.sweep.expect("it ran");
    for (place, cell) in sweep.cells.iter().enumerate().step_by(5) {
        let [write, pause] = sweep.open(place).expect("it has run");
        assert_eq!(pause, Action::Pause { at: Time::ms(1_000) });
        let Action::Write { text, .. } = write else { panic!("{write:?}") };
        assert!(text.starts_with("# Mine.\n"), "the comments stay: {text}");
        let (measure, times) = hustings::narration::wait(cell).expect("it is measured");
        assert_eq!(measure.name(), "recovery");
        let run = Run::of(script::parse(&text).expect("a script"));
        assert_eq!(run.scenario().seed, times.worst_seed);
        let report: Report = run.report(&script::read(&text).expect("a script"));
        // The leader crashes, and nobody leads until another one does.
        assert_eq!(
            hustings::sweep::RunValue::Of(report.groups[0].leaderless_us),
            times.worst,
            "{text}"
        );
        let opened = self::document(&text);
        assert!(sweep.is_about(&opened));
    }
    assert!(sweep.is_about(&document) && !sweep.is_about(&self::document("processes 3")));
}

#[test]
fn a_command_opens_the_panel_and_closes_it_and_the_set_up_says_with_what() {
    let document = document(CRASH);
    let state = State::new(document);
    let open = done(&state, Command::WhatIf);
    assert_eq!((open.panel, done(&open, Command::WhatIf).panel), (Some(Panel::WhatIf), None));
    let gallery = open.apply(Action::Show(Screen::Gallery));
    assert_eq!(done(&gallery, Command::WhatIf).screen, Screen::Stage);
    let varied = state.apply(Action::Vary(SweepSetting::Loss));
    assert_eq!((varied.varied, varied.panel), (Some(SweepSetting::Loss), None));
}
