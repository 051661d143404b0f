//! Every condition a second time, in the plainest way: from the states and the events of a
//! whole run, for every process as leader, be it a member of the group or not.

use super::intervals;
use crate::play::{leaders, play};
use crate::scenarios;
use hustings::report::LeaderSpan;
use hustings::run::Run;
use hustings::scenario::script::Script;
use hustings::scenario::{
    Comparison, Condition, ConditionKind, ConditionTime, ConditionValues, Expectation,
    ExpectedRuns, Scenario, TimeForm,
};
use hustings::simulation::{Event, EventKind, World};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank};
use std::collections::BTreeMap;

#[test]
fn every_condition_holds_where_a_plain_reading_of_the_run_says_so() {
    let mut outcomes: BTreeMap<(String, bool), u32> = BTreeMap::new();
    for seed in 0..80 {
        let scenario = scenarios::random(seed);
        let run = Run::of(scenario.clone());
        let plain: Vec<Plain> = scenario.group_ids().map(|id| Plain::of(&run, id)).collect();
        for some in asked(&run).chunks(hustings::scenario::limits::MOST_EXPECTATIONS) {
            let mut parts = scenario.clone().into_parts();
            parts.expectations = some.to_vec();
            let asking = Scenario::new(parts).expect("it is valid");
            let report = Run::of(asking.clone()).report(&Script::of(asking));
            for (verdict, expectation) in report.expectations.iter().zip(some) {
                let plain = plain.iter().filter(|plain| expectation.is_about(plain.id));
                let holds = plain.clone().all(|plain| plain.holds(expectation));
                assert_eq!(verdict.holds, holds, "random scenario {seed}: {verdict:?}");
                let Expectation { condition, time, .. } = expectation;
                let name = format!("{:?} {:?}", condition.kind(), time.form());
                *outcomes.entry((name, holds)).or_default() += 1;
                let ranks = condition.ranks();
                let is_in = |rank: &Rank| plain.clone().all(|it| it.members.contains(&rank.get()));
                let whose = if ranks.iter().all(is_in) { "of members" } else { "of others" };
                *outcomes.entry((whose.to_owned(), holds)).or_default() += 1;
            }
        }
    }
    for kind in ConditionKind::ALL {
        let forms = kind.row().times.forms().iter().copied().map(Some);
        for (form, holds) in forms.chain([None]).flat_map(|form| [(form, true), (form, false)]) {
            let name = format!("{kind:?} {form:?}");
            let count = outcomes.get(&(name.clone(), holds)).copied().unwrap_or(0);
            assert!(count >= 10, "{name} {holds}: {count}");
        }
    }
    assert!(outcomes.contains_key(&("of others".to_owned(), false)));
    assert!(!outcomes.contains_key(&("of others".to_owned(), true)), "they have no part there");
}

/// Every condition at instants where something changes, between them, and at both ends of the run; of all
/// groups and of each.
fn asked(run: &Run) -> Vec<Expectation> {
    let (scenario, end) = (run.scenario(), run.end());
    let mut instants = vec![Time::ZERO, Time::us(end.as_us() / 2), end];
    let changes = run.events(Time::ZERO, end).into_iter();
    let changes = changes.filter(|event| matches!(event.what, EventKind::Became(_)));
    let changes: Vec<Time> = changes.map(|event| event.at).collect();
    instants.extend(changes.iter().step_by(changes.len() / 4 + 1));
    instants.sort();
    instants.dedup();
    let mut times = vec![ConditionTime::Unstated];
    for form in TimeForm::ALL {
        let pairs = instants.iter().zip(instants.iter().skip(1).chain([&end]));
        let fits = |(first, second): &(&Time, &Time)| *form != TimeForm::From || first < second;
        times.extend(pairs.filter(fits).map(|(first, second)| form.with(*first, *second)));
    }
    let mut expectations = Vec::new();
    for group in std::iter::once(None).chain(scenario.group_ids().map(Some)) {
        for (nth, &time) in times.iter().enumerate() {
            for kind in ConditionKind::ALL {
                let all = all_values(&scenario.ranks, nth).map(|values| kind.with(&values));
                let members = group.map_or(&scenario.ranks, |id| &scenario.group(id).members);
                let fits = |condition: &Condition| {
                    let allowed = kind.row().times.forms();
                    let is_member = condition.ranks().iter().all(|rank| members.contains(rank));
                    let itself = matches!(condition, Condition::Follows { process, followed } if process == followed);
                    is_member && !itself && time.form().is_none_or(|form| allowed.contains(&form))
                };
                let about =
                    |condition| Expectation { group, condition, time, runs: ExpectedRuns::This };
                expectations.extend(all.filter(fits).map(about));
            }
        }
    }
    expectations
}

/// Some values, others for each number.
fn all_values(ranks: &[Rank], nth: usize) -> impl Iterator<Item = ConditionValues> {
    let from_top = |place: usize| ranks[ranks.len() - 1 - place % ranks.len()];
    let leaders = [Some(from_top(0)), Some(from_top(1)), Some(from_top(nth)), None];
    leaders.into_iter().enumerate().map(move |(place, leader)| {
        let count = (nth * 4 + place) as u64 % 12;
        ConditionValues {
            process: from_top(nth + 2 * place + 1),
            leader,
            followed: from_top(place),
            message: (place > 0).then_some(MessageKind::ALL[nth % MessageKind::ALL.len()]),
            compare: Comparison::ALL[(nth + place) % 3],
            count: if place == 0 { count * 3 } else { count / 3 },
            span: Duration::ms(count * 20),
        }
    })
}

/// A group's run: the state after all that happens at each instant, and who leads for how long.
struct Plain {
    id: GroupId,
    members: Vec<u16>,
    end: Time,
    states: Vec<(Time, State)>,
    intervals: Vec<LeaderSpan>,
    events: Vec<Event>,
}

struct State {
    leaders: Vec<u16>,
    agree: bool,
    /// Of each member.
    believed: BTreeMap<u16, Option<u16>>,
}

impl Plain {
    fn of(run: &Run, id: GroupId) -> Self {
        let events = run.events(Time::ZERO, run.end());
        let mut instants: Vec<Time> = events.iter().map(|event| event.at).collect();
        instants.insert(0, Time::ZERO);
        instants.dedup();
        let members: Vec<Rank> = run.scenario().group(id).members.clone();
        let mut snapshot = None;
        let mut states = Vec::new();
        for at in instants {
            let now = run.snapshot(snapshot.take(), at, Duration::ZERO);
            let leaders = leaders(&now.world, id);
            let belief = |rank: &Rank| {
                let leader = now.world.member(id, *rank).and_then(|member| member.leader());
                (rank.get(), leader.map(Rank::get))
            };
            let believed = members.iter().map(belief).collect();
            states.push((at, State { agree: agree(&now.world, id, &leaders), leaders, believed }));
            snapshot = Some(now);
        }
        let members = members.iter().map(|rank| rank.get()).collect();
        let intervals = intervals(run, id);
        Self { id, members, end: run.end(), states, intervals, events }
    }

    fn holds(&self, expectation: &Expectation) -> bool {
        let Expectation { condition, time, .. } = *expectation;
        if condition.ranks().iter().any(|rank| !self.members.contains(&rank.get())) {
            return false;
        }
        match condition {
            Condition::Leader { leader } => {
                let leader: Vec<u16> = leader.iter().map(|rank| rank.get()).collect();
                self.is_true(time, |state| state.leaders == leader)
            }
            Condition::Follows { process, followed } => self.is_true(time, |state| {
                state.believed.get(&process.get()) == Some(&Some(followed.get()))
            }),
            Condition::Leads { process } => {
                self.is_true(time, |state| state.leaders.contains(&process.get()))
            }
            Condition::Agreement {} => self.is_true(time, |state| state.agree),
            Condition::NoSplitBrain {} => self.is_split_free(time),
            Condition::SplitBrain {} => match time.form() {
                Some(TimeForm::At | TimeForm::By) => {
                    self.is_true(time, |state| state.leaders.len() > 1)
                }
                _ => !self.is_split_free(time),
            },
            Condition::Messages { message, compare, count } => {
                let sent = self.mine().filter(|event| {
                    matches!(event.what, EventKind::Sent { .. })
                        && event.at >= time.last()
                        && message.is_none_or(|kind| event.message_kind() == Some(kind))
                });
                compares(compare, sent.count() as u64, count)
            }
            Condition::Elections { compare, count } => {
                let started = self.mine().filter(|event| event.what == EventKind::StartedElection);
                compares(compare, started.count() as u64, count)
            }
            Condition::Changes { compare, count } => {
                compares(compare, self.changes().len() as u64, count)
            }
            Condition::UnprovokedChanges { count } => {
                let unprovoked = self.changes().into_iter().filter(|(before, after)| {
                    before
                        .leaders
                        .iter()
                        .any(|leader| !self.stops(*leader, before.to_us, after.from_us))
                });
                unprovoked.count() as u64 <= count
            }
            Condition::LeaderlessTotal { span } => {
                self.total(|leaders| leaders == 0) <= span.as_us()
            }
            Condition::SplitBrainTotal { span } => {
                self.total(|leaders| leaders > 1) <= span.as_us()
            }
            Condition::LongestLeaderless { span } => {
                self.longest(|leaders| leaders == 0) <= span.as_us()
            }
            Condition::LongestSplitBrain { span } => {
                self.longest(|leaders| leaders > 1) <= span.as_us()
            }
        }
    }

    fn is_split_free(&self, time: ConditionTime) -> bool {
        let whole = ConditionTime::From { from: Time::ZERO, to: self.end };
        let time = if time == ConditionTime::Unstated { whole } else { time };
        self.is_true(time, |state| state.leaders.len() < 2)
    }

    /// In every state of the time. A state that does not last counts only at the end of the run.
    fn is_true(&self, time: ConditionTime, is_so: impl Fn(&State) -> bool) -> bool {
        let from_state_at =
            |at: Time| self.states.iter().rposition(|(from, _)| *from <= at).unwrap_or(0);
        let states = match time {
            ConditionTime::Unstated => &self.states[self.states.len() - 1..],
            ConditionTime::At(at) => &self.states[from_state_at(at)..=from_state_at(at)],
            ConditionTime::By(by) => &self.states[from_state_at(by)..],
            ConditionTime::After(after) if after == self.end => {
                &self.states[self.states.len() - 1..]
            }
            ConditionTime::After(after) => {
                let lasting = self.states.iter().filter(|(from, _)| *from < self.end).count();
                &self.states[from_state_at(after)..lasting]
            }
            ConditionTime::From { from, to } => {
                let begun = self.states.iter().filter(|(from, _)| *from < to).count();
                &self.states[from_state_at(from)..begun.max(from_state_at(from) + 1)]
            }
        };
        states.iter().all(|(_, state)| is_so(state))
    }

    fn total(&self, counts: impl Fn(usize) -> bool) -> u64 {
        let counted = self.intervals.iter().filter(|span| counts(span.leaders.len()));
        counted.map(|span| span.to_us - span.from_us).sum()
    }

    /// Intervals tile the run, so that one that counts goes on in the next one that does.
    fn longest(&self, counts: impl Fn(usize) -> bool) -> u64 {
        let (mut longest, mut running) = (0, 0);
        for span in &self.intervals {
            running =
                if counts(span.leaders.len()) { running + span.to_us - span.from_us } else { 0 };
            longest = longest.max(running);
        }
        longest
    }

    /// The intervals before and after each change of leader.
    fn changes(&self) -> Vec<(&LeaderSpan, &LeaderSpan)> {
        let led: Vec<&LeaderSpan> =
            self.intervals.iter().filter(|span| !span.leaders.is_empty()).collect();
        let pairs = led.windows(2).map(|pair| (pair[0], pair[1]));
        pairs
            .filter(|(before, after)| after.leaders.iter().any(|it| !before.leaders.contains(it)))
            .collect()
    }

    fn stops(&self, rank: u16, from: u64, to: u64) -> bool {
        self.events.iter().any(|event| {
            let stops = matches!(event.what, EventKind::Crashed { .. } | EventKind::Paused { .. });
            stops
                && event.rank.is_some_and(|it| it.get() == rank)
                && (from..=to).contains(&event.at.as_us())
        })
    }

    fn mine(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.group == Some(self.id))
    }
}

const fn compares(compare: Comparison, found: u64, count: u64) -> bool {
    match compare {
        Comparison::Exactly => found == count,
        Comparison::AtMost => found <= count,
        Comparison::AtLeast => found >= count,
    }
}

/// "Every running process believes the same running process, which leads."
fn agree(world: &World, id: GroupId, leaders: &[u16]) -> bool {
    let running = |rank: &&Rank| world.process(**rank).is_some_and(|process| process.is_running());
    let members = world.scenario().group(id).members.iter().filter(running);
    let beliefs: Vec<Option<u16>> = members
        .map(|&rank| world.member(id, rank).and_then(|member| member.leader()).map(Rank::get))
        .collect();
    leaders.iter().any(|leader| beliefs.iter().all(|belief| belief == &Some(*leader)))
}

/// `expect leader N` of every group fails where N is no member of one, also while nobody leads there.
#[test]
fn who_is_no_member_of_a_group_never_leads_it() {
    let outcome = |script: &str| {
        let run = play(&format!("processes 3\n{script}"));
        let verdict = run.report().expectations.remove(0);
        (verdict.holds, verdict.reason)
    };
    let text = "in a: 3 is no member, so it never leads here; name a group of its own with `in`";
    let crashed = "group a on 1 2\nat 1ms crash 1 2\nuntil 1s\nexpect leader 3 by 1ms";
    assert_eq!(outcome(crashed), (false, text.to_owned()));
    let both = "group a on 1 2\ngroup b on 2 3\nuntil 1s\nexpect leader 3";
    assert_eq!(outcome(both), (false, text.to_owned()));
    assert_eq!(outcome(&format!("{both} in b")), (true, "3 leads from 0 ms on".to_owned()));
}
