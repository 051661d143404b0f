//! `run --json`: the report, for programs.

use super::driver::{Folder, hustings};
use crate::golden;
use serde_json::{Value, json};

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn the_report_of_the_first_figure_has_every_field() {
    let ran = hustings(["run", "--json", "presets/bully-figure.hustings"]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    golden::check("tests/golden/run-bully-figure.json", &ran.out);
    let reports = parse(&ran.out);
    let report = &reports[0];
    assert_eq!(reports.as_array().map(Vec::len), Some(1));
    assert_eq!(
        keys(report),
        [
            "algorithm",
            "digest",
            "endUs",
            "events",
            "expectations",
            "formatVersion",
            "groups",
            "hints",
            "stopped",
            "title",
            "unusedEdits"
        ]
    );
    assert_eq!(
        keys(&report["groups"][0]),
        [
            "believed",
            "changes",
            "elections",
            "leaderlessUs",
            "leaders",
            "load",
            "messages",
            "name",
            "rounds",
            "splitBrainUs",
            "unprovokedChanges"
        ]
    );
    assert_eq!(keys(&report["groups"][0]["messages"]), ["byKind", "lost", "total"]);
    assert_eq!(
        keys(&report["expectations"][0]),
        ["atUs", "group", "holds", "index", "line", "reason", "text"]
    );
    assert_eq!(report["formatVersion"], 1);
    assert_eq!(report["algorithm"], "bully");
    assert_eq!(report["stopped"], Value::Null);
    assert_eq!(report["digest"].as_str().map(str::len), Some(16));
    let group = &report["groups"][0];
    assert_eq!(group["leaders"][0], json!({"fromUs": 0, "toUs": 100_000, "leaders": [6]}));
    assert_eq!(group["believed"], json!({"1": 5, "2": 5, "3": 5, "4": 5, "5": 5, "6": null}));
    assert_eq!(
        group["messages"],
        json!({
            "total": 10,
            "byKind": {"Election": 3, "Alive": 2, "Proceed": 1, "Elected": 4},
            "lost": {"crashed": 1}
        })
    );
}

#[test]
fn unused_overrides_and_hints_have_their_lines() {
    let script = "until 1s\nuntil 2s\nmessage Alive 5->3 #2 lost\n";
    let reports = parse(&hustings(["run", "--json", "-"]).with(script).out);
    assert_eq!(
        reports[0]["unusedEdits"],
        json!([{
            "line": 3,
            "text": "message Alive 5->3 #2 lost",
            "reason": "no second Alive from 5 to 3 is ever sent"
        }])
    );
    assert_eq!(
        reports[0]["hints"],
        json!([{"line": 1, "text": "line 2 says this anew, so this line counts for nothing"}])
    );
}

#[test]
fn there_is_one_entry_a_file_and_null_for_one_that_cannot_be_read() {
    let folder = Folder::new("json");
    let broken = folder.file("broken.hustings", "at 1s crsh 6");
    let good = folder.file("good.hustings", "title \"Good\"");
    let ran = hustings(["run", "--json", &broken, &good]);
    assert_eq!(ran.code, 2);
    let reports = parse(&ran.out);
    assert_eq!((&reports[0], &reports[1]["title"]), (&Value::Null, &json!("Good")));
    assert!(ran.err.contains("did you mean `crash`?"), "{}", ran.err);
}

/// In alphabetical order, as JSON has none.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .map(|object| object.keys().map(String::as_str).collect())
        .unwrap_or_default();
    keys.sort_unstable();
    keys
}
