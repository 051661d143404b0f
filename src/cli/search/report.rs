//! The answers of a search, for people and as JSON.

use super::super::console::{Line, Mark};
use super::SearchResult;
use crate::cli::work::WorkEnd;
use crate::narration::{
    StoryLine, capitalised, describe_danger, describe_endless, describe_move, expectation,
    explanation, promise,
};
use crate::report::Report;
use crate::run::Run;
use crate::scenario::script::{self, Script};
use crate::scenario::{Scenario, ScenarioParts};
use crate::search::{Answer, DangerEnd, Move, SearchProgress, SearchQuestion};
use crate::types::listed;
use serde::Serialize;

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

/// What `hustings search --json` prints. Instants and durations are microseconds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SearchReport {
    /// What must not be violated.
    expectations: Vec<String>,
    /// The kinds of faults that are tried.
    faults: Vec<&'static str>,
    durations_us: Vec<u64>,
    /// How many faults together at most.
    most: usize,
    /// The last instant at which a fault begins.
    until_us: u64,
    /// One for each seed.
    searches: Vec<OneSearch>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OneSearch {
    /// As text, since a number of JavaScript cannot hold all of them.
    seed: String,
    outcome: OutcomeName,
    /// Why it stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
    /// Up to so many faults together, every set is tried.
    finished: usize,
    runs: u64,
    events: u64,
    /// What it found out, in a sentence.
    promise: String,
    answers: Vec<OneAnswer>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum OutcomeName {
    None,
    Found,
    Stopped,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OneAnswer {
    moves: Vec<OneMove>,
    /// The expectation that is violated.
    violated: String,
    at_us: u64,
    /// The chain of causes, the oldest first.
    why: Vec<String>,
    /// A scenario that shows it.
    script: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OneMove {
    kind: &'static str,
    words: String,
    /// What it adds to the script.
    lines: Vec<String>,
    at_us: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    span_us: Option<u64>,
    /// With which durations the expectation is violated.
    #[serde(skip_serializing_if = "Option::is_none")]
    danger: Option<Danger>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Danger {
    from_us: u64,
    /// Null where no longer duration prevents the violation.
    to_us: Option<u64>,
    /// A longer fault would not end within the run.
    is_end_of_run: bool,
    is_again_beyond: bool,
}

impl SearchReport {
    pub(super) fn new(text: &str, script: &Script, results: &[SearchResult]) -> Self {
        let question = results.first().map(|result| result.search.question());
        let rules = question.map(|question| &question.rules);
        let all = question.map_or(0, |question| question.scenario.expectations.len());
        let words = |index| question.map(|question| expectation(&question.scenario, index));
        Self {
            expectations: (0..all).filter_map(words).collect(),
            faults: rules
                .iter()
                .flat_map(|rules| rules.kinds.iter())
                .map(|kind| kind.name())
                .collect(),
            durations_us: rules
                .iter()
                .flat_map(|rules| &rules.durations)
                .map(|span| span.as_us())
                .collect(),
            most: question.map_or(0, |question| question.most),
            until_us: rules.map_or(0, |rules| rules.until.as_us()),
            searches: results.iter().map(|result| OneSearch::new(text, script, result)).collect(),
        }
    }
}

impl OneSearch {
    fn new(text: &str, script: &Script, result: &SearchResult) -> Self {
        let question = result.search.question();
        let progress = result.search.progress();
        let answer = |answer| OneAnswer::new(text, script, question, answer);
        let answers = result.answers.iter().map(answer);
        Self {
            seed: question.scenario.seed.to_string(),
            outcome: match (result.answers.is_empty(), result.end) {
                (false, _) => OutcomeName::Found,
                (true, WorkEnd::Done) => OutcomeName::None,
                (true, WorkEnd::Stopped(_)) => OutcomeName::Stopped,
            },
            stopped: match result.end {
                WorkEnd::Done => None,
                WorkEnd::Stopped(reason) => Some(reason.to_string()),
            },
            finished: result.search.finished(),
            runs: progress.runs,
            events: progress.events,
            promise: promise(question, result.search.finished(), &progress),
            answers: answers.collect(),
        }
    }
}

impl OneAnswer {
    fn new(text: &str, script: &Script, question: &SearchQuestion, answer: &Answer) -> Self {
        let moves = answer.moves.iter().zip(&answer.dangers).map(|(one, danger)| OneMove {
            kind: one.kind.name(),
            words: describe_move(&question.scenario, one),
            lines: script_lines(question, one),
            at_us: one.at.as_us(),
            span_us: one.span.map(|span| span.as_us()),
            danger: danger.map(|danger| Danger {
                from_us: danger.from.as_us(),
                to_us: match danger.to {
                    DangerEnd::At(to) | DangerEnd::EndOfRun(to) => Some(to.as_us()),
                    DangerEnd::Never => None,
                },
                is_end_of_run: matches!(danger.to, DangerEnd::EndOfRun(_)),
                is_again_beyond: danger.is_again_beyond,
            }),
        });
        let run = question.with(&answer.moves).ok().map(Run::of);
        Self {
            moves: moves.collect(),
            violated: expectation(&question.scenario, answer.violation.expectation),
            at_us: answer.violation.at.as_us(),
            why: run
                .map(|run| explanation(&run, answer).iter().map(explained).collect())
                .unwrap_or_default(),
            script: shown(text, script, question, answer),
        }
    }
}
