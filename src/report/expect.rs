//! Verdicts: whether each expectation held, the instant that decided it, and the reason in words.

use super::counters::Counter;
use super::spoken_total;
use super::tally::Span;
use super::tally::{GroupTally, Tally};
use crate::scenario::{Comparison, Condition, Expectation, Scenario};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};

/// How one expectation came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionOutcome {
    pub holds: bool,
    /// The instant that decided it.
    pub at: Time,
    pub reason: Vec<ReasonPart>,
}

/// Some words of a reason, and where in the run they lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonPart {
    pub text: String,
    pub to: Option<Destination>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    Instant(Time),
    WholeRun,
}

impl ReasonPart {
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), to: None }
    }

    fn instant(at: Time) -> Self {
        Self::link(at.spoken().to_string(), at)
    }

    fn link(text: String, at: Time) -> Self {
        Self { text, to: Some(Destination::Instant(at)) }
    }
}

/// A group's whole run as the claims read it: made once, since many expectations may ask.
struct GroupHistory<'a> {
    scenario: &'a Scenario,
    id: GroupId,
    group: &'a GroupTally,
    leaders: Vec<Span<u64>>,
    /// Since when the last leaders have led, and since when all agree or do not.
    led_since: Time,
    agreed_since: Time,
    end: Time,
}

/// Of each expectation, in order.
pub(super) fn judge(tally: &Tally, scenario: &Scenario, end: Time) -> Vec<ConditionOutcome> {
    let groups = tally.groups.iter().zip(scenario.group_ids());
    let courses: Vec<GroupHistory> =
        groups.map(|(group, id)| GroupHistory::new(scenario, group, id, end)).collect();
    let expectations = scenario.expectations.iter().enumerate();
    expectations.map(|(index, about)| judge_one(&courses, scenario, index, about, end)).collect()
}

/// Where an expectation is about every group, the first group that fails decides.
fn judge_one(
    courses: &[GroupHistory],
    scenario: &Scenario,
    index: usize,
    about: &Expectation,
    end: Time,
) -> ConditionOutcome {
    let meant = courses.iter().filter(|course| about.group.is_none_or(|id| id == course.id));
    let mut outcomes = meant.map(|course| (course.id, course.outcome(index, &about.condition)));
    let Some((mut group, mut decisive)) = outcomes.next() else {
        debug_assert!(false, "a scenario has a group, and an expectation names one of them");
        let reason = vec![ReasonPart::words("there is no group to hold it")];
        return ConditionOutcome { holds: false, at: end, reason };
    };
    for (id, next) in outcomes {
        if decisive.holds && (!next.holds || next.at > decisive.at) {
            (group, decisive) = (id, next);
        }
    }
    if about.group.is_none() && scenario.is_grouped() {
        // The line itself does not say whose run the reason is about.
        let name = &scenario.group(group).name;
        decisive.reason.insert(0, ReasonPart::words(format!("in {name}: ")));
    }
    decisive
}

/// Of a run that stopped before its end: what would have followed is not known.
pub(super) fn cut_short(end: Time) -> ConditionOutcome {
    let reason = vec![ReasonPart::words("the run stopped early, at "), ReasonPart::instant(end)];
    ConditionOutcome { holds: false, at: end, reason }
}

impl<'a> GroupHistory<'a> {
    fn new(scenario: &'a Scenario, group: &'a GroupTally, id: GroupId, end: Time) -> Self {
        let (leaders, led_since) = group.leaders.until(end);
        let (_, agreed_since) = group.agreement.until(end);
        Self { scenario, id, group, leaders, led_since, agreed_since, end }
    }

    fn outcome(&self, expectation: usize, claim: &Condition) -> ConditionOutcome {
        let counter = || self.group.counters.of(expectation);
        match *claim {
            Condition::Leader { leader, by } => leads(self, leader, by),
            Condition::Agreement { by } => agrees(self, by),
            Condition::SplitBrain { wanted, after } => splits(self, wanted, after),
            Condition::LeaderlessAtMost(most) => {
                at_most(self, most, |leaders| leaders == 0, "without a leader")
            }
            Condition::SplitBrainAtMost(most) => {
                at_most(self, most, |leaders| leaders > 1, "with two leaders or more")
            }
            Condition::Messages { kind, compare, after, .. } => {
                counts(counter(), compare, self.end, |n| messages(n, kind) + &from_on(after))
            }
            Condition::Elections { compare, .. } => {
                counts(counter(), compare, self.end, |n| plural(n, "election") + " started")
            }
        }
    }
}

fn leads(course: &GroupHistory, leader: Option<Rank>, by: Option<Time>) -> ConditionOutcome {
    let GroupHistory { group, led_since: since, end, .. } = *course;
    let wanted = match leader {
        None => 0,
        Some(rank) => match group.bit(rank) {
            Some(bit) => bit,
            None => {
                let rank = course.scenario.called(rank);
                let words = format!(
                    "{rank} is no member, so it never leads here; name a group of its own with `in`"
                );
                return ConditionOutcome {
                    holds: false,
                    at: end,
                    reason: vec![ReasonPart::words(words)],
                };
            }
        },
    };
    let last = group.leaders.live();
    let ranks: Vec<Rank> = group.ranks(last).collect();
    let who = course.scenario.who_leads(&ranks);
    if last != wanted {
        let reason = vec![
            ReasonPart::words(format!("{who} at the end, since ")),
            ReasonPart::instant(since),
        ];
        return ConditionOutcome { holds: false, at: since, reason };
    }
    from_then_on(&who, since, by)
}

fn agrees(course: &GroupHistory, by: Option<Time>) -> ConditionOutcome {
    let GroupHistory { group, agreed_since: since, .. } = *course;
    if !group.agreement.live() {
        let words = "not all agree at the end; they have not since ";
        let reason = vec![ReasonPart::words(words), ReasonPart::instant(since)];
        return ConditionOutcome { holds: false, at: since, reason };
    }
    from_then_on("all agree", since, by)
}

/// Of what is so at the end: whether it was so in time.
fn from_then_on(what: &str, since: Time, by: Option<Time>) -> ConditionOutcome {
    let holds = by.is_none_or(|by| since <= by);
    let only = if holds { "" } else { "only " };
    let limit = by.unwrap_or(Time::NEVER);
    let from = since.since(Time::ZERO).spoken_beside(limit.since(Time::ZERO));
    let reason = vec![
        ReasonPart::words(format!("{what} {only}from ")),
        ReasonPart::link(from.to_string(), since),
        ReasonPart::words(" on"),
    ];
    ConditionOutcome { holds, at: since, reason }
}

/// One split is told by its leaders and its length; of several the number, the longest and the total.
fn splits(course: &GroupHistory, wanted: bool, after: Option<Time>) -> ConditionOutcome {
    let GroupHistory { group, end, .. } = *course;
    let start = after.unwrap_or_default();
    // The end itself is an instant of the last span.
    let counts =
        |span: &&Span<u64>| span.value.count_ones() > 1 && (span.to > start || span.to == end);
    let splits = course.leaders.iter().filter(counts);
    let splits: Vec<Span<u64>> =
        splits.map(|span| Span { from: span.from.max(start), ..*span }).collect();
    let Some(first) = splits.first() else {
        let words = format!("never more than one leader{}", from_on(after));
        return ConditionOutcome {
            holds: !wanted,
            at: end,
            reason: vec![ReasonPart::words(words)],
        };
    };
    // Of equally long ones the first.
    let longest = splits.iter().rev().max_by_key(|span| span.length()).unwrap_or(first);
    let ranks: Vec<Rank> = group.ranks(longest.value).collect();
    let leaders = course.scenario.all_called(&ranks);
    let from_to = [
        ReasonPart::words("from "),
        ReasonPart::instant(longest.from),
        ReasonPart::words(" to "),
        ReasonPart::instant(longest.to),
    ];
    let mut reason = Vec::new();
    if let [_] = &*splits {
        let count = number_of_leaders(ranks.len());
        reason.push(ReasonPart::words(format!("{count}, {leaders}, ")));
        reason.extend(from_to);
    } else {
        let total = spoken_total(splits.iter().map(|span| (span.from, span.to)));
        reason.push(ReasonPart::words("two leaders or more "));
        reason.push(ReasonPart::link(format!("{} times", splits.len()), first.from));
        reason.push(ReasonPart::words(format!("; the longest, {leaders}, ")));
        reason.extend(from_to);
        reason.push(ReasonPart::words("; "));
        let text = format!("{} in all", total.spoken());
        reason.push(ReasonPart { text, to: Some(Destination::WholeRun) });
    }
    ConditionOutcome { holds: wanted, at: first.from, reason }
}

fn at_most(
    course: &GroupHistory,
    most: Duration,
    counts: impl Fn(u32) -> bool,
    state: &str,
) -> ConditionOutcome {
    let mut total = Duration::ZERO;
    let mut exceeded = None;
    let counted = || course.leaders.iter().filter(|span| counts(span.value.count_ones()));
    for span in counted() {
        let before = total;
        total += span.length();
        if total > most && exceeded.is_none() {
            exceeded = Some(span.from + Duration::us(most.as_us() - before.as_us()));
        }
    }
    // As the reader adds it up, unless that would be on the other side of the limit.
    let spoken = spoken_total(counted().map(|span| (span.from, span.to))).rounded();
    let told = if (spoken <= most) == (total <= most) { spoken } else { total };
    let words = format!("{} {state} in all", told.spoken_beside(most));
    ConditionOutcome {
        holds: exceeded.is_none(),
        at: exceeded.unwrap_or(course.end),
        reason: vec![ReasonPart::words(words)],
    }
}

fn counts(
    counter: Option<Counter>,
    compare: Comparison,
    end: Time,
    word: impl Fn(u64) -> String,
) -> ConditionOutcome {
    let Some(counter) = counter else {
        debug_assert!(false, "every expectation that counts has a counter");
        return ConditionOutcome {
            holds: false,
            at: end,
            reason: vec![ReasonPart::words("nothing was counted")],
        };
    };
    let holds = compare.holds(counter.found, counter.wanted);
    let at = match (compare, holds) {
        // Decided by the one that made it enough, or one too many.
        (Comparison::Exactly | Comparison::AtLeast, true) => counter.reached,
        (Comparison::Exactly | Comparison::AtMost, false) => counter.exceeded,
        (Comparison::AtMost, true) | (Comparison::AtLeast, false) => None,
    };
    ConditionOutcome {
        holds,
        at: at.unwrap_or(end),
        reason: vec![ReasonPart::words(word(counter.found))],
    }
}

/// ` from 1.5 s on`, where only what follows counts.
fn from_on(after: Option<Time>) -> String {
    after.map_or_else(String::new, |after| format!(" from {} on", after.spoken()))
}

fn number_of_leaders(count: usize) -> String {
    const WORDS: [&str; 4] = ["no leader", "one leader", "two leaders", "three leaders"];
    WORDS.get(count).map_or_else(|| format!("{count} leaders"), |&words| words.to_owned())
}

fn messages(count: u64, kind: Option<MessageKind>) -> String {
    match kind {
        None => plural(count, "message"),
        Some(kind) => plural(count, &format!("{kind} message")),
    }
}

fn plural(count: u64, word: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {word}{s}")
}
