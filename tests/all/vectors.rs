//! The scenarios of `tests/vectors/`, with the exact report that any correct implementation gives, natively and
//! in the browser.

use hustings::run::Run;
use hustings::scenario::script;
use serde_json::Value;

const VECTORS: &str = include_str!("../vectors/algorithms.json");

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_vector_has_its_report() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    assert_eq!(vectors.len(), 75);
    let wrong: Vec<String> = vectors.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} of 75 differ:\n{}", wrong.len(), wrong.join("\n"));
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
    let expected = vector["expected"].as_object()?;
    let differs = expected.iter().filter(|(key, value)| group[key.as_str()] != **value);
    let differs: Vec<String> = differs
        .map(|(key, value)| format!("  {key}: expected {value}, found {}", group[key.as_str()]))
        .collect();
    (!differs.is_empty()).then(|| format!("{title}\n{}", differs.join("\n")))
}
