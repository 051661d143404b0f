//! Shared rules: when a member boots, when the script makes it suspect, and what a start sends.

use crate::play::play;

/// Inputs, `boot`: "first start with `leader none`, at 0".
#[test]
fn without_a_leader_everybody_boots_at_the_start() {
    let run = play("processes 3\nleader none\nlatency 10ms");
    run.assert_lines(&["booted"], &["0ms 1 booted", "0ms 2 booted", "0ms 3 booted"]);
}

/// Inputs, `boot`: "after the faults of instant 0".
#[test]
fn the_first_boots_come_after_the_faults_of_instant_0() {
    let run =
        play("processes 2\nleader none\nlatency 10ms\nat 0ms pause 1 for 0ms\nat 0ms cut 1->2");
    run.assert_lines(
        &["cut", "paused", "booted", "Election"],
        &[
            "0ms 1 paused until 0ms",
            "0ms network cut",
            "0ms 2 booted",
            "0ms 1 booted",
            "0ms 1 sent Election 1->2 #1",
            "0ms 2 lost to cut Election 1->2 #1",
        ],
    );
}

/// Inputs, `boot`: "by group, then rank".
#[test]
fn the_first_boots_go_by_group_and_then_by_rank() {
    let run = play(
        "processes 3
         algorithm next-in-line alternates 1
         group users on 2 3 leader none
         group orders on 1 2 leader none",
    );
    let booted: Vec<_> = run.events().iter().map(|e| (e.group, e.rank)).collect();
    let expected = [(0, 2), (0, 3), (1, 1), (1, 2)];
    let text: Vec<_> =
        booted.iter().filter_map(|(g, r)| Some((g.as_ref()?.0, r.as_ref()?.get()))).collect();
    assert_eq!(text, expected, "{}", run.transcript());
}

/// Inputs, `boot`: "one that is down then boots when it recovers".
#[test]
fn a_process_that_is_down_at_the_start_boots_once_when_it_recovers() {
    let run = play("processes 2\nleader none\nat 0ms crash 2\nat 5ms recover 2");
    run.assert_lines(&["booted"], &["0ms 1 booted", "5ms 2 booted"]);
    let run = play("processes 2\nleader none\nat 0ms crash 2\nat 0ms recover 2");
    run.assert_lines(&["booted"], &["0ms 2 booted", "0ms 1 booted"]);
}

/// Inputs, `boot`: "one that has not booted drops `suspect`".
#[test]
fn a_member_that_has_not_booted_drops_a_suspicion() {
    let run = play("processes 2\nleader none\nlatency 10ms\nat 0ms suspect 1");
    run.assert_lines(
        &[" 1 did", " 1 started", " 1 boot"],
        &["0ms 1 did not suspect", "0ms 1 booted", "0ms 1 started an election"],
    );
}

/// Inputs, `boot`: "each recovery, at once".
#[test]
fn a_recovery_boots_at_once() {
    let run = play("processes 2\nat 100ms crash 1\nat 150ms recover 1");
    run.assert_lines(
        &["recovered", "booted", "started an election"],
        &["150ms 1 recovered", "150ms 1 booted", "150ms 1 started an election"],
    );
}

/// Inputs, `receive`: "a message arrived and the process is running".
#[test]
fn only_a_running_process_receives() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms crash 3
         at 105ms pause 2 for 20ms
         at 110ms suspect 1",
    );
    run.assert_lines(
        &["Election"],
        &[
            "110ms 1 sent Election 1->2 #1",
            "110ms 1 sent Election 1->3 #1",
            "120ms 2 held Election 1->2 #1",
            "120ms 3 lost to crashed Election 1->3 #1",
            "125ms 2 received Election 1->2 #1",
        ],
    );
}

/// Inputs, `timer`: "a timer that it set ran out".
#[test]
fn a_timer_that_was_set_runs_out_after_its_wait() {
    let run = play("processes 2\nwait alive 60ms\nat 100ms crash 2\nat 200ms suspect 1");
    run.assert_lines(&["ran out"], &["260ms 1 ran out timer alive 1 #1"]);
}

/// Inputs, `suspect`: "dropped if it leads itself or is already electing".
#[test]
fn who_leads_or_elects_drops_a_suspicion() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms suspect 3
         at 100ms suspect 1
         at 110ms suspect 1
         at 165ms suspect 1",
    );
    run.assert_lines(
        &["suspect"],
        &[
            "100ms 3 did not suspect",
            "100ms 1 suspected",
            // It awaits Alive, then Elected.
            "110ms 1 did not suspect",
            "165ms 1 did not suspect",
        ],
    );
}

/// "At first start with `leader 6` every member believes 6 and nothing is sent."
#[test]
fn with_a_leader_at_the_start_all_believe_it_and_nothing_happens() {
    for algorithm in ["bully", "bully-textbook", "next-in-line alternates 2"] {
        let run = play(&format!("algorithm {algorithm}\nleader 4\nuntil 1s"));
        assert_eq!(run.believed(), [Some(4); 6]);
        assert_eq!(run.events(), [], "{}", run.transcript());
    }
}

/// "For next-in-line it also holds 6's alternates": the first asked is the first of the line.
#[test]
fn at_the_start_everybody_holds_the_leaders_alternates() {
    let run = play(
        "algorithm next-in-line alternates list 2 4
         at 100ms crash 6
         at 200ms suspect 1
         at 200ms suspect 5",
    );
    run.assert_lines(
        &["sent Election"],
        &["200ms 1 sent Election 1->2 #1", "200ms 5 sent Election 5->2 #1"],
    );
}

/// "With `leader none` nobody is believed."
#[test]
fn without_a_leader_at_the_start_nobody_is_believed() {
    let run = play("algorithm next-in-line alternates 2\nleader none\nuntil 1s");
    assert_eq!(run.believed(), [None; 6]);
    assert!(run.leaders_at(0).is_empty());
}

/// "What goes to several members is sent in ascending order of rank."
#[test]
fn what_goes_to_several_is_sent_in_ascending_order() {
    let run = play("processes list 9 2 7 4\nlatency 10ms\nat 100ms crash 9\nat 200ms suspect 2");
    run.assert_lines(
        &["sent Election", "sent Elected"],
        &[
            "200ms 2 sent Election 2->4 #1",
            "200ms 2 sent Election 2->7 #1",
            "200ms 2 sent Election 2->9 #1",
            "270ms 7 sent Elected 7->2 #1",
            "270ms 7 sent Elected 7->4 #1",
        ],
    );
}
