//! Next-in-line failover, rules 1 to 7.

use crate::play::{Played, play, rank};
use hustings::election::Leadership;
use hustings::types::{GroupId, MessageKind};

fn line(more: &str) -> Played {
    play(&format!("algorithm next-in-line alternates 2\nlatency 10ms\n{more}"))
}

/// What a process knows at this millisecond: the term, and the alternates.
fn knows(run: &Played, ms: u64, process: u16) -> (u32, Vec<u16>) {
    let world = run.at(ms);
    let member = world.member(GroupId::MAIN, rank(process)).expect("it is a member");
    let Leadership { term, alternates } = member.election().leadership().expect("it has terms");
    (*term, alternates.iter().map(|rank| rank.get()).collect())
}

/// "So many of the highest ranks other than itself …", or "the list written in the script … without
/// itself"; "`term` (0 at the start)".
#[test]
fn the_first_leadership_is_number_0_and_names_its_alternates() {
    assert_eq!(knows(&line("until 1s"), 0, 1), (0, vec![5, 4]));
    assert_eq!(knows(&line("leader 5\nuntil 1s"), 0, 5), (0, vec![6, 4]));
    let run = play("algorithm next-in-line alternates list 2 6 4\nuntil 1s");
    assert_eq!(knows(&run, 0, 1), (0, vec![2, 4]));
}

/// "… and the leader it replaced"; a written list keeps that one.
#[test]
fn a_new_leader_does_not_name_the_one_it_replaced_unless_the_script_does() {
    let run = line("at 100ms crash 6\nat 200ms suspect 3\nuntil 1s");
    assert_eq!(knows(&run, 1_000, 1), (1, vec![4, 3]));
    let run = play(
        "algorithm next-in-line alternates list 6 5 4\nat 100ms crash 6\nat 200ms suspect 3\nuntil 1s",
    );
    assert_eq!(knows(&run, 1_000, 1), (1, vec![6, 4]));
}

/// Rule 7: "a member that leads already keeps the one it replaced before". 5 replaced 6, and leads again
/// since 1, whom the other side of the cut gave a term of the same number, asks it.
#[test]
fn a_leader_that_leads_again_does_not_name_the_one_it_replaced_before() {
    let run = line(
        "at 100ms crash 6
         at 200ms partition 1 2 4 | 3 5
         at 210ms suspect 4 5
         at 400ms heal
         at 410ms suspect 1
         until 1s",
    );
    assert_eq!(knows(&run, 400, 5), (1, vec![4, 3]));
    assert_eq!(knows(&run, 1_000, 5), (2, vec![4, 3]), "\n{}", run.transcript());
}

/// Rule 1: "`boot`: wait. It elects nothing by itself"; "a recovered member has term 0 and no
/// alternates".
#[test]
fn a_member_that_boots_waits_and_knows_nothing() {
    let run = line("at 100ms crash 6\nat 150ms recover 6\nuntil 5s");
    run.assert_lines(&[""], &["100ms 6 crashed", "150ms 6 recovered", "150ms 6 booted"]);
    assert_eq!(knows(&run, 5_000, 6), (0, vec![]));
    assert!(run.leaders().is_empty());
}

/// Rule 1: "So a recovered high rank does not push out a working leader."
#[test]
fn a_recovered_high_rank_leaves_a_working_leader_alone() {
    let run = line(
        "detector heartbeat every 100ms timeout 350ms
         at 100ms crash 6
         at 2s recover 6
         until 5s",
    );
    run.assert_leaders(&[5]);
    assert_eq!(run.believed(), [Some(5); 6]);
    assert_eq!(run.report().groups[0].changes, 1);
}

/// Rule 2: "forget the leader and walk the line: the alternates in order, then every other rank
/// downward, leaving out the failed leader"; rule 5: "`alive` … runs out → the next in the walk".
#[test]
fn the_walk_goes_along_the_line_and_then_downward_to_oneself() {
    let run = play(
        "algorithm next-in-line alternates list 3 5
         processes 7
         latency 10ms
         at 100ms crash 3 4 5 6 7
         at 200ms suspect 1
         until 2s",
    );
    run.assert_lines(
        &["sent Election", "sent Alive", " leads"],
        &[
            "200ms 1 sent Election 1->3 #1",
            "260ms 1 sent Election 1->5 #1",
            "320ms 1 sent Election 1->6 #1",
            "380ms 1 sent Election 1->4 #1",
            "440ms 1 sent Election 1->2 #1",
            "450ms 2 sent Alive 2->1 #1",
            "450ms 2 leads",
        ],
    );
}

/// Rule 2: "The walk … contains oneself, so it cannot run off the end. At an entry that is itself:
/// lead."
#[test]
fn a_walk_that_comes_to_oneself_ends_there() {
    let run = line("processes 4\nat 100ms crash 3 4\nat 200ms suspect 2\nuntil 2s");
    run.assert_lines(
        &["sent Election", " leads"],
        &["200ms 2 sent Election 2->3 #1", "260ms 2 leads"],
    );
}

/// Rule 2: "The walk is fixed when it starts": what is received meanwhile does not change it.
#[test]
fn the_first_in_line_leads_at_once_if_it_suspects() {
    let run = line("at 100ms crash 6\nat 200ms suspect 5\nuntil 2s");
    run.assert_lines(&["sent Election", " leads"], &["200ms 5 leads"]);
    assert_eq!(run.total(), 5);
}

/// Rule 3: "else answer `Alive`, then lead".
#[test]
fn a_member_that_is_asked_answers_and_takes_the_lead() {
    let run = line("processes 3\nat 100ms crash 3\nat 200ms suspect 1\nuntil 2s");
    run.assert_lines(
        &["210ms"],
        &[
            "210ms 2 received Election 1->2 #1",
            "210ms 2 sent Alive 2->1 #1",
            "210ms 2 sent Elected 2->1 #1",
            "210ms 2 sent Elected 2->3 #1",
            "210ms 2 leads",
        ],
    );
}

/// Rule 3: "if it leads already with a term above t, send only `Elected`, to the asker alone".
#[test]
fn a_leader_in_a_newer_term_than_the_asker_only_says_so() {
    let run = line(
        "processes 3\nat 100ms crash 3\nat 200ms suspect 1\nat 230ms crash 1\nat 240ms recover 1\nat 250ms suspect 1\nuntil 2s",
    );
    // 1 has forgotten everything: the first of its walk is 3, which is down, then 2.
    run.assert_lines(
        &["Election 1->2 #2", "sent Alive 2->1", "sent Elected 2->"],
        &[
            "210ms 2 sent Alive 2->1 #1",
            "210ms 2 sent Elected 2->1 #1",
            "210ms 2 sent Elected 2->3 #1",
            "310ms 1 sent Election 1->2 #2",
            "320ms 2 received Election 1->2 #2",
            "320ms 2 sent Elected 2->1 #2",
        ],
    );
    assert_eq!(knows(&run, 2_000, 2).0, 1);
}

/// Rule 3 where the terms are equal: a leader that is asked leads anew, one term on.
#[test]
fn a_leader_that_is_asked_in_its_own_term_leads_anew() {
    let run = line(
        "processes 3\nleader 2\nat 100ms crash 3\nat 200ms suspect 1\nmessage Election 1->3 #1 lost\nuntil 2s",
    );
    // The walk leaves out the failed leader, so another process must have asked: by an older belief.
    assert_eq!(run.short_lines(&["Election 1->2"]), Vec::<String>::new());
    let run = play(
        "algorithm next-in-line alternates list 2
         processes 3
         latency 10ms
         at 100ms suspect 1
         at 101ms suspect 2
         until 2s",
    );
    run.assert_lines(
        &[" 2 leads", " 2 received Election", "sent Elected 2->3", "sent Alive"],
        &["101ms 2 sent Elected 2->3 #1", "101ms 2 leads", "110ms 2 received Election 1->2 #1"],
    );
}

/// Rule 4: "`Alive` from the one asked → wait `elected`. Late answers are ignored."
#[test]
fn only_the_one_that_is_asked_is_heard() {
    let run = line(
        "at 100ms crash 6
         at 200ms suspect 1
         message Elected 5->1 #1 lost
         message Alive 5->1 #1 arrives 265ms
         message Elected 4->1 #1 lost
         until 300ms",
    );
    run.assert_lines(
        &[" 1 sent", " 1 received", " 1 awaits"],
        &[
            "200ms 1 sent Election 1->5 #1",
            "200ms 1 awaits Alive",
            "260ms 1 sent Election 1->4 #1",
            "265ms 1 received Alive 5->1 #1",
            "280ms 1 received Alive 4->1 #1",
            "280ms 1 awaits Elected",
        ],
    );
}

/// Rule 5: "`elected` runs out → the next in the walk".
#[test]
fn a_member_that_answers_but_sends_no_elected_is_passed_over() {
    let run =
        line("at 100ms crash 6\nat 200ms suspect 1\nmessage Elected 5->1 #1 lost\nuntil 315ms");
    run.assert_lines(
        &[" 1 sent", " 1 ran out"],
        &[
            "200ms 1 sent Election 1->5 #1",
            "310ms 1 ran out timer elected 1 #1",
            "310ms 1 sent Election 1->4 #1",
        ],
    );
}

/// Rule 6: "adopt h, t and its alternates, idle".
#[test]
fn an_announcement_brings_term_and_alternates() {
    let run = line("at 100ms crash 6\nat 200ms suspect 3\nuntil 2s");
    assert_eq!(run.believed(), [Some(5), Some(5), Some(5), Some(5), Some(5), None]);
    assert_eq!(knows(&run, 2_000, 2), (1, vec![4, 3]));
}

/// Rule 6: "if t is at least its own term and it believes nobody or h": a heartbeat is enough.
#[test]
fn a_member_without_a_leader_adopts_the_sender_of_a_heartbeat() {
    let run = line(
        "detector heartbeat every 100ms timeout 350ms\nat 100ms crash 1\nat 150ms recover 1\nuntil 250ms",
    );
    run.assert_lines(&[" 1 follows"], &["210ms 1 follows 6"]);
    assert_eq!(knows(&run, 250, 1), (0, vec![5, 4]));
}

/// Rule 6: "the newer leadership wins": a lower rank with a higher term.
#[test]
fn the_newer_leadership_wins_over_the_higher_rank() {
    let run = line("at 100ms suspect 1\nuntil 2s");
    run.assert_leaders(&[5]);
    assert_eq!(run.believed(), [Some(5); 6]);
}

/// Rule 6: "of equally new ones the higher rank".
#[test]
fn of_equally_new_leaderships_the_higher_rank_wins() {
    let run = line(
        "at 100ms crash 6
         at 200ms partition 1 2 4 | 3 5
         at 210ms suspect 4
         at 210ms suspect 5
         at 400ms heal
         at 500ms suspect 3
         until 2s",
    );
    assert_eq!(run.leaders_at(400), [4, 5], "\n{}", run.transcript());
    assert_eq!([knows(&run, 400, 4).0, knows(&run, 400, 5).0], [1, 1]);
    let run = play(
        "algorithm next-in-line alternates 2
         detector heartbeat every 100ms timeout 350ms
         at 100ms crash 6
         at 100ms partition 1 2 4 | 3 5
         at 2s heal
         until 4s",
    );
    assert_eq!(run.leaders_at(1_999), [4, 5], "\n{}", run.transcript());
    run.assert_leaders(&[5]);
}

/// Rule 6: "Otherwise ignored, but one that leads itself answers h with `Elected`."
#[test]
fn a_leader_answers_an_older_claim_and_a_follower_ignores_it() {
    let run = line(
        "processes 3
         detector heartbeat every 100ms timeout 2s
         at 5ms pause 3 for 300ms
         at 10ms suspect 1
         message Elected 2->3 #1 lost
         until 320ms",
    );
    // 3 wakes at 305 ms, leads in term 0, and sends the heartbeats that it missed.
    run.assert_lines(
        &["Heartbeat 3->", "Elected 2->3 #2", " 1 follows", " 3 follows"],
        &[
            "30ms 1 follows 2",
            "305ms 3 sent Heartbeat 3->1 #1",
            "305ms 3 sent Heartbeat 3->2 #1",
            "305ms 3 follows 2",
            "315ms 1 received Heartbeat 3->1 #1",
            "315ms 2 received Heartbeat 3->2 #1",
            "315ms 2 sent Elected 2->3 #2",
        ],
    );
}

/// Rule 7: "its term becomes one more than the higher of its own and the asker's".
#[test]
fn a_new_leadership_is_newer_than_the_askers_and_ones_own() {
    let run = line("at 100ms suspect 1\nat 300ms suspect 1\nat 500ms suspect 1\nuntil 2s");
    let terms = [200, 400, 600].map(|ms| knows(&run, ms, 1).0);
    assert_eq!(terms, [1, 2, 3]);
}

/// Rule 7: "send `Elected` to every other process", upwards too.
#[test]
fn a_new_leader_sends_elected_to_all() {
    let run = line("processes 4\nat 100ms suspect 2\nuntil 115ms");
    run.assert_lines(
        &["sent Elected"],
        &[
            "110ms 3 sent Elected 3->1 #1",
            "110ms 3 sent Elected 3->2 #1",
            "110ms 3 sent Elected 3->4 #1",
        ],
    );
}

/// "(n = 6, line {5, 4}, 3 detects: Election 1, Alive 1, Elected 5.)"
#[test]
fn the_figure_of_the_notes_costs_seven_messages() {
    let run = line("at 100ms crash 6\nat 200ms suspect 3\nuntil 2s");
    let kinds = [MessageKind::Election, MessageKind::Alive, MessageKind::Elected];
    assert_eq!(kinds.map(|kind| run.messages(kind)), [1, 1, 5]);
    assert_eq!(run.total(), 7);
    run.assert_leaders(&[5]);
}
