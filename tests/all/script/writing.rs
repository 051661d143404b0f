//! How a script is written: from scratch, in canonical spelling, and with a change in it.

use super::reading::scenario;
use hustings::scenario::script::{format, parse, rewrite, write};
use hustings::scenario::{Fault, FaultTime, Scenario, ScenarioParts, TimelineEntry};
use hustings::time::Time;
use hustings::types::Rank;

/// The script with a change made to what it says.
fn changed(text: &str, change: impl FnOnce(&mut ScenarioParts)) -> String {
    let mut parts = scenario(text).into_parts();
    change(&mut parts);
    let wanted = Scenario::new(parts).unwrap_or_else(|problems| panic!("{problems:?}"));
    let rewritten = rewrite(text, &wanted);
    assert_eq!(scenario(&rewritten), wanted, "{rewritten}");
    rewritten
}

fn rank(rank: u16) -> Rank {
    Rank::new(rank).unwrap_or_else(|| panic!("{rank} is a rank"))
}

fn move_to(entry: &mut TimelineEntry, to: Time) {
    if let TimelineEntry::Fault { when: FaultTime::At(at), .. } = entry {
        *at = to;
    }
}

#[test]
fn defaults_are_not_written() {
    assert_eq!(write(&Scenario::default()), "");
    assert_eq!(write(&scenario("processes 6\nleader 6\nseed 1\nfifo off")), "");
}

#[test]
fn a_scenario_is_written_in_a_fixed_order() {
    let text = "
        expect leader 5 by 500ms
        figure view stage
        message Alive 5->3 #1 delayed 50ms
        every 1s from 2s until 5s pause 1 2 for 50ms
        at 100ms crash 6
        duplicate 1%
        latency 5->3 80ms
        latency 3->5 80ms
        latency 1->2 5ms
        loss 1->4 2%
        loss 2->4 2%
        until 20s
        leader none
        processes list 1 2 3 4 5 8
        title \"All \\\"of\\\" it\"
        at 50ms crash 8
    ";
    let canonical = "\
title \"All \\\"of\\\" it\"
processes list 1 2 3 4 5 8
leader none
latency 1->2 5ms
latency 3--5 80ms
loss 1 2 -> 4 2%
duplicate 1%
until 20s

every 1s from 2s until 5s pause 1 2 for 50ms
at 100ms crash 6
at 50ms crash 8

message Alive 5->3 #1 delayed 50ms

expect leader 5 by 500ms

figure view stage
";
    let text = text.replace("crash 6", "crash 5");
    let canonical = canonical.replace("crash 6", "crash 5");
    assert_eq!(write(&scenario(&text)), canonical);
}

#[test]
fn the_formatter_spells_each_line_canonically_and_moves_nothing() {
    let text = "\u{feff}  TITLE  \"x\"\r\n\r\n# what happens\r\n\
                AT 0.1s Crash 6,5     # and\r\n\
                at 200ms   suspect 3  # they\r\n\
                wait alive 0.06s# why\r\n\
                   # a comment of its own   \r\n\
                latency 10ms..20ms\r\n\
                expect always 5 leads with 1 faults of lose,crash in main\r\n\
                expect always agreement with 2 fault\r\n\
                message election 3 -> 5 #1 in main lost";
    let formatted = "\
title \"x\"

# what happens
at 100ms crash 6 5    # and
at 200ms suspect 3    # they
wait alive 60ms # why
# a comment of its own
latency 10..20ms
expect always 5 leads with 1 fault of lose crash in main
expect always agreement with 2 faults
message Election 3->5 #1 lost in main
";
    assert_eq!(format(text).as_deref(), Ok(formatted));
    assert_eq!(format(formatted).as_deref(), Ok(formatted));
    assert_eq!(parse(formatted), parse(text));
}

#[test]
fn the_formatter_touches_nothing_that_it_cannot_read() {
    assert!(format("at 100ms crahs 6").is_err());
}

const STORY: &str = "\
# A crash, and who notices.
title \"Story\"   # of one crash
seed 7

at 100ms crash 6       # the leader
  at 200ms suspect 3   # notices

expect leader 5 by 500ms
";

#[test]
fn what_does_not_change_stays_byte_for_byte() {
    assert_eq!(changed(STORY, |_| {}), STORY);
    let odd = "SEED   7\r\n\r\nat 0.1s crash 6\t# x";
    assert_eq!(changed(odd, |_| {}), odd);
    let moved = changed(odd, |parts| parts.seed = 8);
    assert_eq!(moved, "seed 8\r\n\r\nat 0.1s crash 6\t# x");
}

#[test]
fn a_fault_that_is_dragged_keeps_its_line_and_its_comment() {
    let dragged = changed(STORY, |parts| move_to(&mut parts.timeline[1], Time::ms(231)));
    assert_eq!(dragged, STORY.replace("at 200ms suspect 3 ", "at 231ms suspect 3 "));
}

#[test]
fn a_new_fault_comes_after_the_last() {
    let crash = TimelineEntry::at(Time::ms(300), Fault::Crash(vec![rank(5)]));
    let more = changed(STORY, |parts| parts.timeline.push(crash));
    assert_eq!(more, STORY.replace("# notices\n", "# notices\nat 300ms crash 5\n"));
}

#[test]
fn a_fault_that_goes_takes_only_its_line() {
    let fewer = changed(STORY, |parts| _ = parts.timeline.remove(0));
    assert_eq!(fewer, STORY.replace("at 100ms crash 6       # the leader\n", ""));
    let none = changed(STORY, |parts| parts.timeline.clear());
    let gone = "at 100ms crash 6       # the leader\n  at 200ms suspect 3   # notices\n\n";
    assert_eq!(none, STORY.replace(gone, ""), "and the blank line that parted it");
}

#[test]
fn a_setting_changes_where_it_stands_or_comes_where_it_belongs() {
    let seed = changed(STORY, |parts| parts.seed = 1);
    assert_eq!(seed, STORY.replace("seed 7", "seed 1"), "said before, so said again");
    let until = changed(STORY, |parts| parts.until = Some(Time::ms(2_000)));
    assert_eq!(until, STORY.replace("seed 7\n", "seed 7\nuntil 2s\n"));
    let untitled = changed(STORY, |parts| parts.title = None);
    assert_eq!(untitled, STORY.replace("title \"Story\"   # of one crash\n", ""));
}

#[test]
fn the_first_of_a_section_is_parted_by_a_blank_line() {
    let crash = TimelineEntry::at(Time::ms(300), Fault::Crash(vec![rank(5)]));
    let first = changed("seed 7\nexpect agreement\n", |parts| parts.timeline.push(crash.clone()));
    assert_eq!(first, "seed 7\n\nat 300ms crash 5\n\nexpect agreement\n");
    assert_eq!(changed("", |parts| parts.timeline.push(crash.clone())), "at 300ms crash 5\n");
    let after = changed("seed 7 # lucky", |parts| parts.timeline.push(crash));
    assert_eq!(after, "seed 7 # lucky\n\nat 300ms crash 5\n");
}

#[test]
fn fewer_processes_need_no_new_leader_line_unless_one_is_there() {
    let fewer = |parts: &mut ScenarioParts| {
        parts.ranks.truncate(4);
        parts.groups[0].members.truncate(4);
        parts.groups[0].leader = Some(rank(4));
    };
    assert_eq!(changed("processes 6 # all", fewer), "processes 4 # all");
    assert_eq!(changed("processes 6\nleader 6", fewer), "processes 4\nleader 4");
}

#[test]
fn one_link_of_many_changes_alone() {
    let text = "latency 1 2 -> 3 4 80ms # far\nloss 1%\n";
    let slower = changed(text, |parts| {
        let of = &mut parts.network.latency_of;
        let first = *of.keys().next().unwrap_or_else(|| panic!("a link"));
        of.insert(first, scenario("latency 90ms").network.latency);
    });
    assert_eq!(
        slower,
        "latency 1->3 90ms       # far\nlatency 1->4 80ms\nlatency 2 -> 3 4 80ms\nloss 1%\n"
    );
}

#[test]
fn a_text_that_cannot_be_read_is_written_anew() {
    let wanted = scenario("seed 8");
    assert_eq!(rewrite("sed 8 # oh", &wanted), "seed 8\n");
}
