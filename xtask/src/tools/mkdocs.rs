//! MkDocs with Material, in a Python environment of its own: one of the makers of sites in which the
//! embed is tried.

use super::apt;
use crate::steps::{Step, Steps};
use crate::{Result, root};
use std::fs;
use std::path::Path;
use xshell::{Shell, cmd};

/// What is installed, with the hash of each file.
const WANTED: &str = "e2e/sites/mkdocs/requirements.txt";

/// Where `e2e/sites.mjs` looks for it.
pub fn mkdocs(sh: &Shell, steps: &mut Steps) -> Result {
    let dir = root().join("target/tools/mkdocs");
    let wanted = fs::read(root().join(WANTED))?;
    let stamp = dir.join("installed.txt");
    let bin = dir.join(if cfg!(windows) { "Scripts" } else { "bin" });
    // Python may have been replaced beneath it.
    if fs::read(&stamp).is_ok_and(|old| old == wanted) && runs(sh, &bin.join(super::exe("mkdocs")))
    {
        return Ok(());
    }
    let python = python(sh, steps)?;
    let step = Step {
        name: "install MkDocs with Material in target/tools (under a minute, once a version)",
        again: "cargo xtask tools",
        remedy: "Python 3.10 or newer with venv is needed (Debian: apt-get install python3-venv), and the network, once",
    };
    steps.run(&step, || {
        cmd!(sh, "{python} -m venv --clear {dir}").quiet().run()?;
        let pip = [
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            // Nothing of theirs runs while it is installed.
            "--only-binary=:all:",
        ];
        let python = bin.join(super::exe("python"));
        cmd!(sh, "{python} -m pip install {pip...} --requirement {WANTED}").quiet().run()?;
        Ok(fs::write(stamp, wanted)?)
    })
}

/// A Python that can make environments; Debian has that part in a package of its own.
fn python(sh: &Shell, steps: &mut Steps) -> Result<&'static str> {
    let name = if cfg!(windows) { "python" } else { "python3" };
    let is_whole = || {
        cmd!(sh, "{name} -c").arg("import ensurepip, venv").quiet().ignore_stderr().run().is_ok()
    };
    if !is_whole() && apt::is_ours(sh) {
        let step = Step {
            name: "install Python with venv by apt-get",
            again: "cargo xtask tools",
            remedy: "apt-get update && apt-get install python3-venv",
        };
        steps.run(&step, || apt::install(sh, &["python3-venv"]))?;
    }
    // Where it is still not there, what comes next says so.
    Ok(name)
}

fn runs(sh: &Shell, program: &Path) -> bool {
    cmd!(sh, "{program} --version").quiet().ignore_stdout().ignore_stderr().run().is_ok()
}
