//! Finds scenarios and figures in Markdown: fenced blocks whose info string begins with `leader-election`, MyST
//! directives in backticks or colons, and elements.
//!
//! Blocks are found as in CommonMark: also in lists, quotes and footnotes, fenced by backticks or tildes, but
//! not in comments, other blocks or front matter. Further words of the info string, separated by commas or
//! blanks, are for the renderer of the figure; only `ignore` has a meaning here.

use super::super::diagnostics::{InputSource, Within};
use super::{
    DocumentContent, Figure, IGNORE, NAME, Named, Options, SourceDocument, blank, html, option,
};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options as Dialect, Parser, Tag, TagEnd};
use std::ops::Range;
use std::rc::Rc;

/// The extensions that most Markdown parsers have in common, and front matter, which is no text.
pub(crate) const COMMON: Dialect =
    Dialect::ENABLE_FOOTNOTES.union(Dialect::ENABLE_YAML_STYLE_METADATA_BLOCKS);

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
pub(crate) fn blocks(name: &str, document: &str, options: Dialect) -> Vec<ScenarioBlock> {
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

/// Directives of code blocks, whose first argument is the language.
const CODE: [&str; 3] = ["code-block", "code", "sourcecode"];

pub(super) fn figures(document: &SourceDocument) -> Vec<Figure> {
    let blocks = blocks(document.name, &document.text, COMMON).into_iter();
    let mut found: Vec<Figure> = blocks
        .map(|block| Figure {
            line: block.source.first(),
            is_ignored: block.is_ignored,
            scenario: Named::Here(block.source),
        })
        .collect();
    let outline = Outline::of(&document.text);
    for (info, range) in &outline.fences {
        found.extend(directive(info).and_then(|class| fenced(document, class, range.clone())));
    }
    let mut consumed = 0;
    for range in &outline.html {
        if range.start >= consumed {
            let all = html::figures(document, range.clone());
            consumed = if all.is_empty() { consumed } else { element_end(document, range) };
            found.extend(all);
        }
    }
    found.extend(jsx(document, &outline));
    found.extend(colon_fences(document, &outline));
    found
}

/// The parts of a document that are no Markdown text.
#[derive(Default)]
struct Outline {
    /// Fenced blocks with their info strings.
    fences: Vec<(String, Range<usize>)>,
    html: Vec<Range<usize>>,
    /// Inline code.
    code: Vec<Range<usize>>,
    /// Code blocks, HTML and front matter.
    verbatim: Vec<Range<usize>>,
}

impl Outline {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "other events of pulldown-cmark hide no figure"
    )]
    fn of(text: &str) -> Self {
        let mut outline = Self::default();
        for (event, range) in Parser::new_ext(text, COMMON).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    if let CodeBlockKind::Fenced(info) = kind {
                        outline.fences.push((info.to_string(), range.clone()));
                    }
                    outline.verbatim.push(range);
                }
                Event::Start(Tag::HtmlBlock) => {
                    outline.html.push(range.clone());
                    outline.verbatim.push(range);
                }
                Event::InlineHtml(_) => outline.html.push(range),
                Event::Code(_) => outline.code.push(range),
                Event::Start(Tag::MetadataBlock(_)) => outline.verbatim.push(range),
                _ => {}
            }
        }
        outline
    }

    fn is_verbatim(&self, at: usize) -> bool {
        self.verbatim.iter().any(|range| range.contains(&at))
    }
}

/// Whether an info string is a figure's directive, such as `{leader-election}`; `Some(true)` if it is marked
/// `ignore`.
fn directive(info: &str) -> Option<bool> {
    let (name, rest) = info.trim().strip_prefix('{')?.split_once('}')?;
    let mut words = rest.split([',', ' ', '\t']).filter(|word| !word.is_empty());
    let is_ours = match name.trim() {
        NAME => true,
        name if CODE.contains(&name) => words.next() == Some(NAME),
        _ => false,
    };
    is_ours.then(|| words.any(|word| word == IGNORE))
}

/// The figure of a fenced directive. Its options come first, as `:key: value` or between dashes.
fn fenced(document: &SourceDocument, is_ignored: bool, range: Range<usize>) -> Option<Figure> {
    let opens = range.start;
    let fence = document.text[range.clone()].trim_end();
    let sign = fence.chars().next()?;
    let mut lines: Vec<&str> = fence.split_inclusive('\n').skip(1).collect();
    let is_end = |line: &&str| {
        let end = line.trim_matches([' ', '\t', '>', '\n', '\r']);
        end.len() >= 3 && end.chars().all(|letter| letter == sign)
    };
    lines.pop_if(|line| is_end(&&**line));
    let (options, option_lines) = options(&lines);
    let first = lines.first()?;
    let from = first.as_ptr() as usize - document.text.as_ptr() as usize;
    let length: usize = lines.iter().map(|line| line.len()).sum();
    let skipped: usize = lines[..option_lines].iter().map(|line| line.len()).sum();
    let mut content = document.lines_below(opens, from + skipped..from + length);
    content.without_quotes(document, opens);
    let mut figure = document.figure(opens, &options, Some(content))?;
    figure.is_ignored |= is_ignored;
    Some(figure)
}

/// The options at the beginning of a directive, and the number of their lines.
fn options(lines: &[&str]) -> (Options, usize) {
    let dashes = |line: &&&str| line.trim() == "---";
    if lines.first().is_some_and(|line| dashes(&line)) {
        let option_lines = lines.iter().skip(1).take_while(|line| !dashes(line));
        let options: Options = option_lines
            .filter_map(|line| line.split_once(':'))
            .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
            .collect();
        let end = lines.iter().skip(1).position(|line| line.trim() == "---");
        return (options, end.map_or(lines.len(), |end| end + 2));
    }
    let options: Options = lines.iter().map_while(|line| option(line)).collect();
    let option_lines = options.len();
    (options, option_lines)
}

impl DocumentContent {
    /// Blanks out the marks of a quote around the whole block.
    fn without_quotes(&mut self, document: &SourceDocument, opens: usize) {
        let before = &document.text[document.line_start(opens)..opens];
        if !before.contains('>') {
            return;
        }
        let mut text = String::new();
        for line in self.text.split_inclusive('\n') {
            let marks = line.len() - line.trim_start_matches([' ', '>']).len();
            blank(&line[..marks], &mut text);
            text.push_str(&line[marks..]);
        }
        self.text = text;
    }
}

/// Elements with attributes in braces, as in MDX; plain Markdown takes them for text.
fn jsx(document: &SourceDocument, outline: &Outline) -> Vec<Figure> {
    let text = &*document.text;
    let is_known = |at: usize| {
        let others = outline.html.iter().chain(&outline.code).chain(&outline.verbatim);
        others.clone().any(|range| range.contains(&at)) || text[..at].ends_with('\\')
    };
    let opens = text.match_indices("<leader-election").map(|(at, _)| at);
    let unknown = opens.filter(|&at| !is_known(at));
    // Only this element begins in a range of one byte.
    unknown.flat_map(|at| html::figures(document, at..at + 1)).collect()
}

/// Figures between `:::{leader-election}`, or `::: leader-election` as in VitePress and Pandoc, and a line
/// with as many colons.
fn colon_fences(document: &SourceDocument, outline: &Outline) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut lines = document.text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let opens = start;
        start += line.len();
        let fence = line.trim();
        let colons = fence.len() - fence.trim_start_matches(':').len();
        let info = fence[colons..].trim();
        let words = || info.split([' ', ',', '\t']).filter(|word| !word.is_empty());
        let plain =
            || words().next().filter(|word| *word == NAME).map(|_| words().any(|it| it == IGNORE));
        if colons < 3 || outline.is_verbatim(opens) {
            continue;
        }
        let Some(is_ignored) = directive(info).or_else(plain) else { continue };
        let mut body = Vec::new();
        let from = start;
        for line in lines.by_ref() {
            start += line.len();
            let end = line.trim();
            if end.len() >= colons && end.chars().all(|letter| letter == ':') {
                break;
            }
            body.push(line);
        }
        let (options, option_lines) = options(&body);
        let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
        let script = from + length(&body[..option_lines])..from + length(&body);
        let content = document.lines_below(opens, script);
        found.extend(
            document
                .figure(opens, &options, Some(content))
                .map(|figure| Figure { is_ignored: figure.is_ignored || is_ignored, ..figure }),
        );
    }
    found
}

/// The offset behind the last element that begins in this range.
fn element_end(document: &SourceDocument, range: &Range<usize>) -> usize {
    let text = &document.text;
    let opens =
        text[range.clone()].rfind("<leader-election").map_or(range.end, |at| range.start + at);
    text[opens..].find("</leader-election").map_or(range.end, |end| opens + end)
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Named, figures};
    use super::*;

    fn found(markdown: &str) -> Vec<(usize, String)> {
        let all = figures(Kind::Markdown, "a.md", markdown).into_iter();
        let named = |named| match named {
            Named::Here(source) => source.text.trim().to_owned(),
            Named::Address(address) => format!("#{address}"),
            Named::File(file) => format!("file {file}"),
        };
        all.map(|figure| (figure.line, named(figure.scenario))).collect()
    }

    fn one(line: usize, named: &str) -> Vec<(usize, String)> {
        vec![(line, named.to_owned())]
    }

    #[test]
    fn directives_stand_in_backticks_or_colons() {
        assert_eq!(found("a\n\n```{leader-election}\nseed 2\n```\n"), one(3, "seed 2"));
        assert_eq!(found("```{leader-election}\n:height: 420\n\nseed 2\n```\n"), one(1, "seed 2"));
        assert_eq!(
            found("~~~{leader-election}\n---\nheight: 420\n---\nseed 2\n~~~\n"),
            one(1, "seed 2")
        );
        assert_eq!(found("```{code-block} leader-election\nseed 2\n```\n"), one(1, "seed 2"));
        assert_eq!(found("> ```{leader-election}\n> seed 2\n> ```\n"), one(1, "seed 2"));
        assert_eq!(
            found("a\n:::{leader-election}\n:height: 4\nseed 2\n:::\nb\n"),
            one(2, "seed 2")
        );
        assert_eq!(
            found("::: leader-election\nseed 2\n\nuntil 1s\n:::\n"),
            one(1, "seed 2\n\nuntil 1s")
        );
        assert_eq!(found("```{leader-election}\n:preset: start\n```\n"), one(1, "#preset/start"));
        assert_eq!(found("```{code-block} rust\nseed 2\n```\n"), []);
        assert_eq!(found("````\n:::{leader-election}\nseed 2\n:::\n````\n"), []);
        assert_eq!(found("::: tip\nleader-election\n:::\n"), []);
    }

    #[test]
    fn elements_stand_between_the_paragraphs_and_in_them() {
        let block = "a\n\n<leader-election style=\"height:4px\">\n<pre>\nseed 2\n</pre>\n</leader-election>\n";
        assert_eq!(found(block), one(3, "seed 2"));
        let parted = "<leader-election>\n<pre>\nseed 2\n\nuntil 1s\n</pre>\n</leader-election>\n";
        assert_eq!(found(parted), one(1, "seed 2\n\nuntil 1s"));
        let inline = "See <leader-election preset=\"start\"></leader-election> here.\n";
        assert_eq!(found(inline), one(1, "#preset/start"));
        let two = "<leader-election preset=\"a\"></leader-election>\n\nb\n\n<leader-election preset=\"b\"></leader-election>\n";
        assert_eq!(found(two), [(1, "#preset/a".to_owned()), (5, "#preset/b".to_owned())]);
        let jsx = "import x from \"y\"\n\n<leader-election style={{height: 4}}>\n  <pre>{`seed 2`}</pre>\n</leader-election>\n";
        assert_eq!(found(jsx), one(3, "seed 2"));
        assert_eq!(found("`<leader-election preset=\"a\"></leader-election>`\n"), []);
        assert_eq!(found("<!-- <leader-election preset=\"a\"></leader-election> -->\n"), []);
        assert_eq!(found("```html\n<leader-election preset=\"a\"></leader-election>\n```\n"), []);
    }

    /// The line of each block's fence, and its lines that are not blank.
    fn found_blocks(document: &str) -> Vec<(usize, Vec<String>)> {
        let lines = |block: &ScenarioBlock| {
            let lines = block.source.text.lines().filter(|line| !line.trim().is_empty());
            (block.source.first(), lines.map(str::to_owned).collect())
        };
        blocks("a.md", document, COMMON).iter().map(lines).collect()
    }

    fn one_block(first: usize, line: &str) -> Vec<(usize, Vec<String>)> {
        vec![(first, vec![line.to_owned()])]
    }

    #[test]
    fn a_block_is_found_wherever_markdown_has_one() {
        assert_eq!(found_blocks("a\n\n```leader-election\nseed 2\n```\n"), one_block(3, "seed 2"));
        assert_eq!(found_blocks("~~~~ leader-election\nseed 2\n~~~\n~~~~\n").len(), 1);
        assert_eq!(
            found_blocks("> ```leader-election\n> seed 2\n> ```\n"),
            one_block(1, "  seed 2")
        );
        assert_eq!(
            found_blocks("1. a\n\n   ```leader-election\n   seed 2\n   ```\n"),
            one_block(3, "   seed 2")
        );
        assert_eq!(
            found_blocks("> - ```leader-election\n>   seed 2\n"),
            one_block(1, "    seed 2")
        );
        assert_eq!(
            found_blocks("[^1]: a\n\n    ```leader-election\n    seed 2\n    ```\n").len(),
            1
        );
        assert_eq!(found_blocks("```leader-election\r\nseed 2\r\n```\r\n"), one_block(1, "seed 2"));
        assert_eq!(found_blocks("é\n```leader-election\nseed 2"), one_block(2, "seed 2"));
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
            assert_eq!(found_blocks(document), [], "{document}");
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
