//! A run that stops early, and the largest that a scenario may ask for.

use crate::play::{Played, play, rank};
use hustings::scenario::limits::{MOST_EVENTS, MOST_IN_FLIGHT};
use hustings::simulation::StopReason;
use hustings::time::Time;
use hustings::types::GroupId;
use std::fmt::Write;

const LONG_WAKE: &str = include_str!("../../limits/long-wake.hustings");

/// 64 processes that beat ten thousand times a second.
fn storm() -> Played {
    play(
        "processes 64
         detector heartbeat every 100us timeout 1s
         until 1m
         expect leader 64
         expect no split brain
         expect messages >= 1
         expect agreement by 1ms",
    )
}

/// "2,000,000 events a run (the run stops there and says so)"; "a run that stopped early fails its
/// expectations, saying so".
#[test]
fn a_run_of_too_many_events_stops_and_fails_its_expectations() {
    let run = storm();
    let report = run.report();
    assert_eq!(report.stopped, Some("event limit"));
    assert!(u64::from(report.events) >= MOST_EVENTS);
    // The last step was carried out whole: one beat, and no more.
    assert!(u64::from(report.events) < MOST_EVENTS + 200, "{}", report.events);
    let end = run.run.end();
    assert!(end < Time::ms(60_000) && report.end_us == end.as_us());
    for verdict in &report.expectations {
        assert!(!verdict.holds, "{}", verdict.text);
        assert_eq!(verdict.reason, format!("the run stopped early, at {}", end.spoken()));
        assert_eq!(verdict.at_us, report.end_us);
    }
    assert_eq!(report.groups[0].leaders.last().map(|span| span.to_us), Some(report.end_us));
    looks_as_usual(&run);
}

/// A run of too many messages in flight stops likewise, and says that it is another limit.
#[test]
fn a_run_of_too_many_messages_in_flight_stops_and_fails_its_expectations() {
    let run = play(
        "processes 64
         detector heartbeat every 1us timeout 60m
         until 60m
         expect leader 64",
    );
    let report = run.report();
    assert_eq!(report.stopped, Some("message limit"));
    assert_eq!(run.run.stop_reason(), Some(StopReason::InFlight));
    let pending = run.run.head().pending();
    // The last step was carried out whole: one beat, and no more.
    assert!((MOST_IN_FLIGHT..MOST_IN_FLIGHT + 200).contains(&pending), "{pending}");
    let end = run.run.end().spoken();
    let verdict = &report.expectations[0];
    assert_eq!(
        (verdict.holds, &*verdict.reason),
        (false, &*format!("the run stopped early, at {end}"))
    );
    assert!(
        run.transcript()
            .ends_with("The run stops here, at its limit of messages in flight. 64 leads.\n")
    );
    looks_as_usual(&run);
}

/// Neither messages nor suspicions that wait at a frozen process are without limit.
#[test]
fn what_waits_at_a_frozen_process_counts_as_in_flight() {
    let frozen = |what: &str| {
        let all = ranks(1, 63);
        let story =
            format!("processes 64\nlatency 1us\nat 0ms pause {all} for 60m\n{what}\nuntil 1m");
        let run = play(&story);
        assert_eq!(run.run.stop_reason(), Some(StopReason::InFlight), "{what}");
        let pending = run.run.head().pending();
        assert!((MOST_IN_FLIGHT..MOST_IN_FLIGHT + 200).contains(&pending), "{pending} of {what}");
    };
    frozen("detector heartbeat every 1ms timeout 60m");
    frozen(&format!("every 1ms from 1ms until 9s suspect {}", ranks(1, 63)));
}

/// What a pause held back happens an input a step, so that no step has more than a few rounds of
/// messages, and a page that makes a run in slices is never blocked.
#[test]
fn no_step_of_a_long_wake_is_long() {
    let run = play(LONG_WAKE);
    let mut steps = run.run.steps(Time::ZERO, Time::NEVER);
    let longest = steps.by_ref().map(|step| step.len()).max();
    assert!(longest < Some(1_000), "{longest:?}");
    assert_eq!(steps.world().events(), run.run.events_so_far());
}

/// Whatever is asked of such a run ends where it stopped.
fn looks_as_usual(run: &Played) {
    let run = &run.run;
    let end = run.end();
    assert_eq!(&run.at(Time::NEVER), run.head());
    assert_eq!(run.next_instant(end), None);
    let last = run.event(run.events_so_far() - 1).expect("it has a last event");
    assert_eq!(last.at, end);
    assert_eq!(run.event(run.events_so_far()), None);
    assert!(run.previous_instant(end).is_some_and(|before| before < end));
    assert_eq!(run.events(end, Time::NEVER).last(), Some(&last));
}

/// What waited for a pause happens in one go; where that is a great deal, the run still stops.
#[test]
fn a_run_stops_within_the_end_of_a_long_pause_as_well() {
    // Eight restless processes ask the frozen leader again and again; waking, it answers each
    // question with a round of announcements.
    let run = play(LONG_WAKE);
    assert!(run.run.stopped_early());
    assert_eq!(run.run.end(), Time::ms(5_000), "it stopped as the leader woke");
    let events = u64::from(run.run.events_so_far());
    assert!(events < MOST_EVENTS + 200, "{events}");
}

/// The largest world, with these faults besides; all messages are lost, so that faults alone happen.
fn largest(faults: &str) -> String {
    let everybody = ranks(1, 64);
    let mut script = format!("processes 64\nloss 100%\nwait alive 60m\n{faults}\nuntil 4s\n");
    for group in 0..16 {
        writeln!(script, "group g{group} on {everybody}").expect("a string takes it");
    }
    script
}

fn ranks(first: u16, last: u16) -> String {
    let ranks: Vec<String> = (first..=last).map(|rank| rank.to_string()).collect();
    ranks.join(" ")
}

/// A list of faults is one step, and each may cause a round of messages in each group.
#[test]
fn a_run_stops_within_a_long_list_of_suspicions_or_recoveries_as_well() {
    let some = ranks(1, 63);
    // A member that awaits an answer does not suspect: one event for each member and line.
    let suspicions = format!("every 1ms from 1ms suspect {some}");
    let recoveries = format!("every 1ms from 1ms crash {some}\nevery 1ms from 1ms recover {some}");
    for faults in [suspicions, recoveries] {
        let run = play(&largest(&faults));
        assert!(run.run.stopped_early(), "{faults}");
        let events = u64::from(run.run.events_so_far());
        assert!(events < MOST_EVENTS + 200, "{events} of {faults}");
    }
}

/// What waits at a frozen process is lost with it, each with an event of its own.
#[test]
fn a_run_stops_within_the_crash_of_a_process_at_which_much_waits() {
    let run = play(
        "processes 64
         latency 100us
         detector heartbeat every 100us timeout 60m
         at 0ms pause 1 2 3 for 60m
         at 1570ms crash 1 2 3
         until 1m",
    );
    assert_eq!(run.run.end(), Time::ms(1_570), "it stopped at the crash");
    let events = u64::from(run.run.events_so_far());
    assert!(events < MOST_EVENTS + 200, "{events}");
}

/// 64 processes in 16 groups: the checkpoints of the largest world keep within their memory.
#[test]
fn the_largest_world_is_kept_in_bounded_memory() {
    let everybody: Vec<String> = (1..=64).map(|rank| rank.to_string()).collect();
    let mut script = String::from(
        "processes 64\ndetector heartbeat every 100ms timeout 350ms\nat 1s crash 64\nuntil 2s\n",
    );
    for group in 0..16 {
        writeln!(script, "group g{group} on {}", everybody.join(" ")).expect("a string takes it");
    }
    let run = play(&script);
    for group in 0..16 {
        assert_eq!(run.leaders_in(group), [63]);
    }
    let weight = run.run.head().weight();
    assert!(weight < 6 * 1024 * 1024, "one world weighs {weight} bytes");
    assert!(run.run.at(Time::ms(1_500)).member(GroupId(15), rank(1)).is_some());
}

/// What waits at a frozen process is part of what a checkpoint costs.
#[test]
fn what_waits_at_a_frozen_process_counts_in_its_worlds_weight() {
    let run = play(
        "processes 2\ndetector heartbeat every 1ms timeout 60m\nat 0ms pause 1 for 10s\nuntil 5s",
    );
    let weight = |ms| run.at(ms).weight();
    assert!(weight(5_000) > weight(1) + 4_000 * 50, "{} and {}", weight(1), weight(5_000));
}

/// The longest waits and delays add up to instants far beyond the end, and to no overflow.
#[test]
fn the_longest_spans_add_up_without_overflow() {
    let run = play(
        "processes 3
         latency 60m
         wait alive 60m
         wait elected 60m
         detector heartbeat every 60m timeout 60m
         at 60m crash 3
         at 60m suspect 1
         at 60m pause 2 for 60m
         message Election 1->2 #1 delayed 60m
         until 60m",
    );
    assert_eq!(run.run.end(), Time::ms(3_600_000));
    assert_eq!(run.leaders(), Vec::<u16>::new());
}
