//! For people: a line for each scenario and what failed in it; problems in their place.

use super::{CheckCount, CheckReporter, CheckedScenario};
use crate::cli::console::{Console, Line, Mark};
use crate::cli::diagnostics::{self, RenderedDiagnostic};
use crate::report::ExpectationVerdict;
use std::io;

pub struct HumanReporter;

impl CheckReporter for HumanReporter {
    fn played(&mut self, played: &CheckedScenario, console: &mut Console) -> io::Result<()> {
        let CheckedScenario { source, report, .. } = played;
        console.line(headline(played))?;
        for verdict in report.expectations.iter().filter(|verdict| !verdict.holds) {
            console.line(failure(&source.name, verdict))?;
        }
        for edit in &report.unused_edits {
            let text = format!("`{}` fixes nothing: {}", edit.text, edit.reason);
            console.problem(&diagnostics::warning(source, edit.line, &text));
        }
        for hint in &report.hints {
            console.problem(&diagnostics::warning(source, hint.line, &hint.text));
        }
        Ok(())
    }

    fn problem(&mut self, told: &RenderedDiagnostic, console: &mut Console) -> io::Result<()> {
        console.problem(told);
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
    let unused = if played.is_fine || all != held { "" } else { ", but an edit fixes nothing" };
    let sign = match played.is_fine {
        true => Line::marked(Mark::Good, "✓"),
        false => Line::marked(Mark::Bad, "✗"),
    };
    sign.and(format!(" {}: {result}{unused}", played.name()))
}

fn failure(file: &str, verdict: &ExpectationVerdict) -> String {
    let place = verdict.line.map_or(String::new(), |line| format!("{file}:{line}: "));
    format!("    {place}{}: {}", verdict.text, verdict.reason)
}

/// `in all 3 fine, 1 failed, 0 unreadable`
pub fn summary(CheckCount { fine, failed, unreadable, ignored }: CheckCount) -> String {
    let ignored = if ignored > 0 { format!(", {ignored} ignored") } else { String::new() };
    format!("in all {fine} fine, {failed} failed, {unreadable} unreadable{ignored}")
}
