//! Every link of the book leads somewhere: to a page and its heading, or into the page of Hustings.

use super::{SOURCE, pages};
use hustings::session::address;
use std::path::Path;

/// What stands behind `](`, with how deep the page lies.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        }
        if !is_code && !line.starts_with("    ") {
            let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            found.extend(targets.map(str::to_owned));
        }
    }
    found
}

/// As mdBook names a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        letter if letter.is_alphanumeric() || letter == '-' || letter == '_' => {
            Some(letter.to_ascii_lowercase())
        }
        _ => None,
    });
    kept.collect()
}

fn has_heading(page: &str, name: &str) -> bool {
    page.lines().filter(|line| line.starts_with('#')).any(|line| {
        let heading = line.trim_start_matches('#');
        anchor(heading) == name
    })
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let mut broken = String::new();
    for (path, text) in &pages {
        let up = "../".repeat(path.matches('/').count() + 1);
        for link in links(text) {
            let (file, name) = link.split_once('#').unwrap_or((&link, ""));
            let leads = if file.contains("://") {
                true
            } else if file == up {
                address::document(name).is_ok()
            } else {
                let whole = resolved(path, file);
                let found = pages.iter().find(|(path, _)| *path == whole);
                found.is_some_and(|(_, page)| name.is_empty() || has_heading(page, name))
            };
            if !leads {
                broken += &format!("{path}: {link}\n");
            }
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

fn resolved(path: &str, link: &str) -> String {
    if link.is_empty() {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_page_is_in_the_summary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(SOURCE);
    let summary = std::fs::read_to_string(root.join("SUMMARY.md")).expect("there is one");
    for (path, _) in pages().iter().filter(|(path, _)| path != "SUMMARY.md") {
        assert!(summary.contains(&format!("({path})")), "{path} is not in docs/src/SUMMARY.md");
    }
}
