//! The timing that single processes have of their own: in a run, in every format, in forms and hints.

use crate::play::{play, rank};
use hustings::run::Run;
use hustings::scenario::script::{parse, read, rewrite, write};
use hustings::scenario::{Change, Drift, OwnSetting, OwnSettingKind, SettingOwner, json};
use hustings::session::inspect::{InspectionContext, inspect};
use hustings::session::setup::{NewOwnSetting, SetupField, own_settings};
use hustings::session::{Document, RunView};
use hustings::time::{Duration, Time};
use hustings::view::{Target, build};

const OWN: &str = "detector heartbeat every 100ms timeout 350ms\n\
                   timeout 3 500ms\nevery 2 3 200ms\ndrift 1 -0.5%\ndrift 3 +2%\n";

/// "`timeout 3 500ms`, `every 3 200ms`: 3's own heartbeat timeout and interval."
#[test]
fn a_process_has_a_timeout_and_an_interval_of_its_own() {
    let run = play(
        "processes 3
         latency 10ms
         detector heartbeat every 100ms timeout 350ms
         timeout 1 500ms
         every 3 200ms
         at 450ms crash 3
         until 800ms",
    );
    run.assert_lines(
        &["sent Heartbeat 3->1", "ran out timer heartbeat"],
        &[
            "200ms 3 sent Heartbeat 3->1 #1",
            "400ms 3 sent Heartbeat 3->1 #2",
            "760ms 2 ran out timer heartbeat 2 #3",
        ],
    );
}

/// "`drift 3 +2%`: its timers run 2 % longer (`-2%`: shorter; rounded half up to microseconds …)."
#[test]
fn each_timer_of_a_process_drifts() {
    let slow = play(
        "processes 3
         latency 10ms
         detector heartbeat every 100ms timeout 350ms
         drift 3 +2%
         until 110ms",
    );
    slow.assert_lines(
        &["sent"],
        &["102ms 3 sent Heartbeat 3->1 #1", "102ms 3 sent Heartbeat 3->2 #1"],
    );
    let quick = play(
        "processes 3
         latency 10ms
         wait alive 60001us
         drift 1 -50%
         at 0ms crash 2 3
         at 1ms suspect 1
         until 50ms",
    );
    // 30000.5 µs are 30001.
    quick.assert_lines(&["ran out"], &["31.001ms 1 ran out timer alive 1 #1"]);
}

/// A timer that a line of the script fixes fires then, whatever the clock does.
#[test]
fn an_override_of_a_timer_beats_a_drift() {
    let run = play(
        "drift 3 +50%
         at 100ms crash 6
         at 200ms suspect 3
         timer alive 3 #1 fires 230ms",
    );
    run.assert_lines(&["ran out"], &["230ms 3 ran out timer alive 3 #1"]);
}

#[test]
fn script_and_json_say_the_same_in_few_lines() {
    let scenario = parse(OWN).expect("it can be read");
    assert_eq!(write(&scenario), OWN);
    assert_eq!(scenario.timing.every_of[&rank(2)], Duration::ms(200));
    assert_eq!(Some(scenario.timing.drift_of[&rank(1)]), Drift::ppm(-5_000));
    let text = json::write(&scenario);
    assert!(text.contains(r#"{ "processes": [2, 3], "everyUs": 200000 }"#), "{text}");
    assert!(text.contains(r#"{ "processes": [1], "driftPpm": -5000 }"#), "{text}");
    assert_eq!(json::read(&text).expect("it can be read"), scenario);
    assert_eq!(write(&parse("DRIFT 3, 1 2%\n").expect("it can be read")), "drift 1 3 +2%\n");
}

#[test]
fn what_cannot_be_read_says_why() {
    let said = |text: &str| {
        let problems = read(text).expect_err(text);
        problems.iter().map(|problem| problem.error.to_string()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(said("timeout 3"), "expected a duration such as `250ms`, but the line ends here");
    assert_eq!(
        said("timeout 3 500"),
        "`500` has no unit; write `500ms` or another of `us`, `ms`, `s` or `m`"
    );
    assert_eq!(said("every 9 200ms"), "process 9 does not exist: the processes are 1 to 6");
    assert_eq!(said("timeout 3 3 1s"), "process 3 is listed twice");
    assert_eq!(said("timeout 3 0ms"), "the heartbeat's timeout is zero; it needs a length");
    assert_eq!(
        said("drift 3 +60%"),
        "`+60%` is more than a clock may drift; the most is 50% either way"
    );
    assert_eq!(
        said("drift 3 fast"),
        "expected a percentage with its sign such as `+2%`, found `fast`"
    );
    let json = |timing: &str| {
        let text = format!("{{\"timings\": [{timing}]}}");
        json::read(&text).expect_err(&text).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    for (timing, part) in [
        (r#"{"processes": [3], "driftPpm": 500001}"#, "a drift from -500000 to 500000"),
        (r#"{"processes": [3]}"#, "nothing is set for these processes"),
        (r#"{"processes": [], "everyUs": 1}"#, "no process is named"),
        (r#"{"processes": [3, 3], "everyUs": 1}"#, "`everyUs` of process 3 is given twice"),
        (r#"{"processes": [9], "everyUs": 1}"#, "process 9 does not exist"),
    ] {
        assert!(
            json(timing).iter().any(|said| said.contains(part)),
            "{timing}: {:?}",
            json(timing)
        );
    }
}

#[test]
fn hints_warn_of_timing_that_does_nothing_or_misses_a_healthy_leader() {
    let hints = |text: &str| {
        let script = read(text).unwrap_or_else(|found| panic!("{found:?}"));
        let hints = script.hints().into_iter();
        hints.map(|hint| (hint.line.unwrap_or(0), hint.text)).collect::<Vec<_>>()
    };
    let nothing =
        "it does nothing: with `detector scripted` no heartbeat is sent and none is missed";
    assert_eq!(hints("timeout 3 1s\ndrift 2 +1%"), [(1, nothing.to_owned())]);
    let beats = "detector heartbeat every 100ms timeout 250ms\n";
    assert_eq!(hints(beats), []);
    assert_eq!(
        hints(&format!("{beats}timeout 3 110ms")),
        [(
            2,
            "3 suspects its leader after 110ms, but a heartbeat of 1 comes only every 100ms and a \
             jitter of 10ms: a healthy leader is suspected even if no heartbeat is lost"
                .to_owned()
        )]
    );
    assert_eq!(
        hints(&format!("{beats}timeout 3 210ms")),
        [(
            2,
            "3 suspects its leader after 210ms, but a heartbeat of 1 comes only every 100ms and a \
             jitter of 10ms: one lost heartbeat makes it suspect a healthy leader"
                .to_owned()
        )]
    );
    assert_eq!(hints(&format!("{beats}timeout 3 210001us")), []);
    assert_eq!(hints(&format!("{beats}every 6 240ms")).len(), 1);
    assert_eq!(hints(&format!("{beats}every 6 200ms\ndrift 6 +20%")).len(), 1);
    assert_eq!(hints(&format!("{beats}drift 2 -50%")).len(), 1, "its heartbeats are late");
    assert_eq!(hints(&format!("{beats}drift 2 -10%")), []);
}

#[test]
fn a_form_adds_changes_and_removes_it_and_undo_names_it() {
    let document =
        Document::read("detector heartbeat every 100ms timeout 350ms\n# why\n").expect("fine");
    let scenario = document.scenario();
    let new = NewOwnSetting::new(scenario, false).expect("there are processes");
    let change = new.of_kind(OwnSettingKind::Timeout).change(scenario).expect("it can be");
    assert_eq!(change.name(scenario), "change of a timeout");
    let next = scenario.with(change).expect("it can be");
    assert_eq!(
        own_settings(&next, false),
        [(SettingOwner::Process(rank(1)).into(), OwnSettingKind::Timeout)]
    );
    assert_eq!(own_settings(&next, true), []);
    let field = SetupField::Own(OwnSettingKind::Timeout, SettingOwner::Process(rank(1)));
    assert_eq!(field.text(&next), "500ms");
    assert!(field.read(&next, "0").expect_err("no length").contains("is zero"));
    let gone = Change::SetOwn(SettingOwner::Process(rank(1)).into(), OwnSetting::Timeout(None));
    assert_eq!(next.with(gone).as_ref(), Ok(scenario));
    let drift = SetupField::Own(OwnSettingKind::Drift, SettingOwner::Process(rank(2)));
    let change = drift.read(scenario, "-2").expect("it can be").expect("it is new");
    let text = rewrite(document.text(), &scenario.with(change).expect("it can be"));
    assert_eq!(text, "detector heartbeat every 100ms timeout 350ms\ndrift 2 -2%\n# why\n");
}

/// A line stays as long as all that it says is right.
#[test]
fn a_text_keeps_the_lines_that_still_hold() {
    let text = "timeout 1 2 1s # both\ndrift 3 +2% # slow\n";
    let change = |of: u16, own| Change::SetOwn(SettingOwner::Process(rank(of)).into(), own);
    let scenario = parse(text).expect("it can be read");
    let other = scenario.with(change(2, OwnSetting::Timeout(None))).expect("it can be");
    assert_eq!(rewrite(text, &other), "timeout 1 1s   # both\ndrift 3 +2% # slow\n");
}

/// A process that goes takes its timing with it.
#[test]
fn fewer_processes_have_less_timing() {
    let scenario = parse(OWN).expect("it can be read");
    let fewer = hustings::scenario::Setting::Ranks(vec![rank(1), rank(2)]);
    let next = scenario.with(Change::Set(fewer)).expect("it can be");
    assert!(next.timing.timeout_of.is_empty());
    assert_eq!(next.timing.drift_of.len(), 1);
}

#[test]
fn the_inspector_tells_what_is_a_process_s_own() {
    let document = Document::read(OWN).expect("it can be read");
    let run_view = RunView::new(Run::of(document.scenario().clone()), &document);
    let cursor = Time::ms(50);
    let snapshot = run_view.run.snapshot(None, cursor, build::memory(run_view.run.scenario()));
    let picture = run_view.picture(&snapshot);
    let own = |process: u16| {
        let look = InspectionContext {
            run_view: &run_view,
            document: &document,
            picture: &picture,
            cursor,
        };
        let facts = inspect(Target::Process(rank(process)), look).facts;
        facts.into_iter().find(|fact| fact.label == "Its own").map(|fact| fact.value)
    };
    assert_eq!(own(3).as_deref(), Some("timeout 500 ms, heartbeat every 200 ms, timers run +2%"));
    assert_eq!(own(4), None);
}
