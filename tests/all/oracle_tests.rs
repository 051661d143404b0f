//! The oracle itself: the figures and formulas of the rules, and the orders that are easily got wrong.

use crate::oracle::play;
use hustings::choice::{MessageId, TimerId};
use hustings::election::{Algorithm, Succession};
use hustings::member::Detector;
use hustings::scenario::{
    Fault, Group, Latency, Link, Links, MessageOverride, Override, Rate, Scenario, ScenarioParts,
    TimelineEntry,
};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank, TimerKind};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn rank(rank: u16) -> Rank {
    Rank::new(rank).expect("no rank is 0")
}

fn at(ms: u64, fault: Fault) -> TimelineEntry {
    TimelineEntry::at(Time::ms(ms), fault)
}

fn crash(ms: u64, process: u16) -> TimelineEntry {
    at(ms, Fault::Crash(vec![rank(process)]))
}

fn recover(ms: u64, process: u16) -> TimelineEntry {
    at(ms, Fault::Recover(vec![rank(process)]))
}

fn suspect(ms: u64, process: u16) -> TimelineEntry {
    at(ms, Fault::Suspect { processes: vec![rank(process)], group: None })
}

fn pause(ms: u64, process: u16, span: u64) -> TimelineEntry {
    at(ms, Fault::Pause { processes: vec![rank(process)], span: Duration::ms(span) })
}

fn message(kind: MessageKind, from: u16, to: u16, fate: MessageOverride) -> Override {
    let (from, to) = (rank(from), rank(to));
    let name = MessageId { group: GroupId::MAIN, kind, from, to, nth: 1, copy: false };
    Override::Message { name, fate }
}

/// Ranks 1 to `count`, led by the highest.
fn processes(count: u16) -> ScenarioParts {
    let ranks: Vec<Rank> = (1..=count).map(rank).collect();
    ScenarioParts {
        groups: vec![Group::main(&ranks, Some(rank(count)))],
        ranks,
        ..ScenarioParts::default()
    }
}

/// Every message takes exactly 10 ms, so that a log can be written down.
fn exact(count: u16) -> ScenarioParts {
    let mut parts = processes(count);
    parts.network.latency = Latency::new(Duration::ms(10), Duration::ms(10)).expect("in order");
    parts
}

fn log(parts: ScenarioParts) -> Vec<String> {
    play(&Scenario::new(parts).expect("it is valid"))
}

/// The log with its instants in milliseconds, as far as they are whole.
fn assert_log(parts: ScenarioParts, expected: &[&str]) {
    let log: Vec<String> = log(parts).iter().map(|line| line.replacen("000 ", " ", 1)).collect();
    assert_eq!(log, expected);
}

fn sent(log: &[String], what: &str) -> usize {
    log.iter().filter(|line| line.contains(&format!(" sent g0 {what}"))).count()
}

/// Whom a process last came to believe.
fn believes(log: &[String], process: u16) -> Option<u16> {
    log.iter().rev().find_map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let of = process.to_string();
        match words[1..] {
            ["leads", _, rank] if rank == of => Some(process),
            ["follows", _, rank, leader] if rank == of => leader.parse().ok(),
            _ => None,
        }
    })
}

fn next_in_line(alternates: &[u16]) -> Algorithm {
    Algorithm::NextInLine(Succession::List(alternates.iter().copied().map(rank).collect()))
}

#[test]
fn the_figure_of_bully() {
    let log = log(ScenarioParts {
        timeline: vec![crash(100, 6), suspect(200, 3)],
        ..ScenarioParts::default()
    });
    let counts = ["Election", "Alive", "Proceed", "Elected", ""].map(|kind| sent(&log, kind));
    assert_eq!(counts, [3, 2, 1, 4, 10], "{log:#?}");
    assert_eq!([1, 2, 3, 4, 5].map(|rank| believes(&log, rank)), [Some(5); 5]);
    assert!(log.iter().any(|line| line.ends_with("lost g0 Election 3->6 #1 crashed")));
}

#[test]
fn the_figure_of_next_in_line() {
    let algorithm = Algorithm::NextInLine(Succession::Highest(2));
    let timeline = vec![crash(100, 6), suspect(200, 3)];
    let log = log(ScenarioParts { algorithm, timeline, ..ScenarioParts::default() });
    let counts = ["Election", "Alive", "Elected", ""].map(|kind| sent(&log, kind));
    assert_eq!(counts, [1, 1, 5, 7], "{log:#?}");
    assert_eq!([1, 2, 3, 4, 5].map(|rank| believes(&log, rank)), [Some(5); 5]);
}

#[test]
fn bully_costs_what_its_formula_says() {
    for n in 2..=9 {
        for k in 1..n {
            let timeline = vec![crash(100, n), suspect(200, k)];
            let log = log(ScenarioParts { timeline, ..processes(n) });
            let expected = if k == n - 1 { n - 1 } else { 3 * n - 2 * k - 2 };
            assert_eq!(sent(&log, ""), usize::from(expected), "{n} processes, {k} detects");
            assert_eq!(believes(&log, 1), Some(n - 1));
        }
    }
}

#[test]
fn textbook_bully_costs_what_its_formulas_say() {
    let algorithm = Algorithm::BullyTextbook;
    for n in 2..=9 {
        for k in 1..n {
            let timeline = vec![crash(100, n), suspect(200, k)];
            let log = log(ScenarioParts { algorithm: algorithm.clone(), timeline, ..processes(n) });
            assert_eq!(sent(&log, ""), usize::from((n - k).pow(2) + n - 2), "{n}, {k} detects");
        }
        let all = Fault::Suspect { processes: (1..n).map(rank).collect(), group: None };
        let timeline = vec![crash(100, n), at(200, all)];
        let log = log(ScenarioParts { algorithm: algorithm.clone(), timeline, ..processes(n) });
        assert_eq!(sent(&log, ""), usize::from(n * n - n - 1), "{n}, all detect");
    }
}

#[test]
fn next_in_line_costs_what_its_formulas_say() {
    for (n, detector, down, expected) in
        [(6, 3, 0, 7), (6, 3, 1, 8), (6, 5, 0, 5), (6, 4, 1, 6), (8, 1, 1, 10), (8, 6, 1, 8)]
    {
        let mut timeline: Vec<TimelineEntry> =
            (n - down..=n).map(|rank| crash(100, rank)).collect();
        timeline.push(suspect(200, detector));
        let algorithm = next_in_line(&[n - 1, n - 2]);
        let log = log(ScenarioParts { algorithm, timeline, ..processes(n) });
        assert_eq!(sent(&log, ""), expected, "{n} processes, {detector} detects, {down} down");
    }
}

/// Rule 7: a detector that heads its own walk has replaced the leader that the walk leaves out.
#[test]
fn a_new_leader_does_not_name_the_one_it_replaced() {
    let algorithm = Algorithm::NextInLine(Succession::Highest(2));
    let timeline =
        vec![crash(100, 6), suspect(200, 5), recover(300, 6), crash(400, 5), suspect(500, 1)];
    let log = log(ScenarioParts { algorithm, timeline, ..ScenarioParts::default() });
    assert_eq!(sent(&log, "Election 1->4"), 1, "{log:#?}");
    assert_eq!(sent(&log, "Election"), 1, "{log:#?}");
}

#[test]
fn a_late_proceed_leaves_two_leaders() {
    let timeline = vec![crash(100, 3), suspect(110, 1), recover(180, 3)];
    let edits = vec![message(MessageKind::Proceed, 1, 2, MessageOverride::Arrives(Time::ms(400)))];
    let log = log(ScenarioParts { timeline, overrides: edits, ..processes(3) });
    let believed = [1, 2, 3].map(|rank| believes(&log, rank));
    assert_eq!(believed, [Some(2), Some(2), Some(3)], "{log:#?}");
}

#[test]
fn who_starts_without_a_leader_boots_after_the_faults_of_instant_0() {
    let mut parts = exact(2);
    parts.groups[0].leader = None;
    parts.timeline = vec![crash(0, 2), suspect(0, 1), recover(5, 2)];
    assert_log(
        parts,
        &[
            "0 crashed 2",
            "0 elects g0 1",
            "0 sent g0 Election 1->2 #1",
            "5 recovered 2",
            "5 elects g0 2",
            "5 sent g0 Elected 2->1 #1",
            "5 leads g0 2",
            "10 received g0 Election 1->2 #1",
            "10 sent g0 Alive 2->1 #1",
            "15 received g0 Elected 2->1 #1",
            "15 follows g0 1 2",
            "20 received g0 Alive 2->1 #1",
        ],
    );
}

#[test]
fn the_textbook_leader_that_is_asked_elects_before_all_that_it_sends() {
    let parts = ScenarioParts {
        algorithm: Algorithm::BullyTextbook,
        timeline: vec![suspect(5, 1)],
        ..exact(2)
    };
    assert_log(
        parts,
        &[
            "5 elects g0 1",
            "5 sent g0 Election 1->2 #1",
            "15 received g0 Election 1->2 #1",
            "15 elects g0 2",
            "15 sent g0 Alive 2->1 #1",
            "15 sent g0 Elected 2->1 #1",
            "25 received g0 Alive 2->1 #1",
            "25 received g0 Elected 2->1 #1",
            "25 follows g0 1 2",
        ],
    );
}

/// `Elected` waits before the wait for `Alive` that ran out meanwhile, and so cancels it.
#[test]
fn what_waited_for_a_pause_happens_in_its_order_at_the_end() {
    let timeline = vec![suspect(5, 1), pause(6, 1, 100), pause(7, 1, 20), pause(8, 1, 200)];
    let parts = ScenarioParts { algorithm: Algorithm::BullyTextbook, timeline, ..exact(2) };
    assert_log(
        parts,
        &[
            "5 elects g0 1",
            "5 sent g0 Election 1->2 #1",
            "6 paused 1",
            "8 paused 1",
            "15 received g0 Election 1->2 #1",
            "15 elects g0 2",
            "15 sent g0 Alive 2->1 #1",
            "15 sent g0 Elected 2->1 #1",
            "208 resumed 1",
            "208 received g0 Alive 2->1 #1",
            "208 received g0 Elected 2->1 #1",
            "208 follows g0 1 2",
        ],
    );
}

#[test]
fn what_waited_is_lost_when_the_paused_process_crashes() {
    let cut = Fault::Cut(Links { from: vec![rank(1)], to: vec![rank(2)], both: true });
    let timeline = vec![pause(1, 2, 100), suspect(5, 1), at(16, cut), crash(20, 2), suspect(90, 1)];
    let edits = vec![message(MessageKind::Election, 1, 2, MessageOverride::Duplicated)];
    let mut parts =
        ScenarioParts { timeline, overrides: edits, until: Some(Time::ms(90)), ..exact(2) };
    parts.network.latency_of.insert(
        Link { from: rank(1), to: rank(2) },
        Latency::new(Duration::ms(10), Duration::ms(10)).expect("in order"),
    );
    assert_log(
        parts,
        &[
            "1 paused 2",
            "5 elects g0 1",
            "5 sent g0 Election 1->2 #1",
            "20 crashed 2",
            "20 lost g0 Election 1->2 #1 crashed",
            "20 lost g0 Election 1->2 #1 copy crashed",
            "65 timeout g0 alive 1 #1",
            "65 leads g0 1",
        ],
    );
}

#[test]
fn a_lost_message_may_still_have_a_copy_and_a_cut_one_has_none() {
    let cut = Fault::Cut(Links { from: vec![rank(1)], to: vec![rank(3)], both: false });
    let timeline = vec![at(1, cut), suspect(5, 1)];
    let edits = vec![
        message(MessageKind::Election, 1, 2, MessageOverride::Lost),
        message(MessageKind::Election, 1, 2, MessageOverride::Duplicated),
        message(MessageKind::Election, 1, 3, MessageOverride::Duplicated),
    ];
    let until = Some(Time::ms(15));
    assert_log(
        ScenarioParts { timeline, overrides: edits, until, ..exact(3) },
        &[
            "5 elects g0 1",
            "5 sent g0 Election 1->2 #1",
            "5 lost g0 Election 1->2 #1 edit",
            "5 sent g0 Election 1->3 #1",
            "5 lost g0 Election 1->3 #1 cut",
            "15 received g0 Election 1->2 #1 copy",
            "15 sent g0 Alive 2->1 #1",
        ],
    );
}

#[test]
fn a_timer_fires_when_an_edit_says_so_and_a_beat_precedes_its_heartbeats() {
    let timer = TimerId { group: GroupId::MAIN, timer: TimerKind::Heartbeat, of: rank(1), nth: 1 };
    let edits = vec![Override::Timer { name: timer, fires: Time::ms(30) }];
    let detector = Detector::Heartbeat { every: Duration::ms(35), timeout: Duration::ms(100) };
    let until = Some(Time::ms(45));
    assert_log(
        ScenarioParts {
            algorithm: next_in_line(&[1]),
            detector,
            overrides: edits,
            until,
            ..exact(2)
        },
        &[
            "30 timeout g0 heartbeat 1 #1",
            "30 elects g0 1",
            "30 sent g0 Elected 1->2 #1",
            "30 leads g0 1",
            "35 timeout g0 beat 2 #1",
            "35 sent g0 Heartbeat 2->1 #1",
            // The newer leadership wins (rule 6), and one that leads answers the older.
            "40 received g0 Elected 1->2 #1",
            "40 follows g0 2 1",
            "45 received g0 Heartbeat 2->1 #1",
            "45 sent g0 Elected 1->2 #2",
        ],
    );
}

#[test]
fn in_order_a_message_waits_for_the_one_before_unless_an_edit_moves_it() {
    let every = |fate| {
        let timeline = vec![suspect(0, 1), crash(1, 1), recover(2, 1)];
        let edits = vec![message(MessageKind::Election, 1, 2, fate)];
        let mut parts =
            ScenarioParts { timeline, overrides: edits, until: Some(Time::ms(50)), ..exact(2) };
        parts.network.fifo = true;
        let log = log(parts);
        let arrivals = log.iter().filter(|line| line.contains("received g0 Election"));
        arrivals.map(|line| line.split(' ').next().expect("an instant").to_owned()).collect()
    };
    let arrivals: Vec<String> = every(MessageOverride::Delayed(Duration::ms(20)));
    assert_eq!(arrivals, ["30000", "30000"]);
    let arrivals: Vec<String> = every(MessageOverride::Arrives(Time::ms(3)));
    assert_eq!(arrivals, ["3000", "12000"]);
}

#[test]
fn what_is_always_lost_and_always_duplicated_is_lost_twice() {
    let mut parts = ScenarioParts { timeline: vec![suspect(5, 1)], ..exact(2) };
    parts.network.loss = Rate::ALWAYS;
    parts.network.duplicate = Rate::ALWAYS;
    parts.until = Some(Time::ms(5));
    assert_log(
        parts,
        &[
            "5 elects g0 1",
            "5 sent g0 Election 1->2 #1",
            "5 lost g0 Election 1->2 #1 loss",
            "5 lost g0 Election 1->2 #1 copy loss",
        ],
    );
}

/// Any faults of four processes in two groups.
fn anything() -> impl Strategy<Value = ScenarioParts> {
    let entry =
        (0..400_u64, 0..10_u8, 1..5_u16, 0..120_u64).prop_map(|(ms, what, process, span)| {
            let links =
                |both| Links { from: vec![rank(process)], to: vec![rank(process % 4 + 1)], both };
            match what {
                0 | 1 => crash(ms, process),
                2 | 3 => recover(ms, process),
                4 | 5 => suspect(ms, process),
                6 | 7 => pause(ms, process, span),
                8 => at(ms, Fault::Cut(links(span % 2 == 0))),
                _ => at(ms, Fault::Heal((span % 2 == 0).then(|| links(true)))),
            }
        });
    let algorithm = prop_oneof![
        Just(Algorithm::Bully),
        Just(Algorithm::BullyTextbook),
        Just(Algorithm::NextInLine(Succession::Highest(2))),
        Just(next_in_line(&[1, 3])),
    ];
    let timeline = prop::collection::vec(entry, 0..20);
    (algorithm, timeline, any::<[bool; 4]>(), any::<u64>()).prop_map(
        |(algorithm, timeline, [heartbeats, fifo, led, noisy], seed)| {
            let group = |name: &str, members: &[u16]| Group {
                name: name.to_owned(),
                members: members.iter().copied().map(rank).collect(),
                leader: led.then(|| rank(3)),
                load: None,
            };
            let groups = vec![group("a", &[1, 2, 3, 4]), group("b", &[1, 3])];
            let mut parts = ScenarioParts { algorithm, timeline, seed, groups, ..processes(4) };
            parts.until = Some(Time::ms(1_000));
            parts.network.fifo = fifo;
            if heartbeats {
                let (every, timeout) = (Duration::ms(50), Duration::ms(120));
                parts.detector = Detector::Heartbeat { every, timeout };
            }
            if noisy {
                parts.network.loss = Rate::ppm(100_000).expect("a tenth");
                parts.network.duplicate = Rate::ppm(200_000).expect("a fifth");
            }
            parts
        },
    )
}

proptest! {
    #[test]
    fn time_ascends_and_what_is_sent_ends_at_most_once(parts in anything()) {
        let fifo = parts.network.fifo;
        let log = log(parts);
        let instant = |line: &String| line.split(' ').next().and_then(|us| us.parse::<u64>().ok());
        prop_assert!(log.is_sorted_by_key(|line| instant(line).expect("an instant")));
        let (mut sent, mut ended) = (BTreeSet::new(), BTreeSet::new());
        for line in &log {
            let words: Vec<&str> = line.split(' ').collect();
            let name = words[2..].iter().take(4).copied().collect::<Vec<_>>();
            match words[1] {
                "sent" => prop_assert!(sent.insert(name), "{line}"),
                "received" | "lost" => {
                    prop_assert!(sent.contains(&name[..4]), "{line}");
                    let copy = words.get(6) == Some(&"copy");
                    prop_assert!(ended.insert((name, copy)), "{line}");
                }
                _ => {}
            }
        }
        // Originals of one kind on one link arrive in the order of their numbers.
        let mut last = BTreeMap::new();
        for line in log.iter().filter(|line| fifo && line.contains(" received ")) {
            let (name, nth) = line.rsplit_once('#').expect("a number");
            let kind_on_link = name.split_once(' ').expect("an instant").1;
            if let Ok(nth) = nth.parse::<u32>() {
                prop_assert!(last.insert(kind_on_link.to_owned(), nth) < Some(nth), "{line}");
            }
        }
    }
}
