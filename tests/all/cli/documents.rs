//! `check` on documentation: blocks of Markdown, told for people, programs and workflows.

use super::bad_input::noise;
use super::driver::{Folder, Ran, hustings};
use crate::golden;
use serde_json::{Value, json};

/// One block holds, one fails, one cannot be read, one is not to be, one has an unused edit.
const DOCUMENT: &str = include_str!("../../markdown/election.md");
const FOLDER: &str = "tests/markdown";

#[test]
fn every_block_of_a_document_is_played_and_reported_with_its_lines() {
    let ran = hustings(["check", FOLDER]);
    assert_eq!(ran.code, 2, "one cannot be read");
    golden::check("tests/golden/check-markdown.txt", &ran.out);
    golden::check("tests/golden/check-markdown-problems.txt", &ran.err);
    let named = hustings(["check", "tests/markdown/election.md"]);
    assert_eq!((named.code, named.out, named.err), (ran.code, ran.out, ran.err));
}

#[test]
fn a_workflow_gets_commands_with_the_lines_of_the_document() {
    let ran = hustings(["check", "--format", "github", FOLDER]);
    assert_eq!((ran.code, &*ran.err), (2, ""));
    golden::check("tests/golden/check-markdown-github.txt", &ran.out);
    let strict = hustings(["check", "--format", "github", "--strict", FOLDER]).out;
    let unused = strict.lines().find(|line| line.contains("has no effect")).unwrap_or_default();
    assert!(unused.starts_with("::error "), "{strict}");
}

#[test]
fn other_systems_get_the_xml_of_junit() {
    let ran = hustings(["check", "--format", "junit", FOLDER]);
    assert_eq!((ran.code, &*ran.err), (2, ""));
    golden::check("tests/golden/check-markdown-junit.xml", &ran.out);
    let strict = hustings(["check", "--format", "junit", "--strict", FOLDER]).out;
    assert!(strict.contains("tests=\"6\" failures=\"2\" errors=\"3\""), "{strict}");
    // Names and titles of any kind are characters of XML.
    let folder = Folder::new("check-junit");
    let odd = "until 1s\nexpect split brain <= 1s\nexpect leader \u{1}<&\"'>]]>\u{fffe}\n";
    folder.file("a & 'b'.hustings", "until 1s\nexpect leader 5\n");
    folder.file("odd.hustings", odd);
    let ran = hustings(["check", "--format", "junit", &folder.path("")]);
    assert_eq!(ran.code, 2);
    for xml in [&ran.out, &strict] {
        let (head, body) = xml.split_once('\n').expect("it has lines");
        assert_eq!(head, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        crate::exports::xml::check(body).unwrap_or_else(|why| panic!("{why}\n{xml}"));
    }
    assert!(ran.out.contains("a &amp; 'b'.hustings:2: expect leader 5: 6 leads"), "{}", ran.out);
}

#[test]
fn programs_get_one_object_with_the_lines_of_the_document() {
    let ran = hustings(["check", "--format", "json", FOLDER]);
    assert_eq!((ran.code, &*ran.err), (2, ""));
    let found: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let count = ["fine", "failed", "unreadable", "ignored"].map(|name| found[name].as_u64());
    assert_eq!(count, [2, 1, 1, 1].map(Some));
    let failed = &found["scenarios"][1];
    assert_eq!((&failed["line"], &failed["fine"]), (&json!(line("leader 4") - 3), &json!(false)));
    assert_eq!(failed["report"]["expectations"][0]["line"], line("leader 4"));
    let column = DOCUMENT.lines().find_map(|line| line.find("crsh")).expect("it is there") + 1;
    let problem = &found["problems"][0];
    assert_eq!((&problem["line"], &problem["column"]), (&json!(line("crsh")), &json!(column)));
    assert_eq!((&problem["level"], &problem["file"]), (&json!("error"), &json!(file())));
}

fn file() -> String {
    format!("{FOLDER}/election.md")
}

/// The line of the document in which these words stand.
fn line(words: &str) -> usize {
    let place = DOCUMENT.lines().position(|line| line.contains(words));
    place.expect("the words are there") + 1
}

#[test]
fn a_block_far_down_a_long_document_is_no_long_script() {
    let folder = Folder::new("check-long-document");
    let block = "```leader-election\nseed 2\nsed 3\n```\n";
    let file = folder.file("long.md", "a line of text\n\n".repeat(50_000) + block);
    let ran = hustings(["check", &file]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("long.md:100003:1"), "{}", ran.err);
    let long = format!("a\n\n```leader-election\n{}```\n", "# x\n".repeat(17_000));
    let ran = hustings(["check", &folder.file("block.md", long)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("the most is 65536\n"), "{}", ran.err);
    assert!(ran.err.contains("block.md:3:1"), "{}", ran.err);
}

#[test]
fn markdown_without_a_scenario_warns_and_is_nothing_found() {
    let folder = Folder::new("check-no-block");
    let file = folder.file("a.md", "# Nothing\n\n```rust\nfn main() {}\n```\n");
    let ran = hustings(["check", &file]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    let warning = "no figure of `leader-election` is in it\n";
    assert_eq!(ran.err, format!("warning: {file}: {warning}"));
    // Beside something that is found it is no more than that.
    let ran = hustings(["check", &file, "presets/start.hustings"]);
    assert_eq!((ran.code, ran.err), (0, format!("warning: {file}: {warning}")));
    let ran = hustings(["check", &folder.path("")]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("no `.hustings` or `.hustings.json` file is in it, and no"),
        "{}",
        ran.err
    );
}

#[test]
fn figures_of_every_kind_of_document_are_played_with_their_lines() {
    let folder = Folder::new("check-kinds");
    let failing = "at 100ms crash 6\nat 200ms suspect 3\nexpect leader 4\n";
    let indented = failing.replace("at ", "   at ").replace("expect", "   expect");
    for (name, text, line) in [
        (
            "a.mdx",
            format!(
                "import X from 'x'\n\n<leader-election style={{{{height: 4}}}}>\n<pre>{{`\n{failing}`}}</pre>\n</leader-election>\n"
            ),
            7,
        ),
        ("myst.md", format!("# A\n\n```{{leader-election}}\n:height: 4\n\n{failing}```\n"), 8),
        ("colons.md", format!(":::{{leader-election}}\n{failing}:::\n"), 4),
        (
            "element.md",
            format!("A\n\n<leader-election>\n<pre>\n{failing}</pre>\n</leader-election>\n"),
            7,
        ),
        ("a.rst", format!("A\n=\n\n.. leader-election::\n\n{indented}\nB\n"), 8),
        ("code.rst", format!(".. code-block:: leader-election\n\n{indented}"), 5),
        (
            "a.html",
            format!(
                "<!doctype html>\n<leader-election><script type=\"text/plain\">\n{failing}</script></leader-election>\n"
            ),
            5,
        ),
        (
            "pre.htm",
            format!(
                "<leader-election><pre>\n{}</pre></leader-election>\n",
                failing.replace("4", "&#52;")
            ),
            4,
        ),
    ] {
        let file = folder.file(name, text);
        let ran = hustings(["check", &file]);
        assert_eq!(ran.code, 1, "{name}: {}{}", ran.out, ran.err);
        assert!(
            ran.out.contains(&format!("{file}:{line}: expect leader 4: ")),
            "{name}: {}",
            ran.out
        );
    }
    let ran = hustings(["check", &folder.path("")]);
    assert!(ran.out.ends_with("in all 0 fine, 8 failed, 0 unreadable\n"), "{}", ran.out);
}

#[test]
fn a_mistake_in_any_document_is_shown_in_its_line() {
    let folder = Folder::new("check-kinds-mistakes");
    for (name, text, place) in [
        ("a.rst", "A\n\n.. leader-election::\n\n   sed 2\n", "a.rst:5:4"),
        (
            "a.html",
            "<p>\n<leader-election><pre>\nseed 1\nsed 2\n</pre></leader-election>",
            "a.html:4:1",
        ),
        ("a.md", "```{leader-election}\n:height: 4\nsed 2\n```\n", "a.md:3:1"),
        ("b.md", "<leader-election preset=\"two-leader\"></leader-election>\n", "b.md:1:1"),
        ("c.md", "a\n\n<leader-election scenario=\"#1/AAA\"></leader-election>\n", "c.md:3:1"),
        ("d.md", "<leader-election src=\"none.hustings\"></leader-election>\n", "d.md:1:1"),
        ("e.html", "<leader-election><pre>seed 1&#10;sed 2</pre></leader-election>", "e.html:1:1"),
    ] {
        let file = folder.file(name, text);
        let ran = hustings(["check", &file]);
        assert_eq!(ran.code, 2, "{name}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(place), "{name}: {}", ran.err);
    }
}

#[test]
fn a_figure_may_name_its_scenario() {
    let folder = Folder::new("check-named");
    folder.file("sub/mine.hustings", "expect agreement\n");
    folder.file("sub/a.md", "<leader-election src=\"mine.hustings\"></leader-election>\n");
    let ran = hustings(["check", &folder.path("sub/a.md")]);
    assert_eq!((ran.code, &*ran.err), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("sub/mine.hustings: what it expects holds"), "{}", ran.out);
    let file =
        folder.file("b.md", "a\n\n<leader-election preset=\"two-leaders\"></leader-election>\n");
    let ran = hustings(["check", &file]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    assert!(ran.out.contains(&format!("{file}:3: ")), "{}", ran.out);
    let link = hustings(["link", "presets/bully-figure.hustings"]).out;
    let file = folder.file("c.html", format!("<leader-election scenario=\"{}\">", link.trim()));
    assert_eq!(hustings(["check", &file]).code, 0);
    let away = "<leader-election src=\"https://a.b/c.hustings\"></leader-election>\n";
    let ran = hustings(["check", &folder.file("d.md", away), &file]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("is none of the files here, so it is not checked"), "{}", ran.err);
}

/// On Windows `\\host\share` is a folder of another machine, which would be asked over the network.
#[test]
fn a_figure_that_names_a_file_of_another_machine_is_not_read() {
    let folder = Folder::new("check-elsewhere");
    for src in [
        "//a.b/c.hustings",
        "\\\\a.b\\c.hustings",
        "\\c.hustings",
        "c:\\d.hustings",
        "file://a.b/c.hustings",
    ] {
        let figure = format!("<leader-election src=\"{src}\"></leader-election>\n");
        let ran = hustings(["check", &folder.file("a.md", figure)]);
        assert_eq!(ran.code, 2, "{src}: {}", ran.err);
        assert!(ran.err.contains("is none of the files here, so it is not checked"), "{}", ran.err);
    }
}

#[test]
fn a_file_of_another_kind_is_refused_as_such() {
    let folder = Folder::new("check-other");
    for name in ["a.adoc", "a.py", "a.png", "a.tex", "a.hustings.bak"] {
        let file = folder.file(name, "seed 2\n");
        let ran = hustings(["check", &file]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{name}");
        assert!(ran.err.contains("reStructuredText (.rst) and HTML (.html, .htm)"), "{}", ran.err);
    }
    for name in ["a.hustings", "a.json", "a.txt", "a", "A.HUSTINGS"] {
        let text = if name == "a.json" { "{}" } else { "seed 2\n" };
        assert_eq!(hustings(["check", &folder.file(name, text)]).code, 0, "{name}");
    }
}

#[test]
fn markdown_that_is_no_text_matters_only_where_a_scenario_may_be_in_it() {
    let folder = Folder::new("check-latin");
    folder.file("a.hustings", "seed 2");
    folder.file("latin.md", b"caf\xe9\n");
    assert_eq!(hustings(["check", &folder.path("")]).code, 0);
    folder.file("latin.md", b"caf\xe9\n\n```leader-election\nseed 2\n```\n");
    let ran = hustings(["check", &folder.path("")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("byte 4, in line 1, is not UTF-8"), "{}", ran.err);
}

/// What `check` says of the files in a folder, by the last part of their names.
fn names(ran: &Ran) -> Vec<&str> {
    let lines =
        ran.out.lines().filter(|line| !line.starts_with("in all") && !line.starts_with(' '));
    lines.filter_map(|line| line.split(": ").next()?.rsplit('/').next()).collect()
}

#[test]
fn what_is_hidden_made_or_fetched_is_skipped_unless_it_is_named() {
    let folder = Folder::new("check-skips");
    for place in [".git/a", "target/b", "node_modules/c", "docs/target/d", ".e", "docs/f"] {
        folder.file(&format!("{place}.hustings"), "seed 2");
    }
    assert_eq!(names(&hustings(["check", &folder.path("")])), ["f.hustings"]);
    assert_eq!(names(&hustings(["check", &folder.path("target")])), ["b.hustings"]);
    assert_eq!(names(&hustings(["check", &folder.path(".e.hustings")])), [".e.hustings"]);
}

#[test]
fn json_below_a_folder_is_a_scenario_where_its_name_says_so() {
    let folder = Folder::new("check-json");
    folder.file("deep/down/a.hustings.json", r#"{"expectations": [{"kind": "agreement"}]}"#);
    folder.file("b.hustings.json", r#"{"expectations": [{"kind": "leader", "leader": 1}]}"#);
    folder.file("package.json", r#"{"name": "no scenario"}"#);
    let ran = hustings(["check", &folder.path("")]);
    assert_eq!((ran.code, names(&ran)), (1, vec!["b.hustings.json", "a.hustings.json"]));
    folder.file("c.hustings.json", r#"{"sede": "1"}"#);
    let ran = hustings(["check", &folder.path("")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean `seed`?"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_not_followed_and_one_to_a_file_is() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("check-links");
    let file = folder.file("a/a.hustings", "seed 2");
    symlink(folder.path("a"), folder.path("a/loop")).expect("a link can be made");
    symlink(file, folder.path("a/b.hustings")).expect("a link can be made");
    let ran = hustings(["check", &folder.path("")]);
    assert_eq!((ran.code, names(&ran)), (0, vec!["a.hustings", "b.hustings"]));
    // A folder that is named is followed, since it was asked for.
    assert_eq!(hustings(["check", &folder.path("a/loop")]).code, 0);
    symlink("nowhere", folder.path("a/gone.hustings")).expect("a link can be made");
    let ran = hustings(["check", &folder.path("")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.ends_with("gone.hustings: there is no such file\n"), "{}", ran.err);
    symlink("self.hustings", folder.path("a/self.hustings")).expect("a link can be made");
    assert_eq!(hustings(["check", &folder.path("")]).code, 2);
}

#[test]
fn pieces_of_markdown_in_any_order_do_no_harm() {
    const PIECES: [&str; 32] = [
        "```{leader-election}\n",
        ":::{leader-election}\n",
        ":::\n",
        "<leader-election>",
        "<leader-election src=\"a",
        "</leader-election>",
        "<pre>",
        "</pre>\n",
        "&#10;",
        "&lt",
        ".. leader-election::\n\n   ",
        ".. raw:: html\n\n   ",
        "```leader-election\n",
        "~~~ leader-election,ignore\n",
        "```\n",
        "~~~~\n",
        "> ",
        "- ",
        "1.\t",
        "\t",
        "    ",
        "\r\n",
        "\n\n",
        "seed 2\n",
        "sed é 3\n",
        "<!--",
        "-->\n",
        "---\n",
        "[^1]: ",
        "日本\u{feff}",
        "|a|b|\n|-|-|\n",
        "\0",
    ];
    let folder = Folder::new("check-pieces");
    for seed in 1..200 {
        let mut state = seed;
        let pieces = std::iter::repeat_with(|| PIECES[noise(&mut state) as usize % PIECES.len()]);
        let kind = ["md", "rst", "html", "mdx"][seed as usize % 4];
        folder.file(&format!("{seed}.{kind}"), pieces.take(120).collect::<String>());
    }
    let ran = hustings(["check", &folder.path("")]);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    assert!((0..=2).contains(&ran.code), "{}", ran.code);
    assert!(ran.err.contains("did you mean `seed`?"), "{}", ran.err);
}
