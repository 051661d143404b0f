//! Textbook bully, rules 2′ and 4′.

use crate::play::play;
use hustings::types::MessageKind;

/// Rule 2′: "answer `Alive` **and** start an election of one's own".
#[test]
fn a_member_that_is_asked_answers_and_elects_too() {
    let run = play(
        "algorithm bully-textbook\nprocesses 3\nlatency 10ms\nat 100ms crash 3\nat 200ms suspect 1\nuntil 215ms",
    );
    run.assert_lines(
        &[" 2 "],
        &[
            "210ms 2 received Election 1->2 #1",
            "210ms 2 sent Alive 2->1 #1",
            "210ms 2 started an election",
            "210ms 2 sent Election 2->3 #1",
            "210ms 2 awaits Alive",
        ],
    );
}

/// Rule 2′: "… unless one is running".
#[test]
fn a_member_that_elects_already_only_answers() {
    let run = play(
        "algorithm bully-textbook\nprocesses 4\nlatency 10ms\nat 100ms crash 4\nat 200ms suspect 1\nat 205ms suspect 2\nat 206ms suspect 3\nuntil 1s",
    );
    run.assert_lines(
        &["started an election"],
        &[
            "200ms 1 started an election",
            "205ms 2 started an election",
            "206ms 3 started an election",
        ],
    );
}

/// Rule 2′: "(a leader too)": it asks those above it, and leads again if nobody answers.
#[test]
fn a_leader_that_is_asked_elects_as_well() {
    let run = play(
        "algorithm bully-textbook\nprocesses 3\nleader 2\nlatency 10ms\nat 50ms crash 3\nat 100ms suspect 1\nuntil 1s",
    );
    run.assert_lines(&[" 2 awaits", " 2 leads"], &["110ms 2 awaits Alive", "170ms 2 leads"]);
    let report = run.report();
    assert_eq!(report.groups[0].leaderless_us, 60_000);
    assert_eq!(report.groups[0].changes, 0);
}

/// Rule 2′ at the highest of all: it answers, finds nobody above, and announces itself at once.
#[test]
fn the_highest_answers_and_announces_itself_at_once() {
    let run =
        play("algorithm bully-textbook\nprocesses 2\nlatency 10ms\nat 100ms suspect 1\nuntil 1s");
    run.assert_lines(
        &["110ms 2 "],
        &[
            "110ms 2 received Election 1->2 #1",
            "110ms 2 sent Alive 2->1 #1",
            "110ms 2 started an election",
            "110ms 2 sent Elected 2->1 #1",
        ],
    );
    assert_eq!(run.report().groups[0].leaderless_us, 0, "it never stopped leading");
}

/// Rule 4′: "nobody answered → lead".
#[test]
fn whom_nobody_answers_leads() {
    let run = play(
        "algorithm bully-textbook\nprocesses 3\nat 100ms crash 2 3\nat 200ms suspect 1\nuntil 1s",
    );
    run.assert_lines(&["leads"], &["260ms 1 leads"]);
}

/// Rule 4′: "else wait `elected`. There is no `Proceed`."
#[test]
fn a_member_with_an_answer_waits_for_elected() {
    let run = play(
        "algorithm bully-textbook\nlatency 10ms\nat 100ms crash 6\nat 200ms suspect 3\nuntil 2s",
    );
    run.assert_lines(
        &["260ms 3 "],
        &["260ms 3 ran out timer alive 3 #1", "260ms 3 awaits Elected"],
    );
    assert_eq!(run.messages(MessageKind::Proceed), 0);
    run.assert_leaders(&[5]);
}

/// Rule 7 holds here too: without an announcement it asks again.
#[test]
fn without_an_announcement_it_asks_again() {
    let run = play(
        "algorithm bully-textbook\nprocesses 3\nlatency 10ms\nat 100ms crash 3\nat 200ms suspect 1\nat 265ms crash 2\nuntil 1s",
    );
    run.assert_lines(
        &[" 1 started an election", " 1 leads"],
        &["200ms 1 started an election", "350ms 1 started an election", "410ms 1 leads"],
    );
}

/// "(n = 6, k = 3: 13.)"
#[test]
fn the_textbook_figure_costs_thirteen_messages() {
    let run = play("algorithm bully-textbook\nat 100ms crash 6\nat 200ms suspect 3\nuntil 2s");
    assert_eq!(run.total(), 13, "\n{}", run.transcript());
    assert_eq!(run.elections(), 3, "3, 4 and 5 each hold one");
}
