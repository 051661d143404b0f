//! Finds figures in reStructuredText: the directive `leader-election`, code blocks of that language, and
//! elements in `.. raw:: html`.

use super::{Figure, NAME, SourceDocument, html, option};
use std::ops::Range;

/// Directives of code blocks, whose first argument is the language.
const CODE: [&str; 3] = ["code-block", "code", "sourcecode"];
/// Other directives whose content is no markup.
const VERBATIM: [&str; 6] =
    ["raw", "parsed-literal", "math", "doctest", "testcode", "literalinclude"];

pub(crate) fn figures(document: &SourceDocument) -> Vec<Figure> {
    let lines = lines(&document.text);
    let mut found = Vec::new();
    let mut place = 0;
    while place < lines.len() {
        let line = &lines[place];
        place += 1;
        let Some(markup) = line.text.trim_start().strip_prefix("..") else {
            // A literal block follows two colons.
            if line.text.trim_end().ends_with("::") {
                place = behind(&lines, place, line.indent);
            }
            continue;
        };
        let end = behind(&lines, place, line.indent);
        let body = place..end;
        match directive(markup) {
            Some((name, _)) if name == NAME => {
                found.extend(figure(document, line, &lines[body]));
                place = end;
            }
            Some((name, argument)) if CODE.contains(&name) => {
                if argument == NAME {
                    found.extend(figure(document, line, &lines[body]));
                }
                place = end;
            }
            Some(("raw", "html")) => {
                let upto = lines.get(end).map_or(document.text.len(), |line| line.start);
                let from = lines.get(place).map_or(upto, |line| line.start);
                found.extend(html::figures(document, from..upto));
                place = end;
            }
            Some((name, _)) if VERBATIM.contains(&name) => place = end,
            // The content of other directives is markup; targets and footnotes contain no figures.
            Some(_) => {}
            None if markup.trim_start().starts_with(['_', '[', '|']) => {}
            None if markup.is_empty() || markup.starts_with(' ') => place = end,
            None => {}
        }
    }
    found
}

/// The name and the argument of `.. name:: argument`.
fn directive(markup: &str) -> Option<(&str, &str)> {
    let (name, argument) = markup.strip_prefix(' ')?.trim_start().split_once("::")?;
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_:.+".contains(c));
    is_name.then(|| (name, argument.trim()))
}

struct RstLine<'a> {
    text: &'a str,
    /// The byte offset of the line.
    start: usize,
    indent: usize,
}

fn lines(text: &str) -> Vec<RstLine<'_>> {
    let mut start = 0;
    let each = text.split_inclusive('\n').map(|line| {
        let text = line.trim_end_matches(['\n', '\r']);
        let indent = text.len() - text.trim_start().len();
        start += line.len();
        RstLine { text, start: start - line.len(), indent }
    });
    each.collect()
}

/// The index of the next line that is neither blank nor indented more deeply.
fn behind(lines: &[RstLine], from: usize, indent: usize) -> usize {
    let is_over = |line: &RstLine| !line.text.trim().is_empty() && line.indent <= indent;
    lines[from..].iter().position(is_over).map_or(lines.len(), |over| from + over)
}

fn figure(document: &SourceDocument, opens: &RstLine, body: &[RstLine]) -> Option<Figure> {
    let options: Vec<_> = body.iter().map_while(|line| option(line.text)).collect();
    let rest = &body[options.len()..];
    let range = |lines: &[RstLine]| -> Option<Range<usize>> {
        let (first, last) = (lines.first()?, lines.last()?);
        Some(first.start..last.start + last.text.len())
    };
    let content = range(rest).map(|range| document.lines_below(opens.start, range));
    document.figure(opens.start, &options, content)
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Named, figures};

    fn found(rst: &str) -> Vec<(usize, String, bool)> {
        let all = figures(Kind::Rst, "a.rst", rst).into_iter();
        let named = |named| match named {
            Named::Here(source) => source.text.trim().to_owned(),
            Named::Address(address) => format!("#{address}"),
            Named::File(file) => format!("file {file}"),
        };
        all.map(|figure| (figure.line, named(figure.scenario), figure.is_ignored)).collect()
    }

    #[test]
    fn directives_and_blocks_of_code_are_found_with_their_lines() {
        let here = |line, text: &str| vec![(line, text.to_owned(), false)];
        assert_eq!(found("A\n=\n\n.. leader-election::\n\n   seed 2\n\nB\n"), here(4, "seed 2"));
        assert_eq!(found(".. leader-election::\n   :height: 420\n\n   seed 2"), here(1, "seed 2"));
        assert_eq!(
            found(".. code-block:: leader-election\n   :caption: a\n\n   seed 2\n"),
            here(1, "seed 2")
        );
        assert_eq!(
            found("* a\n\n  .. code:: leader-election\r\n\r\n     seed 2\r\n"),
            here(3, "seed 2")
        );
        assert_eq!(
            found(".. note::\n\n   .. leader-election::\n\n      seed 2\n"),
            here(3, "seed 2")
        );
        assert_eq!(found(".. leader-election::\n   :preset: start\n"), here(1, "#preset/start"));
        assert_eq!(
            found(".. leader-election::\n   :src: a.hustings\n"),
            here(1, "file a.hustings")
        );
        let raw = ".. raw:: html\n\n   <leader-election preset=\"start\"></leader-election>\n";
        assert_eq!(found(raw), here(3, "#preset/start"));
        let ignored = ".. leader-election::\n   :class: ignore\n\n   sed 2\n";
        assert_eq!(found(ignored), [(1, "sed 2".to_owned(), true)]);
    }

    #[test]
    fn what_only_looks_like_a_directive_is_none() {
        for rst in [
            "..\n   .. leader-election::\n\n      seed 2\n",
            ".. a comment\n   .. leader-election::\n\n      seed 2\n",
            "For example::\n\n   .. leader-election::\n\n      seed 2\n",
            ".. code-block:: rst\n\n   .. leader-election::\n\n      seed 2\n",
            ".. leader-elections::\n\n   seed 2\n",
            ".. leader-election::\n\nseed 2\n",
            "leader-election::\n",
        ] {
            assert_eq!(found(rst), [], "{rst}");
        }
    }
}
