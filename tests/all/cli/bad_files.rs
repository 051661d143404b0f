//! Files that are not what a command wants: the right word, the right exit code, and no waiting.

use super::driver::{Folder, hustings};

/// Each command that reads a file.
const READERS: [&str; 4] = ["run", "check", "log", "fmt"];

/// Every reader says the same of it and ends with 2.
#[track_caller]
fn refused(path: &str, says: &str) {
    for command in READERS {
        let ran = hustings([command, path]);
        assert_eq!((ran.code, ran.err), (2, format!("error: {path}: {says}\n")), "{command}");
    }
}

#[test]
fn a_file_that_is_not_there() {
    refused("no/such.hustings", "there is no such file");
    assert_eq!(hustings(["check", "no/such.md"]).code, 2);
}

#[test]
fn a_folder_where_a_file_is_wanted() {
    for command in ["run", "log", "fmt"] {
        let ran = hustings([command, "presets"]);
        let says = "this is a folder; name the files in it (`check` takes folders)";
        assert_eq!((ran.code, ran.err), (2, format!("error: presets: {says}\n")), "{command}");
    }
}

#[test]
fn bytes_that_are_no_text() {
    let folder = Folder::new("no-text");
    let latin = folder.file("latin.hustings", b"# a\ntitle \"caf\xe9\"\n");
    refused(&latin, "this is no text: byte 15, in line 2, is not UTF-8");
    let wide = "seed 2\n".encode_utf16().flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide).collect();
    refused(&folder.file("wide.hustings", wide), "this is text in UTF-16; save it as UTF-8");
}

#[test]
fn an_empty_file_is_a_scenario_of_defaults_and_a_warning() {
    let folder = Folder::new("empty");
    for text in ["", "\n \n", "\u{feff}\r\n"] {
        let file = folder.file("empty.hustings", text);
        for command in READERS {
            let ran = hustings([command, &file]);
            let warning = "nothing is written here, so everything is as by default";
            assert_eq!((ran.code, ran.err), (0, format!("warning: {file}: {warning}\n")));
        }
    }
}

#[test]
fn a_file_over_64_kib() {
    let folder = Folder::new("long");
    let limit = 64 * 1024;
    let file = folder.file("long.hustings", "#".repeat(limit + 1));
    refused(&file, "this is longer than 65536 bytes, the most that a script may have");
    let file = folder.file("longest.hustings", "#".repeat(limit));
    assert_eq!(hustings(["run", &file]).code, 0);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::fs::{self, OpenOptions};
    use std::io::Write;
    use std::process::Command;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    #[test]
    fn a_device_that_never_ends_is_too_long_and_an_empty_one_is_empty() {
        refused("/dev/zero", "this is longer than 65536 bytes, the most that a script may have");
        assert_eq!(hustings(["run", "/dev/null"]).code, 0);
    }

    fn pipe(folder: &Folder, name: &str) -> String {
        let path = folder.path(name);
        let run_view = Command::new("mkfifo").arg(&path).status().expect("mkfifo is there");
        assert!(run_view.success(), "a pipe can be made");
        path
    }

    /// As `hustings run <(hustings presets start)` has it.
    #[test]
    fn a_pipe_is_read_to_its_end_however_it_comes() {
        let path = pipe(&Folder::new("pipe"), "pipe");
        let writer = {
            let path = path.clone();
            thread::spawn(move || {
                let mut pipe = OpenOptions::new().write(true).open(path).expect("somebody reads");
                for part in ["at 100ms cra", "sh 6\nat 200ms sus", "pect 3\nexpect leader 5\n"] {
                    pipe.write_all(part.as_bytes()).expect("somebody reads");
                    pipe.flush().expect("somebody reads");
                }
            })
        };
        let ran = hustings(["check", &path]);
        writer.join().expect("it has written");
        assert_eq!((ran.code, ran.out), (0, format!("✓ {path}: what it expects holds\n")));
    }

    #[test]
    fn a_pipe_below_a_folder_is_not_waited_for() {
        let folder = Folder::new("pipe-below");
        folder.file("a.hustings", "seed 2");
        pipe(&folder, "b.hustings");
        assert_eq!(hustings(["check", &folder.path("")]).code, 0);
    }

    #[test]
    fn what_is_no_plain_file_is_not_rewritten() {
        let path = pipe(&Folder::new("fmt-pipe"), "pipe");
        let writer = {
            let path = path.clone();
            thread::spawn(move || fs::write(path, "SEED 2\n"))
        };
        let ran = hustings(["fmt", &path]);
        writer.join().expect("it ends").expect("somebody reads");
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("this is no file that can be rewritten"), "{}", ran.err);
    }

    /// Whatever a reader meets on the way, it says so in words of its own.
    #[test]
    fn a_file_that_changes_while_it_is_read_is_one_version_or_refused() {
        let folder = Folder::new("changes");
        let versions = ["# one\n".repeat(10_000), "# another\n".repeat(6_000)];
        let file = folder.file("changes.hustings", &versions[0]);
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                for version in versions.iter().cycle() {
                    fs::write(&file, version).expect("it can be written");
                    if is_over.load(Ordering::Relaxed) {
                        return;
                    }
                }
            });
            for _ in 0..20 {
                let ran = hustings(["run", &file]);
                let fine = ran.code == 0 && !ran.err.contains("error");
                let changed = ran.err.ends_with("this changed while it was read; try again\n");
                assert!(fine || (ran.code == 2 && changed), "{}: {}", ran.code, ran.err);
            }
            is_over.store(true, Ordering::Relaxed);
        });
    }
}
