//! The chain of causes as a value: what the panel asks and marks, and what the diagram draws.

use hustings::clock::Time;
use hustings::narration::{Chain, Mark, chain};
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::script;
use hustings::simulation::{Event, Loss, What};
use hustings::vocabulary::{MessageKind, Standing};

fn play(text: &str) -> Run {
    Run::of(script::parse(text).unwrap_or_else(|problems| panic!("{}\n{text}", problems[0])))
}

fn why(run: &Run, wanted: impl Fn(&Event) -> bool) -> Chain {
    let event = run.events(Time::ZERO, run.end()).into_iter().rfind(wanted);
    chain(run, event.expect("it happens").id)
}

#[test]
fn why_5_leads_is_marked_from_the_crown_to_the_crash_and_names_the_lines_that_ask_for_it() {
    let run = play(presets::find("bully-figure").expect("a preset").script);
    let chain = why(&run, |event| event.what == What::Became(Standing::Leads));
    assert_eq!(chain.question, "Why does 5 lead?");
    let marks: Vec<Mark> = chain.steps.iter().map(|step| step.mark).collect();
    let rank = |rank: &Mark| matches!(rank, Mark::Leads(five) if five.get() == 5);
    assert!(rank(&marks[0]), "{marks:?}");
    assert!(matches!(marks[1], Mark::Message(MessageKind::Proceed, Some(_))), "{marks:?}");
    assert_eq!(marks[2], Mark::Message(MessageKind::Alive, None));
    assert_eq!(marks[3], Mark::Message(MessageKind::Alive, None));
    assert_eq!(marks[4..], [Mark::Suspects, Mark::Crashed]);
    let entries: Vec<Option<usize>> = chain.steps.iter().map(|step| step.entry).collect();
    assert_eq!(entries, [None, None, None, None, Some(1), Some(0)]);
    let mut drawn: Vec<String> =
        chain.messages().map(|name| format!("{} {}->{}", name.kind, name.from, name.to)).collect();
    drawn.dedup();
    assert_eq!(drawn, ["Proceed 3->5", "Alive 5->3", "Election 3->5"]);
}

#[test]
fn a_message_that_is_lost_amid_others_is_told_with_its_loss_and_then_with_its_sender() {
    let run = play(
        "processes 6\nat 100ms crash 6\nat 200ms suspect 3\nmessage Election 3->4 #1 lost\nuntil 1s",
    );
    let chain = why(&run, |event| event.what == What::Lost(Loss::Edit));
    assert_eq!(chain.question, "Why is the Election from 3 to 4 lost?");
    let told: Vec<&str> = chain.steps.iter().map(|step| &*step.line.text).collect();
    assert_eq!(
        told,
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
    let cut = why(&run, |event| event.what == What::Cut);
    assert_eq!(cut.question, "Why is the network cut?");
    assert_eq!(cut.steps.len(), 1);
    assert_eq!(cut.steps[0].entry, Some(1));
    let frozen = why(&run, |event| matches!(event.what, What::Paused { .. }));
    assert_eq!((frozen.steps[0].mark, frozen.steps[0].entry), (Mark::Paused, Some(0)));
}
