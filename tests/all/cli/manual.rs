//! Help, manual and completions: three spellings of the same arguments.

use super::driver::{self, hustings};

/// The names under `Commands:` in the help.
fn commands() -> Vec<String> {
    let help = hustings(["--help"]).out;
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let names = list.expect("commands are listed").lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split(' ').next()?;
        (!name.is_empty() && name != "help").then(|| name.to_owned())
    });
    names.collect()
}

#[test]
fn help_is_there_for_every_command_with_an_example() {
    let commands = commands();
    let some = ["run", "check", "log", "fmt", "presets", "completions", "man"];
    assert!(some.iter().all(|name| commands.iter().any(|other| other == name)), "{commands:?}");
    for command in &commands {
        let ran = hustings([command, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains(&format!("Examples:\n  hustings {command}")), "{}", ran.out);
    }
    assert_eq!(hustings(["runn"]).code, 2);
    assert_eq!(hustings(["run"]).code, 2);
}

#[test]
fn the_help_says_what_a_file_may_be_and_what_the_exit_codes_mean() {
    let help = hustings(["--help"]).out;
    for text in ["`-` is standard input", "64 KiB", "Exit codes:\n  0  ", "\n  1  ", "\n  2  "] {
        assert!(help.contains(text), "{text}: {help}");
    }
}

#[test]
fn the_manual_has_a_page_for_the_program_and_one_for_every_command() {
    let page = hustings(["man"]);
    assert_eq!((page.code, &*page.err), (0, ""));
    assert!(page.out.contains(".SH EXIT CODES\n.nf\n0  success"), "{}", page.out);
    for command in commands() {
        assert!(page.out.contains(&format!("hustings\\-{command}(1)")), "{}", page.out);
        let own = hustings(["man", &command]).out;
        assert!(own.contains(&format!(".TH hustings-{command} 1")), "{own}");
        assert!(own.contains(&format!(".SH EXAMPLES\n.nf\nhustings {command}")), "{own}");
    }
    let ran = hustings(["man", "chek"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err, "error: there is no command `chek`; did you mean `check`?\n");
}

#[test]
fn every_completion_script_has_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = hustings(["completions", shell]);
        assert_eq!((ran.code, &*ran.err), (0, ""), "{shell}");
        for command in commands() {
            assert!(ran.out.contains(&*command), "{shell} does not know {command}");
        }
        assert!(ran.out.contains("strict"), "{shell} does not know an option of check");
    }
    assert_eq!(hustings(["completions", "cmd"]).code, 2);
}

#[test]
fn a_pipe_that_closes_is_no_error_here_either() {
    assert_eq!(driver::closed_at_once(["completions", "zsh"]), (0, String::new()));
    assert_eq!(driver::closed_at_once(["man", "check"]), (0, String::new()));
    assert_eq!(driver::closed_at_once(["--help"]), (0, String::new()));
}
