//! Bully, rules 1 to 8.

use crate::play::play;
use hustings::types::MessageKind;

/// Rule 1, `suspect`: "forget the leader; send `Election` to every higher rank; … wait `alive`".
#[test]
fn a_member_that_suspects_its_leader_forgets_it_and_asks_every_higher_rank() {
    let run = play("latency 10ms\nat 100ms crash 6\nat 200ms suspect 3\nuntil 205ms");
    run.assert_lines(
        &[" 3 "],
        &[
            "200ms 3 suspected",
            "200ms 3 started an election",
            "200ms 3 sent Election 3->4 #1",
            "200ms 3 sent Election 3->5 #1",
            "200ms 3 sent Election 3->6 #1",
            "200ms 3 awaits Alive",
        ],
    );
    assert_eq!(run.believes_at(205, 3), None);
}

/// Rule 1, `boot`, with nobody higher: "none higher → lead".
#[test]
fn the_highest_leads_as_soon_as_it_boots() {
    let run = play("processes 3\nat 100ms crash 3\nat 150ms recover 3\nuntil 155ms");
    run.assert_lines(
        &["150ms"],
        &[
            "150ms 3 recovered",
            "150ms 3 booted",
            "150ms 3 started an election",
            "150ms 3 sent Elected 3->1 #1",
            "150ms 3 sent Elected 3->2 #1",
            "150ms 3 leads",
        ],
    );
}

/// Rule 2: "`Election` → answer `Alive`. That is all: the receiver starts nothing itself."
#[test]
fn a_member_that_is_asked_answers_and_starts_nothing() {
    let run = play("processes 3\nlatency 10ms\nat 100ms suspect 1\nuntil 115ms");
    run.assert_lines(
        &["110ms"],
        &[
            "110ms 2 received Election 1->2 #1",
            "110ms 2 sent Alive 2->1 #1",
            "110ms 3 received Election 1->3 #1",
            "110ms 3 sent Alive 3->1 #1",
        ],
    );
}

/// Rule 3: "`Alive` while awaiting it → keep the highest sender", whatever the order of arrival.
#[test]
fn the_highest_that_answered_counts_and_not_the_last() {
    let run = play(
        "latency 10ms
         at 100ms crash 6
         at 200ms suspect 2
         message Alive 5->2 #1 arrives 221ms
         message Alive 3->2 #1 arrives 259ms",
    );
    run.assert_lines(&["sent Proceed"], &["260ms 2 sent Proceed 2->5 #1"]);
}

/// Rule 3: "otherwise ignored".
#[test]
fn an_answer_that_nobody_awaits_is_ignored() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms crash 3
         at 200ms suspect 1
         message Alive 2->1 #1 arrives 300ms",
    );
    run.assert_lines(
        &["260ms 1 ", "300ms"],
        &["260ms 1 ran out timer alive 1 #1", "260ms 1 leads", "300ms 1 received Alive 2->1 #1"],
    );
    run.assert_leaders(&[1]);
}

/// Rule 4: "`alive` runs out: nobody answered → **lead**".
#[test]
fn whom_nobody_answers_leads() {
    let run = play("processes 3\nat 100ms crash 2 3\nat 200ms suspect 1");
    run.assert_lines(&["leads"], &["260ms 1 leads"]);
    run.assert_leaders(&[1]);
}

/// Rule 4: "else send `Proceed` to the highest that answered, wait `elected`".
#[test]
fn the_highest_that_answered_receives_proceed() {
    let run = play("latency 10ms\nat 100ms crash 6\nat 200ms suspect 3");
    run.assert_lines(
        &["260ms"],
        &[
            "260ms 3 ran out timer alive 3 #1",
            "260ms 3 sent Proceed 3->5 #1",
            "260ms 3 awaits Elected",
        ],
    );
}

/// Rule 5: "`Proceed` → lead".
#[test]
fn a_member_that_receives_proceed_leads() {
    let run = play("latency 10ms\nat 100ms crash 6\nat 200ms suspect 3");
    run.assert_lines(
        &["270ms"],
        &[
            "270ms 5 received Proceed 3->5 #1",
            "270ms 5 sent Elected 5->1 #1",
            "270ms 5 sent Elected 5->2 #1",
            "270ms 5 sent Elected 5->3 #1",
            "270ms 5 sent Elected 5->4 #1",
            "270ms 5 leads",
        ],
    );
    assert_eq!(run.believed(), [Some(5), Some(5), Some(5), Some(5), Some(5), None]);
}

/// Rule 5: "if it leads already, send `Elected` to the asker alone".
#[test]
fn a_leader_that_receives_proceed_sends_elected_to_the_sender_only() {
    let run = play("processes 4\nlatency 10ms\nat 100ms suspect 2");
    run.assert_lines(
        &["Elected"],
        &[
            "160ms 2 awaits Elected",
            "170ms 4 sent Elected 4->2 #1",
            "180ms 2 received Elected 4->2 #1",
        ],
    );
    run.assert_leaders(&[4]);
    assert_eq!(run.report().groups[0].changes, 0);
}

/// Rule 6: "`Elected` → adopt the sender, idle", whatever was awaited.
#[test]
fn a_member_that_receives_elected_follows_and_is_idle() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms crash 3
         at 200ms suspect 1
         at 205ms recover 3
         until 1s",
    );
    run.assert_lines(
        &[" 1 follows", " 1 awaits", " 1 ran"],
        &["200ms 1 awaits Alive", "215ms 1 follows 3"],
    );
    assert_eq!(run.believed(), [Some(3); 3]);
}

/// Rule 6: "A leader that receives it steps down."
#[test]
fn a_leader_that_hears_a_higher_one_announced_steps_down() {
    let run = play(
        "processes 3
         latency 10ms
         at 100ms crash 3
         at 110ms suspect 2
         at 500ms recover 3",
    );
    assert_eq!(
        [170, 500, 509, 510].map(|ms| run.leaders_at(ms)),
        [vec![2], vec![2, 3], vec![2, 3], vec![3]]
    );
}

/// Rule 7: "`elected` runs out → start an election again".
#[test]
fn a_member_that_receives_no_elected_asks_again() {
    let run =
        play("processes 3\nlatency 10ms\nat 100ms crash 3\nat 200ms suspect 1\nat 265ms crash 2");
    run.assert_lines(
        &["started an election", "leads"],
        &["200ms 1 started an election", "350ms 1 started an election", "410ms 1 leads"],
    );
    assert_eq!(run.elections(), 2);
}

/// Rule 8: "believe itself, idle, send `Elected` to every lower rank", and to no higher one.
#[test]
fn a_new_leader_announces_itself_downwards() {
    let run = play("processes 4\nlatency 10ms\nat 100ms crash 4\nat 150ms suspect 3");
    run.assert_lines(
        &["sent Elected"],
        &["210ms 3 sent Elected 3->1 #1", "210ms 3 sent Elected 3->2 #1"],
    );
}

/// "(n = 6, k = 3: Election 3, Alive 2, Proceed 1, Elected 4.)"
#[test]
fn the_figure_of_the_notes_costs_ten_messages() {
    let run = play("at 100ms crash 6\nat 200ms suspect 3");
    let sent =
        [MessageKind::Election, MessageKind::Alive, MessageKind::Proceed, MessageKind::Elected]
            .map(|kind| run.messages(kind));
    assert_eq!(sent, [3, 2, 1, 4], "\n{}", run.transcript());
    assert_eq!(run.total(), 10);
    run.assert_leaders(&[5]);
}
