//! Instants and durations among the arguments, as the script writes them: `250us`, `268ms`, `1.5s`.

use crate::scenario::{FigureOptions, script};
use crate::time::{Duration, Time};

/// Since the start of the run.
pub fn instant(text: &str) -> Result<Time, String> {
    let at = figure("start", text)?.start;
    at.ok_or_else(|| wrong(text))
}

/// Virtual time a second.
pub fn speed(text: &str) -> Result<Duration, String> {
    let speed = figure("speed", text)?.speed;
    speed.ok_or_else(|| wrong(text))
}

/// Read by the one parser of instants there is.
fn figure(word: &str, text: &str) -> Result<FigureOptions, String> {
    if text.contains(char::is_whitespace) || text.contains('#') {
        return Err(wrong(text));
    }
    match script::parse(&format!("figure {word} {text}")) {
        Ok(scenario) => Ok(scenario.figure.clone()),
        Err(problems) => {
            Err(problems.first().map_or_else(|| wrong(text), |problem| problem.trouble.to_string()))
        }
    }
}

fn wrong(text: &str) -> String {
    format!("`{text}` is no duration such as `250us`, `268ms` or `1.5s`")
}
