//! The browsers of the tests: found, or installed.

use super::{apt, find_on_path, node_modules};
use crate::steps::{Step, Steps};
use crate::{Result, root};
use std::env;
use std::path::{Path, PathBuf};
use xshell::{PushEnv, Shell, cmd};

/// Their names in e2e/browser.mjs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// Says by the environment which engine the scripts in e2e start; nothing where it is not here and cannot be
    /// installed.
    ///
    /// # Errors
    /// An installation that fails; and on a machine with apt-get in CI, an engine that is not here.
    pub fn enter<'a>(self, sh: &'a Shell, steps: &mut Steps) -> Result<Option<Vec<PushEnv<'a>>>> {
        let mut env = vec![sh.push_env("HUSTINGS_ENGINE", self.name())];
        match self {
            Self::Chromium => env.push(browser(sh, steps)?),
            Self::Firefox => {
                node_modules(sh, steps)?;
                let Some(path) = firefox(sh, steps)? else { return Ok(None) };
                env.push(sh.push_env("HUSTINGS_FIREFOX", path));
            }
            Self::Webkit => {
                node_modules(sh, steps)?;
                if !webkit(sh, steps)? {
                    return Ok(None);
                }
            }
        }
        Ok(Some(env))
    }
}

/// Finds or installs Chromium and tells the scripts in e2e which; empty means Playwright's own.
pub fn browser<'a>(sh: &'a Shell, steps: &mut Steps) -> Result<PushEnv<'a>> {
    node_modules(sh, steps)?;
    let name = "HUSTINGS_BROWSER";
    if let Some(found) = given(name).or_else(find_chromium) {
        return Ok(sh.push_env(name, found));
    }
    if apt::is_ours(sh) {
        let step = Step {
            name: "install Chromium with apt-get",
            again: "cargo xtask tools",
            remedy: "apt-get update && apt-get install chromium; or HUSTINGS_BROWSER=/path/to/another",
        };
        let found = steps.run(&step, || {
            apt::install(sh, &["chromium", "fonts-liberation"])?;
            find_chromium().ok_or_else(|| "apt-get put no chromium on PATH".into())
        })?;
        return Ok(sh.push_env(name, found));
    }
    let step = Step {
        name: "install Playwright's headless Chromium",
        again: "cargo xtask tools",
        remedy: "install Chromium or Chrome yourself, and say where with HUSTINGS_BROWSER=/path/to/it",
    };
    steps.run(&step, || {
        let cli = root().join("e2e/node_modules/playwright-core/cli.js");
        cmd!(sh, "node {cli} install chromium-headless-shell").quiet().run()?;
        Ok(sh.push_env(name, ""))
    })
}

fn find_chromium() -> Option<PathBuf> {
    find(
        &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"],
        &[
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            r"C:\Program Files\Google\Chrome\Application\chrome.exe",
            r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        ],
    )
}

fn firefox(sh: &Shell, steps: &mut Steps) -> Result<Option<PathBuf>> {
    if let Some(found) = given("HUSTINGS_FIREFOX").or_else(find_firefox) {
        return Ok(Some(found));
    }
    if !apt::is_ours(sh) {
        let remedy = "install Firefox, or say where it is with HUSTINGS_FIREFOX=/path/to/firefox";
        return missing(steps, "Firefox", remedy).map(|()| None);
    }
    let step = Step {
        name: "install Firefox with apt-get (half a minute, once)",
        again: "cargo xtask tools",
        remedy: "apt-get update && apt-get install firefox-esr; or HUSTINGS_FIREFOX=/path/to/another",
    };
    steps.run(&step, || {
        apt::install(sh, &["firefox-esr"])?;
        find_firefox().map(Some).ok_or_else(|| "apt-get put no firefox-esr on PATH".into())
    })
}

fn find_firefox() -> Option<PathBuf> {
    find(
        &["firefox-esr", "firefox"],
        &[
            "/Applications/Firefox.app/Contents/MacOS/firefox",
            r"C:\Program Files\Mozilla Firefox\firefox.exe",
        ],
    )
}

/// Debian's packages of `WebKitGTK`, of its driver, of a program that opens its window, and of a virtual screen.
const WEBKIT: [&str; 4] = ["webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1"];

fn webkit(sh: &Shell, steps: &mut Steps) -> Result<bool> {
    if has_webkit(sh) {
        return Ok(true);
    }
    let packages = WEBKIT.join(" ");
    if !apt::is_ours(sh) {
        let remedy = format!("on Linux: {packages}, as Debian names them");
        return missing(steps, "WebKitGTK", &remedy).map(|()| false);
    }
    let step = Step {
        name: "install WebKitGTK with apt-get (one to two minutes, once)",
        again: "cargo xtask tools",
        remedy: &format!("apt-get update && apt-get install {packages}"),
    };
    steps.run(&step, || {
        apt::install(sh, &WEBKIT)?;
        if has_webkit(sh) { Ok(true) } else { Err("it is installed, but cannot be loaded".into()) }
    })
}

/// As e2e/engines/webkit/ uses it.
fn has_webkit(sh: &Shell) -> bool {
    let loads = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')";
    ["WebKitWebDriver", "Xvfb"].iter().all(|program| find_on_path(&[program]).is_some())
        && cmd!(sh, "/usr/bin/python3 -c {loads}").quiet().ignore_stderr().run().is_ok()
}

/// One line about a browser that is not here, or an error where CI could have it.
fn missing(steps: &Steps, name: &str, remedy: &str) -> Result {
    let is_ci = env::var("CI").is_ok_and(|value| value == "true");
    if is_ci && find_on_path(&["apt-get"]).is_some() {
        return Err(format!("{name} is not here, and CI needs it: {remedy}").into());
    }
    steps.skip(&format!("tests in {name}: skipped, since it is not here ({remedy})"));
    Ok(())
}

/// The user's value of this environment variable.
fn given(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from)
}

fn find(names: &[&str], fixed: &[&str]) -> Option<PathBuf> {
    let fixed = fixed.iter().map(Path::new);
    find_on_path(names)
        .or_else(|| fixed.into_iter().find(|file| file.is_file()).map(Path::to_owned))
}
