//! The leaderships of a group with their terms, and how long two leaders of one and the same term led.

use super::spans::{Span, Spans};
use crate::election::{Algorithm, Term};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::collections::BTreeMap;

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
