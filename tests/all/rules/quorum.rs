//! Quorum, rules 1 to 6.

use crate::play::{Played, play};

fn with_majority(more: &str) -> Played {
    play(&format!(
        "processes 5\nquorum majority\ndetector heartbeat every 100ms timeout 350ms\nlatency 10ms\n{more}"
    ))
}

/// Rule 2: "A member that handles `Elected` or `Heartbeat` **sent by** h, and believes h afterwards
/// … sends `Ack` with that stamp to h".
#[test]
fn a_heartbeat_of_the_leader_is_acknowledged() {
    let run = with_majority("until 125ms");
    run.assert_lines(
        &["sent Ack", "received Ack"],
        &[
            "110ms 1 sent Ack 1->5 #1",
            "110ms 2 sent Ack 2->5 #1",
            "110ms 3 sent Ack 3->5 #1",
            "110ms 4 sent Ack 4->5 #1",
            "120ms 5 received Ack 1->5 #1",
            "120ms 5 received Ack 2->5 #1",
            "120ms 5 received Ack 3->5 #1",
            "120ms 5 received Ack 4->5 #1",
        ],
    );
}

/// Rule 2: "… unless a promise to another, or to nobody, binds it".
#[test]
fn a_promise_to_another_holds_an_acknowledgement_back() {
    let run = with_majority(
        "algorithm next-in-line alternates 2
         at 550ms suspect 2
         until 900ms",
    );
    run.assert_lines(
        &[" 4 claims", " 4 leads", "Ack 1->4", " 5 leads", " 5 follows"],
        &[
            "560ms 4 claims to lead",
            "570ms 5 follows 4",
            "870ms 1 sent Ack 1->4 #1",
            "880ms 4 received Ack 1->4 #1",
            "880ms 4 leads",
        ],
    );
}

/// Rule 3: "A member that boots at a recovery … holds a promise to nobody until now + T".
#[test]
fn a_recovered_member_acknowledges_nobody_for_t() {
    let run = with_majority(
        "at 150ms crash 1
         at 420ms recover 1
         until 1s",
    );
    run.assert_lines(
        &[" 1 booted", " 1 sent Ack", " 1 follows"],
        &[
            "110ms 1 sent Ack 1->5 #1",
            "420ms 1 booted",
            "500ms 1 follows 5",
            "810ms 1 sent Ack 1->5 #2",
            "910ms 1 sent Ack 1->5 #3",
        ],
    );
}

/// Rule 3: "At the start with `leader L` everybody else has promised itself to L until T, and L
/// holds the stamp 0 of everybody: it is confirmed until T."
#[test]
fn at_the_start_the_leader_is_confirmed_until_t() {
    let run = with_majority(
        "at 5ms cut 5 -> 1 2 3 4
         until 400ms",
    );
    run.assert_lines(
        &[" 5 ran out timer quorum", " 5 claims"],
        &["350ms 5 ran out timer quorum 5 #1", "350ms 5 claims to lead"],
    );
}

/// Rule 4: "until (the (q − 1)-th newest stamp) + T".
#[test]
fn a_confirmation_ends_t_after_the_stamp_of_the_last_needed_acknowledgement() {
    let run = with_majority(
        "at 410ms crash 1 2 3
         until 800ms",
    );
    run.assert_lines(
        &[" 5 ran out timer quorum", " 5 claims"],
        &["650ms 5 ran out timer quorum 5 #4", "650ms 5 claims to lead"],
    );
}

/// Rule 4: "**confirmed** while a promise of its own to another or to nobody does not bind it"; the
/// timer `quorum` is set "for the first microsecond after that".
#[test]
fn a_promise_of_its_own_to_another_keeps_a_leader_unconfirmed() {
    let run = with_majority(
        "processes 3
         at 510ms crash 3
         at 540ms recover 3
         until 1s",
    );
    run.assert_lines(
        &[" 3 booted", " 3 claims", " 3 ran out timer quorum", " 3 leads", " leads"],
        &[
            "540ms 3 booted",
            "540ms 3 claims to lead",
            "890.001ms 3 ran out timer quorum 3 #6",
            "890.001ms 3 leads",
        ],
    );
}

/// Rule 4: "`q = 1` is always confirmed, promises or not."
#[test]
fn one_is_always_confirmed() {
    let run = play(
        "algorithm next-in-line alternates 2
         processes 3
         quorum 1
         detector heartbeat every 100ms timeout 350ms
         latency 10ms
         at 510ms crash 3
         until 1s",
    );
    run.assert_lines(&[" claims", " leads"], &["860ms 2 leads"]);
}

/// Rule 5: "One that believes that it leads and is not confirmed **claims** … and can be confirmed
/// later."
#[test]
fn a_leader_that_only_claims_is_confirmed_once_promises_to_another_have_ended() {
    let run = with_majority(
        "at 310ms partition 5 | 1 2 3 4
         at 500ms suspect 1
         at 1s heal
         until 1500ms",
    );
    run.assert_lines(
        &[" claims", " leads", " 4 follows", " 5 follows"],
        &[
            "550ms 5 claims to lead",
            "570ms 4 claims to lead",
            "590ms 4 leads",
            "1.01s 4 follows 5",
            "1.42s 5 leads",
        ],
    );
}

/// Rule 5: "It goes on sending heartbeats, drops `suspect`, answers as a leader".
#[test]
fn a_leader_that_only_claims_goes_on_sending_and_drops_suspicions() {
    let run = with_majority(
        "at 310ms partition 5 | 1 2 3 4
         at 800ms suspect 5
         until 920ms",
    );
    run.assert_lines(
        &[" 5 claims", " 5 did", "sent Heartbeat 5->1"],
        &[
            "100ms 5 sent Heartbeat 5->1 #1",
            "200ms 5 sent Heartbeat 5->1 #2",
            "300ms 5 sent Heartbeat 5->1 #3",
            "400ms 5 sent Heartbeat 5->1 #4",
            "500ms 5 sent Heartbeat 5->1 #5",
            "550ms 5 claims to lead",
            "600ms 5 sent Heartbeat 5->1 #6",
            "700ms 5 sent Heartbeat 5->1 #7",
            "800ms 5 did not suspect",
            "800ms 5 sent Heartbeat 5->1 #8",
            "900ms 5 sent Heartbeat 5->1 #9",
        ],
    );
}

/// Rule 6: "A member that begins to lead sends one `Heartbeat` to every other member at once, after
/// all that the algorithm sent".
#[test]
fn a_new_leader_asks_the_higher_ranks_too() {
    let run = with_majority(
        "at 510ms crash 5
         at 600ms suspect 4
         until 665ms",
    );
    run.assert_lines(
        &["660ms 4 "],
        &[
            "660ms 4 ran out timer alive 4 #1",
            "660ms 4 sent Elected 4->1 #1",
            "660ms 4 sent Elected 4->2 #1",
            "660ms 4 sent Elected 4->3 #1",
            "660ms 4 sent Heartbeat 4->1 #1",
            "660ms 4 sent Heartbeat 4->2 #1",
            "660ms 4 sent Heartbeat 4->3 #1",
            "660ms 4 sent Heartbeat 4->5 #1",
            "660ms 4 claims to lead",
        ],
    );
}

/// Price: "n − 1 Acks a heartbeat, and up to T longer until a new leader is confirmed".
#[test]
fn a_failover_costs_one_round_trip_more() {
    let run = with_majority(
        "at 510ms crash 5
         until 2s",
    );
    run.assert_lines(&[" 4 claims", " 4 leads"], &["920ms 4 claims to lead", "940ms 4 leads"]);
}

/// Price: "the side without a majority has no leader".
#[test]
fn the_side_without_a_majority_has_no_leader() {
    let run = with_majority(
        "at 510ms partition 1 2 3 | 4 5
         at 2010ms heal
         until 3500ms",
    );
    run.assert_lines(
        &[" leads", " claims", " 3 follows"],
        &[
            "750ms 5 claims to lead",
            "820ms 3 claims to lead",
            "840ms 3 leads",
            "2.11s 3 follows 5",
            "2.12s 5 leads",
        ],
    );
    assert_eq!(run.report().groups[0].split_brain_us, 0);
}

/// "`quorum N` with N at most half of the group is allowed, with a hint that it does not protect."
#[test]
fn half_of_the_group_does_not_protect() {
    let run = play(
        "processes 5
         quorum 2
         detector heartbeat every 100ms timeout 350ms
         latency 10ms
         at 510ms partition 1 2 3 | 4 5
         until 2s",
    );
    assert_eq!(run.leaders(), [3, 5]);
    assert!(
        run.report().hints.iter().any(|hint| hint.text.contains("quorum")),
        "{:?}",
        run.report().hints
    );
}

/// "*At most one leader at every instant*, whatever crashes, pauses … there are."
#[test]
fn a_long_pause_makes_no_second_leader() {
    let run = with_majority(
        "at 510ms pause 5 for 2s
         until 5s",
    );
    assert_eq!(run.report().groups[0].split_brain_us, 0);
    assert_eq!(run.leaders_at(2_400), [4]);
}

/// "Hint: H plus a round trip must stay below T, else the leadership flickers."
#[test]
fn a_round_trip_that_is_too_long_makes_the_leadership_flicker() {
    let run = play(
        "processes 5
         quorum majority
         detector heartbeat every 100ms timeout 350ms
         latency 140ms
         until 10s",
    );
    let claims = run.short_lines(&["5 claims"]);
    assert!(claims.len() > 50, "{claims:?}");
    assert!(!run.report().hints.is_empty());
}
