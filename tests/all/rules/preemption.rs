//! Preemption, rules 1 to 3.

use crate::play::{Played, play};

fn with_heartbeats(more: &str) -> Played {
    play(&format!("detector heartbeat every 100ms timeout 350ms\nlatency 10ms\n{more}"))
}

/// Rule 1: "`on`: as before."
#[test]
fn with_preempt_on_a_recovered_higher_rank_takes_the_lead_at_once() {
    let run = with_heartbeats(
        "at 110ms crash 6
         at 2s recover 6
         until 2100ms",
    );
    run.assert_lines(&[" 6 booted", " leads"], &["520ms 5 leads", "2s 6 booted", "2s 6 leads"]);
}

/// Rule 2: "`boot` … elects nothing: the member believes nobody and arms `heartbeat`".
#[test]
fn with_preempt_off_a_process_that_boots_elects_nothing() {
    let run = with_heartbeats(
        "preempt off
         at 110ms crash 6
         at 2s recover 6
         until 5s",
    );
    run.assert_lines(
        &[" 6 booted", " 6 follows", " 6 started an election", " leads"],
        &["520ms 5 leads", "2s 6 booted", "2.03s 6 follows 5"],
    );
    run.assert_leaders(&[5]);
}

/// Rule 2: "(also the first, with `leader none`)".
#[test]
fn with_preempt_off_the_first_boot_elects_nothing_either() {
    let run = with_heartbeats(
        "processes 3
         leader none
         preempt off
         until 500ms",
    );
    run.assert_lines(
        &["booted", "started an election", " ran out timer heartbeat"],
        &[
            "0ms 1 booted",
            "0ms 2 booted",
            "0ms 3 booted",
            "350ms 1 ran out timer heartbeat 1 #1",
            "350ms 1 started an election",
            "350ms 2 ran out timer heartbeat 2 #1",
            "350ms 2 started an election",
            "350ms 3 ran out timer heartbeat 3 #1",
            "350ms 3 started an election",
        ],
    );
}

/// Rule 2: "one that elects hears only a rank above its own".
#[test]
fn with_preempt_off_a_member_that_elects_hears_no_lower_heartbeat() {
    let run = with_heartbeats(
        "processes 4
         leader 2
         preempt off
         at 195ms suspect 3
         until 260ms",
    );
    run.assert_lines(
        &[" 3 started an election", " 3 awaits", "3 received Heartbeat 2->3 #2", " 3 follows"],
        &[
            "195ms 3 started an election",
            "195ms 3 awaits Alive",
            "210ms 3 received Heartbeat 2->3 #2",
            "255ms 3 awaits Elected",
        ],
    );
}

/// Rule 2: "So in an election the highest still wins."
#[test]
fn with_preempt_off_the_highest_still_wins_an_election() {
    let run = with_heartbeats(
        "preempt off
         leader 3
         at 1015ms suspect 1
         until 2s",
    );
    run.assert_lines(&[" leads", " 3 follows"], &["1.085s 6 leads", "1.095s 3 follows 6"]);
    run.assert_leaders(&[6]);
}

/// Rule 3: "When it runs out the member starts an election (reason: preempts; this counts), even
/// though its leader is well."
#[test]
fn after_a_time_under_a_lower_leader_a_member_starts_an_election() {
    let run = with_heartbeats(
        "preempt after 500ms
         at 110ms crash 6
         at 2s recover 6
         until 4s",
    );
    run.assert_lines(
        &[
            " 6 booted",
            " 6 follows",
            " 6 ran out timer preempt",
            " 6 started an election",
            " leads",
            " 5 follows",
        ],
        &[
            "520ms 5 leads",
            "2s 6 booted",
            "2.03s 6 follows 5",
            "2.53s 6 ran out timer preempt 6 #1",
            "2.53s 6 started an election",
            "2.53s 6 leads",
            "2.54s 5 follows 6",
        ],
    );
    run.assert_leaders(&[6]);
}

/// Rule 3: "believes a leader lower than itself (also one given at the start)".
#[test]
fn a_lower_leader_given_at_the_start_is_preempted_too() {
    let run = with_heartbeats(
        "leader 3
         preempt after 500ms
         until 2s",
    );
    run.assert_lines(
        &[" ran out timer preempt", " leads"],
        &[
            "500ms 4 ran out timer preempt 4 #1",
            "500ms 5 ran out timer preempt 5 #1",
            "500ms 6 ran out timer preempt 6 #1",
            "500ms 6 leads",
        ],
    );
}

/// Rule 3: "cancelled when it ends (a higher leader, electing, leading, a crash)".
#[test]
fn a_crash_ends_the_time_under_a_lower_leader() {
    let run = with_heartbeats(
        "preempt after 2s
         processes 4
         at 500ms flap 4 down 1s up 1s until 6s
         until 7s",
    );
    run.assert_lines(&["timer preempt", " leads"], &["820ms 3 leads"]);
    assert_eq!(run.report().groups[0].changes, 1);
}

/// Rule 3: "going from one lower leader to another leaves it as it is".
#[test]
fn from_one_lower_leader_to_another_the_time_runs_on() {
    let run = with_heartbeats(
        "processes 5
         leader 2
         preempt after 600ms
         at 0ms crash 4
         at 110ms crash 2
         at 150ms suspect 1
         message Election 1->5 #1 lost
         until 700ms",
    );
    run.assert_lines(
        &[" 5 follows", " 5 ran out", " 5 started an election", " 5 leads"],
        &[
            "330ms 5 follows 3",
            "600ms 5 ran out timer preempt 5 #1",
            "600ms 5 started an election",
            "600ms 5 leads",
            "700ms 5 ran out timer beat 5 #1",
        ],
    );
}

/// "`flap 6 down 1s up 1s` with `preempt after 2s` never disturbs the leader again; with `after
/// 500ms` each return does, half a second (and up to H) late."
#[test]
fn a_long_delay_keeps_an_unstable_rank_from_leading() {
    let changes = |preempt: &str| {
        let run = with_heartbeats(&format!(
            "preempt {preempt}\nat 1s flap 6 down 1s up 1s until 20s\nuntil 20s"
        ));
        run.report().groups[0].changes
    };
    assert_eq!(changes("after 2s"), 1);
    assert_eq!(changes("after 500ms"), changes("on"));
    assert!(changes("on") > 15);
}
