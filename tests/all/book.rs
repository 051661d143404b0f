//! The book below docs/: what is made from the product is not stale, what it shows plays, and what it
//! tells the reader to type does what it says.

mod commands;
mod fences;
mod lessons;
mod limits;
mod links;
mod row_limits;
mod security;
mod tutorial;
mod words;

use crate::cli::driver::hustings;
use std::fs;
use std::path::{Path, PathBuf};

const SOURCE: &str = "docs/src";

/// What stands under the title of a page that is made from something else.
fn made_from(what: &str) -> String {
    format!("<!-- Generated from {what} by tests/all/book: UPDATE=1 cargo test book -->\n\n")
}

/// Every page, by its path from the root of the book, in alphabetical order.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(SOURCE);
    let mut found = Vec::new();
    collect(&root, &mut found);
    assert!(found.len() > 20, "the book is somewhere else");
    found.sort();
    let named = found.into_iter().map(|file| {
        let path = file.strip_prefix(&root).expect("it lies below").to_string_lossy();
        let text = fs::read_to_string(&file).expect("a page can be read");
        (path.replace('\\', "/"), text)
    });
    named.collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_figure_of_the_book_plays_and_is_as_it_expects() {
    let ran = hustings(["check", "--strict", "--seconds", "3600", "docs"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}
