//! Rounds of elections and changes of leader: by hand, from the printed intervals alone, and from
//! the log of the second implementation.

use crate::agreement::compare::assert_measures;
use crate::oracle;
use crate::play::{Played, play};
use crate::scenarios;
use hustings::report::GroupReport;
use hustings::run::Run;
use hustings::scenario::script::Script;

fn group(run: &Played) -> GroupReport {
    run.report().groups.remove(0)
}

/// Who led, as it is printed: `6 - 5 5+6 6`, with `-` where nobody did.
fn printed(group: &GroupReport) -> String {
    let word = |leaders: &[u16]| match leaders {
        [] => "-".to_owned(),
        some => some.iter().map(u16::to_string).collect::<Vec<_>>().join("+"),
    };
    group.leaders.iter().map(|span| word(&span.leaders)).collect::<Vec<_>>().join(" ")
}

/// Counts from the printed intervals alone.
fn counted_by_eye(printed: &str) -> u64 {
    let led: Vec<Vec<&str>> = printed
        .split(' ')
        .filter(|word| *word != "-")
        .map(|word| word.split('+').collect())
        .collect();
    let is_new = |pair: &&[Vec<&str>]| pair[1].iter().any(|leader| !pair[0].contains(leader));
    led.windows(2).filter(is_new).count() as u64
}

#[track_caller]
fn expect(script: &str, leaders: &str, changes: u64, unprovoked: u64) {
    let run = play(script);
    let group = group(&run);
    assert_eq!(printed(&group), leaders, "\n{}", run.transcript());
    assert_eq!((group.changes, group.unprovoked_changes), (changes, unprovoked), "{leaders}");
    assert_eq!(counted_by_eye(leaders), changes);
}

/// 1 wakes, leads for no time at all, and hears of 3: that is no lead that the report shows.
#[test]
fn a_lead_of_no_length_is_no_change() {
    let script = "processes 3\nleader 1\nlatency 10ms\nat 1s pause 1 for 4s\nat 2s suspect 2\n";
    expect(&format!("{script}until 8s"), "1 - 3", 1, 0);
    // And the handover after it counts.
    expect(&format!("{script}at 6s crash 3\nat 7s suspect 1\nuntil 8s"), "1 - 3 - 2", 2, 0);
}

#[test]
fn each_time_that_another_takes_the_lead_is_a_change() {
    // 5 takes it, and 6, which led all along, takes it back; again and again.
    let script = "detector heartbeat every 100ms timeout 350ms\nlatency 10..20ms\nseed 7\nuntil 5s\n\
                  at 500ms cut 3--6";
    let both = ["6"; 11].join(" 5+6 ");
    expect(script, &both, 10, 10);
}

#[test]
fn the_same_leader_after_nobody_is_no_change() {
    expect("at 1s crash 6\nat 2s recover 6\nuntil 3s", "6 - 6", 0, 0);
    expect("at 1s pause 6 for 100ms\nuntil 2s", "6 - 6", 0, 0);
    expect("leader none\nat 1s crash 6\nat 1100ms suspect 5\nuntil 2s", "6 - 5", 1, 0);
}

/// A leader that crashed and is back has not been there all along.
#[test]
fn a_change_is_unprovoked_only_where_a_leader_of_before_ran_on() {
    let line = "algorithm next-in-line alternates 2\nlatency 10ms\n";
    expect(
        &format!("{line}at 1s crash 6\nat 1100ms recover 6\nat 1200ms suspect 1\nuntil 2s"),
        "6 - 5",
        1,
        0,
    );
    expect(&format!("{line}at 1s suspect 1\nuntil 2s"), "6 5+6 5", 1, 1);
    // It is there again in the instant in which it went.
    expect(
        &format!("{line}at 1s crash 6\nat 1s recover 6\nat 1200ms suspect 1\nuntil 2s"),
        "6 - 5",
        1,
        0,
    );
}

#[test]
fn elections_that_overlap_are_one_round() {
    let rounds = |script: &str| {
        let group = group(&play(script));
        (group.rounds, group.elections)
    };
    assert_eq!(rounds("until 1s"), (0, 0));
    let crash = "latency 10ms\nat 100ms crash 6\n";
    assert_eq!(rounds(&format!("{crash}at 200ms suspect 1 2 3 4 5")), (1, 5));
    assert_eq!(rounds(&format!("{crash}at 200ms suspect 3")), (1, 1));
    assert_eq!(rounds(&format!("{crash}at 200ms suspect 3\nat 1s suspect 3")), (2, 2));
    assert_eq!(rounds("algorithm bully-textbook\nlatency 10ms\nat 1s suspect 1"), (1, 10));
    // The highest process needs no time for it.
    assert_eq!(rounds("leader none\nlatency 10ms"), (1, 6));
    assert_eq!(rounds("processes 1\nleader none"), (1, 1));
    assert_eq!(rounds("processes 1\nat 1s crash 1\nat 2s recover 1"), (1, 1));
}

/// 3 hears of 5 at 280 ms. One that begins then is of its round, one that begins later is not.
#[test]
fn an_election_that_begins_where_another_ends_is_of_its_round() {
    let rounds = |at: &str| {
        let run = play(&format!(
            "latency 10ms\nat 100ms crash 6\nat 200ms suspect 3\nat {at} suspect 1\nuntil 2s"
        ));
        group(&run).rounds
    };
    assert_eq!(rounds("279ms"), 1);
    assert_eq!(rounds("280ms"), 1);
    assert_eq!(rounds("280001us"), 2);
}

#[test]
fn a_crash_ends_an_election_and_a_pause_does_not() {
    let rounds = |fault: &str| {
        let run = play(&format!(
            "processes 3\nlatency 10ms\nat 100ms crash 3\nat 200ms suspect 1\nat 205ms {fault}\n\
             at 300ms suspect 2\nuntil 2s"
        ));
        group(&run).rounds
    };
    assert_eq!(rounds("crash 1"), 2);
    assert_eq!(rounds("pause 1 for 1s"), 1);
}

#[test]
fn the_report_agrees_with_the_second_implementation_and_with_the_eye() {
    for seed in 0..600 {
        let scenario = scenarios::random(seed);
        let run = Run::of(scenario.clone());
        assert_measures(&run, &oracle::play(&scenario));
        let report = run.report(&Script::of(scenario));
        for group in &report.groups {
            assert_eq!(group.changes, counted_by_eye(&printed(group)), "random scenario {seed}");
        }
    }
}
