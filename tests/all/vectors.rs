//! The scenarios of `tests/vectors/`, with the exact report that any correct implementation gives, natively and
//! in the browser.

#[cfg(not(target_arch = "wasm32"))]
use crate::oracle;
use hustings::run::Run;
use hustings::scenario::script;
use serde_json::Value;
#[cfg(not(target_arch = "wasm32"))]
use serde_json::json;
#[cfg(not(target_arch = "wasm32"))]
use std::collections::BTreeMap;

const VECTORS: &str = include_str!("../vectors/algorithms.json");

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_vector_has_its_report() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    assert_eq!(vectors.len(), 75);
    let wrong: Vec<String> = vectors.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} of 75 differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_second_implementation_has_every_report_too() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    let wrong: Vec<String> = vectors.iter().filter_map(second_difference).collect();
    assert!(wrong.is_empty(), "{} of 75 differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// What of the second implementation's run is not as the vector has it.
#[cfg(not(target_arch = "wasm32"))]
fn second_difference(vector: &Value) -> Option<String> {
    let text = vector["script"].as_str().unwrap_or_default();
    let title = format!("{}: {}", vector["feature"], vector["title"]);
    let scenario = script::parse(text).unwrap_or_else(|problems| panic!("{title}: {problems:?}"));
    let outcome = oracle::outcome(&scenario);
    let spans = oracle::spans(&outcome.leading[0], scenario.end());
    let total = |wanted: fn(usize) -> bool| -> u64 {
        spans.iter().filter(|(_, _, who)| wanted(who.len())).map(|(from, to, _)| to - from).sum()
    };
    let count = |verb: &str, word: fn(&[&str]) -> String| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for line in &outcome.log {
            let words: Vec<&str> = line.split(' ').collect();
            if words[1] == verb {
                *counts.entry(word(&words)).or_default() += 1;
            }
        }
        counts
    };
    let sent = count("sent", |words| words[3].to_owned());
    let lost = count("lost", |words| words[words.len() - 1].to_owned());
    let elections: u64 = count("elects", |words| words[2].to_owned()).values().sum();
    let leaders: Vec<Value> = spans
        .iter()
        .map(|(from, to, who)| json!({"fromUs": from, "toUs": to, "leaders": who}))
        .collect();
    let believed = outcome.believed[0].iter();
    let believed: BTreeMap<String, Option<u16>> =
        believed.map(|(rank, leader)| (rank.to_string(), leader.map(|l| l.get()))).collect();
    let messages = json!({"total": sent.values().sum::<u64>(), "byKind": sent, "lost": lost});
    let found = json!({
        "messages": messages, "elections": elections, "leaders": leaders, "believed": believed,
        "splitBrainUs": total(|leaders| leaders > 1), "leaderlessUs": total(|leaders| leaders == 0),
    });
    differing(&title, vector, &found)
}

/// What of a report is not as the vector has it.
fn difference(vector: &Value) -> Option<String> {
    let text = vector["script"].as_str().unwrap_or_default();
    let title = format!("{}: {}", vector["feature"], vector["title"]);
    let script = match script::read(text) {
        Ok(script) => script,
        Err(problems) => return Some(format!("{title}: {problems:?}")),
    };
    let report = Run::of(script.scenario.clone()).report(&script);
    let json = serde_json::to_value(&report).expect("a report is JSON");
    let group = &json["groups"][0];
    differing(&title, vector, group)
}

fn differing(title: &str, vector: &Value, found: &Value) -> Option<String> {
    let expected = vector["expected"].as_object()?;
    let differs = expected.iter().filter(|(key, value)| found[key.as_str()] != **value);
    let differs: Vec<String> = differs
        .map(|(key, value)| format!("  {key}: expected {value}, found {}", found[key.as_str()]))
        .collect();
    (!differs.is_empty()).then(|| format!("{title}\n{}", differs.join("\n")))
}
