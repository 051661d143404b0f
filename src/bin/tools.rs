//! The program with the tools: in a worker it serves the page; beside the program of the page or of a figure it reads
//! and writes JSON. It is fetched when it is first needed.

use hustings::scenario::{json, script};
use hustings::web::tools;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {
    tools::serve();
}

/// The script of a scenario in JSON, which may be longer than a script from outside.
///
/// # Errors
/// The list of `JsonProblem`.
#[wasm_bindgen(js_name = scriptOf)]
pub fn script_of(json: &str) -> Result<String, JsValue> {
    match json::read(json) {
        Ok(scenario) => Ok(script::rewrite("", &scenario)),
        Err(problems) => Err(serde_wasm_bindgen::to_value(&problems)?),
    }
}

/// The JSON of a script of the page.
///
/// # Errors
/// The script cannot be read, and no script of the page is so.
#[wasm_bindgen(js_name = jsonOf)]
pub fn json_of(script: &str) -> Result<String, JsValue> {
    let script = script::read_again(script).map_err(|_| JsValue::UNDEFINED)?;
    Ok(json::write(&script.scenario))
}
