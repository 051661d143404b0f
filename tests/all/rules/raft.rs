//! Raft, rules 1 to 8.

use crate::play::{Played, play, rank};

use hustings::election::Election;
use hustings::simulation::EventKind;
use hustings::time::Time;
use hustings::types::GroupId;

pub(super) fn raft(more: &str) -> Played {
    raft_with("", more)
}

pub(super) fn raft_with(options: &str, more: &str) -> Played {
    play(&format!(
        "algorithm raft {options}\ndetector heartbeat every 100ms timeout 350ms\nlatency 10ms\n{more}"
    ))
}

/// The term of a process at this millisecond, and whom it voted for in it.
pub(super) fn term(run: &Played, ms: u64, process: u16) -> (u32, Option<u16>) {
    let world = run.at(ms);
    let member = world.member(GroupId::MAIN, rank(process)).expect("it is a member");
    let durable = match member.election() {
        Election::Raft(raft) => raft.durable(),
        other => panic!("{other:?}"),
    };
    (durable.term, durable.voted.map(|rank| rank.get()))
}

/// Rule 1: "`boot`: follower; arm `heartbeat`."
#[test]
fn a_member_that_boots_waits_as_a_follower() {
    let run = raft(
        "processes 3
         leader none
         timer heartbeat 1 #1 fires 400ms
         timer heartbeat 2 #1 fires 600ms
         timer heartbeat 3 #1 fires 600ms
         until 405ms",
    );
    run.assert_lines(
        &[""],
        &[
            "0ms 1 booted",
            "0ms 2 booted",
            "0ms 3 booted",
            "400ms 1 ran out timer heartbeat 1 #1",
            "400ms 1 started an election",
            "400ms 1 sent VoteRequest 1->2 #1",
            "400ms 1 sent VoteRequest 1->3 #1",
            "400ms 1 awaits votes",
        ],
    );
}

/// "The timer `heartbeat` … is drawn uniformly from [T, 2T] … each time it is set."
#[test]
fn the_election_timeout_lies_between_t_and_2t() {
    for seed in 1..40 {
        let run = raft(&format!("processes 3\nleader none\nseed {seed}\nuntil 705ms"));
        let first = run.events().into_iter().find(|event| event.what == EventKind::StartedElection);
        let at = first.expect("one of them stands").at;
        assert!((Time::ms(350)..=Time::ms(700)).contains(&at), "seed {seed}: {at}");
    }
}

/// Rule 2: "**stand** (this counts): term + 1, vote for itself, candidate … send
/// `VoteRequest(term)` to all others".
#[test]
fn a_follower_that_suspects_its_leader_stands_in_the_next_term() {
    let run = raft(
        "processes 5
         at 550ms crash 5
         at 600ms suspect 2
         until 605ms",
    );
    run.assert_lines(
        &[" 2 suspected", " 2 started an election", " 2 sent Vote", " 2 awaits"],
        &[
            "600ms 2 suspected",
            "600ms 2 started an election",
            "600ms 2 sent VoteRequest 2->1 #1",
            "600ms 2 sent VoteRequest 2->3 #1",
            "600ms 2 sent VoteRequest 2->4 #1",
            "600ms 2 sent VoteRequest 2->5 #1",
            "600ms 2 awaits votes",
        ],
    );
    assert_eq!(term(&run, 605, 2), (2, Some(2)));
    assert_eq!(run.believes_at(605, 2), None);
}

/// Rule 2: "A majority already (n = 1) → go on at once, to stand or to lead."
#[test]
fn a_majority_of_one_is_enough_for_a_process_alone() {
    let run = raft(
        "processes 1
         leader none
         timer heartbeat 1 #1 fires 400ms
         until 405ms",
    );
    run.assert_lines(
        &[""],
        &[
            "0ms 1 booted",
            "400ms 1 ran out timer heartbeat 1 #1",
            "400ms 1 started an election",
            "400ms 1 leads",
        ],
    );
}

/// Rule 5: "t > term → take it. Grant iff t = term and voted is nobody or the sender: voted =
/// sender. Answer `Vote`."
#[test]
fn a_member_votes_in_the_term_of_the_one_that_asks() {
    let run = raft(
        "processes 3
         at 550ms crash 3
         at 600ms suspect 1
         until 615ms",
    );
    run.assert_lines(
        &[" 2 received Vote", " 2 sent Vote"],
        &["610ms 2 received VoteRequest 1->2 #1", "610ms 2 sent Vote 2->1 #1"],
    );
    assert_eq!(term(&run, 609, 2), (1, Some(3)));
    assert_eq!(term(&run, 615, 2), (2, Some(1)));
}

/// Rule 5: "Grant iff t = term and voted is nobody or the sender."
#[test]
fn a_member_that_has_voted_refuses_another_in_that_term() {
    let run = raft(
        "processes 4
         at 550ms crash 4
         at 600ms suspect 1
         at 601ms suspect 2
         until 615ms",
    );
    run.assert_lines(
        &[" 3 received Vote", " 3 sent Vote"],
        &[
            "610ms 3 received VoteRequest 1->3 #1",
            "610ms 3 sent Vote 3->1 #1",
            "611ms 3 received VoteRequest 2->3 #1",
            "611ms 3 sent Vote 3->2 #1",
        ],
    );
    assert_eq!(term(&run, 615, 3), (2, Some(1)));
    let refuses = "It has voted for 1 in term 2 already, so it refuses.";
    assert!(run.transcript().contains(refuses), "{}", run.transcript());
}

/// Rule 5: "Grant iff t = term".
#[test]
fn a_late_request_of_an_older_term_is_refused() {
    let run = raft(
        "processes 3
         at 550ms crash 3
         at 600ms suspect 1
         at 650ms suspect 2
         at 670ms crash 2
         at 671ms recover 2
         at 680ms suspect 2
         message VoteRequest 1->2 #1 arrives 700ms
         until 705ms",
    );
    run.assert_lines(
        &["VoteRequest 1->2", "Vote 2->1"],
        &[
            "600ms 1 sent VoteRequest 1->2 #1",
            "700ms 2 received VoteRequest 1->2 #1",
            "700ms 2 sent Vote 2->1 #1",
        ],
    );
    assert_eq!(term(&run, 705, 2), (3, Some(2)));
}

/// Rule 6: "**lead**: cancel `heartbeat`, set `beat`, send `Heartbeat(term)` to all at once, then
/// each H."
#[test]
fn a_majority_of_votes_leads_and_says_so_at_once() {
    let run = raft(
        "processes 5
         at 550ms crash 5
         at 600ms suspect 2
         until 725ms",
    );
    run.assert_lines(
        &[" 2 leads", " 2 sent Heartbeat", " 2 received Vote"],
        &[
            "620ms 2 received Vote 1->2 #1",
            "620ms 2 received Vote 3->2 #1",
            "620ms 2 sent Heartbeat 2->1 #1",
            "620ms 2 sent Heartbeat 2->3 #1",
            "620ms 2 sent Heartbeat 2->4 #1",
            "620ms 2 sent Heartbeat 2->5 #1",
            "620ms 2 leads",
            "620ms 2 received Vote 4->2 #1",
            "720ms 2 sent Heartbeat 2->1 #2",
            "720ms 2 sent Heartbeat 2->3 #2",
            "720ms 2 sent Heartbeat 2->4 #2",
            "720ms 2 sent Heartbeat 2->5 #2",
        ],
    );
    run.assert_leaders(&[2]);
}

/// Rule 6: "Granted, t = term, at a candidate": with the vote of 3, which is of the term before, 2
/// would have three of five.
#[test]
fn a_late_vote_counts_for_nobody() {
    let run = raft(
        "processes 5
         at 550ms crash 4 5
         at 600ms suspect 2
         at 625ms crash 2
         at 630ms recover 2
         at 640ms suspect 2
         message Vote 1->2 #1 lost
         message Vote 3->2 #1 arrives 645ms
         message Vote 3->2 #2 lost
         until 700ms",
    );
    run.assert_lines(
        &["Vote 1->2", "Vote 3->2", " 2 leads"],
        &[
            "610ms 1 sent Vote 1->2 #1",
            "610ms 2 lost to edit Vote 1->2 #1",
            "610ms 3 sent Vote 3->2 #1",
            "645ms 2 received Vote 3->2 #1",
            "650ms 1 sent Vote 1->2 #2",
            "650ms 3 sent Vote 3->2 #2",
            "650ms 2 lost to edit Vote 3->2 #2",
            "660ms 2 received Vote 1->2 #2",
        ],
    );
}

/// Rule 7: "take t if it is greater; follower, leader = l, heard now; answer `Ack(t, granted,
/// stamp)`, re-arm".
#[test]
fn a_heartbeat_of_a_newer_term_makes_a_follower() {
    let run = raft(
        "processes 3
         at 310ms partition 1 2 | 3
         at 360ms suspect 1
         at 1010ms heal
         until 1100ms",
    );
    run.assert_lines(
        &[" 3 follows", " 3 sent Ack", " 3 received Heartbeat"],
        &["1.09s 3 received Heartbeat 1->3 #8", "1.09s 3 sent Ack 3->1 #1", "1.09s 3 follows 1"],
    );
    assert_eq!(term(&run, 1_100, 3).0, 2);
}

/// Rule 7: "t < term → answer `Ack(term, refused)`"; rule 8: "`Ack(t, …)`: t > term → take it".
#[test]
fn a_heartbeat_of_an_older_term_is_refused_and_its_leader_steps_down() {
    let run = raft(
        "processes 3
         at 310ms partition 1 2 | 3
         at 360ms suspect 1
         at 1065ms heal
         message Heartbeat 1->3 #8 lost
         until 1125ms",
    );
    run.assert_lines(
        &["1.11s 1", "1.12s 3"],
        &[
            "1.11s 1 received Heartbeat 3->1 #11",
            "1.11s 1 sent Ack 1->3 #3",
            "1.12s 3 received Ack 1->3 #3",
            "1.12s 3 believes nobody",
            "1.12s 3 received Ack 2->3 #3",
        ],
    );
    assert_eq!(run.leaders(), [1]);
}

/// "Durable: `term` (0), `voted` (nobody)."
#[test]
fn term_and_vote_survive_a_crash() {
    let run = raft(
        "processes 3
         at 550ms crash 3
         at 600ms suspect 1
         at 640ms crash 2
         at 650ms recover 2
         until 655ms",
    );
    assert_eq!(term(&run, 655, 2), (2, Some(1)));
    assert_eq!(run.believes_at(655, 2), None);
}

/// "Rank decides nothing."
#[test]
fn rank_decides_nothing() {
    let run = raft(
        "processes 5
         at 550ms crash 5
         at 600ms suspect 1
         until 1s",
    );
    run.assert_leaders(&[1]);
}

/// A split vote: "leader none: two stand together", each with its own vote and one more of four, so
/// nobody leads until one of them stands again.
#[test]
fn two_that_stand_together_can_split_the_vote() {
    let run = raft(
        "processes 4
         leader none
         latency 1->3 20ms
         timer heartbeat 1 #1 fires 400ms
         timer heartbeat 2 #1 fires 400ms
         timer heartbeat 3 #1 fires 700ms
         timer heartbeat 4 #1 fires 700ms
         timer heartbeat 1 #2 fires 900ms
         timer heartbeat 2 #2 fires 600ms
         until 700ms",
    );
    run.assert_lines(
        &["started an election", "leads"],
        &[
            "400ms 1 started an election",
            "400ms 2 started an election",
            "600ms 2 started an election",
            "620ms 2 leads",
        ],
    );
}

/// "Without check-quorum two leaders of different terms can stand side by side in a partition for
/// as long as it lasts."
#[test]
fn two_leaders_of_different_terms_stand_side_by_side() {
    let run = raft(
        "processes 3
         at 310ms partition 1 2 | 3
         at 360ms suspect 1
         until 30s",
    );
    assert_eq!(run.leaders(), [1, 3]);
    assert_ne!(term(&run, 30_000, 1).0, term(&run, 30_000, 3).0);
}
