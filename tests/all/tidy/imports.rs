//! The order of the modules: which names a file may use.

use super::source::{Source, bracketed, words};
use super::{BROWSER, Broken, COMMANDS, MODULES};

pub(super) fn place(file: &Source) -> Vec<Broken> {
    let known = ["lib", "bin/app", "bin/figure", "bin/tools", "bin/cli", "bin/node"];
    if MODULES.contains(&file.module()) || known.contains(&file.module()) {
        return Vec::new();
    }
    let rule =
        format!("{} is not in the module order: see MODULES in tests/all/tidy.rs", file.module());
    vec![Broken { line: 1, rule }]
}

pub(super) fn imports(file: &Source) -> Vec<Broken> {
    let Some(mine) = MODULES.iter().position(|&module| module == file.module()) else {
        return Vec::new();
    };
    from_the_root(file)
        .filter_map(|(at, name)| {
            let theirs = MODULES.iter().position(|&module| module == name)?;
            let apart = file.is_in(&COMMANDS) && BROWSER.contains(&name);
            (theirs > mine || apart).then(|| Broken {
                line: file.line(at),
                rule: format!(
                    "{} may not use {name}, which comes after it in the module order",
                    file.module()
                ),
            })
        })
        .collect()
}

/// Every name that is looked up in the crate's root: after `crate::`, in the braces after it, or
/// after as many `super::` as lead out of the file.
pub(super) fn from_the_root(file: &Source) -> impl Iterator<Item = (usize, &str)> {
    let up = "super::".repeat(file.depth());
    let roots = ["crate::".to_owned(), up];
    let code = &file.code;
    roots.into_iter().flat_map(move |root| {
        code.match_indices(&root)
            .flat_map(|(at, root)| first_names(code, at + root.len()))
            .collect::<Vec<_>>()
    })
}

/// The name at `at`, or the first name of each path of a `{…}` there.
fn first_names(code: &str, at: usize) -> Vec<(usize, &str)> {
    if code.as_bytes().get(at) != Some(&b'{') {
        return words(&code[at..]).take(1).map(|(from, name)| (at + from, name)).collect();
    }
    let group = bracketed(code, at);
    let mut depth = 0;
    let mut expecting = false;
    let mut names = Vec::new();
    for (from, byte) in code.bytes().enumerate().take(group.end).skip(group.start) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 1 && matches!(byte, b'{' | b',') {
            expecting = true;
        } else if expecting && !byte.is_ascii_whitespace() {
            expecting = false;
            names.extend(words(&code[from..group.end]).take(1).map(|(_, name)| (from, name)));
        }
    }
    names
}
