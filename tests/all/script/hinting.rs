//! What may be a trap, each with the shortest script that walks into it.

use crate::play::play;
use hustings::scenario::script::read;
use hustings::types::MessageKind;

/// `line 1: …` for each hint of a script.
pub(super) fn hints(text: &str) -> Vec<String> {
    let script = read(text).unwrap_or_else(|found| panic!("{found:?}\n{text}"));
    let lines = script.hints().into_iter().map(|hint| match hint.line {
        Some(line) => format!("line {line}: {}", hint.text),
        None => hint.text,
    });
    lines.collect()
}

pub(super) const NONE: [&str; 0] = [];

#[test]
fn an_innocent_script_has_no_hints() {
    assert_eq!(hints("at 100ms crash 6\nat 200ms suspect 3\nat 900ms recover 6"), NONE);
    assert_eq!(hints("detector heartbeat every 100ms timeout 350ms"), NONE);
}

/// The hint about a wait for Alive, without the line.
fn alive(wait: &str, from: u16, to: u16, takes: &str) -> String {
    format!(
        "`wait alive` is {wait}, but an Election from {from} to {to} and the Alive back can take \
         {takes}: the process that asks may give up on one that is only far away; wait longer than \
         that"
    )
}

#[test]
fn a_wait_no_longer_than_a_round_trip() {
    let on = |line: usize, text: String| [format!("line {line}: {text}")];
    assert_eq!(hints("wait alive 30ms"), on(1, alive("30ms", 1, 2, "40ms")));
    assert_eq!(hints("wait alive 40ms"), on(1, alive("40ms", 1, 2, "40ms")));
    assert_eq!(hints("wait alive 40001us"), NONE);
    assert_eq!(hints("latency 3->5 80ms"), on(1, alive("60ms", 3, 5, "100ms")));
    assert_eq!(hints("latency 3->5 80ms\nwait alive 100001us\nwait elected 101ms"), NONE);
    assert_eq!(hints("latency 5->3 10..65ms"), on(1, alive("60ms", 3, 5, "85ms")), "the way back");
}

#[test]
fn an_algorithm_that_waits_for_no_answer_has_no_hint_about_the_wait() {
    for algorithm in ["raft", "vrrp", "invitation"] {
        let text = format!(
            "algorithm {algorithm}\ndetector heartbeat every 100ms timeout 350ms\nlatency 100ms"
        );
        assert_eq!(hints(&text), NONE, "{algorithm}");
    }
}

/// What changes during the run counts from then on, and the line that changes it is named.
#[test]
fn a_latency_that_changes_counts_as_long_as_it_holds() {
    let on = |line: usize, text: String| [format!("line {line}: {text}")];
    let all = |line, takes| on(line, alive("60ms", 1, 2, takes));
    assert_eq!(
        hints("wait elected 1s\nleader none\nat 50ms latency 100ms"),
        all(3, "200ms from 50ms on")
    );
    assert_eq!(
        hints("wait elected 1s\nleader none\nat 50ms latency 6->3 50ms"),
        on(3, alive("60ms", 3, 6, "70ms from 50ms on"))
    );
    assert_eq!(hints("until 40ms\nat 50ms latency 6->3 50ms").len(), 1, "it never happens");
    assert_eq!(
        hints("leader none\nlatency 100ms\nat 0ms latency 10ms"),
        NONE,
        "it held for no time"
    );
    assert_eq!(
        hints("leader none\nlatency 3->5 10ms\nat 1s latency 20ms"),
        NONE,
        "a link's own latency stays"
    );
    // Both are slow, but never for one question and its answer.
    let apart = "at 1s latency 3->5 50ms\nat 2s latency 3->5 10ms\nat 3s latency 5->3 50ms";
    let takes = |script: &str| hints(&format!("wait alive 30ms\n{script}")).remove(0);
    assert!(takes(apart).contains("can take 70ms from 1s on"), "{}", takes(apart));
    let close = "at 1s latency 3->5 50ms\nat 2s latency 3->5 10ms\nat 2010ms latency 5->3 50ms";
    assert!(takes(close).contains("can take 100ms from "), "{}", takes(close));
    // Only what took at most 40.999 ms is answered on the slow way.
    let closer = "latency 10ms\nat 1s latency 3->5 40..45ms\nat 2s latency 3->5 10ms\n\
                  at 1040001us latency 5->3 30ms\nat 1041ms latency 5->3 10ms";
    assert!(takes(closer).contains("can take 70.999ms from 1s on"), "{}", takes(closer));
}

#[test]
fn only_the_links_that_an_asker_needs_count_for_its_wait() {
    let apart = "group low on 1 2 3\ngroup high on 4 5 6\nlatency 3--5 80ms";
    assert_eq!(hints(apart), NONE, "no member asks across groups");
}

/// Elected comes back after a round trip in bully, and in the textbook likewise, since both wait for
/// Alive; in next-in-line it comes with the Alive, but for jitter.
#[test]
fn a_wait_for_elected_that_is_too_short() {
    let text = |algorithm: &str, wait: &str| {
        hints(&format!("algorithm {algorithm}\nwait alive 45ms\nwait elected {wait}"))
    };
    let again = "the process that asked may hold another election before it hears of the leader; \
                 wait longer than that";
    assert_eq!(
        text("bully", "40ms"),
        [format!(
            "line 3: `wait elected` is 40ms, but a Proceed from 1 to 2 and the Elected back can \
             take 40ms: {again}"
        )]
    );
    assert_eq!(
        text("bully-textbook", "40ms"),
        [format!(
            "line 3: `wait elected` is 40ms, but beside the `wait alive` of both, an Election from \
             1 to 2 and the Elected back can take 40ms: {again}"
        )]
    );
    assert_eq!(text("bully", "40001us"), NONE);
    assert_eq!(text("bully-textbook", "40001us"), NONE);
    assert_eq!(
        hints("algorithm next-in-line\ndetector heartbeat every 1s timeout 3s\nwait elected 9ms"),
        ["line 3: `wait elected` is 9ms, but the Elected from 1 to 2 can come after the Alive by \
          10ms: the process that asked may go on to the next in line before it hears of the leader; \
          wait at least that long"]
    );
    assert_eq!(
        hints("algorithm next-in-line\ndetector heartbeat every 1s timeout 3s\nwait elected 10ms"),
        NONE
    );
    // Whom nobody hears in time is never told to proceed, so there is one hint and not two.
    assert_eq!(hints("latency 3--6 100ms").len(), 1);
    assert_eq!(hints("algorithm bully-textbook\nlatency 3--6 100ms").len(), 2);
    let slower = hints("wait alive 1s\nleader none\nat 50ms latency 100ms");
    assert!(slower[0].starts_with("line 3: `wait elected` is 90ms, but a Proceed"), "{slower:?}");
}

/// The waits that the hints ask for are those at which the run goes right.
#[test]
fn a_wait_that_has_a_hint_goes_wrong_and_one_that_has_none_does_not() {
    let run = |script: &str| play(&format!("latency 10ms\nat 100ms crash 6\n{script}\nuntil 1s"));
    let leaders = |wait: &str| run(&format!("wait alive {wait}\nat 200ms suspect 1")).leaders();
    assert_eq!((leaders("20ms"), leaders("20001us")), (vec![1], vec![5]));
    let elections = |algorithm: &str, wait: &str| {
        let script = format!("algorithm {algorithm}\nwait elected {wait}\nat 200ms suspect 1");
        run(&script).elections()
    };
    assert_eq!((elections("bully", "20ms"), elections("bully", "20001us")), (2, 1));
    assert_eq!(
        (elections("bully-textbook", "20ms"), elections("bully-textbook", "20001us")),
        (10, 5)
    );
    // The Alive comes as early, and the Elected as late as can be.
    let asked = |wait: &str| {
        play(&format!(
            "algorithm next-in-line alternates 2\nwait elected {wait}\nat 100ms crash 6\n\
             at 200ms suspect 3\nmessage Election 3->5 #1 arrives 210ms\n\
             message Alive 5->3 #1 arrives 220ms\nmessage Elected 5->3 #1 arrives 230ms\nuntil 1s"
        ))
        .messages(MessageKind::Election)
    };
    assert_eq!((asked("9999us"), asked("10ms")), (2, 1));
}

/// With one heartbeat lost, two intervals and the jitter lie between those that come.
#[test]
fn a_timeout_that_forgives_no_heartbeat() {
    let hints_at =
        |timeout: &str| hints(&format!("detector heartbeat every 100ms timeout {timeout}"));
    let two = |timeout: &str| {
        format!(
            "line 1: the timeout of {timeout} is not longer than two intervals of 100ms and a \
             jitter of 10ms: one lost heartbeat makes a process suspect a healthy leader; to tolerate one, it \
             must be longer than 210ms"
        )
    };
    assert_eq!(hints_at("200ms"), [two("200ms")]);
    assert_eq!(hints_at("210ms"), [two("210ms")]);
    assert_eq!(hints_at("210001us"), NONE);
    assert_eq!(
        hints_at("110ms"),
        ["line 1: the timeout of 110ms is not longer than one interval of 100ms and a jitter of \
          10ms: a healthy leader is suspected even if no heartbeat is lost; to tolerate one, it must \
          be longer than 210ms"]
    );
    assert_eq!(hints_at("110001us"), [two("110.001ms")]);
    let exact = "latency 15ms\ndetector heartbeat every 100ms timeout";
    assert_eq!(hints(&format!("{exact} 200001us")), NONE);
    assert_eq!(
        hints(&format!("{exact} 210ms\nat 1s latency 6->1 10..30ms")).len(),
        1,
        "later jitter"
    );
    assert_eq!(hints("processes 1\ndetector heartbeat every 100ms timeout 1ms"), NONE);

    let elections = |timeout: &str, fixed: &str| {
        let lost = "message Heartbeat 6->1 #2 lost";
        let text =
            format!("detector heartbeat every 100ms timeout {timeout}\n{lost}\n{fixed}\nuntil 1s");
        play(&text).elections()
    };
    let seeds = |timeout: &str| -> u64 {
        (1..=40).map(|seed| elections(timeout, &format!("seed {seed}"))).sum()
    };
    assert!(seeds("200ms") > 0);
    assert_eq!(seeds("210001us"), 0);
    let far = "message Heartbeat 6->1 #1 arrives 110ms\nmessage Heartbeat 6->1 #3 arrives 320ms";
    assert_eq!((elections("210ms", far), elections("210001us", far)), (1, 0));
}

/// An interval, the wait of its election, and the jitter of the Elected after it.
#[test]
fn a_textbook_leader_that_is_silent_for_too_long() {
    let textbook = "algorithm bully-textbook\ndetector heartbeat every 20ms timeout";
    assert_eq!(
        hints(&format!("{textbook} 90ms")),
        [
            "line 2: a leader that is asked holds an election and sends no heartbeat meanwhile, so that \
          its followers can hear nothing for 90ms (an interval, `wait alive` and a jitter of 10ms): \
          with a timeout of 90ms they suspect it again"
        ]
    );
    assert_eq!(hints(&format!("{textbook} 90001us")), NONE);
    assert_eq!(hints("detector heartbeat every 20ms timeout 90ms"), NONE);

    // 4 asks 5, which leads and knows nobody above it that answers; 1, 2 and 3 hear nothing.
    let is_suspected_again = |timeout: &str| {
        (0..20).any(|ms| {
            let run = play(&format!(
                "latency 10ms\nleader 5\n{textbook} {timeout}\nat 0ms crash 6\n\
                 at {}us suspect 4\nuntil 700ms",
                500_001 + ms * 1_000
            ));
            run.elections() > 2
        })
    };
    assert!(is_suspected_again("79ms"));
    assert!(!is_suspected_again("80001us"));
}

#[test]
fn next_in_line_that_nobody_wakes() {
    let text = "line 1: no election can start: next-in-line waits for a suspicion, and there is \
                neither a `suspect` line nor a heartbeat detector";
    assert_eq!(hints("algorithm next-in-line\nat 1s crash 6"), [text]);
    assert_eq!(hints("algorithm next-in-line\nat 1s crash 6\nat 2s suspect 3"), NONE);
}

#[test]
fn a_fault_after_the_end() {
    assert_eq!(
        hints("until 1s\nat 2s crash 6"),
        ["line 2: it never happens: the run ends at 1s, before 2s"]
    );
}

#[test]
fn what_does_nothing_to_a_process() {
    let on = |line: usize, text: &str| [format!("line {line}: process {text}")];
    let recovered = "6 is not down then, so recovering it does nothing";
    assert_eq!(hints("at 1s recover 6"), on(1, recovered));
    let early = "at 1s recover 6\nat 2s crash 6\nat 3s suspect 1";
    assert_eq!(hints(early), on(1, recovered));
    assert_eq!(hints("at 1s crash 6\nat 2s recover 6\nat 3s recover 6"), on(3, recovered));
    assert_eq!(hints("at 1s flap 6 down 100ms up 1s until 4s\nat 1050ms recover 6"), NONE);

    let noticed = "at 1s crash 6\nat 3s suspect 1\n";
    let then = |line: &str| hints(&format!("{noticed}{line}"));
    assert_eq!(then("at 2s crash 6"), on(3, "6 is down already, so crashing it does nothing"));
    assert_eq!(then("at 2s crash 5 6"), on(3, "6 is down already, so crashing it does nothing"));
    assert_eq!(then("at 2s suspect 6"), on(3, "6 is down then, so it suspects no leader"));
    assert_eq!(then("at 2s pause 6 for 1s"), on(3, "6 is down then, so pausing it does nothing"));
    assert_eq!(then("at 2s resume 6"), on(3, "6 is not paused then, so this does nothing"));
    assert_eq!(then("at 500ms crash 6"), on(1, "6 is down already, so crashing it does nothing"));
    assert_eq!(then("every 500ms from 500ms until 3s suspect 6").len(), 1, "it leads, or is down");
    assert_eq!(then("every 100ms from 1s until 3s crash 5"), NONE, "once it does");

    assert_eq!(hints("at 1s suspect 6"), on(1, "6 leads then, so it suspects no leader"));
    let asleep = "at 1s pause 5 for 2s\n";
    assert_eq!(
        hints(&format!("{asleep}at 2s pause 5 for 1s")),
        on(2, "5 is paused until 3s already, so this pause does nothing")
    );
    assert_eq!(hints(&format!("{asleep}at 2s pause 5 for 1001ms")), NONE);
    assert_eq!(hints(&format!("{asleep}at 3s resume 5")), NONE, "faults come first");
    assert_eq!(hints(&format!("{asleep}at 3001ms resume 5")).len(), 1);
    assert_eq!(
        hints("group a on 1 2 3\nat 1s suspect 5"),
        on(2, "5 is in no group, so it has no leader to suspect")
    );
}

/// Each claim of a hint about a process is what the run does.
#[test]
fn a_fault_with_a_hint_of_no_effect_has_none() {
    for line in
        ["crash 6", "suspect 6", "pause 6 for 1s", "resume 5", "recover 5", "cut 1->2", "heal 3--4"]
    {
        let script = "at 1s crash 6\nat 1s cut 1->2\nat 1s suspect 3";
        let with = format!("{script}\nat 2s {line}\nuntil 4s");
        assert_eq!(hints(&with).len(), 1, "{line}");
        let [with, without] = [with, format!("{script}\nuntil 4s")].map(|text| play(&text));
        assert_eq!(with.report().groups, without.report().groups, "{line}");
    }
}

#[test]
fn a_crash_that_nobody_notices() {
    let unnoticed = |line: usize, at: &str, leader: u16, other: u16| {
        [format!(
            "line {line}: no process can suspect {leader}: with `detector scripted` only a \
             `suspect` line starts an election, such as `at {at} suspect {other}`"
        )]
    };
    assert_eq!(hints("at 100ms crash 6"), unnoticed(1, "200ms", 6, 1));
    assert_eq!(hints("algorithm bully-textbook\nat 1s crash 6"), unnoticed(2, "1.1s", 6, 1));
    assert_eq!(hints("at 1s crash 6\nat 500ms suspect 6\nat 2s crash 1").len(), 2, "one is no use");
    assert_eq!(hints("at 1s crash 5"), NONE, "it does not lead");
    assert_eq!(hints("at 1s crash 6\nat 2s recover 6"), NONE, "it elects as it starts");
    assert_eq!(hints("at 1s crash 6\nat 2s suspect 5"), NONE);
    assert_eq!(hints("at 1s flap 6 down 1s up 1s"), NONE);
    assert_eq!(hints("at 1s crash 6\ndetector heartbeat every 100ms timeout 350ms"), NONE);
    assert_eq!(hints("processes 2\nat 1s crash 1 2"), NONE, "there is nobody to notice");
    let groups = "group a on 1 2 3\ngroup b on 4 5 6\n";
    assert_eq!(
        hints(&format!("{groups}at 1s crash 3 6\nat 2s suspect 1")),
        unnoticed(3, "1.1s", 6, 4)
    );
    let line = "algorithm next-in-line\nat 500ms suspect 2\n";
    assert_eq!(hints(&format!("{line}at 1s crash 6")), NONE, "it is not certain who leads");
    assert_eq!(
        hints("algorithm next-in-line\nat 1s crash 6\nat 2s recover 6\nat 500ms suspect 6").len(),
        2,
        "in next-in-line nobody elects as it starts"
    );
}

#[test]
fn a_network_that_nobody_uses() {
    let text = "line 1: it has no effect: no message is sent in this run, since with `detector \
                scripted` only a `suspect` line starts an election";
    for fault in ["partition 1 2 3 | 4 5 6", "cut 1->2", "loss 10%", "latency 20ms"] {
        assert_eq!(hints(&format!("at 1s {fault}")), [text], "{fault}");
        assert_eq!(hints(&format!("at 1s {fault}\nat 2s suspect 1")), NONE, "{fault}");
        assert_eq!(hints(&format!("leader none\nat 1s {fault}")), NONE, "{fault}");
        assert_eq!(play(&format!("at 1s {fault}\nuntil 4s")).total(), 0);
    }
}

#[test]
fn what_does_nothing_to_the_network() {
    let heard = "at 500ms suspect 1\n";
    let cut = "line 3: all of this is cut already, so it does nothing";
    let healed = "line 3: nothing of this is cut then, so healing it does nothing";
    let with = |first: &str, second: &str| hints(&format!("{heard}at 1s {first}\nat 2s {second}"));
    assert_eq!(with("cut 1--2", "cut 2->1"), [cut]);
    assert_eq!(with("partition 1 2 3 | 4 5 6", "cut 1 -> 5 6"), [cut]);
    assert_eq!(with("cut 1->2", "cut 1--2"), NONE);
    assert_eq!(with("cut 1->2", "heal 2->1"), [healed]);
    assert_eq!(with("cut 1->2", "heal 1--2"), NONE);
    assert_eq!(with("cut 1->2", "heal"), NONE);
    assert_eq!(hints(&format!("{heard}at 1s heal")).len(), 1);
    assert_eq!(hints(&format!("{heard}every 1s from 1s until 5s cut 1--2\nat 6s heal")), NONE);
}

/// A leader that serves on while it stalls is not paused.
#[test]
fn a_pause_of_a_leader_where_no_split_is_expected() {
    let text = "line 1: a paused process answers neither peers nor clients, so it does not count \
                as a leader until it wakes; to model a leader that stalls but still answers its \
                clients, use `cut 6 -- 1 2 3 4 5`";
    let pause = "at 1s pause 6 for 2s\n";
    assert_eq!(hints(&format!("{pause}expect no split brain")), [text]);
    assert_eq!(hints(&format!("{pause}expect split brain <= 20ms")), [text]);
    assert_eq!(hints(&format!("{pause}expect split brain <= 20ms\nexpect split brain")), NONE);
    assert_eq!(hints(pause), NONE);
    assert_eq!(hints("at 1s pause 3 for 2s\nexpect no split brain"), NONE, "it does not lead");
    let groups =
        "at 1s pause 6 for 2s\ngroup a on 1 2 3\ngroup b on 4 5 6\nexpect no split brain in";
    assert_eq!(hints(&format!("{groups} a")), NONE);
    assert_eq!(hints(&format!("{groups} b")).len(), 1);
    // What it says to do instead is a fault, and it shows the split.
    let cut = "detector heartbeat every 100ms timeout 350ms\nat 1s cut 6 -- 1 2 3 4 5\nuntil 3s";
    assert_eq!(play(cut).leaders(), [5, 6]);
}

#[test]
fn processes_on_no_side() {
    assert_eq!(
        hints("at 1s suspect 1\nat 1s partition 1 2 3 | 4 5"),
        ["line 2: process 6 is on no side and keeps all its links"]
    );
    assert_eq!(
        hints("at 1s suspect 1\nat 1s partition 1 | 2 3"),
        ["line 2: processes 4, 5 and 6 are on no side and keep all their links"]
    );
}

#[test]
fn a_partition_on_top_of_another() {
    let first = "at 500ms suspect 1\nat 1s partition 1 2 3 | 4 5 6\n";
    let second = "at 3s partition 1 2 | 3 4 5 6";
    assert_eq!(
        hints(&format!("{first}{second}")),
        ["line 3: an earlier partition still stands, and cuts add up; heal first"]
    );
    assert_eq!(hints(&format!("{first}at 2s heal\n{second}")), NONE);
    assert_eq!(
        hints(&format!("{first}at 2s partition 1 2 3 | 4 5 6")),
        ["line 3: all of this is cut already, so it does nothing"],
        "the same one"
    );
}

#[test]
fn a_line_that_a_later_one_overrules() {
    let overruled = |line: usize, by: usize| {
        format!("line {line}: line {by} says this anew, so this line counts for nothing")
    };
    assert_eq!(hints("seed 1\nseed 2"), [overruled(1, 2)]);
    assert_eq!(hints("seed 1\nfifo on\nseed 2\nseed 3"), [overruled(1, 3), overruled(3, 4)]);
    assert_eq!(hints("load 5/s\nload 6/s"), [overruled(1, 2)]);
    assert_eq!(hints("loss 1->2 5%\nloss 1->2 6%"), [overruled(1, 2)]);
    assert_eq!(hints("loss 1->2 5%\nloss 1 -> 2 3 6%"), [overruled(1, 2)]);
    assert_eq!(hints("loss 1 -> 2 3 5%\nloss 1->2 6%"), NONE, "an exception to the first");
    assert_eq!(hints("loss 1->2 5%\nloss 6%"), NONE, "a link beats the default");
    assert_eq!(hints("figure start 1s\nfigure end 2s"), NONE);
    assert_eq!(hints("figure start 1s\nfigure start 2s"), [overruled(1, 2)]);
}

#[test]
fn a_heartbeat_that_comes_too_late_once_its_link_is_slower() {
    let of = |timeout: &str, change: &str| {
        let waits = "wait alive 2s\nwait elected 2s\nuntil 4s";
        hints(&format!("detector heartbeat every 100ms timeout {timeout}\n{waits}\n{change}"))
    };
    let late = |timeout: &str, from: u16, takes: &str| {
        vec![format!(
            "line 5: from 1s on messages from {from} to {} are slower, so that a heartbeat can come {takes} \
             after the one before it: with a timeout of {timeout} a healthy leader is suspected",
            if from == 1 { 2 } else { 1 }
        )]
    };
    assert_eq!(of("350ms", "at 1s latency 500ms"), late("350ms", 1, "590ms"));
    assert_eq!(of("590ms", "at 1s latency 500ms"), late("590ms", 1, "590ms"));
    assert_eq!(of("590001us", "at 1s latency 500ms"), NONE);
    assert_eq!(of("350ms", "at 1s latency 6->1 300ms"), late("350ms", 6, "390ms"));
    // Faster is no trap.
    assert_eq!(of("350ms", "latency 200ms\nat 1s latency 10ms"), NONE);
}

#[test]
fn a_process_whose_own_timing_forgives_no_lost_heartbeat() {
    let of = |own: &str| {
        let found = hints(&format!("detector heartbeat every 100ms timeout 350ms\n{own}"));
        found.iter().filter(|hint| hint.contains("one lost heartbeat makes it suspect")).count()
    };
    for (own, is_trap) in [
        ("every 6 169999us", 0),
        ("every 6 170ms", 1),
        ("timeout 3 210001us", 0),
        ("timeout 3 210ms", 1),
        ("drift 3 -45%", 1),
        ("drift 3 -1%", 0),
    ] {
        assert_eq!(of(own), is_trap, "{own}");
    }
}

#[test]
fn candidates_that_start_together_and_whom_they_ask() {
    let of = |rules: &str| {
        let suspicion = "at 1s suspect 1";
        hints(&format!("latency 10ms\nalgorithm candidates 5 6 {rules}\n{suspicion}"))
    };
    assert_eq!(of("delay 70001us"), NONE);
    let together = of("delay 70ms");
    assert!(together[0].contains("not longer than `wait alive` and a latency, 70ms together"));
    assert_eq!(together.len(), 1);
    let drawn = hints("latency 5..10ms\nalgorithm candidates 5 6 delay 70ms\nat 1s suspect 1");
    assert_eq!(drawn, NONE, "a latency of 10 ms exactly is hardly ever drawn");
    // Nobody asks a process that cannot lead.
    assert_eq!(of("delay 200ms\nlatency 1--2 100ms"), NONE);
    assert_eq!(of("delay 200ms\nlatency 1--5 100ms").len(), 1);
}
