//! Finds figures in HTML: the element `<leader-election>`, and code blocks of that language.
//!
//! It is a scanner and not a parser: it knows comments, attributes, character references and the elements
//! whose content is no markup, which is enough to find figures.

use super::{DocumentContent, Figure, NAME, Options, SourceDocument, blank};
use std::ops::Range;

/// Elements whose content is text: <https://html.spec.whatwg.org/#parsing-html-fragments>.
const TEXT_ONLY: [&str; 7] = ["script", "style", "textarea", "title", "xmp", "noembed", "noframes"];
/// Classes of a code block, as site generators write them; on a `<pre>` the language alone counts, too.
const CLASSES: [&str; 2] = ["language-leader-election", "highlight-leader-election"];

/// The figures that begin in this range; the last one may end behind it.
pub(crate) fn figures(document: &SourceDocument, range: Range<usize>) -> Vec<Figure> {
    let text = &*document.text;
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(start) = text[at..range.end].find('<').map(|next| at + next) {
        let Some(tag) = Tag::at(text, start) else {
            at = passed(text, start).min(range.end);
            continue;
        };
        at = tag.end;
        if tag.name == NAME {
            let end = closing(text, tag.end, NAME).unwrap_or(text.len());
            found.extend(document.figure(start, &tag.attributes, content(document, &tag, end)));
            at = end;
        } else if is_block(&tag) {
            let end = ["pre", "code"].iter().filter_map(|name| closing(text, tag.end, name)).min();
            let end = end.unwrap_or(text.len());
            let content = written(document, start, tag.end..end);
            // Other attributes are for the syntax highlighter.
            let class = tag.attributes.into_iter().filter(|(key, _)| key == "class").collect();
            found.extend(document.figure(start, &class, Some(content)));
            at = end;
        } else if TEXT_ONLY.contains(&&*tag.name) {
            at = closing(text, tag.end, &tag.name).unwrap_or(text.len());
        }
        at = at.min(range.end);
    }
    found
}

fn is_block(tag: &Tag) -> bool {
    let attribute =
        |name: &str| tag.attributes.iter().find(|(key, _)| key == name).map(|it| &*it.1);
    let mut classes = attribute("class").unwrap_or_default().split_whitespace();
    let is_pre = tag.name == "pre";
    classes.any(|class| CLASSES.contains(&class) || is_pre && class == NAME)
        || is_pre && attribute("data-language") == Some(NAME)
}

/// The content of an element: that of its first `<script type="text/plain">` or `<pre>`, or its text.
fn content(document: &SourceDocument, element: &Tag, end: usize) -> Option<DocumentContent> {
    let text = &*document.text;
    let mut at = element.end;
    while let Some(start) = text[at..end].find('<').map(|next| at + next) {
        let Some(tag) = Tag::at(text, start) else {
            at = passed(text, start).min(end);
            continue;
        };
        let tag_end = tag.end.min(end);
        let inside = tag_end..closing(text, tag_end, &tag.name).unwrap_or(end).min(end);
        let is_plain = |(key, value): &(String, String)| key == "type" && value == "text/plain";
        match &*tag.name {
            "pre" => return Some(written(document, element.start, inside)),
            "script" if tag.attributes.iter().any(is_plain) => {
                return Some(document.lines_below(element.start, inside));
            }
            name if TEXT_ONLY.contains(&name) => at = inside.end,
            _ => at = tag_end,
        }
    }
    let bare = element.end..end;
    (!text[bare.clone()].contains('<')).then(|| written(document, element.start, bare))
}

/// The text of markup without its tags; in JSX, also without the marks of a template literal.
fn written(document: &SourceDocument, opens: usize, range: Range<usize>) -> DocumentContent {
    let text = &*document.text;
    let mut found = DocumentContent { text: String::new(), is_in_one_line: false };
    blank(&text[document.line_start(opens)..range.start], &mut found.text);
    let range = template(text, range, &mut found.text);
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let length = match rest.as_bytes()[0] {
            b'<' if Tag::at(text, at).is_some()
                || rest.starts_with("<!--")
                || rest.starts_with("</") =>
            {
                let end = Tag::at(text, at).map_or_else(|| passed(text, at), |tag| tag.end);
                let end = end.min(range.end);
                blank(&text[at..end], &mut found.text);
                end - at
            }
            b'&' => match reference(rest) {
                Some((letter, length)) => {
                    found.take(letter);
                    length
                }
                None => {
                    found.text.push('&');
                    1
                }
            },
            _ => {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let next = rest[first..].find(['<', '&']);
                let length = next.map_or(rest.len(), |next| first + next);
                found.text.push_str(&rest[..length]);
                length
            }
        };
        at += length;
    }
    found
}

impl DocumentContent {
    /// Appends a decoded character reference. A line break as a reference is no line of the document. After a
    /// blank line it is dropped, since blank lines have no meaning in a script.
    fn take(&mut self, letter: char) {
        let line = self.text.rfind('\n').map_or(0, |end| end + 1);
        match letter {
            '\n' if self.text[line..].trim().is_empty() => self.text.push(' '),
            '\n' => {
                self.is_in_one_line = true;
                self.text.push('\n');
            }
            letter => self.text.push(letter),
        }
    }
}

/// The range between `` {` `` and `` `} ``, if nothing else is around them.
fn template(text: &str, range: Range<usize>, script: &mut String) -> Range<usize> {
    let inside = text[range.clone()].trim();
    let Some(words) = inside.strip_prefix("{`").and_then(|it| it.strip_suffix("`}")) else {
        return range;
    };
    let start = words.as_ptr() as usize - text.as_ptr() as usize;
    blank(&text[range.start..start], script);
    start..start + words.len()
}

/// Decodes `&lt;`, `&#10;`, `&#x0a;`: returns the character and the length of the reference in bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 7] = [
        ("lt", '<'),
        ("gt", '>'),
        ("amp", '&'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("NewLine", '\n'),
    ];
    let (name, _) = text.strip_prefix('&')?.split_once(';')?;
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    let named = || NAMES.iter().find(|(known, _)| *known == name).map(|&(_, letter)| letter);
    let letter = number.and_then(char::from_u32).or_else(named)?;
    Some((letter, name.len() + 2))
}

/// An opening tag.
struct Tag {
    start: usize,
    /// In lower case.
    name: String,
    attributes: Options,
    /// The offset behind its `>`.
    end: usize,
}

impl Tag {
    fn at(text: &str, start: usize) -> Option<Self> {
        let rest = text[start..].strip_prefix('<')?;
        let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<');
        let length = rest.find(is_end)?;
        let name = rest[..length].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut attributes = Vec::new();
        let mut at = start + 1 + length;
        loop {
            let rest = &text[at..];
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            at += rest.len() - trimmed.len();
            if trimmed.starts_with('>') {
                return Some(Self { start, name, attributes, end: at + 1 });
            }
            let length =
                trimmed.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
            let key = trimmed[..length].to_ascii_lowercase();
            let (value, taken) = value(&trimmed[length..])?;
            attributes.push((key, value));
            // A stray character is skipped, so that the loop makes progress.
            at += (length + taken).max(1);
        }
    }
}

/// The value of an attribute, and its length in bytes with the `=`; in JSX the value may be in braces.
fn value(text: &str) -> Option<(String, usize)> {
    let Some(rest) = text.trim_start().strip_prefix('=') else { return Some((String::new(), 0)) };
    let rest = rest.trim_start();
    let before = text.len() - rest.len();
    let (raw, taken) = match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = rest[1..].find(quote)?;
            (&rest[1..=end], end + 2)
        }
        '{' => {
            let end = braced(rest)?;
            (rest[1..end - 1].trim().trim_matches(['"', '\'', '`']), end)
        }
        _ => {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>')?;
            (&rest[..end], end)
        }
    };
    Some((decoded(raw), before + taken))
}

/// The offset behind the brace that closes the first one.
fn braced(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, letter)| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at + 1)
    })
}

fn decoded(raw: &str) -> String {
    let mut text = String::new();
    let mut rest = raw;
    while let Some(place) = rest.find('&') {
        text.push_str(&rest[..place]);
        let (letter, length) = reference(&rest[place..]).unwrap_or(('&', 1));
        text.push(letter);
        rest = &rest[place + length..];
    }
    text + rest
}

/// The offset behind a `<` that begins no opening tag: a comment, a closing tag, or the character alone.
fn passed(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let end = if let Some(comment) = rest.strip_prefix("<!--") {
        comment.find("-->").map_or(rest.len(), |end| end + 7)
    } else if rest.starts_with("</") {
        rest.find('>').map_or(rest.len(), |end| end + 1)
    } else {
        1
    };
    start + end
}

/// The offset of the next closing tag of this name.
fn closing(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut found = text[from..].match_indices("</").map(|(at, _)| from + at);
    found.find(|&at| {
        let rest = text.as_bytes()[at + 2..].get(..name.len() + 1);
        let (tag, end) =
            rest.map_or((&[][..], b' '), |rest| (&rest[..name.len()], rest[name.len()]));
        let is_it = tag.eq_ignore_ascii_case(name.as_bytes());
        is_it && matches!(end, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Named, figures};

    /// The line of each figure, and its scenario.
    fn found(html: &str) -> Vec<(usize, String)> {
        let named = |named| match named {
            Named::Here(source) => source.text.trim().to_owned(),
            Named::Address(address) => format!("#{address}"),
            Named::File(file) => format!("file {file}"),
        };
        let all = figures(Kind::Html, "a.html", html).into_iter();
        all.map(|figure| (figure.line, named(figure.scenario))).collect()
    }

    fn one(line: usize, named: &str) -> Vec<(usize, String)> {
        vec![(line, named.to_owned())]
    }

    #[test]
    fn an_element_is_read_as_browsers_read_it() {
        let open = "<p>\n<leader-election style=\"a>b\" loop>";
        let all = [
            ("<script type=\"text/plain\">\nseed 2 # <b>\n</script>", "seed 2 # <b>"),
            ("<svg><text>6</text></svg><pre>seed 2</pre>", "seed 2"),
            ("<PRE>at 1s cut 3-&gt;5</PRE>", "at 1s cut 3->5"),
            ("<pre><code>seed <b>2</b></code></pre>", "seed    2"),
            ("<!-- <pre>seed 3</pre> --><pre>seed 2</pre>", "seed 2"),
            ("<script>\"<pre>seed 3</pre>\"</script><pre>seed 2</pre>", "seed 2"),
            ("<pre>{`seed 2`}</pre>", "seed 2"),
            ("seed 2", "seed 2"),
        ];
        for (inside, script) in all {
            assert_eq!(
                found(&format!("{open}{inside}</leader-election>")),
                one(2, script),
                "{inside}"
            );
        }
    }

    #[test]
    fn attributes_name_a_scenario_before_the_content_does() {
        let named = |attributes: &str| {
            found(&format!("<leader-election {attributes}><pre>seed 2</pre></leader-election>"))
        };
        assert_eq!(named("preset=two-leaders"), one(1, "#preset/two-leaders"));
        assert_eq!(named("scenario='AAA'"), one(1, "#1/AAA"));
        assert_eq!(named("scenario=\"https://a.b/#1/AAA\""), one(1, "#1/AAA"));
        assert_eq!(named("src = \"a&amp;b.hustings\""), one(1, "file a&b.hustings"));
        assert_eq!(named("preset={\"start\"} style={{height: 4}}"), one(1, "#preset/start"));
        assert_eq!(named("preset=\"\""), one(1, "seed 2"));
    }

    #[test]
    fn what_only_looks_like_an_element_is_none() {
        for html in [
            "<!-- <leader-election preset=a></leader-election> -->",
            "<script>'<leader-election preset=a>'</script>",
            "<textarea><leader-election preset=a></textarea>",
            "&lt;leader-election preset=a&gt;",
            "<leader-elections preset=a></leader-elections>",
            "<pre>leader-election</pre>",
            "<leader-election></leader-election>",
            "<leader-election",
            "<",
            "<leader-election a=\"",
        ] {
            assert_eq!(found(html), [], "{html}");
        }
    }

    #[test]
    fn blocks_of_code_are_found_by_their_class() {
        let code = "<pre><code class=\"x language-leader-election\">seed <i>2</i>\n</code></pre>";
        assert_eq!(found(code), one(1, "seed    2"));
        let sphinx = "<div class=\"highlight-leader-election notranslate\"><div class=\"highlight\">\
                      <pre><span></span>seed 2\n</pre></div></div>";
        assert_eq!(found(sphinx), one(1, "seed 2"));
        assert_eq!(found("<pre class=\"leader-election\">seed 2</pre>"), one(1, "seed 2"));
        assert_eq!(found("<pre data-language=\"leader-election\">seed 2</pre>"), one(1, "seed 2"));
        assert_eq!(found("<p class=\"leader-election\">seed 2</p>"), []);
    }
}
