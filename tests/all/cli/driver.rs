//! Runs the program as a shell would.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The variable with the path of the npm package's program, which `cargo xtask test npm` sets: everything here is then
/// true of that program.
const OTHER_PROGRAM: &str = "HUSTINGS_PROGRAM";

/// How the program ended and what it wrote.
#[derive(Debug)]
pub(crate) struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
    args: Vec<String>,
}

/// In the repository's root, with nothing on standard input.
pub(crate) fn hustings<const N: usize>(args: [&str; N]) -> Ran {
    play(args.map(str::to_owned).to_vec(), b"")
}

impl Ran {
    /// The same again, with this on standard input.
    pub(crate) fn with(self, input: &str) -> Self {
        self.with_bytes(input.as_bytes())
    }

    pub(crate) fn with_bytes(self, input: &[u8]) -> Self {
        play(self.args, input)
    }
}

/// The same in a folder of the caller's.
pub(crate) fn hustings_in(folder: &Folder, args: &[&str]) -> Ran {
    let args = args.iter().map(|arg| (*arg).to_owned()).collect();
    finish(command().current_dir(&folder.0), args, b"")
}

fn play(args: Vec<String>, input: &[u8]) -> Ran {
    finish(&mut command(), args, input)
}

fn finish(command: &mut Command, args: Vec<String>, input: &[u8]) -> Ran {
    let mut child = command.args(&args).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it has a standard input");
    // Whoever does not read its input may end before it is written.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("it writes text");
    Ran {
        code: output.status.code().expect("it ends by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
        args,
    }
}

/// With a standard output that nobody reads.
pub(crate) fn closed_at_once<const N: usize>(args: [&str; N]) -> (i32, String) {
    let mut child = command().args(args).spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let err = String::from_utf8(output.stderr).expect("it writes text");
    (output.status.code().expect("it ends by itself"), err)
}

fn command() -> Command {
    let mut command = match std::env::var_os(OTHER_PROGRAM) {
        None => Command::new(env!("CARGO_BIN_EXE_hustings")),
        Some(script) => {
            let mut node = Command::new("node");
            node.arg(script);
            node
        }
    };
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// An empty folder of a test's own.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("an old folder can go");
        }
        fs::create_dir_all(&folder).expect("a folder can be made");
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("the path is text").to_owned()
    }

    /// Writes a file and returns its path.
    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        fs::write(&path, text).expect("a file can be written");
        self.path(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("the file can be read")
    }
}
