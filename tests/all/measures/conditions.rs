//! Every condition a second time, as plainly as it can be told: from the states and the events of a
//! whole run, for every process as leader, be it a member of the group or not.

use super::intervals;
use crate::play::{leaders, play};
use crate::scenarios;
use hustings::report::LeaderSpan;
use hustings::run::Run;
use hustings::scenario::script::Script;
use hustings::scenario::{Comparison, Condition, Expectation, Scenario};
use hustings::simulation::{Event, EventKind, World};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank};
use std::collections::BTreeMap;

#[test]
fn every_condition_holds_where_a_plain_reading_of_the_run_says_so() {
    let mut outcomes: BTreeMap<(String, bool), u32> = BTreeMap::new();
    for seed in 0..120 {
        let scenario = asking(scenarios::random(seed));
        let run = Run::of(scenario.clone());
        let plain: Vec<Plain> = scenario.group_ids().map(|id| Plain::of(&run, id)).collect();
        let report = run.report(&Script::of(scenario.clone()));
        for (verdict, expectation) in report.expectations.iter().zip(&scenario.expectations) {
            let asked = plain.iter().filter(|p| expectation.group.is_none_or(|id| id == p.id));
            let holds = asked.clone().all(|plain| plain.holds(&expectation.condition));
            assert_eq!(verdict.holds, holds, "random scenario {seed}: {verdict:?}");
            let claim = format!("{:?}", expectation.condition);
            let name = claim.split([' ', '(']).next().unwrap_or_default().to_owned();
            *outcomes.entry((name, holds)).or_default() += 1;
            if let Condition::Leader { leader: Some(rank), .. } = expectation.condition {
                let is_member = asked.clone().all(|plain| plain.members.contains(&rank.get()));
                let whose = if is_member { "of members" } else { "of others" };
                *outcomes.entry((whose.to_owned(), holds)).or_default() += 1;
            }
        }
    }
    let claims = ["Leader", "SplitBrain", "Messages", "Elections", "LeaderlessAtMost"];
    for claim in claims.into_iter().chain(["SplitBrainAtMost", "Agreement", "of members"]) {
        for holds in [true, false] {
            let count = outcomes.get(&(claim.to_owned(), holds)).copied().unwrap_or(0);
            assert!(count >= 20, "{claim} {holds}: {count}");
        }
    }
    assert!(outcomes.contains_key(&("of others".to_owned(), false)));
    assert!(!outcomes.contains_key(&("of others".to_owned(), true)), "it never leads there");
}

/// The same scenario, of which every condition is expected at several instants, of all groups and of each.
fn asking(scenario: Scenario) -> Scenario {
    let end = scenario.end();
    let some = [0, 1, 2, 3].map(|quarter| Time::us(end.as_us() * quarter / 4));
    let instants: Vec<Option<Time>> = [None, Some(end)].into_iter().chain(some.map(Some)).collect();
    let mut claims = Vec::new();
    for &at in &instants {
        let leaders = scenario.ranks.iter().copied().map(Some).chain([None]);
        claims.extend(leaders.map(|leader| Condition::Leader { leader, by: at }));
        claims.push(Condition::Agreement { by: at });
        claims.extend([true, false].map(|wanted| Condition::SplitBrain { wanted, after: at }));
    }
    let compares = [Comparison::Exactly, Comparison::AtMost, Comparison::AtLeast];
    for (nth, compare) in compares.into_iter().cycle().take(12).enumerate() {
        let count = nth as u64;
        let kind = (nth % 3 > 0).then(|| MessageKind::ALL[nth % MessageKind::ALL.len()]);
        claims.push(Condition::Messages {
            kind,
            compare,
            count: count * 3,
            after: instants[nth % 6],
        });
        claims.push(Condition::Elections { compare, count });
        claims.push(Condition::LeaderlessAtMost(Duration::ms(count * 40)));
        claims.push(Condition::SplitBrainAtMost(Duration::ms(count * 10)));
    }
    let mut parts = scenario.clone().into_parts();
    let groups = std::iter::once(None).chain(scenario.group_ids().map(Some));
    for group in groups {
        let fits = |claim: &&Condition| match (claim, group) {
            (Condition::Leader { leader: Some(rank), .. }, Some(id)) => {
                scenario.group(id).members.contains(rank)
            }
            _ => true,
        };
        let about = |claim: &Condition| Expectation { group, condition: claim.clone() };
        parts.expectations.extend(claims.iter().filter(fits).map(about));
    }
    Scenario::new(parts).expect("it is valid")
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
}

impl Plain {
    fn of(run: &Run, id: GroupId) -> Self {
        let events = run.events(Time::ZERO, run.end());
        let mut instants: Vec<Time> = events.iter().map(|event| event.at).collect();
        instants.insert(0, Time::ZERO);
        instants.dedup();
        let mut snapshot = None;
        let mut states = Vec::new();
        for at in instants {
            let now = run.snapshot(snapshot.take(), at, Duration::ZERO);
            let leaders = leaders(&now.world, id);
            states.push((at, State { agree: agree(&now.world, id, &leaders), leaders }));
            snapshot = Some(now);
        }
        let members = run.scenario().group(id).members.iter().map(|rank| rank.get()).collect();
        let intervals = intervals(run, id);
        Self { id, members, end: run.end(), states, intervals, events }
    }

    fn holds(&self, claim: &Condition) -> bool {
        match *claim {
            Condition::Leader { leader, by } => self.settles(by, |state| match leader {
                None => state.leaders.is_empty(),
                Some(rank) => state.leaders == [rank.get()],
            }),
            Condition::Agreement { by } => self.settles(by, |state| state.agree),
            Condition::SplitBrain { wanted, after } => {
                let after = after.unwrap_or_default().as_us();
                let counts = |span: &&LeaderSpan| {
                    span.leaders.len() > 1 && (span.to_us > after || span.to_us == self.end.as_us())
                };
                self.intervals.iter().any(|span| counts(&span)) == wanted
            }
            Condition::Messages { kind, compare, count, after } => {
                let sent = self.mine().filter(|event| {
                    matches!(event.what, EventKind::Sent { .. })
                        && event.at >= after.unwrap_or_default()
                        && kind.is_none_or(|kind| event.message_kind() == Some(kind))
                });
                compares(compare, sent.count() as u64, count)
            }
            Condition::Elections { compare, count } => {
                let started = self.mine().filter(|event| event.what == EventKind::StartedElection);
                compares(compare, started.count() as u64, count)
            }
            Condition::LeaderlessAtMost(most) => self.total(|leaders| leaders == 0) <= most.as_us(),
            Condition::SplitBrainAtMost(most) => self.total(|leaders| leaders > 1) <= most.as_us(),
        }
    }

    /// In every state from some instant up to `by` on. A state that lasts no time counts only at the end.
    fn settles(&self, by: Option<Time>, is_so: impl Fn(&State) -> bool) -> bool {
        let by = by.unwrap_or(self.end);
        let after_it = self.states.iter().filter(|(at, _)| *at > by);
        let at_it = self.states.iter().rfind(|(at, _)| *at <= by);
        at_it.into_iter().chain(after_it).all(|(_, state)| is_so(state))
    }

    fn total(&self, counts: impl Fn(usize) -> bool) -> u64 {
        let counted = self.intervals.iter().filter(|span| counts(span.leaders.len()));
        counted.map(|span| span.to_us - span.from_us).sum()
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
