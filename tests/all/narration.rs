//! Explanations of events, back to the fault that began them.

use hustings::narration;
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::script;
use hustings::simulation::{Event, EventKind};
use hustings::time::{Duration, Time};
use hustings::types::Role;

fn play(text: &str) -> Run {
    Run::of(script::parse(text).unwrap_or_else(|problems| panic!("{}\n{text}", problems[0])))
}

fn preset(name: &str) -> Run {
    play(presets::find(name).expect("it is a preset").script)
}

/// Why a process last began to lead.
fn why_it_leads(run: &Run, rank: u16) -> Vec<String> {
    let leads = |event: &Event| {
        event.what == EventKind::Became(Role::Leads) && event.rank.is_some_and(|r| r.get() == rank)
    };
    let event = run.events(Time::ZERO, run.end()).into_iter().rfind(leads);
    why(run, &event.expect("it leads at some time"))
}

fn why(run: &Run, event: &Event) -> Vec<String> {
    narration::why(run, event.id).into_iter().map(|line| line.text).collect()
}

#[test]
fn why_5_leads_goes_back_over_the_answer_to_the_crash() {
    assert_eq!(
        why_it_leads(&preset("bully-figure"), 5),
        [
            "5 receives Proceed from 3, so it takes the lead and tells 1, 2, 3 and 4.",
            "3 has waited 60 ms. The highest rank that answered is 5, so 3 tells 5 to proceed.",
            "3 hears that 5 is alive.",
            "5 answers 3 that it is alive.",
            "3 suspects that 6 is gone and asks every higher rank: 4, 5 and 6.",
            "6 really was gone: it had crashed at 100 ms.",
        ]
    );
}

#[test]
fn why_2_leads_beside_3_goes_back_to_before_3_recovered() {
    assert_eq!(
        why_it_leads(&preset("two-leaders"), 2),
        [
            "2 receives Proceed from 1, so it takes the lead and tells 1.",
            "1 has waited 60 ms. The highest rank that answered is 2, so 1 tells 2 to proceed.",
            "1 hears that 2 is alive.",
            "2 answers 1 that it is alive.",
            "1 suspects that 3 is gone and asks every higher rank: 2 and 3.",
            "3 really was gone: it had crashed at 100 ms.",
        ]
    );
    assert_eq!(
        why_it_leads(&preset("two-leaders"), 3),
        [
            "3 starts again without a leader. No rank is higher, so it takes the lead and \
             tells 1 and 2.",
            "3 recovers.",
        ]
    );
}

#[test]
fn a_suspicion_ends_the_chain_with_whether_it_was_right() {
    let end = |name, rank| why_it_leads(&preset(name), rank).pop();
    let ends = |text: &str| Some(text.to_owned());
    assert_eq!(end("split-brain", 3), ends("5 was not gone: it was running, behind the cut."));
    assert_eq!(end("long-pause", 5), ends("6 was not gone: it was frozen, since 1 s."));
    assert_eq!(end("slow-link", 5), ends("6 was not gone: it was running."));
}

#[test]
fn a_heartbeat_needs_no_reason_before_it() {
    let run = preset("start");
    let heard = |event: &Event| event.what == EventKind::Received;
    let last = run.events(Time::ms(9_900), run.end()).into_iter().rfind(heard);
    assert_eq!(
        why(&run, &last.expect("a heartbeat is heard")),
        ["3 receives a Heartbeat from 6.", "6 sends a Heartbeat to 1, 2, 3, 4 and 5."]
    );
}

#[test]
fn the_transcript_of_an_endless_repetition_is_short() {
    // No Proceed arrives, so 2 asks again each 150 ms.
    let lost: String = (1..=60).map(|nth| format!("message Proceed 2->3 #{nth} lost\n")).collect();
    let run = play(&format!("processes 4\nat 100ms crash 4\nat 110ms suspect 2\nuntil 5s\n{lost}"));
    let last = run.events(run.end() - Duration::secs(1), run.end());
    let last = last.last().expect("it still asks");
    let text = why(&run, last);
    assert_eq!(text.len(), 64, "{text:?}");
}

/// The last lines of a walk-through, without their stamps.
fn last_lines(run: &Run, lines: usize) -> Vec<String> {
    let text = narration::transcript(run);
    let texts = text.lines().map(|line| line.chars().skip(16).collect());
    let texts: Vec<String> = texts.collect();
    texts[texts.len() - lines..].to_vec()
}

/// Where each loss looked back over all those before it, this would take minutes.
#[test]
fn forty_thousand_messages_that_are_lost_in_a_row_are_described() {
    let all: Vec<String> = (1..=64).map(|rank| rank.to_string()).collect();
    let run = play(&format!(
        "processes 64\nlatency 30s\ndetector heartbeat every 1ms timeout 60s\nat 700ms crash {}\n\
         until 40s",
        all.join(" ")
    ));
    assert_eq!(last_lines(&run, 2), ["44037 Heartbeats are lost.", "The end. Nobody leads."]);
}

#[test]
fn the_heartbeats_of_a_stretch_are_counted_in_each_group() {
    let run = play(
        "processes 3\ngroup orders on 1 2 3\ngroup users on 1 3\nloss 3->1 100%\n\
         detector heartbeat every 100ms timeout 900ms\nuntil 250ms",
    );
    assert_eq!(
        last_lines(&run, 2),
        [
            "In orders: 3 sends its heartbeat twice. 2 Heartbeats are lost. \
             In users: 3 sends its heartbeat twice. 2 Heartbeats are lost.",
            "The end. In orders: 3 leads. In users: 3 leads."
        ]
    );
}

/// Half of what the leaders of a one-way split say is heard and ignored, for as long as it lasts.
#[test]
fn ignored_heartbeats_are_counted_like_others() {
    let run =
        play("detector heartbeat every 100ms timeout 350ms\nat 1s cut 4 5 6 -> 1 2 3\nuntil 60s\n");
    let transcript = narration::transcript(&run);
    assert!(transcript.lines().count() < 60, "{transcript}");
    let counted = "3 sends its heartbeat 586 times. 6 sends its heartbeat 587 times. 1761 Heartbeats \
                   are lost. 1758 Heartbeats from 3 are ignored.";
    let last = transcript.lines().rfind(|line| line.contains('…')).unwrap_or_default();
    assert_eq!(last.trim_start_matches([' ', '…']), counted);
    let text = narration::describe(&run.events(Time::ms(2_000), run.end()), run.head());
    assert!(text.iter().all(|line| line.routine), "each is worth a count rather than a line");
}

/// `between 1, 2 and 3 and 4 and 5` could be read in three ways.
#[test]
fn what_a_cut_separates_can_be_read_in_one_way_only() {
    let lines_of = |fault: &str| {
        let run = play(&format!("leader none\nat 1s {fault}\nuntil 2s"));
        let events = run.events(Time::ms(1_000), Time::ms(1_000));
        narration::describe(&events, run.head()).remove(0).text
    };
    let cut = "The links between {1, 2, 3} and {4, 5} are cut.";
    assert_eq!(lines_of("cut 1 2 3 -- 4 5"), cut);
    assert_eq!(lines_of("cut 1 2 3 -> 4 5"), "The links from 1, 2 and 3 to 4 and 5 are cut.");
    assert_eq!(lines_of("cut 3--6"), "The link between 3 and 6 is cut.");
    assert_eq!(lines_of("heal 1 -- 2 3"), "The links between 1 and {2, 3} are healed.");
    assert_eq!(lines_of("latency 1 2 -- 3 5ms"), "Messages between {1, 2} and 3 now take 5 ms.");
}

#[test]
fn a_process_that_is_cut_off_from_two_messages_is_named_once() {
    let run = play(
        "algorithm next-in-line alternates 2\nlatency 10ms\nat 1s cut 5 -> 1 3\nat 1s suspect 3\n\
         until 2s",
    );
    let text = narration::transcript(&run);
    let cut = "5 answers 3 that it is alive, takes the lead and tells 1, 2, 3, 4 and 6. \
               The cut stops the messages to 1 and 3.";
    assert!(text.contains(cut), "{text}");
}
