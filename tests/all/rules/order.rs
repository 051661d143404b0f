//! Shared rules: the order within an instant, and the end of a run.

use crate::play::play;
use hustings::time::Time;

/// "Faults of the same instant happen in the order of their lines …"
#[test]
fn faults_of_one_instant_happen_in_the_order_of_their_lines() {
    let run =
        play("processes 2\nat 100ms recover 1\nat 50ms crash 2\nat 100ms crash 1\nuntil 200ms");
    run.assert_lines(&[""], &["50ms 2 crashed", "100ms 1 crashed"]);
    let run = play("processes 2\nat 100ms crash 2 1\nat 100ms recover 1\nuntil 100ms");
    run.assert_lines(
        &["crashed", "recovered"],
        &["100ms 2 crashed", "100ms 1 crashed", "100ms 1 recovered"],
    );
}

/// What `flap` and `every` unroll to "keeps their line's place in the order".
#[test]
fn what_is_unrolled_keeps_its_lines_place() {
    let run = play(
        "processes 2
         every 50ms from 0ms pause 1 for 0ms
         at 50ms cut 1--2
         at 0ms flap 2 down 50ms up 50ms
         until 50ms",
    );
    run.assert_lines(
        &["paused", "network", "crashed", "recovered"],
        &[
            "0ms 1 paused until 0ms",
            "0ms 2 crashed",
            "50ms 1 paused until 50ms",
            "50ms network cut",
            "50ms 2 recovered",
        ],
    );
}

/// "… before anything else due at that instant."
#[test]
fn faults_happen_before_anything_else_of_their_instant() {
    let run = play("processes 2\nlatency 10ms\nat 100ms suspect 1\nat 110ms crash 2\nuntil 115ms");
    run.assert_lines(&["110ms"], &["110ms 2 crashed", "110ms 2 lost to crashed Election 1->2 #1"]);
}

/// "Everything else by (time, order of scheduling)."
#[test]
fn everything_else_happens_in_the_order_of_scheduling() {
    let run = play(
        "processes 4
         latency 10ms
         wait alive 10ms
         at 100ms crash 4
         at 100ms suspect 3
         at 100ms suspect 1
         until 110ms",
    );
    // Messages were sent before the timer was set, and 3 acted before 1.
    run.assert_lines(
        &["110ms 4 lost", "110ms 3 received", "110ms 2 received", "ran out"],
        &[
            "110ms 4 lost to crashed Election 3->4 #1",
            "110ms 3 ran out timer alive 3 #1",
            "110ms 2 received Election 1->2 #1",
            "110ms 3 received Election 1->3 #1",
            "110ms 4 lost to crashed Election 1->4 #1",
            "110ms 1 ran out timer alive 1 #1",
        ],
    );
}

/// "What falls due exactly at `until` still happens", and nothing later.
#[test]
fn what_falls_due_exactly_at_the_end_still_happens() {
    let story = "processes 2\nlatency 10ms\nat 100ms suspect 1";
    let run = play(&format!("{story}\nuntil 110ms"));
    run.assert_lines(
        &["Election 1->2"],
        &["100ms 1 sent Election 1->2 #1", "110ms 2 received Election 1->2 #1"],
    );
    let run = play(&format!("{story}\nuntil 109.999ms"));
    run.assert_lines(&["Election 1->2"], &["100ms 1 sent Election 1->2 #1"]);
    let run = play("processes 1\nat 100ms crash 1\nuntil 100ms");
    run.assert_lines(&[""], &["100ms 1 crashed"]);
}

/// "A member that takes the lead sets `beat`, then sends `Elected`": with a latency of one interval
/// the beat comes first.
#[test]
fn who_takes_the_lead_sets_its_beat_before_it_sends() {
    let run = play(
        "processes 2
         leader none
         latency 100ms
         detector heartbeat every 100ms timeout 900ms
         at 0ms pause 1 for 1ms
         until 100ms",
    );
    run.assert_lines(
        &["100ms"],
        &[
            "100ms 2 ran out timer beat 2 #1",
            "100ms 2 sent Heartbeat 2->1 #1",
            "100ms 1 received Elected 2->1 #1",
            "100ms 1 follows 2",
        ],
    );
}

/// "Otherwise a handler first sends, then sets its timers": of one instant, the answer that the
/// asker sent for comes before its wait is over.
#[test]
fn a_handler_sends_before_it_sets_its_timers() {
    let run = play("processes 2\nlatency 10ms\nwait alive 10ms\nat 100ms suspect 1\nuntil 110ms");
    run.assert_lines(
        &["110ms"],
        &[
            "110ms 2 received Election 1->2 #1",
            "110ms 2 sent Alive 2->1 #1",
            "110ms 1 ran out timer alive 1 #1",
            "110ms 1 leads",
        ],
    );
}

/// A run may end at once, be of one process, or hold nothing at all.
#[test]
fn the_smallest_runs_are_runs() {
    let run = play("until 0ms");
    assert_eq!(run.events(), []);
    assert_eq!(run.leaders(), [6]);
    let report = run.report();
    assert_eq!((report.end_us, report.events, report.stopped), (0, 0, None));
    assert_eq!(run.run.next_instant(Time::ZERO), None);
    assert_eq!(run.run.previous_instant(Time::ZERO), None);

    let run = play("until 0ms\nat 0ms crash 6\nexpect leader none");
    run.assert_lines(&[""], &["0ms 6 crashed"]);
    assert!(run.report().holds());

    for algorithm in ["bully", "bully-textbook", "next-in-line alternates 2"] {
        let run = play(&format!(
            "algorithm {algorithm}\nprocesses 1\nleader none\nat 1ms suspect 1\ndetector heartbeat every 100ms timeout 350ms\nuntil 1s"
        ));
        assert_eq!(run.total(), 0, "\n{}", run.transcript());
        run.assert_leaders(&[1]);
    }
}
