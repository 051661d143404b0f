//! The requests that reach groups: who serves them, who waits, what is lost. By hand where the numbers
//! are easy, and against a slow model of another kind where they are not.

mod model;

use crate::play::{play, rank};
use hustings::report::LoadReport;
use hustings::report::load::LongestQueue;
use hustings::time::Time;
use hustings::types::GroupId;
use model::Model;

/// Requests in millionths.
const ONE: u64 = 1_000_000;

fn load(text: &str, group: usize) -> LoadReport {
    play(text).report().groups[group].load.clone().expect("it has a load")
}

fn adds_up(load: &LoadReport) -> bool {
    let parts = [
        load.served_millionths,
        load.dropped_millionths,
        load.queued_millionths,
        load.waiting_millionths,
    ];
    load.arrived_millionths == parts.iter().sum::<u64>()
}

#[test]
fn without_a_load_there_is_nothing_to_report() {
    let played = play("capacity 100/s\nat 1s crash 6\nuntil 2s\n");
    assert!(played.run.load().is_none());
    assert_eq!(played.report().groups[0].load, None);
}

#[test]
fn one_leader_gets_all_and_what_it_cannot_serve_is_queued() {
    let load = load("load 200/s\ncapacity 150/s\nuntil 2s\n", 0);
    assert_eq!((load.per_second, load.capacity_per_second), (200, Some(150)));
    assert_eq!(load.arrived_millionths, 400 * ONE);
    assert_eq!(load.served_millionths, 300 * ONE);
    assert_eq!(load.queued_millionths, 100 * ONE);
    let longest = LongestQueue { millionths: 100 * ONE, at_us: 2_000_000, process: 6 };
    assert_eq!(load.longest_queue, Some(longest));
    assert_eq!(load.longest_wait_us, 500_000, "a hundred requests are half a second of 200/s");
    assert!(adds_up(&load));
}

#[test]
fn a_crash_drops_the_queue_and_without_a_leader_clients_wait() {
    let text = "load 200/s\ncapacity 150/s\nat 1s crash 6\nuntil 1.5s\n";
    let load = load(text, 0);
    assert_eq!(load.dropped_millionths, 50 * ONE);
    assert_eq!(load.waiting_millionths, 100 * ONE, "nobody notices");
    assert_eq!((load.served_millionths, load.queued_millionths), (150 * ONE, 0));
    assert!(adds_up(&load));
}

#[test]
fn what_waits_goes_to_the_next_leader_at_once() {
    let text = "load 200/s\ncapacity 400/s\nat 100ms crash 6\nat 200ms suspect 5\nuntil 1s\n";
    let played = play(text);
    // 5 asks 6, waits 60 ms in vain and leads at 260 ms: 160 ms of requests have come together.
    let flow = |ms| played.run.load().expect("a load").at(Time::ms(ms));
    let waits = |ms| flow(ms).waiting(GroupId::MAIN) / ONE;
    let queue = |ms| flow(ms).queue(GroupId::MAIN, rank(5)) / ONE;
    assert_eq!((waits(259), queue(259)), (31, 0));
    assert_eq!((waits(260), queue(260)), (0, 32));
    // The half of what it can serve is left for what has waited.
    assert_eq!((queue(340), queue(420)), (16, 0));
    assert_eq!(flow(420).served(GroupId::MAIN), 84 * ONE);
    let load = played.report().groups[0].load.clone().expect("a load");
    assert_eq!(load.longest_wait_us, 160_000);
    assert_eq!(load.dropped_millionths, 0);
}

#[test]
fn without_a_capacity_nothing_is_ever_queued() {
    let load = load("load 200/s\nat 100ms crash 6\nat 200ms suspect 5\nuntil 1s\n", 0);
    assert_eq!(load.served_millionths, 200 * ONE);
    assert_eq!((load.capacity_per_second, load.longest_queue), (None, None));
    assert_eq!(load.longest_wait_us, 160_000);
}

#[test]
fn of_several_leaders_the_highest_gets_all() {
    let text = "
        processes 4
        load 100/s
        capacity 50/s
        at 100ms partition 1 2 | 3 4
        at 200ms suspect 2
        until 1s
    ";
    let played = play(text);
    assert_eq!(played.leaders(), [2, 4]);
    let flow = played.run.load().expect("a load").at(Time::ms(1_000));
    assert_eq!(flow.coming(GroupId::MAIN, rank(4)), 100);
    assert_eq!(flow.coming(GroupId::MAIN, rank(2)), 0);
    assert_eq!(flow.queue(GroupId::MAIN, rank(4)), 50 * ONE);
    assert_eq!(flow.queue(GroupId::MAIN, rank(2)), 0);
}

#[test]
fn a_process_shares_its_capacity_as_the_loads_are_to_each_other() {
    let text = "
        processes 3
        group a on 1 3
        group b on 2 3
        load a 200/s
        load b 100/s
        capacity 150/s
        until 1s
    ";
    let [a, b] = [load(text, 0), load(text, 1)];
    assert_eq!((a.served_millionths, b.served_millionths), (100 * ONE, 50 * ONE));
    assert_eq!((a.queued_millionths, b.queued_millionths), (100 * ONE, 50 * ONE));
}

#[test]
fn a_pause_freezes_the_queue_and_its_end_goes_on_with_it() {
    // Nobody else is there to lead, so its clients wait meanwhile.
    let text = "
        processes 1
        load 200/s
        capacity 100/s
        at 1s pause 1 for 500ms
        until 2s
    ";
    let played = play(text);
    let flow = |ms| played.run.load().expect("a load").at(Time::ms(ms));
    let queue = |ms| flow(ms).queue(GroupId::MAIN, rank(1)) / ONE;
    assert_eq!((queue(1_000), queue(1_499)), (100, 100));
    assert_eq!(flow(1_400).waiting(GroupId::MAIN), 80 * ONE);
    assert_eq!(queue(1_500), 200, "those that waited are queued too");
    assert_eq!(flow(1_500).dropped(GroupId::MAIN), 0);
}

#[test]
fn who_no_longer_leads_works_off_what_it_has_accepted() {
    let text = "
        processes 2
        leader 1
        load 200/s
        capacity 100/s
        at 500ms crash 2
        at 1s recover 2
        until 1.5s
    ";
    let played = play(text);
    let flow = |ms| played.run.load().expect("a load").at(Time::ms(ms));
    assert_eq!(flow(1_000).queue(GroupId::MAIN, rank(1)), 100 * ONE);
    assert_eq!(flow(1_000).coming(GroupId::MAIN, rank(2)), 200, "it boots and leads at once");
    assert_eq!(flow(1_500).queue(GroupId::MAIN, rank(1)), 50 * ONE);
    assert_eq!(flow(1_500).queue(GroupId::MAIN, rank(2)), 50 * ONE);
}

#[test]
fn the_largest_numbers_neither_overflow_nor_lose_anything() {
    let mut text = "processes 2\nuntil 60m\ncapacity 999999/s\n".to_owned();
    for group in 0..16 {
        text += &format!("group g{group} on 1 2\nload g{group} 1000000/s\n");
    }
    let report = play(&text).report();
    for group in &report.groups {
        let load = group.load.as_ref().expect("a load");
        assert_eq!(load.arrived_millionths, 3_600_000_000 * ONE);
        assert!(adds_up(load), "{load:?}");
    }
    let served = report.groups.iter().map(|g| g.load.as_ref().map_or(0, |l| l.served_millionths));
    assert_eq!(served.sum::<u64>(), 999_999 * 3_600 * ONE, "nothing of what it can do is wasted");
}

#[test]
fn a_slow_model_of_another_kind_finds_the_same() {
    for seed in 0..10 {
        let text = model::random(seed);
        let played = play(&text);
        let load = played.run.load().expect("a load");
        let mut model = Model::new(&played.run);
        let ids: Vec<GroupId> = played.run.scenario().group_ids().collect();
        for step in 1..=8 {
            let at = Time::us(played.run.end().as_us() * step / 8);
            model.play(at);
            let flow = load.at(at);
            for &group in &ids {
                let about = |found: u64, wanted: f64, what: &str| {
                    let apart = (found as f64 - wanted).abs();
                    assert!(apart < 2_000.0, "{seed} at {at}: {what} {found}, {wanted}\n{text}");
                };
                about(flow.waiting(group), model.waiting(group), "waiting");
                about(flow.served(group), model.served(group), "served");
                about(flow.dropped(group), model.dropped(group), "dropped");
                for &rank in &played.run.scenario().ranks {
                    about(flow.queue(group, rank), model.queue(group, rank), "queued");
                }
            }
        }
        for (group, report) in ids.iter().zip(played.report().groups) {
            let report = report.load.expect("a load");
            assert!(adds_up(&report), "{seed}: {report:?}\n{text}");
            let longest = report.longest_queue.map_or(0, |queue| queue.millionths) as f64;
            let wanted = model.longest_queue(*group);
            // The model looks at the end of each microsecond too.
            // What waited and is served at once was queued for no time.
            let is_queued = report.capacity_per_second.is_some();
            let apart = (longest - wanted).abs();
            assert!(!is_queued || apart < 4_000.0, "{seed}: {longest}, {wanted}\n{text}");
            let waited = report.longest_wait_us as f64;
            let wanted = model.longest_backlog(*group) / f64::from(report.per_second);
            assert!((waited - wanted).abs() < 20.0, "{seed}: {waited}, {wanted}\n{text}");
        }
    }
}

#[test]
fn any_instant_is_what_flowing_to_it_makes() {
    let text = "
        processes 3
        detector heartbeat every 20ms timeout 50ms
        latency 1ms
        wait alive 3ms
        wait elected 5ms
        load 700/s
        capacity 900/s
        at 100ms flap 3 down 60ms up 90ms until 100s
        until 2m
    ";
    let played = play(text);
    let load = played.run.load().expect("a load");
    // Far more changes than instants that are kept.
    assert!(played.report().groups[0].leaders.len() > 1_200);
    let mut before = (0, 0);
    for ms in (0..120_000).step_by(777) {
        let flow = load.at(Time::ms(ms));
        let group = GroupId::MAIN;
        let open = flow.queued(group) + flow.waiting(group);
        let done = flow.served(group) + flow.dropped(group);
        assert_eq!(open + done, 700 * 1_000 * ms, "at {ms} ms");
        assert!((flow.served(group), flow.dropped(group)) >= before);
        before = (flow.served(group), flow.dropped(group));
    }
}
