//! Where two runs part: the first event that is not in both, and what makes the difference.

use hustings::narration::{Divergence, DivergenceSearch, RunPair, seek};
use hustings::run::Run;
use hustings::scenario::script;
use hustings::simulation::Event;
use hustings::time::{Duration, Time};

const CRASH: &str = "at 100ms crash 6\nat 200ms suspect 3\n";

fn run(script: &str) -> Run {
    let scenario = script::parse(script);
    Run::of(scenario.unwrap_or_else(|problems| panic!("{script}{problems:?}")))
}

/// Two scripts that begin alike.
fn divergence(a: &str, b: &str) -> Option<Divergence> {
    let runs = [a, b].map(|more| run(&format!("{CRASH}{more}\n")));
    of(&runs)
}

fn of(runs: &[Run; 2]) -> Option<Divergence> {
    let [a, b] = runs;
    let point = DivergenceSearch::whole(a, b)?;
    Some(point.describe(RunPair { runs: [a, b], names: ["A", "B"] }, Some(seek)))
}

/// What makes the difference: the last sentence.
#[track_caller]
fn reason(a: &str, b: &str) -> String {
    let divergence = divergence(a, b).expect("they differ");
    divergence.why.last().expect("there is a reason").clone()
}

#[test]
fn a_run_does_not_differ_from_itself_or_from_one_with_another_title() {
    assert_eq!(divergence("", ""), None);
    assert_eq!(divergence("title \"one\"", "expect leader 5"), None);
    assert_eq!(divergence("until 2s", "until 3s"), None, "no event differs");
}

#[test]
fn a_longer_wait_is_the_reason_where_one_asker_is_still_waiting() {
    let divergence = divergence("", "wait alive 80ms").expect("they differ");
    assert_eq!((divergence.at, divergence.common), (Time::ms(260), 14));
    assert_eq!(divergence.sides[1].at, Time::ms(280));
    assert!(divergence.sides[0].text.starts_with("3 has waited 60 ms."), "{divergence:?}");
    assert_eq!(
        divergence.why,
        [
            "Both have the same cause: 3 suspects its leader, at 200 ms.",
            "3 waits 60 ms for Alive in A, and 80 ms in B."
        ]
    );
    let texts = reason("", "wait alive 60.2ms");
    assert_eq!(texts, "3 waits 60.000 ms for Alive in A, and 60.200 ms in B.", "not 60 ms twice");
}

#[test]
fn each_wait_has_its_words() {
    let beats = |every: u32, timeout: u32| {
        format!("detector heartbeat every {every}ms timeout {timeout}ms")
    };
    assert_eq!(
        reason(&beats(100, 350), &beats(90, 350)),
        "6 sends a Heartbeat every 100 ms in A, and every 90 ms in B."
    );
    let silent = |timeout| run(&format!("at 100ms crash 6\n{}\n", beats(100, timeout)));
    let why = of(&[silent(350), silent(450)]).expect("they differ").why;
    let sentence =
        "suspects its leader after 350 ms without a Heartbeat in A, and after 450 ms in B.";
    assert!(why.last().is_some_and(|last| last.ends_with(sentence)), "{why:?}");
    let lost = "message Elected 5->3 #1 lost\n";
    assert_eq!(
        reason(lost, &format!("{lost}wait elected 120ms")),
        "3 waits 90 ms for Elected in A, and 120 ms in B."
    );
}

#[test]
fn an_edit_that_only_one_script_has_is_the_reason() {
    for edit in [
        "message Alive 5->3 #1 lost",
        "message Alive 5->3 #1 delayed 5ms",
        "message Alive 5->3 #1 arrives 231ms",
        "message Election 3->5 #1 duplicated",
        "timer alive 3 #1 fires 230ms",
        "timer alive 3 #1 fires 300ms",
    ] {
        assert_eq!(reason("", edit), format!("Only B says `{edit}`."));
        assert_eq!(reason(edit, ""), format!("Only A says `{edit}`."));
    }
    assert_eq!(
        reason("timer alive 3 #1 fires 230ms", "timer alive 3 #1 fires 231ms"),
        "A says `timer alive 3 #1 fires 230ms`, and B `timer alive 3 #1 fires 231ms`."
    );
}

#[test]
fn a_message_that_takes_longer_is_described_with_its_latency() {
    let divergence = divergence("", "message Alive 5->3 #1 delayed 100us").expect("they differ");
    let texts = divergence.sides.map(|side| side.text);
    let spans = texts.map(|texts| {
        let span = texts.strip_prefix("The Alive from 5 to 3 takes ").expect("it is described");
        span.strip_suffix(" ms.").map(|ms| ms.replace('.', "").parse::<u64>().expect("a number"))
    });
    let [Some(a), Some(b)] = spans else { panic!("to the microsecond: {spans:?}") };
    assert_eq!(Duration::us(b), Duration::us(a + 100));
}

#[test]
fn a_fault_that_only_one_script_has_or_has_later_is_the_reason() {
    assert_eq!(reason("", "at 150ms crash 5"), "Only B says `at 150ms crash 5`.");
    assert_eq!(reason("at 150ms cut 3--5", ""), "Only A says `at 150ms cut 3--5`.");
    assert_eq!(
        reason("at 150ms crash 5", "at 160ms crash 5"),
        "A says `at 150ms crash 5`, and B `at 160ms crash 5`."
    );
}

/// The event is the same in both: a network that is cut.
#[test]
fn two_cuts_at_one_instant_are_distinguished_by_their_links() {
    let divergence = divergence("at 150ms cut 3->5", "at 150ms cut 3->4").expect("they differ");
    assert_eq!(divergence.at, Time::ms(150));
    assert_eq!(divergence.why.last().map(String::as_str), Some("Only A says `at 150ms cut 3->5`."));
}

#[test]
fn links_and_chance_are_the_reason_where_they_decide() {
    assert_eq!(
        reason("", "latency 3->4 80ms"),
        "Its link has `latency 10..20ms` in A, and `latency 80ms` in B."
    );
    assert_eq!(reason("", "loss 100%"), "Its link has `loss 0%` in A, and `loss 100%` in B.");
    assert_eq!(
        reason("", "duplicate 3->4 100%"),
        "Its link has `duplicate 0%` in A, and `duplicate 100%` in B."
    );
    assert_eq!(reason("seed 1", "seed 2"), "Chance decides, and the seed is 1 in A and 2 in B.");
}

#[test]
fn a_difference_without_a_single_cause_names_the_lines_that_differ() {
    assert_eq!(reason("", "leader 5"), "Only B says `leader 5`.");
    let why = divergence("", "processes 8\nleader 6").expect("they differ").why;
    assert_eq!(why[1..], ["Only B says `processes 8`.", "Only B says `leader 6`."]);
    let why = divergence("", "algorithm bully-textbook").expect("they differ").why;
    let last = why.last().map(String::as_str);
    assert_eq!(last, Some("Bully and Textbook bully have different rules for this."));
    let runs = ["at 1s suspect 2\nat 1s crash 6\n", "at 1s crash 6\nat 1s suspect 2\n"].map(run);
    let why = of(&runs).expect("they differ").why;
    assert_eq!(why.last().map(String::as_str), Some("The scripts say the same in another order."));
}

#[test]
fn a_run_that_ends_earlier_parts_where_the_other_goes_on() {
    let over = divergence("until 250ms", "").expect("they differ");
    assert_eq!(over.sides[0].text, "The run is over.");
    assert_eq!((over.sides[0].at, over.at), (Time::ms(250), Time::ms(260)));
    assert_eq!(over.why, ["A ends at 250 ms, and B continues."]);
    let quiet = divergence("", "at 2s crash 1\nuntil 2s").expect("they differ");
    assert_eq!(quiet.sides[0].text, "Nothing more happens in this run.");
}

#[test]
fn groups_of_other_names_are_other_groups() {
    let script = |name: &str| {
        run(&format!(
            "group {name} on 1 2 3\ngroup users on 4 5 6\nat 1s crash 3\nat 2s suspect 1\n"
        ))
    };
    let runs = [script("orders"), script("bills")];
    let divergence = of(&runs).expect("they differ");
    assert_eq!((divergence.at, divergence.common), (Time::ms(2_000), 1));
}

/// The search goes by stretches; what it says must not depend on them.
#[test]
fn the_search_says_what_a_look_at_all_events_says() {
    let base = "processes 5\ndetector heartbeat every 100ms timeout 350ms\nuntil 20s\n";
    for at in [1, 99, 4_321, 12_500, 19_999] {
        let runs = [run(base), run(&format!("{base}at {at}ms pause 5 for 40ms\n"))];
        let [a, b] = runs.each_ref().map(|run| run.events(Time::ZERO, run.end()));
        let alike = |(a, b): &(&Event, &Event)| a == b;
        let common = a.iter().zip(&b).take_while(alike).count();
        let divergence = of(&runs).expect("they differ");
        assert_eq!(divergence.common as usize, common, "at {at} ms");
        assert_eq!(divergence.last_common, common.checked_sub(1).map(|place| a[place].at));
        let line = format!("`at {}`", phrase(at));
        let why = divergence.why.last().expect("there is a reason");
        assert!(why.contains(&line), "{why}: {line}");
    }
}

fn phrase(at: u64) -> String {
    format!("{} pause 5 for 40ms", Time::ms(at))
}
