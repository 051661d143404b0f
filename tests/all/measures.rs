//! What is measured: the report's fields against cases made by hand, and against every world of
//! random runs.

mod changes;
mod conditions;
mod expectations;
mod limits;
mod many;
mod overrides;
mod terms;
mod times;

use crate::play::{leaders, play, rank};
use crate::scenarios;
use hustings::report::{GroupReport, LeaderSpan};
use hustings::run::Run;
use hustings::scenario::script::Script;
use hustings::simulation::{EventKind, World};
use hustings::time::Time;
use hustings::types::{GroupId, Rank};
use std::collections::BTreeMap;

fn span(from_ms: u64, to_ms: u64, leaders: &[u16]) -> LeaderSpan {
    LeaderSpan { from_us: from_ms * 1_000, to_us: to_ms * 1_000, leaders: leaders.to_vec() }
}

/// *Leaders*, *leaderless*, *changes*, *elections*, *messages* of the notes' own figure.
#[test]
fn the_figure_is_reported_field_by_field() {
    let run =
        play("title \"The figure\"\nlatency 10ms\nat 100ms crash 6\nat 200ms suspect 3\nuntil 2s");
    let report = run.report();
    assert_eq!(report.format_version, 1);
    assert_eq!(report.title.as_deref(), Some("The figure"));
    assert_eq!((report.algorithm, report.end_us, report.stopped), ("bully", 2_000_000, None));
    assert_eq!(report.digest, run.run.digest().to_string());
    assert_eq!(report.events as usize, run.events().len());
    let [group] = &*report.groups else { panic!("one group") };
    assert_eq!(group.name, "main");
    assert_eq!(group.leaders, [span(0, 100, &[6]), span(100, 270, &[]), span(270, 2_000, &[5])]);
    assert_eq!((group.leaderless_us, group.split_brain_us), (170_000, 0));
    assert_eq!((group.elections, group.rounds), (1, 1));
    assert_eq!((group.changes, group.unprovoked_changes), (1, 0));
    assert_eq!(group.messages.total, 10);
    let kinds = [("Alive", 2), ("Elected", 4), ("Election", 3), ("Proceed", 1)];
    assert_eq!(group.messages.by_kind, BTreeMap::from(kinds));
    assert_eq!(group.messages.lost, BTreeMap::from([("crashed", 1)]));
    assert_eq!(group.believed, (1..=6).map(|r| (r, (r < 6).then_some(5))).collect());
}

/// *Split brain*: "two or more"; *unprovoked*: "that one still runs".
#[test]
fn a_split_is_as_long_as_two_lead_and_its_change_is_unprovoked() {
    let run = play(
        "latency 10ms
         detector heartbeat every 100ms timeout 350ms
         at 100ms partition 1 2 3 | 4 5 6
         at 1s heal
         until 3s",
    );
    let group = &run.report().groups[0];
    let [before, split, after] = &*group.leaders else { panic!("{:?}", group.leaders) };
    assert_eq!(
        (&*before.leaders, &*split.leaders, &*after.leaders),
        (&[6][..], &[3, 6][..], &[6][..])
    );
    assert_eq!(group.split_brain_us, split.to_us - split.from_us);
    // 3 began to lead while 6 still ran; 6 never began anew.
    assert_eq!((group.changes, group.unprovoked_changes), (1, 1));
}

/// *changes*: "somebody leads who did not lead in the last interval that had a leader".
#[test]
fn a_leader_that_wakes_has_not_changed_unless_another_began_meanwhile() {
    let run = play("at 100ms pause 6 for 100ms\nuntil 1s");
    let group = &run.report().groups[0];
    assert_eq!((group.changes, group.leaderless_us), (0, 100_000));
    let run = play("latency 10ms\nat 100ms pause 6 for 400ms\nat 110ms suspect 5\nuntil 1s");
    let group = &run.report().groups[0];
    // 5 took over while 6 was frozen; 6 begins again beside 5, which still runs.
    assert_eq!((group.changes, group.unprovoked_changes), (2, 1), "\n{}", run.transcript());
}

/// "States of no length count nowhere."
#[test]
fn a_state_of_no_length_counts_nowhere() {
    let run = play("processes 1\nat 100ms crash 1\nat 100ms recover 1\nat 1s crash 1\nuntil 1s");
    let group = &run.report().groups[0];
    assert_eq!(group.leaders, [span(0, 1_000, &[1])]);
    assert_eq!(group.leaderless_us, 0);
    assert!(run.leaders().is_empty(), "but the state at the end is what it is");
}

/// An empty run has one interval of no length, so that a strip always has something to show.
#[test]
fn the_intervals_of_an_empty_run_are_one() {
    assert_eq!(play("until 0ms").report().groups[0].leaders, [span(0, 0, &[6])]);
}

/// *believed*: "at the end; null also for a crashed process".
#[test]
fn a_crashed_process_believes_nobody_and_a_paused_one_what_it_did() {
    let run = play("processes 3\nat 100ms crash 1\nat 100ms pause 2 for 10s\nuntil 1s");
    assert_eq!(run.believed(), [None, Some(3), Some(3)]);
}

/// *lost*: "with the reason (loss, cut, crashed, edit)".
#[test]
fn losses_are_counted_by_reason() {
    let run = play(
        "processes 5
         latency 10ms
         loss 1->4 100%
         at 100ms crash 5
         at 100ms cut 1->3
         at 200ms suspect 1
         message Election 1->2 #1 lost
         until 205ms",
    );
    let lost = |run: &crate::play::Played| run.report().groups[0].messages.lost.clone();
    assert_eq!(lost(&run), BTreeMap::from([("cut", 1), ("edit", 1), ("loss", 1)]));
    assert_eq!(run.total(), 4, "lost ones were sent");
    let run = play("processes 2\nlatency 10ms\nat 100ms crash 2\nat 200ms suspect 1\nuntil 1s");
    assert_eq!(lost(&run), BTreeMap::from([("crashed", 1)]));
}

/// A copy "is not counted as sent", but it is lost like any other message.
#[test]
fn a_lost_copy_counts_as_lost_though_it_was_not_sent() {
    let run = play(
        "processes 2\nlatency 10ms\nduplicate 100%\nat 100ms crash 2\nat 200ms suspect 1\nuntil 1s",
    );
    let messages = &run.report().groups[0].messages;
    assert_eq!((messages.total, &messages.lost), (1, &BTreeMap::from([("crashed", 2)])));
}

/// "A crash of a process moves every leadership that it held."
#[test]
fn a_crash_moves_every_leadership_that_the_process_held() {
    let run = play(
        "processes 4
         detector heartbeat every 100ms timeout 350ms
         group orders on 1 2 4
         group users on 2 3 4
         group mail on 1 3
         at 1s crash 4
         until 3s",
    );
    assert_eq!([0, 1, 2].map(|group| run.leaders_in(group)), [[2], [3], [3]]);
    let report = run.report();
    let names: Vec<&str> = report.groups.iter().map(|group| &*group.name).collect();
    assert_eq!(names, ["orders", "users", "mail"]);
    assert_eq!(report.groups.iter().map(|g| g.changes).collect::<Vec<_>>(), [1, 1, 0]);
    assert_eq!(report.groups[0].believed.len(), 3, "its members alone");
}

/// "`in NAME` … without it `suspect` means all groups of the process."
#[test]
fn a_suspicion_is_about_all_groups_of_a_process_or_about_one() {
    let elections = |suspect: &str| {
        let run = play(&format!(
            "processes 3\ngroup orders on 1 2 3\ngroup users on 1 3\nat 100ms {suspect}\nuntil 130ms"
        ));
        run.report().groups.iter().map(|group| group.elections).collect::<Vec<_>>()
    };
    assert_eq!(elections("suspect 1"), [1, 1]);
    assert_eq!(elections("suspect 2"), [1, 0]);
    assert_eq!(elections("suspect 1 in users"), [0, 1]);
}

/// The report is a fold over events; here it is made a second time, from the worlds.
#[test]
fn the_report_agrees_with_every_world_of_a_run() {
    for seed in 0..150 {
        let scenario = scenarios::random(seed);
        let run = Run::of(scenario.clone());
        let report = run.report(&Script::of(scenario.clone()));
        for (group, id) in report.groups.iter().zip(scenario.group_ids()) {
            tiles(seed, group, run.end());
            assert_eq!(group.leaders, intervals(&run, id), "random scenario {seed}");
            assert_eq!(group.believed, beliefs(run.head(), id), "random scenario {seed}");
            counts(seed, group, &run, id);
        }
    }
}

fn tiles(seed: u64, group: &GroupReport, end: Time) {
    let spans = &group.leaders;
    assert_eq!(spans[0].from_us, 0, "random scenario {seed}");
    assert_eq!(spans.last().map(|last| last.to_us), Some(end.as_us()), "random scenario {seed}");
    for pair in spans.windows(2) {
        assert_eq!(pair[0].to_us, pair[1].from_us, "random scenario {seed}");
        assert_ne!(pair[0].leaders, pair[1].leaders, "random scenario {seed}");
    }
    let long = |counts: fn(usize) -> bool| {
        let counted = spans.iter().filter(|span| counts(span.leaders.len()));
        counted.map(|span| span.to_us - span.from_us).sum::<u64>()
    };
    assert_eq!(group.leaderless_us, long(|leaders| leaders == 0), "random scenario {seed}");
    assert_eq!(group.split_brain_us, long(|leaders| leaders > 1), "random scenario {seed}");
}

/// Who leads from each instant to the next, asked of the world after each.
fn intervals(run: &Run, group: GroupId) -> Vec<LeaderSpan> {
    let mut instants: Vec<Time> =
        run.events(Time::ZERO, run.end()).iter().map(|event| event.at).collect();
    instants.dedup();
    let mut spans: Vec<LeaderSpan> = Vec::new();
    let mut snapshot = None;
    let starts = std::iter::once(Time::ZERO).chain(instants);
    for at in starts.filter(|&at| at < run.end()) {
        let now = run.snapshot(snapshot.take(), at, hustings::time::Duration::ZERO);
        let leaders = leaders(&now.world, group);
        match spans.last_mut() {
            Some(last) if last.leaders == leaders => {}
            last => {
                last.into_iter().for_each(|last| last.to_us = at.as_us());
                spans.retain(|span| span.to_us > span.from_us);
                spans.push(LeaderSpan { from_us: at.as_us(), to_us: u64::MAX, leaders });
            }
        }
        snapshot = Some(now);
    }
    spans.last_mut().expect("a run is not empty").to_us = run.end().as_us();
    spans
}

fn beliefs(world: &World, group: GroupId) -> BTreeMap<u16, Option<u16>> {
    let members = world.scenario().group(group).members.iter();
    let belief = |&of: &Rank| {
        let leader = world.member(group, of).and_then(|member| member.leader());
        (of.get(), leader.map(Rank::get))
    };
    members.map(belief).collect()
}

fn counts(seed: u64, group: &GroupReport, run: &Run, id: GroupId) {
    let events = run.events(Time::ZERO, run.end());
    let mine = || events.iter().filter(|event| event.group == Some(id));
    let sent = mine().filter(|event| matches!(event.what, EventKind::Sent { .. })).count();
    let lost = mine().filter(|event| matches!(event.what, EventKind::Lost(_))).count();
    let set_out = mine().filter(|event| event.what == EventKind::StartedElection).count();
    assert_eq!(group.messages.total, sent as u64, "random scenario {seed}");
    assert_eq!(group.messages.by_kind.values().sum::<u64>(), sent as u64, "random scenario {seed}");
    assert_eq!(group.messages.lost.values().sum::<u64>(), lost as u64, "random scenario {seed}");
    assert_eq!(group.elections, set_out as u64, "random scenario {seed}");
    assert!(group.unprovoked_changes <= group.changes, "random scenario {seed}");
}

/// The index names the same instants that the events do.
#[test]
fn moments_are_instants_at_which_something_worth_a_jump_happens() {
    let run = play("processes 3\nlatency 10ms\nat 100ms crash 3\nat 200ms suspect 2\nuntil 1s");
    assert_eq!(run.run.index().moments(), [Time::ms(100), Time::ms(200), Time::ms(260)]);
    assert_eq!(
        run.run.index().activity(rank(2)).iter().map(|&count| u64::from(count)).sum::<u64>(),
        2
    );
}
