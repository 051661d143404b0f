//! The lines that put what is open into a page, as the dialog writes them.

use super::{document, run_view};
use crate::tools;
use hustings::export::snippet::SnippetForm;
use hustings::scenario::{FigureOption, FigureView};
use hustings::session::embed::EmbedForm;
use hustings::session::{Document, RunView};
use hustings::time::{Duration, Time};
use hustings::tools::{SnippetLines, SnippetReply};

const PAGE: &str = "https://your.site/hustings/";

fn reply(form: &EmbedForm, document: &Document, run_view: &RunView) -> SnippetReply {
    tools::snippet(form.request(document, run_view, PAGE))
}

fn lines(form: &EmbedForm, document: &Document, run_view: &RunView) -> SnippetLines {
    reply(form, document, run_view).lines.expect("it can be written")
}

#[test]
fn a_preset_is_named_and_starts_where_the_page_is() {
    let document = document("bully-figure");
    let form = EmbedForm::new(&document, Time::ms(268));
    assert!(!form.has_poster, "its poster is published beside the page");
    let written = lines(&form, &document, &run_view(&document));
    assert_eq!(
        written.figure,
        "<leader-election preset=\"bully-figure\" start-at=\"268ms\" \
         style=\"display:block;height:420px;margin:1em 0\"></leader-election>\n"
    );
    let once = "<script src=\"https://your.site/hustings/v1/embed.js\" defer></script>";
    assert_eq!(written.once.as_deref(), Some(once));
    let shown = reply(&form, &document, &run_view(&document)).preview;
    let address = format!("{PAGE}?embed=1&start-at=268ms#preset/bully-figure");
    assert_eq!(shown, Ok(address));
}

#[test]
fn typed_values_are_written_and_errors_are_shown() {
    let document = document("bully-figure");
    let mut form = EmbedForm::new(&document, Time::ZERO);
    let typed = [
        (FigureOption::Width, " 640px ", "640"),
        (FigureOption::Height, "300", "300"),
        (FigureOption::StartAt, "180ms", "180ms"),
        (FigureOption::EndAt, "400ms", "400ms"),
        (FigureOption::Speed, "25ms", "25ms"),
    ];
    for (entry, text, written) in typed {
        form = form.with(entry, text).unwrap_or_else(|words| panic!("{entry:?}: {words}"));
        assert_eq!(form.written(entry), written);
    }
    assert_eq!(form.options.speed, Some(Duration::ms(25)));
    for (entry, text) in [
        (FigureOption::Width, "319"),
        (FigureOption::Height, "tall"),
        (FigureOption::Height, "4001"),
        (FigureOption::StartAt, "soon"),
        (FigureOption::Speed, "0ms"),
    ] {
        let words = form.with(entry, text).expect_err(text);
        assert!(words.starts_with("Write ") && words.ends_with('.'), "{words}");
    }
    for entry in FigureOption::ALL.iter().copied() {
        let bare = form.with(entry, "  ").expect("nothing is what holds anyway");
        assert_eq!(bare.written(entry), "");
    }
}

#[test]
fn what_was_changed_is_written_out_with_its_picture() {
    let text = document("bully-figure").text().replace("at 100ms crash 6", "at 90ms crash 6");
    let document = Document::read(&text).expect("it can be read");
    let run_view = run_view(&document);
    let form = EmbedForm::new(&document, Time::ZERO);
    assert!(form.has_poster);
    let element = lines(&form, &document, &run_view).figure;
    assert!(element.contains("<svg") && element.contains("at 90ms crash 6"), "{element}");
    // MDX has no room for it, and its figures come to life by the site's configuration.
    let mdx = EmbedForm { way: SnippetForm::Mdx, ..form.clone() };
    let written = lines(&mdx, &document, &run_view);
    assert!(written.figure.contains("style={{") && !written.figure.contains("<svg"), "{written:?}");
    assert!(written.once.is_some_and(|once| once.starts_with("stylesheets: [")));
    let frame = EmbedForm { way: SnippetForm::Frame, ..form.clone() };
    let written = lines(&frame, &document, &run_view);
    assert!(written.figure.starts_with("<iframe src=\"https://your.site/hustings/?embed=1#1/"));
    assert_eq!(written.once, None);
}

#[test]
fn a_block_of_markdown_says_what_its_figure_line_can_and_refuses_the_rest() {
    let document = document("bully-figure");
    let run_view = run_view(&document);
    let mut form =
        EmbedForm { way: SnippetForm::Fence, ..EmbedForm::new(&document, Time::ms(180)) };
    form.options.view = Some(FigureView::Both);
    let fence = lines(&form, &document, &run_view).figure;
    assert!(fence.starts_with("```leader-election\n") && fence.ends_with("```\n"));
    assert!(fence.contains("figure start 180ms view both"), "{fence}");
    form.options.autoplay = Some(true);
    let words = reply(&form, &document, &run_view).lines.expect_err("it has no word for it");
    assert!(words.contains("autoplay") && words.ends_with('.'), "{words}");
    // The figure can be seen as it would be all the same.
    assert!(reply(&form, &document, &run_view).preview.is_ok());
}
