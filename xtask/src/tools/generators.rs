//! The generators of sites in which the embed is tried, each at pinned versions below target/tools: MkDocs and
//! Sphinx in Python environments of their own, Starlight with its own Node.js. VitePress comes with e2e/, and
//! mdBook is a tool of the book.

use super::apt;
use crate::steps::{Step, Steps};
use crate::{Result, root};
use std::fs;
use std::path::Path;
use xshell::{Shell, cmd};

/// Where `e2e/sites.mjs` looks for them.
pub fn generators(sh: &Shell, steps: &mut Steps) -> Result {
    python_environment(sh, steps, "mkdocs", "MkDocs with Material")?;
    python_environment(sh, steps, "sphinx", "Sphinx with MyST and Furo")?;
    starlight(sh, steps)
}

/// Astro needs Node.js 22, which comes as a package for most systems; elsewhere the installed one is used.
fn starlight(sh: &Shell, steps: &mut Steps) -> Result {
    let from = root().join("e2e/sites/starlight");
    let dir = root().join("target/tools/starlight");
    let wanted = fs::read(from.join("package-lock.json"))?;
    let stamp = dir.join("installed-lock");
    if fs::read(&stamp).is_ok_and(|old| old == wanted) {
        return Ok(());
    }
    let step = Step {
        name: "install Starlight in target/tools (under a minute, once a version)",
        again: "cargo xtask tools",
        remedy: "npm is needed, and the network, once",
    };
    steps.run(&step, || {
        fs::create_dir_all(&dir)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(from.join(file), dir.join(file))?;
        }
        let _dir = sh.push_dir(&dir);
        super::npm_ci(sh)?;
        Ok(fs::write(stamp, wanted)?)
    })
}

/// The requirements, with the hash of each file, are beside the site.
fn python_environment(sh: &Shell, steps: &mut Steps, name: &str, title: &str) -> Result {
    let requirements = root().join("e2e/sites").join(name).join("requirements.txt");
    let dir = root().join("target/tools").join(name);
    let wanted = fs::read(&requirements)?;
    let stamp = dir.join("installed.txt");
    let bin = dir.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let own_python = bin.join(super::exe("python"));
    // Python may have been replaced beneath it.
    if fs::read(&stamp).is_ok_and(|old| old == wanted) && runs(sh, &own_python, name) {
        return Ok(());
    }
    let python = python(sh, steps)?;
    let step = Step {
        name: &format!("install {title} in target/tools (under a minute, once a version)"),
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
        cmd!(sh, "{own_python} -m pip install {pip...} --requirement {requirements}")
            .quiet()
            .run()?;
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

fn runs(sh: &Shell, python: &Path, module: &str) -> bool {
    let version = cmd!(sh, "{python} -m {module} --version");
    python.is_file() && version.quiet().ignore_stdout().ignore_stderr().run().is_ok()
}
