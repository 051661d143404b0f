//! What may be a trap, each with the shortest script that walks into it.

use hustings::scenario::script::read;

/// `line 1: …` for each hint of a script.
fn hints(text: &str) -> Vec<String> {
    let script = read(text).unwrap_or_else(|found| panic!("{found:?}\n{text}"));
    let said = script.hints().into_iter().map(|hint| match hint.line {
        Some(line) => format!("line {line}: {}", hint.text),
        None => hint.text,
    });
    said.collect()
}

const NONE: [&str; 0] = [];

#[test]
fn an_innocent_script_has_no_hints() {
    assert_eq!(hints("at 100ms crash 6\nat 200ms suspect 3\nat 900ms recover 6"), NONE);
    assert_eq!(hints("detector heartbeat every 100ms timeout 350ms"), NONE);
}

#[test]
fn a_wait_shorter_than_a_round_trip() {
    assert_eq!(
        hints("wait alive 30ms"),
        ["line 1: `wait alive` is 30ms, but from 1 to 2 and back can take 40ms: who asks may \
             give up on a process that is only far away"]
    );
    assert_eq!(
        hints("latency 3->5 80ms"),
        ["line 1: `wait alive` is 60ms, but from 3 to 5 and back can take 100ms: who asks may \
             give up on a process that is only far away"]
    );
    assert_eq!(hints("latency 3->5 80ms\nwait alive 100ms"), NONE, "as long is long enough");
    assert_eq!(hints("latency 40ms").len(), 1);
}

#[test]
fn only_the_links_that_an_asker_needs_count_for_its_wait() {
    let apart = "group low on 1 2 3\ngroup high on 4 5 6\nlatency 3--5 80ms";
    assert_eq!(hints(apart), NONE, "no member asks across groups");
}

#[test]
fn a_timeout_below_two_heartbeats() {
    assert_eq!(
        hints("detector heartbeat every 100ms timeout 199ms"),
        ["line 1: the timeout of 199ms is shorter than two heartbeats, which come every 100ms: \
             one that is lost makes a healthy leader suspect"]
    );
    assert_eq!(hints("detector heartbeat every 100ms timeout 200ms"), NONE);
}

#[test]
fn a_textbook_leader_that_is_silent_for_too_long() {
    assert_eq!(
        hints("algorithm bully-textbook\ndetector heartbeat every 20ms timeout 100ms"),
        ["line 2: a leader that is asked holds an election and can be silent for 100ms, \
             `wait alive` and a round trip: with a timeout of 100ms it is suspected again"]
    );
    assert_eq!(
        hints("algorithm bully-textbook\ndetector heartbeat every 20ms timeout 101ms"),
        NONE
    );
    assert_eq!(hints("detector heartbeat every 20ms timeout 100ms"), NONE);
}

#[test]
fn next_in_line_that_nobody_wakes() {
    let said = "line 1: nobody will ever elect: next-in-line waits for a suspicion, and there is \
                neither a `suspect` line nor a heartbeat detector";
    assert_eq!(hints("algorithm next-in-line\nat 1s crash 6"), [said]);
    assert_eq!(hints("algorithm next-in-line\nat 1s crash 6\nat 2s suspect 3"), NONE);
}

#[test]
fn a_fault_after_the_end() {
    assert_eq!(
        hints("until 1s\nat 2s crash 6"),
        ["line 2: it never happens: the run ends at 1s, before 2s"]
    );
}

#[test]
fn a_recovery_of_what_is_not_down() {
    let nothing = |line: usize| {
        format!("line {line}: process 6 is not down then, so recovering it does nothing")
    };
    assert_eq!(hints("at 1s recover 6"), [nothing(1)]);
    assert_eq!(hints("at 2s crash 6\nat 1s recover 6"), [nothing(2)]);
    assert_eq!(hints("at 1s crash 6\nat 2s recover 6\nat 3s recover 6"), [nothing(3)]);
    assert_eq!(hints("at 1s flap 6 down 100ms up 1s until 4s\nat 1050ms recover 6"), NONE);
}

#[test]
fn processes_on_no_side() {
    assert_eq!(
        hints("at 1s partition 1 2 3 | 4 5"),
        ["line 1: process 6 is on no side and keeps all its links"]
    );
    assert_eq!(
        hints("at 1s partition 1 | 2 3"),
        ["line 1: processes 4, 5 and 6 are on no side and keep all their links"]
    );
}

#[test]
fn a_partition_on_top_of_another() {
    let first = "at 1s partition 1 2 3 | 4 5 6\n";
    let second = "at 3s partition 1 2 | 3 4 5 6";
    assert_eq!(
        hints(&format!("{first}{second}")),
        ["line 2: an earlier partition still stands, and cuts add up; heal first"]
    );
    assert_eq!(hints(&format!("{first}at 2s heal\n{second}")), NONE);
    assert_eq!(hints(&format!("{first}at 2s partition 1 2 3 | 4 5 6")), NONE, "the same one");
}

#[test]
fn a_line_that_a_later_one_overrules() {
    let overruled = |line: usize, by: usize| {
        format!("line {line}: line {by} says this anew, so this line counts for nothing")
    };
    assert_eq!(hints("seed 1\nseed 2"), [overruled(1, 2)]);
    assert_eq!(hints("seed 1\nfifo on\nseed 2\nseed 3"), [overruled(1, 3), overruled(3, 4)]);
    assert_eq!(hints("load 5/s\nload 6/s"), [overruled(1, 2)]);
    assert_eq!(hints("loss 1->2 5%\nloss 1->2 6%"), [overruled(1, 2)]);
    assert_eq!(hints("loss 1->2 5%\nloss 1 -> 2 3 6%"), [overruled(1, 2)]);
    assert_eq!(hints("loss 1 -> 2 3 5%\nloss 1->2 6%"), NONE, "an exception to the first");
    assert_eq!(hints("loss 1->2 5%\nloss 6%"), NONE, "a link beats the default");
    assert_eq!(hints("figure start 1s\nfigure end 2s"), NONE);
    assert_eq!(hints("figure start 1s\nfigure start 2s"), [overruled(1, 2)]);
}
