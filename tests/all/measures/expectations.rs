//! Expectations: each claim and each comparison, with the instant that decides it and its reason.

use crate::play::play;

/// 6 crashes at 100 ms; 5 leads from 270 ms on.
pub(crate) const FIGURE: &str = "latency 10ms\nat 100ms crash 6\nat 200ms suspect 3\nuntil 2s\n";
/// 6 is cut off at 100 ms and 3 leads beside it from 270 ms to the end.
pub(crate) const SPLIT: &str =
    "latency 10ms\nat 100ms partition 1 2 3 | 4 5 6\nat 210ms suspect 3\nuntil 2s\n";

/// Whether the expectation held, the millisecond that decided it, and why.
#[track_caller]
fn verdict(story: &str, expect: &str) -> (bool, u64, String) {
    let run = play(&format!("{story}expect {expect}"));
    let [verdict] = &*run.report().expectations else { panic!("one expectation") };
    assert_eq!(verdict.text, format!("expect {expect}"));
    assert_eq!(verdict.line, Some(story.lines().count() + 1));
    (verdict.holds, verdict.at_us / 1_000, verdict.reason.clone())
}

#[track_caller]
pub(crate) fn expect(story: &str, expect: &str, (holds, at, reason): (bool, u64, &str)) {
    assert_eq!(verdict(story, expect), (holds, at, reason.to_owned()), "{expect}");
}

/// "*leader N* means exactly {N} leads … without [by], at the end."
#[test]
fn a_leader_at_the_end() {
    expect(FIGURE, "leader 5", (true, 270, "5 leads from 270 ms on"));
    expect(FIGURE, "leader 6", (false, 270, "5 leads at the end, since 270 ms"));
    expect(FIGURE, "leader none", (false, 270, "5 leads at the end, since 270 ms"));
    expect(SPLIT, "leader 6", (false, 270, "3 and 6 lead at the end, since 270 ms"));
    let crash = "at 100ms crash 6\nuntil 2s\n";
    expect(crash, "leader none", (true, 100, "nobody leads from 100 ms on"));
}

/// "*by T* holds if it is true at some instant ≤ T and from there to the end."
#[test]
fn a_leader_by_an_instant() {
    expect(FIGURE, "leader 5 by 270ms", (true, 270, "5 leads from 270 ms on"));
    expect(FIGURE, "leader 5 by 269ms", (false, 270, "5 leads only from 270 ms on"));
    // It led before as well, but not from there to the end.
    let pause = "at 500ms pause 6 for 100ms\nuntil 2s\n";
    expect(pause, "leader 6 by 500ms", (false, 600, "6 leads only from 600 ms on"));
}

/// "The state at T is the state after all that happens at T; states of no length count nowhere."
#[test]
fn a_state_of_no_length_decides_nothing_but_the_end_is_as_it_is() {
    let blink = "processes 1\nat 500ms crash 1\nat 500ms recover 1\nuntil 2s\n";
    expect(blink, "leader 1 by 0ms", (true, 0, "1 leads from 0 ms on"));
    expect(blink, "leaderless <= 0ms", (true, 2_000, "0 ms without a leader in all"));
    let last = "at 2s crash 6\nuntil 2s\n";
    expect(last, "leader none", (true, 2_000, "nobody leads from 2 s on"));
    expect(last, "leader 6", (false, 2_000, "nobody leads at the end, since 2 s"));
}

/// A report is about one run, and says so where more is claimed.
#[test]
fn what_is_always_expected_is_judged_on_this_run_alone() {
    let without = ", without added faults; `hustings check` searches runs with them";
    let held = format!("5 leads from 270 ms on{without}");
    expect(FIGURE, "always leader 5 with 2 faults of lose", (true, 270, &held));
    let failed = (false, 270, "5 leads at the end, since 270 ms");
    expect(FIGURE, "always leader 6 with 2 faults of lose", failed);
    let both = format!("{FIGURE}expect agreement\nexpect always agreement with 1 fault");
    let report = play(&both).report();
    let searched: Vec<Option<bool>> = report.expectations.iter().map(|it| it.searched).collect();
    assert_eq!(searched, [None, Some(false)]);
}

/// One run decides nothing of a share of seeds, whatever came of it.
#[test]
fn what_is_expected_in_a_share_of_seeds_is_not_decided_by_one_run() {
    let held = "5 leads from 270 ms on, with this seed; `hustings check` runs all seeds";
    expect(FIGURE, "in 99% of seeds leader 5", (true, 270, held));
    let failed = "5 leads at the end, since 270 ms, so it does not hold with this seed; `hustings check` runs all seeds";
    expect(FIGURE, "in 99% of seeds leader 6", (true, 270, failed));
}

/// `expect [no] split brain [after T]`: the first split, or its absence.
#[test]
fn a_split_brain() {
    let two = "two leaders, 3 and 6, from 270 ms to 2 s";
    expect(SPLIT, "split brain", (true, 270, two));
    expect(SPLIT, "no split brain", (false, 270, two));
    expect(FIGURE, "no split brain", (true, 2_000, "never more than one leader"));
    expect(FIGURE, "split brain", (false, 2_000, "never more than one leader"));
}

/// Of several splits the number, the longest and the total.
#[test]
fn of_many_split_brains_the_longest_is_reported() {
    let flapping = "algorithm next-in-line alternates 2
        latency 10ms
        latency 5->6 40ms
        at 100ms suspect 1
        at 500ms suspect 6
        until 1s
";
    let run = play(&format!("{flapping}expect no split brain"));
    let text = |span: &hustings::report::LeaderSpan| (span.from_us, span.to_us, span.leaders.len());
    let intervals: Vec<_> = run.report().groups[0].leaders.iter().map(text).collect();
    assert_eq!(
        intervals,
        [
            (0, 110_000, 1),
            (110_000, 150_000, 2),
            (150_000, 510_000, 1),
            (510_000, 520_000, 2),
            (520_000, 1_000_000, 1)
        ],
        "\n{}",
        run.transcript()
    );
    let all =
        "two leaders or more 2 times; the longest, 5 and 6, from 110 ms to 150 ms; 50 ms in all";
    expect(flapping, "no split brain", (false, 110, all));
    expect(flapping, "split brain", (true, 110, all));
    let late =
        "two leaders or more 2 times; the longest, 5 and 6, from 140 ms to 150 ms; 20 ms in all";
    expect(flapping, "no split brain after 140ms", (false, 140, late));
    let last = "two leaders, 4 and 5, from 510 ms to 520 ms";
    expect(flapping, "no split brain after 150ms", (false, 510, last));
}

/// "`after T` counts t ≥ T."
#[test]
fn a_split_brain_after_an_instant() {
    let healed = "latency 10ms
        detector heartbeat every 100ms timeout 350ms
        at 100ms partition 1 2 | 3
        at 1s heal
        processes 3
        until 3s
";
    assert!(!verdict(healed, "no split brain").0);
    assert!(!verdict(healed, "no split brain after 1.009s").0);
    assert!(verdict(healed, "no split brain after 1.01s").0);
    expect(SPLIT, "split brain after 1s", (true, 1_000, "two leaders, 3 and 6, from 1 s to 2 s"));
    // The end itself is an instant, too.
    expect(
        SPLIT,
        "no split brain after 2s",
        (false, 2_000, "two leaders, 3 and 6, from 2 s to 2 s"),
    );
}

/// `expect messages [KIND] =|<=|>= N`: the message that made it enough, or one too many, decides.
#[test]
fn messages_are_compared() {
    expect(FIGURE, "messages = 10", (true, 270, "10 messages"));
    expect(FIGURE, "messages Election = 3", (true, 200, "3 Election messages"));
    expect(FIGURE, "messages Election = 2", (false, 200, "3 Election messages"));
    expect(FIGURE, "messages Election = 4", (false, 2_000, "3 Election messages"));
    expect(FIGURE, "messages Alive <= 2", (true, 2_000, "2 Alive messages"));
    expect(FIGURE, "messages Alive <= 1", (false, 210, "2 Alive messages"));
    expect(FIGURE, "messages Proceed >= 1", (true, 260, "1 Proceed message"));
    expect(FIGURE, "messages Proceed >= 2", (false, 2_000, "1 Proceed message"));
    expect(FIGURE, "messages Heartbeat = 0", (true, 0, "0 Heartbeat messages"));
}

/// `after T` counts those sent at T and later.
#[test]
fn messages_after_an_instant_are_counted_from_it_on() {
    expect(FIGURE, "messages = 5 after 260ms", (true, 270, "5 messages from 260 ms on"));
    expect(FIGURE, "messages = 4 after 261ms", (true, 270, "4 messages from 261 ms on"));
    expect(
        FIGURE,
        "messages Election = 0 after 201ms",
        (true, 0, "0 Election messages from 201 ms on"),
    );
}

/// `expect elections =|<=|>= N`.
#[test]
fn elections_are_compared() {
    expect(FIGURE, "elections = 1", (true, 200, "1 election started"));
    expect(FIGURE, "elections <= 0", (false, 200, "1 election started"));
    expect(FIGURE, "elections >= 2", (false, 2_000, "1 election started"));
}

/// `expect leaderless <= T`, `expect split brain <= T`: "a total", exceeded at an instant.
#[test]
fn totals_are_compared() {
    expect(FIGURE, "leaderless <= 170ms", (true, 2_000, "170 ms without a leader in all"));
    expect(FIGURE, "leaderless <= 169ms", (false, 269, "170 ms without a leader in all"));
    expect(SPLIT, "split brain <= 1s", (false, 1_270, "1.730 s with two leaders or more in all"));
    expect(SPLIT, "split brain <= 2s", (true, 2_000, "1.730 s with two leaders or more in all"));
    // Two spans add up.
    let twice = "at 100ms pause 6 for 100ms\nat 500ms pause 6 for 100ms\nuntil 2s\n";
    expect(twice, "leaderless <= 150ms", (false, 550, "200 ms without a leader in all"));
}

/// What rounding would put on the other side of a limit is written to the microsecond.
#[test]
fn a_reason_never_contradicts_its_limit() {
    let odd = "latency 10ms\nat 100ms crash 6\nat 200400us suspect 3\nuntil 2s\n";
    expect(odd, "leaderless <= 170ms", (false, 270, "170.400 ms without a leader in all"));
    expect(odd, "leader 5 by 270ms", (false, 270, "5 leads only from 270.400 ms on"));
    expect(odd, "agreement by 280ms", (false, 280, "all agree only from 280.400 ms on"));
    expect(odd, "leader 5 by 271ms", (true, 270, "5 leads from 270 ms on"));
}

/// `expect agreement [by T]`: "every running process believes the same running process, which leads".
#[test]
fn agreement_is_of_every_running_process() {
    expect(FIGURE, "agreement", (true, 280, "all agree from 280 ms on"));
    expect(FIGURE, "agreement by 280ms", (true, 280, "all agree from 280 ms on"));
    expect(FIGURE, "agreement by 279ms", (false, 280, "all agree only from 280 ms on"));
    expect(SPLIT, "agreement", (false, 210, "not all agree at the end, since 210 ms"));
    // A frozen process may believe what it likes, and a frozen leader does not lead.
    let frozen = "processes 3\nat 100ms suspect 1\nat 101ms pause 1 for 5s\nuntil 2s\n";
    expect(frozen, "agreement", (true, 101, "all agree from 101 ms on"));
    assert!(!verdict("at 100ms pause 6 for 5s\nuntil 2s\n", "agreement").0);
    let nobody = "processes 2\nat 100ms crash 1 2\nuntil 2s\n";
    assert!(!verdict(nobody, "agreement").0);
}

/// "Each with `in GROUP` or not": without, an expectation is of each group, and the first that fails
/// decides.
#[test]
fn an_expectation_is_of_each_group_or_of_one() {
    let story = "processes 4\ngroup orders on 1 2 3\ngroup users on 2 3 4\nat 100ms crash 4\nat 200ms suspect 2 3\nuntil 2s\n";
    let run = play(&format!(
        "{story}expect leader 3\nexpect leader 3 in users\nexpect elections = 0\nexpect elections = 0 in orders\nexpect elections >= 1 in users"
    ));
    let text: Vec<(bool, Option<String>)> =
        run.report().expectations.into_iter().map(|v| (v.holds, v.group)).collect();
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(
        text,
        [
            (true, None),
            (true, named("users")),
            (false, None),
            (false, named("orders")),
            (true, named("users")),
        ],
        "\n{}",
        run.transcript()
    );
}

/// Where an expectation is about each group, its reason says whose it is: the first that failed, or
/// else the one that was last to hold it.
#[test]
fn the_reason_names_the_group_that_decided() {
    let story = "processes 4\nlatency 10ms\ngroup orders on 1 2 3\ngroup users on 2 3 4\n\
                 at 100ms crash 4\nat 200ms suspect 3 in users\nuntil 2s\n";
    let run = play(&format!(
        "{story}expect leader 3\nexpect elections = 0\nexpect elections = 1 in users"
    ));
    let text: Vec<(bool, String)> =
        run.report().expectations.into_iter().map(|v| (v.holds, v.reason)).collect();
    let (leads, elections) = ("in users: 3 leads from 260 ms on", "in users: 1 election started");
    let expected = [(true, leads), (false, elections), (true, "1 election started")];
    assert_eq!(text, expected.map(|(holds, reason)| (holds, reason.to_owned())));
}

/// No run counts so far, so it is neither reached nor exceeded.
#[test]
fn the_largest_count_of_all_is_a_count_like_others() {
    for counted in ["messages", "messages Alive", "elections"] {
        let largest = |sign: &str| format!("{counted} {sign} 18446744073709551615");
        assert!(verdict(FIGURE, &largest("<=")).0, "{counted}");
        assert!(!verdict(FIGURE, &largest("=")).0, "{counted}");
        assert!(!verdict(FIGURE, &largest(">=")).0, "{counted}");
    }
}
