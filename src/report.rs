//! A run summarised as one value: the page's verdict, a figure's `report()` and `hustings run --json`.

mod counters;
mod expect;
pub mod load;
mod outcome;
mod spans;
mod tally;
mod totals;
mod verdict;

pub use load::{Load, LoadReport};
pub use outcome::{ConditionOutcome, Destination, ReasonPart};
pub use spans::{Span, Spans};
pub(crate) use tally::forbids_any_split;
pub use tally::{GroupProblem, LeaderInterval, Tally};
pub use totals::GroupTotals;
pub use verdict::ExpectationVerdict;

use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::Term;
use crate::scenario::script::{self, LineHint, Script};
use crate::scenario::{Override, Scenario, ScenarioPart};
use crate::simulation::{OverrideUse, StopReason, World};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The form of the report; a field that changes its meaning raises it.
pub const FORMAT_VERSION: u32 = 1;

/// A run summarised; `hustings run --json` writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// `FORMAT_VERSION`.
    pub format_version: u32,
    /// The scenario's title.
    pub title: Option<String>,
    /// The algorithm's name, as the script writes it.
    pub algorithm: &'static str,
    /// Sixteen hexadecimal digits: a string, since JavaScript's numbers are too short for it.
    pub digest: String,
    /// The end of the run, in microseconds.
    pub end_us: u64,
    /// The number of events.
    pub events: u32,
    /// Why the run stopped before its end: `event limit` or `message limit`.
    pub stopped: Option<&'static str>,
    /// What processes are called; left out where none has a name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", serialize_with = "by_text")]
    #[cfg_attr(test, ts(optional, as = "Option<BTreeMap<String, String>>"))]
    pub names: BTreeMap<u16, String>,
    /// The chapters, by instant; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<MarkReport>>"))]
    pub marks: Vec<MarkReport>,
    /// Each group, in the order of the script.
    pub groups: Vec<GroupReport>,
    /// Each expectation, in the order of the script.
    pub expectations: Vec<ExpectationVerdict>,
    /// The overrides that matched nothing.
    #[serde(rename = "unusedEdits")]
    pub unused_overrides: Vec<UnusedOverride>,
    /// The hints about the scenario.
    pub hints: Vec<HintLine>,
}

/// A group's part of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GroupReport {
    /// Its name.
    pub name: String,
    /// The leaders, as spans that tile the run.
    pub leaders: Vec<LeaderSpan>,
    /// The leader that each process believes in at the end; none for a crashed process.
    #[serde(serialize_with = "by_name")]
    #[cfg_attr(test, ts(type = "Record<string, number | null>"))]
    pub believed: BTreeMap<u16, Option<u16>>,
    /// Elections started, one for each member that starts one.
    pub elections: u64,
    /// Rounds of elections: those that overlap count once.
    pub rounds: u64,
    /// The total time with two leaders or more, in microseconds.
    pub split_brain_us: u64,
    /// The total time without a leader, in microseconds.
    pub leaderless_us: u64,
    /// The total time with two leaders or more of one and the same term, in microseconds; left out where the
    /// algorithm has no terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub same_term_us: Option<u64>,
    /// Each leadership with its term, by its start; left out where the algorithm has no terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub leaderships: Option<Vec<LeadershipSpan>>,
    /// Changes of leader: spans with a leader that did not lead in the last span that had a leader.
    pub changes: u64,
    /// Those of them before which one of the leaders of that last span neither crashed nor paused.
    pub unprovoked_changes: u64,
    /// Its messages.
    pub messages: Messages,
    /// What became of the requests that reached it; none where it has no load.
    pub load: Option<LoadReport>,
}

/// A time in which the same processes lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LeaderSpan {
    /// The first instant, in microseconds since the start of the run.
    pub from_us: u64,
    /// The end, which does not belong to it, in microseconds since the start of the run.
    pub to_us: u64,
    /// The ranks that lead, ascending.
    pub leaders: Vec<u16>,
}

/// A time in which a process leads in one term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LeadershipSpan {
    /// The first instant, in microseconds since the start of the run.
    pub from_us: u64,
    /// The end, which does not belong to it, in microseconds since the start of the run.
    pub to_us: u64,
    /// The rank of the leader.
    pub leader: u16,
    /// The term; in next-in-line the number of the leadership.
    pub term: u32,
}

/// Sent, those to crashed processes included. Copies that the network made are not sent, so the
/// total does not count them; a copy that is lost is lost, so there may be more lost than sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Messages {
    /// The number of messages that were sent.
    pub total: u64,
    /// The number that were sent, by kind.
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub by_kind: BTreeMap<&'static str, u64>,
    /// The number that were lost, by reason.
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub lost: BTreeMap<&'static str, u64>,
}

/// Ranks as text, in their own order: an object of JavaScript has no other keys.
fn by_text<S: Serializer>(names: &BTreeMap<u16, String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(names.iter().map(|(rank, name)| (rank.to_string(), name)))
}

/// A chapter of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MarkReport {
    /// The line of the script, from 1; none where the scenario came without a script.
    pub line: Option<usize>,
    /// In microseconds since the start.
    pub at_us: u64,
    /// As the script says it.
    pub text: String,
}

/// An override that found nothing to fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UnusedOverride {
    /// Its line in the script, from 1.
    pub line: Option<usize>,
    /// The override, as the script writes it.
    pub text: String,
    /// Why it matched nothing.
    pub reason: String,
}

/// A hint about the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HintLine {
    /// Its line in the script, from 1.
    pub line: Option<usize>,
    /// The text.
    pub text: String,
}

/// Ranks as the names of fields: JSON has no others, and neither have JavaScript's objects.
fn by_name<S: Serializer>(
    believed: &BTreeMap<u16, Option<u16>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(believed.iter().map(|(rank, leader)| (rank.to_string(), leader)))
}

/// A run that is done, as far as a report needs it.
#[derive(Clone, Copy, Debug)]
pub struct FinishedRun<'a> {
    /// At the end.
    pub world: &'a World,
    /// What was counted during the run.
    pub tally: &'a Tally,
    /// The end of the run.
    pub end: Time,
}

impl Report {
    /// The script knows the lines; `Script::of` a scenario that came without one knows none.
    pub fn new(done: FinishedRun, digest: String, script: &Script) -> Self {
        let FinishedRun { world, end, .. } = done;
        let scenario = world.scenario();
        let line = |place: ScenarioPart| script.lines.of(place);
        Self {
            format_version: FORMAT_VERSION,
            title: scenario.title.clone(),
            algorithm: scenario.algorithm.name(),
            digest,
            end_us: end.as_us(),
            events: world.events(),
            stopped: world.stop_reason().map(StopReason::name),
            names: sort::gather(
                scenario.names.iter().map(|(rank, name)| (rank.get(), name.clone())),
            ),
            marks: marks(world, line),
            groups: groups(done),
            expectations: verdict::verdicts(done, line),
            unused_overrides: unused_overrides(world, line),
            hints: script.hints().into_iter().map(HintLine::from).collect(),
        }
    }

    /// The first expectation that a run does not meet, by its place in the scenario, and the instant that decides it.
    pub fn first_violated(tally: &Tally, scenario: &Scenario, end: Time) -> Option<(usize, Time)> {
        let outcomes = expect::judge(tally, scenario, end);
        let violated = outcomes.iter().enumerate().find(|(_, outcome)| !outcome.holds);
        violated.map(|(place, outcome)| (place, outcome.at))
    }

    /// Of each expectation, whether a run meets it.
    pub fn holds_each(tally: &Tally, scenario: &Scenario, end: Time) -> Vec<bool> {
        expect::judge(tally, scenario, end).iter().map(|outcome| outcome.holds).collect()
    }

    /// Whether every expectation held.
    pub fn holds(&self) -> bool {
        self.expectations.iter().all(|verdict| verdict.holds)
    }
}

fn marks(world: &World, line: impl Fn(ScenarioPart) -> Option<usize>) -> Vec<MarkReport> {
    let chapters = world.scenario().chapters().into_iter().map(|(index, mark)| MarkReport {
        line: line(ScenarioPart::Mark(index)),
        at_us: mark.at.as_us(),
        text: mark.text.clone(),
    });
    chapters.collect()
}

fn groups(done: FinishedRun) -> Vec<GroupReport> {
    let scenario = done.world.scenario();
    let load = Load::of(scenario, done.tally, done.end);
    let of = |id| GroupReport {
        load: load.as_ref().and_then(|load| load.report(scenario, id)),
        ..group(done, id)
    };
    scenario.group_ids().map(of).collect()
}

impl GroupReport {
    /// How long the number of leaders is such, as a reader adds it up from the spoken spans.
    pub fn spoken_total(&self, counts: impl Fn(usize) -> bool) -> Duration {
        let counted = self.leaders.iter().filter(|span| counts(span.leaders.len()));
        spoken_total(counted.map(|span| (Time::us(span.from_us), Time::us(span.to_us))))
    }
}

fn group(done: FinishedRun, id: GroupId) -> GroupReport {
    let tally = &done.tally.groups[id.index()];
    let spans = done.tally.leading(id, done.end);
    let totals = done.tally.totals(id, done.end);
    let leaders = |span: &Span<Vec<Rank>>| LeaderSpan {
        from_us: span.from.as_us(),
        to_us: span.to.as_us(),
        leaders: span.value.iter().copied().map(Rank::get).collect(),
    };
    let kinds = MessageKind::ALL.into_iter().map(|kind| (kind.name(), tally.sent[kind as usize]));
    let losses = tally.losses().map(|(loss, count)| (loss.name(), count));
    let believed = tally.beliefs().map(|(rank, leader)| (rank.get(), leader.map(Rank::get)));
    let has_terms = spans::first_term(&done.world.scenario().algorithm, true).is_some();
    let leaderships = has_terms.then(|| done.tally.leaderships_by_term(id, done.end));
    GroupReport {
        name: done.world.scenario().group(id).name.clone(),
        believed: sort::gather(believed),
        elections: totals.elections,
        rounds: tally.rounds.len() as u64,
        split_brain_us: totals.split_brain.as_us(),
        leaderless_us: totals.leaderless.as_us(),
        same_term_us: leaderships.as_deref().map(|all| spans::same_term(all).as_us()),
        leaderships: leaderships.map(|all| all.into_iter().map(LeadershipSpan::from).collect()),
        changes: totals.changes,
        unprovoked_changes: totals.unprovoked_changes,
        messages: Messages {
            total: totals.messages,
            by_kind: sort::gather(kinds.filter(|(_, count)| *count > 0)),
            lost: sort::gather(losses.filter(|(_, count)| *count > 0)),
        },
        leaders: spans.iter().map(leaders).collect(),
        load: None,
    }
}

impl From<Span<(Rank, Term)>> for LeadershipSpan {
    fn from(Span { from, to, value: (leader, term) }: Span<(Rank, Term)>) -> Self {
        Self { from_us: from.as_us(), to_us: to.as_us(), leader: leader.get(), term }
    }
}

/// The length of intervals in all as a reader adds them up from the spoken instants.
pub fn spoken_total(intervals: impl IntoIterator<Item = (Time, Time)>) -> Duration {
    let lengths = intervals.into_iter().map(|(from, to)| to.spoken_since(from));
    lengths.fold(Duration::ZERO, |total, length| total + length)
}

impl From<LineHint> for HintLine {
    fn from(LineHint { line, text, .. }: LineHint) -> Self {
        Self { line, text }
    }
}

fn unused_overrides(
    world: &World,
    line: impl Fn(ScenarioPart) -> Option<usize>,
) -> Vec<UnusedOverride> {
    let scenario = world.scenario();
    let unused = |(index, used): (usize, &OverrideUse)| {
        let edit = &scenario.overrides[index];
        let reason = reason(scenario, edit, *used)?;
        Some(UnusedOverride {
            line: line(ScenarioPart::Override(index)),
            text: script::format_override(scenario, index),
            reason,
        })
    };
    world.override_uses().iter().enumerate().filter_map(unused).collect()
}

fn reason(scenario: &Scenario, edit: &Override, used: OverrideUse) -> Option<String> {
    let made = match edit.choice() {
        ChoiceId::Message(_) => "is sent",
        ChoiceId::Timer(_) => "is set",
    };
    match used {
        OverrideUse::Applied => None,
        OverrideUse::NotYet => Some(match edit.choice() {
            ChoiceId::Message(name) => never_sent(scenario, name),
            ChoiceId::Timer(name) => never_set(scenario, name),
        }),
        OverrideUse::TooLate { made: at } => Some(format!(
            "it {made} only at {}, after the instant that the override names",
            at.spoken()
        )),
        OverrideUse::StoppedByCut { sent } => {
            Some(format!("its link is cut when it is sent, at {}", sent.spoken()))
        }
    }
}

fn never_sent(
    scenario: &Scenario,
    MessageId { kind, from, to, nth, copy, .. }: MessageId,
) -> String {
    let (which, from, to) = (ordinal(nth), scenario.called(from), scenario.called(to));
    if copy {
        return format!("no copy of the {which} {kind} from {from} to {to} is ever made");
    }
    format!("no {which} {kind} from {from} to {to} is ever sent")
}

fn never_set(scenario: &Scenario, TimerId { timer, of, nth, .. }: TimerId) -> String {
    let of = scenario.called(of);
    format!("process {of} never sets its {timer} timer for the {} time", ordinal(nth))
}

/// In words up to the twelfth, as a person would say it; in digits from there.
fn ordinal(nth: u32) -> String {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    if let Some(word) = nth.checked_sub(1).and_then(|place| WORDS.get(place as usize)) {
        return (*word).to_owned();
    }
    let ending = match (nth % 10, nth % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{nth}{ending}")
}
