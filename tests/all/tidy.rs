//! The invariants of ARCHITECTURE.md that no compiler checks. A rule reads one file and returns each
//! place that breaks it; `a_broken_rule_is_found` has an example of each.

mod circles;
mod imports;
mod leftovers;
mod markup;
mod source;

use hustings::session::BINDINGS;
use imports::{imports, place};
use leftovers::{left_behind, left_notes, named_files};
use markup::unsafe_script;
use source::{Source, bracketed, line, words};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The modules in their order: each may import only those before it.
const MODULES: [&str; 24] = [
    "sort",
    "time",
    "types",
    "choice",
    "election",
    "member",
    "scenario",
    "simulation",
    "report",
    "run",
    "search",
    "sweep",
    "narration",
    "presets",
    "view",
    "export",
    "tools",
    "lessons",
    "session",
    "player",
    "web",
    "ui",
    "cli",
    "node",
];

/// Where an event is decided.
const DECIDING: [&str; 9] =
    ["sort", "time", "types", "choice", "election", "member", "scenario", "simulation", "run"];

const BROWSER: [&str; 5] = ["web", "ui", "bin/app", "bin/figure", "bin/tools"];
/// The command line, on any machine.
const COMMANDS: [&str; 4] = ["cli", "node", "bin/cli", "bin/node"];
/// Those that speak to JavaScript.
const JAVASCRIPT: [&str; 7] =
    ["web", "ui", "node", "bin/app", "bin/figure", "bin/tools", "bin/node"];

/// Identifiers that only some modules may use, and why. `gloo*` is every word that begins so; `print!` is the
/// macro, not the word.
const RESTRICTED: [(&[&str], &[&str], &str); 11] = [
    (
        &["yew", "web_sys", "gloo*"],
        &BROWSER,
        "only ui, web and the programs of the browser know it",
    ),
    (
        &["js_sys", "wasm_bindgen*", "serde_wasm_bindgen"],
        &JAVASCRIPT,
        "only ui, web, node and the programs that are WebAssembly know it",
    ),
    (
        &["clap", "clap_complete", "clap_mangen", "annotate_snippets", "pulldown_cmark"],
        &COMMANDS,
        "only cli, node and their programs know the command line",
    ),
    (
        &["serde_json"],
        &["cli", "scenario/json", "session/stored"],
        "a scenario is written as JSON in scenario/json, a report in cli, a page's note to itself in \
         session/stored",
    ),
    (
        &[
            "fs",
            "stdin",
            "stdout",
            "stderr",
            "println!",
            "print!",
            "eprintln!",
            "eprint!",
            "ctrlc",
            "rayon",
        ],
        &["cli/system/native", "scenario/json/schema"],
        "the machine is asked through cli/system.rs, which cli/system/native.rs answers; scenario/json/schema is a test's",
    ),
    (
        &["xxhash_rust", "xxh3*"],
        &["simulation/choices", "simulation/branch", "run"],
        "chance is drawn in simulation/choices.rs, states are hashed in simulation/branch.rs, and the digest is taken \
         in run",
    ),
    (
        &["rand", "getrandom", "fastrand"],
        &[],
        "chance is drawn in simulation/choices.rs, from a hash of its id",
    ),
    (
        &["HtmlSelectElement"],
        &["ui/components/field"],
        "a list that shows what runs is made by `select` in ui/components/field.rs",
    ),
    (
        &["autofocus"],
        &[],
        "browsers look at it again with the next frame and complain: `data-first`, for ui/components/dialog.rs",
    ),
    (
        &["net", "TcpStream", "TcpListener", "UdpSocket", "UnixStream", "ToSocketAddrs"],
        &[],
        "nothing opens a connection",
    ),
    (
        &[
            "set_inner_html",
            "set_outer_html",
            "insert_adjacent_html*",
            "from_html_unchecked",
            "VRaw",
            "set_srcdoc",
            "eval",
            "new_no_args*",
        ],
        &[],
        "what a scenario says reaches a page as text, never as markup or code",
    ),
];

/// Identifiers that no deciding module may use.
const NONDETERMINISTIC: [(&[&str], &str); 3] = [
    (&["f32", "f64"], "no float where an event is decided"),
    (&["SystemTime", "UNIX_EPOCH"], "no wall clock where an event is decided"),
    (
        &["HashMap", "HashSet", "RandomState", "DefaultHasher"],
        "no order of a hash map where an event is decided: use BTreeMap or BTreeSet",
    ),
];

/// Of a file and of a function, test modules not counted.
const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 70;

#[test]
fn imports_follow_the_module_order() {
    check(&product(), imports);
}

#[test]
fn files_import_each_other_in_no_circle() {
    let found = circles::circles(&product());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_module_has_a_place_in_the_order() {
    check(&product(), place);
}

#[test]
fn some_identifiers_stay_in_their_modules() {
    check(&product(), restricted_identifiers);
}

#[test]
fn no_script_makes_markup_or_code_from_text() {
    check(&Source::all("www", &[".js"]), unsafe_script);
}

#[test]
fn no_float_wall_clock_or_hash_map_decides_an_event() {
    check(&product(), nondeterminism);
}

#[test]
fn a_scenario_derives_no_wire_format() {
    check(&product(), wire_format);
}

#[test]
fn every_file_is_short_and_opens_with_a_module_comment() {
    check(&product(), module_comment);
    check(&rust(), file_length);
}

#[test]
fn every_function_fits_on_a_screen() {
    check(&product(), function_length);
}

#[test]
fn a_source_file_that_a_text_names_exists() {
    let books = ["docs", "www"].map(|folder| Source::all(folder, &[".md", ".css", ".js"]));
    let texts = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];
    let texts = texts.map(|path| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        Source::new(path, &fs::read_to_string(root.join(path)).expect("it can be read"))
    });
    check(&product(), named_files);
    check(&books.into_iter().flatten().collect::<Vec<_>>(), named_files);
    check(&texts, named_files);
}

#[test]
fn nothing_is_left_behind_or_switched_off() {
    check(&rust(), left_behind);
    check(&everything(), left_notes);
}

#[test]
fn no_key_is_named_beside_the_table_of_bindings() {
    check(&product(), key_names);
    check(&Source::all("lessons", &[".md"]), key_names);
}

#[test]
fn a_type_name_is_defined_once() {
    let mut defined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in product() {
        for name in type_names(&file) {
            defined.entry(name.to_owned()).or_default().push(file.path.clone());
        }
    }
    assert!(defined.len() > 100, "the tree is somewhere else");
    defined.retain(|_, files| files.len() > 1);
    assert!(defined.is_empty(), "{defined:#?}");
}

#[test]
fn the_names_of_types_are_found() {
    let text =
        "pub struct A;\nenum B {}\nimpl C for A {\n    type D = B;\n}\npub(super) type E = A;";
    assert_eq!(type_names(&Source::new("src/run.rs", text)), ["A", "B", "E"]);
}

#[test]
fn a_broken_rule_is_found() {
    type Rule = fn(&Source) -> Vec<Broken>;
    let tall = format!("fn a() {{\n{}}}", "    b();\n".repeat(LONGEST_FUNCTION));
    let note = concat!("// TO", "DO");
    let cases: [(Rule, &str, &str, Option<usize>); 47] = [
        (key_names, "src/ui/views.rs", "title=\"Diagram (v)\"", Some(1)),
        (key_names, "src/session/menu.rs", "\n\"then press Shift and c.\"", Some(2)),
        (key_names, "src/ui/views.rs", "// press x\nf (v); \"a long press helps\"", None),
        (key_names, "src/session/keys.rs", "\"press x\"", None),
        (imports, "src/election.rs", "use crate::time::Time;\nuse crate::run::Run;", Some(2)),
        (imports, "src/run.rs", "use crate::time::Time;", None),
        (imports, "src/run.rs", "use crate::{time, session::State};", Some(1)),
        (imports, "src/run.rs", "fn a() { crate::view::paint() }", Some(1)),
        (imports, "src/run.rs", "use super::view;", Some(1)),
        (imports, "src/run/index.rs", "use super::Run;\nuse super::super::view;", Some(2)),
        (imports, "src/cli/run.rs", "use crate::ui::App;", Some(1)),
        (imports, "src/run.rs", "#[cfg(test)]\nmod tests {\n use crate::view;\n}", None),
        (place, "src/helpers.rs", "", Some(1)),
        (restricted_identifiers, "src/view.rs", "use web_sys::Path2d;", Some(1)),
        (restricted_identifiers, "src/ui/stage.rs", "use gloo_events::EventListener;", None),
        (restricted_identifiers, "src/report.rs", "serde_json::to_string(&report)", Some(1)),
        (restricted_identifiers, "src/run.rs", "println!(\"{run}\")", Some(1)),
        (restricted_identifiers, "src/cli/run.rs", "use std::fs;", Some(1)),
        (restricted_identifiers, "src/node/system.rs", "use js_sys::Error;", None),
        (restricted_identifiers, "src/cli/run.rs", "use std::net::TcpStream;", Some(1)),
        (restricted_identifiers, "src/ui/page.rs", "Html::from_html_unchecked(title)", Some(1)),
        (unsafe_script, "www/boot.js", "\nnode.innerHTML = text;", Some(2)),
        (unsafe_script, "www/boot.js", "run(eval(text))", Some(1)),
        (unsafe_script, "www/start.js", "`script-src 'wasm-unsafe-eval'`", None),
        (imports, "src/node.rs", "use crate::web::port;", Some(1)),
        (restricted_identifiers, "src/run.rs", "fn print(run: &Run) {}", None),
        (restricted_identifiers, "src/scenario.rs", "use xxhash_rust::xxh3::xxh3_64;", Some(1)),
        (
            restricted_identifiers,
            "src/simulation/choices.rs",
            "use xxhash_rust::xxh3::xxh3_64;",
            None,
        ),
        (restricted_identifiers, "src/ui/share.rs", "<button autofocus=true>", Some(1)),
        (
            restricted_identifiers,
            "src/ui/components/field.rs",
            "use web_sys::HtmlSelectElement;",
            None,
        ),
        (nondeterminism, "src/member.rs", "//! f64\nlet seconds: f64;", Some(2)),
        (nondeterminism, "src/view.rs", "let x: f64;", None),
        (nondeterminism, "src/simulation.rs", "use std::collections::HashMap;", Some(1)),
        (nondeterminism, "src/time.rs", "\nuse std::time::Duration;", Some(2)),
        (wire_format, "src/scenario/fault.rs", "#[derive(Clone, Serialize)]", Some(1)),
        (wire_format, "src/scenario/json.rs", "#[derive(Clone, Serialize)]", None),
        (module_comment, "src/run.rs", "use crate::time;", Some(1)),
        (file_length, "src/run.rs", &"\n".repeat(LONGEST_FILE + 1), Some(1)),
        (function_length, "src/run.rs", &tall, Some(1)),
        (function_length, "src/run.rs", "fn a(b: [u8; 3]);\nfn c() {}", None),
        (left_behind, "src/run.rs", "\n#[allow(dead_code)]", Some(2)),
        (left_behind, "src/run.rs", "fn allow(a: u8) {}", None),
        (left_behind, "src/run.rs", "#[expect(dead_code)]", Some(1)),
        (left_behind, "src/run.rs", "#[expect(dead_code, reason = \"…\")]", None),
        (left_notes, "www/boot.js", note, Some(1)),
        (named_files, "www/a.css", "\n/* src/view/gone.rs */", Some(2)),
        (named_files, "www/a.css", "/* as src/time.rs has it */", None),
    ];
    for (rule, path, text, expected) in cases {
        let found = rule(&Source::new(path, text)).first().map(|broken| broken.line);
        assert_eq!(found, expected, "{path}: {text}");
    }
}

/// The types that a file defines outside of traits, implementations and functions.
fn type_names(file: &Source) -> Vec<&str> {
    let defines = |line: &&str| !line.starts_with(char::is_whitespace);
    let name = |line| {
        let mut found = words(line).map(|(_, word)| word);
        found
            .find(|word| ["struct", "enum", "trait", "type", "fn", "use"].contains(word))
            .filter(|word| !["fn", "use"].contains(word))
            .and_then(|_| found.next())
    };
    file.code.lines().filter(defines).filter_map(name).collect()
}

/// A place that breaks a rule, and the rule.
struct Broken {
    line: usize,
    rule: String,
}

fn check(files: &[Source], rule: fn(&Source) -> Vec<Broken>) {
    let broken: Vec<_> = files
        .iter()
        .flat_map(|file| {
            rule(file)
                .into_iter()
                .map(|Broken { line, rule }| format!("{}:{line}: {rule}", file.path))
        })
        .collect();
    assert!(broken.is_empty(), "\n\n{}\n", broken.join("\n"));
}

fn product() -> Vec<Source> {
    Source::all("src", &[".rs"])
}

fn rust() -> Vec<Source> {
    let folders = ["src", "tests", "benches", "fuzz", "xtask"];
    let found = folders.into_iter().flat_map(|folder| Source::all(folder, &[".rs"])).collect();
    assert!(Vec::len(&found) > 10, "the tree is somewhere else");
    found
}

fn everything() -> Vec<Source> {
    let others = ["www", "e2e", "npm"]
        .map(|folder| Source::all(folder, &[".js", ".mjs", ".css", ".ts", ".html"]));
    others.into_iter().flatten().chain(rust()).collect()
}

fn restricted_identifiers(file: &Source) -> Vec<Broken> {
    RESTRICTED
        .iter()
        .filter(|(_, modules, _)| !file.is_in(modules))
        .flat_map(|(banned, _, why)| find_banned(file, banned, why))
        .collect()
}

/// A key in a label, in brackets, or in a sentence, to be pressed.
fn key_names(file: &Source) -> Vec<Broken> {
    let speaks = file.is_in(&["ui", "session", "lessons"]) || file.path.ends_with(".md");
    if !speaks || file.is_in(&["session/keys"]) {
        return Vec::new();
    }
    let keys = BINDINGS.iter().flat_map(|binding| binding.keys).map(|key| key.shown);
    let written = |key: &str| {
        let (joined, spoken) = (key.replace(' ', "+"), key.replace(' ', " and "));
        [format!(" ({joined})"), format!("ress {spoken}"), format!("<kbd>{{ \"{key}\" }}")]
    };
    let named: Vec<String> = keys.chain(["Escape"]).flat_map(written).collect();
    let lines = file.text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter(|(_, line)| line.contains('"') || file.path.ends_with(".md"))
        .filter_map(|(at, line)| {
            let is_there = |name: &&String| {
                line.match_indices(&***name).any(|(from, _)| {
                    let next = line[from + name.len()..].chars().next();
                    // Outside of a string it is a call or a field.
                    let in_string = line[..from].matches('"').count() % 2 == 1;
                    (in_string || file.path.ends_with(".md") || name.starts_with('<'))
                        && !next.is_some_and(char::is_alphanumeric)
                })
            };
            let name = named.iter().find(is_there)?;
            let rule = format!("`{}`: keys are named by session/keys alone", name.trim());
            Some(Broken { line: at + 1, rule })
        })
        .collect()
}

fn nondeterminism(file: &Source) -> Vec<Broken> {
    if !file.is_in(&DECIDING) {
        return Vec::new();
    }
    let clock = file.code.match_indices("std::time").map(|(at, path)| Broken {
        line: file.line(at),
        rule: format!(
            "`{path}`: no wall clock where an event is decided, and spans are time::Duration"
        ),
    });
    NONDETERMINISTIC
        .iter()
        .flat_map(|(banned, why)| find_banned(file, banned, why))
        .chain(clock)
        .collect()
}

fn wire_format(file: &Source) -> Vec<Broken> {
    if file.module() != "scenario" || file.is_in(&["scenario/json", "scenario/link"]) {
        return Vec::new();
    }
    let why = "only the mirror structs in scenario/json and scenario/link have a wire format";
    find_banned(file, &["Serialize", "Deserialize", "serde"], why)
}

fn find_banned(file: &Source, banned: &[&str], why: &str) -> Vec<Broken> {
    let is = |at: usize, word: &str, banned: &str| {
        if let Some(head) = banned.strip_suffix('*') {
            word.starts_with(head)
        } else if let Some(name) = banned.strip_suffix('!') {
            word == name && file.code[at + word.len()..].starts_with('!')
        } else {
            word == banned
        }
    };
    words(&file.code)
        .filter(|(at, word)| banned.iter().any(|banned| is(*at, word, banned)))
        .map(|(at, word)| Broken { line: file.line(at), rule: format!("`{word}`: {why}") })
        .collect()
}

fn module_comment(file: &Source) -> Vec<Broken> {
    if file.text.starts_with("//! ") {
        return Vec::new();
    }
    vec![Broken { line: 1, rule: "a file opens with a module comment: `//! …`".to_owned() }]
}

fn file_length(file: &Source) -> Vec<Broken> {
    // The lines that are blank in `code` but not in `bare` are those of test modules.
    let tests =
        file.bare.lines().zip(file.code.lines()).filter(|(bare, code)| bare != code).count();
    let found = file.text.lines().count() - tests;
    if found <= LONGEST_FILE {
        return Vec::new();
    }
    let rule =
        format!("{found} lines, test modules not counted; a file has at most {LONGEST_FILE}");
    vec![Broken { line: 1, rule }]
}

fn function_length(file: &Source) -> Vec<Broken> {
    let code = &file.code;
    let starts = words(code).filter(|(_, word)| *word == "fn");
    starts
        .filter_map(|(at, _)| {
            let open = body(code, at)?;
            let found = line(code, bracketed(code, open).end) - line(code, at) + 1;
            (found > LONGEST_FUNCTION).then(|| Broken {
                line: line(code, at),
                rule: format!("{found} lines; a function has at most {LONGEST_FUNCTION}"),
            })
        })
        .collect()
}

/// Where the body of the function at `at` opens; one without a body has none, nor has a type `fn(…)`.
fn body(code: &str, at: usize) -> Option<usize> {
    let name = code[at + 2..].trim_start();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return None;
    }
    let mut from = at;
    loop {
        let next = from + code[from..].find(['(', '[', '{', ';'])?;
        match code.as_bytes()[next] {
            b'{' => return Some(next),
            b';' => return None,
            _ => from = bracketed(code, next).end,
        }
    }
}
