//! Shared rules: the four kinds of choice that the world makes, their names, and the edits that fix them.

use crate::play::play;
use hustings::simulation::EventKind;

const FIGURE: &str = "latency 10..20ms\nat 100ms crash 6\nat 200ms suspect 3";

/// "A message's latency": drawn from the link's range, both ends included.
#[test]
fn a_latency_is_drawn_from_both_ends_of_its_range() {
    let run = play(
        "latency 10ms..10001us
         at 0ms cut 1->6
         every 10ms from 10ms until 5s suspect 1",
    );
    let spans = run.events().into_iter().filter_map(|event| match event.what {
        EventKind::Sent { due, .. } => Some(due.since(event.at).as_us()),
        _ => None,
    });
    let drawn: std::collections::BTreeSet<u64> = spans.collect();
    assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [10_000, 10_001]);
}

/// "Whether it is lost": never at 0 %, always at 100 %, and in between about as often.
#[test]
fn loss_happens_as_often_as_its_rate_says() {
    let lost = |rate: &str| {
        let script = format!(
            "processes 2\nloss {rate}\ndetector heartbeat every 10ms timeout 60m\nuntil 100s"
        );
        let report = play(&script).report();
        let messages = &report.groups[0].messages;
        (messages.lost.get("loss").copied().unwrap_or(0), messages.total)
    };
    assert_eq!(lost("0%").0, 0);
    let (all, sent) = lost("100%");
    assert_eq!(all, sent);
    let (some, sent) = lost("20%");
    assert!((180..=220).contains(&(some * 1_000 / sent)), "{some} of {sent}");
}

/// "Whether it is duplicated": the copy arrives on its own, and is not counted as sent.
#[test]
fn a_copy_has_a_latency_of_its_own_and_is_not_counted() {
    let run = play(&format!("{FIGURE}\nmessage Election 3->5 #1 duplicated"));
    assert_eq!(run.total(), 11, "3 Election, 3 Alive, 1 Proceed, 4 Elected");
    let copies = run.short_lines(&["Election 3->5"]);
    assert_eq!(copies.len(), 4, "{copies:?}");
    let arrivals: Vec<&String> = copies.iter().filter(|line| line.contains("received")).collect();
    assert_ne!(arrivals[0].split(' ').next(), arrivals[1].split(' ').next());
}

/// "When a timer really runs out": exactly after its wait, or when an edit says so.
#[test]
fn a_timer_is_exact_unless_an_edit_moves_it() {
    play(FIGURE).assert_lines(&["timer alive"], &["260ms 3 ran out timer alive 3 #1"]);
    let run = play(&format!("{FIGURE}\ntimer alive 3 #1 fires 230ms"));
    run.assert_lines(&["timer alive"], &["230ms 3 ran out timer alive 3 #1"]);
}

/// "Each has a name, and an edit can fix it": lost, arrives, delayed.
#[test]
fn an_edit_fixes_a_message() {
    let arrives = |edit: &str| {
        let run =
            play(&format!("latency 10ms\nat 200ms suspect 3\nmessage Election 3->5 #1 {edit}"));
        run.short_lines(&["Election 3->5"])[1].clone()
    };
    assert_eq!(arrives("lost"), "200ms 5 lost to edit Election 3->5 #1");
    assert_eq!(arrives("arrives 231ms"), "231ms 5 received Election 3->5 #1");
    assert_eq!(arrives("delayed 5ms"), "215ms 5 received Election 3->5 #1");
    assert_eq!(arrives("arrives 200ms"), "200ms 5 received Election 3->5 #1");
}

/// "In a named group … in orders": the same name in another group is another choice.
#[test]
fn an_edit_fixes_the_message_of_its_group_alone() {
    let run = play(
        "processes 3
         latency 10ms
         group orders on 1 2 3
         group users on 1 2 3
         at 100ms suspect 1
         message Election 1->2 #1 lost in users",
    );
    run.assert_lines(
        &["Election 1->2"],
        &[
            "100ms 1 sent Election 1->2 #1",
            "100ms 1 sent Election 1->2 #1",
            "100ms 2 lost to edit Election 1->2 #1",
            "110ms 2 received Election 1->2 #1",
        ],
    );
    let lost = run.report().groups.iter().map(|g| g.messages.lost.len()).collect::<Vec<_>>();
    assert_eq!(lost, [0, 1]);
}

/// "They overrule chance loss … never a cut or a crash."
#[test]
fn an_edit_overrules_chance_but_no_cut_and_no_crash() {
    let sent = |more: &str| {
        let run = play(&format!(
            "processes 3\nlatency 10ms\nat 100ms crash 3\nat 200ms suspect 1\nuntil 230ms\n{more}"
        ));
        run.short_lines(&["Election 1->"])
    };
    assert_eq!(
        sent("loss 100%\nmessage Election 1->2 #1 arrives 210ms"),
        [
            "200ms 1 sent Election 1->2 #1",
            "200ms 1 sent Election 1->3 #1",
            "200ms 3 lost to loss Election 1->3 #1",
            "210ms 2 received Election 1->2 #1",
        ]
    );
    assert_eq!(
        sent(
            "at 0ms cut 1->2\nmessage Election 1->2 #1 arrives 210ms\nmessage Election 1->3 #1 arrives 220ms"
        ),
        [
            "200ms 1 sent Election 1->2 #1",
            "200ms 2 lost to cut Election 1->2 #1",
            "200ms 1 sent Election 1->3 #1",
            "220ms 3 lost to crashed Election 1->3 #1",
        ]
    );
}

/// "`#k` is the k-th of that kind on that link, from 1 over the whole run", crashes included.
#[test]
fn messages_are_numbered_by_kind_and_link_over_the_whole_run() {
    let run = play(
        "processes 2
         latency 10ms
         at 100ms suspect 1
         at 105ms crash 1
         at 200ms recover 1
         until 215ms",
    );
    run.assert_lines(
        &["sent"],
        &[
            "100ms 1 sent Election 1->2 #1",
            "110ms 2 sent Alive 2->1 #1",
            "200ms 1 sent Election 1->2 #2",
            "210ms 2 sent Alive 2->1 #2",
        ],
    );
}

/// "A copy is `#1 copy`": an edit can fix it as well.
#[test]
fn a_copy_can_be_edited_by_its_own_name() {
    let run = play(
        "processes 2
         latency 10ms
         at 100ms suspect 1
         message Election 1->2 #1 duplicated
         message Election 1->2 #1 copy arrives 130ms
         until 150ms",
    );
    run.assert_lines(
        &["Election"],
        &[
            "100ms 1 sent Election 1->2 #1",
            "100ms 1 duplicated Election 1->2 #1 copy",
            "110ms 2 received Election 1->2 #1",
            "130ms 2 received Election 1->2 #1 copy",
        ],
    );
}
