//! Shared rules: a pause, line by line.

use crate::play::play;

/// "*Pause for T*: nothing happens at the process; what fell due meanwhile, arrived messages
/// included, happens at the end of the pause, in its original order."
#[test]
fn what_falls_due_during_a_pause_happens_at_its_end_in_order() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms suspect 2
         at 105ms pause 2 for 95ms
         at 120ms suspect 1
         until 205ms",
    );
    run.assert_lines(
        &[" 2 received", " 2 held", " 2 ran out", " 2 sent"],
        &[
            "100ms 2 sent Election 2->3 #1",
            "120ms 2 held Alive 3->2 #1",
            "130ms 2 held Election 1->2 #1",
            "200ms 2 received Alive 3->2 #1",
            "200ms 2 received Election 1->2 #1",
            "200ms 2 sent Alive 2->1 #1",
            "200ms 2 ran out timer alive 2 #1",
            "200ms 2 sent Proceed 2->3 #1",
        ],
    );
}

/// "They are in its buffer: a later cut cannot take them."
#[test]
fn what_waits_at_a_paused_process_is_safe_from_a_later_cut() {
    let run = play(
        "processes 2
         latency 10ms
         at 100ms pause 2 for 100ms
         at 110ms suspect 1
         at 130ms cut 1--2
         until 250ms",
    );
    run.assert_lines(
        &["Election"],
        &[
            "110ms 1 sent Election 1->2 #1",
            "120ms 2 held Election 1->2 #1",
            "200ms 2 received Election 1->2 #1",
        ],
    );
}

/// "A paused process does not lead."
#[test]
fn a_paused_process_does_not_lead() {
    let run = play("processes 2\nat 100ms pause 2 for 50ms");
    let leads = [99, 100, 149, 150].map(|ms| run.leaders_at(ms));
    assert_eq!(leads, [vec![2], vec![], vec![], vec![2]]);
    assert_eq!(run.believes_at(120, 2), Some(2), "it believes so all the same");
}

/// "What waited for it is lost if it crashes first", and "a crash ends a pause".
#[test]
fn what_waits_is_lost_when_the_paused_process_crashes() {
    let run = play(
        "processes 2
         latency 10ms
         at 100ms pause 2 for 100ms
         at 110ms suspect 1
         at 150ms crash 2
         at 155ms recover 2
         until 250ms",
    );
    run.assert_lines(
        &["Election 1->2", "resumed", "crashed", "booted"],
        &[
            "110ms 1 sent Election 1->2 #1",
            "120ms 2 held Election 1->2 #1",
            "150ms 2 crashed",
            "150ms 2 lost to crashed Election 1->2 #1",
            "155ms 2 booted",
        ],
    );
}

/// "A second pause prolongs to the later end."
#[test]
fn a_second_pause_prolongs_to_the_later_end() {
    let run = play("processes 1\nat 100ms pause 1 for 50ms\nat 120ms pause 1 for 100ms");
    run.assert_lines(
        &[""],
        &["100ms 1 paused until 150ms", "120ms 1 paused until 220ms", "220ms 1 resumed"],
    );
    let run = play("processes 1\nat 100ms pause 1 for 50ms\nat 120ms pause 1 for 10ms");
    run.assert_lines(&[""], &["100ms 1 paused until 150ms", "150ms 1 resumed"]);
}

/// "The end of a pause takes its turn in its instant as scheduled when the pause began": after what
/// was scheduled before, which therefore still waits, and before what was scheduled later.
#[test]
fn the_end_of_a_pause_takes_its_turn_in_its_instant() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms suspect 1
         at 101ms pause 2 for 9ms
         until 115ms",
    );
    run.assert_lines(
        &[" 2 "],
        &[
            "101ms 2 paused until 110ms",
            "110ms 2 held Election 1->2 #1",
            "110ms 2 resumed",
            "110ms 2 received Election 1->2 #1",
            "110ms 2 sent Alive 2->1 #1",
        ],
    );
    let run = play(
        "processes 3
         latency 10ms
         at 99ms pause 2 for 11ms
         at 100ms suspect 1
         until 115ms",
    );
    run.assert_lines(
        &[" 2 resumed", " 2 held", " 2 received"],
        &["110ms 2 resumed", "110ms 2 received Election 1->2 #1"],
    );
}

/// "What waited then happens in one go": nothing else of the same instant comes between.
#[test]
fn what_waited_happens_in_one_go() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms pause 2 for 30ms
         at 105ms suspect 1
         at 106ms suspect 1
         message Election 1->2 #1 duplicated
         message Election 1->3 #1 arrives 130ms
         until 130ms",
    );
    run.assert_lines(
        &["130ms 2", "130ms 3"],
        &[
            "130ms 2 resumed",
            "130ms 2 received Election 1->2 #1",
            "130ms 2 sent Alive 2->1 #1",
            "130ms 2 received Election 1->2 #1 copy",
            "130ms 2 sent Alive 2->1 #2",
            "130ms 3 received Election 1->3 #1",
            "130ms 3 sent Alive 3->1 #1",
        ],
    );
}

/// "A timer that ran out during the pause counts as running until its turn comes, so a message
/// handled before it can cancel … it."
#[test]
fn a_message_that_waited_longer_cancels_a_timer_that_waits() {
    let run = play(
        "processes 2
         latency 10ms
         wait alive 30ms
         at 100ms crash 2
         at 110ms suspect 1
         at 111ms pause 1 for 100ms
         at 112ms recover 2
         until 300ms",
    );
    run.assert_lines(
        &[" 1 "],
        &[
            "110ms 1 suspected",
            "110ms 1 started an election",
            "110ms 1 sent Election 1->2 #1",
            "110ms 1 awaits Alive",
            "111ms 1 paused until 211ms",
            // 2 has recovered and gets Elected before the wait runs out.
            "122ms 1 held Elected 2->1 #1",
            "130ms 1 held Alive 2->1 #1",
            "211ms 1 resumed",
            "211ms 1 received Elected 2->1 #1",
            "211ms 1 follows 2",
            "211ms 1 received Alive 2->1 #1",
        ],
    );
}

/// "… or replace it": the heartbeat that waited before the timeout re-arms it.
#[test]
fn a_message_that_waited_longer_replaces_a_timer_that_waits() {
    let run = play(
        "processes 2
         latency 10ms
         detector heartbeat every 100ms timeout 150ms
         at 50ms pause 1 for 110ms
         at 155ms crash 2
         until 400ms",
    );
    // The first timeout ended at 150 ms, during the pause, after the heartbeat of 110 ms.
    run.assert_lines(
        &[" 1 received", "timer heartbeat"],
        &["160ms 1 received Heartbeat 2->1 #1", "310ms 1 ran out timer heartbeat 1 #2"],
    );
}

/// "Pausing or suspecting a crashed process does nothing."
#[test]
fn pausing_or_suspecting_a_crashed_process_does_nothing() {
    let run = play("at 100ms crash 1\nat 110ms pause 1 for 1s\nat 120ms suspect 1\nuntil 3s");
    run.assert_lines(&[""], &["100ms 1 crashed"]);
}

/// "A `suspect` at a paused one waits like a message."
#[test]
fn a_suspicion_at_a_paused_process_waits() {
    let run = play("processes 2\nat 100ms pause 1 for 50ms\nat 110ms suspect 1\nuntil 155ms");
    run.assert_lines(
        &["resumed", "suspect", "Election"],
        &["150ms 1 resumed", "150ms 1 suspected", "150ms 1 sent Election 1->2 #1"],
    );
}

/// "`resume N` ends it early"; resuming a process that is not paused does nothing.
#[test]
fn a_resume_ends_a_pause_early() {
    let run = play("processes 1\nat 100ms pause 1 for 1s\nat 150ms resume 1\nat 160ms resume 1");
    run.assert_lines(&[""], &["100ms 1 paused until 1.1s", "150ms 1 resumed"]);
}

/// A pause of no length ends in its turn, within its instant.
#[test]
fn a_pause_of_no_length_ends_within_its_instant() {
    let run = play("processes 2\nat 100ms pause 2 for 0ms\nat 100ms suspect 1");
    run.assert_lines(
        &["paused", "suspected", "resumed"],
        &["100ms 2 paused until 100ms", "100ms 1 suspected", "100ms 2 resumed"],
    );
    assert_eq!(run.report().groups[0].leaderless_us, 0, "a state of no length counts nowhere");
}
