//! A run of each algorithm and remedy, in sentences: golden files that a person reads.

use crate::golden;
use crate::play::{Played, play};
use hustings::narration;
use hustings::simulation::EventKind;
use hustings::types::Role;
use std::fmt::Write;

const HEARTBEATS: &str = "detector heartbeat every 100ms timeout 350ms";

/// The name of the golden file, and the script.
const STORIES: [(&str, &str); 17] = [
    (
        "candidates",
        "algorithm candidates 6 5 4\nlatency 10ms\nat 100ms crash 6\nat 200ms suspect 2 3\nuntil 1s",
    ),
    (
        "candidates-none-left",
        "algorithm candidates 4 3 delay 30ms\nprocesses 4\nlatency 10ms\nat 100ms crash 3 4\nat 200ms suspect 2\nat 480ms recover 3\nuntil 1s",
    ),
    (
        "candidates-give-way",
        "algorithm candidates 5 4 3\nprocesses 5\nleader none\nlatency 10ms\nuntil 1s",
    ),
    ("ring", "algorithm ring\nlatency 10ms\nat 100ms crash 6\nat 200ms suspect 3\nuntil 1s"),
    (
        "ring-two-starters",
        "algorithm ring\nprocesses 4\nlatency 10ms\nat 100ms crash 4\nat 200ms suspect 1 3\nat 1s recover 4\nat 1005ms crash 1 2 3\nuntil 2s",
    ),
    (
        "ring-lost-election",
        "algorithm ring\nprocesses 3\nlatency 10ms\nat 200ms suspect 1\nat 215ms crash 2\nmessage Election 2->3 #1 lost\nuntil 1s",
    ),
    (
        "invitation",
        "algorithm invitation\nprocesses 4\nDETECTOR\nlatency 10ms\nat 310ms partition 1 2 | 3 4\nat 2010ms heal\nuntil 2500ms",
    ),
    (
        "invitation-start",
        "algorithm invitation\nprocesses 3\nleader none\nDETECTOR\nlatency 10ms\nmessage Invitation 3->1 #1 lost\nmessage Invitation 2->1 #1 arrives 122ms\nmessage Accept 1->2 #1 arrives 140ms\nuntil 400ms",
    ),
    (
        "raft",
        "algorithm raft\nprocesses 5\nDETECTOR\nlatency 10ms\nat 550ms crash 5\nat 600ms suspect 2\nuntil 1s",
    ),
    (
        "raft-split-vote",
        "algorithm raft\nprocesses 4\nleader none\nDETECTOR\nlatency 10ms\nlatency 1->3 20ms\ntimer heartbeat 1 #1 fires 400ms\ntimer heartbeat 2 #1 fires 400ms\ntimer heartbeat 3 #1 fires 700ms\ntimer heartbeat 4 #1 fires 700ms\ntimer heartbeat 1 #2 fires 900ms\ntimer heartbeat 2 #2 fires 600ms\nuntil 700ms",
    ),
    (
        "raft-pre-vote",
        "algorithm raft pre-vote\nprocesses 3\nDETECTOR\nlatency 10ms\nat 450ms suspect 1\nat 550ms crash 3\ntimer heartbeat 1 #6 fires 950ms\ntimer heartbeat 2 #6 fires 1100ms\nuntil 1100ms",
    ),
    (
        "raft-check-quorum",
        "algorithm raft check-quorum\nprocesses 3\nDETECTOR\nlatency 10ms\nat 310ms partition 1 2 | 3\nat 1500ms heal\nuntil 2s",
    ),
    (
        "vrrp",
        "algorithm vrrp\nprocesses list 90 100\ndetector heartbeat every 1s timeout 3s\nlatency 1ms\nat 5500ms cut 100->90\nat 12500ms heal\nuntil 15s",
    ),
    (
        "preempt",
        "preempt after 500ms\nDETECTOR\nlatency 10ms\nprocesses 4\nat 110ms crash 4\nat 1s recover 4\nuntil 2s",
    ),
    (
        "quorum",
        "quorum majority\nprocesses 5\nDETECTOR\nlatency 10ms\nat 310ms partition 1 2 3 | 4 5\nat 1500ms heal\nuntil 2s",
    ),
    (
        "quorum-promise",
        "quorum majority\nprocesses 3\nDETECTOR\nlatency 10ms\nat 510ms crash 3\nat 540ms recover 3\nuntil 1s",
    ),
    (
        "quorum-false-suspicion",
        "algorithm next-in-line alternates 2\nquorum majority\nprocesses 5\nDETECTOR\nlatency 10ms\nat 550ms suspect 2\nuntil 1s",
    ),
];

#[test]
fn a_run_of_each_algorithm_and_remedy_reads_as_a_story() {
    for (name, script) in STORIES {
        let run = play(&script.replace("DETECTOR", HEARTBEATS));
        golden::check(&format!("tests/transcripts/rules/{name}.txt"), &run.transcript());
    }
}

/// Why a process begins to lead, for each that does: the question, and the sentences of the answer.
fn explanations(run: &Played) -> String {
    let mut text = String::new();
    let leads =
        run.events().into_iter().filter(|event| event.what == EventKind::Became(Role::Leads));
    for event in leads {
        let chain = narration::chain(&run.run, event.id);
        let _ = writeln!(text, "{}", chain.question);
        for step in &chain.steps {
            let _ = writeln!(text, "    {}", step.text);
        }
        let last = chain.steps.last().map(|step| &*step.text).unwrap_or_default();
        let ends = [
            "had crashed at",
            "it was running",
            " recovers.",
            "had started",
            "without a leader",
            "no leader for",
            " sends a Heartbeat to ",
        ];
        assert!(ends.iter().any(|end| last.contains(end)), "no first cause: {text}");
    }
    text
}

#[test]
fn why_somebody_leads_goes_back_to_the_first_cause() {
    let mut text = String::new();
    for (name, script) in STORIES {
        let run = play(&script.replace("DETECTOR", HEARTBEATS));
        let _ = write!(text, "# {name}\n{}\n", explanations(&run));
    }
    golden::check("tests/transcripts/rules/why.txt", &format!("{}\n", text.trim_end()));
}
