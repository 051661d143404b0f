//! The page about security: each claim names tests, which exist, and what it quotes is so.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::fs;
use std::path::Path;

const PAGE: &str = include_str!("../../../docs/src/security.md");
/// The words before the tests of a claim.
const SHOWN_BY: &str = "Shown by";
/// The one part of the page whose entries need no test.
const NOT_PROMISED: &str = "What is not promised";
const FOLDERS: [&str; 3] = ["tests/", "src/", "e2e/"];

/// An entry of a list: what it claims, and the tests that it names, each with its file.
#[derive(Debug, Default)]
struct SecurityClaim {
    text: String,
    tests: Vec<(String, String)>,
}

/// Every claim of a page, in its order.
fn claims(page: &str) -> Vec<SecurityClaim> {
    let mut found: Vec<SecurityClaim> = Vec::new();
    let (mut heading, mut is_heading, mut is_item, mut is_shown) =
        (String::new(), false, false, false);
    let mut file = String::new();
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                (heading, is_heading) = (String::new(), true);
            }
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            Event::Text(text) if is_heading => heading += &text,
            Event::Start(Tag::Item) if heading != NOT_PROMISED => {
                found.push(SecurityClaim::default());
                (is_item, is_shown, file) = (true, false, String::new());
            }
            Event::End(TagEnd::Item) => is_item = false,
            Event::Text(text) if is_item => {
                is_shown |= &*text == SHOWN_BY;
                found.last_mut().expect("an entry").text += &text;
            }
            Event::Code(code) if is_item && is_shown => {
                match FOLDERS.iter().any(|folder| code.starts_with(folder)) {
                    true => file = code.to_string(),
                    false => {
                        let test = (file.clone(), code.to_string());
                        found.last_mut().expect("an entry").tests.push(test);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a file has a test with this name: a function of Rust below `#[test]` or in a macro of tests, or a title of
/// JavaScript.
fn is_test(text: &str, name: &str) -> bool {
    let title = format!("test(\"{name}\", ");
    let function = format!("fn {name}(");
    let replayed = format!("{name}: \"");
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    (0..lines.len()).any(|at| {
        let above = lines[..at].iter().rev().take_while(|line| line.starts_with("#["));
        let is_marked = above.into_iter().any(|line| *line == "#[test]");
        lines[at].starts_with(&title)
            || lines[at].starts_with(&function) && is_marked
            || lines[at].starts_with(&replayed) && text.contains("macro_rules! replays")
    })
}

/// What is wrong with the claims of a page.
fn problems(page: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for SecurityClaim { text, tests } in claims(page) {
        if tests.is_empty() {
            problems.push(format!("no test is named: {text}"));
        }
        for (file, name) in tests {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
            match fs::read_to_string(path) {
                Ok(text) if is_test(&text, &name) => {}
                Ok(_) => problems.push(format!("{file} has no test `{name}`")),
                Err(error) => problems.push(format!("{file}: {error}")),
            }
        }
    }
    problems
}

#[test]
fn every_claim_names_tests_that_exist() {
    let claims = claims(PAGE);
    assert!(claims.len() > 35, "the claims are written otherwise: {}", claims.len());
    let found = problems(PAGE);
    assert!(found.is_empty(), "docs/src/security.md:\n{}", found.join("\n"));
    assert_eq!(PAGE.matches(&format!("*{SHOWN_BY}*")).count(), claims.len());
    assert_eq!(PAGE.matches(&format!("\n## {NOT_PROMISED}\n")).count(), 1);
    assert!(
        PAGE.trim_end().rsplit("\n## ").next().is_some_and(|last| last.starts_with(NOT_PROMISED))
    );
}

#[test]
fn a_claim_without_a_test_that_exists_is_found() {
    let claim = |shown_by: &str| {
        problems(&format!("# A\n\n## B\n\n- It cannot `do` that.\n  {shown_by}\n"))
    };
    let own = "tests/all/book/security.rs";
    let this = "a_claim_without_a_test_that_exists_is_found";
    assert_eq!(claim(&format!("*Shown by* `{own}`: `{this}`.")), Vec::<String>::new());
    for wrong in [
        "",
        "*Shown by* `tests/all/book/security.rs`.",
        "*Shown by* `tests/all/book/security.rs`: `problems`.",
        "*Shown by* `tests/all/book/security.rs`: `a_claim_without`.",
        "*Shown by* `tests/all/book/gone.rs`: `a_claim_without_a_test_that_exists_is_found`.",
        "*Shown by* `a_claim_without_a_test_that_exists_is_found`.",
        "*Shown by* `e2e/security.test.mjs`: `neither the page nor a figure compiles`.",
        "*Shown by* `tests/all/inputs/replay.rs`: `link`.",
    ] {
        assert_eq!(claim(wrong).len(), 1, "{wrong}");
    }
    let title = "*Shown by* `e2e/security.test.mjs`: `neither the page nor a figure\n  compiles text to code`.";
    assert_eq!(claim(title), Vec::<String>::new());
}

#[test]
fn the_book_quotes_the_policy_that_is_set() {
    let start = include_str!("../../../www/start.js");
    let (_, rest) = start.split_once("content:\n").expect("it sets a policy");
    let (content, _) = rest.split_once(",\n  }),").expect("the policy ends");
    let policy: String = content.split('`').skip(1).step_by(2).collect();
    assert!(PAGE.contains(&format!("\n    {}\n", policy.replace("${own}", "'self'"))), "{policy}");
}

#[test]
fn the_book_lists_every_key_of_the_storage() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut keys = Vec::new();
    for folder in ["src", "www"] {
        each_file(&root.join(folder), &mut |text| {
            let quoted = text.split('"').skip(1).filter(|word| {
                let name = word.strip_prefix("hustings.").unwrap_or_default();
                !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_lowercase())
            });
            keys.extend(quoted.map(str::to_owned));
        });
    }
    keys.sort();
    keys.dedup();
    assert!(keys.len() >= 5, "{keys:?}");
    for key in &keys {
        assert!(PAGE.contains(&format!("Storage` | `{key}` |")), "{key}");
    }
    assert_eq!(PAGE.matches("Storage` | `hustings.").count(), keys.len(), "{keys:?}");
}

fn each_file(folder: &Path, read: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            each_file(&path, read);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "js") {
            read(&fs::read_to_string(&path).expect("a source can be read"));
        }
    }
}
