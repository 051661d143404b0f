//! The reporters of `check`: for people, as JSON, or as GitHub annotations.

use super::{CheckCount, CheckReporter, CheckedScenario};
use crate::cli::console::{Console, Line, Mark};
use crate::cli::diagnostics::printable;
use crate::cli::diagnostics::{self, RenderedDiagnostic};
use crate::report::{ExpectationVerdict, Report};
use serde::Serialize;
use std::fmt::Write;
use std::io;

pub(crate) struct HumanReporter;

impl CheckReporter for HumanReporter {
    fn played(&mut self, played: &CheckedScenario, console: &mut Console) -> io::Result<()> {
        let CheckedScenario { source, report, .. } = played;
        console.line(headline(played))?;
        for verdict in report.expectations.iter().filter(|verdict| !verdict.holds) {
            console.line(failure(&source.name, verdict))?;
            for line in &verdict.counterexample {
                console.line(format!("        {line}"))?;
            }
        }
        for verdict in stopped(report) {
            let text = format!("{}: {}", verdict.text, verdict.reason);
            console.problem(&diagnostics::warning(source, verdict.line, &text));
        }
        for unused in &report.unused_overrides {
            let text = format!("`{}` has no effect: {}", unused.text, unused.reason);
            console.problem(&diagnostics::warning(source, unused.line, &text));
        }
        for hint in &report.hints {
            console.problem(&diagnostics::warning(source, hint.line, &hint.text));
        }
        Ok(())
    }

    fn problem(
        &mut self,
        diagnostic: &RenderedDiagnostic,
        console: &mut Console,
    ) -> io::Result<()> {
        console.problem(diagnostic);
        Ok(())
    }

    fn end(&mut self, count: CheckCount, console: &mut Console) -> io::Result<()> {
        if count.found() > 1 { console.line(summary(count)) } else { Ok(()) }
    }
}

fn headline(played: &CheckedScenario) -> Line {
    let expectations = &played.report.expectations;
    let all = expectations.len();
    let held = expectations.iter().filter(|verdict| verdict.holds).count();
    let result = match (all, held) {
        (0, _) => "expects nothing".to_owned(),
        (1, 1) => "what it expects holds".to_owned(),
        (all, held) if all == held => format!("all {all} expectations hold"),
        (all, held) => format!("{} of {all} expectations failed", all - held),
    };
    let unused = if played.is_fine || all != held {
        ""
    } else if played.report.unused_overrides.is_empty() {
        ", but a search stopped before it was done"
    } else {
        ", but an override has no effect"
    };
    let sign = match played.is_fine {
        true => Line::marked(Mark::Good, "✓"),
        false => Line::marked(Mark::Bad, "✗"),
    };
    sign.and(format!(" {}: {result}{unused}", played.name()))
}

/// Expectations with `always` whose search stopped before it was done.
pub(super) fn stopped(report: &Report) -> impl Iterator<Item = &ExpectationVerdict> {
    report.expectations.iter().filter(|verdict| is_stopped(verdict))
}

pub(super) fn is_stopped(verdict: &ExpectationVerdict) -> bool {
    verdict.holds && verdict.searched == Some(false)
}

/// An expectation, the reason, and the lines that add the faults which violate it, each behind `before`.
pub(super) fn explained(verdict: &ExpectationVerdict, before: &str) -> String {
    let lines = verdict.counterexample.iter().map(|line| format!("{before}{line}"));
    format!("{}: {}{}", verdict.text, verdict.reason, lines.collect::<String>())
}

fn failure(file: &str, verdict: &ExpectationVerdict) -> String {
    let place = verdict.line.map_or(String::new(), |line| format!("{file}:{line}: "));
    format!("    {place}{}: {}", verdict.text, verdict.reason)
}

/// The last line: `in all 3 fine, 1 failed, 0 unreadable`.
pub(crate) fn summary(CheckCount { fine, failed, unreadable, ignored }: CheckCount) -> String {
    let ignored = if ignored > 0 { format!(", {ignored} ignored") } else { String::new() };
    format!("in all {fine} fine, {failed} failed, {unreadable} unreadable{ignored}")
}

pub(crate) struct GithubReporter {
    pub strict: bool,
}

impl CheckReporter for GithubReporter {
    fn played(&mut self, played: &CheckedScenario, console: &mut Console) -> io::Result<()> {
        let CheckedScenario { source, report, .. } = played;
        for verdict in report.expectations.iter().filter(|verdict| !verdict.holds) {
            let text = explained(verdict, "\n");
            let diagnostic = diagnostics::warning(source, verdict.line, &text);
            console.text(&command(&RenderedDiagnostic { is_error: true, ..diagnostic }))?;
        }
        for verdict in stopped(report) {
            let diagnostic = diagnostics::warning(source, verdict.line, &explained(verdict, "\n"));
            console.text(&command(&RenderedDiagnostic { is_error: self.strict, ..diagnostic }))?;
        }
        for unused in &report.unused_overrides {
            let text = format!("{} has no effect: {}", unused.text, unused.reason);
            let diagnostic = diagnostics::warning(source, unused.line, &text);
            console.text(&command(&RenderedDiagnostic { is_error: self.strict, ..diagnostic }))?;
        }
        for hint in &report.hints {
            console.text(&command(&diagnostics::warning(source, hint.line, &hint.text)))?;
        }
        Ok(())
    }

    fn problem(
        &mut self,
        diagnostic: &RenderedDiagnostic,
        console: &mut Console,
    ) -> io::Result<()> {
        console.text(&command(diagnostic))
    }

    fn end(&mut self, count: CheckCount, console: &mut Console) -> io::Result<()> {
        console.line(summary(count))
    }
}

/// `::error file=docs/a.md,line=12,col=4::what is wrong`, in a line of its own
fn command(diagnostic: &RenderedDiagnostic) -> String {
    let mut places = Vec::new();
    if let Some(file) = &diagnostic.file {
        // It knows files by their path from the root of the repository.
        places.push(format!("file={}", property(file.strip_prefix("./").unwrap_or(file))));
    }
    if let Some(place) = &diagnostic.place {
        places.push(format!("line={}", place.line));
        places.extend(place.column.map(|column| format!("col={column}")));
    }
    let level = if diagnostic.is_error { "error" } else { "warning" };
    let places = places.join(",");
    let blank = if places.is_empty() { "" } else { " " };
    format!("::{level}{blank}{places}::{}\n", escaped(&diagnostic.text, &['%', '\r', '\n']))
}

/// Escapes a property of a workflow command, which ends at a comma or a colon.
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
    // Other control characters have no escape in workflow commands.
    printable(&all)
}

/// The version of the JSON format; it increases when a field changes its meaning.
const FORMAT_VERSION: u32 = 1;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JsonReporter {
    format_version: u32,
    fine: usize,
    failed: usize,
    unreadable: usize,
    ignored: usize,
    scenarios: Vec<JsonScenario>,
    problems: Vec<JsonFinding>,
}

/// A simulated scenario. The lines in its report are those of the file, even in a document.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonScenario {
    file: String,
    /// The line where the block begins, from 1; null if the whole file is the scenario.
    line: Option<usize>,
    fine: bool,
    report: Report,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonFinding {
    /// `error` or `warning`.
    level: &'static str,
    file: Option<String>,
    line: Option<usize>,
    /// From 1, in characters; null if the problem concerns the whole line.
    column: Option<usize>,
    text: String,
}

impl Default for JsonReporter {
    fn default() -> Self {
        Self {
            format_version: FORMAT_VERSION,
            fine: 0,
            failed: 0,
            unreadable: 0,
            ignored: 0,
            scenarios: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl CheckReporter for JsonReporter {
    fn played(&mut self, played: &CheckedScenario, _: &mut Console) -> io::Result<()> {
        let CheckedScenario { source, report, is_fine } = played;
        self.scenarios.push(JsonScenario {
            file: source.name.clone(),
            line: source.within.as_ref().map(|within| within.first),
            fine: *is_fine,
            report: report.clone(),
        });
        Ok(())
    }

    fn problem(&mut self, diagnostic: &RenderedDiagnostic, _: &mut Console) -> io::Result<()> {
        self.problems.push(JsonFinding {
            level: if diagnostic.is_error { "error" } else { "warning" },
            file: diagnostic.file.clone(),
            line: diagnostic.place.as_ref().map(|place| place.line),
            column: diagnostic.place.as_ref().and_then(|place| place.column),
            text: diagnostic.text.clone(),
        });
        Ok(())
    }

    fn end(&mut self, count: CheckCount, console: &mut Console) -> io::Result<()> {
        let CheckCount { fine, failed, unreadable, ignored } = count;
        (self.fine, self.failed, self.unreadable, self.ignored) =
            (fine, failed, unreadable, ignored);
        console.json(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let diagnostic = diagnostics::about("a,b:100%.md", "50% are\r\nlost: really, ::error::");
        let expected = "::error file=a%2Cb%3A100%25.md::50%25 are%0D%0Alost: really, ::error::\n";
        assert_eq!(command(&diagnostic), expected);
        assert_eq!(command(&diagnostics::plain("no file")), "::error::no file\n");
        assert_eq!(
            command(&diagnostics::about("./docs/a.md", "b")),
            "::error file=docs/a.md::b\n",
            "a path from the root of the repository"
        );
    }
}
