//! `rewrite` against `parse`: a rewritten text says what was asked for, and keeps the comments on lines of their own.
//!
//! An input with a NUL is two texts; the second one says what the first one is to say. Any other one is decisions: a
//! bundled scenario with comments, and changes of it.

use super::{session, text};
use crate::numbers::RandomSource;
use hustings::presets;
use hustings::scenario::limits;
use hustings::scenario::script::{self, merge, parse, rewrite};

const MOST_CHANGES: usize = 8;

pub(crate) fn check(bytes: &[u8]) {
    match text(bytes).and_then(|text| text.split_once('\0')) {
        Some((old, new)) => check_texts(old, new),
        None => check_changes(bytes),
    }
}

fn check_texts(old: &str, new: &str) {
    assert_eq!(merge(old, old, old), old);
    let Ok(wanted) = parse(new) else { return };
    let rewritten = rewrite(old, &wanted);
    let read = script::read_again(&rewritten).map(|script| script.scenario);
    assert_eq!(read.as_ref(), Ok(&wanted), "{rewritten}");
    if rewritten.len() <= limits::LONGEST_SCRIPT {
        assert_eq!(rewrite(&rewritten, &wanted), rewritten, "rewritten twice");
    }
}

fn check_changes(bytes: &[u8]) {
    let mut random = RandomSource::of_bytes(bytes);
    let mut text = commented(random.one(&presets::ALL).script, &mut random);
    for _ in 0..bytes.len().div_ceil(4).min(MOST_CHANGES) {
        let change = session::change(&mut random);
        let old = parse(&text).expect("it was read before");
        let Ok(new) = old.with(change.clone()) else { continue };
        let rewritten = rewrite(&text, &new);
        assert_eq!(parse(&rewritten).as_ref(), Ok(&new), "{change:?}\n{text}");
        assert_eq!(rewrite(&text, &old), text);
        assert_eq!(comments(&rewritten), comments(&text), "{change:?}\n{text}");
        text = rewritten;
    }
}

/// The script with comments and blank lines between its lines, and perhaps behind them.
fn commented(script: &str, random: &mut RandomSource) -> String {
    let mut text = String::new();
    for (number, line) in script.lines().enumerate() {
        text += &match random.below(5) {
            0 => format!("# above {number}\n{line}\n"),
            1 => format!("\n  # above {number}\n{line}\n"),
            2 if !line.contains('#') => format!("{line}  # behind {number}\n"),
            _ => format!("{line}\n"),
        };
    }
    text
}

/// Those on lines of their own, in order.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.trim_start().starts_with('#')).collect()
}
