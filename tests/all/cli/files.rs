//! What a command does on its machine beside reading: it writes the file that an argument names, and no other; it opens
//! no connection and starts no program.

use super::driver::{Folder, hustings_in};
use std::fs;
use std::path::Path;

/// Every file below a folder, with its content.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            let content = fs::read(&path).expect("a file can be read");
            found.push((path.to_string_lossy().into_owned(), content));
        }
    }
    found.sort();
    found
}

#[test]
fn a_command_writes_the_file_that_it_is_told_to_write_and_no_other() {
    let folder = Folder::new("writes");
    folder.file("a.hustings", "SEED 2\nat 100ms crash 6\nat 200ms suspect 3\nexpect leader 5\n");
    folder.file("b.hustings", "seed 3\nexpect always agreement with up to 1 crash\n");
    folder.file("docs/a.md", "```leader-election\nseed 2\n```\n");
    let root = folder.path("");
    let before = contents(Path::new(&root));
    let commands: [&[&str]; 18] = [
        &["run", "a.hustings", "b.hustings"],
        &["run", "--json", "a.hustings"],
        &["check", "."],
        &["check", "--format", "junit", "."],
        &["diff", "a.hustings", "b.hustings"],
        &["search", "a.hustings"],
        &["sweep", "a.hustings", "--vary", "latency=5ms..10ms/5ms", "--seeds", "2"],
        &["log", "a.hustings"],
        &["render", "a.hustings"],
        &["fmt", "--check", "a.hustings"],
        &["fmt", "-"],
        &["link", "a.hustings"],
        &["embed", "a.hustings", "--base", ".."],
        &["open", "#preset/start"],
        &["mdbook"],
        &["presets"],
        &["completions", "bash"],
        &["man"],
    ];
    for command in commands {
        let ran = hustings_in(&folder, command);
        assert!(
            !ran.out.is_empty() || !ran.err.is_empty() || command == ["fmt", "-"],
            "{command:?}"
        );
        assert!(contents(Path::new(&root)) == before, "{command:?} has written a file");
    }
    let changed = || {
        let now = contents(Path::new(&root));
        let others = now.into_iter().filter(|file| !before.contains(file));
        others.map(|(path, _)| path.replace(&root, "")).collect::<Vec<_>>()
    };
    assert_eq!(hustings_in(&folder, &["render", "a.hustings", "-o", "a.svg"]).code, 0);
    let embed = ["embed", "a.hustings", "--base", "..", "-o", "docs/a.html"];
    assert_eq!(hustings_in(&folder, &embed).code, 0);
    let sweep =
        ["sweep", "a.hustings", "--vary", "latency=5ms..10ms/5ms", "--seeds", "2", "-o", "a.csv"];
    assert_eq!(hustings_in(&folder, &sweep).code, 0);
    assert_eq!(changed(), ["a.csv", "a.svg", "docs/a.html"]);
    assert_eq!(hustings_in(&folder, &["fmt", "a.hustings"]).code, 0);
    assert_eq!(changed(), ["a.csv", "a.hustings", "a.svg", "docs/a.html"]);
}

/// The names of the functions that a program for Linux takes from its system: the table of names that is loaded with
/// it (ELF, 64 bits, little-endian).
#[cfg(all(target_os = "linux", target_pointer_width = "64", target_endian = "little"))]
fn imported(program: &[u8]) -> Vec<String> {
    let number = |at: usize, bytes: usize| {
        let digits = program[at..at + bytes].iter().rev();
        digits.fold(0_usize, |number, &digit| number << 8 | usize::from(digit))
    };
    assert_eq!(program.get(..5), Some(&b"\x7fELF\x02"[..]), "a program of 64 bits");
    let (sections, size, count) = (number(0x28, 8), number(0x3a, 2), number(0x3c, 2));
    const TEXTS: usize = 3;
    const IS_LOADED: usize = 2;
    let loaded = (0..count).map(|nth| sections + nth * size).filter(|&section| {
        number(section + 4, 4) == TEXTS && number(section + 8, 8) & IS_LOADED != 0
    });
    let texts = loaded.flat_map(|section| {
        let (from, length) = (number(section + 0x18, 8), number(section + 0x20, 8));
        program[from..from + length].split(|&byte| byte == 0)
    });
    texts.map(|text| String::from_utf8_lossy(text).into_owned()).collect()
}

#[cfg(all(target_os = "linux", target_pointer_width = "64", target_endian = "little"))]
#[test]
fn the_program_has_no_function_to_connect_or_to_start_another_program() {
    let program = fs::read(env!("CARGO_BIN_EXE_hustings")).expect("it is built");
    let imported = imported(&program);
    assert!(imported.iter().any(|name| name.starts_with("open")), "{imported:?}");
    for banned in [
        "socket",
        "socketpair",
        "connect",
        "bind",
        "listen",
        "accept",
        "accept4",
        "send",
        "sendto",
        "sendmsg",
        "recv",
        "recvfrom",
        "recvmsg",
        "getaddrinfo",
        "gethostbyname",
        "fork",
        "vfork",
        "execv",
        "execve",
        "execvp",
        "posix_spawn",
        "posix_spawnp",
        "system",
        "popen",
        "dlopen",
    ] {
        assert!(!imported.iter().any(|name| name == banned), "{banned}");
    }
    // This test starts programs, so the functions are found where they are.
    let own = std::env::current_exe().expect("it runs").into_os_string();
    let own = self::imported(&fs::read(own).expect("it is built"));
    assert!(
        own.iter().any(|name| ["posix_spawnp", "fork", "execvp"].contains(&&**name)),
        "{own:?}"
    );
}
