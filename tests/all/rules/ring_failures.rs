//! Ring: its known failures.

use crate::play::{Played, play};

fn ring(more: &str) -> Played {
    play(&format!("algorithm ring\nlatency 10ms\n{more}"))
}

/// Known failure: "a partition closes two rings".
#[test]
fn a_partition_closes_two_rings() {
    let run = ring(
        "processes 5
         detector heartbeat every 100ms timeout 350ms
         at 310ms partition 1 2 3 | 4 5
         at 2010ms heal
         until 3500ms",
    );
    assert_eq!(run.leaders_at(2_000), [3, 5], "\n{}", run.transcript());
    run.assert_leaders(&[5]);
}

/// Known failure: "who crashes between the laps can be elected all the same, and is missed by the
/// detector again".
#[test]
fn a_process_that_crashes_between_the_laps_is_elected_and_missed_again() {
    let run = ring(
        "processes 5
         detector heartbeat every 100ms timeout 350ms
         at 110ms crash 5
         at 200ms suspect 1
         at 295ms crash 4
         until 3s",
    );
    run.assert_lines(
        &["follows 4", "suspected", " leads"],
        &[
            "200ms 1 suspected",
            "300ms 1 follows 4",
            "310ms 2 follows 4",
            "320ms 3 follows 4",
            "650ms 1 suspected",
            "660ms 2 suspected",
            "670ms 3 suspected",
            "820ms 3 leads",
        ],
    );
}

/// Rule 1: "set `elected` for n × (`wait alive` + `wait elected`)"; rule 4: "`elected` runs out, at
/// the starter … → start". Known failure: a lost `Election` costs that whole wait.
#[test]
fn a_lost_election_costs_the_whole_wait_of_its_starter() {
    let run = ring(
        "processes 3
         at 200ms suspect 1
         at 215ms crash 2
         message Election 2->3 #1 lost
         until 655ms",
    );
    run.assert_lines(
        &[" 1 ", " 2 "],
        &[
            "200ms 1 suspected",
            "200ms 1 started an election",
            "200ms 1 sent Election 1->2 #1",
            "200ms 1 awaits Alive",
            "210ms 2 received Election 1->2 #1",
            "210ms 2 sent Alive 2->1 #1",
            "210ms 2 sent Election 2->3 #1",
            "210ms 2 awaits Alive",
            "215ms 2 crashed",
            "220ms 1 received Alive 2->1 #1",
            "650ms 1 ran out timer elected 1 #1",
            "650ms 1 started an election",
            "650ms 1 sent Election 1->2 #2",
        ],
    );
}

/// Hint: "`wait alive` above `wait elected` lets starters run out of patience before a lap past many
/// crashed ones is over": the second election waits behind the first one at 2.
#[test]
fn a_wait_for_answers_above_the_wait_for_elected_makes_starters_start_again() {
    let run = ring(
        "processes 8
         wait alive 200ms
         wait elected 1ms
         at 100ms crash 1 3 4 5 6 8
         at 800ms suspect 7
         at 1s suspect 2
         until 10s",
    );
    run.assert_lines(
        &["started an election", "timer elected", " leads"],
        &[
            "800ms 7 started an election",
            "1s 2 started an election",
            "2.408s 7 ran out timer elected 7 #1",
            "2.408s 7 started an election",
            "2.608s 2 ran out timer elected 2 #1",
            "2.608s 2 started an election",
            "2.63s 7 leads",
            "4.27s 7 leads",
        ],
    );
    assert!(run.report().hints.iter().any(|hint| hint.text.contains("wait alive")));
}
