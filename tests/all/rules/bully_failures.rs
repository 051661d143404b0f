//! Bully: its known failures, each in the shortest script that shows it.

use crate::play::play;

/// "A partition gives two leaders, and with `detector scripted` nothing ever tells them after `heal`."
#[test]
fn after_a_partition_two_lead_for_good() {
    let run = play(
        "at 100ms partition 1 2 3 | 4 5 6
         at 200ms suspect 3
         at 1s heal
         until 1m",
    );
    assert_eq!(run.leaders_at(999), [3, 6]);
    run.assert_leaders(&[3, 6]);
}

/// "… with heartbeats the lower one steps down."
#[test]
fn with_heartbeats_the_lower_of_two_leaders_steps_down() {
    let run = play(
        "detector heartbeat every 100ms timeout 350ms
         at 100ms partition 1 2 3 | 4 5 6
         at 1s heal
         until 3s",
    );
    assert_eq!(run.leaders_at(999), [3, 6], "\n{}", run.transcript());
    run.assert_leaders(&[6]);
    assert_eq!(run.believed(), [Some(6); 6]);
}

/// "An unstable highest rank means endless re-election (`flap 6`)."
#[test]
fn an_unstable_highest_rank_means_endless_re_election() {
    let run = play(
        "detector heartbeat every 100ms timeout 350ms
         at 1s flap 6 down 1s up 1s
         until 60s",
    );
    let report = run.report();
    assert!(
        report.groups[0].changes > 50,
        "{} changes\n{}",
        report.groups[0].changes,
        run.transcript()
    );
}

/// "**Two leaders for good, with no partition, no loss and no false suspicion**": the late `Proceed`.
#[test]
fn a_late_proceed_leaves_two_leaders() {
    let run = play(
        "processes 3
         at 100ms crash 3
         at 110ms suspect 1
         at 180ms recover 3
         message Proceed 1->2 #1 arrives 400ms",
    );
    run.assert_leaders(&[2, 3]);
    assert_eq!(run.believed(), [Some(2), Some(2), Some(3)], "\n{}", run.transcript());
}

/// The same without any edit: a slow link from 1 to 2 is all it takes.
#[test]
fn two_lead_for_good_by_one_slow_link() {
    let run = play(
        "processes 3
         latency 10ms
         latency 1->2 25ms
         at 100ms crash 3
         at 110ms suspect 1
         at 160ms recover 3
         until 1m",
    );
    run.assert_lines(
        &[" 1 follows", "received Proceed", " 2 leads"],
        &[
            "170ms 1 follows 3",
            "195ms 2 received Proceed 1->2 #1",
            "195ms 2 leads",
            "205ms 1 follows 2",
        ],
    );
    run.assert_leaders(&[2, 3]);
}

/// "One cut link: only 3–6 is cut; 3 suspects, 5 is crowned, 6 takes over again with its next
/// heartbeat, 3 hears nobody, and so on for ever."
#[test]
fn one_cut_link_means_elections_for_ever() {
    let run = play(
        "detector heartbeat every 100ms timeout 350ms
         at 100ms cut 3--6
         until 30s",
    );
    let report = run.report();
    let elections = report.groups[0].elections;
    assert!(elections > 40, "{elections} elections\n{}", run.transcript());
    let text = run.short_lines(&[" 5 leads", " 5 follows 6"]);
    assert!(text.len() > 80, "5 is crowned and deposed again and again: {text:?}");
}

/// "A late coronation: 2 leads and its `Elected` to 1 is slow; 3 recovers and announces; 1 accepts
/// 3, then 2."
#[test]
fn a_late_coronation_is_believed() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms crash 3
         at 110ms suspect 2
         at 200ms recover 3
         message Elected 2->1 #1 arrives 300ms",
    );
    assert_eq!([run.believes_at(210, 1), run.believes_at(300, 1)], [Some(3), Some(2)]);
    run.assert_leaders(&[3]);
    assert_eq!(run.believed(), [Some(2), Some(3), Some(3)]);
}

/// Claims that no bully variant holds: at most one leader at every instant.
#[test]
fn a_recovery_makes_two_leaders_for_the_length_of_a_message() {
    for algorithm in ["bully", "bully-textbook"] {
        let run = play(&format!(
            "algorithm {algorithm}\nlatency 10ms\nat 100ms crash 6\nat 200ms suspect 3\nat 1s recover 6"
        ));
        assert_eq!(run.leaders_at(1_005), [5, 6], "{algorithm}");
        assert_eq!(run.report().groups[0].split_brain_us, 10_000, "{algorithm}");
        run.assert_leaders(&[6]);
    }
}
