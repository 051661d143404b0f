//! JSON on the page and in a figure. The program of the tools reads and writes it, and is fetched when it is first
//! needed. It runs beside the page's own program and not in the worker: a figure in a sandbox may start no worker, and
//! what is typed as the page is left has to be read at once.

use super::tools;
use crate::scenario::json::JsonProblem;
use crate::scenario::{Scenario, script};
use crate::session::import::ImportError;
use crate::tools::ToolsFailure;
use js_sys::{Object, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    fn import(address: &str) -> Promise;

    /// The program, as `bin/tools.rs` exports it.
    #[derive(Clone, Debug, PartialEq)]
    pub type JsonProgram;
    #[wasm_bindgen(method, js_name = default)]
    fn start(this: &JsonProgram, options: &Object) -> Promise;
    #[wasm_bindgen(method, catch, js_name = scriptOf)]
    fn script_of(this: &JsonProgram, json: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch, js_name = jsonOf)]
    fn json_of(this: &JsonProgram, script: &str) -> Result<String, JsValue>;
}

/// Fetches and starts the program, unless it runs already.
///
/// # Errors
/// The files are missing, or the browser does not run them.
pub async fn load() -> Result<JsonProgram, ToolsFailure> {
    if let Some(program) = loaded() {
        return Ok(program);
    }
    match started().await {
        Ok(program) => {
            LOADED.set(Some(program.clone()));
            Ok(program)
        }
        Err(error) => {
            web_sys::console::info_1(&error);
            Err(ToolsFailure::NotLoaded)
        }
    }
}

/// Parses a scenario that is imported.
///
/// # Errors
/// The problems of the text, or the reason why the program is not there.
pub fn import_scenario(
    program: &Result<JsonProgram, ToolsFailure>,
    json: &str,
) -> Result<Scenario, ImportError> {
    match program {
        Ok(program) => program.read(json).map_err(ImportError::Json),
        Err(failure) => Err((*failure).into()),
    }
}

/// The program, if it runs already.
pub fn loaded() -> Option<JsonProgram> {
    LOADED.with_borrow(Clone::clone)
}

thread_local! {
    static LOADED: RefCell<Option<JsonProgram>> = const { RefCell::new(None) };
}

async fn started() -> Result<JsonProgram, JsValue> {
    let file = |end: &str| tools::address(end).ok_or(JsValue::UNDEFINED);
    let program: JsonProgram = JsFuture::from(import(&file(".js")?)).await?.unchecked_into();
    let options = Object::new();
    Reflect::set(&options, &"module_or_path".into(), &file("_bg.wasm")?.into())?;
    JsFuture::from(program.start(&options)).await?;
    Ok(program)
}

impl JsonProgram {
    /// Parses a scenario.
    ///
    /// # Errors
    /// The problems of the text; or one that says that the program has stopped.
    pub fn read(&self, json: &str) -> Result<Scenario, Vec<JsonProblem>> {
        let stopped = || vec![JsonProblem::whole(ToolsFailure::Stopped.to_string())];
        match self.script_of(json) {
            Ok(text) => script::read_again(&text).map(|it| it.scenario).map_err(|_| stopped()),
            Err(problems) => {
                Err(serde_wasm_bindgen::from_value(problems).unwrap_or_else(|_| stopped()))
            }
        }
    }

    /// Formats the scenario of a script.
    ///
    /// # Errors
    /// The program has stopped.
    pub fn write(&self, script: &str) -> Result<String, ToolsFailure> {
        self.json_of(script).map_err(|_| ToolsFailure::Stopped)
    }
}
