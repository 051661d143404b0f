//! `link`, `open`, and JSON wherever a file is named.

use super::driver::{Folder, hustings};
use crate::golden;
use hustings::presets;
use hustings::scenario::{json, script};

const BROKEN: &str = "{\n  \"seed\": 7,\n  \"timeline\": [\n    \
    { \"atUs\": 100000, \"kind\": \"crsh\", \"processes\": [6] },\n    \
    { \"kind\": \"cut\",\n      \"links\": { \"from\": [1], \"to\": [\"2\"] } }\n  ]\n}\n";

#[test]
fn link_prints_what_open_reads() {
    for preset in presets::ALL {
        let ran = hustings(["link", "-"]).with(preset.script);
        assert_eq!((ran.code, &*ran.err), (0, ""));
        let opened = hustings(["open", ran.out.trim_end()]);
        assert_eq!((opened.code, &*opened.err), (0, ""));
        assert_eq!(opened.out, preset.script, "{}", preset.name);
        let bare = hustings(["link", "--no-comments", "-"]).with(preset.script);
        assert!(bare.out.len() < ran.out.len(), "{}", preset.name);
        let opened = hustings(["open", bare.out.trim_end()]).out;
        assert!(!opened.contains('#') || opened.contains(" #1 "), "{opened}");
        assert_eq!(script::parse(&opened), script::parse(preset.script), "{}", preset.name);
    }
}

#[test]
fn link_puts_the_page_in_front() {
    let link = hustings(["link", "presets/two-leaders.hustings"]).out;
    assert!(link.starts_with("#1/") && link.ends_with('\n'), "{link}");
    for base in ["https://your.site/hustings/", "https://your.site/hustings/#"] {
        let whole = hustings(["link", "--base", base, "presets/two-leaders.hustings"]).out;
        assert_eq!(whole, format!("https://your.site/hustings/{link}"));
    }
}

#[test]
fn open_takes_a_whole_address_or_what_is_behind_its_hash() {
    let link = hustings(["link", "presets/two-leaders.hustings"]).out;
    let link = link.trim_end();
    let bare = link.trim_start_matches('#');
    let expected = hustings(["open", link]).out;
    for way in [bare.to_owned(), format!("https://a.b/c/{link}"), format!("{link}&t=1s&sel=3")] {
        assert_eq!(hustings(["open", &way]).out, expected, "{way}");
    }
    let preset = hustings(["presets", "two-leaders"]).out;
    for way in ["#preset/two-leaders", "preset/two-leaders", "https://a.b/#preset/two-leaders&t=1s"]
    {
        assert_eq!(hustings(["open", way]).out, preset, "{way}");
    }
}

#[test]
fn open_can_print_json() {
    let ran = hustings(["open", "--json", "#preset/bully-figure"]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    golden::check("tests/golden/bully-figure.json", &ran.out);
}

#[test]
fn what_cannot_be_opened_says_why() {
    let mut text = String::new();
    let link = hustings(["link", "presets/two-leaders.hustings"]).out;
    let short = &link[..20];
    let ways = [short, "#2/abc", "https://a.b/c", "#preset/two-leader", "hello", "#1/", "#1/?"];
    for way in ways {
        let ran = hustings(["open", way]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{way}");
        text += &format!("{way}\n    {}", ran.err);
    }
    golden::check("tests/golden/open-what-cannot-be-read.txt", &text);
}

#[test]
fn a_scenario_that_is_too_long_for_a_link_offers_the_file() {
    // A script of that length is too long itself.
    let entry = |at: u64| {
        let (at, rank, span) = (at * at, at % 6 + 1, at * 13);
        format!(
            "{{\"atUs\": {at}, \"kind\": \"pause\", \"processes\": [{rank}], \"forUs\": {span}}}"
        )
    };
    let entries: Vec<String> = (1..4_000).map(entry).collect();
    let ran = hustings(["link", "-"]).with(&format!("{{\"timeline\": [{}]}}", entries.join(", ")));
    assert_eq!((ran.code, &*ran.out), (1, ""), "{}", ran.err);
    assert_eq!(
        ran.err,
        "error: standard input: this scenario is too long for a link, which has at most 16384 \
         characters; save it as a file instead\n"
    );
    let comments: String =
        (0..6_000_u64).map(|nth| format!("# {}\n", nth * nth * 7_919 % 3_000_017)).collect();
    let ran = hustings(["link", "-"]).with(&comments);
    assert!(
        ran.err.ends_with("instead, or leave out its comments: --no-comments\n"),
        "{}",
        ran.err
    );
}

#[test]
fn fmt_writes_no_script_that_nothing_reads() {
    let folder = Folder::new("fmt-long");
    let text = "seed 1#\n".repeat(64 * 1024 / 8);
    let file = folder.file("a.hustings", &text);
    assert_eq!(hustings(["run", &file]).code, 0, "it is no longer than it may be");
    let ran = hustings(["fmt", &file]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(ran.err.contains("in canonical spelling"), "{}", ran.err);
    assert_eq!(folder.read("a.hustings"), text);
}

#[test]
fn every_command_takes_json_for_a_script() {
    let folder = Folder::new("json-files");
    let scenario = script::parse(presets::ALL[1].script).expect("it is a preset");
    let file = folder.file("figure.json", json::write(&scenario));
    let script = "presets/bully-figure.hustings";
    assert_eq!(hustings(["run", &file]).out, hustings(["run", script]).out);
    assert_eq!(hustings(["log", &file]).out, hustings(["log", script]).out);
    let bare = hustings(["link", "-"]).with(&script::write(&scenario)).out;
    assert_eq!(hustings(["link", &file]).out, bare);
    let checked = hustings(["check", &file]);
    assert_eq!((checked.code, checked.out), (0, format!("✓ {file}: all 8 expectations hold\n")));
    let ran = hustings(["run", "-"]).with("\n\n  {\"processes\": [1, 2]}");
    assert_eq!((ran.code, &*ran.err), (0, ""));
}

#[test]
fn fmt_is_for_scripts_and_leaves_json_alone() {
    let folder = Folder::new("json-fmt");
    let file = folder.file("a.json", "{}");
    let ran = hustings(["fmt", &file]);
    assert_eq!((ran.code, folder.read("a.json")), (2, "{}".to_owned()));
    assert!(ran.err.ends_with("this is JSON; `fmt` is for scripts\n"), "{}", ran.err);
}

#[test]
fn all_that_is_wrong_with_json_is_shown_in_its_place() {
    let ran = hustings(["run", "-"]).with(BROKEN);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    golden::check("tests/golden/errors-in-json.txt", &ran.err);
}

/// A program writes all of it into one line; nobody wants to see that whole.
#[test]
fn of_a_very_long_line_only_what_is_around_the_problem_is_shown() {
    let entry = "{\"atUs\":100000,\"kind\":\"crash\",\"processes\":[6]},";
    let text = format!("{{\"timeline\":[{}{{\"kind\":\"crash\"}}]}}", entry.repeat(900));
    let ran = hustings(["run", "-"]).with(&text);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("standard input:1:42314"), "{}", ran.err);
    assert!(ran.err.len() < 2_000, "{} bytes", ran.err.len());
}

#[test]
fn json_that_is_too_long_says_how_long_it_may_be() {
    let ran = hustings(["run", "-"]).with(&format!("{{{}", " ".repeat(1024 * 1024)));
    assert_eq!(ran.code, 2);
    let expected =
        "error: standard input: this is longer than 1048576 bytes, the most that JSON may have\n";
    assert_eq!(ran.err, expected);
}
