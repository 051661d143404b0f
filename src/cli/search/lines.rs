//! The answers of a search for people.

use super::super::console::{Line, Mark};
use super::SearchResult;
use crate::cli::work::WorkEnd;
use crate::narration::{
    StoryLine, capitalised, describe_danger, describe_endless, describe_move, expectation,
    explanation,
};
use crate::report::Report;
use crate::run::Run;
use crate::scenario::script::{self, Script};
use crate::scenario::{Scenario, ScenarioParts};
use crate::search::{Answer, Move, SearchProgress, SearchQuestion};
use crate::types::listed;

/// What the question expects.
pub(super) fn expected(question: &SearchQuestion) -> String {
    let all = 0..question.scenario.expectations.len();
    let words: Vec<String> = all.map(|index| expectation(&question.scenario, index)).collect();
    listed(&words).to_string()
}

/// What of the search is not finished.
pub(super) fn unfinished(result: &SearchResult) -> Option<String> {
    if result.end == WorkEnd::Done {
        return None;
    }
    let progress = result.search.progress();
    let tried = match progress.share() {
        Some(share) => format!("{share} %"),
        None => "a part".to_owned(),
    };
    Some(format!("Of the sets of {} {tried} is tried.", progress.level))
}

/// What a search cost.
pub(super) fn effort(progress: &SearchProgress) -> String {
    format!("{} runs, {} events", progress.runs, progress.events)
}

/// The script lines that a move adds.
pub(crate) fn script_lines(question: &SearchQuestion, one: &Move) -> Vec<String> {
    let mut parts: ScenarioParts = question.scenario.clone().into_parts();
    parts.timeline.clear();
    parts.overrides.clear();
    parts.until = Some(question.scenario.end());
    one.add_to(&mut parts);
    let entries = parts.timeline.len();
    let overrides = parts.overrides.len();
    let Ok(scenario) = Scenario::new(parts) else { return Vec::new() };
    let entries = (0..entries).map(|index| script::format_entry(&scenario, index));
    let overrides = (0..overrides).map(|index| script::format_override(&scenario, index));
    entries.chain(overrides).collect()
}

/// The script of a scenario that shows the answer, with the author's comments.
pub(super) fn shown(
    script_text: &str,
    script: &Script,
    question: &SearchQuestion,
    answer: &Answer,
) -> String {
    match question.shown(&script.scenario, answer) {
        Ok(scenario) => script::rewrite(script_text, &scenario),
        Err(_) => script_text.to_owned(),
    }
}

/// A line of an explanation with its instant.
pub(super) fn explained(line: &StoryLine) -> String {
    format!("{}  {}", line.at.spoken(), line.text)
}

/// An answer: its moves, what they violate, the lines to paste, and why.
pub(super) fn answer(script: &Script, question: &SearchQuestion, answer: &Answer) -> Vec<Line> {
    let scenario = &question.scenario;
    let violated = expectation(scenario, answer.violation.expectation);
    let mut lines = Vec::new();
    let Ok(with) = question.with(&answer.moves) else { return lines };
    let run = Run::of(with);
    let report: Report = run.report(script);
    let count = match answer.moves.len() {
        0 => "the run violates it without a fault".to_owned(),
        1 => "1 fault violates it".to_owned(),
        count => format!("{count} faults together violate it"),
    };
    let expected = format!("Expected: {violated}. ");
    lines.push(Line::marked(Mark::Bad, "found").and(format!(": {count}")));
    lines.push(expected.trim_end().into());
    for (one, danger) in answer.moves.iter().zip(&answer.dangers) {
        lines.push(format!("  {}", capitalised(&describe_move(scenario, one))).into());
        if let Some(danger) = danger {
            let words = format!("    {}", describe_danger(one.kind, danger));
            lines.push(Line::marked(Mark::Quiet, words));
        }
    }
    if let Some(verdict) = report.expectations.get(answer.violation.expectation) {
        lines.push(format!("  {}", capitalised(&verdict.reason)).into());
    }
    lines.extend(
        answer.endless.iter().map(|endless| format!("  {}", describe_endless(endless)).into()),
    );
    if !answer.moves.is_empty() {
        lines.push("".into());
        let moves = answer.moves.iter().flat_map(|one| script_lines(question, one));
        lines.extend(moves.map(|line| format!("    {line}").into()));
    }
    let why = explanation(&run, answer);
    if !why.is_empty() {
        lines.push("".into());
        lines.push("  Why:".into());
        lines.extend(why.iter().map(|line| format!("    {}", explained(line)).into()));
    }
    lines
}
