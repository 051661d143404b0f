//! The program itself keeps within its memory, and writes nothing that is too long.

use super::driver::hustings;

/// Nothing of it is written: half a log is no log.
#[test]
fn a_log_that_is_too_long_is_refused_as_a_whole() {
    let ran = hustings(["log", "--format", "json", "tests/limits/cuts-and-heals.hustings"]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert_eq!(
        ran.err,
        "error: nothing is written, since it would be longer than 64 MiB; end the run earlier, with \
         `until`, or choose another --format\n"
    );
}

/// The kernel refuses to give more than that, and then the program could not end by itself.
#[cfg(unix)]
#[test]
fn the_commands_keep_within_their_memory() {
    use std::process::{Command, Stdio};
    const KIB: u32 = 500_000;
    let file = "tests/limits/heartbeat-flood.hustings";
    let commands: [&[&str]; 5] = [
        &["run", "--json", file],
        &["diff", file, file],
        &["render", file],
        &["render", "--view", "spacetime", file],
        &["log", "--format", "json", file],
    ];
    for args in commands {
        let ended = Command::new("sh")
            .args(["-c", &format!("ulimit -v {KIB}; exec \"$0\" \"$@\"")])
            .arg(env!("CARGO_BIN_EXE_hustings"))
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::null())
            .output()
            .expect("there is a shell");
        let text = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), &*text), (Some(0), ""), "{args:?}");
    }
}
