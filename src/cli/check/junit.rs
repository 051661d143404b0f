//! JUnit XML of `check`, for the test reports of CI systems: a test suite a file, a test case an expectation.

use super::reporters::{explained, is_stopped, stopped};
use super::{CheckCount, CheckReporter, CheckedScenario};
use crate::cli::console::Console;
use crate::cli::diagnostics::RenderedDiagnostic;
use crate::cli::diagnostics::printable;
use crate::export;
use std::{fmt, io};

/// Keeps everything until the end, since a suite says first how many cases it has.
pub(crate) struct JunitReporter {
    strict: bool,
    /// By file, in the order in which they were found.
    suites: Vec<JunitSuite>,
}

struct JunitSuite {
    file: String,
    cases: Vec<JunitCase>,
    /// Warnings.
    notes: Vec<String>,
}

struct JunitCase {
    /// The file, or in a document the line where the figure opens too.
    class: String,
    name: String,
    line: Option<usize>,
    outcome: JunitOutcome,
}

enum JunitOutcome {
    Passed,
    /// Played, and not as expected.
    Failed(String),
    /// Not played.
    Unreadable(String),
}

impl JunitReporter {
    pub(crate) fn new(strict: bool) -> Self {
        Self { strict, suites: Vec::new() }
    }

    fn suite(&mut self, file: &str) -> &mut JunitSuite {
        let known = self.suites.iter().position(|suite| suite.file == file);
        let place = known.unwrap_or_else(|| {
            let (file, cases, notes) = (file.to_owned(), Vec::new(), Vec::new());
            self.suites.push(JunitSuite { file, cases, notes });
            self.suites.len() - 1
        });
        &mut self.suites[place]
    }
}

impl CheckReporter for JunitReporter {
    fn played(&mut self, played: &CheckedScenario, _: &mut Console) -> io::Result<()> {
        let (strict, class, report) = (self.strict, played.name(), &played.report);
        let suite = self.suite(&played.source.name);
        let located = |line: Option<usize>, text: &str| locate(&played.source.name, line, text);
        let verdicts = report.expectations.iter().map(|verdict| JunitCase {
            class: class.clone(),
            name: verdict.text.clone(),
            line: verdict.line,
            outcome: match verdict.holds && !(strict && is_stopped(verdict)) {
                true => JunitOutcome::Passed,
                false => JunitOutcome::Failed(located(verdict.line, &explained(verdict, " | "))),
            },
        });
        suite.cases.extend(verdicts);
        for unused in &report.unused_overrides {
            let text =
                located(unused.line, &format!("{} has no effect: {}", unused.text, unused.reason));
            match strict {
                true => suite.cases.push(JunitCase {
                    class: class.clone(),
                    name: unused.text.clone(),
                    line: unused.line,
                    outcome: JunitOutcome::Failed(text),
                }),
                false => suite.notes.push(text),
            }
        }
        if !strict {
            let notes = stopped(report).map(|it| located(it.line, &explained(it, " | ")));
            suite.notes.extend(notes);
        }
        suite.notes.extend(report.hints.iter().map(|hint| located(hint.line, &hint.text)));
        Ok(())
    }

    fn problem(&mut self, told: &RenderedDiagnostic, _: &mut Console) -> io::Result<()> {
        let file = told.file.as_deref().unwrap_or("hustings check");
        let line = told.place.as_ref().map(|place| place.line);
        let text = locate(file, line, &told.text);
        let suite = self.suite(file);
        match told.is_error {
            true => suite.cases.push(JunitCase {
                class: file.to_owned(),
                name: "it can be read".to_owned(),
                line,
                outcome: JunitOutcome::Unreadable(text),
            }),
            false => suite.notes.push(text),
        }
        Ok(())
    }

    fn end(&mut self, _: CheckCount, console: &mut Console) -> io::Result<()> {
        console.text(&self.to_string())
    }
}

impl fmt::Display for JunitReporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cases = || self.suites.iter().flat_map(|suite| &suite.cases);
        writeln!(f, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(f, "<testsuites name=\"hustings check\"{}>", Counts::of(cases()))?;
        for JunitSuite { file, cases, notes } in &self.suites {
            let counts = Counts::of(cases.iter());
            writeln!(f, "  <testsuite name=\"{}\"{counts}>", xml(file))?;
            for case in cases {
                case.write(f, file)?;
            }
            if !notes.is_empty() {
                let notes: Vec<String> = notes.iter().map(|note| xml(note)).collect();
                writeln!(f, "    <system-out>{}</system-out>", notes.join("\n"))?;
            }
            writeln!(f, "  </testsuite>")?;
        }
        writeln!(f, "</testsuites>")
    }
}

impl JunitCase {
    fn write(&self, f: &mut fmt::Formatter<'_>, file: &str) -> fmt::Result {
        let Self { class, name, line, outcome } = self;
        let [class, name, file] = [&**class, name, file].map(xml);
        write!(f, "    <testcase classname=\"{class}\" name=\"{name}\" file=\"{file}\"")?;
        if let Some(line) = line {
            write!(f, " line=\"{line}\"")?;
        }
        let (tag, text) = match outcome {
            JunitOutcome::Passed => return writeln!(f, "/>"),
            JunitOutcome::Failed(text) => ("failure", text),
            JunitOutcome::Unreadable(text) => ("error", text),
        };
        let text = xml(text);
        writeln!(f, ">\n      <{tag} message=\"{text}\">{text}</{tag}>\n    </testcase>")
    }
}

/// Text in an element or between double quotes; what would steer a terminal is written as an escape.
fn xml(text: &str) -> String {
    export::escaped(&printable(text)).to_string()
}

/// `docs/a.md:12: `, and what is wrong there
fn locate(file: &str, line: Option<usize>, text: &str) -> String {
    match line {
        Some(line) => format!("{file}:{line}: {text}"),
        None => format!("{file}: {text}"),
    }
}

struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Counts {
    fn of<'a>(cases: impl Iterator<Item = &'a JunitCase>) -> Self {
        let mut counts = Self { tests: 0, failures: 0, errors: 0 };
        for case in cases {
            counts.tests += 1;
            match case.outcome {
                JunitOutcome::Passed => {}
                JunitOutcome::Failed(_) => counts.failures += 1,
                JunitOutcome::Unreadable(_) => counts.errors += 1,
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tests, failures, errors } = self;
        write!(f, " tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
    }
}
