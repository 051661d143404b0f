//! A source file as the rules read it: its text, and its code with comments, strings and test
//! modules blanked out. Blanks keep every line where it was.

use std::fs;
use std::ops::Range;
use std::path::Path;

pub(crate) struct Source {
    /// From the repository's root, with forward slashes.
    pub path: String,
    pub text: String,
    /// The text without comments and without the insides of strings.
    pub bare: String,
    /// The same without test modules.
    pub code: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let bare = bare(text);
        let code = without_tests(&bare);
        Self { path: path.to_owned(), text: text.to_owned(), bare, code }
    }

    /// All files below `folder` whose names end in one of `endings`, in the order of their paths.
    pub(crate) fn all(folder: &str, endings: &[&str]) -> Vec<Self> {
        let mut found = Vec::new();
        collect(folder, endings, &mut found);
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    }

    /// The top-level module that it belongs to: `scenario` for `src/scenario/check.rs`, `bin/app`
    /// for a program.
    pub(crate) fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        match inside.strip_suffix(".rs") {
            Some(program) if program.starts_with("bin/") => program,
            _ => inside.split(['/', '.']).next().unwrap_or(inside),
        }
    }

    /// How many modules it stands in: 1 for `src/scenario.rs`, 2 for `src/scenario/check.rs`.
    pub(crate) fn depth(&self) -> usize {
        self.path.matches('/').count()
    }

    /// Whether it is one of these modules: `scenario` and all in it, or `scenario/check` alone.
    pub(crate) fn is_in(&self, modules: &[&str]) -> bool {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let name = inside.strip_suffix(".rs").unwrap_or(inside);
        modules.iter().any(|module| name == *module || name.starts_with(&format!("{module}/")))
    }

    pub(crate) fn line(&self, at: usize) -> usize {
        line(&self.bare, at)
    }
}

pub(crate) fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1
}

/// Every identifier with its place. A path is several of them.
pub(crate) fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + code[rest..].find(inside)?;
        let to = code[from..].find(|c| !inside(c)).map_or(code.len(), |length| from + length);
        rest = to;
        Some((from, &code[from..to]))
    })
}

/// From an opening bracket at `open` to just after the one that closes it.
pub(crate) fn bracketed(code: &str, open: usize) -> Range<usize> {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return open..at + 1;
        }
    }
    open..code.len()
}

fn collect(folder: &str, endings: &[&str], found: &mut Vec<Source>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // A folder that is not there has nothing that could be wrong.
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries {
        let entry = entry.expect("a folder that lists its files");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            if !path.ends_with("/node_modules") {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| path.ends_with(ending)) {
            let text = fs::read_to_string(entry.path()).unwrap_or_else(|e| panic!("{path}: {e}"));
            found.push(Source::new(&path, &text));
        }
    }
}

/// What a stretch of Rust is.
#[derive(Clone, Copy, PartialEq)]
enum Stretch {
    Code,
    LineComment,
    BlockComment {
        depth: usize,
    },
    /// A string that ends at a quote and so many `#`; only plain ones have escapes.
    Text {
        hashes: usize,
        escapes: bool,
    },
}

fn bare(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut stretch = Stretch::Code;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (length, next, keep) = advance(stretch, rest, at.checked_sub(1).map(|i| bytes[i]));
        if !keep {
            blank(&mut out[at..(at + length).min(bytes.len())]);
        }
        at += length;
        stretch = next;
    }
    String::from_utf8(out).expect("blanking leaves whole characters")
}

/// How far the stretch at the head of `rest` goes before it may change, into what, and whether it
/// is kept. Quotes are kept, so that a string is still seen to be there.
fn advance(stretch: Stretch, rest: &[u8], before: Option<u8>) -> (usize, Stretch, bool) {
    match stretch {
        Stretch::Code => opening(rest, before),
        Stretch::LineComment => match rest[0] {
            b'\n' => (1, Stretch::Code, true),
            _ => (1, stretch, false),
        },
        Stretch::BlockComment { depth } if rest.starts_with(b"/*") => {
            (2, Stretch::BlockComment { depth: depth + 1 }, false)
        }
        Stretch::BlockComment { depth } if rest.starts_with(b"*/") => match depth {
            1 => (2, Stretch::Code, false),
            _ => (2, Stretch::BlockComment { depth: depth - 1 }, false),
        },
        Stretch::BlockComment { .. } => (1, stretch, false),
        Stretch::Text { escapes: true, .. } if rest[0] == b'\\' => (2, stretch, false),
        Stretch::Text { hashes, .. } => {
            let ends =
                rest[0] == b'"' && rest[1..].iter().take_while(|&&b| b == b'#').count() >= hashes;
            if ends { (1 + hashes, Stretch::Code, true) } else { (1, stretch, false) }
        }
    }
}

fn opening(rest: &[u8], before: Option<u8>) -> (usize, Stretch, bool) {
    if rest.starts_with(b"//") {
        return (2, Stretch::LineComment, false);
    }
    if rest.starts_with(b"/*") {
        return (2, Stretch::BlockComment { depth: 1 }, false);
    }
    if rest[0] == b'"' {
        return (1, Stretch::Text { hashes: 0, escapes: true }, true);
    }
    let after_word = before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
    if rest[0] == b'r' && (!after_word || before == Some(b'b')) {
        let hashes = rest[1..].iter().take_while(|&&b| b == b'#').count();
        if rest.get(1 + hashes) == Some(&b'"') {
            return (2 + hashes, Stretch::Text { hashes, escapes: false }, true);
        }
    }
    match character(rest) {
        Some(length) => (length, Stretch::Code, false),
        None => (1, Stretch::Code, true),
    }
}

/// The length of a character literal; a lifetime has no closing quote and is none.
fn character(rest: &[u8]) -> Option<usize> {
    if rest[0] != b'\'' {
        return None;
    }
    match rest.get(1)? {
        b'\\' => rest.iter().skip(3).position(|&b| b == b'\'').map(|at| at + 4),
        _ => {
            let text = std::str::from_utf8(&rest[1..rest.len().min(6)]);
            let valid = text.map_or_else(|e| e.valid_up_to(), str::len);
            let head = std::str::from_utf8(&rest[1..1 + valid]).ok()?;
            let length = head.chars().next()?.len_utf8();
            (rest.get(1 + length) == Some(&b'\'')).then_some(length + 2)
        }
    }
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Blanks every `#[cfg(test)] mod … { … }`, also behind `all(test, …)`.
fn without_tests(bare: &str) -> String {
    let mut out = bare.as_bytes().to_vec();
    for (at, _) in bare.match_indices("#[cfg(") {
        let attribute = bracketed(bare, at + 1);
        let is_test = words(&bare[attribute.clone()]).any(|(_, word)| word == "test");
        let Some(open) = bare[attribute.end..].find(['{', ';']).map(|i| attribute.end + i) else {
            continue;
        };
        let is_module = words(&bare[attribute.end..open]).any(|(_, word)| word == "mod");
        if is_test && is_module && bare.as_bytes()[open] == b'{' {
            blank(&mut out[at..bracketed(bare, open).end]);
        }
    }
    String::from_utf8(out).expect("blanking leaves whole characters")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_not_code() {
        let text = r####"
let a = "f64 \" f64"; // f64
/* f64 /* f64 */ f64 */ let b = r#"f64 " f64"#; let c = '"'; let d = '\''; let e: &'a str = br"f64";
let f = 'é'; let g = 1;"####;
        let source = Source::new("src/clock.rs", text);
        let seen: Vec<_> = words(&source.bare).map(|(_, word)| word).collect();
        let kept = "let a let b r let c let d let e a str br let f let g 1";
        assert_eq!(seen.join(" "), kept);
        assert_eq!(source.bare.lines().count(), text.lines().count());
    }

    #[test]
    fn a_test_module_is_not_code_but_what_follows_it_is() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { {} }\n}\nfn c() {}\n";
        let source = Source::new("src/clock.rs", text);
        assert!(source.code.contains("fn a") && source.code.contains("fn c"));
        assert!(!source.code.contains("fn b"));
        assert!(source.bare.contains("fn b"));
        assert_eq!(source.line(source.code.find("fn c").expect("it is code")), 6);
    }

    #[test]
    fn a_file_knows_its_module() {
        let module = |path| Source::new(path, "").module().to_owned();
        assert_eq!(module("src/scenario.rs"), "scenario");
        assert_eq!(module("src/scenario/link/v1.rs"), "scenario");
        assert_eq!(module("src/bin/app.rs"), "bin/app");
        assert!(Source::new("src/scenario/check.rs", "").is_in(&["scenario/check"]));
        assert!(!Source::new("src/scenario.rs", "").is_in(&["scenario/check"]));
        assert!(!Source::new("src/scenarios.rs", "").is_in(&["scenario"]));
    }
}
