//! What a search or a sweep found, in English: moves, durations that do harm, the promise of a search that found
//! nothing, a value of a setting by itself, and another value beside it.

use super::scenario::{describe_fault, describe_override};
use super::{StoryLine, capitalised, uncapitalised, why};
use crate::run::Run;
use crate::scenario::{MoveKind, Scenario};
use crate::search::{
    Answer, DangerEnd, DangerInterval, EndlessState, GroupProblem, Move, SearchProgress,
    SearchQuestion,
};
use crate::simulation::{Event, EventKind};
use crate::sweep::{
    Distribution, Measure, RunValue, SeedShare, SweepCell, SweepQuestion, SweepValue, wilson,
};
use crate::time::{Duration, Time};
use crate::types::{Role, listed};
use std::cmp::Reverse;

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

/// A cell by itself: `350 ms: 99 of 100 runs have a leader again within 480 ms; 2 of 100 elect without need (0.6 % to
/// 7.0 %).` The interval is the share's with 95 % confidence. Nothing before a run is done.
pub fn describe_cell(question: &SweepQuestion, cell: &SweepCell) -> String {
    let Some((measure, times)) = wait(cell) else { return String::new() };
    let needless = match cell.needless {
        0 => "none elects without need".to_owned(),
        count if count == cell.runs => "all elect without need".to_owned(),
        count => format!("{count} of {} elect{} without need", cell.runs, s(count)),
    };
    let interval = describe_interval(wilson(cell.needless, cell.runs));
    let wait = describe_wait(measure, times, cell.runs);
    format!("{}: {wait}; {needless} ({interval}).", name(question, cell))
}

fn describe_wait(measure: Measure, times: &Distribution, runs: u32) -> String {
    let within = share_of_runs(times.within_p99, runs);
    let one = times.within_p99 == 1;
    match times.p99 {
        RunValue::Never => {
            let have = if times.never == 1 { "has" } else { "have" };
            format!("{} {have} no leader again", share_of_runs(times.never, runs))
        }
        RunValue::Of(0) => {
            format!("{within} {} a leader all the time", if one { "has" } else { "have" })
        }
        RunValue::Of(us) => {
            let span = Duration::us(us).spoken();
            match measure == Measure::Recovery {
                true => {
                    let have = if one { "has" } else { "have" };
                    format!("{within} {have} a leader again within {span}")
                }
                false => {
                    let are = if one { "is" } else { "are" };
                    format!("{within} {are} without a leader for {span} at most")
                }
            }
        }
    }
}

/// Another cell beside it: `250 ms would be 90 ms faster, and elect without need in 31.`
pub fn compare_cells(question: &SweepQuestion, cell: &SweepCell, other: &SweepCell) -> String {
    let (Some((_, times)), Some((_, others))) = (wait(cell), wait(other)) else {
        return String::new();
    };
    let name = name(question, other);
    let needless = match (other.needless, cell.needless) {
        (0, 0) => "and elect without need in none either".to_owned(),
        (0, _) => "and elect without need in none".to_owned(),
        (more, _) if more == other.runs => "and elect without need in all".to_owned(),
        (more, before) if more == before => format!("and elect without need in {more} as well"),
        (more, _) => format!("and elect without need in {more}"),
    };
    let speed = match (times.p99, others.p99) {
        (RunValue::Never, RunValue::Never) => {
            format!("would have no leader again in {}", others.never)
        }
        (RunValue::Of(_), RunValue::Never) => {
            format!("would have no leader again in {}", others.never)
        }
        (RunValue::Never, RunValue::Of(us)) => {
            format!("would have a leader again within {}", Duration::us(us).spoken())
        }
        (RunValue::Of(own), RunValue::Of(us)) if own.abs_diff(us) < 1_000 => {
            "would be as fast".to_owned()
        }
        (RunValue::Of(own), RunValue::Of(us)) => {
            let faster = if us < own { "faster" } else { "slower" };
            format!("would be {} {faster}", Duration::us(own.abs_diff(us)).spoken())
        }
    };
    format!("{name} {speed}, {needless}.")
}

/// The cell that is worth a look beside another: one that is better in one thing and worse in none, the fastest; else of
/// those that elect without need less often the fastest, as far as the intervals of the shares tell them apart; else the
/// next faster.
pub fn compared_cell(cells: &[SweepCell], own: usize) -> Option<usize> {
    let cost = |cell: &SweepCell| Some((wait(cell)?.1.p99, cell.needless));
    let (own_wait, own_needless) = cost(cells.get(own)?)?;
    let others = cells.iter().enumerate().filter(|(place, _)| *place != own);
    let others: Vec<(usize, RunValue, u32)> = others
        .filter_map(|(place, cell)| cost(cell).map(|(wait, needless)| (place, wait, needless)))
        .filter(|(_, wait, needless)| (*wait, *needless) != (own_wait, own_needless))
        .collect();
    // Of equal ones the nearest: that in which fewer settings differ.
    let nearest = |place: usize| {
        let values = cells[place].values.iter().zip(&cells[own].values);
        (values.filter(|(value, own)| value != own).count(), place.abs_diff(own))
    };
    let better =
        others.iter().filter(|(_, wait, count)| *wait <= own_wait && *count <= own_needless);
    let better = better.min_by_key(|(place, wait, count)| (*wait, *count, nearest(*place)));
    // A difference that chance explains is no reason to choose.
    let share = |place: usize| wilson(cells[place].needless, cells[place].runs);
    let calmer = others.iter().filter(|(place, ..)| share(*place).1 < share(own).0);
    let calmest = calmer.clone().min_by_key(|(_, _, count)| *count);
    let most = calmest.map_or(0.0, |(place, ..)| share(*place).1);
    // Of those whose share is within the interval of the calmest the fastest.
    let is_calm =
        |place: usize| f64::from(cells[place].needless) <= most * f64::from(cells[place].runs);
    let calmer = calmer.filter(|(place, ..)| is_calm(*place));
    let calmer = calmer.min_by_key(|(place, wait, count)| (*wait, *count, nearest(*place)));
    let faster = others.iter().filter(|(_, wait, _)| *wait < own_wait);
    let faster = faster.min_by_key(|(place, wait, _)| (Reverse(*wait), nearest(*place)));
    better.or(calmer).or(faster).map(|(place, ..)| *place)
}

/// A share with its interval, and where it fails first: `198 of 200 runs, 96.4 % to 99.7 %; not with seed 17`.
pub fn describe_share(share: &SeedShare) -> String {
    let failing = share.first_failing.map(|seed| format!("; not with seed {seed}"));
    format!(
        "{}, {}{}",
        share_of_runs(share.holds, share.runs),
        describe_interval(share.interval()),
        failing.unwrap_or_default()
    )
}

/// `96.4 % to 99.7 %`.
pub fn describe_interval((lo, hi): (f64, f64)) -> String {
    format!("{:.1} % to {:.1} %", lo * 100.0, hi * 100.0)
}

/// `99 of 100 runs`, `all 100 runs`.
pub fn share_of_runs(count: u32, runs: u32) -> String {
    match count == runs {
        true => format!("all {runs} runs"),
        false => format!("{count} of {runs} runs"),
    }
}

/// The time that counts: until a leader leads again, or without a fault the time without a leader.
pub fn wait(cell: &SweepCell) -> Option<(Measure, &Distribution)> {
    let of = |measure| cell.measure(measure).map(|times| (measure, times));
    of(Measure::Recovery).or_else(|| of(Measure::Leaderless))
}

/// `350 ms`; where the number alone says too little, with the setting before it.
fn name(question: &SweepQuestion, cell: &SweepCell) -> String {
    let settings = question.settings.iter().map(|(setting, _)| setting);
    let named = settings.zip(&cell.values).map(|(setting, value)| match value {
        SweepValue::Span(_) | SweepValue::Rate(_) | SweepValue::Words(_)
            if cell.values.len() == 1 =>
        {
            value.spoken()
        }
        SweepValue::Span(_) | SweepValue::Rate(_) | SweepValue::Count(_) | SweepValue::Words(_) => {
            uncapitalised(&setting.described(&question.scenario, value))
        }
    });
    capitalised(&named.collect::<Vec<String>>().join(", "))
}

const fn s(count: u32) -> &'static str {
    if count == 1 { "s" } else { "" }
}
