//! Every mistake in JSON has a sentence of its own, with its line, its column and its path.

use crate::golden;
use hustings::scenario::{json, limits};
use std::fmt::Write;

/// What is shown, and the JSON that shows it.
const MISTAKES: [(&str, &str); 73] = [
    ("no JSON", "{\n  \"seed\": 7,,\n}"),
    ("no JSON, behind a long letter", "{\"title\": \"日本\" \"seed\"}"),
    ("it is not closed", "{\"timeline\": [\n  {\"atUs\": 5"),
    ("nothing at all", ""),
    ("a list", "[]"),
    ("a list instead of an object", r#"{"latency": [10000, 20000]}"#),
    ("a number instead of an object", r#"{"timeline": [7]}"#),
    ("null instead of nothing", r#"{"title": null}"#),
    ("text instead of a number", r#"{"waitAliveUs": "60ms"}"#),
    ("a fraction", r#"{"untilUs": 1.5}"#),
    ("less than nothing", r#"{"untilUs": -1}"#),
    ("a number with an exponent", r#"{"untilUs": 2e6}"#),
    ("a number instead of text", r#"{"title": 7}"#),
    ("a seed that is a number", r#"{"seed": 7}"#),
    ("a seed that is no number", r#"{"seed": "seven"}"#),
    ("no flag", r#"{"fifo": 1}"#),
    ("no list", r#"{"processes": 6}"#),
    ("a number that is too large", r#"{"processes": [1, 70000]}"#),
    ("a rank of nothing", r#"{"processes": [0, 1]}"#),
    ("too large a rate", r#"{"lossPpm": 1000001}"#),
    ("a field that it has not", r#"{"sead": "7"}"#),
    ("a field like none", r#"{"figure": {"colour": "red"}}"#),
    (
        "a field deep inside",
        r#"{"timeline": [{"atUs": 1, "kind": "crash", "processes": [6]},
               {"atUs": 2, "kind": "cut", "links": {"from": [1], "to": [2], "bothh": true}}]}"#,
    ),
    (
        "a field of another kind",
        r#"{"timeline": [{"atUs": 1, "kind": "crash", "processes": [6], "forUs": 5}]}"#,
    ),
    ("a field that is given twice", r#"{"seed": "1", "seed": "2"}"#),
    (
        "a kind that is given twice",
        r#"{"timeline": [{"atUs": 1, "kind": "crash", "kind": "heal", "processes": [6]}]}"#,
    ),
    ("a kind by its number", r#"{"algorithm": {"kind": 1}}"#),
    (
        "an instant and an interval",
        r#"{"timeline": [{"atUs": 1, "everyUs": 2, "fromUs": 3, "kind": "heal"}]}"#,
    ),
    ("no such kind", r#"{"timeline": [{"atUs": 1, "kind": "crsh", "processes": [6]}]}"#),
    ("a kind like none", r#"{"algorithm": {"kind": "paxos"}}"#),
    ("no kind", r#"{"expectations": [{"leader": 5}]}"#),
    ("two times", r#"{"expectations": [{"kind": "agreement", "atUs": 5, "byUs": 6}]}"#),
    ("half a time", r#"{"expectations": [{"kind": "leads", "process": 5, "fromUs": 5}]}"#),
    ("a time of no length", r#"{"expectations": [{"kind": "agreement", "fromUs": 5, "toUs": 5}]}"#),
    (
        "a time that it does not take",
        r#"{"expectations": [{"kind": "elections", "compare": "=", "count": 1, "byUs": 5}]}"#,
    ),
    (
        "another time than it takes",
        r#"{"expectations": [{"kind": "messages", "compare": "=", "count": 1, "atUs": 5}]}"#,
    ),
    ("too many faults", r#"{"expectations": [{"kind": "agreement", "always": {"faults": 9}}]}"#),
    ("no share of seeds", r#"{"expectations": [{"kind": "agreement", "inSeedsPpm": 0}]}"#),
    (
        "a share of seeds beside added faults",
        r#"{"expectations": [{"kind": "agreement", "inSeedsPpm": 9, "always": {"faults": 1}}]}"#,
    ),
    ("too many seeds", r#"{"seeds": 10001}"#),
    ("no faults", r#"{"expectations": [{"kind": "agreement", "always": {"faults": 0}}]}"#),
    (
        "no number of faults",
        r#"{"expectations": [{"kind": "agreement", "always": {"kinds": ["crash"]}}]}"#,
    ),
    (
        "no such kind of fault",
        r#"{"expectations": [{"kind": "agreement", "always": {"faults": 1, "kinds": ["crsh"]}}]}"#,
    ),
    (
        "no kind of fault",
        r#"{"expectations": [{"kind": "agreement", "always": {"faults": 1, "kinds": []}}]}"#,
    ),
    (
        "a kind of fault that is listed twice",
        r#"{"expectations": [{"kind": "agreement", "always": {"faults": 2, "kinds": ["cut", "cut"]}}]}"#,
    ),
    ("it follows itself", r#"{"expectations": [{"kind": "follows", "process": 5, "leader": 5}]}"#),
    ("no instant", r#"{"timeline": [{"kind": "crash", "processes": [6]}]}"#),
    (
        "a flap that repeats",
        r#"{"timeline": [{"everyUs": 9, "fromUs": 1, "kind": "flap", "process": 1, "downUs": 1, "upUs": 1}]}"#,
    ),
    (
        "no message",
        r#"{"edits": [{"kind": "lost", "message": "Veto", "from": 1, "to": 2, "nth": 1}]}"#,
    ),
    ("a latency the wrong way round", r#"{"latency": {"loUs": 20000, "hiUs": 10000}}"#),
    ("a leader beside groups", r#"{"groups": [{"name": "a", "members": [1]}], "leader": 1}"#),
    (
        "an override of no group",
        r#"{"groups": [{"name": "orders", "members": [1, 2]}],
            "edits": [{"kind": "lost", "message": "Alive", "from": 1, "to": 2, "nth": 1}]}"#,
    ),
    ("no such group", r#"{"expectations": [{"kind": "agreement", "group": "orders"}]}"#),
    ("links of which nothing is said", r#"{"links": [{"from": [1], "to": [2]}]}"#),
    (
        "links of which it is given twice",
        r#"{"links": [{"from": [1], "to": [2, 3], "lossPpm": 5},
            {"from": [2], "to": [1], "both": true, "lossPpm": 6}]}"#,
    ),
    (
        "a needed field that is misspelt",
        r#"{"timeline": [{"atUs": 1, "kind": "crash", "proceses": [6]}]}"#,
    ),
    ("a kind that is misspelt", r#"{"timeline": [{"atUs": 1, "knd": "crash", "processes": [6]}]}"#),
    (
        "a needed field that is something else",
        r#"{"timeline": [{"atUs": 1, "kind": "crash", "ranks": [6]}]}"#,
    ),
    ("two that are something else", r#"{"latency": {"least": 1, "most": 2}}"#),
    (
        "a field that is only like a missing one",
        r#"{"timeline": [{"everyUs": 9, "fromUs": 1, "kind": "pause", "processes": [6]}]}"#,
    ),
    ("more than 64 bits", r#"{"untilUs": 18446744073709551616}"#),
    ("a wait beyond 64 bits", r#"{"waitAliveUs": 99999999999999999999}"#),
    ("a seed beyond 64 bits", r#"{"seed": "18446744073709551616"}"#),
    (
        "a count that JavaScript would round",
        r#"{"expectations": [{"kind": "messages", "compare": "=", "count": 9007199254740993}]}"#,
    ),
    (
        "a count beyond 64 bits",
        r#"{"expectations": [{"kind": "elections", "compare": "=", "count": 18446744073709551616}]}"#,
    ),
    (
        "a count that is no number",
        r#"{"expectations": [{"kind": "elections", "compare": "=", "count": "three"}]}"#,
    ),
    (
        "a place beyond 32 bits",
        r#"{"edits": [{"kind": "lost", "message": "Alive", "from": 1, "to": 2, "nth": 4294967296}]}"#,
    ),
    ("too many requests", r#"{"loadPerSecond": 4294967296}"#),
    ("too many alternates", r#"{"algorithm": {"kind": "next-in-line", "alternates": 256}}"#),
    ("no such process", r#"{"timeline": [{"atUs": 1, "kind": "crash", "processes": [9]}]}"#),
    ("a leader from outside", r#"{"processes": [1, 2, 3], "leader": 6}"#),
    ("too late", r#"{"untilUs": 4000000000}"#),
    (
        "several at once",
        "{\n  \"seed\": 1,\n  \"algorithm\": {\"kind\": \"buly\"},\n  \"untilUs\": \"2s\"\n}",
    ),
];

#[test]
fn every_mistake_in_json_says_where_it_is_and_what_to_do() {
    let mut table = String::new();
    for (name, text) in MISTAKES {
        let problems = json::read(text).expect_err(name);
        let _ = writeln!(table, "{name}");
        for problem in problems {
            let _ = writeln!(table, "    {problem}");
            let _ = writeln!(table, "        at {}", &text[problem.span.clone()]);
        }
    }
    golden::check("tests/golden/json-that-cannot-be-read.txt", &table);
}

#[test]
fn json_that_is_too_long_is_not_read() {
    let text = format!("{{\"title\": \"{}\"}}", "x".repeat(limits::LONGEST_JSON));
    let problems = json::read(&text).expect_err("it is too long");
    assert_eq!(
        problems[0].to_string(),
        "line 1, column 1: the text has 1048589 bytes; the most is 1048576"
    );
}

#[test]
fn of_many_problems_the_rest_is_counted() {
    let entries = |count| {
        let entry = r#"{"atUs": 1, "kind": "crash", "processes": [9]}"#;
        format!(r#"{{"timeline": [{}]}}"#, vec![entry; count].join(", "))
    };
    assert_eq!(json::read(&entries(100)).expect_err("there is no 9").len(), 100);
    let problems = json::read(&entries(160)).expect_err("there is no 9");
    assert_eq!(problems.len(), 101);
    assert!(problems[100].to_string().ends_with(": 60 more problems are not listed"));
}

#[test]
fn an_unknown_field_is_refused_in_every_object() {
    let everything = include_str!("../../golden/everything.json");
    let mut count = 0;
    for (at, _) in everything.match_indices('{') {
        let (before, after) = everything.split_at(at + 1);
        let problems =
            json::read(&format!("{before}\"zzz\": 1,{after}")).expect_err("zzz is no field");
        let problem = problems[0].to_string();
        assert!(problem.contains("zzz: `zzz` is unknown here; write `"), "{problem}");
        count += 1;
    }
    assert!(count > 50, "{count} objects were found");
}
