//! `hustings render`: pictures from the command line, and why there is none.

use super::driver::{Folder, hustings};

const FIGURE: &str = "presets/bully-figure.hustings";

#[test]
fn a_picture_goes_to_a_file_or_to_standard_output() {
    let folder = Folder::new("render");
    let file = folder.path("stage.svg");
    let ran = hustings(["render", FIGURE, "--at", "268ms", "-o", &file]);
    assert_eq!((ran.code, &*ran.out, &*ran.err), (0, "", ""));
    let shown = hustings(["render", FIGURE, "--at", "268ms"]);
    assert_eq!(shown.out, folder.read("stage.svg"));
    assert!(shown.out.contains("At 268 ms: nobody leads."), "{}", shown.out);
}

#[test]
fn a_name_of_another_picture_is_refused() {
    let folder = Folder::new("render-other");
    for name in ["x.png", "x.PNG", "x.pdf", "x.jpeg", "x.gif"] {
        let file = folder.path(name);
        let ran = hustings(["render", FIGURE, "-o", &file]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{name}");
        assert!(
            ran.err.contains("`render` writes SVG") && ran.err.contains("x.svg"),
            "{}",
            ran.err
        );
        assert!(!std::path::Path::new(&file).exists(), "{name}");
    }
    for name in ["x.svg", "x", "x.svg.new"] {
        assert_eq!(hustings(["render", FIGURE, "-o", &folder.path(name)]).code, 0, "{name}");
    }
}

#[test]
fn what_the_readme_shows_is_what_the_command_makes() {
    let ran = hustings(["render", FIGURE, "--animate"]);
    assert!(ran.out == include_str!("../../../docs/bully-figure.svg"), "it differs");
}

#[test]
fn a_window_and_a_speed_are_what_was_asked_for() {
    let whole = hustings(["render", FIGURE, "--view", "spacetime", "--from", "0ms", "--to", "2s"]);
    assert!(whole.out.contains("From 0 ms to 2 s: 6 leads;"), "{}", whole.out);
    let window = ["render", FIGURE, "--animate", "--from", "190ms", "--to", "0.3s"];
    let [a, b, c, d, e, f, g] = window;
    let played = hustings([a, b, c, d, e, f, g, "--speed", "10ms"]);
    assert!(played.out.contains("Plays 10ms a second. From 190 ms to 300 ms:"), "{}", played.out);
    // Eleven seconds, and a pause at the end.
    assert!(played.out.contains("animation:12.6s "), "{}", played.out);
}

#[test]
fn a_group_is_chosen_by_name() {
    let script = "processes 4\ngroup orders on 1 2 3\ngroup users on 2 3 4\nuntil 1s\n";
    let led = |group| hustings(["render", "-", "--group", group, "--at", "1s"]).with(script).out;
    assert!(led("orders").contains("At 1 s: 3 leads."));
    assert!(led("users").contains("At 1 s: 4 leads."));
    let ran = hustings(["render", "-", "--group", "user"]).with(script);
    assert_eq!(ran.err, "error: there is no group `user`; the groups are orders and users\n");
    assert_eq!((ran.code, &*ran.out), (2, ""));
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let text = |ran: super::driver::Ran| {
        assert_eq!((ran.code, &*ran.out), (2, ""), "{}", ran.err);
        ran.err
    };
    assert_eq!(
        text(hustings(["render", FIGURE, "--at", "5s"])),
        "error: --at is 5s, but the run ends at 2s\n"
    );
    assert_eq!(
        text(hustings(["render", FIGURE, "--from", "1s"])),
        "error: a picture of the stage has one instant: say --at, or --animate to play a stretch\n"
    );
    assert_eq!(
        text(hustings(["render", FIGURE, "--animate", "--from", "1s", "--to", "1s"])),
        "error: from 1s to 1s no time passes\n"
    );
    assert_eq!(
        text(hustings(["render", FIGURE, "--animate", "--view", "spacetime"])),
        "error: only the stage can be animated: leave out --animate or --view spacetime\n"
    );
    let odd = text(hustings(["render", FIGURE, "--at", "soon"]));
    assert!(odd.contains("invalid value 'soon' for '--at <T>'"), "{odd}");
    let words = text(hustings(["render", FIGURE, "--at", "1s end 2s"]));
    assert!(words.contains("`1s end 2s` is no duration such as"), "{words}");
    let nowhere = text(hustings(["render", FIGURE, "-o", "no/such/folder.svg"]));
    assert!(nowhere.starts_with("error: no/such/folder.svg: it cannot be written: "), "{nowhere}");
}
