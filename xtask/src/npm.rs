//! The npm package: built into target/npm, packed there, and tested where it is installed into a fresh folder.

use crate::steps::{Step, Steps};
use crate::tools::{self, TARGET};
use crate::{Result, build, root};
use std::fs;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// The flags that select the command line for Node.js.
pub const NODE: [&str; 3] = ["--no-default-features", "--features", "node"];

/// Builds the release page, whose files the package contains as its player, and then the package.
pub fn npm(sh: &Shell, steps: &mut Steps) -> Result {
    build(sh, steps, &[])?;
    package(sh, steps).map(|_| ())
}

/// The tests of the command line that start the program hundreds of times.
const LONG: [&str; 7] = [
    "cli::bad_files",
    "cli::bad_input",
    "cli::budgets",
    "cli::every_preset",
    "cli::manual",
    "cli::printable",
    "cli::sharing",
];

/// The functions and the plugin of the package, with the page in dist/ as its player; then the native tests of the command line, with the package
/// as their program: all of them, or without the long ones.
pub fn test(sh: &Shell, steps: &mut Steps, is_short: bool) -> Result {
    let tarball = package(sh, steps)?;
    let _browser = tools::browser(sh, steps)?;
    let installed = install(sh, steps, &tarball)?;
    let step = Step {
        name: "the functions of the npm package, its plugin, and a page that bundles it",
        again: "cargo xtask test npm",
        remedy: "read the first failure above; target/npm-installed has the package as it is installed",
    };
    steps.run(&step, || {
        let _folder = sh.push_env("HUSTINGS_INSTALLED", &installed);
        let files = ["functions", "interrupt", "remark", "bundle"]
            .map(|name| format!("e2e/npm/{name}.mjs"));
        cmd!(sh, "cargo build --quiet --locked --bin hustings").quiet().run()?;
        Ok(cmd!(sh, "node --test --test-reporter=spec {files...}").quiet().run()?)
    })?;
    let step = Step {
        name: match is_short {
            true => {
                "the tests of the command line but for the long ones, with the npm package as their program"
            }
            false => "the tests of the command line, with the npm package as their program",
        },
        again: "cargo xtask test npm",
        remedy: "read the first failure above; the same tests pass with the native program",
    };
    steps.run(&step, || {
        let _program =
            sh.push_env("HUSTINGS_PROGRAM", installed.join("node_modules/hustings/cli.js"));
        let skipped = LONG.iter().filter(|_| is_short).flat_map(|name| ["--skip", name]);
        let filters = ["cli::", "readme::"].into_iter().chain(skipped);
        Ok(cmd!(sh, "cargo test --locked --test all -- {filters...}").quiet().run()?)
    })
}

/// Builds and packs the package of the page in dist/. Returns the tarball.
fn package(sh: &Shell, steps: &mut Steps) -> Result<PathBuf> {
    let _env = tools::wasm(sh, steps)?;
    let step = Step {
        name: "build the npm package in target/npm/",
        again: "cargo xtask npm",
        remedy: "fix what the compiler says above",
    };
    steps.run(&step, || {
        let program = program(sh)?;
        let folder = root().join("target/npm");
        sh.remove_path(&folder)?;
        copy(&program, &folder.join("program"), &[])?;
        copy(&root().join("npm"), &folder, &[])?;
        copy(&root().join("www/types"), &folder.join("types"), &[])?;
        // The book is beside the page, and no part of the player.
        copy(&root().join("dist"), &folder.join("player"), &["book"])?;
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            fs::copy(root().join(licence), folder.join(licence))?;
        }
        let _dir = sh.push_dir(&folder);
        let npm = tools::npm();
        let name = cmd!(sh, "{npm} pack --silent").quiet().read()?;
        Ok(folder.join(name.lines().last().unwrap_or_default()))
    })
}

/// The folder with the WebAssembly and its loader. They are kept while the compiler's output stays the same, which saves
/// half a minute of wasm-opt.
fn program(sh: &Shell) -> Result<PathBuf> {
    let profile = ["--profile", "web", "--target", TARGET];
    cmd!(sh, "cargo build --quiet --locked {profile...} {NODE...} --bin node").quiet().run()?;
    let built = root().join("target").join(TARGET).join("web/node.wasm");
    let folder = root().join("target/npm-program");
    let wasm = folder.join("hustings_bg.wasm");
    let changed = |file: &Path| fs::metadata(file).and_then(|found| found.modified()).ok();
    if changed(&wasm) > changed(&built) {
        return Ok(folder);
    }
    sh.remove_path(&folder)?;
    let options = ["--target", "web", "--no-typescript", "--out-name", "hustings"];
    cmd!(sh, "wasm-bindgen {options...} --out-dir {folder} {built}").quiet().run()?;
    let whole = folder.join("hustings.wasm");
    // Under another name until it is finished.
    fs::rename(&wasm, &whole)?;
    cmd!(sh, "wasm-opt -Os {whole} -o {wasm}").quiet().run()?;
    fs::remove_file(whole)?;
    Ok(folder)
}

/// Installs the tarball as a user does. It has no dependencies, so no registry is asked.
fn install(sh: &Shell, steps: &mut Steps, tarball: &Path) -> Result<PathBuf> {
    let step = Step {
        name: "install the npm package in a fresh folder, target/npm-installed/",
        again: "cargo xtask test npm",
        remedy: "Node.js 20 or newer with npm is needed",
    };
    steps.run(&step, || {
        let folder = root().join("target/npm-installed");
        sh.remove_path(&folder)?;
        sh.write_file(folder.join("package.json"), "{ \"private\": true }\n")?;
        let _dir = sh.push_dir(&folder);
        let npm = tools::npm();
        let options = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
        cmd!(sh, "{npm} install {options...} {tarball}").quiet().run()?;
        Ok(folder)
    })
}

/// Copies the files of a folder at any depth, but not those that are left out at its top.
fn copy(from: &Path, to: &Path, left_out: &[&str]) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if left_out.iter().any(|left_out| name == *left_out) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name), &[])?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
