//! What is left behind in a file: unfinished code, lints and tests that are switched off, names of files that are gone.

use super::Broken;
use super::source::{Source, bracketed, line, words};
use std::path::Path;

pub(super) fn left_behind(file: &Source) -> Vec<Broken> {
    let code = &file.bare;
    let mut broken = Vec::new();
    let mut say =
        |at, rule: &str| broken.push(Broken { line: file.line(at), rule: rule.to_owned() });
    for (at, word) in words(code) {
        let rest = &code[at + word.len()..];
        let in_attribute = code[..at].trim_end().ends_with(['[', ',']);
        match word {
            "todo" | "unimplemented" | "dbg" if rest.starts_with('!') => {
                say(at, "unfinished: write it, or file an issue");
            }
            "ignore" | "should_panic" if code[..at].ends_with("#[") => {
                say(at, "a test runs, and says what it expects: no #[ignore], no #[should_panic]");
            }
            "allow" if in_attribute && rest.starts_with('(') => {
                say(at, "suppress a lint with #[expect(…, reason = \"…\")]");
            }
            "expect" if code[..at].ends_with('[') && rest.starts_with('(') => {
                let attribute = &code[bracketed(code, at + word.len())];
                if !words(attribute).any(|(_, word)| word == "reason") {
                    say(at, "an #[expect(…)] has a reason");
                }
            }
            _ => {}
        }
    }
    broken
}

/// `src/time.rs`, or a file that is no longer there.
pub(super) fn named_files(file: &Source) -> Vec<Broken> {
    let is_path = |c: char| c.is_ascii_alphanumeric() || "/_-.".contains(c);
    let places = file.text.match_indices("src/").map(|(at, _)| at);
    let begins = places.filter(|&at| !file.text[..at].ends_with(is_path));
    begins
        .filter_map(|at| {
            let rest = &file.text[at..];
            let path = &rest[..rest.find(|c| !is_path(c)).unwrap_or(rest.len())];
            let path = path.trim_end_matches('.');
            let is_source = path.ends_with(".rs");
            let is_there = Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists();
            (is_source && !is_there).then(|| Broken {
                line: line(&file.text, at),
                rule: format!("`{path}` does not exist"),
            })
        })
        .collect()
}

/// Notes to oneself, in comments as well.
pub(super) fn left_notes(file: &Source) -> Vec<Broken> {
    let notes = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    words(&file.text)
        .filter(|(_, word)| notes.contains(word))
        .map(|(at, word)| Broken {
            line: line(&file.text, at),
            rule: format!("`{word}`: file an issue instead"),
        })
        .collect()
}
