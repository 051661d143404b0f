//! Shared rules: crash and recovery.

use crate::play::{play, rank};
use hustings::types::GroupId;

/// "*Crash*: volatile state and timers vanish."
#[test]
fn a_crash_takes_state_and_timers() {
    let run = play("processes 3\nlatency 10ms\nat 100ms suspect 1\nat 130ms crash 1\nuntil 500ms");
    let timers = |ms| run.at(ms).timers(GroupId::MAIN, rank(1)).count();
    assert_eq!([timers(129), timers(130)], [1, 0]);
    assert_eq!([run.believes_at(99, 1), run.believes_at(130, 1)], [Some(3), None]);
    run.assert_lines(&["ran out"], &[]);
}

/// "What it had sent still arrives."
#[test]
fn what_a_process_sent_before_its_crash_still_arrives() {
    let run = play("processes 2\nlatency 10ms\nat 100ms suspect 1\nat 101ms crash 1\nuntil 115ms");
    run.assert_lines(
        &["Election", "sent Alive"],
        &[
            "100ms 1 sent Election 1->2 #1",
            "110ms 2 received Election 1->2 #1",
            "110ms 2 sent Alive 2->1 #1",
        ],
    );
}

/// "What arrives meanwhile is lost"; what arrives after the recovery is not.
#[test]
fn what_arrives_at_a_crashed_process_is_lost() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms crash 2
         at 95ms suspect 1
         at 100ms recover 2
         at 104ms crash 3
         until 120ms",
    );
    run.assert_lines(
        &["Election 1->"],
        &[
            "95ms 1 sent Election 1->2 #1",
            "95ms 1 sent Election 1->3 #1",
            "105ms 2 received Election 1->2 #1",
            "105ms 3 lost to crashed Election 1->3 #1",
        ],
    );
}

/// "*Recover*: `boot`." Nothing is durable in these algorithms.
#[test]
fn a_recovered_process_knows_nothing() {
    for (algorithm, then) in
        [("bully", "150ms 1 awaits Alive"), ("bully-textbook", "150ms 1 awaits Alive")]
    {
        let run = play(&format!(
            "algorithm {algorithm}\nat 100ms crash 1\nat 150ms recover 1\nuntil 155ms"
        ));
        run.assert_lines(&[" 1 awaits", " 1 follows"], &[then]);
    }
    let run =
        play("algorithm next-in-line alternates 2\nat 100ms crash 1\nat 150ms recover 1\nuntil 2s");
    assert_eq!(run.believed()[0], None);
}

/// "Crashing the crashed or recovering the running does nothing."
#[test]
fn crashing_the_crashed_and_recovering_the_running_does_nothing() {
    let run = play("at 100ms crash 6\nat 150ms crash 6\nat 160ms recover 5\nat 170ms recover 5");
    run.assert_lines(&[""], &["100ms 6 crashed"]);
    assert_eq!(run.at(200).process(rank(6)).map(|process| process.crashes()), Some(1));
}

/// A list "means one after the other".
#[test]
fn a_list_of_processes_crashes_one_after_the_other() {
    let run = play("processes 3\nat 100ms crash 3 1 2");
    run.assert_lines(&[""], &["100ms 3 crashed", "100ms 1 crashed", "100ms 2 crashed"]);
}

/// `flap`: "crash at the start of each round, recover `down` later; no crash at or after `until`, a
/// due recovery still happens".
#[test]
fn a_flap_crashes_and_recovers_in_rounds() {
    let run = play(
        "algorithm next-in-line alternates 1
         at 100ms flap 6 down 50ms up 100ms until 400ms
         until 1s",
    );
    run.assert_lines(
        &["crashed", "recovered"],
        &["100ms 6 crashed", "150ms 6 recovered", "250ms 6 crashed", "300ms 6 recovered"],
    );
    let run = play(
        "algorithm next-in-line alternates 1\nat 100ms flap 6 down 50ms up 100ms until 251ms\nuntil 1s",
    );
    run.assert_lines(&["recovered"], &["150ms 6 recovered", "300ms 6 recovered"]);
}

/// `every`: "first at `from`, none at `until`"; what falls due exactly at the end still happens.
#[test]
fn every_repeats_from_its_first_instant_until_before_its_last() {
    let run = play("processes 1\nevery 100ms from 50ms until 250ms suspect 1\nuntil 1s");
    run.assert_lines(&[""], &["50ms 1 did not suspect", "150ms 1 did not suspect"]);
    let run = play("processes 1\nevery 100ms from 50ms suspect 1\nuntil 250ms");
    assert_eq!(run.events().len(), 3);
}
