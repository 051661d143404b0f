//! `hustings embed`: what it writes is tested in `snippets`; here, how it is asked.

use super::driver::{Folder, Ran, hustings};

const BASE: &str = "https://your.site/hustings/";
const LOADER: &str = "<script src=\"https://your.site/hustings/v1/embed.js\" defer></script>\n";
const SCRIPT: &str = "at 100ms crash 6\n\nat 200ms suspect 3\n";

#[track_caller]
fn fine(ran: Ran) -> String {
    assert_eq!((ran.code, &*ran.err), (0, ""));
    ran.out
}

#[test]
fn a_script_becomes_an_element_with_its_text() {
    let written = fine(hustings(["embed", "-", "--base", BASE]).with(SCRIPT));
    let element = "<leader-election style=\"display:block;height:420px;margin:1em 0;overflow:auto\">\n<pre>\n\
                   at 100ms crash 6\n&#10;at 200ms suspect 3\n</pre>\n</leader-election>\n";
    assert_eq!(written, format!("{LOADER}{element}"));
}

#[test]
fn mdx_has_the_element_as_a_program_reads_it() {
    let written = fine(hustings(["embed", "-", "--as", "mdx", "--base", BASE]).with(SCRIPT));
    let expected = "{/* docusaurus.config.js:\n\
         stylesheets: [\"https://your.site/hustings/v1/embed.css\"],\n\
         scripts: [{ src: \"https://your.site/hustings/v1/embed.js\", defer: true }],\n*/}\n\n\
         <leader-election style={{display: \"block\", height: \"420px\", margin: \"1em 0\"}}>\n\
         <pre>{`at 100ms crash 6\n\nat 200ms suspect 3\n`}</pre>\n</leader-election>\n";
    assert_eq!(written, expected);
    let ran = hustings(["embed", "preset/start", "--as", "mdx", "--base", BASE, "--poster"]);
    let text = "a block of MDX has no room for a poster; leave that out, or embed an element";
    assert!(ran.code == 2 && ran.err.contains(text), "{}", ran.err);
}

#[test]
fn a_preset_is_named_however_it_is_reached() {
    let named = "<leader-election preset=\"two-leaders\" style=\"display:block;height:420px;margin:1em 0\">\
                 </leader-election>\n";
    for file in ["preset/two-leaders", "presets/two-leaders.hustings"] {
        assert_eq!(fine(hustings(["embed", file, "--base", BASE])), format!("{LOADER}{named}"));
    }
    let ran = hustings(["embed", "preset/two-leders", "--base", BASE]);
    let text = "error: there is no preset `two-leders`; did you mean `preset/two-leaders`?\n";
    assert_eq!((ran.code, &*ran.out, &*ran.err), (2, "", text));
}

#[test]
fn every_option_is_written_in_each_form_that_has_it() {
    let ran = hustings([
        "embed",
        "preset/start",
        "--as",
        "iframe",
        "--base",
        "..",
        "--view",
        "both",
        "--start-at",
        "180ms",
        "--end-at",
        "1.5s",
        "--speed",
        "20ms",
        "--height",
        "300",
        "--width",
        "500",
        "--autoplay",
        "--loop",
        "--theme",
        "dark",
        "--controls",
        "none",
        "--readonly",
    ]);
    let wanted = "<iframe src=\"../?embed=1&amp;start-at=180ms&amp;end-at=1.5s&amp;speed=20ms&amp;\
                  view=both&amp;theme=dark&amp;controls=none&amp;autoplay&amp;loop&amp;readonly\
                  #preset/start\" title=\"";
    let written = fine(ran);
    assert!(written.starts_with(wanted), "{written}");
    assert!(written.contains("width=\"500\" height=\"300\""), "{written}");
    let fence = ["embed", "-", "--as", "fence", "--start-at", "180ms", "--height", "300"];
    let written = fine(hustings(fence).with(SCRIPT));
    assert!(written.contains("figure start 180ms height 300\n"), "{written}");
    assert!(written.contains(SCRIPT), "{written}");
}

#[test]
fn json_becomes_a_script_and_a_poster_shows_the_start() {
    let json = fine(hustings(["open", "--json", "#preset/bully-figure"]));
    let folder = Folder::new("embed");
    let (file, page) = (folder.file("a.json", json), folder.path("page.html"));
    let asked = ["embed", &file, "--base", BASE, "--poster", "--start-at", "180ms", "-o", &page];
    assert_eq!(fine(hustings(asked)), "");
    let written = folder.read("page.html");
    assert!(written.contains(". At 180 ms: "), "{written}");
    assert!(written.contains("</svg>\n<pre>\ntitle \"Bully"), "{written}");
    // The same picture in the theme that was asked for.
    let dark = ["embed", &file, "--base", BASE, "--poster", "--theme", "dark"];
    assert!(fine(hustings(dark)).contains("<svg class=\"hustings-poster hustings-dark\""));
}

#[test]
fn several_follow_each_other_for_one_page() {
    let ran = hustings(["embed", "-", "preset/start", "--base", BASE]).with(SCRIPT);
    let written = fine(ran);
    assert_eq!(written.matches("embed.js").count(), 1);
    assert!(
        written.contains("</leader-election>\n\n<leader-election preset=\"start\""),
        "{written}"
    );
}

#[test]
fn what_cannot_be_embedded_says_why() {
    let text = |ran: Ran| {
        assert_eq!((ran.code, &*ran.out), (2, ""), "{}", ran.err);
        ran.err
    };
    assert_eq!(
        text(hustings(["embed", "preset/start"])),
        "error: say where Hustings is published: --base https://your.site/hustings/, or a path from \
         the page to it\n"
    );
    assert_eq!(
        text(hustings(["embed", "preset/start", "--as", "fence", "--loop"])),
        "error: start: a fenced block has no room for loop; leave that out, or embed an element\n"
    );
    assert_eq!(
        text(hustings(["embed", "-", "--base", BASE, "--start-at", "9s"]).with(SCRIPT)),
        "error: standard input: --start-at is 9s, but the run ends at 2.2s\n"
    );
    let early = ["embed", "-", "--base", BASE, "--start-at", "1s", "--end-at", "500ms"];
    assert_eq!(
        text(hustings(early).with(SCRIPT)),
        "error: standard input: the figure ends at 500ms, but it has to end after it starts, at 1s\n"
    );
    assert!(text(hustings(["embed", "-", "--base", BASE]).with("at 1s crsh 6")).contains("-->"));
    let odd = text(hustings(["embed", "preset/start", "--base", "a b"]));
    assert!(
        odd.starts_with("error: `a b` is no folder that Hustings can be published in"),
        "{odd}"
    );
    assert_eq!(
        text(hustings(["embed", "no", "--base", "/"])),
        "error: no: there is no such file\n"
    );
    let nowhere = text(hustings(["embed", "preset/start", "--base", "/", "-o", "no/such/a.html"]));
    assert!(nowhere.starts_with("error: no/such/a.html: it cannot be written: "), "{nowhere}");
}
