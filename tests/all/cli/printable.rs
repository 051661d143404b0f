//! What comes from outside reaches a terminal and the log of a workflow as words, never as commands.

use super::driver::{Folder, Ran, hustings, hustings_in};

/// What no line of the output may have.
fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Only `::error` and `::warning` of our own, and nothing that a terminal obeys.
#[track_caller]
fn is_safe(ran: &Ran, has_commands: bool) {
    for line in ran.out.split('\n').chain(ran.err.split('\n')) {
        assert!(!line.contains(is_unsafe), "{line:?}");
        assert!(!line.contains("##["), "{line:?}");
        let is_command = line.trim_start().starts_with("::");
        let is_ours = line.starts_with("::error file=") || line.starts_with("::warning file=");
        assert!(!is_command || has_commands && is_ours, "{line:?}");
    }
}

/// Parts that together would end a line, begin a command, move the cursor or turn the text.
const PARTS: [&str; 12] = [
    "\n::error::x",
    "\r\n::warning::",
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{202e}gnp",
    "\u{2066}",
    "\u{2028}::error::",
    "##[error]",
    "\u{7f}\u{8}",
    "::error::",
    "%0A,:",
];

#[cfg(unix)]
#[test]
fn file_names_are_words() {
    let folder = Folder::new("odd-names");
    for (place, part) in PARTS.iter().enumerate() {
        let name = format!("{part}{place}.hustings");
        let commands: [&[&str]; 9] = [
            &["check"],
            &["check", "--format", "github"],
            &["run"],
            &["run", "presets.hustings"],
            &["fmt", "--check"],
            &["log"],
            &["link"],
            &["embed", "--base", ".."],
            &["diff", "presets.hustings"],
        ];
        folder.file("presets.hustings", "seed 2\n");
        for script in
            ["SEED 2\nexpect leader 1\n", "sed 2\n", "at 100ms crash 6\nseed 1\nseed 2\n", ""]
        {
            folder.file(&name, script);
            for command in commands {
                let args: Vec<&str> = command.iter().copied().chain([&*name]).collect();
                let ran = hustings_in(&folder, &args);
                is_safe(&ran, command.contains(&"github"));
            }
        }
        // One that is not there, and one that is no option.
        is_safe(&hustings_in(&folder, &["run", &format!("{part}none")]), false);
        is_safe(&hustings_in(&folder, &["run", &format!("--{part}")]), false);
        is_safe(&hustings_in(&folder, &["presets", part]), false);
        is_safe(&hustings_in(&folder, &["open", part]), false);
        is_safe(&hustings_in(&folder, &["man", part]), false);
    }
}

#[cfg(unix)]
#[test]
fn a_file_in_a_workflow_keeps_its_name() {
    let folder = Folder::new("odd-name-in-workflow");
    folder.file("a\nb:c.hustings", "expect leader 1\n");
    let ran = hustings_in(&folder, &["check", "--format", "github", "a\nb:c.hustings"]);
    assert!(ran.out.starts_with("::error file=a%0Ab%3Ac.hustings,line=1::expect"), "{}", ran.out);
}

#[test]
fn quoted_words_are_words() {
    for part in PARTS {
        // Each where a word of the script is quoted, and in a document.
        for script in [
            format!("at 1s {part}"),
            format!("{part} 1"),
            format!("title \"{part}\""),
            format!("title \"{part}"),
            format!("expect leader 5 in {part}"),
            format!("{{\"title\": 3, \"{part}\": 4}}"),
            format!("{{\"timeline\": [{{\"kind\": \"{part}\"}}]}}"),
        ] {
            for args in [["check", "-"], ["run", "-"], ["fmt", "-"]] {
                let ran = hustings(args).with(&script);
                // What `fmt` writes is a file; on a terminal it is made printable too.
                let ran = if ran.code == 0 && args[0] == "fmt" { continue } else { ran };
                is_safe(&ran, false);
            }
            is_safe(&hustings(["check", "--format", "github", "-"]).with(&script), true);
        }
    }
}

#[test]
fn programs_get_names_as_they_are() {
    let folder = Folder::new("odd-name-as-json");
    folder.file("\u{9b}a.hustings", "seed 2\n");
    let ran = hustings_in(&folder, &["check", "--format", "json", "\u{9b}a.hustings"]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(found["scenarios"][0]["file"], "\u{9b}a.hustings");
}

#[test]
fn a_base_leads_to_a_page() {
    let script = "presets/bully-figure.hustings";
    for base in [
        "javascript:alert(1)//",
        "JavaScript:x",
        " javascript:x/",
        "data:text/html,x",
        "vbscript:x",
    ] {
        for (command, args) in [
            ("link", vec!["link", "--base", base, script]),
            ("embed", vec!["embed", "--base", base, script]),
            ("embed", vec!["embed", "--as", "iframe", "--base", base, script]),
        ] {
            let ran = match *args {
                [a, b, c, d] => hustings([a, b, c, d]),
                [a, b, c, d, e, f] => hustings([a, b, c, d, e, f]),
                _ => panic!("{args:?}"),
            };
            assert_eq!((ran.code, &*ran.out), (2, ""), "{command} {base}");
            assert!(ran.err.contains("https://your.site/hustings/"), "{}", ran.err);
        }
    }
    for base in ["https://a.b/?x=1", "http://a.b/", "../here", "/here/", "file:///here/index.html"]
    {
        let ran = hustings(["link", "--base", base, script]);
        assert_eq!((ran.code, &*ran.err), (0, ""));
        assert!(ran.out.starts_with(&format!("{base}#1/")), "{}", ran.out);
    }
}
