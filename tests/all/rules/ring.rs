//! Ring, rules 1 to 7.

use crate::play::{Played, play};

use hustings::types::MessageKind;
fn ring(more: &str) -> Played {
    play(&format!("algorithm ring\nlatency 10ms\n{more}"))
}

/// Rule 1: "forget the leader; started; hand on `Election{starter: itself, alive: [itself]}`"; rule
/// 2: "send to the successor, wait `alive`".
#[test]
fn a_member_that_suspects_its_leader_hands_an_election_to_its_successor() {
    let run = ring(
        "at 100ms crash 6
         at 200ms suspect 3
         until 205ms",
    );
    run.assert_lines(
        &[" 3 "],
        &[
            "200ms 3 suspected",
            "200ms 3 started an election",
            "200ms 3 sent Election 3->4 #1",
            "200ms 3 awaits Alive",
        ],
    );
    assert_eq!(run.believes_at(205, 3), None);
}

/// Rule 1: "`boot` (every one): **start** (this counts)".
#[test]
fn every_process_that_boots_starts_an_election() {
    let run = ring(
        "processes 3
         leader none
         until 5ms",
    );
    run.assert_lines(
        &["booted", "started an election", "sent"],
        &[
            "0ms 1 booted",
            "0ms 1 started an election",
            "0ms 1 sent Election 1->2 #1",
            "0ms 2 booted",
            "0ms 2 started an election",
            "0ms 2 sent Election 2->3 #1",
            "0ms 3 booted",
            "0ms 3 started an election",
            "0ms 3 sent Election 3->1 #1",
        ],
    );
    assert_eq!(run.elections(), 3);
}

/// "The successor of a rank is the next higher, that of the highest the lowest."
#[test]
fn the_successor_of_the_highest_is_the_lowest() {
    let run = ring(
        "processes 3
         at 200ms suspect 2
         until 215ms",
    );
    run.assert_lines(
        &["sent Election"],
        &["200ms 2 sent Election 2->3 #1", "210ms 3 sent Election 3->1 #1"],
    );
}

/// Rule 2: "`alive` runs out → the successor after that one, and so on".
#[test]
fn a_successor_that_does_not_answer_is_skipped() {
    let run = ring(
        "at 100ms crash 4 5 6
         at 200ms suspect 3
         until 400ms",
    );
    run.assert_lines(
        &[" 3 ran", " 3 sent Election"],
        &[
            "200ms 3 sent Election 3->4 #1",
            "260ms 3 ran out timer alive 3 #1",
            "260ms 3 sent Election 3->5 #1",
            "320ms 3 ran out timer alive 3 #2",
            "320ms 3 sent Election 3->6 #1",
            "380ms 3 ran out timer alive 3 #3",
            "380ms 3 sent Election 3->1 #1",
        ],
    );
}

/// Rule 2: "back at itself: an `Election` of its own that is under way → rule 5 with {itself}".
#[test]
fn a_process_that_nobody_answers_leads_alone() {
    let run = ring(
        "processes 4
         at 100ms crash 1 2 4
         at 200ms suspect 3
         until 2s",
    );
    run.assert_lines(
        &[" 3 "],
        &[
            "200ms 3 suspected",
            "200ms 3 started an election",
            "200ms 3 sent Election 3->4 #1",
            "200ms 3 awaits Alive",
            "260ms 3 ran out timer alive 3 #1",
            "260ms 3 sent Election 3->1 #1",
            "320ms 3 ran out timer alive 3 #2",
            "320ms 3 sent Election 3->2 #1",
            "380ms 3 ran out timer alive 3 #3",
            "380ms 3 leads",
        ],
    );
}

/// Rule 2: "back at itself: … anything else is dropped".
#[test]
fn a_message_of_another_that_nobody_takes_is_dropped() {
    let run = ring(
        "processes 3
         at 100ms crash 3
         at 200ms suspect 1
         at 205ms crash 1
         until 500ms",
    );
    run.assert_lines(
        &[" 2 "],
        &[
            "210ms 2 received Election 1->2 #1",
            "210ms 2 sent Alive 2->1 #1",
            "210ms 2 sent Election 2->3 #1",
            "210ms 2 awaits Alive",
            "270ms 2 ran out timer alive 2 #1",
            "270ms 2 sent Election 2->1 #1",
            "330ms 2 ran out timer alive 2 #2",
        ],
    );
}

/// Rule 2: "A second message to hand on while one waits queues behind it, in order."
#[test]
fn a_second_message_waits_until_the_first_is_answered() {
    let run = ring(
        "processes 4
         at 180ms suspect 3
         at 195ms suspect 1
         until 218ms",
    );
    run.assert_lines(
        &[" 1 "],
        &[
            "195ms 1 suspected",
            "195ms 1 started an election",
            "195ms 1 sent Election 1->2 #1",
            "195ms 1 awaits Alive",
            "200ms 1 received Election 4->1 #1",
            "200ms 1 sent Alive 1->4 #1",
            "215ms 1 received Alive 2->1 #1",
            "215ms 1 sent Election 1->2 #2",
        ],
    );
}

/// Rule 3: "Answer `Alive` to p. s is itself → the lap is over: rule 5"; rule 5: "another → hands
/// on".
#[test]
fn the_first_lap_that_comes_back_is_over() {
    let run = ring(
        "processes 4
         at 100ms crash 4
         at 200ms suspect 1
         until 295ms",
    );
    run.assert_lines(
        &[" 1 "],
        &[
            "200ms 1 suspected",
            "200ms 1 started an election",
            "200ms 1 sent Election 1->2 #1",
            "200ms 1 awaits Alive",
            "220ms 1 received Alive 2->1 #1",
            "290ms 1 received Election 3->1 #1",
            "290ms 1 sent Alive 1->3 #1",
            "290ms 1 sent Elected 1->2 #1",
            "290ms 1 follows 3",
        ],
    );
}

/// Rule 3: "s is itself → the lap is over: rule 5 (even if its election has ended)."
#[test]
fn a_lap_that_is_over_is_announced_even_if_its_election_has_ended() {
    let run = ring(
        "processes 3
         detector heartbeat every 100ms timeout 350ms
         at 205ms suspect 1
         message Election 3->1 #1 arrives 330ms
         message Election 1->2 #1 arrives 310ms
         message Alive 2->1 #1 arrives 250ms
         until 400ms",
    );
    run.assert_lines(
        &[
            " 1 started an election",
            " 1 follows",
            "1 received Election 3->1 #1",
            "sent Elected 1->3",
        ],
        &[
            "205ms 1 started an election",
            "210ms 1 follows 3",
            "330ms 1 received Election 3->1 #1",
            "330ms 1 sent Elected 1->3 #1",
        ],
    );
}

/// Rule 3: "It has started and s is lower than itself → swallow it."
#[test]
fn a_starter_stops_the_election_of_a_lower_one() {
    let run = ring(
        "processes 4
         at 100ms crash 4
         at 200ms suspect 1 3
         until 2s",
    );
    run.assert_lines(
        &[" 3 received Election", " 3 sent Election", " 1 received Election", " leads"],
        &[
            "200ms 3 sent Election 3->4 #1",
            "220ms 3 received Election 2->3 #1",
            "260ms 3 sent Election 3->1 #1",
            "270ms 1 received Election 3->1 #1",
            "290ms 3 received Election 2->3 #2",
            "290ms 3 leads",
        ],
    );
    assert_eq!(run.elections(), 2);
}

/// Rule 3: "It stands in `alive` already → swallow it."
#[test]
fn an_election_that_has_passed_a_process_already_ends_there() {
    let run = ring(
        "processes 3
         at 100ms suspect 1
         at 125ms crash 1
         until 200ms",
    );
    run.assert_lines(
        &[" 2 received Election", " 2 sent"],
        &[
            "110ms 2 received Election 1->2 #1",
            "110ms 2 sent Alive 2->1 #1",
            "110ms 2 sent Election 2->3 #1",
            "190ms 2 received Election 3->2 #1",
            "190ms 2 sent Alive 2->3 #1",
        ],
    );
}

/// Rule 3: "Else **join**: forget the leader (a leader steps down) … add itself, hand on".
#[test]
fn a_leader_that_joins_an_election_steps_down() {
    let run = ring(
        "processes 3
         at 200ms suspect 2
         until 215ms",
    );
    run.assert_lines(
        &[" 3 "],
        &[
            "210ms 3 received Election 2->3 #1",
            "210ms 3 sent Alive 3->2 #1",
            "210ms 3 sent Election 3->1 #1",
            "210ms 3 awaits Alive",
        ],
    );
    assert!(run.leaders().is_empty());
}

/// Rule 3: "unless it has started, set `elected`"; rule 4: "… or at one that joined → start".
#[test]
fn a_process_that_joined_starts_an_election_if_no_elected_comes() {
    let run = ring(
        "processes 3
         at 200ms suspect 1
         at 215ms crash 1
         until 1s",
    );
    run.assert_lines(
        &[" 2 ran", " 3 ran", "started an election", " leads"],
        &[
            "200ms 1 started an election",
            "280ms 3 ran out timer alive 3 #1",
            "660ms 2 ran out timer elected 2 #1",
            "660ms 2 started an election",
            "670ms 3 ran out timer elected 3 #1",
            "670ms 3 started an election",
            "730ms 3 ran out timer alive 3 #3",
            "750ms 3 leads",
        ],
    );
}

/// Rule 6: "answer `Alive` to p; s is itself → done. Else adopt l (lead, if itself) and hand on".
#[test]
fn the_second_lap_goes_round_once_and_ends_at_its_starter() {
    let run = ring(
        "processes 4
         at 100ms crash 4
         at 200ms suspect 1
         until 2s",
    );
    run.assert_lines(
        &["Elected", "follows", "leads"],
        &[
            "290ms 1 sent Elected 1->2 #1",
            "290ms 1 follows 3",
            "300ms 2 received Elected 1->2 #1",
            "300ms 2 sent Elected 2->3 #1",
            "300ms 2 follows 3",
            "310ms 3 received Elected 2->3 #1",
            "310ms 3 sent Elected 3->1 #1",
            "310ms 3 leads",
            "320ms 1 received Elected 3->1 #1",
        ],
    );
}

/// Rule 2: "The walk of `Elected` is within `alive` and ends at its starter, answered or not."
#[test]
fn the_second_lap_leaves_out_those_that_the_first_did_not_pass() {
    let run = ring(
        "processes 4
         at 100ms crash 4
         at 200ms suspect 1
         at 275ms recover 4
         message Election 4->1 #1 lost
         until 315ms",
    );
    run.assert_lines(
        &["sent Elected"],
        &[
            "290ms 1 sent Elected 1->2 #1",
            "300ms 2 sent Elected 2->3 #1",
            "310ms 3 sent Elected 3->1 #1",
        ],
    );
}

/// Rule 6: "An own election ends if its own rank is below s; one above s goes on, with its
/// `elected`."
#[test]
fn an_own_election_ends_if_a_higher_one_announces() {
    let run = ring(
        "processes 4
         at 100ms crash 4
         at 200ms suspect 1 3
         until 2s",
    );
    run.assert_lines(
        &[" 1 started an election", " 1 follows", " 1 ran out timer elected", " 3 leads"],
        &["200ms 1 started an election", "290ms 3 leads", "300ms 1 follows 3"],
    );
}

/// Rule 6: "… one above s goes on, with its `elected`."
#[test]
fn an_own_election_above_the_starter_goes_on() {
    let run = ring(
        "processes 4
         at 200ms suspect 1
         at 225ms crash 3
         at 255ms recover 3
         until 1s",
    );
    run.assert_lines(
        &[" 3 "],
        &[
            "220ms 3 received Election 2->3 #1",
            "220ms 3 sent Alive 3->2 #1",
            "220ms 3 sent Election 3->4 #1",
            "220ms 3 awaits Alive",
            "225ms 3 crashed",
            "240ms 3 lost to crashed Alive 4->3 #1",
            "255ms 3 recovered",
            "255ms 3 booted",
            "255ms 3 started an election",
            "255ms 3 sent Election 3->4 #2",
            "260ms 3 received Elected 2->3 #1",
            "260ms 3 sent Alive 3->2 #2",
            "260ms 3 follows 4",
            "275ms 3 received Alive 4->3 #2",
            "275ms 3 sent Elected 3->4 #1",
            "295ms 3 received Alive 4->3 #3",
            "295ms 3 received Election 2->3 #2",
            "295ms 3 sent Alive 3->2 #3",
            "295ms 3 sent Elected 3->4 #2",
            "315ms 3 received Alive 4->3 #4",
            "335ms 3 received Elected 2->3 #2",
            "335ms 3 sent Alive 3->2 #4",
        ],
    );
}

/// Rule 7: "`Heartbeat` as in bully; adopting ends an own election and cancels `elected`."
#[test]
fn a_higher_heartbeat_ends_an_own_election() {
    let run = ring(
        "processes 3
         detector heartbeat every 100ms timeout 350ms
         at 205ms suspect 1
         message Election 1->2 #1 arrives 320ms
         message Alive 2->1 #1 arrives 250ms
         until 315ms",
    );
    run.assert_lines(
        &[" 1 started an election", " 1 follows"],
        &["205ms 1 started an election", "210ms 1 follows 3"],
    );
}

/// Section 1: "ring always does (whoever boots starts an election)".
#[test]
fn a_recovered_process_starts_an_election_and_takes_the_lead() {
    let run = ring(
        "processes 4
         detector heartbeat every 100ms timeout 350ms
         at 110ms crash 4
         at 1210ms recover 4
         until 2500ms",
    );
    run.assert_lines(
        &["started an election", "leads"],
        &[
            "460ms 1 started an election",
            "460ms 2 started an election",
            "460ms 3 started an election",
            "550ms 3 leads",
            "1.21s 4 started an election",
            "1.25s 4 leads",
        ],
    );
}

/// "(n = 6, f = 1: Election 6, Elected 5, Alive 10.)"
#[test]
fn the_figure_of_the_notes_costs_21_messages() {
    let run = ring(
        "at 100ms crash 6
         at 200ms suspect 3
         until 2s",
    );
    let sent = [MessageKind::Election, MessageKind::Elected, MessageKind::Alive];
    assert_eq!(sent.map(|kind| run.messages(kind)), [6, 5, 10], "\n{}", run.transcript());
    run.assert_leaders(&[5]);
}
