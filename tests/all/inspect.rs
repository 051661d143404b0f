//! What is to be known of a selected thing, and what can be done to it, at the cursor.

use hustings::clock::Time;
use hustings::occurrence::MessageName;
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::Link;
use hustings::session::inspect::{Asks, Inspection, Look, inspect};
use hustings::session::{Document, Made};
use hustings::view::Target;
use hustings::view::observe;
use hustings::vocabulary::{GroupId, MessageKind, Rank};

fn rank(rank: u16) -> Rank {
    Rank::new(rank).expect("not 0")
}

fn at(text: &str, cursor: Time, target: Target) -> Inspection {
    let document = Document::read(text).expect("it can be read");
    let made = Made::new(Run::of(document.scenario().clone()), &document);
    let snapshot = made.run.look(None, cursor, observe::memory(made.run.scenario()));
    let picture = observe::observe(&snapshot, made.group, made.liveries.clone());
    inspect(target, Look { made: &made, document: &document, picture: &picture, cursor })
}

fn preset(name: &str) -> &'static str {
    presets::find(name).expect("a preset").script
}

fn facts(inspection: &Inspection) -> Vec<String> {
    inspection.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect()
}

fn deeds(inspection: &Inspection) -> Vec<String> {
    let written = |words: &str, key: Option<&str>| format!("{words} {}", key.unwrap_or("-"));
    inspection.deeds.iter().map(|offer| written(offer.words, offer.key)).collect()
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
    let letters: Vec<&str> = three.letters.iter().map(|letter| &*letter.words).collect();
    assert_eq!(letters, ["Proceed to 5, on its way", "Alive from 5", "Alive from 4"]);
    assert_eq!(deeds(&three), ["Crash x", "Pause p", "Suspect s"]);
}

#[test]
fn a_process_is_offered_what_can_be_done_to_it_as_it_stands() {
    let six = at(preset("bully-figure"), Time::ms(268), Target::Process(rank(6)));
    assert_eq!(facts(&six)[0], "State: crashed at 100 ms");
    assert_eq!(deeds(&six), ["Recover x"]);
    let leader = at(preset("bully-figure"), Time::ms(50), Target::Process(rank(6)));
    assert_eq!(facts(&leader)[..2], ["State: leads", "Believes: it leads itself"]);
    assert_eq!(deeds(&leader), ["Crash x", "Pause p"]);
}

#[test]
fn what_a_crash_takes_is_told_with_its_values() {
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
    let proceed = MessageName {
        group: GroupId::MAIN,
        kind: MessageKind::Proceed,
        from: rank(3),
        to: rank(5),
        nth: 1,
        copy: false,
    };
    let told = at(preset("bully-figure"), Time::ms(268), Target::Message(proceed));
    assert_eq!(told.title, "Proceed from 3 to 5");
    let facts = facts(&told);
    assert_eq!(facts[..2], ["From, to: 3 to 5", "Sent: 260 ms"]);
    assert!(facts[2].starts_with("Arrives: "), "{facts:?}");
    assert!(facts[3].starts_with("Because: 3 has waited 60 ms."), "{facts:?}");
    assert_eq!(deeds(&told)[..4], ["Drop d", "Delay -", "Speed up -", "Duplicate -"]);
    let lost = "processes 6\nat 200ms suspect 3\nmessage Election 3->4 #1 lost\nuntil 1s";
    let election = MessageName { kind: MessageKind::Election, to: rank(4), ..proceed };
    let told = at(lost, Time::ms(250), Target::Message(election));
    let written = self::facts(&told);
    assert!(written.contains(&"Lost: 200 ms, as the script says".to_owned()), "{written:?}");
    assert!(
        written.contains(&"Fixed by: message Election 3->4 #1 lost (line 3)".to_owned()),
        "{written:?}"
    );
    assert_eq!(deeds(&told).last().map(String::as_str), Some("Give back to chance Del"));
}

#[test]
fn a_cut_has_sides_a_span_and_a_cost_and_its_links_say_since_when() {
    let split = preset("split-brain");
    let cut = at(split, Time::ms(1_600), Target::Partition);
    assert_eq!(cut.title, "Network cut");
    let told = facts(&cut);
    assert_eq!(told[0], "Sides: 1, 2, 3 and 4, 5, 6");
    assert!(told[1].starts_with("From, to: 800 ms to "), "{told:?}");
    assert!(told[2].ends_with(" messages so far"), "{told:?}");
    assert_eq!(deeds(&cut), ["Turn clockwise t", "Turn back Shift t", "Heal here h", "Remove Del"]);
    let link = Link { from: rank(3), to: rank(4) };
    let link = at(split, Time::ms(1_600), Target::Link(link));
    assert_eq!(facts(&link)[2], "Cut: both ways, since 800 ms");
    assert_eq!(deeds(&link), ["Heal h"]);
}

#[test]
fn a_fault_says_its_line_and_leads_there() {
    let crash = at(preset("bully-figure"), Time::ZERO, Target::Fault(0));
    let told = facts(&crash);
    assert_eq!(told[..2], ["What: at 100ms crash 6", "When: at 100 ms"]);
    assert_eq!(crash.deeds[1].asks, Asks::Seek(Time::ms(100)));
}
