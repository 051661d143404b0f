//! The graph of imports between files, and its circles.
//!
//! A path counts for the file that defines its name, whichever module re-exports it. A file may use what a
//! module around it defines: that is what `super` is for.

use super::source::{Source, bracketed, words};
use std::collections::{BTreeMap, BTreeSet};

/// Each set of files of which every one imports every other, directly or through others.
pub(crate) fn circles(files: &[Source]) -> Vec<BTreeSet<String>> {
    let tree = Tree::new(files);
    let imports: BTreeMap<&str, BTreeSet<String>> =
        tree.files.keys().map(|module| (&**module, tree.imports(module))).collect();
    let reached = |from: &str| {
        let mut reached: BTreeSet<String> = BTreeSet::new();
        let mut open: Vec<&str> = vec![from];
        while let Some(module) = open.pop() {
            let next = imports[module].iter().filter(|next| !reached.contains(*next));
            let next: Vec<&String> = next.collect();
            open.extend(next.iter().map(|next| next.as_str()));
            reached.extend(next.into_iter().cloned());
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<String>> =
        imports.keys().map(|module| (*module, reached(module))).collect();
    let circle = |module: &str| -> BTreeSet<String> {
        let others = reached[module].iter().filter(|&other| reached[&**other].contains(module));
        others.cloned().collect()
    };
    let all: BTreeSet<BTreeSet<String>> = imports.keys().map(|module| circle(module)).collect();
    all.into_iter().filter(|circle| !circle.is_empty()).collect()
}

/// What a file says of names.
struct File<'a> {
    /// The code without its `use` statements.
    body: String,
    /// Names that it imports or re-exports, each with the path behind it.
    names: BTreeMap<String, String>,
    /// Paths that it imports; what it only re-exports is none.
    used: Vec<String>,
    source: &'a Source,
}

struct Tree<'a> {
    /// By module: `session::keys`, and the empty name for the root.
    files: BTreeMap<String, File<'a>>,
}

impl<'a> Tree<'a> {
    fn new(files: &'a [Source]) -> Self {
        let module = |source: &Source| {
            let inside = source.path.trim_start_matches("src/").trim_end_matches(".rs");
            if inside == "lib" { String::new() } else { inside.replace('/', "::") }
        };
        Self { files: files.iter().map(|source| (module(source), File::new(source))).collect() }
    }

    fn imports(&self, module: &str) -> BTreeSet<String> {
        let file = &self.files[module];
        let inline = paths(&file.body).filter(|path| {
            let first = path.split("::").next().unwrap_or_default();
            ["crate", "super", "self"].contains(&first)
                || self.files.contains_key(&child(module, first))
        });
        let all = file.used.iter().cloned().chain(inline);
        let found = all.filter_map(|path| self.defining(module, &path, 0));
        let around = |other: &String| {
            other == module || other.is_empty() || module.starts_with(&format!("{other}::"))
        };
        found.filter(|other| !around(other)).collect()
    }

    /// The file that defines what the path means in the module.
    fn defining(&self, module: &str, path: &str, depth: u32) -> Option<String> {
        // A name that is re-exported in a circle would not compile.
        if depth > 20 {
            return None;
        }
        let mut parts = path.split("::").peekable();
        let mut at = module.to_owned();
        match parts.peek().copied()? {
            "crate" | "hustings" => {
                parts.next();
                at.clear();
            }
            "super" | "self" => {
                while let Some(up) = parts.next_if(|part| ["super", "self"].contains(part)) {
                    if up == "super" {
                        at.truncate(at.rfind("::").unwrap_or(0));
                    }
                }
            }
            first if self.files.contains_key(&child(module, first)) => {}
            first => {
                let path = self.files[module].names.get(first)?;
                // A crate from elsewhere.
                if path.split("::").next() == Some(first) {
                    return None;
                }
                return self.defining(module, path, depth + 1);
            }
        }
        while let Some(part) = parts.next_if(|part| self.files.contains_key(&child(&at, part))) {
            at = child(&at, part);
        }
        let file = self.files.get(&at)?;
        let Some(name) = parts.next() else { return Some(at) };
        match file.names.get(name) {
            Some(path) if !file.defines(name) => self.defining(&at, path, depth + 1),
            Some(_) | None => Some(at),
        }
    }
}

impl<'a> File<'a> {
    fn new(source: &'a Source) -> Self {
        let mut file =
            Self { body: source.code.clone(), names: BTreeMap::new(), used: Vec::new(), source };
        let uses: Vec<usize> =
            words(&source.code).filter(|(_, word)| *word == "use").map(|(at, _)| at).collect();
        for at in uses {
            let Some(length) = source.code[at..].find(';') else { continue };
            let before = source.code[..at].trim_end();
            let is_export = before.ends_with("pub")
                || (before.ends_with(')')
                    && before.rsplit('(').next().is_some_and(|it| it.len() < 40)
                    && before[..before.rfind('(').unwrap_or(0)].ends_with("pub"));
            for path in flattened(&source.code[at + 3..at + length]) {
                let (path, name) = match path.split_once(" as ") {
                    Some((path, name)) => (path.to_owned(), name.to_owned()),
                    None => {
                        let path = path.trim_end_matches("::self").to_owned();
                        let name = path.rsplit("::").next().unwrap_or_default().to_owned();
                        (path, name)
                    }
                };
                if !is_export {
                    file.used.push(path.clone());
                }
                file.names.insert(name, path);
            }
            file.body.replace_range(at..at + length, &" ".repeat(length));
        }
        file
    }

    fn defines(&self, name: &str) -> bool {
        let kinds = ["struct", "enum", "trait", "type", "fn", "const", "static", "union"];
        let mut all = words(&self.source.code).map(|(_, word)| word).peekable();
        let mut next = || Some((all.next()?, all.peek().copied()));
        std::iter::from_fn(&mut next).any(|(kind, of)| kinds.contains(&kind) && of == Some(name))
    }
}

fn child(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

/// The paths of a `use` tree, one by one.
fn flattened(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        return vec![tree.split_whitespace().collect::<Vec<_>>().join(" ")];
    };
    let group = bracketed(tree, open);
    let (mut from, mut depth, mut paths) = (group.start + 1, 0, Vec::new());
    for (at, byte) in tree.bytes().enumerate().take(group.end).skip(group.start + 1) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            b',' | b'}' if depth == 0 => {
                let inside = flattened(&tree[from..at]).into_iter().filter(|path| !path.is_empty());
                paths.extend(inside.map(|path| format!("{}{path}", &tree[..open])));
                from = at + 1;
            }
            _ => {}
        }
    }
    paths
}

/// Every path of two names or more.
fn paths(code: &str) -> impl Iterator<Item = String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, word) in words(code) {
        match found.last_mut() {
            Some((end, path)) if code[*end..at] == *"::" => {
                *path = format!("{path}::{word}");
                *end = at + word.len();
            }
            Some(_) | None => found.push((at + word.len(), word.to_owned())),
        }
    }
    found.into_iter().map(|(_, path)| path).filter(|path| path.contains("::"))
}

#[test]
fn a_circle_of_files_is_found() {
    let files = |texts: &[(&str, &str)]| -> Vec<Source> {
        texts.iter().map(|(path, text)| Source::new(path, text)).collect()
    };
    let circle = |texts: &[(&str, &str)]| circles(&files(texts)).into_iter().next();
    let two = Some(BTreeSet::from(["a::b".to_owned(), "a::c".to_owned()]));
    let parent = ("src/a.rs", "mod b;\nmod c;\npub use b::{B, self as other};\nfn up() {}");
    let uses = ("src/a/c.rs", "use super::B;\npub fn f() {}");
    // Through a re-export, and by a path without `use`.
    assert_eq!(circle(&[parent, ("src/a/b.rs", "pub struct B;\nuse super::c::f;"), uses]), two);
    assert_eq!(
        circle(&[parent, ("src/a/b.rs", "pub struct B;\nfn g() { crate::a::c::f() }"), uses]),
        two
    );
    // A child that uses its parent is none, nor is a test.
    assert_eq!(circle(&[parent, ("src/a/b.rs", "pub struct B;\nuse super::up;"), uses]), None);
    let test = "pub struct B;\n#[cfg(test)]\nmod tests {\n    use crate::a::c::f;\n}";
    assert_eq!(circle(&[parent, ("src/a/b.rs", test), uses]), None);
}
