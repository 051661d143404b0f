//! The project's own book: built from docs/ into dist/book, beside the page whose player its figures use.

use crate::steps::{Step, Steps};
use crate::{Result, build, root, serve_dist, tools};
use std::env;
use xshell::{Shell, cmd};

/// `book serve` serves it with its page, which is built where it is missing; whatever else is asked for
/// goes to mdBook.
pub fn book(sh: &Shell, steps: &mut Steps, rest: &[String]) -> Result {
    match rest.split_first() {
        Some((first, rest)) if first == "serve" => {
            if !root().join("dist/index.html").is_file() {
                build(sh, steps, &[])?;
            }
            make(sh, steps, &[])?;
            serve_dist(sh, steps, "book/", rest)
        }
        _ => make(sh, steps, rest),
    }
}

/// mdBook has the figures played by `hustings mdbook`, and one that fails its expectations fails the
/// build. A new build of the page removes the book, so the book is built after it.
pub fn make(sh: &Shell, steps: &mut Steps, options: &[String]) -> Result {
    let mdbook = tools::mdbook(sh, steps)?;
    // The command line lies beside this program, wherever Cargo puts what it builds.
    let own = env::current_exe()?;
    let programs = own.parent().ok_or("this program is in no folder")?.to_owned();
    let _path = tools::enter(sh, vec![programs]);
    let step = Step {
        name: "play the figures of the book and build it into dist/book/",
        again: "cargo xtask book",
        remedy: "fix the chapter at the line above; what is made from lessons, words and --help is written anew by `UPDATE=1 cargo test book`",
    };
    steps.run(&step, || {
        cmd!(sh, "cargo build --quiet --locked --bin hustings").quiet().run()?;
        Ok(cmd!(sh, "{mdbook} build docs {options...}").quiet().run()?)
    })
}
