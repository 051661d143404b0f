//! What a search found, in English: moves, durations that do harm, and the promise of a search that found nothing.

use super::faults::{describe_fault, describe_override};
use super::{StoryLine, why};
use crate::run::Run;
use crate::scenario::{MoveKind, Scenario};
use crate::search::{
    Answer, DangerEnd, DangerInterval, EndlessState, GroupProblem, Move, SearchProgress,
    SearchQuestion,
};
use crate::simulation::{Event, EventKind};
use crate::time::{Duration, Time};
use crate::types::{Role, listed};

/// A move as a clause: `6 freezes for 525 ms, at 100 ms`.
pub fn describe_move(scenario: &Scenario, one: &Move) -> String {
    let (faults, overrides) = one.parts();
    let clause = faults.first().map(|(_, fault)| describe_fault(scenario, fault));
    let clause = clause.or(overrides.first().map(|edit| describe_override(scenario, edit)));
    let clause = clause.unwrap_or_default();
    let lasts = match (one.kind, one.span) {
        (MoveKind::Restart, Some(span)) => format!(" and recovers {} later", span.spoken()),
        (MoveKind::Cut | MoveKind::CutBoth | MoveKind::Partition, Some(span)) => {
            format!(" for {}", span.spoken())
        }
        (
            MoveKind::Delay
            | MoveKind::Duplicate
            | MoveKind::Lose
            | MoveKind::Pause
            | MoveKind::Suspect
            | MoveKind::Cut
            | MoveKind::CutBoth
            | MoveKind::Partition
            | MoveKind::Restart
            | MoveKind::Crash,
            _,
        ) => String::new(),
    };
    let sent = if overrides.is_empty() { "" } else { "sent " };
    format!("{clause}{lasts}, {sent}at {}", one.at.spoken())
}

/// With which durations of a move the expectation is violated: `340 ms and longer; not with shorter cuts`.
pub fn describe_danger(kind: MoveKind, danger: &DangerInterval) -> String {
    let (from, [_, noun]) = (danger.from.spoken(), nouns(kind));
    match danger.to {
        DangerEnd::Never => format!("{from} and longer; not with shorter {noun}"),
        DangerEnd::EndOfRun(_) => format!("{from} to the end of the run; not with shorter {noun}"),
        DangerEnd::At(to) if danger.is_again_beyond => {
            format!("{from} to {}, and some longer {noun}", to.spoken())
        }
        DangerEnd::At(to) => {
            format!("{from} to {}; not with shorter or longer {noun}", to.spoken())
        }
    }
}

/// What lasts for ever, as a sentence.
pub fn describe_endless(endless: &EndlessState) -> String {
    let state = match endless.kind {
        GroupProblem::NoLeader => "nobody leads",
        GroupProblem::SplitBrain => "several processes lead",
        GroupProblem::NoAgreement => "not all agree",
    };
    let from = endless.from.spoken();
    match endless.period {
        Duration::ZERO => format!("From {from} on {state}, for ever: nothing happens any more."),
        period => {
            let period = period.spoken();
            format!("From {from} on {state}, for ever: the run repeats every {period}.")
        }
    }
}

/// The kinds, durations and instants that a question tries, as they end a sentence.
pub fn describe_moves_tried(question: &SearchQuestion) -> String {
    let rules = &question.rules;
    let names: Vec<&str> = rules.kinds.iter().map(|kind| kind.label()).collect();
    let names = names.join(", ").to_lowercase();
    let starting = format!("starting by {}", rules.until.spoken());
    let durations: Vec<String> =
        rules.durations.iter().map(|span| span.spoken().to_string()).collect();
    let lasting = match rules.kinds.iter().any(|kind| kind.can_last()) {
        true => format!(", with durations of {}", listed(&durations)),
        false => String::new(),
    };
    format!("{names}; {starting}{lasting}")
}

/// What a search that found nothing can say: never that it cannot happen.
pub fn promise(question: &SearchQuestion, done: usize, progress: &SearchProgress) -> String {
    let scenario = &question.scenario;
    let set = match done {
        0 => return "Nothing is finished.".to_owned(),
        1 => "No single fault".to_owned(),
        most => format!("No set of at most {most} faults"),
    };
    format!(
        "{set} violates it within {} with seed {}. Tried: {}; {} runs.",
        scenario.end().spoken(),
        scenario.seed,
        describe_moves_tried(question),
        progress.runs,
    )
}

/// Why the run comes to the violation: for each process that leads then, or for the last one that did, the chain of
/// causes, all in the order of the run.
pub fn explanation(run: &Run, answer: &Answer) -> Vec<StoryLine> {
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
    lines
}

/// What one added fault does, as a sentence: `One cut at the right instant makes two leaders.`
pub fn describe_one_move(kind: MoveKind) -> String {
    format!("One {} at the right instant makes two leaders.", nouns(kind)[0])
}

/// One move of a kind in a sentence, and several.
const fn nouns(kind: MoveKind) -> [&'static str; 2] {
    match kind {
        MoveKind::Delay => ["delayed message", "delays"],
        MoveKind::Duplicate => ["duplicated message", "duplicated messages"],
        MoveKind::Lose => ["lost message", "lost messages"],
        MoveKind::Pause => ["pause", "pauses"],
        MoveKind::Suspect => ["false suspicion", "false suspicions"],
        MoveKind::Cut | MoveKind::CutBoth => ["cut", "cuts"],
        MoveKind::Partition => ["partition", "partitions"],
        MoveKind::Restart => ["restart", "outages"],
        MoveKind::Crash => ["crash", "crashes"],
    }
}
