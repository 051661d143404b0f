//! Tests that generate the TypeScript types and the JSON Schema, which are stored in `www/types`.

use super::scalar::{JsonCount, JsonLeader};
use super::types::parts::{
    JsonAddedFaults, JsonAlternates, JsonCondition, JsonExpectation, JsonExpectationScope,
    JsonMark, JsonName, JsonPreemption, JsonQuorum, JsonZone,
};
use super::types::{
    JsonAlgorithm, JsonDetector, JsonEdit, JsonEntry, JsonFate, JsonFault, JsonFigure, JsonGroup,
    JsonLatency, JsonLinkSetting, JsonLinks, JsonScenario, JsonTiming, JsonWhen,
};
use crate::scenario::{Comparison, FigureView, MoveKind};
use crate::types::{MessageKind, TimerKind};
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;
use ts_rs::{Config, TS};

/// A type with its doc comment, exported; the prefix `Json` of its name is removed.
pub(crate) fn declared<T: TS>() -> String {
    // JavaScript numbers are exact up to 2^53, and an hour has 2^32 microseconds.
    let config = Config::new().with_large_int("number");
    let text = format!("{}export {}\n\n", T::docs().unwrap_or_default(), T::decl(&config));
    text.replace("Json", "")
}

/// Checks that a file of types is up to date; `UPDATE=1` writes it.
pub(crate) fn check_types(path: &str, source: &str, declared: &[String]) {
    let head = format!("// Made from {source}: `UPDATE=1 cargo test` writes it anew.\n\n");
    check_file(path, &format!("{}\n", (head + &declared.concat()).trim_end()));
}

fn check_file(path: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.with_file_name("")).expect("the folder can be made");
        return fs::write(&file, made).expect("the file can be written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(kept, made, "{path}: `UPDATE=1 cargo test` writes it anew");
}

#[test]
fn the_types_for_typescript_are_as_they_are_made() {
    let declared = [
        declared::<JsonScenario>(),
        declared::<JsonAlgorithm>(),
        declared::<JsonAlternates>(),
        declared::<JsonDetector>(),
        declared::<JsonPreemption>(),
        declared::<JsonQuorum>(),
        declared::<JsonLeader>(),
        declared::<JsonLatency>(),
        declared::<JsonLinks>(),
        declared::<JsonLinkSetting>(),
        declared::<JsonTiming>(),
        declared::<JsonGroup>(),
        declared::<JsonEntry>(),
        declared::<JsonWhen>(),
        declared::<JsonFault>(),
        declared::<JsonEdit>(),
        declared::<JsonFate>(),
        declared::<MessageKind>(),
        declared::<TimerKind>(),
        declared::<JsonExpectation>(),
        declared::<JsonExpectationScope>(),
        declared::<JsonAddedFaults>(),
        declared::<MoveKind>(),
        declared::<JsonCondition>(),
        declared::<JsonCount>(),
        declared::<Comparison>(),
        declared::<JsonName>(),
        declared::<JsonZone>(),
        declared::<JsonMark>(),
        declared::<JsonFigure>(),
        declared::<FigureView>(),
    ];
    check_types("www/types/scenario.d.ts", "src/scenario/json/types.rs", &declared);
}

#[test]
fn the_json_schema_is_as_it_is_made() {
    let mut schema = serde_json::to_value(schemars::schema_for!(JsonScenario)).expect("it is JSON");
    for definition in schema["$defs"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        refuse_null_and_unknown_fields(definition);
    }
    refuse_null_and_unknown_fields(&mut schema);
    let text = serde_json::to_string_pretty(&schema).expect("it is JSON");
    check_file("www/types/scenario.schema.json", &format!("{}\n", text.replace("Json", "")));
}

/// Adds to a schema what serde's derive does not express: an optional field is left out instead of `null`,
/// and unknown fields are errors.
fn refuse_null_and_unknown_fields(schema: &mut Value) {
    let is_object = schema.get("properties").or(schema.get("oneOf")).is_some();
    if is_object && schema.get("additionalProperties").is_none() {
        schema["unevaluatedProperties"] = false.into();
    }
    refuse_null(schema);
}

fn refuse_null(schema: &mut Value) {
    for variants in ["anyOf", "oneOf"] {
        schema
            .get_mut(variants)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .for_each(refuse_null);
    }
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut) {
        if let Some(Value::Array(types)) = property.get("type") {
            property["type"] = types[0].clone();
        }
        if let Some(Value::Array(either)) =
            property.as_object_mut().and_then(|it| it.remove("anyOf"))
        {
            property["$ref"] = either[0]["$ref"].clone();
        }
    }
}
