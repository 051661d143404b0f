//! Raft with pre-vote and check-quorum, and the partial partition without them.

use super::raft::{raft, raft_with, term};

/// Rule 2: "With pre-vote: become pre-candidate, grants = {itself}, send `PreVoteRequest(term + 1)`
/// to all others".
#[test]
fn with_pre_vote_it_asks_first_and_stays_in_its_term() {
    let run = raft_with(
        "pre-vote",
        "processes 3
         at 550ms suspect 2
         until 555ms",
    );
    run.assert_lines(
        &["550ms"],
        &[
            "550ms 2 suspected",
            "550ms 2 sent PreVoteRequest 2->1 #1",
            "550ms 2 sent PreVoteRequest 2->3 #1",
            "550ms 2 awaits pre-votes",
        ],
    );
    assert_eq!(term(&run, 555, 2), (1, Some(3)));
}

/// Rule 3: "grant iff t > own term … and it **hears no leader** … It changes nothing."
#[test]
fn a_pre_vote_changes_nothing_at_the_one_who_grants_it() {
    let run = raft_with(
        "pre-vote",
        "processes 3
         at 50ms crash 3
         timer heartbeat 1 #1 fires 500ms
         timer heartbeat 2 #1 fires 700ms
         until 515ms",
    );
    run.assert_lines(
        &[" 1 awaits", " 2 "],
        &[
            "500ms 1 awaits pre-votes",
            "510ms 2 received PreVoteRequest 1->2 #1",
            "510ms 2 sent PreVote 2->1 #1",
        ],
    );
    assert_eq!(term(&run, 515, 2), (1, Some(3)));
}

/// Rule 3: "*Hears a leader*: it leads; or it believes a leader and handled rule 7 less than T
/// ago."
#[test]
fn a_member_that_hears_a_leader_refuses_a_pre_vote() {
    let run = raft_with(
        "pre-vote",
        "processes 3
         at 550ms suspect 1
         until 600ms",
    );
    run.assert_lines(
        &["PreVote", " 1 follows"],
        &[
            "550ms 1 sent PreVoteRequest 1->2 #1",
            "550ms 1 sent PreVoteRequest 1->3 #1",
            "560ms 2 received PreVoteRequest 1->2 #1",
            "560ms 2 sent PreVote 2->1 #1",
            "560ms 3 received PreVoteRequest 1->3 #1",
            "560ms 3 sent PreVote 3->1 #1",
            "570ms 1 received PreVote 2->1 #1",
            "570ms 1 received PreVote 3->1 #1",
        ],
    );
    assert_eq!(run.elections(), 0);
}

/// Rule 4: "a majority of grants → stand".
#[test]
fn a_majority_of_pre_votes_makes_a_candidate() {
    let run = raft_with(
        "pre-vote",
        "processes 4
         at 50ms crash 4
         timer heartbeat 2 #1 fires 400ms
         timer heartbeat 1 #1 fires 650ms
         timer heartbeat 3 #1 fires 650ms
         until 425ms",
    );
    run.assert_lines(
        &[" 2 "],
        &[
            "400ms 2 ran out timer heartbeat 2 #1",
            "400ms 2 sent PreVoteRequest 2->1 #1",
            "400ms 2 sent PreVoteRequest 2->3 #1",
            "400ms 2 sent PreVoteRequest 2->4 #1",
            "400ms 2 awaits pre-votes",
            "420ms 2 received PreVote 1->2 #1",
            "420ms 2 received PreVote 3->2 #1",
            "420ms 2 started an election",
            "420ms 2 sent VoteRequest 2->1 #1",
            "420ms 2 sent VoteRequest 2->3 #1",
            "420ms 2 sent VoteRequest 2->4 #1",
            "420ms 2 awaits votes",
        ],
    );
    assert_eq!(term(&run, 425, 2), (2, Some(2)));
}

/// Rule 4: "Refused with a term above its own, at a pre-candidate → *take that term*."
#[test]
fn a_pre_candidate_behind_its_voters_takes_their_term() {
    let run = raft_with(
        "pre-vote",
        "processes 3
         at 210ms cut 1 -- 2 3
         at 400ms crash 3
         at 410ms recover 3
         at 420ms suspect 2
         at 500ms crash 2 3
         at 510ms recover 2
         at 520ms heal
         timer heartbeat 1 #3 fires 600ms
         until 650ms",
    );
    run.assert_lines(
        &[" 1 ran", " 1 awaits", "PreVoteRequest 1->2", "PreVote 2->1", " 2 leads"],
        &[
            "460ms 2 leads",
            "487.427ms 1 ran out timer heartbeat 1 #2",
            "487.427ms 1 sent PreVoteRequest 1->2 #1",
            "487.427ms 2 lost to cut PreVoteRequest 1->2 #1",
            "487.427ms 1 awaits pre-votes",
            "600ms 1 ran out timer heartbeat 1 #3",
            "600ms 1 sent PreVoteRequest 1->2 #2",
            "610ms 2 received PreVoteRequest 1->2 #2",
            "610ms 2 sent PreVote 2->1 #1",
            "620ms 1 received PreVote 2->1 #1",
        ],
    );
    assert_eq!((term(&run, 619, 1), term(&run, 620, 1)), ((1, Some(3)), (2, None)));
}

/// Rule 5: "with check-quorum, one that hears a leader ignores it, without an answer and whatever
/// t".
#[test]
fn with_check_quorum_a_voter_that_hears_a_leader_ignores_the_request() {
    let run = raft_with(
        "check-quorum",
        "processes 3
         at 550ms suspect 1
         until 605ms",
    );
    run.assert_lines(
        &["Vote", " 1 awaits"],
        &[
            "550ms 1 sent VoteRequest 1->2 #1",
            "550ms 1 sent VoteRequest 1->3 #1",
            "550ms 1 awaits votes",
            "560ms 2 received VoteRequest 1->2 #1",
            "560ms 3 received VoteRequest 1->3 #1",
        ],
    );
    run.assert_leaders(&[3]);
    assert_eq!(term(&run, 605, 2).0, 1);
}

/// Rule 8: "at (the newest stamp that a majority, itself included, has acknowledged …) + T it steps
/// down: follower, no leader, same term, arm `heartbeat`".
#[test]
fn with_check_quorum_a_leader_without_a_majority_steps_down() {
    let run = raft_with(
        "check-quorum",
        "processes 3
         at 330ms partition 1 2 | 3
         until 655ms",
    );
    run.assert_lines(
        &[" 3 ran out timer quorum", " 3 believes"],
        &["650ms 3 ran out timer quorum 3 #4", "650ms 3 believes nobody"],
    );
    assert_eq!(term(&run, 655, 3), (1, Some(3)));
}

/// "With check-quorum no two stand side by side for longer than T."
#[test]
fn with_check_quorum_the_older_of_the_two_steps_down_within_t() {
    let run = raft_with(
        "check-quorum",
        "processes 3
         at 310ms partition 1 2 | 3
         until 30s",
    );
    assert!(run.report().groups[0].split_brain_us <= 350_000, "\n{}", run.transcript());
    assert_eq!(run.leaders().len(), 1);
}

/// "With check-quorum alone 3 stays, but 1 stands in vain again and again and its term grows."
#[test]
fn with_check_quorum_alone_1_stands_in_vain_again_and_again() {
    let run = raft_with(
        "check-quorum",
        "processes 3
         at 510ms cut 1--3
         until 30s",
    );
    run.assert_leaders(&[3]);
    assert_eq!(run.report().groups[0].changes, 0);
    assert!(run.elections() > 20);
    assert!(term(&run, 30_000, 1).0 > 20);
    assert_eq!(term(&run, 30_000, 3).0, 1);
}

/// "With pre-vote nothing happens."
#[test]
fn with_pre_vote_nothing_happens() {
    let run = raft_with(
        "pre-vote",
        "processes 3
         at 510ms cut 1--3
         until 30s",
    );
    run.assert_leaders(&[3]);
    assert_eq!((run.elections(), run.report().groups[0].changes), (0, 0));
    assert_eq!(term(&run, 30_000, 1).0, 1);
}

/// "Hint: with check-quorum, H plus a round trip must stay below T."
#[test]
fn a_heartbeat_round_longer_than_the_timeout_makes_a_leader_step_down_again_and_again() {
    let run = raft_with(
        "check-quorum",
        "processes 3
         latency 140ms
         until 30s",
    );
    assert!(run.report().groups[0].changes > 5, "{}", run.report().groups[0].changes);
}

/// "`cut 1--3`, 3 leads, 2 sees both: without either option 1 and 3 depose each other again and
/// again."
#[test]
fn a_partial_partition_deposes_the_leader_again_and_again() {
    let run = raft(
        "processes 3
         at 510ms cut 1--3
         until 30s",
    );
    let group = &run.report().groups[0];
    assert!(group.changes > 10 && group.elections > 10, "{} {}", group.changes, group.elections);
}
