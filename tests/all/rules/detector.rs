//! Shared rules: the failure detector, and what a heartbeat means in the bully algorithms.

use crate::play::play;
use hustings::types::MessageKind;

/// "`scripted`: only `suspect` lines."
#[test]
fn a_scripted_detector_notices_nothing_by_itself() {
    let run = play("at 100ms crash 6\nuntil 1m");
    run.assert_lines(&[""], &["100ms 6 crashed"]);
}

/// "Whoever leads sends `Heartbeat` to all others of its group each H (first one H after …
/// the start …)."
#[test]
fn a_leader_sends_heartbeats_to_all_others_from_one_interval_after_the_start() {
    let run =
        play("processes 3\nleader 2\ndetector heartbeat every 100ms timeout 350ms\nuntil 200ms");
    run.assert_lines(
        &["sent"],
        &[
            "100ms 2 sent Heartbeat 2->1 #1",
            "100ms 2 sent Heartbeat 2->3 #1",
            "200ms 2 sent Heartbeat 2->1 #2",
            "200ms 2 sent Heartbeat 2->3 #2",
        ],
    );
}

/// "… first one H after it took the lead …"
#[test]
fn a_new_leader_sends_its_first_heartbeat_one_interval_later() {
    let run = play(
        "processes 2\nleader none\nlatency 10ms\ndetector heartbeat every 100ms timeout 350ms\nat 0ms crash 2\nuntil 200ms",
    );
    run.assert_lines(
        &["leads", "sent Heartbeat"],
        &["60ms 1 leads", "160ms 1 sent Heartbeat 1->2 #1"],
    );
}

/// "A beat that a pause held back is sent once, and the next follows H later."
#[test]
fn a_beat_that_a_pause_held_back_is_sent_once_and_the_next_follows_an_interval_later() {
    let run = play(
        "processes 2
         detector heartbeat every 100ms timeout 2s
         at 50ms pause 2 for 300ms
         until 500ms",
    );
    run.assert_lines(
        &["sent"],
        &["350ms 2 sent Heartbeat 2->1 #1", "450ms 2 sent Heartbeat 2->1 #2"],
    );
}

/// "A member arms `heartbeat` for T whenever it adopts a leader" (the start counts).
#[test]
fn a_follower_suspects_after_the_timeout_since_it_adopted() {
    let run = play(
        "processes 3
         latency 10ms
         detector heartbeat every 100ms timeout 250ms
         at 0ms crash 3
         until 250ms",
    );
    run.assert_lines(
        &["ran out"],
        &["250ms 1 ran out timer heartbeat 1 #1", "250ms 2 ran out timer heartbeat 2 #1"],
    );
}

/// "… or receives a `Heartbeat` from it (no other message counts)": not a late `Alive`.
#[test]
fn only_a_heartbeat_of_the_leader_restarts_the_timeout() {
    let run = play(
        "processes 2
         latency 10ms
         detector heartbeat every 100ms timeout 250ms
         at 150ms suspect 1
         at 205ms crash 2
         message Alive 2->1 #1 arrives 300ms
         until 500ms",
    );
    run.assert_lines(
        &[" 1 received", "ran out timer heartbeat"],
        &[
            "110ms 1 received Heartbeat 2->1 #1",
            "210ms 1 received Heartbeat 2->1 #2",
            "300ms 1 received Alive 2->1 #1",
            "460ms 1 ran out timer heartbeat 1 #3",
        ],
    );
}

/// "… and at `boot` where the algorithm does not elect at once."
#[test]
fn a_member_that_boots_without_electing_waits_for_the_timeout_from_there() {
    let run = play(
        "algorithm next-in-line alternates 1
         processes 2
         leader none
         detector heartbeat every 100ms timeout 250ms
         at 0ms crash 2
         until 300ms",
    );
    run.assert_lines(
        &[" 1 ran out", " 1 suspected"],
        &["250ms 1 ran out timer heartbeat 1 #1", "250ms 1 suspected"],
    );
}

/// "Running out means `suspect`. It is not armed while electing or leading."
#[test]
fn an_expired_heartbeat_timeout_is_a_suspicion_and_an_electing_member_has_none() {
    let run = play(
        "processes 2
         latency 10ms
         detector heartbeat every 100ms timeout 250ms
         wait alive 400ms
         at 0ms crash 2
         until 2s",
    );
    run.assert_lines(
        &[
            " 1 ran out timer heartbeat",
            " 1 ran out timer alive",
            " 1 suspected",
            " 1 started an election",
            " 1 leads",
        ],
        &[
            "250ms 1 ran out timer heartbeat 1 #1",
            "250ms 1 suspected",
            "250ms 1 started an election",
            "650ms 1 ran out timer alive 1 #1",
            "650ms 1 leads",
        ],
    );
}

/// Heartbeats in bully: "l unknown and h > r … adopts h, ending any election".
#[test]
fn a_higher_heartbeat_ends_an_election() {
    let run = play(
        "processes 3
         latency 10ms
         detector heartbeat every 100ms timeout 350ms
         at 95ms suspect 1
         until 200ms",
    );
    run.assert_lines(
        &[" 1 awaits", " 1 follows", " 1 ran out"],
        &["95ms 1 awaits Alive", "110ms 1 follows 3"],
    );
}

/// Heartbeats in bully: "anything else is ignored": a lower one while electing.
#[test]
fn a_lower_heartbeat_is_not_heard() {
    let run = play(
        "processes 3
         leader 1
         latency 10ms
         detector heartbeat every 100ms timeout 150ms
         wait alive 200ms
         at 95ms suspect 2
         until 200ms",
    );
    run.assert_lines(
        &[" 2 awaits", " 2 received Heartbeat", " 2 follows"],
        &["95ms 2 awaits Alive", "110ms 2 received Heartbeat 1->2 #1"],
    );
}

/// Heartbeats in bully: "`l` known and `h > l` (l may be r itself: it steps down) adopts h".
#[test]
fn a_higher_heartbeat_wins_over_a_known_leader_and_over_oneself() {
    let run = play(
        "processes 3
         latency 10ms
         detector heartbeat every 100ms timeout 350ms
         at 10ms partition 1 2 | 3
         at 900ms heal
         until 2s",
    );
    assert_eq!(run.leaders_at(899), [2, 3], "\n{}", run.transcript());
    run.assert_lines(
        &[" follows 3", " 2 leads", " 1 leads"],
        &["410ms 2 leads", "910ms 1 follows 3", "910ms 2 follows 3"],
    );
    assert_eq!(run.messages(MessageKind::Election), 3);
}

/// Heartbeats in bully: "`h = l` re-arms".
#[test]
fn the_leaders_heartbeat_keeps_a_follower_patient() {
    let run = play("processes 3\ndetector heartbeat every 100ms timeout 250ms\nuntil 10s");
    run.assert_lines(&["ran out timer heartbeat", "started an election"], &[]);
}
