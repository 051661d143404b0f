//! Verdicts: whether each expectation held, the instant that decided it, and the reason in words.

use super::counters::Counted;
use super::outcome::{ConditionOutcome, Destination, ReasonPart};
use super::spans::{Span, Spans};
use super::spoken_total;
use super::tally::{GroupTally, Tally};
use crate::scenario::{Comparison, Condition, ConditionTime, Expectation, Scenario};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};

/// A group's whole run as the conditions read it: made once, since many expectations may ask.
struct GroupHistory<'a> {
    scenario: &'a Scenario,
    id: GroupId,
    group: &'a GroupTally,
    leaders: StateHistory<u64>,
    agreement: StateHistory<bool>,
    /// Of the processes that an expectation asks for.
    beliefs: Vec<(Rank, StateHistory<Option<Rank>>)>,
    /// When the leader changed, and those times that it did so unprovoked.
    changes: Vec<Time>,
    unprovoked_changes: Vec<Time>,
    end: Time,
}

/// A state over the whole run.
struct StateHistory<T> {
    /// They tile the run, and each lasts.
    spans: Vec<Span<T>>,
    /// The state at the very end, which may not last.
    last: Span<T>,
}

impl<T: Copy + PartialEq> StateHistory<T> {
    fn new(states: &Spans<T>, end: Time) -> Self {
        let (spans, since) = states.until(end);
        Self { spans, last: Span { from: since, to: end, value: states.live() } }
    }

    /// The state after all that happens at an instant.
    fn at(&self, at: Time) -> Span<T> {
        let place = self.spans.partition_point(|span| span.to <= at);
        self.spans.get(place).map_or(self.last, |span| *span)
    }

    /// The states over a stretch of the run, cut to it.
    fn within(&self, from: Time, to: Time) -> impl Iterator<Item = Span<T>> {
        let first = self.spans.partition_point(|span| span.to <= from);
        // Nothing lasts at the end of the run.
        let last = (first == self.spans.len()).then_some(Span { from, ..self.last });
        let lasting = self.spans[first..].iter().take_while(move |span| span.from < to);
        let cut =
            move |span: &Span<T>| Span { from: span.from.max(from), to: span.to.min(to), ..*span };
        lasting.map(cut).chain(last)
    }
}

/// Of each expectation, in order.
pub(super) fn judge(tally: &Tally, scenario: &Scenario, end: Time) -> Vec<ConditionOutcome> {
    let groups = tally.groups.iter().zip(scenario.group_ids());
    let histories: Vec<GroupHistory> =
        groups.map(|(group, id)| GroupHistory::new(scenario, (group, id), tally, end)).collect();
    let expectations = scenario.expectations.iter().enumerate();
    expectations.map(|(index, about)| judge_one(&histories, scenario, index, about, end)).collect()
}

/// Where an expectation is about every group, the first group that fails decides.
fn judge_one(
    histories: &[GroupHistory],
    scenario: &Scenario,
    index: usize,
    about: &Expectation,
    end: Time,
) -> ConditionOutcome {
    let meant = histories.iter().filter(|history| about.is_about(history.id));
    let mut outcomes = meant.map(|history| (history.id, history.outcome(index, about)));
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
    fn new(
        scenario: &'a Scenario,
        (group, id): (&'a GroupTally, GroupId),
        tally: &Tally,
        end: Time,
    ) -> Self {
        let leaders = StateHistory::new(&group.leaders, end);
        let changes = group.changes(&leaders.spans, tally.stops());
        let beliefs = group.recorded_beliefs();
        let unprovoked = changes.iter().filter(|change| change.is_unprovoked);
        Self {
            scenario,
            id,
            group,
            agreement: StateHistory::new(&group.agreement, end),
            beliefs: beliefs.map(|(rank, belief)| (rank, StateHistory::new(belief, end))).collect(),
            unprovoked_changes: unprovoked.map(|change| change.at).collect(),
            changes: changes.iter().map(|change| change.at).collect(),
            leaders,
            end,
        }
    }

    fn outcome(&self, index: usize, expectation: &Expectation) -> ConditionOutcome {
        let &Expectation { condition, time, .. } = expectation;
        if let Some(outcome) = self.outside(&condition) {
            return outcome;
        }
        let counter = || self.group.counters.of(index);
        let changes = |found: &[Time], count, compare, kind: &str| {
            let words = |n| plural(n, &format!("{kind}change")) + " of leader";
            counts(Some(Counted::of(found, count)), compare, self.end, words)
        };
        match condition {
            Condition::Leader { leader } => self.leads(leader, time),
            Condition::Follows { process, followed } => self.follows(process, followed, time),
            Condition::Leads { process } => {
                let bit = self.group.bit(process).unwrap_or_default();
                self.leading(
                    &format!("{} leads", self.scenario.called(process)),
                    |leaders| leaders & bit != 0,
                    time,
                )
            }
            Condition::Agreement {} => {
                let words = |agree| if agree { "all agree" } else { "not all agree" }.to_owned();
                let claim = StateClaim { held: "all agree", holds: &|agree| agree, words: &words };
                claim.outcome(&self.agreement, time, self.end)
            }
            Condition::NoSplitBrain {} => self.splits(false, time),
            Condition::SplitBrain {} => self.splits(true, time),
            Condition::Messages { message, compare, .. } => {
                let words = |n| messages(n, message) + &over(time);
                counts(counter(), compare, self.end, words)
            }
            Condition::Elections { compare, .. } => {
                counts(counter(), compare, self.end, |n| plural(n, "election") + " started")
            }
            Condition::Changes { compare, count } => changes(&self.changes, count, compare, ""),
            Condition::UnprovokedChanges { count } => {
                changes(&self.unprovoked_changes, count, Comparison::AtMost, "unprovoked ")
            }
            Condition::LeaderlessTotal { span } => self.total(span, &LEADERLESS),
            Condition::SplitBrainTotal { span } => self.total(span, &SPLIT),
            Condition::LongestLeaderless { span } => self.longest(span, &LEADERLESS),
            Condition::LongestSplitBrain { span } => self.longest(span, &SPLIT),
        }
    }

    /// A process that is no member has no part in what happens here.
    fn outside(&self, condition: &Condition) -> Option<ConditionOutcome> {
        let rank = condition.ranks().into_iter().find(|&rank| self.group.bit(rank).is_none())?;
        let never = if let Condition::Follows { process, .. } = *condition {
            if process == rank { "it follows nobody here" } else { "nobody follows it here" }
        } else {
            "it never leads here"
        };
        let rank = self.scenario.called(rank);
        let words = format!("{rank} is no member, so {never}; name a group of its own with `in`");
        let reason = vec![ReasonPart::words(words)];
        Some(ConditionOutcome { holds: false, at: self.end, reason })
    }

    fn leads(&self, leader: Option<Rank>, time: ConditionTime) -> ConditionOutcome {
        let wanted = leader.and_then(|rank| self.group.bit(rank)).unwrap_or_default();
        self.leading(&self.who_leads(wanted), |leaders| leaders == wanted, time)
    }

    /// A condition on the leaders.
    fn leading(
        &self,
        held: &str,
        holds: impl Fn(u64) -> bool,
        time: ConditionTime,
    ) -> ConditionOutcome {
        let claim = StateClaim { held, holds: &holds, words: &|leaders| self.who_leads(leaders) };
        claim.outcome(&self.leaders, time, self.end)
    }

    fn who_leads(&self, leaders: u64) -> String {
        let ranks: Vec<Rank> = self.group.ranks(leaders).collect();
        self.scenario.who_leads(&ranks)
    }

    fn follows(&self, process: Rank, followed: Rank, time: ConditionTime) -> ConditionOutcome {
        let name = self.scenario.called(process);
        let words = |belief| match belief {
            None => format!("{name} follows nobody"),
            Some(leader) if leader == process => format!("{name} believes itself leader"),
            Some(leader) => format!("{name} follows {}", self.scenario.called(leader)),
        };
        let claim = StateClaim {
            held: &words(Some(followed)),
            holds: &|belief| belief == Some(followed),
            words: &words,
        };
        match self.beliefs.iter().find(|(rank, _)| *rank == process) {
            Some((_, belief)) => claim.outcome(belief, time, self.end),
            None => {
                debug_assert!(
                    false,
                    "the beliefs of every process that has to follow are recorded"
                );
                let reason = vec![ReasonPart::words("nothing is known of it")];
                ConditionOutcome { holds: false, at: self.end, reason }
            }
        }
    }

    /// Over a time range, one split is described by its leaders and its length, several by their number, the
    /// longest and the total.
    fn splits(&self, wanted: bool, time: ConditionTime) -> ConditionOutcome {
        let is_split = |leaders: u64| leaders.count_ones() > 1;
        let (from, to) = match time {
            ConditionTime::At(_) | ConditionTime::By(_) if wanted => {
                return self.leading("two leaders or more", is_split, time);
            }
            ConditionTime::At(_) | ConditionTime::By(_) => {
                return self.leading("never more than one leader", |it| !is_split(it), time);
            }
            ConditionTime::Unstated => (Time::ZERO, self.end),
            ConditionTime::From { from, to } => (from, to),
            ConditionTime::After(after) => (after, self.end),
        };
        let within = self.leaders.within(from, to);
        let splits: Vec<Span<u64>> = within.filter(|span| is_split(span.value)).collect();
        let Some(first) = splits.first() else {
            let words = format!("never more than one leader{}", over(time));
            let reason = vec![ReasonPart::words(words)];
            return ConditionOutcome { holds: !wanted, at: to, reason };
        };
        // Of equally long ones the first.
        let longest = splits.iter().rev().max_by_key(|span| span.length()).unwrap_or(first);
        let ranks: Vec<Rank> = self.group.ranks(longest.value).collect();
        let leaders = self.scenario.all_called(&ranks);
        let mut reason = Vec::new();
        if let [_] = &*splits {
            let count = number_of_leaders(ranks.len());
            reason.push(ReasonPart::words(format!("{count}, {leaders}, ")));
            reason.extend(ReasonPart::from_to(longest.from, longest.to));
        } else {
            let total = spoken_total(splits.iter().map(|span| (span.from, span.to)));
            reason.push(ReasonPart::words("two leaders or more "));
            reason.push(ReasonPart::link(format!("{} times", splits.len()), first.from));
            reason.push(ReasonPart::words(format!("; the longest, {leaders}, ")));
            reason.extend(ReasonPart::from_to(longest.from, longest.to));
            reason.push(ReasonPart::words("; "));
            let text = format!("{} in all", total.spoken());
            reason.push(ReasonPart { text, to: Some(Destination::WholeRun) });
        }
        ConditionOutcome { holds: wanted, at: first.from, reason }
    }

    /// How long there is such a number of leaders, in total.
    fn total(&self, most: Duration, measured: &Measured) -> ConditionOutcome {
        let mut total = Duration::ZERO;
        let mut exceeded = None;
        let counted =
            || self.leaders.spans.iter().filter(|it| (measured.counts)(it.value.count_ones()));
        for span in counted() {
            let before = total;
            total += span.length();
            if total > most && exceeded.is_none() {
                exceeded = Some(span.from + Duration::us(most.as_us() - before.as_us()));
            }
        }
        // As the reader adds it up, unless that would be on the other side of the limit.
        let spoken = spoken_total(counted().map(|span| (span.from, span.to))).rounded();
        let shown = if (spoken <= most) == (total <= most) { spoken } else { total };
        let words = format!("{} {} in all", shown.spoken_beside(most), measured.state);
        ConditionOutcome {
            holds: exceeded.is_none(),
            at: exceeded.unwrap_or(self.end),
            reason: vec![ReasonPart::words(words)],
        }
    }

    /// The longest time with such a number of leaders, the same ones or not.
    fn longest(&self, most: Duration, measured: &Measured) -> ConditionOutcome {
        let mut stretches: Vec<(Time, Time)> = Vec::new();
        for span in self.leaders.spans.iter().filter(|it| (measured.counts)(it.value.count_ones()))
        {
            match stretches.last_mut().filter(|(_, to)| *to == span.from) {
                Some((_, to)) => *to = span.to,
                None => stretches.push((span.from, span.to)),
            }
        }
        let length = |&(from, to): &(Time, Time)| to.since(from);
        let exceeded = stretches.iter().find(|stretch| length(stretch) > most);
        let at = exceeded.map_or(self.end, |&(from, _)| from + most);
        // Of equally long ones the first.
        let Some(longest) = stretches.iter().rev().max_by_key(|stretch| length(stretch)) else {
            let reason = vec![ReasonPart::words(format!("never {}", measured.state))];
            return ConditionOutcome { holds: true, at, reason };
        };
        let (exact, spoken) = (length(longest), longest.1.spoken_since(longest.0).rounded());
        let shown = if (spoken <= most) == (exact <= most) { spoken } else { exact };
        let words = format!("{} {} at a time, ", shown.spoken_beside(most), measured.state);
        let mut reason = vec![ReasonPart::words(words)];
        reason.extend(ReasonPart::from_to(longest.0, longest.1));
        ConditionOutcome { holds: exceeded.is_none(), at, reason }
    }
}

/// A number of leaders whose time is measured.
struct Measured {
    counts: fn(u32) -> bool,
    state: &'static str,
}

const LEADERLESS: Measured = Measured { counts: |leaders| leaders == 0, state: "without a leader" };
const SPLIT: Measured =
    Measured { counts: |leaders| leaders > 1, state: "with two leaders or more" };

/// The expectation of every state of a time.
struct StateClaim<'a, T> {
    /// The state as the expectation wants it: `5 leads`
    held: &'a str,
    holds: &'a dyn Fn(T) -> bool,
    words: &'a dyn Fn(T) -> String,
}

impl<T: Copy + PartialEq> StateClaim<'_, T> {
    fn outcome(
        &self,
        history: &StateHistory<T>,
        time: ConditionTime,
        end: Time,
    ) -> ConditionOutcome {
        match time {
            ConditionTime::Unstated => self.at_the_end(history, None),
            ConditionTime::By(by) => self.at_the_end(history, Some(by)),
            ConditionTime::At(at) => self.at(history.at(at), at),
            ConditionTime::From { from, to } => self.throughout(history, time, from, to),
            ConditionTime::After(after) => self.throughout(history, time, after, end),
        }
    }

    /// Whether it is so at the end, and was so in time.
    fn at_the_end(&self, history: &StateHistory<T>, by: Option<Time>) -> ConditionOutcome {
        let last = history.last;
        if !(self.holds)(last.value) {
            let words = format!("{} at the end, since ", (self.words)(last.value));
            let reason = vec![ReasonPart::words(words), ReasonPart::instant(last.from)];
            return ConditionOutcome { holds: false, at: last.from, reason };
        }
        let before = history.spans.iter().rfind(|span| !(self.holds)(span.value));
        let since = before.map_or(Time::ZERO, |span| span.to);
        let holds = by.is_none_or(|by| since <= by);
        let only = if holds { "" } else { "only " };
        let limit = by.unwrap_or(Time::NEVER);
        let from = since.since(Time::ZERO).spoken_beside(limit.since(Time::ZERO));
        let reason = vec![
            ReasonPart::words(format!("{} {only}from ", self.held)),
            ReasonPart::link(from.to_string(), since),
            ReasonPart::words(" on"),
        ];
        ConditionOutcome { holds, at: since, reason }
    }

    fn at(&self, state: Span<T>, at: Time) -> ConditionOutcome {
        let words = format!("{} at ", (self.words)(state.value));
        // Rounded, it could be an instant at which something else is true.
        let is_rounded = !at.as_us().is_multiple_of(1_000);
        let instant = if is_rounded { at.stamp().to_string() } else { at.spoken().to_string() };
        let mut reason = vec![ReasonPart::words(words), ReasonPart::link(instant, at)];
        let holds = (self.holds)(state.value);
        if !holds && state.from < at {
            reason.extend([ReasonPart::words(", since "), ReasonPart::instant(state.from)]);
        }
        ConditionOutcome { holds, at, reason }
    }

    fn throughout(
        &self,
        history: &StateHistory<T>,
        time: ConditionTime,
        from: Time,
        to: Time,
    ) -> ConditionOutcome {
        let Some(other) = history.within(from, to).find(|span| !(self.holds)(span.value)) else {
            let words = format!("{}{}", self.held, over(time));
            return ConditionOutcome {
                holds: true,
                at: to,
                reason: vec![ReasonPart::words(words)],
            };
        };
        let words = format!("{} ", (self.words)(other.value));
        let mut reason = vec![ReasonPart::words(words)];
        reason.extend(ReasonPart::from_to(other.from, other.to));
        ConditionOutcome { holds: false, at: other.from, reason }
    }
}

fn counts(
    counter: Option<Counted>,
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

/// ` from 1.5 s on`, ` from 1 s to 2 s`; nothing for the whole run.
fn over(time: ConditionTime) -> String {
    match time {
        ConditionTime::Unstated | ConditionTime::At(_) | ConditionTime::By(_) => String::new(),
        ConditionTime::From { from, to } => format!(" from {} to {}", from.spoken(), to.spoken()),
        ConditionTime::After(after) => format!(" from {} on", after.spoken()),
    }
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
