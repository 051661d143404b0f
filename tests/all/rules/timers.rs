//! Shared rules: the four timers, what replaces and what cancels them.

use crate::play::{Played, play, rank};
use hustings::types::{GroupId, TimerKind};

fn runs(run: &Played, ms: u64, process: u16) -> Vec<TimerKind> {
    run.at(ms).timers(GroupId::MAIN, rank(process)).map(|timer| timer.name.timer).collect()
}

/// "`wait alive` (default 60 ms), `wait elected` (default 90 ms)."
#[test]
fn the_waits_are_60_and_90_ms_unless_the_script_says_otherwise() {
    let story = "processes 3\nlatency 10ms\nat 100ms crash 3\nat 200ms suspect 1\nat 225ms crash 2\nuntil 500ms";
    let run = play(story);
    run.assert_lines(
        &["ran out"],
        &[
            "260ms 1 ran out timer alive 1 #1",
            "350ms 1 ran out timer elected 1 #1",
            "410ms 1 ran out timer alive 1 #2",
        ],
    );
    let run = play(&format!("{story}\nwait alive 50ms\nwait elected 30ms"));
    run.assert_lines(
        &["ran out"],
        &[
            "250ms 1 ran out timer alive 1 #1",
            "280ms 1 ran out timer elected 1 #1",
            "330ms 1 ran out timer alive 1 #2",
        ],
    );
}

/// "Setting a timer that runs replaces it": a heartbeat sets the follower's timeout again.
#[test]
fn setting_a_timer_that_runs_replaces_it() {
    let run = play(
        "processes 2
         latency 10ms
         detector heartbeat every 100ms timeout 250ms
         at 150ms crash 2
         until 400ms",
    );
    // The second setting, at 110 ms, is the one that runs out.
    run.assert_lines(&["ran out timer heartbeat"], &["360ms 1 ran out timer heartbeat 1 #2"]);
}

/// "Leaving a phase cancels its timer."
#[test]
fn leaving_a_phase_cancels_its_timer() {
    let run =
        play("processes 3\nlatency 10ms\nat 100ms suspect 1\nat 105ms crash 3\nat 115ms recover 3");
    assert_eq!(runs(&run, 110, 1), [TimerKind::Alive]);
    assert_eq!(runs(&run, 125, 1), [], "it has adopted 3, which announced itself");
    run.assert_lines(&["ran out timer alive 1"], &[]);
}

/// "Electing cancels `heartbeat` and `beat`."
#[test]
fn electing_cancels_heartbeat_and_beat() {
    let run = play(
        "algorithm bully-textbook
         processes 3
         leader 2
         latency 10ms
         detector heartbeat every 100ms timeout 250ms
         at 30ms cut 1--3
         at 30ms suspect 1",
    );
    assert_eq!(runs(&run, 29, 1), [TimerKind::Heartbeat]);
    assert_eq!(runs(&run, 29, 2), [TimerKind::Beat]);
    assert_eq!(runs(&run, 30, 1), [TimerKind::Alive]);
    // It led, was asked, and so elects itself (rule 2′).
    assert_eq!(runs(&run, 40, 2), [TimerKind::Alive]);
}

/// "Stepping down cancels `beat`."
#[test]
fn stepping_down_cancels_beat() {
    let run = play(
        "processes 3
         latency 10ms
         detector heartbeat every 100ms timeout 250ms
         at 10ms pause 3 for 400ms
         until 1s",
    );
    assert_eq!(runs(&run, 419, 2), [TimerKind::Beat], "\n{}", run.transcript());
    // 3 wakes at 410 ms and sends the heartbeat that the pause held back.
    assert_eq!(runs(&run, 420, 2), [TimerKind::Heartbeat]);
    assert_eq!(run.leaders_at(420), [3]);
}

/// Numbers of timers: "settings count, replaced ones too, from 1 over the whole run".
#[test]
fn settings_are_numbered_over_the_whole_run() {
    let run = play(
        "processes 2
         latency 10ms
         at 100ms suspect 1
         at 120ms crash 1
         at 130ms recover 1
         at 145ms crash 2
         until 500ms",
    );
    run.assert_lines(
        &["ran out"],
        &[
            "190ms 1 ran out timer alive 1 #2",
            "280ms 1 ran out timer elected 1 #1",
            "340ms 1 ran out timer alive 1 #3",
        ],
    );
}
