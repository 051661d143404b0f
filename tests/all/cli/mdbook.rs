//! `hustings mdbook` as mdBook calls it: what it hands over was recorded, of both versions.

use super::bad_input::noise;
use super::driver::{Ran, hustings};
use crate::golden;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

const RECORDED: [(&str, &str); 2] = [
    ("items", include_str!("../../mdbook/0.5.4.json")),
    ("sections", include_str!("../../mdbook/0.4.52.json")),
];

/// What mdBook hands over, with these lines below `[preprocessor.hustings]`.
fn book(input: &str, settings: Value) -> Value {
    let mut input: Value = serde_json::from_str(input).expect("it was recorded");
    let all = &mut input[0]["config"]["preprocessor"]["hustings"];
    for (key, value) in settings.as_object().expect("settings have names") {
        all[key] = value.clone();
    }
    input
}

fn preprocessed(input: &Value) -> Ran {
    hustings(["mdbook"]).with(&input.to_string())
}

fn written(ran: &Ran) -> Value {
    assert_eq!((ran.code, &*ran.err), (0, ""));
    serde_json::from_str(&ran.out).expect("it is JSON")
}

/// Every chapter with its content, and nothing of that in the book any more.
fn chapters(items: &mut Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in items.as_array_mut().expect("a list") {
        let Some(chapter) = item.get_mut("Chapter") else { continue };
        let name = chapter["name"].as_str().expect("a name").to_owned();
        let Value::String(content) = chapter["content"].take() else { panic!("{name}") };
        found.push((name, content));
        found.extend(chapters(&mut chapter["sub_items"]));
    }
    found
}

fn joined(chapters: &[(String, String)]) -> String {
    let text = chapters.iter().map(|(name, content)| format!("== {name}\n{content}"));
    text.collect::<Vec<_>>().join("\n")
}

#[test]
fn both_versions_get_the_same_figures_and_their_book_back() {
    for (list, recorded) in RECORDED {
        let mut input = book(recorded, json!({"poster": false}));
        let mut output = written(&preprocessed(&input));
        let found = chapters(&mut output[list]);
        golden::check("tests/golden/mdbook.md", &joined(&found));
        chapters(&mut input[1][list]);
        assert_eq!(output, input[1], "nothing but contents is changed");
    }
}

#[test]
fn a_figure_has_a_picture_and_a_page_its_loader_once() {
    let (list, recorded) = RECORDED[0];
    let mut output = written(&preprocessed(&book(recorded, json!({}))));
    let found = chapters(&mut output[list]);
    let of = |name| &found.iter().find(|(other, _)| other == name).expect("it is there").1;
    let bully = of("Bully");
    assert_eq!(bully.matches("<svg class=\"hustings-poster\"").count(), 2);
    assert_eq!(bully.matches("<leader-election ").count(), 2);
    assert_eq!(bully.matches("<script src=\"hustings/v1/embed.js\" defer></script>").count(), 1);
    let two = of("Two leaders");
    assert_eq!(two.matches("<script src=\"../hustings/v1/embed.js\" defer></script>").count(), 1);
    assert!(two.contains("aria-label=\"Bully, 3 processes. At 180 ms: "), "{two}");
    assert!(two.contains("height:300px"), "{two}");
    assert!(!of("Words").contains("embed.js"));
}

#[test]
fn only_html_gets_figures() {
    assert_eq!(hustings(["mdbook", "supports", "html"]).code, 0);
    assert_eq!(hustings(["mdbook", "supports", "epub"]).code, 1);
    let (_, recorded) = RECORDED[0];
    let mut input = book(recorded, json!({}));
    input[0]["renderer"] = json!("epub");
    assert_eq!(written(&preprocessed(&input)), input[1]);
}

/// A book of one chapter in a folder.
fn chapter(content: &str, settings: Value) -> Value {
    let mut input = book(RECORDED[0].1, settings);
    input[1]["items"] = json!([{"Chapter": {
        "name": "A", "content": content, "number": [1], "sub_items": [],
        "path": "deep/index.md", "source_path": "deep/README.md", "parent_names": []
    }}]);
    input
}

#[test]
fn what_fails_or_cannot_be_read_fails_the_build_with_chapter_and_line() {
    let content = "# A\n\n> ```leader-election\n> at 100ms crash 6\n> expect leader 6\n> ```\n\n\
                   ```leader-election\nat 100ms crsh 6\n```\n";
    let ran = preprocessed(&chapter(content, json!({})));
    assert_eq!((ran.code, &*ran.out), (1, ""));
    golden::check("tests/golden/mdbook-problems.txt", &ran.err);
    // Unchecked, what can be read becomes a figure, and the rest stays.
    let ran = preprocessed(&chapter(content, json!({"check": false, "poster": false})));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.starts_with("warning: `crsh` is not something that happens"), "{}", ran.err);
    let mut output: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let (_, content) = &chapters(&mut output["items"])[0];
    assert!(content.contains("> <!-- figure --><script src=\"../hustings/v1/embed.js\""));
    assert!(content.ends_with("\n\n```leader-election\nat 100ms crsh 6\n```\n"), "{content}");
}

#[test]
fn an_include_that_came_too_early_says_how_to_correct_it() {
    let content = "```leader-election\n{{#include mine.hustings}}\n```\n";
    let ran = preprocessed(&chapter(content, json!({})));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("write `after = [\"links\"]` below"), "{}", ran.err);
}

#[test]
fn what_is_no_book_says_so() {
    let error_of = |input: &str| {
        let ran = hustings(["mdbook"]).with(input);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{}", ran.err);
        ran.err
    };
    let none = "error: what stands on standard input is no book as mdBook hands it over: ";
    assert_eq!(error_of(" \n"), format!("{none}there is nothing\n"));
    assert!(
        error_of("# A chapter").starts_with(&format!("{none}expected value at line 1 column 1"))
    );
    for odd in ["{}", "[]", "[{}, {}, {}]", "[1, {}]", "\"book\""] {
        assert_eq!(
            error_of(odd),
            format!("{none}it is no list of a context and a book\n"),
            "{odd}"
        );
    }
    let without = |part: usize, field: &str| {
        let mut input = book(RECORDED[0].1, json!({}));
        input[part].as_object_mut().expect("it has fields").remove(field);
        error_of(&input.to_string())
    };
    assert_eq!(without(0, "renderer"), format!("{none}its context has no `renderer`\n"));
    assert_eq!(
        without(0, "mdbook_version"),
        format!("{none}its context has no `mdbook_version`\n")
    );
    assert_eq!(without(0, "config"), format!("{none}its context has no `config`\n"));
    let neither = "error: the book has neither `items` nor `sections`; it comes from mdBook 0.5.4, and \
                   this reads those of 0.4 and 0.5\n";
    assert_eq!(without(1, "items"), neither);
}

#[test]
fn a_version_that_is_not_known_yet_is_tried_with_a_warning() {
    let mut input = chapter("```leader-election\nseed 2\n```\n", json!({"poster": false}));
    input[0]["mdbook_version"] = json!("1.0.0");
    let ran = preprocessed(&input);
    let warning =
        "warning: this was tried with mdBook 0.4 and 0.5, and this is 1.0.0; it may not fit\n";
    assert_eq!((ran.code, &*ran.err), (0, warning));
    assert!(ran.out.contains("<leader-election"), "{}", ran.out);
}

#[test]
fn an_option_that_is_wrong_says_what_it_has_to_be() {
    let text = |settings| {
        let ran = preprocessed(&chapter("", settings));
        (ran.code, ran.err)
    };
    let wrong = |what: &str| (2, format!("error: book.toml: {what}\n"));
    let section = "in [preprocessor.hustings]";
    assert_eq!(
        text(json!({"check": "yes"})),
        wrong(&format!("`check` {section} is \"yes\"; it has to be true or false"))
    );
    assert_eq!(
        text(json!({"player": 1})),
        wrong(&format!("`player` {section} is 1; it has to be text"))
    );
    let (code, err) = text(json!({"player": "https://a.b/?embed=1"}));
    assert!(code == 2 && err.contains("is no folder that Hustings can be published in"), "{err}");
    let warning =
        format!("warning: book.toml: `postr` {section} means nothing; did you mean `poster`?\n");
    assert_eq!(text(json!({"postr": true})), (0, warning));
    let mut input = book(RECORDED[0].1, json!({}));
    input[0]["config"]["preprocessor"]["hustings"] = json!({"command": "hustings mdbook"});
    let ran = preprocessed(&input);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`player` in [preprocessor.hustings] is missing: say"), "{}", ran.err);
}

#[test]
fn what_the_documentation_shows_is_so() {
    let shown = include_str!("../../../docs/src/mdbook.md");
    let ran = hustings(["check", "docs/src/mdbook.md"]);
    assert_eq!((ran.code, &*ran.out), (0, "✓ docs/src/mdbook.md:18: what it expects holds\n"));
    let help = hustings(["mdbook", "--help"]).out;
    for option in ["player", "poster", "check"] {
        assert!(shown.contains(&format!("| `{option}` |")), "{option}");
        assert!(help.contains(&format!("  {option} = ")), "{option}");
    }
    let without_check = json!({"check": false});
    let ran = preprocessed(&chapter(shown, without_check));
    assert!(ran.out.contains("height:360px"), "{}{}", ran.out, ran.err);
}

/// What a document consists of, with a word for each figure, be it drawn or a block.
fn shape(document: &str) -> String {
    let mut shape = String::new();
    let (mut html, mut is_html, mut is_figure) = (String::new(), false, false);
    for event in Parser::new_ext(document, Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::HtmlBlock) => (html, is_html) = (String::new(), true),
            Event::Html(text) | Event::Text(text) if is_html => html += &text,
            Event::End(TagEnd::HtmlBlock) => {
                is_html = false;
                let line = html.trim();
                let is_drawn = line.starts_with("<!-- figure -->")
                    && line.ends_with("</pre></leader-election>")
                    && line.lines().count() == 1;
                shape += &if is_drawn { "figure\n".to_owned() } else { format!("{html:?}\n") };
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if info.trim() == "leader-election" =>
            {
                is_figure = true;
                shape += "figure\n";
            }
            Event::End(TagEnd::CodeBlock) if is_figure => is_figure = false,
            Event::Text(_) if is_figure => {}
            other => shape += &format!("{other:?}\n"),
        }
    }
    shape
}

#[test]
fn whatever_is_around_a_figure_stays_as_it_is() {
    const PIECES: [&str; 20] = [
        "```leader-election\n",
        "```leader-election\nseed 2\n```\n",
        "~~~ leader-election\n",
        "```\n",
        "~~~\n",
        "> ",
        "- ",
        "1. ",
        "   ",
        "\n",
        "\n\n",
        "seed 2\n",
        "# c `-->` </pre>\n",
        "a *b*\n",
        "> ```leader-election\n> seed 2\n> ```\n",
        "<div>\n",
        "    ",
        "\t",
        "[^1]: ",
        "|a|b|\n|-|-|\n",
    ];
    let mut state = 11;
    let documents: Vec<String> = std::iter::repeat_with(|| {
        let length = 3 + noise(&mut state) as usize % 12;
        let pieces = std::iter::repeat_with(|| PIECES[noise(&mut state) as usize % PIECES.len()]);
        pieces.take(length).collect()
    })
    .take(4_000)
    .collect();
    let mut input = chapter("", json!({"check": false, "poster": false}));
    let chapters_of = |document| json!({"Chapter": {"name": "A", "content": document, "sub_items": [], "path": "a.md"}});
    input[1]["items"] = documents.iter().map(chapters_of).collect();
    let ran = preprocessed(&input);
    assert_eq!(ran.code, 0);
    let mut output: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let found = chapters(&mut output["items"]);
    assert_eq!(found.len(), documents.len());
    for (document, (_, content)) in documents.iter().zip(&found) {
        assert_eq!(shape(content), shape(document), "{document}\n=>\n{content}");
    }
    let figures = found.iter().map(|(_, content)| content.matches("<leader-election").count());
    assert!(figures.sum::<usize>() > 2_000, "most of them can be read");
}
