//! Conditions about one process, and the times of conditions, at their boundaries.

use super::expectations::{FIGURE, SPLIT, expect};
use crate::play::play;
use hustings::scenario::json;
use hustings::scenario::limits::MOST_EXPECTATIONS;

/// `at T`: "in the state after all that happens at T".
#[test]
fn a_state_at_an_instant_is_the_one_after_all_that_happens_at_it() {
    expect(FIGURE, "leader 6 at 99ms", (true, 99, "6 leads at 99 ms"));
    expect(FIGURE, "leader none at 100ms", (true, 100, "nobody leads at 100 ms"));
    expect(FIGURE, "leader none at 269.999ms", (true, 269, "nobody leads at 269.999 ms"));
    expect(FIGURE, "leader 5 at 270ms", (true, 270, "5 leads at 270 ms"));
    expect(FIGURE, "leader 6 at 1s", (false, 1_000, "5 leads at 1 s, since 270 ms"));
    expect(FIGURE, "leader 5 at 2s", (true, 2_000, "5 leads at 2 s"));
    expect(FIGURE, "agreement at 280ms", (true, 280, "all agree at 280 ms"));
    expect(FIGURE, "agreement at 275ms", (false, 275, "not all agree at 275 ms, since 100 ms"));
    expect(SPLIT, "split brain at 1s", (true, 1_000, "3 and 6 lead at 1 s"));
    expect(SPLIT, "no split brain at 1s", (false, 1_000, "3 and 6 lead at 1 s, since 270 ms"));
    expect(SPLIT, "split brain at 200ms", (false, 200, "6 leads at 200 ms, since 0 ms"));
    // The end is an instant like others, though what begins there does not last.
    let last = "at 2s crash 6\nuntil 2s\n";
    expect(last, "leader none at 2s", (true, 2_000, "nobody leads at 2 s"));
    expect(last, "leader 6 at 2s", (false, 2_000, "nobody leads at 2 s"));
}

/// `from A to B`: "A ≤ t < B"; every state, but of a split brain one.
#[test]
fn a_stretch_ends_just_before_its_second_instant() {
    expect(FIGURE, "leader 6 from 0ms to 100ms", (true, 100, "6 leads from 0 ms to 100 ms"));
    let gone = "nobody leads from 100 ms to 101 ms";
    expect(FIGURE, "leader 6 from 0ms to 101ms", (false, 100, gone));
    expect(
        FIGURE,
        "leader none from 100ms to 270ms",
        (true, 270, "nobody leads from 100 ms to 270 ms"),
    );
    let early = "nobody leads from 269 ms to 270 ms";
    expect(FIGURE, "leader 5 from 269ms to 1s", (false, 269, early));
    expect(FIGURE, "leader 5 from 270ms to 2s", (true, 2_000, "5 leads from 270 ms to 2 s"));
    let never = "never more than one leader from 0 ms to 270 ms";
    expect(SPLIT, "no split brain from 0ms to 270ms", (true, 270, never));
    expect(SPLIT, "split brain from 0ms to 270ms", (false, 270, never));
    let two = "two leaders, 3 and 6, from 270 ms to 271 ms";
    expect(SPLIT, "split brain from 0ms to 271ms", (true, 270, two));
    expect(SPLIT, "no split brain from 0ms to 271ms", (false, 270, two));
    // What begins at the end of the run does not last, so it is in no stretch.
    let last = "at 2s crash 6\nuntil 2s\n";
    expect(last, "leader 6 from 0ms to 2s", (true, 2_000, "6 leads from 0 ms to 2 s"));
}

/// `after T`: "t ≥ T"; `by T`: "in every state from some instant ≤ T on".
#[test]
fn a_state_after_or_by_an_instant_lasts_to_the_end() {
    expect(FIGURE, "leader 5 after 270ms", (true, 2_000, "5 leads from 270 ms on"));
    expect(FIGURE, "leader 5 after 269ms", (false, 269, "nobody leads from 269 ms to 270 ms"));
    expect(SPLIT, "split brain by 270ms", (true, 270, "two leaders or more from 270 ms on"));
    expect(SPLIT, "split brain by 269ms", (false, 270, "two leaders or more only from 270 ms on"));
    expect(SPLIT, "no split brain by 2s", (false, 270, "3 and 6 lead at the end, since 270 ms"));
    expect(FIGURE, "no split brain by 0ms", (true, 0, "never more than one leader from 0 ms on"));
    // `by` reaches to the very end, and `after` to what lasts.
    let last = "at 2s crash 6\nuntil 2s\n";
    expect(last, "leader 6 by 1s", (false, 2_000, "nobody leads at the end, since 2 s"));
    expect(last, "leader 6 after 1s", (true, 2_000, "6 leads from 1 s on"));
    expect(last, "leader none after 2s", (true, 2_000, "nobody leads from 2 s on"));
}

/// `N follows N`: what one process believes, whether it is so or not.
#[test]
fn a_process_follows_whom_it_believes() {
    expect(FIGURE, "1 follows 5", (true, 280, "1 follows 5 from 280 ms on"));
    expect(FIGURE, "1 follows 6 at 150ms", (true, 150, "1 follows 6 at 150 ms"));
    expect(FIGURE, "1 follows 5 at 150ms", (false, 150, "1 follows 6 at 150 ms, since 0 ms"));
    expect(
        FIGURE,
        "3 follows 5 at 250ms",
        (false, 250, "3 follows nobody at 250 ms, since 200 ms"),
    );
    let itself = "5 believes itself leader at the end, since 270 ms";
    expect(FIGURE, "5 follows 4", (false, 270, itself));
    expect(FIGURE, "6 follows 5 after 1s", (false, 1_000, "6 follows nobody from 1 s to 2 s"));
    // A paused process believes what it did; that it is on the other side of a cut changes nothing.
    let pause = "at 100ms pause 1 for 1s\nuntil 2s\n";
    expect(pause, "1 follows 6 from 0ms to 2s", (true, 2_000, "1 follows 6 from 0 ms to 2 s"));
    expect(SPLIT, "5 follows 6 after 0ms", (true, 2_000, "5 follows 6 from 0 ms on"));
}

/// `N leads`: "others may too".
#[test]
fn a_process_leads_beside_others() {
    expect(SPLIT, "6 leads from 0ms to 2s", (true, 2_000, "6 leads from 0 ms to 2 s"));
    expect(SPLIT, "3 leads", (true, 270, "3 leads from 270 ms on"));
    expect(SPLIT, "3 leads by 1s", (true, 270, "3 leads from 270 ms on"));
    expect(SPLIT, "3 leads at 200ms", (false, 200, "6 leads at 200 ms, since 0 ms"));
    expect(SPLIT, "5 leads", (false, 270, "3 and 6 lead at the end, since 270 ms"));
    let pause = "at 500ms pause 6 for 100ms\nuntil 2s\n";
    expect(pause, "6 leads from 0ms to 2s", (false, 500, "nobody leads from 500 ms to 600 ms"));
}

/// A process outside a group neither leads nor follows there, and the hint says so beforehand.
#[test]
fn a_process_outside_a_group_has_no_part_in_it() {
    let groups = "processes 3\ngroup a on 1 2\ngroup b on 2 3\nuntil 1s\n";
    let outside = "name a group of its own with `in`";
    for (condition, said) in [
        ("3 leads", "in a: 3 is no member, so it never leads here"),
        ("3 follows 2", "in a: 3 is no member, so it follows nobody here"),
        ("2 follows 3", "in a: 3 is no member, so nobody follows it here"),
        ("leader 3 at 0ms", "in a: 3 is no member, so it never leads here"),
    ] {
        expect(groups, condition, (false, 1_000, &format!("{said}; {outside}")));
        let run = play(&format!("{groups}expect {condition}"));
        let hint = run.report().hints.remove(0);
        assert_eq!(hint.line, Some(5));
        assert!(hint.text.contains("is no member of"), "{}", hint.text);
    }
    expect(groups, "2 follows 3 in b", (true, 0, "2 follows 3 from 0 ms on"));
    assert_eq!(play(&format!("{groups}expect 2 follows 3 in b")).report().hints, []);
}

/// `changes`, `unprovoked changes`: as the report counts them.
#[test]
fn changes_of_leader_are_compared() {
    expect(FIGURE, "changes = 1", (true, 270, "1 change of leader"));
    expect(FIGURE, "changes <= 0", (false, 270, "1 change of leader"));
    expect(FIGURE, "changes >= 2", (false, 2_000, "1 change of leader"));
    expect(FIGURE, "unprovoked changes <= 0", (true, 2_000, "0 unprovoked changes of leader"));
    expect(SPLIT, "unprovoked changes <= 0", (false, 270, "1 unprovoked change of leader"));
    expect(SPLIT, "unprovoked changes <= 1", (true, 2_000, "1 unprovoked change of leader"));
    let quiet = "until 1s\n";
    expect(quiet, "changes = 0", (true, 0, "0 changes of leader"));
}

/// `longest …`: one stretch, under any leaders, exceeded at an instant.
#[test]
fn the_longest_stretch_is_compared() {
    let gap = "170 ms without a leader at a time, from 100 ms to 270 ms";
    expect(FIGURE, "longest leaderless <= 170ms", (true, 2_000, gap));
    expect(FIGURE, "longest leaderless <= 169ms", (false, 269, gap));
    let split = "1.730 s with two leaders or more at a time, from 270 ms to 2 s";
    expect(SPLIT, "longest split brain <= 1s", (false, 1_270, split));
    expect(SPLIT, "longest leaderless <= 0ms", (true, 2_000, "never without a leader"));
    // Two gaps do not add up, and the first of two equal ones is named.
    let twice = "at 100ms pause 6 for 100ms\nat 500ms pause 6 for 100ms\nuntil 2s\n";
    let first = "100 ms without a leader at a time, from 100 ms to 200 ms";
    expect(twice, "longest leaderless <= 100ms", (true, 2_000, first));
    expect(twice, "longest leaderless <= 99ms", (false, 199, first));
}

/// As many expectations as there may be, each at an instant of its own, in script and JSON.
#[test]
fn a_thousand_instants_are_each_judged() {
    let line = |nth: usize| match nth % 4 {
        0 => format!("expect leader {} at {nth}ms\n", if nth < 270 { 6 } else { 5 }),
        1 => format!("expect 1 follows 6 at {nth}ms\n"),
        2 => format!("expect 5 leads from {nth}ms to 2s\n"),
        _ => format!("expect no split brain after {nth}ms\n"),
    };
    let lines: String = (0..MOST_EXPECTATIONS).map(line).collect();
    let run = play(&format!("{FIGURE}{lines}"));
    let held = |nth: usize| match nth % 4 {
        // Nobody leads in between, and 1 hears of 5 at 280 ms.
        0 => !(100..270).contains(&nth),
        1 => nth < 280,
        2 => nth >= 270,
        _ => true,
    };
    for verdict in run.report().expectations {
        assert_eq!(verdict.holds, held(verdict.index), "{}: {}", verdict.text, verdict.reason);
    }
    let scenario = run.run.scenario();
    assert_eq!(json::read(&json::write(scenario)).as_ref(), Ok(scenario));
}
