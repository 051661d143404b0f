//! *Terms*: each leadership has one, and the time with two leaders of one term is counted.

use crate::play::{Played, play};

/// From and to in milliseconds, rank and term.
type Leadership = (u64, u64, u16, u32);

/// Each leadership, and how long two leaders are in one term.
fn terms(run: &Played) -> (Vec<Leadership>, Option<u64>) {
    let group = &run.report().groups[0];
    let all = group.leaderships.iter().flatten();
    let all = all.map(|l| (l.from_us / 1_000, l.to_us / 1_000, l.leader, l.term));
    (all.collect(), group.same_term_us.map(|us| us / 1_000))
}

/// Next-in-line, rule 7: each takes the next number after the newest leadership that it knows.
#[test]
fn two_sides_without_their_leader_lead_in_the_same_term() {
    let run = play(
        "algorithm next-in-line alternates 2
         latency 10ms
         at 100ms crash 6
         at 100ms partition 1 2 | 3 4 5
         at 200ms suspect 2 5
         until 1s",
    );
    let (leaderships, same_term) = terms(&run);
    let [(0, 100, 6, 0), (200, 1_000, 5, 1), (since, 1_000, 2, 1)] = *leaderships else {
        panic!("{leaderships:?}\n{}", run.transcript());
    };
    assert_eq!(same_term, Some(1_000 - since));
    assert_eq!(run.report().groups[0].split_brain_us, (1_000 - since) * 1_000);
}

/// Raft: the old leader stands beside the new one in an older term.
#[test]
fn two_leaders_of_raft_are_never_of_one_term() {
    let run = play(
        "algorithm raft
         processes 5
         leader 5
         latency 10ms
         detector heartbeat every 50ms timeout 150ms
         at 100ms partition 4 5 | 1 2 3
         until 2s",
    );
    let (leaderships, same_term) = terms(&run);
    assert_eq!(leaderships[0], (0, 2_000, 5, 1));
    assert!(leaderships.len() > 1 && leaderships[1..].iter().all(|l| l.3 > 1), "{leaderships:?}");
    assert!(run.report().groups[0].split_brain_us > 0);
    assert_eq!(same_term, Some(0));
}

#[test]
fn an_algorithm_without_terms_reports_none() {
    assert_eq!(terms(&play("at 100ms crash 6\nuntil 1s")), (Vec::new(), None));
    let report = play("until 1s").report();
    let json = serde_json::to_value(&report).expect("a report is JSON");
    let group = json["groups"][0].as_object().expect("a group");
    assert!(!group.contains_key("sameTermUs") && !group.contains_key("leaderships"));
}
