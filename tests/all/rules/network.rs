//! Shared rules: cuts, losses, copies and the order on a link.

use crate::play::{play, rank};
use hustings::scenario::Link;
use hustings::time::Time;

/// "*Cut*: a message is lost if its link is cut when it is sent …"
#[test]
fn a_message_is_lost_if_its_link_is_cut_when_it_is_sent() {
    let run = play(
        "processes 2\nlatency 10ms\nat 95ms cut 1->2\nat 100ms suspect 1\nat 105ms heal\nuntil 120ms",
    );
    run.assert_lines(
        &["Election"],
        &["100ms 1 sent Election 1->2 #1", "100ms 2 lost to cut Election 1->2 #1"],
    );
}

/// "… or when it arrives"; a cut that is healed in between takes nothing.
#[test]
fn a_message_is_lost_if_its_link_is_cut_when_it_arrives() {
    let run = play("processes 2\nlatency 10ms\nat 100ms suspect 1\nat 110ms cut 1->2\nuntil 120ms");
    run.assert_lines(
        &["Election"],
        &["100ms 1 sent Election 1->2 #1", "110ms 2 lost to cut Election 1->2 #1"],
    );
    let run = play(
        "processes 2\nlatency 10ms\nat 100ms suspect 1\nat 102ms cut 1->2\nat 110ms heal\nuntil 119ms",
    );
    run.assert_lines(
        &["Election"],
        &["100ms 1 sent Election 1->2 #1", "110ms 2 received Election 1->2 #1"],
    );
}

/// "Where two reasons hold, it is lost to the cut, then to the crash."
#[test]
fn a_cut_takes_precedence_over_a_crash() {
    let run = play(
        "processes 2\nlatency 10ms\nat 90ms crash 2\nat 100ms suspect 1\nat 105ms cut 1->2\nuntil 120ms",
    );
    run.assert_lines(
        &["Election"],
        &["100ms 1 sent Election 1->2 #1", "110ms 2 lost to cut Election 1->2 #1"],
    );
}

/// A cut comes before chance as well: what is cut off is neither lost by chance nor copied.
#[test]
fn what_is_cut_when_it_is_sent_is_neither_lost_by_chance_nor_copied() {
    let run = play(
        "processes 2
         loss 100%
         duplicate 100%
         at 0ms cut 1->2
         at 100ms suspect 1
         until 120ms",
    );
    run.assert_lines(
        &["Election"],
        &["100ms 1 sent Election 1->2 #1", "100ms 2 lost to cut Election 1->2 #1"],
    );
}

/// `partition`: "cuts every link between sides; a process on no side keeps its links".
#[test]
fn a_partition_cuts_the_links_between_its_sides_alone() {
    let run = play("processes 5\nat 100ms partition 1 2 | 3 | 4\nuntil 200ms");
    let world = run.at(100);
    let cut = |from, to| world.is_cut(Link { from: rank(from), to: rank(to) });
    for (from, to) in [(1, 3), (3, 1), (2, 4), (3, 4), (4, 3)] {
        assert!(cut(from, to), "{from}->{to}");
    }
    for (from, to) in [(1, 2), (2, 1), (1, 5), (5, 4), (3, 5)] {
        assert!(!cut(from, to), "{from}->{to}");
    }
}

/// As many sides as there are processes, again and again: the largest partition cuts every link, and
/// is one split, from its first instant on.
#[test]
fn a_partition_of_64_sides_cuts_every_link_however_often_it_is_applied() {
    let sides: Vec<String> = (1..=64).map(|side| side.to_string()).collect();
    let sides = sides.join(" | ");
    let run = play(&format!(
        "processes 64\nevery 1ms from 100ms until 5100ms partition {sides}\n\
         at 5500ms suspect 63\nuntil 6s"
    ));
    let world = run.at(6_000);
    for (from, to) in (1..=64).flat_map(|from| (1..=64).map(move |to| (from, to))) {
        let link = Link { from: rank(from), to: rank(to) };
        assert_eq!(world.is_cut(link), from != to, "{from}->{to}");
    }
    assert_eq!(world.split().map(|(since, _)| since), Some(Time::ms(100)));
    assert_eq!(run.script.hints(), [], "it is the same partition each time");
}

/// "Cuts are a set of directed links: `partition` and `cut` add, `heal` removes."
#[test]
fn cuts_add_up_and_heals_remove() {
    let run = play(
        "processes 3
         at 10ms cut 1->2
         at 20ms cut 1--3
         at 30ms cut 1--3
         at 40ms heal 1->3
         at 50ms heal 2--3
         at 60ms heal",
    );
    let cut = |ms| {
        let world = run.at(ms);
        let pairs = [(1, 2), (2, 1), (1, 3), (3, 1)];
        pairs.map(|(from, to)| world.is_cut(Link { from: rank(from), to: rank(to) }))
    };
    assert_eq!(cut(10), [true, false, false, false]);
    assert_eq!(cut(30), [true, false, true, true]);
    assert_eq!(cut(40), [true, false, false, true]);
    assert_eq!(cut(50), cut(40));
    assert_eq!(cut(60), [false; 4]);
}

/// "*Loss, duplication*: drawn as it is sent": a link that turns lossy takes nothing in flight.
#[test]
fn loss_is_drawn_as_a_message_is_sent() {
    let run =
        play("processes 2\nlatency 10ms\nat 100ms suspect 1\nat 105ms loss 1--2 100%\nuntil 115ms");
    run.assert_lines(
        &["Election", "Alive 2->1"],
        &[
            "100ms 1 sent Election 1->2 #1",
            "110ms 2 received Election 1->2 #1",
            "110ms 2 sent Alive 2->1 #1",
            "110ms 1 lost to loss Alive 2->1 #1",
        ],
    );
}

/// `latency` on the timeline: "the link that turns slow at T; what is in flight keeps its fate".
/// A change of the default leaves links that have their own.
#[test]
fn a_link_that_turns_slow_keeps_what_is_in_flight() {
    let run = play(
        "processes 3
         latency 10ms
         latency 1->3 20ms
         at 100ms suspect 1
         at 105ms latency 50ms
         at 106ms crash 1
         at 107ms recover 1
         until 160ms",
    );
    run.assert_lines(
        &["received Election"],
        &[
            "110ms 2 received Election 1->2 #1",
            "120ms 3 received Election 1->3 #1",
            "127ms 3 received Election 1->3 #2",
            "157ms 2 received Election 1->2 #2",
        ],
    );
}

/// A copy may be lost while the original arrives, and the other way round.
#[test]
fn an_original_and_its_copy_are_lost_apart() {
    let run = play(
        "processes 2
         latency 10ms
         at 100ms suspect 1
         message Election 1->2 #1 duplicated
         message Election 1->2 #1 lost
         until 115ms",
    );
    run.assert_lines(
        &["Election"],
        &[
            "100ms 1 sent Election 1->2 #1",
            "100ms 2 lost to edit Election 1->2 #1",
            "100ms 1 duplicated Election 1->2 #1 copy",
            "110ms 2 received Election 1->2 #1 copy",
        ],
    );
}

/// "*fifo on*: a message never overtakes an earlier one on its link"; without, it does.
#[test]
fn with_fifo_a_message_never_overtakes_an_earlier_one() {
    let arrivals = |fifo: &str| {
        play(&format!(
            "processes 2
             latency 50ms
             fifo {fifo}
             at 100ms suspect 1
             at 101ms latency 10ms
             at 102ms crash 1
             at 103ms recover 1
             until 200ms"
        ))
        .short_lines(&["received Election"])
    };
    let first = "150ms 2 received Election 1->2 #1";
    assert_eq!(arrivals("off"), ["113ms 2 received Election 1->2 #2", first]);
    assert_eq!(arrivals("on"), [first, "150ms 2 received Election 1->2 #2"]);
}

/// "They overrule … fifo": an edited instant is kept, and later messages wait for it.
#[test]
fn an_edit_overrules_fifo() {
    let arrivals = |edit: &str| {
        play(&format!(
            "processes 2
             latency 10ms
             fifo on
             at 100ms suspect 1
             at 101ms crash 1
             at 102ms recover 1
             message Election 1->2 {edit}
             until 200ms"
        ))
        .short_lines(&["received Election"])
    };
    assert_eq!(
        arrivals("#1 arrives 150ms"),
        ["150ms 2 received Election 1->2 #1", "150ms 2 received Election 1->2 #2"]
    );
    assert_eq!(
        arrivals("#2 arrives 105ms"),
        ["105ms 2 received Election 1->2 #2", "110ms 2 received Election 1->2 #1"]
    );
}
