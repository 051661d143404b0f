//! Every error text of a setting or a fault, below the bad script that earns it. Reading it is how to judge
//! whether the language helps.

use hustings::scenario::script::parse;

/// Cases are parted by blank lines; what is said of a script stands below it, behind `!`.
#[track_caller]
pub(crate) fn check(cases: &str) {
    for case in cases.trim().split("\n\n") {
        let lines = || case.lines().map(str::trim);
        let script: Vec<&str> = lines().filter(|line| !line.starts_with('!')).collect();
        let wanted: Vec<&str> = lines().filter_map(|line| line.strip_prefix("! ")).collect();
        let found = parse(&script.join("\n")).err().unwrap_or_default();
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, wanted, "\n{}", script.join("\n"));
    }
}

#[test]
fn words_that_are_not_in_the_language() {
    check(
        r##"
        foo 3
        ! line 1, column 1: `foo` is not a statement; write `title`, `about`, `algorithm`, `processes`, `name`, `zone`, `leader`, `group`, `load`, `capacity`, `detector`, `wait`, `preempt`, `quorum`, `timeout`, `drift`, `latency`, `loss`, `duplicate`, `fifo`, `seed`, `seeds`, `until`, `at`, `every`, `message`, `timer`, `expect`, `mark` or `figure`

        crahs 6
        ! line 1, column 1: `crahs` is not a statement; did you mean `at 100ms crash`?

        lattency 5ms
        ! line 1, column 1: `lattency` is not a statement; did you mean `latency`?

        crash 6
        ! line 1, column 1: `crash` happens at a time: write `at 100ms crash …`

        #1 is a comment
        ! line 1, column 1: `#1` is an ordinal; a comment has a space after its `#`

        at 100ms suspct 3
        ! line 1, column 10: `suspct` is not something that happens at a time; did you mean `suspect`?

        at 100ms dance 3
        ! line 1, column 10: `dance` is not something that happens at a time; write `crash`, `recover`, `suspect`, `pause`, `resume`, `flap`, `partition`, `cut`, `heal`, `latency` or `loss`

        at 100ms
        ! line 1, column 9: expected something that happens at a time (`crash`, `recover`, `suspect`, `pause`, `resume`, `flap`, `partition`, `cut`, `heal`, `latency` or `loss`), but the line ends here
        "##,
    );
}

#[test]
fn instants_and_durations() {
    check(
        r##"
        at soon crash 6
        ! line 1, column 4: expected an instant such as `250ms`, found `soon`

        at 100 crash 6
        ! line 1, column 4: `100` has no unit; write `100ms` or another of `us`, `ms`, `s` or `m`

        at 5sec crash 6
        ! line 1, column 4: `sec` is no unit of time; write one of `us`, `ms`, `s` or `m`

        at 5h crash 6
        ! line 1, column 4: `h` is no unit of time; write one of `us`, `ms`, `s` or `m`

        at 1.2345ms crash 6
        ! line 1, column 4: `1.2345ms` is finer than a microsecond, which is the finest there is

        at 99999999999999999999ms crash 6
        ! line 1, column 4: `99999999999999999999ms` is too large a number

        at 2h crash 6
        ! line 1, column 4: `h` is no unit of time; write one of `us`, `ms`, `s` or `m`

        at 61m crash 6
        ! line 1: 61m is later than any run lasts, which is 60m
        "##,
    );
}

#[test]
fn processes_that_are_named() {
    check(
        r##"
        at 100ms crash
        ! line 1, column 15: expected a process such as `3`, but the line ends here

        at 100ms crash six
        ! line 1, column 16: expected a process such as `3`, found `six`

        at 100ms crash 0
        ! line 1, column 16: `0` is no rank; a rank is a whole number from 1 to 65535

        at 100ms crash 70000
        ! line 1, column 16: `70000` is no rank; a rank is a whole number from 1 to 65535

        at 100ms crash 1.5
        ! line 1, column 16: `1.5` is no rank; a rank is a whole number from 1 to 65535

        at 100ms crash 6 now
        ! line 1, column 18: expected the end of the line, found `now`

        at 100ms crash 9
        ! line 1: process 9 does not exist: the processes are 1 to 6
        "##,
    );
}

#[test]
fn faults() {
    check(
        r##"
        at 100ms pause 6
        ! line 1, column 17: expected `for`, but the line ends here

        at 100ms pause 6 fro 50ms
        ! line 1, column 18: expected `for`, found `fro`; did you mean `for`?

        at 100ms pause 6 for 2h
        ! line 1, column 22: `h` is no unit of time; write one of `us`, `ms`, `s` or `m`

        at 100ms pause 6 for 61m
        ! line 1: the pause is 61m; the longest is 60m

        at 100ms partition 1 2 3
        ! line 1, column 25: expected `|`, but the line ends here

        at 100ms partition 1 2 | 2 3
        ! line 1: process 2 is on two sides

        at 100ms partition 1 1 | 2 3
        ! line 1: process 1 is listed twice

        at 100ms partition 1 2 |
        ! line 1, column 25: expected a process such as `3`, but the line ends here

        at 100ms cut 1 2
        ! line 1, column 17: expected `->` or `--`, but the line ends here

        at 100ms cut 1->1
        ! line 1: a link leads from process 1 to itself

        at 100ms cut 1 1->2
        ! line 1: process 1 is listed twice

        at 100ms heal 1-2
        ! line 1, column 15: `1-2` cannot be read: a link both ways is written `--`; write `1--2`

        at 100ms flap 6 down 100ms
        ! line 1, column 27: expected `up`, but the line ends here

        at 100ms flap 6 down 0ms up 0ms
        ! line 1: the time down is zero; it needs a length
        ! line 1: the time up is zero; it needs a length

        at 100ms suspect 3 in orders
        ! line 1, column 23: there is no group `orders`; a `group` line makes one

        at 100ms latency 3->5
        ! line 1, column 22: expected a latency such as `10..20ms`, but the line ends here

        at 100ms latency 3 5 80ms
        ! line 1, column 22: expected `->` or `--`, found `80ms`

        at 100ms loss 3->5 20
        ! line 1, column 20: `20` has no percent sign; write `20%`
        "##,
    );
}

#[test]
fn repetitions() {
    check(
        r##"
        every 500ms from 1s flap 6 down 1s up 1s
        ! line 1, column 21: `flap` repeats by itself; write `at T flap …`

        every 500ms crash 6
        ! line 1, column 13: expected `from`, found `crash`

        every 0ms from 1s crash 6
        ! line 1: the time between two rounds is zero; it needs a length

        every 500ms from 1s until 1s crash 6
        ! line 1: it repeats from 1s, but only until 1s

        every 1ms from 0ms until 1m crash 6
        ! line 1: the timeline has 60000 entries once `flap` and `every` are unrolled; the most is 10000
        "##,
    );
}

#[test]
fn texts() {
    check(
        r##"
        title Bully
        ! line 1, column 7: expected text in quotes, found `Bully`

        title
        ! line 1, column 6: expected text in quotes, but the line ends here

        title "Bully
        ! line 1, column 7: the quote that opens here is not closed

        title "a\n"
        ! line 1, column 9: `\n` means nothing in quotes; write `\"` for a quote and `\\` for a backslash

        title "a" "b"
        ! line 1, column 11: expected the end of the line, found `"b"`
        "##,
    );
    let tab = "the title has a line break or another control character in it";
    check(&format!("title \"a\tb\"\n! line 1: {tab}"));
}

#[test]
fn algorithms() {
    check(
        r##"
        algorithm paxos
        ! line 1, column 11: `paxos` is not an algorithm; write `bully`, `bully-textbook`, `next-in-line`, `candidates`, `ring`, `invitation`, `raft` or `vrrp`

        algorithm raft
        ! line 1: `raft` needs heartbeats: write `detector heartbeat every T timeout T`

        algorithm bulli
        ! line 1, column 11: `bulli` is not an algorithm; did you mean `bully`?

        algorithm next-in-line alternates two
        ! line 1, column 35: expected a whole number, found `two`

        algorithm next-in-line alternates 64
        ! line 1: the alternates are 64; at most 63 fit beside a leader

        algorithm next-in-line alternates 300
        ! line 1, column 35: the alternates are 300; at most 63 fit beside a leader

        algorithm next-in-line alternates list 9
        ! line 1: process 9 does not exist: the processes are 1 to 6

        algorithm next-in-line alternates list 5 5
        ! line 1: process 5 is listed twice
        "##,
    );
}

#[test]
fn processes_and_their_leader() {
    check(
        r##"
        processes
        ! line 1, column 10: expected a whole number, but the line ends here

        processes 0
        ! line 1, column 11: there are 0 processes; a scenario has 1 to 64

        processes 65
        ! line 1, column 11: there are 65 processes; a scenario has 1 to 64

        processes 70000
        ! line 1, column 11: there are 70000 processes; a scenario has 1 to 64

        processes list 1 2 2
        ! line 1, column 11: process 2 is listed twice

        processes 6 7
        ! line 1, column 11: `6 7` cannot be read: `list` stands before ranks; write `list 6 7`

        processes 4
        leader 6
        ! line 2: process 6 leads at the start, but the processes are 1 to 4

        leader 9
        ! line 1: process 9 leads at the start, but the processes are 1 to 6

        leader nobody
        ! line 1, column 8: expected a process such as `3`, or `none`, found `nobody`; did you mean `none`?
        "##,
    );
}

#[test]
fn detectors_and_waits() {
    check(
        r##"
        detector heartbeat every 100ms
        ! line 1, column 31: expected `timeout`, but the line ends here

        detector heartbeat each 100ms timeout 350ms
        ! line 1, column 20: expected `every`, found `each`; did you mean `every`?

        detector magic
        ! line 1, column 10: `magic` is not a detector; write `scripted` or `heartbeat`

        detector heartbeat every 0ms timeout 350ms
        ! line 1: the heartbeat's interval is zero; it needs a length

        wait alive
        ! line 1, column 11: expected a duration such as `250ms`, but the line ends here

        wait elektion 50ms
        ! line 1, column 6: expected `alive` or `elected`, found `elektion`

        wait alive 0ms
        ! line 1: the wait for Alive is zero; it needs a length
        "##,
    );
}

#[test]
fn latencies() {
    check(
        r##"
        latency 20..10ms
        ! line 1, column 9: the latency goes down from 20ms to 10ms; the shorter one comes first

        latency 10...20ms
        ! line 1, column 9: `10...20ms` cannot be read: two dots stand between the ends of a range; write `10..20ms`

        latency fast
        ! line 1, column 9: expected a latency such as `10..20ms`, found `fast`

        latency 61m
        ! line 1: the latency is 61m; the longest is 60m

        latency 3->9 80ms
        ! line 1: process 9 does not exist: the processes are 1 to 6

        latency 3->3 80ms
        ! line 1: a link leads from process 3 to itself

        latency 3->5 61m
        ! line 1: the latency is 61m; the longest is 60m
        "##,
    );
}

#[test]
fn rates() {
    check(
        r##"
        loss 5
        ! line 1, column 6: `5` has no percent sign; write `5%`

        loss 120%
        ! line 1, column 6: `120%` is more than 100%

        loss 0.00001%
        ! line 1, column 6: `0.00001%` is finer than 0.0001%, which is the finest there is

        loss 5ms
        ! line 1, column 6: expected a percentage such as `0.5%`, found `5ms`

        loss often
        ! line 1, column 6: expected a percentage such as `0.5%`, found `often`
        "##,
    );
}

#[test]
fn switches_and_numbers() {
    check(
        r##"
        fifo of
        ! line 1, column 6: expected `on` or `off`, found `of`; did you mean `off`?

        fifo
        ! line 1, column 5: expected `on` or `off`, but the line ends here

        seed -1
        ! line 1, column 6: expected a whole number, found `-1`

        seed 99999999999999999999
        ! line 1, column 6: `99999999999999999999` is too large a number

        seed 1.5
        ! line 1, column 6: expected a whole number, found `1.5`

        until 61m
        ! line 1: 61m is later than any run lasts, which is 60m

        until late
        ! line 1, column 7: expected an instant such as `250ms`, found `late`
        "##,
    );
}
