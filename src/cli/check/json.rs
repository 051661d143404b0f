//! For programs: one object with every scenario, every problem and a count.

use super::{CheckCount, CheckReporter, CheckedScenario};
use crate::cli::console::Console;
use crate::cli::diagnostics::RenderedDiagnostic;
use crate::report::Report;
use serde::Serialize;
use std::io;

/// The form of the object; a field that changes its meaning raises it.
const FORMAT_VERSION: u32 = 1;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JsonReporter {
    format_version: u32,
    fine: usize,
    failed: usize,
    unreadable: usize,
    ignored: usize,
    scenarios: Vec<JsonScenario>,
    problems: Vec<JsonFinding>,
}

/// One that was played. The lines in its report are those of the file, in Markdown too.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonScenario {
    file: String,
    /// Where its block opens; null for a file that is a scenario as a whole.
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
    /// From 1, in characters; null where the whole line is meant.
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

    fn problem(&mut self, told: &RenderedDiagnostic, _: &mut Console) -> io::Result<()> {
        self.problems.push(JsonFinding {
            level: if told.is_error { "error" } else { "warning" },
            file: told.file.clone(),
            line: told.place.as_ref().map(|place| place.line),
            column: told.place.as_ref().and_then(|place| place.column),
            text: told.text.clone(),
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
