//! Workflow commands, which GitHub shows beside the lines of a change:
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use super::human::summary;
use super::{CheckCount, CheckReporter, CheckedScenario};
use crate::cli::console::{Console, printable};
use crate::cli::diagnostics::{self, RenderedDiagnostic};
use std::fmt::Write;
use std::io;

pub struct GithubReporter {
    pub strict: bool,
}

impl CheckReporter for GithubReporter {
    fn played(&mut self, played: &CheckedScenario, console: &mut Console) -> io::Result<()> {
        let CheckedScenario { source, report, .. } = played;
        for verdict in report.expectations.iter().filter(|verdict| !verdict.holds) {
            let text = format!("{}: {}", verdict.text, verdict.reason);
            let told = diagnostics::warning(source, verdict.line, &text);
            console.text(&command(&RenderedDiagnostic { is_error: true, ..told }))?;
        }
        for edit in &report.unused_edits {
            let text = format!("{} fixes nothing: {}", edit.text, edit.reason);
            let told = diagnostics::warning(source, edit.line, &text);
            console.text(&command(&RenderedDiagnostic { is_error: self.strict, ..told }))?;
        }
        for hint in &report.hints {
            console.text(&command(&diagnostics::warning(source, hint.line, &hint.text)))?;
        }
        Ok(())
    }

    fn problem(&mut self, told: &RenderedDiagnostic, console: &mut Console) -> io::Result<()> {
        console.text(&command(told))
    }

    fn end(&mut self, count: CheckCount, console: &mut Console) -> io::Result<()> {
        console.line(summary(count))
    }
}

/// `::error file=docs/a.md,line=12,col=4::what is wrong`, in a line of its own
fn command(told: &RenderedDiagnostic) -> String {
    let mut places = Vec::new();
    if let Some(file) = &told.file {
        // It knows files by their path from the root of the repository.
        places.push(format!("file={}", property(file.strip_prefix("./").unwrap_or(file))));
    }
    if let Some(place) = &told.place {
        places.push(format!("line={}", place.line));
        places.extend(place.column.map(|column| format!("col={column}")));
    }
    let level = if told.is_error { "error" } else { "warning" };
    let places = places.join(",");
    let blank = if places.is_empty() { "" } else { " " };
    format!("::{level}{blank}{places}::{}\n", escaped(&told.text, &['%', '\r', '\n']))
}

/// A value before the second `::` ends at a comma or a colon.
fn property(text: &str) -> String {
    escaped(text, &['%', '\r', '\n', ':', ','])
}

fn escaped(text: &str, signs: &[char]) -> String {
    let mut all = String::new();
    for sign in text.chars() {
        match signs.contains(&sign) {
            // Writing to a string cannot fail.
            true => drop(write!(all, "%{:02X}", u32::from(sign))),
            false => all.push(sign),
        }
    }
    // What has no escape there is written as it is for people.
    printable(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let told = diagnostics::about("a,b:100%.md", "50% are\r\nlost: really, ::error::");
        let expected = "::error file=a%2Cb%3A100%25.md::50%25 are%0D%0Alost: really, ::error::\n";
        assert_eq!(command(&told), expected);
        assert_eq!(command(&diagnostics::plain("no file")), "::error::no file\n");
        assert_eq!(
            command(&diagnostics::about("./docs/a.md", "b")),
            "::error file=docs/a.md::b\n",
            "a path from the root of the repository"
        );
    }
}
