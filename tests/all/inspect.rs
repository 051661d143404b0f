//! What is to be known of a selected thing, and what can be done to it, at the cursor.

use hustings::choice::MessageId;
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::Link;
use hustings::session::inspect::{Inspection, InspectionContext, inspect};
use hustings::session::{Command, Document, RunView};
use hustings::time::Time;
use hustings::types::{GroupId, MessageKind, Rank};
use hustings::view::{Target, accessibility, build};

fn rank(rank: u16) -> Rank {
    Rank::new(rank).expect("not 0")
}

fn at(text: &str, cursor: Time, target: Target) -> Inspection {
    looked(text, cursor, target, |run_view| run_view)
}

/// While a lesson asks what is to come.
fn asked(text: &str, cursor: Time, target: Target) -> Inspection {
    looked(text, cursor, target, RunView::hiding_future)
}

fn looked(text: &str, cursor: Time, target: Target, how: fn(RunView) -> RunView) -> Inspection {
    let document = Document::read(text).expect("it can be read");
    let run_view = how(RunView::new(Run::of(document.scenario().clone()), &document));
    let snapshot = run_view.run.snapshot(None, cursor, build::memory(run_view.run.scenario()));
    let picture = run_view.picture(&snapshot);
    inspect(
        target,
        InspectionContext { run_view: &run_view, document: &document, picture: &picture, cursor },
    )
}

fn preset(name: &str) -> &'static str {
    presets::find(name).expect("a preset").script
}

fn facts(inspection: &Inspection) -> Vec<String> {
    inspection.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect()
}

fn actions(inspection: &Inspection) -> Vec<String> {
    let written = |words: &str, key: Option<&str>| format!("{words} {}", key.unwrap_or("-"));
    inspection.actions.iter().map(|offer| written(offer.words, offer.key())).collect()
}

#[test]
fn a_process_that_waits_says_whom_it_believed_and_what_it_waits_for() {
    let three = at(preset("bully-figure"), Time::ms(268), Target::Process(rank(3)));
    assert_eq!(three.title, "Process 3");
    assert_eq!(
        facts(&three),
        [
            "State: waits for Elected",
            "Believes: nobody leads (6 until 200 ms)",
            "Timer: asks again in 82 ms"
        ]
    );
    assert_eq!(three.facts[2].left, Some(91));
    let messages: Vec<&str> = three.messages.iter().map(|row| &*row.words).collect();
    assert_eq!(messages, ["Proceed to 5, on its way", "Alive from 5", "Alive from 4"]);
    assert_eq!(actions(&three), ["Crash x", "Pause p", "Suspect s"]);
}

#[test]
fn a_process_is_offered_what_can_be_done_to_it_as_it_stands() {
    let six = at(preset("bully-figure"), Time::ms(268), Target::Process(rank(6)));
    assert_eq!(facts(&six)[0], "State: crashed at 100 ms");
    assert_eq!(actions(&six), ["Recover x"]);
    let leader = at(preset("bully-figure"), Time::ms(50), Target::Process(rank(6)));
    assert_eq!(facts(&leader)[..2], ["State: leads", "Believes: it leads itself"]);
    assert_eq!(actions(&leader), ["Crash x", "Pause p"]);
}

#[test]
fn a_crash_lists_the_values_that_it_loses() {
    let two = at(preset("next-in-line-figure"), Time::ms(50), Target::Process(rank(2)));
    let survival = two.survival.expect("a process has something to lose");
    let lost: Vec<String> =
        survival.lost.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect();
    assert_eq!(lost[..3], ["Leader: 6", "Election: none", "Term: 0"]);
    assert!(lost[3].starts_with("Next in line: 5"), "{lost:?}");
    assert_eq!(survival.kept[0].value, "2");
}

#[test]
fn a_message_says_where_it_is_and_who_sent_it_why() {
    let proceed = MessageId {
        group: GroupId::MAIN,
        kind: MessageKind::Proceed,
        from: rank(3),
        to: rank(5),
        nth: 1,
        copy: false,
    };
    let facts_of = at(preset("bully-figure"), Time::ms(268), Target::Message(proceed));
    assert_eq!(facts_of.title, "Proceed from 3 to 5");
    let facts = facts(&facts_of);
    assert_eq!(facts[..2], ["From, to: 3 to 5", "Sent: 260 ms"]);
    assert!(facts[2].starts_with("Arrives: "), "{facts:?}");
    assert!(facts[3].starts_with("Because: 3 has waited 60 ms."), "{facts:?}");
    assert_eq!(actions(&facts_of)[..4], ["Drop d", "Delay -", "Speed up -", "Duplicate -"]);
    let lost = "processes 6\nat 200ms suspect 3\nmessage Election 3->4 #1 lost\nuntil 1s";
    let election = MessageId { kind: MessageKind::Election, to: rank(4), ..proceed };
    let facts_of = at(lost, Time::ms(250), Target::Message(election));
    let written = self::facts(&facts_of);
    assert!(written.contains(&"Lost: 200 ms, as the script says".to_owned()), "{written:?}");
    assert!(
        written.contains(&"Fixed by: message Election 3->4 #1 lost (line 3)".to_owned()),
        "{written:?}"
    );
    assert_eq!(actions(&facts_of).last().map(String::as_str), Some("Leave to chance Delete"));
}

#[test]
fn a_cut_has_sides_a_span_and_a_cost_and_its_links_say_since_when() {
    let split = preset("split-brain");
    let cut = at(split, Time::ms(1_600), Target::Partition);
    assert_eq!(cut.title, "Network cut");
    let facts_of = facts(&cut);
    assert_eq!(facts_of[0], "Sides: 1, 2, 3 and 4, 5, 6");
    assert!(facts_of[1].starts_with("From, to: 800 ms to "), "{facts_of:?}");
    assert!(facts_of[2].ends_with(" messages so far"), "{facts_of:?}");
    assert_eq!(
        actions(&cut),
        ["Turn clockwise t", "Turn back Shift t", "Heal here h", "Remove Delete"]
    );
    let link = Link { from: rank(3), to: rank(4) };
    let link = at(split, Time::ms(1_600), Target::Link(link));
    assert_eq!(facts(&link)[2], "Cut: both ways, since 800 ms");
    assert_eq!(actions(&link), ["Heal h"]);
}

#[test]
fn a_fault_says_its_line_and_leads_there() {
    let crash = at(preset("bully-figure"), Time::ZERO, Target::Fault(0));
    let facts_of = facts(&crash);
    assert_eq!(facts_of[..2], ["What: at 100ms crash 6", "When: at 100 ms"]);
    assert_eq!(crash.actions[1].command, Command::Seek(Time::ms(100)));
}

#[test]
fn while_a_lesson_asks_nothing_names_an_instant_that_is_to_come() {
    let text = "title \"Asked\"\nlatency 20ms\nat 100ms crash 6\nat 200ms suspect 3\n\
                at 205ms pause 4 for 300ms\nat 215ms partition 1 2 | 3 4 5\nat 900ms heal\n\
                message Election 3->5 #1 arrives 231ms\nmessage Election 3->4 #1 lost\nuntil 2s\n";
    let now = Time::ms(216);
    let sent = |to| {
        let name = MessageId {
            group: GroupId::MAIN,
            kind: MessageKind::Election,
            from: rank(3),
            to: rank(to),
            nth: 1,
            copy: false,
        };
        Target::Message(name)
    };
    let timer = |facts_of: &Inspection| facts_of.facts.iter().find_map(|fact| fact.target);
    let wait = timer(&at(text, now, Target::Process(rank(3)))).expect("3 waits for answers");
    let facts_of = |target| facts(&asked(text, now, target));
    // Whether a message arrives at all is to come as well.
    for to in [4, 5] {
        let arrival = &facts_of(sent(to))[2];
        assert_eq!(arrival, "Arrives: hidden until you have answered", "to {to}");
    }
    assert_eq!(facts_of(wait)[1..], ["Set: 200 ms", "Ends: hidden until you have answered"]);
    assert!(facts_of(Target::Process(rank(3))).contains(&"Timer: decides later".to_owned()));
    assert_eq!(facts_of(Target::Process(rank(4)))[0], "State: frozen; follows 6");
    assert_eq!(facts_of(Target::Fault(0))[0], "What: at 100ms crash 6");
    assert_eq!(facts_of(Target::Fault(2)), ["What: hidden until you have answered"]);
    assert_eq!(facts_of(Target::Fault(4)), ["What: hidden until you have answered"]);
    assert_eq!(facts_of(Target::Partition)[1], "From: 215 ms");
    // Nothing of it is lost for who does not answer a question.
    assert!(facts(&at(text, now, sent(5)))[2].starts_with("Arrives: 231 ms, in "));
    assert_eq!(facts(&at(text, now, Target::Fault(4)))[0], "What: at 900ms heal");
    let later = Time::ms(600);
    assert_eq!(facts(&asked(text, later, sent(5)))[2], "Arrived: 231 ms");
    assert_eq!(facts(&asked(text, later, Target::Fault(2)))[0], "What: at 205ms pause 4 for 300ms");
}

#[test]
fn while_a_lesson_asks_the_stage_names_no_instant_that_is_to_come() {
    let text = "latency 20ms\nat 100ms crash 6\nat 200ms suspect 3\nat 205ms pause 4 for 300ms\n\
                message Election 3->5 #1 lost\n";
    let document = Document::read(text).expect("it can be read");
    let run_view = RunView::new(Run::of(document.scenario().clone()), &document).hiding_future();
    let snapshot =
        run_view.run.snapshot(None, Time::ms(210), build::memory(run_view.run.scenario()));
    let picture = run_view.picture(&snapshot);
    let words: Vec<String> = picture
        .messages
        .iter()
        .map(|flight| accessibility::words(&picture, Target::Message(flight.name)))
        .chain([accessibility::words(&picture, Target::Process(rank(4)))])
        .collect();
    assert_eq!(
        words,
        [
            "Election from 3 to 4, on its way",
            "Election from 3 to 5, on its way",
            "Election from 3 to 6, on its way",
            "Process 4: paused, follows 6"
        ]
    );
}
