//! A text as Markdown, reStructuredText and HTML: each script that is found stands where the document has it.

use super::text;
use hustings::cli::document::{Figure, Kind, Named, Within, figures};
use hustings::scenario::script;

pub(crate) fn check(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    for kind in Kind::ALL {
        let found = figures(kind, "a document", text);
        assert!(found.is_sorted_by_key(|figure| figure.line), "{kind:?}: {found:?}");
        for figure in &found {
            check_figure(text, figure);
        }
    }
}

fn check_figure(text: &str, figure: &Figure) {
    let lines: Vec<&str> = text.split('\n').collect();
    assert!((1..=lines.len()).contains(&figure.line), "{figure:?}");
    let Named::Here(source) = &figure.scenario else { return };
    let Some(Within { document, first, is_in_one_line }) = &source.within else {
        panic!("a figure of a document is within it: {figure:?}")
    };
    assert_eq!((&**document, *first), (text, figure.line));
    if *is_in_one_line {
        return;
    }
    for (line, words) in source.text.split('\n').enumerate() {
        let of_document = lines.get(first - 1 + line).unwrap_or_else(|| panic!("{figure:?}"));
        assert!(words.len() <= of_document.len(), "line {line} of {figure:?}");
        let is_there = |(own, theirs): (u8, u8)| own == theirs || own == b' ';
        assert!(words.bytes().zip(of_document.bytes()).all(is_there), "line {line} of {figure:?}");
    }
    if let Err(problems) = script::read_within(&source.text, *first) {
        let last = first + source.text.split('\n').count();
        assert!(problems.iter().all(|it| (*first..last).contains(&it.line)), "{problems:?}");
    }
}
