//! `cargo xtask COMMAND`: everything that is done with this repository. The two main commands are
//! `serve` and `test`; each installs what it misses.

mod bench;
mod book;
mod budgets;
mod finish;
mod fuzz;
mod npm;
mod steps;
mod tools;

use npm::NODE;
use std::env;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use steps::{Step, Steps};
use tools::{Engine, TARGET};
use xshell::{Shell, cmd};

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

const HELP: &str = "\
cargo xtask serve [--port N] [--address A]  build the release page and serve it
cargo xtask watch [trunk options]           serve a debug page that follows every edit
cargo xtask build [trunk options]           build the release page into dist/
cargo xtask test  [kind]                    run all tests, or one kind in full: native, wasm, e2e, engines, npm
cargo xtask test e2e --browser firefox      run the end-to-end tests in Firefox, or what WebKit has to do
cargo xtask book  [mdBook options]          build the book into dist/book/, beside the page
cargo xtask book serve [--port N]           serve it together with the page
cargo xtask npm                             build and pack the npm package in target/npm/
cargo xtask bench [filter]                  run the benchmarks: the core, native and wasm, and the page
cargo xtask bench page [part…]              run those of the built page alone, or some of them
cargo xtask budgets                         run every command on the scenarios at their limits (Unix)
cargo xtask fuzz  [--minutes N] [target…]   give random inputs to all targets or some, for N minutes each
cargo xtask fuzz  target FILE…              give it these inputs, such as a find
cargo xtask fuzz  --keep [target…]          replace what was found in fuzz/corpus by short inputs
cargo xtask monkey [--seed S] [--steps N]   random gestures on the built page, until a fault is found
cargo xtask monkey [--browser firefox] [--size wide|middle|phone|figure] [--replay SEQUENCE]
cargo xtask sizes                           build the release page and weigh its files and its functions
cargo xtask shots                           take the mock-ups' situations from the page into target/shots/
cargo xtask lint  [fmt|native|wasm|doc]     rustfmt, clippy for both targets, rustdoc
cargo xtask deny                            check licences, sources and bans of dependencies
cargo xtask ci                              lint, deny, and all tests
cargo xtask tools                           only install what is missing";

/// The flags that select the browser's part of the crate; index.html has the same ones for trunk.
const WEB: [&str; 3] = ["--no-default-features", "--features", "web"];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result {
    let args: Vec<String> = env::args().skip(1).collect();
    let (command, rest) = args.split_first().map_or(("help", &[][..]), |(c, r)| (c.as_str(), r));
    let sh = Shell::new()?;
    sh.change_dir(root());
    let steps = &mut Steps::new();
    match (command, rest.first().map(String::as_str)) {
        ("serve", _) => serve(&sh, steps, rest)?,
        ("watch", _) => watch(&sh, steps, rest)?,
        ("build", _) => build(&sh, steps, rest)?,
        ("test", None) => test(&sh, steps)?,
        ("test", Some("native")) => test_native(&sh, steps)?,
        ("test", Some("wasm")) => test_wasm(&sh, steps)?,
        ("test", Some("e2e")) => test_e2e(&sh, steps, engine(&rest[1..])?)?,
        ("test", Some("engines")) => test_engines(&sh, steps)?,
        ("test", Some("npm")) => {
            build(&sh, steps, &[])?;
            npm::test(&sh, steps, false)?;
        }
        ("npm", _) => npm::npm(&sh, steps)?,
        ("book", _) => book::book(&sh, steps, rest)?,
        ("bench", _) => bench::bench(&sh, steps, rest)?,
        ("budgets", _) => budgets::budgets(&sh, steps)?,
        ("fuzz", _) => fuzz::fuzz(&sh, steps, rest)?,
        ("sizes", _) => bench::sizes(&sh, steps)?,
        ("monkey", _) => monkey(&sh, steps, rest)?,
        ("shots", _) => shots(&sh, steps)?,
        ("finish", _) => return finish::finish(),
        ("lint", None) => lint(&sh, steps)?,
        ("lint", Some("fmt")) => lint_fmt(&sh, steps)?,
        ("lint", Some("native")) => lint_native(&sh, steps)?,
        ("lint", Some("wasm")) => lint_wasm(&sh, steps)?,
        ("lint", Some("doc")) => lint_doc(&sh, steps)?,
        ("deny", _) => deny(&sh, steps)?,
        ("ci", _) => {
            lint(&sh, steps)?;
            deny(&sh, steps)?;
            test(&sh, steps)?;
        }
        ("tools", _) => {
            let _env = ready(&sh, steps)?;
            tools::mdbook(&sh, steps)?;
            tools::generators(&sh, steps)?;
            for engine in Engine::ALL {
                let _env = engine.enter(&sh, steps)?;
            }
        }
        ("help" | "--help" | "-h", _) => println!("{HELP}"),
        _ => return Err(format!("no such command: {}\n\n{HELP}", args.join(" ")).into()),
    }
    steps.finish();
    Ok(())
}

/// Trunk's path, with the tools that trunk calls on PATH.
fn ready<'a>(sh: &'a Shell, steps: &mut Steps) -> Result<(PathBuf, [xshell::PushEnv<'a>; 2])> {
    Ok((tools::trunk(sh, steps)?, tools::wasm(sh, steps)?))
}

/// A built page needs no trunk to be served, and a server of our own says its address last.
fn serve(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    build(sh, steps, &[])?;
    serve_dist(sh, steps, "", rest)
}

/// What lies at this path in it is shown behind the address.
fn serve_dist(sh: &Shell, steps: &mut Steps, path: &str, rest: &[String]) -> Result {
    steps.finish();
    eprintln!();
    match path {
        "" => eprintln!("The page is served until Ctrl-C is pressed. Its address:"),
        _ => eprintln!("It is served until Ctrl-C is pressed, at {path} behind this address:"),
    }
    become_process(cmd!(sh, "node e2e/serve.mjs dist {rest...}").into())
}

fn watch(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    let (trunk, _env) = ready(sh, steps)?;
    steps.finish();
    become_process(cmd!(sh, "{trunk} serve {rest...}").into())
}

/// Replaces this process where that can be done, so that a signal to it reaches the other.
fn become_process(mut command: Command) -> Result {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(command.exec().into())
    }
    #[cfg(not(unix))]
    {
        let status = command.status()?;
        if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
    }
}

fn build(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    let (trunk, _env) = ready(sh, steps)?;
    let step = Step {
        name: "build the release page into dist/",
        again: "cargo xtask build",
        remedy: "fix what the compiler says above; `cargo clean --profile web` if it says nothing",
    };
    steps.run(&step, || Ok(cmd!(sh, "{trunk} build --release {rest...}").quiet().run()?))
}

fn test(sh: &Shell, steps: &mut Steps) -> Result {
    test_native(sh, steps)?;
    test_wasm(sh, steps)?;
    test_e2e(sh, steps, None)?;
    npm::test(sh, steps, true)
}

fn test_native(sh: &Shell, steps: &mut Steps) -> Result {
    let step = Step {
        name: "native tests",
        again: "cargo xtask test native",
        remedy: "read the first failure above; after a change on purpose, UPDATE=1 rewrites the golden files",
    };
    steps.run(&step, || Ok(cmd!(sh, "cargo test --locked").quiet().run()?))
}

fn test_wasm(sh: &Shell, steps: &mut Steps) -> Result {
    tools::wasm_target(sh, steps)?;
    let bindgen = tools::bindgen(sh, steps)?;
    let _browser = tools::browser(sh, steps)?;
    let _runner =
        sh.push_env("HUSTINGS_TEST_RUNNER", bindgen.join(tools::exe("wasm-bindgen-test-runner")));
    let step = Step {
        name: "wasm tests in a headless browser",
        again: "cargo xtask test wasm",
        remedy: "read the first failure above; HUSTINGS_BROWSER=/path/to/chromium picks another browser",
    };
    steps.run(&step, || {
        Ok(cmd!(sh, "cargo test --locked --target={TARGET} {WEB...} --lib --test *")
            .quiet()
            .run()?)
    })
}

/// All tests in Chromium and those of every engine in the others; or, in one engine, all that its driver supports.
fn test_e2e(sh: &Shell, steps: &mut Steps, engine: Option<Engine>) -> Result {
    bench::sizes(sh, steps)?;
    let engines = engine.map_or(Engine::ALL.to_vec(), |engine| vec![engine]);
    if engines == [Engine::Webkit] {
        return run_engines(sh, steps, &engines);
    }
    book::make(sh, steps, &[])?;
    tools::generators(sh, steps)?;
    run_tests(sh, steps, engines[0], "end-to-end tests", &[])?;
    run_engines(sh, steps, &engines[1..])
}

fn test_engines(sh: &Shell, steps: &mut Steps) -> Result {
    build(sh, steps, &[])?;
    run_engines(sh, steps, &Engine::ALL)
}

fn run_engines(sh: &Shell, steps: &mut Steps, engines: &[Engine]) -> Result {
    for &engine in engines {
        run_tests(sh, steps, engine, "what every engine has to do", &["engines.test.mjs"])?;
    }
    Ok(())
}

/// The page is built. No files are all files.
fn run_tests(sh: &Shell, steps: &mut Steps, engine: Engine, what: &str, files: &[&str]) -> Result {
    let Some(_env) = engine.enter(sh, steps)? else { return Ok(()) };
    let step = Step {
        name: &format!("{what}, with the release page in {}", engine.name()),
        again: &format!("cargo xtask test e2e --browser {}", engine.name()),
        remedy: "read the first failure above; `cargo xtask serve` shows the same page",
    };
    steps.run(&step, || {
        let _dir = sh.push_dir("e2e");
        Ok(cmd!(sh, "node --test --test-reporter=spec {files...}").quiet().run()?)
    })
}

/// The engine of `--browser NAME`.
fn engine(options: &[String]) -> Result<Option<Engine>> {
    let known = || Engine::ALL.map(Engine::name).join(", ");
    match options {
        [] => Ok(None),
        [option, name] if option == "--browser" => Engine::ALL
            .into_iter()
            .find(|engine| engine.name() == name)
            .map(Some)
            .ok_or_else(|| format!("no such browser: {name}; it is one of {}", known()).into()),
        _ => Err(format!("`test e2e` takes --browser and one of {}", known()).into()),
    }
}

fn shots(sh: &Shell, steps: &mut Steps) -> Result {
    build(sh, steps, &[])?;
    let _browser = tools::browser(sh, steps)?;
    let step = Step {
        name: "pictures of the page, to be put beside the mock-ups",
        again: "cargo xtask shots",
        remedy: "`cargo xtask serve` shows the same page",
    };
    steps.run(&step, || Ok(cmd!(sh, "node e2e/shots.mjs").quiet().run()?))
}

/// The options but `--browser` are those of e2e/monkey.mjs.
fn monkey(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    let (named, rest) = match rest {
        [option, _, others @ ..] if option == "--browser" => (engine(&rest[..2])?, others),
        rest => (None, rest),
    };
    build(sh, steps, &[])?;
    let Some(_env) = named.unwrap_or(Engine::ALL[0]).enter(sh, steps)? else { return Ok(()) };
    let step = Step {
        name: "random gestures on the page",
        again: "cargo xtask monkey",
        remedy: "the sequence above shows the fault again: mend it, with a test of its own",
    };
    steps.run(&step, || Ok(cmd!(sh, "node e2e/monkey.mjs {rest...}").quiet().run()?))
}

fn lint(sh: &Shell, steps: &mut Steps) -> Result {
    lint_fmt(sh, steps)?;
    lint_native(sh, steps)?;
    lint_wasm(sh, steps)?;
    lint_doc(sh, steps)
}

fn lint_doc(sh: &Shell, steps: &mut Steps) -> Result {
    let step = Step {
        name: "rustdoc, all features",
        again: "cargo xtask lint doc",
        remedy: "fix the links and markup of the doc comments above",
    };
    let _warnings = sh.push_env("RUSTDOCFLAGS", "-D warnings");
    let args = ["--no-deps", "--all-features", "--document-private-items"];
    steps.run(&step, || {
        Ok(cmd!(sh, "cargo doc --locked -p hustings -p xtask {args...}").quiet().run()?)
    })
}

fn lint_fmt(sh: &Shell, steps: &mut Steps) -> Result {
    let step = Step {
        name: "rustfmt",
        again: "cargo xtask lint fmt",
        remedy: "cargo fmt -p hustings -p fuzz -p xtask -p bindgen",
    };
    steps.run(&step, || {
        Ok(cmd!(sh, "cargo fmt --check -p hustings -p fuzz -p xtask -p bindgen").quiet().run()?)
    })
}

fn lint_native(sh: &Shell, steps: &mut Steps) -> Result {
    let step = Step {
        name: "clippy, native, all features",
        again: "cargo xtask lint native",
        remedy: "fix the warnings above; most say how",
    };
    let args = ["--all-targets", "--all-features", "--", "-D", "warnings"];
    let targets = ["--lib", "--bins", "--", "-D", "warnings"];
    steps.run(&step, || {
        cmd!(sh, "cargo clippy --locked -p hustings -p xtask {args...}").quiet().run()?;
        Ok(cmd!(sh, "cargo clippy --locked -p fuzz {targets...}").quiet().run()?)
    })
}

fn lint_wasm(sh: &Shell, steps: &mut Steps) -> Result {
    tools::wasm_target(sh, steps)?;
    let step = Step {
        name: "clippy, wasm: the browser and the npm package",
        again: "cargo xtask lint wasm",
        remedy: "fix the warnings above; what only the command line needs belongs behind feature `cli`",
    };
    let args = ["--lib", "--bins", "--tests", "--benches", "--", "-D", "warnings"];
    steps.run(&step, || {
        cmd!(sh, "cargo clippy --locked --target={TARGET} {WEB...} {args...}").quiet().run()?;
        let args = ["--lib", "--bins", "--", "-D", "warnings"];
        Ok(cmd!(sh, "cargo clippy --locked --target={TARGET} {NODE...} {args...}").quiet().run()?)
    })
}

/// Advisories are left out: their database cannot be had without the network.
fn deny(sh: &Shell, steps: &mut Steps) -> Result {
    if cmd!(sh, "cargo deny --version").quiet().ignore_stderr().read().is_err() {
        steps.skip(
            "licences, sources and bans: skipped, since cargo-deny is not here (cargo install cargo-deny --locked)",
        );
        return Ok(());
    }
    let step = Step {
        name: "licences, sources and bans of the dependencies",
        again: "cargo xtask deny",
        remedy: "choose another crate, or add to deny.toml with the reason",
    };
    let checks = ["bans", "licenses", "sources"];
    steps.run(&step, || {
        // It reads the crates of every platform; a build fetches only this one's.
        cmd!(sh, "cargo fetch --quiet --locked").quiet().run()?;
        Ok(cmd!(sh, "cargo deny --offline --locked --workspace check {checks...}").quiet().run()?)
    })
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the root").to_owned()
}
