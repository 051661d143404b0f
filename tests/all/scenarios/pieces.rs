//! The small pieces of proptest's scenarios: ranks, lengths of time, rates, links.

use hustings::scenario::{Latency, Link, Links, Rate};
use hustings::time::{Duration, Time};
use hustings::types::Rank;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use std::collections::BTreeMap;
use std::fmt::Debug;

pub(crate) fn rank_of(ranks: &[Rank]) -> impl Strategy<Value = Rank> + use<> {
    select(ranks.to_vec())
}

/// One to three, perhaps the same one twice.
pub(crate) fn few(ranks: &[Rank]) -> impl Strategy<Value = Vec<Rank>> + use<> {
    vec(rank_of(ranks), 1..4)
}

/// A length of time in every unit, nothing too; an hour at most.
pub(crate) fn span() -> impl Strategy<Value = Duration> {
    prop_oneof![
        2 => (0..2_000_u64).prop_map(Duration::ms),
        1 => (0..2_000_u64).prop_map(Duration::us),
        1 => (0..3_600_000_000_u64).prop_map(Duration::us),
        1 => (0..=3_600_u64).prop_map(Duration::secs),
    ]
}

/// Longer than nothing.
pub(crate) fn length() -> impl Strategy<Value = Duration> {
    span().prop_map(|span| span.max(Duration::us(1)))
}

pub(crate) fn instant() -> impl Strategy<Value = Time> {
    span().prop_map(Duration::from_start)
}

/// Within the first ten seconds, where the timeline is.
pub(crate) fn moment() -> impl Strategy<Value = Time> {
    prop_oneof![(0..10_000_u64).prop_map(Time::ms), (0..10_000_000_u64).prop_map(Time::us),]
}

pub(crate) fn latency() -> impl Strategy<Value = Latency> {
    (span(), span()).prop_map(|(a, b)| Latency::new(a.min(b), a.max(b)).unwrap_or(Latency::DEFAULT))
}

pub(crate) fn rate() -> impl Strategy<Value = Rate> {
    let ppm = prop_oneof![Just(0), Just(1_000_000), 0..=1_000_000_u32];
    ppm.prop_map(|ppm| Rate::ppm(ppm).unwrap_or(Rate::NEVER))
}

/// Two sides that share nobody; there must be two processes.
pub(crate) fn links(ranks: &[Rank]) -> impl Strategy<Value = Links> + use<> {
    let ends = subsequence(ranks.to_vec(), 2..=ranks.len().min(5)).prop_shuffle();
    (ends, any::<Index>(), any::<bool>()).prop_map(|(ends, cut, both)| {
        let (from, to) = ends.split_at(1 + cut.index(ends.len() - 1));
        Links { from: from.to_vec(), to: to.to_vec(), both }
    })
}

/// Something said of single links: seldom of many.
pub(crate) fn link_map<T: Clone + Debug + 'static>(
    ranks: &[Rank],
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<BTreeMap<Link, T>> {
    if ranks.len() < 2 {
        return Just(BTreeMap::new()).boxed();
    }
    let text = vec((links(ranks), value), 0..3);
    text.prop_map(|text| {
        let each = |(links, value): (Links, T)| {
            links.each().map(|link| (link, value.clone())).collect::<Vec<_>>()
        };
        text.into_iter().flat_map(each).collect()
    })
    .boxed()
}

/// Few of these processes, each with a value.
pub(crate) fn rank_map<T: Debug + 'static>(
    ranks: &[Rank],
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<BTreeMap<Rank, T>> {
    proptest::collection::btree_map(rank_of(ranks), value, 0..3).boxed()
}
