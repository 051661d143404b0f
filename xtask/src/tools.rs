//! Each tool is taken from PATH where its version fits, else installed under target/tools.

mod apt;
mod browsers;
mod generators;

pub use browsers::{Engine, browser};
pub use generators::generators;

use crate::steps::{Step, Steps};
use crate::{Result, root};
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};
use std::{env, fs};
use xshell::{PushEnv, Shell, cmd};

pub const TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
const MDBOOK: &str = "0.5.4";
const CARGO_FUZZ: &str = "0.13.2";

/// Cheap settings for tools: no optimization, no debug info, no incremental data.
const FAST: [(&str, &str); 2] = [("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0")];

/// Rust's standard library for wasm, by rustup or by the package of this Rust.
pub fn wasm_target(sh: &Shell, steps: &mut Steps) -> Result {
    let dir = cmd!(sh, "rustc --print target-libdir --target {TARGET}").quiet().read()?;
    if Path::new(&dir).is_dir() {
        return Ok(());
    }
    let step = Step {
        name: "add the wasm target to this Rust",
        again: "rustup target add wasm32-unknown-unknown",
        remedy: "install Rust with rustup, or the target's standard library with your system's packages (Debian: libstd-rust-dev-wasm32)",
    };
    steps.run(&step, || Ok(cmd!(sh, "rustup target add {TARGET}").quiet().run()?))
}

pub fn trunk(sh: &Shell, steps: &mut Steps) -> Result<PathBuf> {
    let own = root().join("target/tools/bin").join(exe("trunk"));
    for candidate in [PathBuf::from("trunk"), own.clone()] {
        // 0.21.14 and 0.22 read the same Trunk.toml and index.html.
        if version(sh, &candidate).is_some_and(|v| v == TRUNK || v.starts_with("0.22.")) {
            return Ok(candidate);
        }
    }
    let step = Step {
        name: &format!("install trunk {TRUNK} in target/tools (2 to 3 minutes, once)"),
        again: "cargo xtask tools",
        remedy: "a compiler for C is needed (Debian: apt-get install gcc), and the network, once",
    };
    steps.run(&step, || install(sh, "trunk", TRUNK, &[]))?;
    Ok(own)
}

/// mdBook, whose figures come from `hustings mdbook`.
pub fn mdbook(sh: &Shell, steps: &mut Steps) -> Result<PathBuf> {
    let own = root().join("target/tools/bin").join(exe("mdbook"));
    for candidate in [PathBuf::from("mdbook"), own.clone()] {
        if version(sh, &candidate).is_some_and(|version| version.starts_with("0.5.")) {
            return Ok(candidate);
        }
    }
    let step = Step {
        name: &format!("install mdBook {MDBOOK} in target/tools (1 to 2 minutes, once)"),
        again: "cargo xtask book",
        remedy: "the network is needed, once; or install mdBook 0.5 yourself",
    };
    steps.run(&step, || install(sh, "mdbook", MDBOOK, &["--features", "search"]))?;
    Ok(own)
}

/// The folder with cargo-fuzz, which builds the fuzz targets.
pub fn cargo_fuzz(sh: &Shell, steps: &mut Steps) -> Result<PathBuf> {
    let folder = root().join("target/tools/bin");
    if version(sh, &folder.join(exe("cargo-fuzz"))).as_deref() == Some(CARGO_FUZZ) {
        return Ok(folder);
    }
    let step = Step {
        name: &format!("install cargo-fuzz {CARGO_FUZZ} in target/tools (1 to 2 minutes, once)"),
        again: "cargo xtask fuzz",
        remedy: "the network is needed, once",
    };
    steps.run(&step, || install(sh, "cargo-fuzz", CARGO_FUZZ, &[]))?;
    Ok(folder)
}

/// Builds a tool in a folder of its own, which is not needed again.
fn install(sh: &Shell, name: &str, version: &str, features: &[&str]) -> Result {
    let tools = root().join("target/tools");
    let build = tools.join(format!("build-{name}"));
    let _dir = sh.push_env("CARGO_TARGET_DIR", &build);
    let _fast = FAST.map(|(key, value)| sh.push_env(key, value));
    let quiet = quiet();
    cmd!(sh, "cargo install {name} --version ={version} --locked --debug --no-default-features {features...} --root {tools} {quiet...}")
        .quiet()
        .run()?;
    fs::remove_dir_all(build).ok(); // 900 MB of trunk's
    Ok(())
}

/// The folder with `wasm-bindgen` and `wasm-bindgen-test-runner` at the version of Cargo.lock.
pub fn bindgen(sh: &Shell, steps: &mut Steps) -> Result<PathBuf> {
    let names = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    let want = locked_version("wasm-bindgen")?;
    let path = env::var_os("PATH").unwrap_or_default();
    let fits = |dir: &PathBuf| {
        names.iter().all(|n| version(sh, &dir.join(exe(n))).as_deref() == Some(&want))
    };
    if let Some(dir) = env::split_paths(&path).find(fits) {
        return Ok(dir);
    }
    let build = root().join("target/tools/build");
    let dir = build.join("debug");
    if fits(&dir) {
        return Ok(dir);
    }
    let step = Step {
        name: &format!(
            "build wasm-bindgen {want} in target/tools (under a minute, once a version)"
        ),
        again: "cargo xtask tools",
        remedy: "the network is needed, once; `cargo update -p wasm-bindgen` moves app and tool together",
    };
    steps.run(&step, || {
        let _dir = sh.push_env("CARGO_TARGET_DIR", build);
        let _fast = FAST.map(|(key, value)| sh.push_env(key, value));
        let quiet = quiet();
        cmd!(sh, "cargo build --locked --package bindgen {quiet...}").quiet().run()?;
        Ok(dir)
    })
}

/// The folder with `wasm-opt`, where it is not on PATH.
pub fn wasm_opt(sh: &Shell, steps: &mut Steps) -> Result<Option<PathBuf>> {
    if version(sh, Path::new("wasm-opt")).is_some_and(|v| v.parse().unwrap_or(0) >= 119) {
        return Ok(None);
    }
    node_modules(sh, steps)?;
    Ok(Some(root().join("e2e/node_modules/.bin")))
}

/// The wasm target, and `wasm-bindgen` and `wasm-opt` on PATH while the value lives.
pub fn wasm<'a>(sh: &'a Shell, steps: &mut Steps) -> Result<[PushEnv<'a>; 2]> {
    wasm_target(sh, steps)?;
    let mut path = vec![bindgen(sh, steps)?];
    path.extend(wasm_opt(sh, steps)?);
    Ok(enter(sh, path))
}

/// Puts the tools before the user's PATH for the commands that follow.
pub fn enter(sh: &Shell, tools: Vec<PathBuf>) -> [PushEnv<'_>; 2] {
    let old = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(tools.into_iter().chain(env::split_paths(&old)));
    [
        sh.push_env("PATH", path.expect("no separator in a tool's path")),
        sh.push_env("TRUNK_SKIP_VERSION_CHECK", "true"),
    ]
}

fn node_modules(sh: &Shell, steps: &mut Steps) -> Result {
    let dir = root().join("e2e");
    let lock = fs::read(dir.join("package-lock.json"))?;
    let stamp = dir.join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    let step = Step {
        name: "npm ci in e2e/ (binaryen, playwright-core, axe, VitePress)",
        again: "cargo xtask tools",
        remedy: "Node.js 20 or newer with npm is needed",
    };
    steps.run(&step, || {
        let _dir = sh.push_dir(dir);
        npm_ci(sh)?;
        Ok(fs::write(stamp, lock)?)
    })
}

pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// Installs the packages of the lock file of the current folder, and runs no script of theirs.
fn npm_ci(sh: &Shell) -> Result {
    let npm = npm();
    let options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    Ok(cmd!(sh, "{npm} ci {options...}").quiet().run()?)
}

/// The first of these programs that is on PATH.
fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    names.iter().find_map(|name| {
        env::split_paths(&path).map(|dir| dir.join(exe(name))).find(|file| file.is_file())
    })
}

/// The first word of `PROGRAM --version` that starts with a digit, or with a `v` before it.
fn version(sh: &Shell, program: &Path) -> Option<String> {
    if program.is_absolute() && !program.is_file() {
        return None;
    }
    let text = cmd!(sh, "{program} --version").quiet().ignore_stderr().read().ok()?;
    let number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut words = text.split_whitespace().map(|word| word.strip_prefix('v').unwrap_or(word));
    Some(words.find(number)?.to_owned())
}

fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let head = format!("name = \"{package}\"\nversion = \"");
    let rest = lock.split_once(&head).ok_or_else(|| format!("{package} is not in Cargo.lock"))?.1;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

pub fn exe(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

/// A terminal shows progress; a log does not.
fn quiet() -> Option<&'static str> {
    (!stderr().is_terminal()).then_some("--quiet")
}
