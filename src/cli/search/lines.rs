//! The answers of a search for people.

use super::super::console::{Line, Mark};
use super::SearchResult;
use super::work::WorkEnd;
use crate::narration::{
    StoryLine, capitalised, describe_danger, describe_endless, describe_move, expectation, why,
};
use crate::report::Report;
use crate::run::Run;
use crate::scenario::script::{self, Script};
use crate::scenario::{Scenario, ScenarioParts};
use crate::search::{Answer, Move, SearchProgress, SearchQuestion};
use crate::simulation::{Event, EventKind};
use crate::time::Time;
use crate::types::{Role, listed};

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

/// Why the run comes to the violation: for each process that leads then, or for the last one that did, the chain of
/// causes, all in the order of the run.
pub(super) fn explanation(run: &Run, answer: &Answer) -> Vec<String> {
    let events = run.events(Time::ZERO, answer.violation.at);
    let last = |decides: &dyn Fn(&Event) -> bool| events.iter().rev().find(|it| decides(it));
    let begins = |event: &Event| {
        matches!(event.what, EventKind::Became(Role::Leads) | EventKind::Resumed { leads: true })
    };
    let world = run.at(answer.violation.at);
    let scenario = run.scenario();
    let leaders = scenario.group_ids().flat_map(|group| {
        let members = scenario.group(group).members.iter().copied();
        let world = &world;
        members.filter(move |&rank| world.leads(group, rank)).map(move |rank| (group, rank))
    });
    let took_the_lead = leaders.filter_map(|(group, leader)| {
        let of_group = move |event: &Event| event.group.is_none_or(|it| it == group);
        last(&|event| event.rank == Some(leader) && of_group(event) && begins(event))
    });
    let mut decisive: Vec<&Event> = took_the_lead.collect();
    if decisive.is_empty() {
        let ends = |event: &Event| {
            matches!(
                event.what,
                EventKind::Crashed { led: true } | EventKind::Paused { led: true, .. }
            )
        };
        decisive
            .extend(last(&ends).or_else(|| last(&|it| matches!(it.what, EventKind::Became(_)))));
    }
    let mut lines: Vec<StoryLine> = decisive.iter().flat_map(|event| why(run, event.id)).collect();
    lines.sort_by_key(|line| line.first);
    lines.dedup_by_key(|line| line.first);
    lines.into_iter().map(|line| format!("{}  {}", line.at.spoken(), line.text)).collect()
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
        lines.extend(why.into_iter().map(|line| format!("    {line}").into()));
    }
    lines
}
