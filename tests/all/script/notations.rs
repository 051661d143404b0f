//! What other languages write, and what is offered instead: whoever takes every offer has a script that
//! means what the table says.

use hustings::scenario::Scenario;
use hustings::scenario::diagnostic::Diagnostic;
use hustings::scenario::keywords::{FOREIGN, KeywordPosition, WORDS};
use hustings::scenario::script::parse;

/// The script after every offer is taken, one for each line: nothing is left to offer for it.
fn with_offers(text: &str) -> Result<(String, Scenario), Vec<Diagnostic>> {
    let mut text = text.to_owned();
    loop {
        let found = match parse(&text) {
            Ok(scenario) => return Ok((text, scenario)),
            Err(found) => found,
        };
        let offer = found.iter().find_map(|it| Some((it.line, it.suggestion.as_ref()?)));
        let Some((line, suggestion)) = offer else { return Err(found) };
        let next = suggestion.apply(&text);
        let left = parse(&next).err().unwrap_or_default();
        let is_whole = left.iter().all(|it| it.line != line || it.suggestion.is_none());
        assert!(is_whole, "{text} became {next}: {:?}", texts(&left));
        text = next;
    }
}

#[track_caller]
fn means(foreign: &str, ours: &str) {
    let (text, scenario) = match with_offers(foreign) {
        Ok(read) => read,
        Err(found) => panic!("{foreign}: no way on from {:?}", texts(&found)),
    };
    let wanted = parse(ours).unwrap_or_else(|found| panic!("{ours}: {:?}", texts(&found)));
    assert_eq!(scenario, wanted, "{foreign} became {text}");
}

fn texts(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

/// Nothing is offered, since it can mean two things, and both are named.
#[track_caller]
fn is_ambiguous(text: &str, meant: [&str; 2]) {
    let found = parse(text).err().unwrap_or_default();
    let [only] = &*found else { panic!("{text}: {:?}", texts(&found)) };
    assert_eq!(only.suggestion, None, "{text}");
    let lines = only.error.to_string();
    assert!(meant.iter().all(|meant| lines.contains(&format!("`{meant}`"))), "{text}: {lines}");
}

#[test]
fn values() {
    means("loss 0.01", "loss 1%");
    means("loss 0.5", "loss 50%");
    means("loss 0.0001", "loss 0.01%");
    means("loss 0", "loss 0%");
    means("loss 5", "loss 5%");
    means("loss 1.5", "loss 1.5%");
    means("loss 5percent", "loss 5%");
    means("loss 5 %", "loss 5%");
    means("loss 5 percent", "loss 5%");
    means("loss 1,5%", "loss 1.5%");
    means("loss 1,5", "loss 1.5%");
    means("loss 3->5 0.25", "loss 3->5 25%");
    means("at 1,5s crash 6", "at 1.5s crash 6");
    means("wait alive 60,5ms", "wait alive 60.5ms");
    means("latency 1,5..20ms", "latency 1.5..20ms");
    means("at .5s crash 6", "at 0.5s crash 6");
    means("wait alive .5s", "wait alive 0.5s");
    means("at 100 ms crash 6", "at 100ms crash 6");
    means("wait alive 2 seconds", "wait alive 2s");
    means("until 5sec", "until 5s");
    means("until 1h", "until 60m");
    means("timeout 350ms", "detector heartbeat every 100ms timeout 350ms");
    means("timeout 0.5 s", "detector heartbeat every 100ms timeout 0.5s");
    means("expect leader = 5", "expect leader 5");
    means("loss 0,01", "loss 1%");
    means("capacity 200", "capacity 200/s");
    means("capacity 200rps", "capacity 200/s");
    means("capacity 200 /s", "capacity 200/s");
    means("capacity 200 rps", "capacity 200/s");
}

#[test]
fn what_can_mean_two_things_is_asked_for_and_not_guessed() {
    is_ambiguous("loss 1", ["1%", "100%"]);
    is_ambiguous("wait alive 0.5", ["0.5ms", "0.5s"]);
    is_ambiguous("wait alive 1,000ms", ["1.000ms", "1000ms"]);
    // A minute is no second, and half a request is none.
    for text in ["capacity 200/m", "capacity 200/min", "capacity 1.5/s", "until 2h"] {
        let found = parse(text).err().unwrap_or_default();
        assert!(
            found.iter().all(|diagnostic| diagnostic.suggestion.is_none()),
            "{text}: {found:?}"
        );
        assert!(!found.is_empty());
    }
}

#[test]
fn ranges_and_lists() {
    means("latency 10-20ms", "latency 10..20ms");
    means("latency 10ms-20ms", "latency 10..20ms");
    means("latency 10 - 20ms", "latency 10..20ms");
    means("latency 10–20ms", "latency 10..20ms");
    means("latency 10...20ms", "latency 10..20ms");
    means("latency 10…20ms", "latency 10..20ms");
    means("latency 10 to 20ms", "latency 10..20ms");
    means("latency 10-20", "latency 10..20ms");
    means("latency 3->5 10-20ms", "latency 3->5 10..20ms");
    means("at 1s latency 10-20ms", "at 1s latency 10..20ms");
    means("processes 1 2 3", "processes list 1 2 3");
    means("processes 1, 2, 3, 5", "processes list 1 2 3 5");
    means("processes 1..6", "processes 6");
    means("1..6", "processes 6");
    means("processes 1-5", "processes 5");
    means("processes 3..5", "processes list 3 4 5");
    means("at 1s crash 1..3", "at 1s crash 1 2 3");
    means("at 1s crash 4-6", "at 1s crash 4 5 6");
    means("at 1s partition 1-3 | 4-6", "at 1s partition 1 2 3 | 4 5 6");
    means("group a on 1..3", "group a on 1 2 3");
    means("processes list 1..4", "processes 4");
}

#[test]
fn signs() {
    means("at 1s cut 1-2", "at 1s cut 1--2");
    means("at 1s cut 1→2", "at 1s cut 1->2");
    means("at 1s cut 1 → 2", "at 1s cut 1->2");
    means("at 1s cut 1=>2", "at 1s cut 1->2");
    means("at 1s cut 1-->2", "at 1s cut 1->2");
    means("at 1s cut 1<->2", "at 1s cut 1--2");
    means("at 1s cut 1—2", "at 1s cut 1--2");
    means("message Election 3→5 #1 lost", "message Election 3->5 #1 lost");
    means("message Election 3-5 #1 lost", "message Election 3->5 #1 lost");
    means("expect elections ≤ 3", "expect elections <= 3");
    means("expect elections < 3", "expect elections <= 2");
    means("expect elections > 3", "expect elections >= 4");
    means("expect no split-brain", "expect no split brain");
    means("expect elections == 3", "expect elections = 3");
    means("expect messages => 3", "expect messages >= 3");
    means("seed: 7", "seed 7");
    means("seed = 7", "seed 7");
    means("seed=7", "seed 7");
    means("seed:7", "seed 7");
}

#[test]
fn quotes() {
    means("title “Bully: 3 notices”", "title \"Bully: 3 notices\"");
    means("title “a # b” # c", "title \"a # b\" # c");
    means("title ‘It’s 6’", "title \"It’s 6\"");
    means("title 'Bully'", "title \"Bully\"");
    means("title „Bully“", "title \"Bully\"");
    means("title «Bully»", "title \"Bully\"");
    means("title \"Bully”", "title \"Bully\"");
    means("title “Bully\"", "title \"Bully\"");
    means("title “a  \\ b”", "title \"a  \\\\ b\"");
}

#[test]
fn comments() {
    means("// a comment\nseed 7", "seed 7");
    means("//a comment", "");
    means("//1 more", "");
    means("; a comment", "");
    means("at 1s crash 6 // it leads", "at 1s crash 6");
    means("at 1s crash 6 ; it \"leads", "at 1s crash 6");
    means("seed 7;", "seed 7");
    means("wait alive 60ms; # patience", "wait alive 60ms");
    means("title \"http://a\" // b", "title \"http://a\"");
    means("seed 7 // say \"hello", "seed 7");
}

#[test]
fn a_process_that_is_isolated_is_a_side_of_its_own() {
    means("at 1s isolate 3", "at 1s partition 3 | 1 2 4 5 6");
    means("processes 4\nat 1s isolate 3", "processes 4\nat 1s partition 3 | 1 2 4");
    means("at 1s isolate 3 4", "at 1s partition 3 | 4 | 1 2 5 6");
    means("at 1s disconnect 3", "at 1s partition 3 | 1 2 4 5 6");
    means("at 1s disconnect 3--5", "at 1s cut 3--5");
    means("isolate 3", "at 100ms partition 3 | 1 2 4 5 6");
    means("at 1s drop 3->5", "at 1s cut 3->5");
    means("at 1s drop 3->5 20%", "at 1s loss 3->5 20%");
}

/// Each in the place of the word that it means, in the example of that word.
#[test]
fn every_foreign_word_becomes_what_the_table_says() {
    each_foreign_example(|example, bad| means(bad, example));
}

#[test]
fn a_foreign_word_before_a_value_without_its_unit_is_corrected_with_the_value() {
    let mut corrected = 0;
    each_foreign_example(|example, bad| {
        let bare = |text: &str| text.split(' ').map(without_unit).collect::<Vec<_>>().join(" ");
        // What a value without its unit means is not always clear.
        let is_clear = |text: &str| with_offers(text).is_ok();
        if bare(bad) != bad && is_clear(&bare(example)) {
            assert!(is_clear(&bare(bad)), "{}", bare(bad));
            corrected += 1;
        }
    });
    assert!(corrected > 20, "{corrected}");
}

/// A number of milliseconds, per cent or requests a second, without that.
fn without_unit(word: &str) -> &str {
    let ends = ["ms", "%", "/s"].iter().find_map(|unit| word.strip_suffix(unit));
    ends.filter(|number| number.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(word)
}

/// An example of each word that a foreign word means, and the same with the foreign word.
fn each_foreign_example(mut check: impl FnMut(&str, &str)) {
    for row in FOREIGN {
        let first = row.meant.split(' ').next().unwrap_or_default();
        let of_word = WORDS.iter().find(|word| word.kind == row.kind && word.word == first);
        // A word that opens lines too stands inside of another's example.
        let inside = || WORDS.iter().find(|word| word.example.contains(&format!(" {first} ")));
        let word =
            of_word.or_else(inside).unwrap_or_else(|| panic!("{} is no word of ours", row.meant));
        let others = WORDS.iter().filter(|other| other.example.contains(row.meant));
        let example = match word.example.contains(row.meant) {
            true => word.example,
            false => others.map(|other| other.example).next().expect("an example has it"),
        };
        let at = place(example, row.meant);
        for foreign in row.words {
            let mut bad = example.to_owned();
            bad.replace_range(at.clone(), foreign);
            let context = match parse(example) {
                Ok(_) => "",
                Err(_) => "detector heartbeat every 100ms timeout 350ms\n",
            };
            check(&format!("{context}{example}"), &format!("{context}{bad}"));
        }
    }
}

/// Where it stands as a word: a unit stands behind a number, any other one behind a blank.
fn place(example: &str, meant: &str) -> std::ops::Range<usize> {
    let begins = |&(at, _): &(usize, &str)| {
        let before = example[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphabetic())
    };
    let found = example.match_indices(meant).find(begins);
    let (at, _) = found.unwrap_or_else(|| panic!("{meant} is not in {example}"));
    at..at + meant.len()
}

#[test]
fn a_fault_without_its_time_gets_one_too() {
    let of_faults = FOREIGN.iter().filter(|row| row.kind == KeywordPosition::Fault);
    for row in of_faults {
        let word =
            WORDS.iter().find(|word| word.kind == KeywordPosition::Fault && word.word == row.meant);
        let example = word.expect("it is one of ours").example;
        let Some(fault) = example.strip_prefix("at 100ms ") else { continue };
        for foreign in row.words {
            let is_statement = FOREIGN.iter().any(|other| {
                other.kind == KeywordPosition::Statement && other.words.contains(foreign)
            });
            if !is_statement {
                means(&fault.replacen(row.meant, foreign, 1), example);
            }
        }
    }
}

#[test]
fn no_foreign_word_is_ours_or_stands_twice() {
    for row in FOREIGN {
        for foreign in row.words {
            let is_ours = WORDS.iter().any(|word| word.kind == row.kind && word.word == *foreign);
            assert!(!is_ours, "{foreign}");
            let rows = FOREIGN.iter().filter(|other| other.kind == row.kind);
            let count: usize =
                rows.map(|other| other.words.iter().filter(|word| *word == foreign).count()).sum();
            assert_eq!(count, 1, "{foreign}");
        }
    }
}

#[test]
fn a_message_or_timer_of_another_text_is_named_as_it_is_here() {
    let lines = |text: &str| texts(&parse(text).err().unwrap_or_default()).join("\n");
    let names = [
        ("COORDINATOR", "Elected"),
        ("Victory", "Elected"),
        ("OK", "Alive"),
        ("Answer", "Alive"),
        ("RequestVote", "VoteRequest"),
        ("AppendEntries", "Heartbeat"),
    ];
    for (theirs, ours) in names {
        let error = format!("line 1, column 9: `{theirs}` is called `{ours}` here");
        assert_eq!(lines(&format!("message {theirs} 5->1 #1 lost")), error);
    }
    assert_eq!(
        lines("timer election-timeout 3 #1 fires 1s"),
        "line 1, column 7: `election-timeout` is called `heartbeat` here"
    );
}

#[test]
fn settings_of_keepalived_are_offered_as_ours() {
    let lines = |text: &str| texts(&parse(text).err().unwrap_or_default()).join("\n");
    assert_eq!(
        lines("nopreempt"),
        "line 1, column 1: `nopreempt` is not a statement; did you mean `preempt off`?"
    );
    assert_eq!(
        lines("preempt_delay 5s"),
        "line 1, column 1: `preempt_delay` is not a statement; did you mean `preempt after`?"
    );
    assert_eq!(
        lines("priority 100"),
        "line 1, column 1: `priority` is not a statement; did you mean `processes list`?"
    );
}

#[test]
fn the_error_names_the_intended_notation() {
    let lines = |text: &str| texts(&parse(text).err().unwrap_or_default()).join("\n");
    assert_eq!(lines("loss 0.01"), "line 1, column 6: `0.01` has no percent sign; write `1%`");
    assert_eq!(
        lines("latency 10-20ms"),
        "line 1, column 9: `10-20ms` cannot be read: two dots stand between the ends of a range; write \
         `10..20ms`"
    );
    assert_eq!(
        lines("latency 10-20"),
        "line 1, column 9: `10-20` cannot be read: two dots stand between the ends of a range; write \
         `10..20ms`"
    );
    assert_eq!(
        lines("seed 7 // lucky"),
        "line 1, column 8: `//` cannot be read: a comment starts with `#`; write `#`"
    );
    assert_eq!(
        lines("at 1s kill 6"),
        "line 1, column 7: `kill` is not something that happens at a time; did you mean `crash`?"
    );
    assert_eq!(
        lines("at 1,5s crash 6"),
        "line 1, column 4: `1,5s` cannot be read: decimals follow a point; write `1.5s`"
    );
}
