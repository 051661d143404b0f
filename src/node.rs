//! The npm package's program: the command line, and its commands as functions of a script. Each function is called by
//! `npm/index.js` or `npm/worker.js`, which give it the machine as an object.

mod system;

use crate::cli::check::{self, CheckArgs};
use crate::cli::diagnostics::{InputSource, RenderedDiagnostic, plain};
use crate::cli::render::{self, RenderArgs};
use crate::cli::{self, Console, embed, formats, input};
use crate::report::Report;
use crate::run::Run;
use crate::scenario::script::Script;
use crate::session::address::Address;
use clap::Parser;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::ffi::OsString;
use std::panic;
use std::rc::Rc;
use system::{Machine, NodeSystem};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);
}

/// Prints panics.
pub fn start() {
    panic::set_hook(Box::new(|info| error(&info.to_string())));
}

/// What is wrong with a script or with options.
#[derive(Serialize)]
struct CallProblem {
    message: String,
    /// From 1.
    line: Option<usize>,
    /// From 1, in characters.
    column: Option<usize>,
}

/// What is thrown: a list of `CallProblem`.
type Thrown = JsValue;

/// Runs the command line with these arguments, of which the first is the program's name. Returns the exit code.
#[wasm_bindgen(js_name = commandLine)]
pub fn command_line(args: Vec<String>, machine: Machine) -> u8 {
    let args = args.into_iter().map(OsString::from).collect();
    cli::start(args, Rc::new(NodeSystem(machine)))
}

/// The report of a script.
///
/// # Errors
/// If the script cannot be read.
#[wasm_bindgen]
pub fn run(text: String) -> Result<JsValue, Thrown> {
    let (_, script) = read(text)?;
    value(&Run::of(script.scenario.clone()).report(&script))
}

#[derive(clap::Parser)]
#[command(name = "check", disable_help_flag = true)]
struct CheckCall {
    #[command(flatten)]
    args: CheckArgs,
}

#[derive(Serialize)]
struct CheckedScript {
    fine: bool,
    report: Report,
}

/// The report of a script, with the searches and counts behind its expectations, and whether all of them hold.
///
/// # Errors
/// If the script or a flag cannot be read.
#[wasm_bindgen]
pub fn check(text: String, flags: Vec<String>, machine: Machine) -> Result<JsValue, Thrown> {
    let CheckCall { args } = parse(flags)?;
    let (_, script) = read(text)?;
    let mut console = Console::new(Rc::new(NodeSystem(machine)));
    let (report, fine) = check::checked(&script, args.strict, args.seconds, &mut console);
    value(&CheckedScript { fine, report })
}

#[derive(clap::Parser)]
#[command(name = "render", disable_help_flag = true)]
struct RenderCall {
    #[command(flatten)]
    args: RenderArgs,
}

/// The SVG of a script.
///
/// # Errors
/// If the script or a flag cannot be read, or a flag does not fit the run.
#[wasm_bindgen]
pub fn render(text: String, flags: Vec<String>) -> Result<String, Thrown> {
    let RenderCall { args } = parse(flags)?;
    let (source, script) = read(text)?;
    let text = input::script_text(source, &script.scenario);
    render::picture(&args, &Run::of(script.scenario), &text).map_err(|problem| refused(&problem))
}

/// The element that shows a script as a live figure.
///
/// # Errors
/// If the script cannot be read, or does not fit into a page.
#[wasm_bindgen]
pub fn figure(text: String, poster: bool) -> Result<String, Thrown> {
    let (source, script) = read(text)?;
    let run = Run::of(script.scenario);
    embed::element(source, &run, poster).map_err(|problem| refused(&problem))
}

/// The link of a script, from its `#`.
///
/// # Errors
/// If the script cannot be read, or is too long for a link.
#[wasm_bindgen]
pub fn encode(text: String) -> Result<String, Thrown> {
    let (source, script) = read(text)?;
    match Address::of(&input::script_text(source, &script.scenario)) {
        Ok(address) => Ok(format!("#{address}")),
        Err(error) => Err(refused(&error.to_string())),
    }
}

/// The script of a link.
///
/// # Errors
/// If the link cannot be read.
#[wasm_bindgen]
pub fn decode(link: &str) -> Result<String, Thrown> {
    match formats::linked(link) {
        Ok(document) => Ok(document.text().to_owned()),
        Err(error) => Err(refused(&error.to_string())),
    }
}

fn read(text: String) -> Result<(InputSource, Script), Thrown> {
    let source = input::given(text).map_err(|problem| thrown(&[problem]))?;
    match source.read() {
        Ok(script) => Ok((source, script)),
        Err(problems) => Err(thrown(&problems)),
    }
}

/// The arguments of a command, which takes its scenario from standard input.
fn parse<T: Parser>(flags: Vec<String>) -> Result<T, Thrown> {
    let args = ["hustings", "-"].into_iter().map(str::to_owned).chain(flags);
    T::try_parse_from(args).map_err(|error| {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        refused(first.strip_prefix("error: ").unwrap_or(first))
    })
}

fn refused(problem: &str) -> Thrown {
    thrown(&[plain(problem)])
}

fn thrown(problems: &[RenderedDiagnostic]) -> Thrown {
    let problems = problems.iter().map(|problem| CallProblem {
        message: problem.text.clone(),
        line: problem.place.as_ref().map(|place| place.line),
        column: problem.place.as_ref().and_then(|place| place.column),
    });
    value(&problems.collect::<Vec<_>>()).unwrap_or_else(|error| error)
}

fn value(value: &impl Serialize) -> Result<JsValue, Thrown> {
    value.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}
