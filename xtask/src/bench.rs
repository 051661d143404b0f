//! `bench` and `sizes`: how fast the core is on both sides, how quick the built page is, and how much
//! it weighs.

use crate::steps::{Step, Steps};
use crate::tools::{self, TARGET};
use crate::{Result, WEB, build};
use xshell::{Shell, cmd};

/// Where the wasm build of the benchmarks is served from.
const PAGE: &str = "target/bench-page";

/// The core, then the page; a filter is of the core alone, and `page` chooses the other.
pub fn bench(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    match rest.split_first() {
        Some((first, parts)) if first == "page" => page(sh, steps, parts),
        Some(_) => core(sh, steps, rest),
        None => {
            core(sh, steps, rest)?;
            page(sh, steps, &[])
        }
    }
}

/// The release page in a headless browser, beside its aims.
fn page(sh: &Shell, steps: &mut Steps, parts: &[String]) -> Result {
    build(sh, steps, &[])?;
    let _browser = tools::browser(sh, steps)?;
    let step = Step {
        name: "benchmarks of the built page in a headless browser",
        again: "cargo xtask bench page",
        remedy: "`cargo xtask bench page frame` measures one part alone; e2e/bench/parts has them all",
    };
    steps.run(&step, || Ok(cmd!(sh, "node e2e/bench/page.mjs dist {parts...}").quiet().run()?))
}

/// Native and wasm one after the other, so that both meet the same machine, and then one table.
fn core(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    native(sh, steps, rest)?;
    wasm(sh, steps)?;
    let _browser = tools::browser(sh, steps)?;
    let step = Step {
        name: "benchmarks, wasm in a headless browser, and the table of both",
        again: "cargo xtask bench",
        remedy: "HUSTINGS_BROWSER=/path/to/chromium picks another browser",
    };
    steps.run(&step, || {
        let memory =
            cmd!(sh, "cargo bench --locked --quiet --bench speed -- memory").quiet().read()?;
        Ok(cmd!(sh, "node e2e/bench.mjs {PAGE} {memory}").quiet().run()?)
    })
}

fn native(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    let step = Step {
        name: "benchmarks, native",
        again: "cargo bench --locked --bench speed",
        remedy: "fix what the compiler says above; the argument is a part of a benchmark's name",
    };
    steps.run(&step, || {
        // What an earlier run with another filter has left would be shown as if it were of today.
        sh.remove_path("target/criterion/speed")?;
        Ok(cmd!(sh, "cargo bench --locked --bench speed -- {rest...}").quiet().run()?)
    })
}

/// Built as the page is: the same profile, and wasm-opt as index.html asks for it.
fn wasm(sh: &Shell, steps: &mut Steps) -> Result {
    let _env = tools::wasm(sh, steps)?;
    let step = Step {
        name: "build the benchmarks for wasm",
        again: "cargo xtask bench",
        remedy: "fix what the compiler says above",
    };
    steps.run(&step, || {
        let format = "--message-format=json-render-diagnostics";
        let text = cmd!(
            sh,
            "cargo build --locked --profile web --target {TARGET} {WEB...} --bench speed {format}"
        )
        .quiet()
        .read()?;
        let program = executable(&text).ok_or("cargo names no program that it built")?;
        cmd!(
            sh,
            "wasm-bindgen --target web --no-typescript --out-dir {PAGE} --out-name speed {program}"
        )
        .quiet()
        .run()?;
        let wasm = format!("{PAGE}/speed_bg.wasm");
        Ok(cmd!(sh, "wasm-opt -Oz {wasm} -o {wasm}").quiet().run()?)
    })
}

/// The path of the benchmarks among the programs that cargo says it has built: the page is one too.
fn executable(text: &str) -> Option<&str> {
    let line = text.lines().rfind(|line| line.contains(r#""name":"speed""#))?;
    line.rsplit_once(r#""executable":""#)?.1.split('"').next()
}

/// The page's files, raw and as a server sends them, and the largest parts of its programs.
pub fn sizes(sh: &Shell, steps: &mut Steps) -> Result {
    build(sh, steps, &[])?;
    weigh(sh, steps)
}

/// Weighs the page that is built; fails if a program has become too large.
pub fn weigh(sh: &Shell, steps: &mut Steps) -> Result {
    let step = Step {
        name: "the size of the page, of a figure and of the tools",
        again: "cargo xtask sizes",
        remedy: "see above which group of functions has grown; the limits are in e2e/sizes.mjs",
    };
    steps.run(&step, || Ok(cmd!(sh, "node e2e/sizes.mjs dist").quiet().run()?))
}
