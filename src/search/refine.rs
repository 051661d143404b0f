//! An answer made small and described: milder moves that do the same, for which durations the violation remains, and
//! whether the state that it leads to lasts for ever.

use super::moves::{Move, MoveTarget};
use super::{
    Answer, DangerEnd, DangerInterval, EndlessState, GroupProblem, SearchQuestion, Violation,
};
use crate::report::{Report, Tally};
use crate::scenario::{Links, MoveKind, Scenario};
use crate::simulation::{StateScope, World};
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use std::collections::BTreeMap;

/// How many events the runs of one answer may have together: a few seconds at most.
const MOST_EVENTS: u64 = 10_000_000;
/// Into how many equal parts a range of durations is divided before the ends of an interval are bisected.
const SAMPLES: u64 = 16;
/// A duration is exact to this.
const PRECISION: Duration = Duration::us(1_000);
/// The shortest range in which durations are tried.
const SHORTEST_RANGE: Duration = Duration::us(1_000_000);
/// How many instants after the last fault are compared to find a state that repeats.
const MOST_INSTANTS: usize = 20_000;

/// What the runs of one answer have cost so far.
struct Trials<'a> {
    question: &'a SearchQuestion,
    events: u64,
}

/// Makes the moves milder while the same expectation stays violated, and measures the result.
pub(super) fn refine(question: &SearchQuestion, moves: &[Move]) -> Option<Answer> {
    let mut trials = Trials { question, events: 0 };
    let mut violation = trials.violation(moves)?;
    let mut moves = moves.to_vec();
    while let Some((milder, found)) = trials.milder(&moves, violation.expectation) {
        (moves, violation) = (milder, found);
    }
    let dangers = (0..moves.len()).map(|place| trials.danger(&moves, place, violation)).collect();
    let endless = endless(question, &moves, violation.at);
    Some(Answer { moves, violation, dangers, endless })
}

impl Trials<'_> {
    /// What a set of moves violates; nothing any more once the runs have cost too much.
    fn violation(&mut self, moves: &[Move]) -> Option<Violation> {
        if self.events >= MOST_EVENTS {
            return None;
        }
        let scenario = self.question.with(moves).ok()?;
        let (world, tally) = play(scenario);
        self.events += u64::from(world.events());
        let scenario = world.scenario();
        let (expectation, at) = Report::first_violated(&tally, scenario, scenario.end())?;
        (!world.is_exhausted()).then_some(Violation { expectation, at })
    }

    /// The first milder set that violates the same expectation.
    fn milder(&mut self, moves: &[Move], expectation: usize) -> Option<(Vec<Move>, Violation)> {
        for place in 0..moves.len() {
            for one in milder_moves(self.question, &moves[place]) {
                let mut set = moves.to_vec();
                set[place] = one;
                // As they are tried: in the order of their instants.
                set.sort_by_key(|one| one.at);
                let found = self.violation(&set).filter(|found| found.expectation == expectation);
                if let Some(violation) = found {
                    return Some((set, violation));
                }
            }
        }
        None
    }

    /// With which durations of one move the expectation is violated, around the one that it has.
    fn danger(
        &mut self,
        moves: &[Move],
        place: usize,
        violation: Violation,
    ) -> Option<DangerInterval> {
        let one = &moves[place];
        let span = one.span?;
        // A fault that ends with the run or later is one for good.
        let rest = self.question.scenario.end().since(one.at);
        let rest = Duration::us(rest.as_us().saturating_sub(PRECISION.as_us()));
        let most = Duration::us(span.as_us() * 2).max(SHORTEST_RANGE).min(rest).max(span);
        let mut violates = |span: Duration| {
            let mut set = moves.to_vec();
            set[place].span = Some(span);
            let found = self.violation(&set)?;
            (found.expectation == violation.expectation).then_some(found)
        };
        let part = |from: Duration, to: Duration, nth: u64| {
            let width = to.as_us() - from.as_us();
            Duration::us((from.as_us() + width * nth / SAMPLES) / 1_000 * 1_000)
        };
        let below = (0..SAMPLES).rev().map(|nth| part(Duration::ZERO, span, nth));
        let mut low = span;
        let mut harmless = None;
        for sample in below {
            match violates(sample) {
                Some(_) if sample > Duration::ZERO => low = sample,
                Some(_) | None => {
                    harmless = Some(sample);
                    break;
                }
            }
        }
        let from = harmless.map_or(low, |harmless| bisect(harmless, low, &mut violates));
        // The run up to the violation is the same, however long the fault lasts.
        if violation.at < one.at + span {
            return Some(DangerInterval { from, to: DangerEnd::Never, is_again_beyond: false });
        }
        let mut high = span;
        let mut healed = None;
        let mut is_again_beyond = false;
        let evenly = (1..=SAMPLES).map(|nth| part(span, most, nth));
        let farther = (1..32).map(|nth| Duration::us(most.as_us() << nth));
        for sample in evenly.chain(farther.take_while(|&span| span < rest)).chain([rest]) {
            match (violates(sample), healed) {
                (Some(found), None) if found.at < one.at + sample => {
                    return Some(DangerInterval {
                        from,
                        to: DangerEnd::Never,
                        is_again_beyond: false,
                    });
                }
                (Some(_), None) => high = sample,
                (Some(_), Some(_)) => is_again_beyond = true,
                (None, None) => healed = Some(sample),
                (None, Some(_)) => {}
            }
        }
        let to = match healed {
            Some(healed) => DangerEnd::At(bisect(healed, high, &mut violates)),
            None => DangerEnd::EndOfRun(high),
        };
        Some(DangerInterval { from, to, is_again_beyond })
    }
}

/// The duration next to `harmless` that still violates, beginning with one that does.
fn bisect(
    mut harmless: Duration,
    mut dangerous: Duration,
    violates: &mut impl FnMut(Duration) -> Option<Violation>,
) -> Duration {
    let apart = |a: Duration, b: Duration| a.as_us().abs_diff(b.as_us());
    while apart(harmless, dangerous) > PRECISION.as_us() {
        let middle = (harmless.as_us() + dangerous.as_us()) / 2;
        let middle = Duration::us(middle / 1_000 * 1_000);
        if middle == harmless || middle == dangerous {
            break;
        }
        match violates(middle) {
            Some(_) => dangerous = middle,
            None => harmless = middle,
        }
    }
    dangerous
}

/// A run to its end.
fn play(scenario: Scenario) -> (World, Tally) {
    let end = scenario.end();
    let mut tally = Tally::new(&scenario);
    let mut world = World::new(scenario);
    let mut log = Vec::new();
    while world.next().is_some_and(|at| at <= end) {
        world.step(&mut log);
        log.drain(..).for_each(|event| tally.note(&event));
    }
    (world, tally)
}

/// Moves that do less than this one, the mildest first.
fn milder_moves(question: &SearchQuestion, one: &Move) -> Vec<Move> {
    let rules = &question.rules;
    let spans = |below: Option<Duration>| {
        rules.durations.iter().copied().filter(move |&span| below.is_none_or(|below| span < below))
    };
    let with = |kind, target: MoveTarget, span| Move { at: one.at, kind, target, span };
    let mut milder = Vec::new();
    match (one.kind, &one.target) {
        (MoveKind::Crash, target) => {
            for kind in [MoveKind::Pause, MoveKind::Restart] {
                milder.extend(spans(None).map(|span| with(kind, target.clone(), Some(span))));
            }
        }
        (MoveKind::Restart, target) => {
            let span = one.span.into_iter();
            let span = spans(one.span).chain(span);
            milder.extend(span.map(|span| with(MoveKind::Pause, target.clone(), Some(span))));
        }
        (MoveKind::CutBoth | MoveKind::Partition, MoveTarget::Links(Links { from, to, .. })) => {
            let pairs = from.iter().flat_map(|&a| to.iter().map(move |&b| (a, b)));
            let pairs: Vec<(Rank, Rank)> = pairs.collect();
            let links = |a, b, both| MoveTarget::Links(Links { from: vec![a], to: vec![b], both });
            for &(a, b) in &pairs {
                milder.push(with(MoveKind::Cut, links(a, b, false), one.span));
                milder.push(with(MoveKind::Cut, links(b, a, false), one.span));
            }
            if one.kind == MoveKind::Partition {
                let both =
                    |&(a, b): &(Rank, Rank)| with(MoveKind::CutBoth, links(a, b, true), one.span);
                milder.extend(pairs.iter().map(both));
                milder.extend(smaller_sides(from, to).map(|(from, to)| {
                    let target = MoveTarget::Links(Links { from, to, both: true });
                    with(MoveKind::Partition, target, one.span)
                }));
            }
        }
        (_, _) => {}
    }
    milder.retain(|milder| rules.kinds.contains(milder.kind));
    if one.kind.can_last() {
        milder.extend(spans(one.span).map(|span| Move { span: Some(span), ..one.clone() }));
    }
    if !matches!(one.target, MoveTarget::Message(_)) {
        let us = one.at.as_us();
        let rounder = [100_000, 10_000, 1_000].map(|unit| Time::us(us / unit * unit));
        milder.extend(
            rounder.iter().filter(|at| **at < one.at).map(|&at| Move { at, ..one.clone() }),
        );
    }
    milder
}

/// Two sides of which the smaller has one process less.
fn smaller_sides(from: &[Rank], to: &[Rank]) -> impl Iterator<Item = (Vec<Rank>, Vec<Rank>)> {
    let is_first_smaller = from.len() <= to.len();
    let (small, large) = if is_first_smaller { (from, to) } else { (to, from) };
    let (small, large) = (small.to_vec(), large.to_vec());
    let moved: Vec<Rank> = if small.len() > 1 { small.clone() } else { Vec::new() };
    moved.into_iter().map(move |rank| {
        let mut larger = large.clone();
        larger.push(rank);
        larger.sort_unstable();
        let smaller = small.iter().copied().filter(|&other| other != rank).collect();
        if is_first_smaller { (smaller, larger) } else { (larger, smaller) }
    })
}

/// Whether what the moves lead to lasts for ever: after the last fault a state comes again, and nobody leads, or
/// several do, or not all agree, all the time between. Known only where no chance is left.
fn endless(question: &SearchQuestion, moves: &[Move], violated: Time) -> Option<EndlessState> {
    if question.has_chance() {
        return None;
    }
    let scenario = question.with(moves).ok()?;
    let mut tally = Tally::new(&scenario);
    let groups = scenario.group_ids();
    let mut world = World::new(scenario.clone());
    let mut log = Vec::new();
    // When each state came first, and what has been so without a break since when.
    let mut seen: BTreeMap<u128, Time> = BTreeMap::new();
    let mut lasting: Vec<(GroupId, Option<(Time, GroupProblem)>)> =
        groups.map(|group| (group, None)).collect();
    for _ in 0..MOST_INSTANTS {
        let Some(at) = world.next() else {
            let (from, kind) = lasting.iter().find_map(|(_, since)| *since)?;
            let is_over = world.is_past_own_faults() && !world.is_exhausted();
            return is_over.then_some(EndlessState { kind, from, period: Duration::ZERO });
        };
        while world.next() == Some(at) {
            world.step(&mut log);
            log.drain(..).for_each(|event| tally.note(&event));
        }
        for (group, since) in &mut lasting {
            let kind = tally.trouble(*group);
            *since = match (kind, *since) {
                (Some(kind), Some((from, before))) if kind == before => Some((from, before)),
                (Some(kind), _) => Some((at, kind)),
                (None, _) => None,
            };
        }
        if !world.is_past_own_faults() || at < violated {
            continue;
        }
        let state = world.state(at, StateScope::Relative, ());
        if let Some(&first) = seen.get(&state) {
            let kind =
                lasting.iter().filter_map(|(_, since)| *since).find(|(from, _)| *from <= first);
            return kind.map(|(_, kind)| EndlessState {
                kind,
                from: first,
                period: at.since(first),
            });
        }
        seen.insert(state, at);
    }
    None
}
