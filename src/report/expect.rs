//! Verdicts: whether each expectation held, the instant that decided it, and the reason in words.

use super::counters::Counter;
use super::spans::Span;
use super::tally::{GroupTally, Tally};
use crate::clock::{Duration, Time};
use crate::scenario::{Claim, Compare, Expectation, Scenario};
use crate::vocabulary::{GroupId, MessageKind, Rank, listed, who_leads};

/// How one expectation came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub holds: bool,
    /// The instant that decided it.
    pub at: Time,
    pub reason: String,
}

/// A group's whole run as the claims read it: made once, since many expectations may ask.
struct Course<'a> {
    id: GroupId,
    group: &'a GroupTally,
    leaders: Vec<Span<u64>>,
    /// Since when the last leaders have led, and since when all agree or do not.
    led_since: Time,
    agreed_since: Time,
    end: Time,
}

/// Of each expectation, in order.
pub(super) fn judge(tally: &Tally, scenario: &Scenario, end: Time) -> Vec<Outcome> {
    let groups = tally.groups.iter().zip(scenario.group_ids());
    let courses: Vec<Course> = groups.map(|(group, id)| Course::new(group, id, end)).collect();
    let expectations = scenario.expectations.iter().enumerate();
    expectations.map(|(index, about)| judge_one(&courses, scenario, index, about, end)).collect()
}

/// Where an expectation is about every group, the first group that fails decides.
fn judge_one(
    courses: &[Course],
    scenario: &Scenario,
    index: usize,
    about: &Expectation,
    end: Time,
) -> Outcome {
    let meant = courses.iter().filter(|course| about.group.is_none_or(|id| id == course.id));
    let mut outcomes = meant.map(|course| (course.id, course.outcome(index, &about.claim)));
    let Some((mut group, mut decisive)) = outcomes.next() else {
        return Outcome { holds: true, at: end, reason: "there is no group to hold it".to_owned() };
    };
    for (id, next) in outcomes {
        if decisive.holds && (!next.holds || next.at > decisive.at) {
            (group, decisive) = (id, next);
        }
    }
    if about.group.is_none() && scenario.is_grouped() {
        // The line itself does not say whose run the reason is about.
        decisive.reason = format!("in {}: {}", scenario.group(group).name, decisive.reason);
    }
    decisive
}

/// Of a run that stopped before its end: what would have followed is not known.
pub(super) fn cut_short(end: Time) -> Outcome {
    let reason = format!("the run stopped early, at {}", end.spoken());
    Outcome { holds: false, at: end, reason }
}

impl<'a> Course<'a> {
    fn new(group: &'a GroupTally, id: GroupId, end: Time) -> Self {
        let (leaders, led_since) = group.leaders.until(end);
        let (_, agreed_since) = group.agreement.until(end);
        Self { id, group, leaders, led_since, agreed_since, end }
    }

    fn outcome(&self, expectation: usize, claim: &Claim) -> Outcome {
        let counter = || self.group.counters.of(expectation);
        match *claim {
            Claim::Leader { leader, by } => leads(self, leader, by),
            Claim::Agreement { by } => agrees(self, by),
            Claim::SplitBrain { wanted, after } => splits(self, wanted, after),
            Claim::LeaderlessAtMost(most) => {
                at_most(self, most, |leaders| leaders == 0, "without a leader")
            }
            Claim::SplitBrainAtMost(most) => {
                at_most(self, most, |leaders| leaders > 1, "with two leaders or more")
            }
            Claim::Messages { kind, compare, after, .. } => {
                counts(counter(), compare, self.end, |n| messages(n, kind) + &from_on(after))
            }
            Claim::Elections { compare, .. } => {
                counts(counter(), compare, self.end, |n| plural(n, "election"))
            }
        }
    }
}

fn leads(course: &Course, leader: Option<Rank>, by: Option<Time>) -> Outcome {
    let Course { group, led_since: since, .. } = *course;
    let wanted = leader.map_or(0, |rank| group.bit(rank));
    let last = group.leaders.live();
    let who = |bits: u64| {
        let ranks: Vec<Rank> = group.ranks(bits).collect();
        who_leads(&ranks).to_string()
    };
    let from = since.spoken();
    if last != wanted {
        let reason = format!("{} at the end, since {from}", who(last));
        return Outcome { holds: false, at: since, reason };
    }
    let holds = by.is_none_or(|by| since <= by);
    let only = if holds { "" } else { "only " };
    Outcome { holds, at: since, reason: format!("{} {only}from {from} on", who(last)) }
}

fn agrees(course: &Course, by: Option<Time>) -> Outcome {
    let Course { group, agreed_since: since, .. } = *course;
    let from = since.spoken();
    if !group.agreement.live() {
        let reason = format!("not all agree at the end; they have not since {from}");
        return Outcome { holds: false, at: since, reason };
    }
    let holds = by.is_none_or(|by| since <= by);
    let only = if holds { "" } else { "only " };
    Outcome { holds, at: since, reason: format!("all agree {only}from {from} on") }
}

fn splits(course: &Course, wanted: bool, after: Option<Time>) -> Outcome {
    let Course { group, end, .. } = *course;
    let start = after.unwrap_or_default();
    // The end itself is an instant of the last span.
    let counts = |to: Time| to > start || to == end;
    let split = |span: &&Span<u64>| span.value.count_ones() > 1 && counts(span.to);
    let Some(span) = course.leaders.iter().find(split) else {
        let reason = format!("never more than one leader{}", from_on(after));
        return Outcome { holds: !wanted, at: end, reason };
    };
    let at = span.from.max(start);
    let leaders: Vec<Rank> = group.ranks(span.value).collect();
    let reason = format!(
        "{}, {}, from {} to {}",
        number_of_leaders(leaders.len()),
        listed(&leaders),
        at.spoken(),
        span.to.spoken()
    );
    Outcome { holds: wanted, at, reason }
}

fn at_most(course: &Course, most: Duration, counts: impl Fn(u32) -> bool, state: &str) -> Outcome {
    let mut total = Duration::ZERO;
    let mut exceeded = None;
    for span in course.leaders.iter().filter(|span| counts(span.value.count_ones())) {
        let before = total;
        total += span.length();
        if total > most && exceeded.is_none() {
            exceeded = Some(span.from + Duration::us(most.as_us() - before.as_us()));
        }
    }
    let reason = format!("{} {state} in all", total.spoken());
    Outcome { holds: exceeded.is_none(), at: exceeded.unwrap_or(course.end), reason }
}

fn counts(
    counter: Option<Counter>,
    compare: Compare,
    end: Time,
    word: impl Fn(u64) -> String,
) -> Outcome {
    let Some(counter) = counter else {
        debug_assert!(false, "every expectation that counts has a counter");
        return Outcome { holds: false, at: end, reason: "nothing was counted".to_owned() };
    };
    let holds = compare.holds(counter.found, counter.wanted);
    let at = match (compare, holds) {
        // Decided by the one that made it enough, or one too many.
        (Compare::Exactly | Compare::AtLeast, true) => counter.reached,
        (Compare::Exactly | Compare::AtMost, false) => counter.exceeded,
        (Compare::AtMost, true) | (Compare::AtLeast, false) => None,
    };
    Outcome { holds, at: at.unwrap_or(end), reason: word(counter.found) }
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
