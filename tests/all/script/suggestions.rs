//! What one button does about a mistake.

use hustings::scenario::script::parse;

/// The label of the first problem's suggestion, and the script after it.
fn mended(text: &str) -> (String, String) {
    let found = parse(text).err().unwrap_or_default();
    let suggestion = found.first().and_then(|diagnostic| diagnostic.suggestion.clone());
    let suggestion = suggestion.unwrap_or_else(|| panic!("nothing to press for {text}"));
    let after = suggestion.apply(text);
    (suggestion.label, after)
}

#[track_caller]
fn becomes(bad: &str, label: &str, good: &str) {
    assert_eq!(mended(bad), (label.to_owned(), good.to_owned()));
    assert!(parse(good).is_ok(), "{good} still has mistakes");
}

#[test]
fn the_nearest_word_takes_the_place_of_a_misspelt_one() {
    becomes("at 1s suspct 3", "write `suspect`", "at 1s suspect 3");
    becomes("sed 7 # é", "write `seed`", "seed 7 # é");
    becomes("crahs 6", "write `at 100ms crash`", "at 100ms crash 6");
}

#[test]
fn what_is_missing_is_put_in() {
    becomes("crash 6", "put `at 100ms` before it", "at 100ms crash 6");
    becomes("wait alive 60", "write `60ms`", "wait alive 60ms");
    becomes("loss 5", "write `5%`", "loss 5%");
    becomes("capacity 150", "write `150/s`", "capacity 150/s");
    becomes("title A \"B\" # c", "put it in quotes", "title \"A B\" # c");
    becomes("title \"A", "close it", "title \"A\"");
    let edit = "group a on 1 2\nmessage Alive 1->2 #1 lost # x";
    becomes(edit, "add `in a`", "group a on 1 2\nmessage Alive 1->2 #1 lost in a # x");
}

#[test]
fn what_is_suggested_next_is_suggested_with_it() {
    becomes("slow 5", "write `latency 5ms`", "latency 5ms");
    becomes("seed 7\nslow 5 # é", "write `latency 5ms`", "seed 7\nlatency 5ms # é");
    becomes("at 2 crsh 6", "write `2ms crash`", "at 2ms crash 6");
    becomes("crsh 6 ; é", "write `at 100ms crash 6 #`", "at 100ms crash 6 # é");
    becomes("latency 20-10", "write `10..20ms`", "latency 10..20ms");
}

#[test]
fn what_is_the_wrong_way_round_is_turned() {
    becomes("latency 20..10ms", "write `10..20ms`", "latency 10..20ms");
}

#[test]
fn a_foreign_unit_becomes_one_of_ours() {
    becomes("until 5sec", "write `5s`", "until 5s");
    becomes("wait alive 250µs", "write `250us`", "wait alive 250us");
}

#[test]
fn a_leader_of_all_beside_groups_goes() {
    becomes("group a on 1 2\nleader 2", "take the line out", "group a on 1 2\n");
}

#[test]
fn what_always_lacks_or_has_too_much_of() {
    let good = "expect always agreement with 1 fault # c";
    becomes("expect always agreement # c", "write `with 1 fault`", good);
    becomes("expect agreement with 1 fault # c", "write `always`", good);
    becomes("expect alway agreement with 1 fault # c", "write `always`", good);
    let group = "group a on 1 2\nexpect always agreement";
    becomes(
        &format!("{group} in a"),
        "write `with 1 fault`",
        &format!("{group} with 1 fault in a"),
    );
    becomes(
        "expect always leader 5 by 2s with 0 faults of crash # c",
        "write `leader 5 by 2s`",
        "expect leader 5 by 2s # c",
    );
    let with = |faults: &str| format!("expect always no split brain with {faults}");
    becomes(&with("9 faults"), "write `4`", &with("4 faults"));
    becomes(&with("2 faults of crsh, cut"), "write `crash`", &with("2 faults of crash, cut"));
    becomes(&with("2 faults of cut drop"), "write `lose`", &with("2 faults of cut lose"));
    becomes(&with("2 faults of cut lose cut"), "leave it out", &with("2 faults of cut lose"));
    becomes(&with("2 faults of cut, cut, lose"), "leave it out", &with("2 faults of cut, lose"));
}

#[test]
fn a_place_is_counted_in_characters_and_its_span_in_bytes() {
    let text = "title \"é\"\ntitle \"ü\" foo";
    let found = parse(text).err().unwrap_or_default();
    let [only] = &*found else { panic!("one problem, not {found:?}") };
    assert_eq!((only.line, only.column), (2, 11));
    assert_eq!(&text[only.span.clone()], "foo");
}
