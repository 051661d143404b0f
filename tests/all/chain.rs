//! The chain of causes as a value: what the panel asks and marks, and what the diagram draws.

use hustings::narration::{Explanation, StepMark, chain};
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::script;
use hustings::simulation::{Event, EventKind, LossReason};
use hustings::time::Time;
use hustings::types::{MessageKind, Role};

fn play(text: &str) -> Run {
    Run::of(script::parse(text).unwrap_or_else(|problems| panic!("{}\n{text}", problems[0])))
}

fn why(run: &Run, wanted: impl Fn(&Event) -> bool) -> Explanation {
    let event = run.events(Time::ZERO, run.end()).into_iter().rfind(wanted);
    chain(run, event.expect("it happens").id)
}

#[test]
fn why_5_leads_is_marked_from_the_crown_to_the_crash_and_names_the_lines_that_ask_for_it() {
    let run = play(presets::find("bully-figure").expect("a preset").script);
    let chain = why(&run, |event| event.what == EventKind::Became(Role::Leads));
    assert_eq!(chain.question, "Why does 5 lead?");
    let marks: Vec<StepMark> = chain.steps.iter().map(|step| step.mark).collect();
    let rank = |rank: &StepMark| matches!(rank, StepMark::Leads(five) if five.get() == 5);
    assert!(rank(&marks[0]), "{marks:?}");
    assert!(matches!(marks[1], StepMark::Message(MessageKind::Proceed, Some(_))), "{marks:?}");
    assert_eq!(marks[2], StepMark::Message(MessageKind::Alive, None));
    assert_eq!(marks[3], StepMark::Message(MessageKind::Alive, None));
    assert_eq!(marks[4..], [StepMark::Suspects, StepMark::Crashed]);
    let entries: Vec<Option<usize>> = chain.steps.iter().map(|step| step.entry).collect();
    assert_eq!(entries, [None, None, None, None, Some(1), Some(0)]);
    let mut drawn: Vec<String> =
        chain.messages().map(|name| format!("{} {}->{}", name.kind, name.from, name.to)).collect();
    drawn.dedup();
    // The question to 6 is the one that nobody answered.
    assert_eq!(drawn, ["Proceed 3->5", "Election 3->6", "Alive 5->3", "Election 3->5"]);
}

#[test]
fn a_message_that_is_lost_amid_others_is_described_with_its_loss_and_then_with_its_sender() {
    let run = play(
        "processes 6\nat 100ms crash 6\nat 200ms suspect 3\nmessage Election 3->4 #1 lost\nuntil 1s",
    );
    let chain = why(&run, |event| event.what == EventKind::Lost(LossReason::Override));
    assert_eq!(chain.question, "Why is the Election from 3 to 4 lost?");
    let texts: Vec<&str> = chain.steps.iter().map(|step| &*step.line.text).collect();
    assert_eq!(
        texts,
        [
            "The Election from 3 to 4 is lost, as the script says.",
            "3 suspects that 6 is gone and asks every higher rank: 4, 5 and 6.",
            "6 really was gone: it had crashed at 100 ms.",
        ]
    );
}

#[test]
fn a_fault_is_asked_for_by_its_line() {
    let run = play("processes 3\nat 50ms pause 3 for 20ms\nat 100ms partition 1 | 2 3\nuntil 1s");
    let cut = why(&run, |event| event.what == EventKind::Cut);
    assert_eq!(cut.question, "Why is the network cut?");
    assert_eq!(cut.steps.len(), 1);
    assert_eq!(cut.steps[0].entry, Some(1));
    let frozen = why(&run, |event| matches!(event.what, EventKind::Paused { .. }));
    assert_eq!((frozen.steps[0].mark, frozen.steps[0].entry), (StepMark::Paused, Some(0)));
}

/// The sentences of a chain with the answers that did not come.
fn sentences(chain: &Explanation) -> Vec<&str> {
    chain.steps.iter().map(|step| &*step.text).collect()
}

fn missing(chain: &Explanation) -> Vec<&str> {
    let all = chain.steps.iter().flat_map(|step| &step.missing);
    all.map(|missing| &*missing.text).collect()
}

#[test]
fn each_sentence_says_because() {
    let run = play(presets::find("bully-figure").expect("a preset").script);
    let chain = why(&run, |event| event.what == EventKind::Became(Role::Leads));
    assert_eq!(
        sentences(&chain),
        [
            "5 leads because 3 told it to proceed.",
            "3 told 5 to proceed because 60 ms had passed and 5 was the highest rank that had answered.",
            "3 heard that 5 was alive because 5 had answered it.",
            "5 answered Alive because it heard Election from 3, which has a lower rank.",
            "3 asked every higher rank because it suspected that 6 was gone.",
            "6 really was gone: it had crashed at 100 ms.",
        ]
    );
    let mut ranks: Vec<u16> = chain.ranks().map(|rank| rank.get()).collect();
    ranks.sort_unstable();
    ranks.dedup();
    assert_eq!(ranks, [3, 5, 6]);
    assert_eq!(chain.since(), Some(Time::ms(100)));
}

#[test]
fn the_answer_that_did_not_come_is_named_with_what_stopped_it() {
    let cases = [
        (
            "latency 4->2 80ms",
            "4's Alive would have arrived at 290 ms, after the timeout, because the link 4->2 took 80 ms.",
        ),
        (
            "latency 2->4 80ms",
            "4 could not answer in time: 2's Election would have arrived at 280 ms, after the timeout, because the link 2->4 took 80 ms.",
        ),
        (
            "at 150ms cut 4->2",
            "4's Alive did not arrive because the cut between 4 and 2 stopped it.",
        ),
        (
            "at 150ms cut 2->4",
            "4 did not answer: 2's Election did not arrive because the cut between 2 and 4 stopped it.",
        ),
        ("loss 4->2 100%", "4's Alive did not arrive because the link 4->2 lost it."),
        (
            "message Alive 4->2 #1 lost",
            "4's Alive did not arrive because the script says that it is lost.",
        ),
        (
            "message Alive 4->2 #1 delayed 100ms",
            "4's Alive would have arrived at 320 ms, after the timeout, because the script delays it.",
        ),
        (
            "at 150ms pause 4 for 500ms",
            "4 did not answer because it was frozen: 2's Election waits there.",
        ),
        ("at 150ms crash 4", "4 did not answer because it was down."),
    ];
    for (line, expected) in cases {
        let script = format!(
            "processes 5\nlatency 10ms\n{line}\nat 100ms crash 5\nat 200ms suspect 2\nuntil 2s\n"
        );
        let run = play(&script);
        let leads = |event: &Event| {
            event.what == EventKind::Became(Role::Leads)
                && event.rank.map(|rank| rank.get()) == Some(3)
        };
        let chain = why(&run, leads);
        assert_eq!(missing(&chain), [expected, "5 did not answer because it was down."], "{line}");
        let names = chain.messages().filter(|name| name.from.get() == 4 || name.to.get() == 4);
        assert_eq!(names.count(), 1, "it is drawn: {line}");
    }
}

#[test]
fn a_heartbeat_that_comes_late_is_named_by_its_link() {
    let run = play(presets::find("slow-link").expect("a preset").script);
    let chain = why(&run, |event| {
        event.what == EventKind::Became(Role::Leads) && event.rank.map(|rank| rank.get()) == Some(5)
    });
    let found = missing(&chain);
    let late = "because the link 6->3 took 500 ms.";
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("6's Alive would have arrived at") && found[0].ends_with(late));
    assert!(
        found[1].starts_with("6's heartbeat would have arrived at") && found[1].ends_with(late)
    );
    let last = sentences(&chain).pop().map(str::to_owned);
    assert_eq!(last.as_deref(), Some("6 was not gone: it was running."));
}
