//! Next-in-line failover: its known failures, and what it does better than bully.

use crate::play::{play, rank};
use hustings::types::GroupId;

/// "A false timeout on the first in line makes both first and second lead, until they hear of each
/// other."
#[test]
fn a_false_timeout_on_the_first_in_line_makes_two_lead() {
    let run = play(
        "algorithm next-in-line alternates 2
         latency 10ms
         at 100ms crash 6
         at 200ms suspect 1
         message Election 1->5 #1 arrives 262ms
         until 2s",
    );
    assert_eq!(run.leaders_at(271), [4, 5], "\n{}", run.transcript());
    run.assert_leaders(&[5]);
}

/// "Different members may hold different alternates."
#[test]
fn different_members_may_hold_different_alternates() {
    let run = play(
        "algorithm next-in-line alternates 2
         latency 10ms
         at 100ms crash 6
         at 200ms suspect 3
         message Elected 5->1 #1 lost
         until 2s",
    );
    let world = run.at(2_000);
    let line = |of| {
        let member = world.member(GroupId::MAIN, rank(of)).expect("it is a member");
        let leadership = member.election().leadership().expect("it has terms");
        leadership.alternates.iter().map(|r| r.get()).collect::<Vec<_>>()
    };
    assert_eq!([line(1), line(2)], [vec![5, 4], vec![4, 3]]);
}

/// "A false suspicion takes the lead from a healthy leader."
#[test]
fn a_false_suspicion_takes_the_lead_from_a_healthy_leader() {
    let run = play("algorithm next-in-line alternates 2\nat 100ms suspect 1\nuntil 2s");
    run.assert_leaders(&[5]);
    let group = &run.report().groups[0];
    assert_eq!((group.changes, group.unprovoked_changes), (1, 1));
    // In bully it takes nothing: the leader answers, and says that it leads.
    play("at 100ms suspect 1\nuntil 2s").assert_leaders(&[6]);
}

/// "With `detector scripted` a recovered process stays without a leader until somebody announces
/// one."
#[test]
fn a_recovered_process_stays_without_a_leader_until_somebody_announces_one() {
    let run = play(
        "algorithm next-in-line alternates 2
         at 100ms crash 1
         at 150ms recover 1
         at 30s suspect 2
         until 1m",
    );
    assert_eq!(run.believes_at(29_999, 1), None);
    assert_eq!(run.believes_at(31_000, 1), Some(5));
}

/// One cut link: "next-in-line settles after one election".
#[test]
fn one_cut_link_costs_one_election() {
    let run = play(
        "algorithm next-in-line alternates 2
         detector heartbeat every 100ms timeout 350ms
         at 100ms cut 3--6
         until 30s",
    );
    assert_eq!(run.elections(), 1, "\n{}", run.transcript());
    run.assert_leaders(&[5]);
}

/// The unstable highest rank of bully is a single change here.
#[test]
fn an_unstable_highest_rank_costs_one_change() {
    let run = play(
        "algorithm next-in-line alternates 2
         detector heartbeat every 100ms timeout 350ms
         at 1s flap 6 down 1s up 1s
         until 60s",
    );
    assert_eq!(run.report().groups[0].changes, 1, "\n{}", run.transcript());
}
