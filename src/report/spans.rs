//! The values of something over time, as spans; and the leaderships of a group, which are spans with terms. A value
//! that holds for no time counts nowhere.

use crate::election::{Algorithm, Term};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::collections::BTreeMap;

/// From `from` until just before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span<T> {
    /// The first instant.
    pub from: Time,
    /// The end, which does not belong to it.
    pub to: Time,
    /// What held.
    pub value: T,
}

/// The values of something over time.
#[derive(Clone, Debug, Hash)]
pub struct Spans<T> {
    closed: Vec<Span<T>>,
    /// The value that has held since `since`.
    settled: T,
    since: Time,
    /// The value after all that has happened so far, and when it became so.
    live: T,
    live_at: Time,
}

impl<T: Copy + PartialEq> Spans<T> {
    /// `value` from the start on.
    pub fn new(value: T) -> Self {
        Self {
            closed: Vec::new(),
            settled: value,
            since: Time::ZERO,
            live: value,
            live_at: Time::ZERO,
        }
    }

    /// Instants come in order.
    pub fn set(&mut self, at: Time, value: T) {
        if at > self.live_at {
            self.settle();
            self.live_at = at;
        }
        self.live = value;
    }

    /// Whether a value that has lasted, or that may last, is such.
    pub fn has_had(&self, is_such: impl Fn(T) -> bool) -> bool {
        let lasted = self.closed.iter().map(|span| span.value);
        lasted.chain([self.settled, self.live]).any(is_such)
    }

    /// The value after all that has happened so far, even if for no time.
    pub fn live(&self) -> T {
        self.live
    }

    /// The spans up to `end`, and since when the last value has held.
    pub fn until(&self, end: Time) -> (Vec<Span<T>>, Time) {
        let mut all = self.clone();
        all.settle();
        let Self { mut closed, settled, since, .. } = all;
        if since < end || closed.is_empty() {
            closed.push(Span { from: since, to: end, value: settled });
        }
        (closed, since)
    }

    fn settle(&mut self) {
        if self.live == self.settled {
            return;
        }
        if self.live_at > self.since {
            let (from, to, value) = (self.since, self.live_at, self.settled);
            self.closed.push(Span { from, to, value });
        }
        self.settled = self.live;
        self.since = self.live_at;
        // A value that lasted no time may have stood between two equal ones.
        if self.closed.last().is_some_and(|last| last.value == self.settled) {
            self.since = self.closed.pop().map_or(self.since, |last| last.from);
        }
    }
}

impl<T> Span<T> {
    /// How long it lasted.
    pub fn length(&self) -> Duration {
        self.to.since(self.from)
    }
}

/// The term of a member, and the terms in which it led.
#[derive(Clone, Debug)]
pub(super) struct MemberTerms {
    pub term: Term,
    led: Spans<Option<Term>>,
}

impl MemberTerms {
    /// At the start of a run.
    pub(super) fn new(term: Term, leads: bool) -> Self {
        Self { term, led: Spans::new(leads.then_some(term)) }
    }

    /// After a change of its term, or of whether it leads.
    pub(super) fn note(&mut self, at: Time, leads: bool) {
        self.led.set(at, leads.then_some(self.term));
    }
}

/// The term in which all members start, with a leader or without; none where the algorithm has no terms.
pub(super) const fn first_term(algorithm: &Algorithm, has_leader: bool) -> Option<Term> {
    match algorithm {
        Algorithm::NextInLine(_) => Some(0),
        Algorithm::Raft(_) => Some(has_leader as Term),
        Algorithm::Bully
        | Algorithm::BullyTextbook
        | Algorithm::Candidates(_)
        | Algorithm::Ring
        | Algorithm::Invitation
        | Algorithm::Vrrp => None,
    }
}

/// Each leadership with its term, by its start; `terms` are those of the members.
pub(super) fn leaderships(
    members: &[Rank],
    terms: &[MemberTerms],
    end: Time,
) -> Vec<Span<(Rank, Term)>> {
    let mut all = Vec::new();
    for (rank, own) in members.iter().zip(terms) {
        let led = own.led.until(end).0.into_iter();
        let led = led.filter(|span| span.from < span.to);
        all.extend(led.filter_map(|Span { from, to, value }| {
            value.map(|term| Span { from, to, value: (*rank, term) })
        }));
    }
    sort::sort_by_key(&mut all, |leadership| (leadership.from, leadership.value));
    all
}

/// How long two leaders of one and the same term led, in all.
pub(super) fn same_term(leaderships: &[Span<(Rank, Term)>]) -> Duration {
    let edges = leaderships.iter().flat_map(|leadership| {
        let (_, term) = leadership.value;
        [(leadership.from, true, term), (leadership.to, false, term)]
    });
    let mut edges: Vec<(Time, bool, Term)> = edges.collect();
    sort::sort(&mut edges);
    let mut leaders: BTreeMap<Term, u32> = BTreeMap::new();
    // The number of terms with several leaders, since `before`.
    let (mut shared, mut before, mut total) = (0_u32, Time::ZERO, Duration::ZERO);
    for (at, begins, term) in edges {
        if shared > 0 {
            total += at.since(before);
        }
        before = at;
        let count = leaders.entry(term).or_default();
        if begins {
            *count += 1;
            shared += u32::from(*count == 2);
        } else {
            shared -= u32::from(*count == 2);
            *count -= 1;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(changes: &[(u64, char)]) -> String {
        let mut spans = Spans::new('a');
        for &(at, value) in changes {
            spans.set(Time::ms(at), value);
        }
        let (spans, _) = spans.until(Time::ms(100));
        spans.iter().map(|s| format!("{}{} ", s.value, s.length().as_us() / 1000)).collect()
    }

    #[test]
    fn spans_tile_the_run() {
        assert_eq!(spans(&[]), "a100 ");
        assert_eq!(spans(&[(10, 'b'), (30, 'c')]), "a10 b20 c70 ");
        assert_eq!(spans(&[(0, 'b')]), "b100 ");
    }

    #[test]
    fn what_lasts_no_time_counts_nowhere() {
        assert_eq!(spans(&[(10, 'b'), (10, 'a')]), "a100 ");
        assert_eq!(spans(&[(10, 'b'), (10, 'c'), (30, 'c')]), "a10 c90 ");
        assert_eq!(spans(&[(100, 'b')]), "a100 ");
    }

    #[test]
    fn a_term_with_two_leaders_counts_once_however_many_share_a_term() {
        let span = |from, to, rank, term| Span {
            from: Time::ms(from),
            to: Time::ms(to),
            value: (Rank::new(rank).expect("no rank is 0"), term),
        };
        let us = |spans: &[Span<(Rank, Term)>]| same_term(spans).as_us() / 1_000;
        assert_eq!(us(&[]), 0);
        // Of different terms, and one after the other.
        assert_eq!(us(&[span(0, 50, 1, 1), span(20, 90, 2, 2), span(90, 99, 1, 2)]), 0);
        assert_eq!(us(&[span(0, 50, 1, 1), span(20, 90, 2, 1)]), 30);
        // From 20 to 50 in term 1, from 40 to 60 in term 2.
        let both = [span(0, 50, 1, 1), span(20, 90, 2, 1), span(40, 60, 3, 2), span(30, 70, 4, 2)];
        assert_eq!(us(&both), 40);
    }
}
