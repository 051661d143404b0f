//! Text of a scenario or of a page around stays text: no script of the site makes markup or code from it.

use super::Broken;
use super::source::Source;

/// What makes markup or code from text in JavaScript.
const UNSAFE_SCRIPT: [&str; 10] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "HTMLUnsafe(",
    "srcdoc",
    "document.write",
    "eval(",
    "new Function",
    "document.cookie",
];

pub(super) fn unsafe_script(file: &Source) -> Vec<Broken> {
    let lines = file.text.lines().enumerate();
    let broken = lines.filter_map(|(place, line)| {
        let found = UNSAFE_SCRIPT.iter().find(|banned| line.contains(**banned))?;
        Some(Broken { line: place + 1, rule: format!("`{found}`: text of others stays text") })
    });
    broken.collect()
}
