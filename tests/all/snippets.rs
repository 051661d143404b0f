//! What is put into somebody's page: that whatever a scenario says arrives there, read by a parser of
//! HTML as browsers have it and by one of Markdown.

pub(crate) mod dom;
mod posters;

use crate::scenarios;
use dom::Element;
use hustings::export::snippet::{PlayerUrl, Snippet, SnippetRefusal};
use hustings::presets;
use hustings::scenario::{
    Colours, FigureOptions, FigureView, Scenario, ends_line, is_invisible, link, script,
};
use hustings::time::{Duration, Time};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

const POSTER: &str = "<svg class=\"hustings-poster\" role=\"img\"><path d=\"M0 0\"/></svg>";

fn player() -> PlayerUrl {
    PlayerUrl::new("https://your.site/hustings").expect("it is an address")
}

/// Words that end, begin or mean something somewhere.
fn odd_words() -> impl Strategy<Value = String> {
    const ODD: [&str; 26] = [
        "</pre>",
        "</script>",
        "<!--",
        "-->",
        "]]>",
        "&amp;",
        "&#10;",
        "&lt",
        "&",
        "<",
        "\"",
        "'",
        "{{ x }}",
        "{%",
        "$x$",
        "\\",
        "`",
        "```",
        "~~~",
        "</leader-election>",
        "*a*",
        "  ",
        "é日",
        "\u{2028}",
        "plaintext",
        "</svg>",
    ];
    let piece = prop_oneof![
        3 => select(&ODD[..]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// A script with comments, blank lines and line ends of every kind.
fn written() -> impl Strategy<Value = (Scenario, String)> {
    let texts = (option::of(odd_words()), option::of(odd_words()));
    let comment = prop_oneof![
        2 => odd_words(),
        1 => select(&["\r", "\0", "\t\t", "\u{b}", "\u{85}", "a\rseed 99"][..]).prop_map(str::to_owned),
    ];
    let line = prop_oneof![
        comment.prop_map(|comment| format!("# {comment}")),
        select(&["", " ", "\t", "  \t "][..]).prop_map(str::to_owned),
    ];
    let lines = (vec(line.clone(), 0..5), vec(line, 0..5));
    let end = select(&["\n", "\r\n"][..]);
    (scenarios::scenario(), texts, lines, end, any::<bool>()).prop_map(
        |(scenario, (title, about), (before, after), end, has_end)| {
            let mut parts = scenario.into_parts();
            let one_line = |text: String| text.replace(ends_line, " ");
            parts.title = title.map(one_line).filter(|it| !it.chars().all(is_invisible));
            parts.about = about.map(one_line);
            let scenario = Scenario::new(parts).expect("a title may have these words");
            let error = script::write(&scenario);
            let middle = error.lines().map(str::to_owned).collect();
            let text = [before, middle, after].concat().join(end);
            (scenario, if has_end { text + end } else { text })
        },
    )
}

/// As it stands in a page: with plain line ends, and without what no page can hold.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\0', "\u{fffd}")
}

fn options() -> impl Strategy<Value = FigureOptions> {
    let views = select(&FigureView::ALL[..]);
    let colours = select(&Colours::ALL[..]);
    let sizes = (option::of(any::<u16>()), option::of(prop_oneof![Just(420), any::<u16>()]));
    let times = (option::of(0..2_000_u64), option::of(2_000..9_000_u64), option::of(1..90_u64));
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (sizes, times, option::of(views), colours, flags).prop_map(
        |((width, height), (start, end, speed), view, theme, flags)| FigureOptions {
            width,
            height,
            view,
            start: start.map(Time::ms),
            end: end.map(Time::ms),
            speed: speed.map(Duration::ms),
            autoplay: Some(flags.0),
            is_looping: Some(flags.1),
            theme: Some(theme),
            has_controls: Some(!flags.2),
            has_heading: None,
            skips_quiet: None,
            is_readonly: Some(flags.3),
        },
    )
}

fn snippet<'a>(
    (scenario, text): &'a (Scenario, String),
    options: &'a FigureOptions,
) -> Snippet<'a> {
    Snippet { scenario, script: text, options, poster: None }
}

/// The blocks of a document: the text of what is HTML and of what is code, and how all else is tagged.
fn blocks(document: &str) -> (String, Vec<(String, String)>, String) {
    let (mut html, mut code, mut rest) = (String::new(), Vec::new(), String::new());
    let mut is_code = false;
    for event in Parser::new(document) {
        match event {
            Event::Html(text) => html += &text,
            Event::InlineHtml(text) => rest += &format!("inline {text}"),
            Event::Start(Tag::CodeBlock(kind)) => {
                is_code = true;
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => "indented".to_owned(),
                };
                code.push((info, String::new()));
            }
            Event::Text(text) if is_code => code.last_mut().expect("it is open").1 += &text,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => is_code = false,
            Event::Start(Tag::HtmlBlock) | Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {}
            other => rest += &format!("{other:?}\n"),
        }
    }
    (html, code, rest)
}

proptest! {
    #[test]
    fn a_script_arrives_in_its_element_as_it_was_written(written in written(), poster: bool) {
        let options = FigureOptions::default();
        let poster = poster.then_some(POSTER);
        let snippet = Snippet { poster, ..snippet(&written, &options) };
        for html in [snippet.element(), snippet.element_in_line(None)] {
            let html = html.expect("it is short");
            let body = dom::body(&html);
            let [figure] = &*body.children else { panic!("one element: {body:?}\n{html}") };
            let names: Vec<&str> = figure.children.iter().map(|each| &*each.name).collect();
            prop_assert_eq!(&names[..], if poster.is_some() { &["svg", "pre"][..] } else { &["pre"] });
            let pre = figure.children.last().expect("it is there");
            prop_assert_eq!(&pre.text, &plain(&written.1), "{}", html);
            prop_assert!(pre.children.is_empty());
            prop_assert_eq!(script::parse(&pre.text), Ok(written.0.clone()));
        }
    }

    #[test]
    fn an_element_stands_in_markdown_as_it_is(written in written(), options in options()) {
        let options = FigureOptions { start: None, end: None, ..options };
        let snippet = Snippet { poster: Some(POSTER), ..snippet(&written, &options) };
        let element = snippet.element().expect("it is short");
        let whole = format!("{}\n{element}", player().loader());
        let (html, code, rest) = blocks(&format!("Before *it*.\n\n{whole}\nAfter *it*.\n"));
        let (_, _, without) = blocks("Before *it*.\n\nAfter *it*.\n");
        prop_assert_eq!((html, code.len(), rest), (whole, 0, without));
    }

    #[test]
    fn a_script_arrives_in_mdx_as_it_was_written(written in written()) {
        let options = FigureOptions::default();
        let mdx = snippet(&written, &options).mdx().expect("it can be written");
        let (_, rest) = mdx.split_once("\n<pre>{`").expect("it has a text");
        let (template, rest) = rest.rsplit_once("`}</pre>").expect("the text ends");
        prop_assert_eq!(rest, "\n</leader-election>\n");
        prop_assert_eq!(evaluated(template), Some(plain(&written.1)));
    }

    #[test]
    fn a_line_stands_in_lists_and_quotes_without_changing_them(written in written()) {
        let options = FigureOptions::default();
        let line = snippet(&written, &options).element_in_line(Some(&player())).expect("it is short");
        prop_assert!(!line.contains('\n'));
        for around in [
            "a\n\n|\nb\n", "a\n|\n", "> |\n> b\n", "- a\n- |\n  b\n- c\n", "> 1. a\n>    |\n>    b\n",
            "1. a\n\n   - |\n\n   b\n", "|", "# a\n|\n# b\n",
        ] {
            let (html, code, rest) = blocks(&around.replace('|', &line));
            prop_assert_eq!(html.trim_end(), &*line, "{}", around);
            // A comment alone shows what else there is.
            let (_, _, without) = blocks(&around.replace('|', "<!-- -->"));
            prop_assert_eq!((code.len(), rest), (0, without), "{}", around);
        }
    }

    #[test]
    fn a_frame_has_the_scenario_and_the_options_in_its_address(
        written in written(),
        options in options(),
    ) {
        let options = FigureOptions { start: None, end: None, ..options };
        let html = snippet(&written, &options).frame(&player()).expect("it is short");
        let body = dom::body(&html);
        let [frame] = &*body.children else { panic!("one element: {body:?}") };
        let (address, fragment) = frame.attribute("src").split_once('#').expect("a fragment");
        let text = link::decode(fragment).expect("it was just written");
        prop_assert_eq!(script::parse(&text), Ok(written.0.clone()));
        let query = address.strip_prefix("https://your.site/hustings/?embed=1").expect("a query");
        let pairs = query.split('&').skip(1).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        embedded(&pairs.collect::<Vec<_>>(), &written.0, &options)?;
        if let Some(title) = &written.0.title {
            prop_assert_eq!(frame.attribute("title"), title);
        }
    }

    #[test]
    fn a_fenced_block_holds_the_script_whatever_is_in_it(written in written(), start: bool) {
        let mut options = FigureOptions::default();
        let fence = snippet(&written, &options).fence().expect("it is short");
        let (html, code, _) = blocks(&format!("Before\n{fence}After\n"));
        prop_assert_eq!((html.as_str(), code.len()), ("", 1), "{}", fence);
        let (info, text) = &code[0];
        let wanted = plain(&written.1).replace('\r', " ");
        let end = if wanted.is_empty() || wanted.ends_with('\n') { "" } else { "\n" };
        prop_assert_eq!((&**info, text), ("leader-election", &(wanted + end)), "{}", fence);
        prop_assert_eq!(script::parse(text), Ok(written.0.clone()));
        // What is chosen goes to its figure line, and everything else stays.
        let height = if start { 300 } else { FigureOptions::HEIGHT };
        options.height = Some(height);
        let fence = snippet(&written, &options).fence().expect("it is short");
        let (_, code, _) = blocks(&fence);
        let read = script::parse(&code[0].1).expect("it can be read");
        prop_assert_eq!(read.figure.height.unwrap_or(FigureOptions::HEIGHT), height);
        let mut parts = read.into_parts();
        parts.figure = written.0.figure.clone();
        prop_assert_eq!(Scenario::new(parts), Ok(written.0.clone()));
    }

    #[test]
    fn an_element_says_what_was_chosen_and_no_more(written in written(), options in options()) {
        // A choice may not end before the figure starts.
        let mut parts = written.0.into_parts();
        (parts.figure.start, parts.figure.end) = (None, None);
        let scenario = Scenario::new(parts).expect("it was valid before");
        let written = (scenario, written.1);
        let figure = &written.0.figure;
        let html = snippet(&written, &options).element().expect("it is short");
        let body = dom::body(&html);
        let element = &body.children[0];
        let pairs: Vec<(&str, &str)> = element.pairs().filter(|(key, _)| *key != "style").collect();
        embedded(&pairs, &written.0, &options)?;
        let height = options.height.or(figure.height).unwrap_or(FigureOptions::HEIGHT);
        let style = element.attribute("style");
        prop_assert!(style.contains(&format!("height:{height}px;")), "{}", style);
        let width = options.width.map(|width| format!("width:{width}px;"));
        prop_assert!(width.is_none_or(|width| style.contains(&width)), "{}", style);
    }
}

/// That attributes, or the keys of an address, say what was chosen, and nothing that is so anyway.
fn embedded(
    pairs: &[(&str, &str)],
    scenario: &Scenario,
    options: &FigureOptions,
) -> Result<(), TestCaseError> {
    let value = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let figure = &scenario.figure;
    let end = scenario.end();
    let wanted = [
        ("start-at", asked(options.start, figure.start, Time::ZERO).map(|at| at.to_string())),
        ("end-at", asked(options.end, figure.end, end).map(|at| at.to_string())),
        (
            "speed",
            asked(options.speed, figure.speed, FigureOptions::SPEED).map(|speed| speed.to_string()),
        ),
        (
            "view",
            asked(options.view, figure.view, FigureView::Stage).map(|view| view.name().to_owned()),
        ),
        ("theme", asked(options.theme, None, Colours::Auto).map(|theme| theme.name().to_owned())),
        ("controls", asked(options.has_controls, None, true).map(|_| "none".to_owned())),
        ("autoplay", asked(options.autoplay, None, false).map(|_| String::new())),
        ("loop", asked(options.is_looping, None, false).map(|_| String::new())),
        ("readonly", asked(options.is_readonly, None, false).map(|_| String::new())),
    ];
    for (name, wanted) in &wanted {
        prop_assert_eq!(value(name), wanted.as_deref(), "{}", name);
    }
    prop_assert_eq!(pairs.len(), wanted.iter().filter(|(_, wanted)| wanted.is_some()).count());
    Ok(())
}

/// What has to be said, if what is chosen is not so without it.
fn asked<T: PartialEq>(chosen: Option<T>, figure: Option<T>, anyway: T) -> Option<T> {
    chosen.filter(|chosen| *chosen != figure.unwrap_or(anyway))
}

const FIGURE: &str = "figure start 180ms end 400ms speed 20ms view both height 300\n";

fn figure() -> (Scenario, String) {
    let text = format!("{FIGURE}at 100ms crash 6\nat 200ms suspect 3 # he does\n");
    (script::parse(&text).expect("it can be read"), text)
}

#[test]
fn options_of_the_figure_line_are_not_repeated() {
    let figure = figure();
    let options = FigureOptions {
        start: Some(Time::ms(180)),
        end: Some(Time::ms(400)),
        speed: Some(Duration::ms(20)),
        view: Some(FigureView::Both),
        height: Some(300),
        ..FigureOptions::default()
    };
    let nothing = FigureOptions::default();
    let [chosen, without] = [&options, &nothing].map(|options| snippet(&figure, options));
    assert_eq!(chosen.element(), without.element());
    assert_eq!(chosen.frame(&player()), without.frame(&player()));
    assert_eq!(chosen.fence(), without.fence());
    let element = without.element().expect("it is short");
    let opening =
        "<leader-election style=\"display:block;height:300px;margin:1em 0;overflow:auto\">\n";
    assert!(element.starts_with(opening), "{element}");
}

/// What a template of JavaScript says; nothing where it ends early, or holds an expression.
fn evaluated(template: &str) -> Option<String> {
    let mut text = String::new();
    let mut letters = template.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            // A lone carriage return would become a line feed.
            '`' | '$' | '\r' | '\u{2028}' | '\u{2029}' => return None,
            '\\' => {
                let length = match letters.next()? {
                    'x' => 2,
                    'u' => 4,
                    other => {
                        text.push(other);
                        continue;
                    }
                };
                let digits: String = letters.by_ref().take(length).collect();
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            other => other,
        });
    }
    Some(text)
}

#[test]
fn an_element_in_mdx_has_its_style_as_an_object() {
    let preset = presets::find("two-leaders").expect("it is a preset");
    let scenario = script::parse(preset.script).expect("it can be read");
    let options =
        FigureOptions { width: Some(640), autoplay: Some(true), ..FigureOptions::default() };
    let named =
        Snippet { scenario: &scenario, script: preset.script, options: &options, poster: None };
    let expected = "<leader-election preset=\"two-leaders\" autoplay style={{display: \"block\", \
        width: \"640px\", maxWidth: \"100%\", height: \"420px\", margin: \"1em 0\"}}></leader-election>\n";
    assert_eq!(named.mdx().as_deref(), Ok(expected));
    let refused = Snippet { poster: Some(POSTER), ..named }.mdx().expect_err("it is no JSX");
    assert_eq!(
        refused.to_string(),
        "a block of MDX has no room for a poster; leave that out, or embed an element"
    );
    assert_eq!(
        player().docusaurus().to_string(),
        "stylesheets: [\"https://your.site/hustings/v1/embed.css\"],\n\
         scripts: [{ src: \"https://your.site/hustings/v1/embed.js\", defer: true }],\n"
    );
}

#[test]
fn what_is_so_anyway_takes_the_figures_word_away() {
    let figure = figure();
    let options = FigureOptions {
        start: Some(Time::ZERO),
        end: Some(figure.0.end()),
        speed: Some(FigureOptions::SPEED),
        view: Some(FigureView::Stage),
        height: Some(FigureOptions::HEIGHT),
        ..FigureOptions::default()
    };
    let snippet = snippet(&figure, &options);
    let element = snippet.element().expect("it is short");
    let text = "start-at=\"0ms\" end-at=\"2.2s\" speed=\"50ms\" view=\"stage\" style=";
    assert!(element.contains(text), "{element}");
    let fence = snippet.fence().expect("it is short");
    let rest = "at 100ms crash 6\nat 200ms suspect 3 # he does\n";
    assert_eq!(fence, format!("```leader-election\n{rest}```\n"));
}

#[test]
fn a_preset_is_named_and_not_written() {
    let preset = presets::find("bully-figure").expect("it is a preset");
    let written = (script::parse(preset.script).expect("it can be read"), preset.script.to_owned());
    let options = FigureOptions {
        autoplay: Some(true),
        start: Some(Time::ms(180)),
        ..FigureOptions::default()
    };
    let snippet = snippet(&written, &options);
    assert_eq!(
        snippet.element().expect("it is short"),
        "<leader-election preset=\"bully-figure\" start-at=\"180ms\" autoplay \
         style=\"display:block;height:420px;margin:1em 0\"></leader-election>\n"
    );
    assert_eq!(
        snippet.frame(&player()).expect("it is short"),
        "<iframe src=\"https://your.site/hustings/?embed=1&amp;start-at=180ms&amp;autoplay\
         #preset/bully-figure\" title=\"Bully: 3 notices that 6 is gone\" width=\"100%\" \
         height=\"420\" loading=\"lazy\" style=\"border:0\"></iframe>\n"
    );
    // One letter more, and it is somebody's own.
    let own = (written.0.clone(), format!("{}# mine\n", preset.script));
    let element = Snippet { script: &own.1, ..snippet }.element().expect("it is short");
    assert!(element.contains("# mine\n</pre>"), "{element}");
}

#[test]
fn an_option_without_a_form_is_refused_with_a_message() {
    let figure = figure();
    let refused = |options: &FigureOptions, poster| {
        let snippet = Snippet { poster, ..snippet(&figure, options) };
        snippet.fence().expect_err("it cannot").to_string()
    };
    let options = FigureOptions {
        autoplay: Some(true),
        theme: Some(Colours::Dark),
        ..FigureOptions::default()
    };
    assert_eq!(
        refused(&options, Some(POSTER)),
        "a fenced block has no room for theme, autoplay and a poster; leave that out, or embed an element"
    );
    let early = FigureOptions { end: Some(Time::ms(100)), ..FigureOptions::default() };
    assert_eq!(
        refused(&early, None),
        "the figure ends at 100ms, but it has to end after it starts, at 180ms"
    );
    let options = FigureOptions::default();
    let framed = Snippet { poster: Some(POSTER), ..snippet(&figure, &options) };
    let text = framed.frame(&player()).expect_err("there is no room").to_string();
    assert_eq!(text, "a plain frame has no room for a poster; leave that out, or embed an element");
    let long = (figure.0.clone(), "# x\n".repeat(20_000));
    let text = snippet(&long, &options).element().expect_err("it is long");
    assert_eq!(text, SnippetRefusal::TooLong { found: 80_000 });
}

#[test]
fn a_player_is_a_folder_however_it_is_written() {
    let loader = |folder: &str| PlayerUrl::new(folder).map(|player| player.loader().to_string());
    let wanted = |folder: &str| Ok(format!("<script src=\"{folder}v1/embed.js\" defer></script>"));
    for folder in ["https://a.b/c", "https://a.b/c/", "https://a.b/c/#", "https://a.b/c/index.html"]
    {
        assert_eq!(loader(folder), wanted("https://a.b/c/"), "{folder}");
    }
    assert_eq!(loader(".."), wanted("../"));
    assert_eq!(loader("/"), wanted("/"));
    assert_eq!(loader("a&b\"c"), wanted("a&amp;b&quot;c/"));
    for odd in ["", " ", "#", "https://a.b/?embed=1", "https://a.b/#1/x", "a b", "a\nb"] {
        assert!(matches!(loader(odd), Err(SnippetRefusal::NoFolder { .. })), "{odd:?}");
    }
}

impl Element {
    fn attribute(&self, name: &str) -> &str {
        self.pairs().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(key, value)| (&**key, &**value))
    }
}
