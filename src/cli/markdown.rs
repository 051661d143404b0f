//! Finds the scenarios in Markdown: fenced blocks whose info string begins with `leader-election`.
//!
//! Blocks are found as in CommonMark: also in lists, quotes and footnotes, fenced by backticks or tildes, but
//! not in comments, other blocks or front matter. Further words of the info string, separated by commas or
//! blanks, are for the renderer of the figure; only `ignore` has a meaning here.

use super::diagnostics::{InputSource, Within};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::rc::Rc;

/// The name of a scenario's block, element and directive.
pub(crate) const NAME: &str = "leader-election";
/// Marks a block that is not to be checked, such as one that shows a mistake.
pub(crate) const IGNORE: &str = "ignore";

/// The extensions that most Markdown parsers have in common, and front matter, which is no text.
pub(crate) const COMMON: Options =
    Options::ENABLE_FOOTNOTES.union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);

#[derive(Debug)]
pub(crate) struct ScenarioBlock {
    pub source: InputSource,
    /// The content, without the marks of lists and quotes around it.
    pub text: String,
    /// From its fence to the end of its last line, in bytes of the document.
    pub range: Range<usize>,
    pub is_ignored: bool,
}

/// Whether a file may contain a scenario, found without parsing it.
pub(crate) fn may_have_some(bytes: &[u8]) -> bool {
    bytes.windows(NAME.len()).any(|word| word.eq_ignore_ascii_case(NAME.as_bytes()))
}

/// The scenarios' blocks in order, with these extensions of Markdown.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of the events of pulldown-cmark only blocks of code matter"
)]
pub(crate) fn blocks(name: &str, document: &str, options: Options) -> Vec<ScenarioBlock> {
    let document: Rc<str> = document.into();
    let mut blocks = Vec::new();
    let mut open: Option<Open> = None;
    for (event, range) in Parser::new_ext(&document, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Open::new(&info, range);
            }
            Event::Text(text) => {
                if let Some(open) = &mut open {
                    open.take(&document, &text, range);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                blocks.extend(open.take().map(|open| open.close(name, &document)));
            }
            _ => {}
        }
    }
    blocks
}

/// A block that is being parsed.
struct Open {
    range: Range<usize>,
    is_ignored: bool,
    /// The parts of the document that are the script.
    parts: Vec<Range<usize>>,
    text: String,
}

impl Open {
    /// `None` if the block is no scenario.
    fn new(info: &CowStr, range: Range<usize>) -> Option<Self> {
        let mut words = info.split([',', ' ', '\t']).filter(|word| !word.is_empty());
        let is_ours = words.next()?.eq_ignore_ascii_case(NAME);
        let is_ignored = words.any(|word| word.eq_ignore_ascii_case(IGNORE));
        is_ours.then_some(Self { range, is_ignored, parts: Vec::new(), text: String::new() })
    }

    fn take(&mut self, document: &str, text: &str, range: Range<usize>) {
        self.text.push_str(text);
        // The parser turns a tab that is partly indentation into blanks without a place in the document.
        if document.get(range.clone()) == Some(text) {
            self.parts.push(range);
        }
    }

    fn close(self, name: &str, document: &Rc<str>) -> ScenarioBlock {
        let bytes = document.as_bytes();
        let before = &bytes[..self.range.start];
        let top = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let first = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let within = Within { document: Rc::clone(document), first, is_in_one_line: false };
        let text = script(document, top..self.range.end, &self.parts);
        let source = InputSource { name: name.to_owned(), text, within: Some(within) };
        ScenarioBlock { source, text: self.text, range: self.range, is_ignored: self.is_ignored }
    }
}

/// The parts at their places, with blanks for the marks of lists, quotes and the block itself.
fn script(document: &str, whole: Range<usize>, parts: &[Range<usize>]) -> String {
    let mut script = String::new();
    let mut at = whole.start;
    for part in parts {
        blank(&document[at..part.start.max(at)], &mut script);
        script.push_str(&document[part.start.max(at)..part.end.max(at)]);
        at = part.end.max(at);
    }
    blank(&document[at..whole.end.max(at)], &mut script);
    script.truncate(script.trim_end_matches(' ').len());
    script
}

/// Appends a blank for each byte, and line breaks unchanged.
pub(crate) fn blank(text: &str, script: &mut String) {
    let kept = |byte: u8| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
    script.extend(text.bytes().map(kept));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of each block's fence, and its lines that are not blank.
    fn found(document: &str) -> Vec<(usize, Vec<String>)> {
        let lines = |block: &ScenarioBlock| {
            let lines = block.source.text.lines().filter(|line| !line.trim().is_empty());
            (block.source.first(), lines.map(str::to_owned).collect())
        };
        blocks("a.md", document, COMMON).iter().map(lines).collect()
    }

    fn one(first: usize, line: &str) -> Vec<(usize, Vec<String>)> {
        vec![(first, vec![line.to_owned()])]
    }

    #[test]
    fn a_block_is_found_wherever_markdown_has_one() {
        assert_eq!(found("a\n\n```leader-election\nseed 2\n```\n"), one(3, "seed 2"));
        assert_eq!(found("~~~~ leader-election\nseed 2\n~~~\n~~~~\n").len(), 1);
        assert_eq!(found("> ```leader-election\n> seed 2\n> ```\n"), one(1, "  seed 2"));
        assert_eq!(
            found("1. a\n\n   ```leader-election\n   seed 2\n   ```\n"),
            one(3, "   seed 2")
        );
        assert_eq!(found("> - ```leader-election\n>   seed 2\n"), one(1, "    seed 2"));
        assert_eq!(found("[^1]: a\n\n    ```leader-election\n    seed 2\n    ```\n").len(), 1);
        assert_eq!(found("```leader-election\r\nseed 2\r\n```\r\n"), one(1, "seed 2"));
        assert_eq!(found("é\n```leader-election\nseed 2"), one(2, "seed 2"));
    }

    #[test]
    fn what_only_looks_like_a_block_is_none() {
        for document in [
            "<!--\n```leader-election\nseed 2\n```\n-->\n",
            "    ```leader-election\n    seed 2\n    ```\n",
            "````markdown\n```leader-election\nseed 2\n```\n````\n",
            "---\na: |\n  ```leader-election\n  seed 2\n  ```\n---\n",
            "```leader-elections\nseed 2\n```\n",
            "```\nleader-election\n```\n",
            "`leader-election`\n",
        ] {
            assert_eq!(found(document), [], "{document}");
        }
    }

    #[test]
    fn a_block_knows_its_text_and_where_it_ends() {
        for document in [
            "a\n```leader-election\nseed 2\n\nuntil 1s\n```\nb\n",
            "> ```leader-election\n> seed 2\n>\n> until 1s\n> ```\nb\n",
            "1. a\n\n   ~~~ leader-election\n   seed 2\n\n   until 1s\n   ~~~\n   b\n",
            "- ```leader-election\r\n  seed 2\r\n\r\n  until 1s\r\n  ```\r\n",
        ] {
            let [block] = &*blocks("a.md", document, COMMON) else { panic!("{document}") };
            assert_eq!(block.text, "seed 2\n\nuntil 1s\n", "{document}");
            let found = &document[block.range.clone()];
            let fence = &found[..3];
            assert_eq!(found.matches(fence).count(), 2, "{found}");
            assert!(found.trim_end().ends_with(fence), "{found}");
        }
    }

    #[test]
    fn words_after_the_first_are_for_others_but_ignore_counts() {
        let is_ignored = |info: &str| {
            let all = blocks("a.md", &format!("```{info}\nseed 2\n```\n"), COMMON);
            all.iter().map(|block| block.is_ignored).collect::<Vec<_>>()
        };
        assert_eq!(is_ignored("leader-election,ignore"), [true]);
        assert_eq!(is_ignored("leader-election height=420, ignore"), [true]);
        assert_eq!(is_ignored("Leader-Election {height=420}"), [false]);
        assert_eq!(is_ignored("leader-election,ignored"), [false]);
        assert!(is_ignored("rust,ignore").is_empty());
    }
}
