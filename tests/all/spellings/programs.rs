//! JSON as a program meets it.

use crate::golden;
use hustings::presets;
use hustings::scenario::{Scenario, json, limits, script};
use proptest::prelude::*;
use serde_json::{Value, json};

fn scenario(text: &str) -> Scenario {
    script::parse(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

fn read(text: &str) -> Scenario {
    json::read(text).unwrap_or_else(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}\n{text}", problems.join("\n"))
    })
}

#[test]
fn the_json_of_the_first_figure_explains_itself() {
    let preset = presets::find("bully-figure").expect("it is a preset");
    golden::check("tests/golden/bully-figure.json", &json::write(&scenario(preset.script)));
}

/// Every kind of everything, to be read beside its script.
#[test]
fn the_json_of_everything_has_every_field() {
    let everything = scenario(include_str!("everything.hustings"));
    let text = json::write(&everything);
    golden::check("tests/golden/everything.json", &text);
    assert_eq!(read(&text), everything);
    // Every field that the types for TypeScript declare is written here, by the first figure, or by an
    // algorithm or a remedy that excludes those.
    let first = presets::find("bully-figure").expect("it is a preset");
    let others = [
        first.script,
        "algorithm candidates 6 5 delay 30ms",
        "algorithm raft pre-vote\ndetector heartbeat every 100ms timeout 350ms",
        "detector heartbeat every 100ms timeout 350ms\npreempt after 2s\nquorum 4",
    ];
    let both = text + &others.map(|text| json::write(&scenario(text))).concat();
    let types = include_str!("../../../www/types/scenario.d.ts");
    let types = types.split_once("\n").map_or("", |(_, types)| types);
    let code = types.split("*/").flat_map(|part| part.split("/**").next());
    let fields = code.flat_map(|code| code.match_indices(": ").map(move |(at, _)| &code[..at]));
    let fields = fields.filter_map(|before| before.split([' ', '\n']).next_back());
    let fields = fields.map(|field| field.trim_matches(['?', '"']));
    let mut count = 0;
    for field in fields {
        count += 1;
        assert!(both.contains(&format!("\"{field}\":")), "`{field}` is written nowhere");
    }
    assert!(count > 60, "{count} fields were found");
}

#[test]
fn whatever_has_a_default_may_be_left_out() {
    assert_eq!(read("{}"), Scenario::default());
    let shortest = r#"{"timeline": [
        {"atUs": 100000, "kind": "crash", "processes": [6]},
        {"atUs": 200000, "kind": "suspect", "processes": [3]}
    ]}"#;
    assert_eq!(read(shortest), scenario("at 100ms crash 6\nat 200ms suspect 3"));
    let fewer = r#"{"processes": [1, 2, 3], "algorithm": {"kind": "next-in-line"}}"#;
    assert_eq!(read(fewer), scenario("processes 3\nalgorithm next-in-line"));
    let group = r#"{"groups": [{"name": "orders", "members": [1, 2, 3]}]}"#;
    assert_eq!(read(group), scenario("group orders on 1 2 3"));
}

#[test]
fn nobody_leads_is_null_and_another_thing_than_nothing() {
    assert_eq!(read(r#"{"leader": null}"#), scenario("leader none"));
    assert_eq!(read(r#"{"leader": 2}"#), scenario("leader 2"));
    let expects = r#"{"expectations": [{"kind": "leader", "leader": null}]}"#;
    assert_eq!(read(expects), scenario("expect leader none"));
}

#[test]
fn fields_come_in_any_order_and_layout_means_nothing() {
    let text = "\u{feff}\r\n{\"timeline\":[{\"processes\":[6],\r\n\t\"kind\":\"crash\",\"atUs\":5}],\"seed\":\"3\"}";
    assert_eq!(read(text), scenario("seed 3\nat 5us crash 6"));
    assert!(json::is_json(text) && !json::is_json("at 5us crash 6"));
    let escaped = r#"{"title": "Caf\u00e9 \"6\"", "\u0073eed": "3"}"#;
    assert_eq!(read(escaped), scenario("title \"Café \\\"6\\\"\"\nseed 3"));
}

#[test]
fn a_seed_keeps_every_bit_and_so_does_a_program_that_writes_it_back() {
    let wanted = scenario("seed 18446744073709551615");
    let value: Value = serde_json::from_str(&json::write(&wanted)).expect("it is JSON");
    assert_eq!(value["seed"], json!("18446744073709551615"));
    assert_eq!(read(&value.to_string()), wanted);
}

#[test]
fn a_count_that_javascript_would_round_is_in_quotes() {
    let exact = scenario("expect messages <= 9007199254740991");
    assert!(json::write(&exact).contains(r#""count": 9007199254740991 "#));
    let larger = scenario("expect messages <= 9007199254740993");
    let text = json::write(&larger);
    assert!(text.contains(r#""count": "9007199254740993" "#), "{text}");
    assert_eq!((read(&text), read(&json::write(&exact))), (larger, exact));
    let quoted = r#"{"expectations": [{"kind": "elections", "compare": "=", "count": "3"}]}"#;
    assert_eq!(read(quoted), scenario("expect elections = 3"));
}

#[test]
fn each_fault_has_a_line() {
    let text = json::write(&scenario("at 1s crash 6\nat 2s recover 6\nexpect leader 6"));
    assert!(
        text.contains("\n    { \"atUs\": 1000000, \"kind\": \"crash\", \"processes\": [6] },\n")
    );
    assert!(
        text.ends_with(
            "  \"expectations\": [\n    { \"kind\": \"leader\", \"leader\": 6 }\n  ]\n}\n"
        ),
        "{text}"
    );
}

#[test]
fn json_of_the_longest_length_is_read_soon() {
    for piece in ["{\"a\":", "[[", "{},", "\"links\":[", "1,", "\"\\u0041\"", "{\"kind\":1},"] {
        for (before, after) in [("", ""), ("{\"timeline\":[", "]}"), ("{\"links\":[", "{}]}")] {
            let most = (limits::LONGEST_JSON - before.len() - after.len()) / piece.len();
            let text = format!("{before}{}{after}", piece.repeat(most));
            let problems = json::read(&text).expect_err("it is no scenario");
            assert!((1..=101).contains(&problems.len()), "{piece}: {}", problems.len());
        }
    }
}

#[test]
fn a_field_that_is_nested_very_deep_is_refused() {
    let (open, close) = ("[".repeat(400_000), "]".repeat(400_000));
    let entry = format!("{{\"atUs\": 1, \"kind\": \"heal\", \"deep\": {open}{close}}}");
    for text in
        [format!("{{\"timeline\": [{entry}]}}"), format!("{{\"processes\": {open}{close}}}")]
    {
        assert_eq!(json::read(&text).expect_err("it is no scenario").len(), 1);
    }
}

proptest! {
    #[test]
    fn json_with_a_letter_changed_never_panics(
        seed in 0..300_u64,
        at in any::<prop::sample::Index>(),
        letter in any::<char>(),
    ) {
        let mut text: Vec<char> = json::write(&crate::scenarios::random(seed)).chars().collect();
        let at = at.index(text.len());
        text[at] = letter;
        let text: String = text.into_iter().collect();
        if let Err(problems) = json::read(&text) {
            for problem in problems {
                prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
            }
        }
    }

    #[test]
    fn noise_is_an_error_and_never_a_panic(text in "[{}\\[\\]\":,a-z0-9 \\\\é\n]{0,60}") {
        let _ = json::read(&text);
        let _ = json::read(&format!("{{\"timeline\": [{text}]}}"));
    }
}
