//! What the expectations that count have counted, in one group.

use crate::scenario::{Condition, Expectation};
use crate::sort;
use crate::time::Time;
use crate::types::{GroupId, MessageKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

/// Elections, messages of any kind, and one for each kind of message.
const BUCKETS: usize = 2 + MessageKind::ALL.len();
const ELECTIONS: usize = 0;
const ANY_MESSAGE: usize = 1;
const FIRST_KIND: usize = 2;

/// The counters of one group, by what they count: an event looks only at those that it concerns.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    buckets: [Bucket; BUCKETS],
}

/// All counters of one thing. They share a count, since a thousand expectations may ask for it: each
/// knows from which number on it counts, and is looked at again only when its own number is reached.
#[derive(Clone, Debug, Default)]
struct Bucket {
    count: u64,
    /// In the order of the expectations.
    counters: Vec<Counter>,
    /// Places of those that count from an instant on that has not come, the earliest last.
    later: Vec<usize>,
    /// At which number which counter is decided.
    awaited: BTreeMap<u64, Vec<usize>>,
}

/// Counts what an expectation counts, and remembers the instants that decide it.
#[derive(Clone, Debug)]
struct Counter {
    expectation: usize,
    after: Time,
    wanted: u64,
    /// How many there were when it began to count; none: that is still to come.
    before: Option<u64>,
    reached: Option<Time>,
    exceeded: Option<Time>,
}

/// How many there were.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub wanted: u64,
    pub found: u64,
    /// When the wanted number was reached, and when it was exceeded.
    pub reached: Option<Time>,
    pub exceeded: Option<Time>,
}

impl Counted {
    /// Of things that happened at these instants, in their order.
    pub(crate) fn of(instants: &[Time], wanted: u64) -> Self {
        let nth = |nth: u64| instants.get(usize::try_from(nth).ok()?).copied();
        let reached = wanted.checked_sub(1).map_or(Some(Time::ZERO), nth);
        Self { wanted, found: instants.len() as u64, reached, exceeded: nth(wanted) }
    }
}

impl Counters {
    /// Of those expectations that are about the group.
    pub(crate) fn new(expectations: &[Expectation], group: GroupId) -> Self {
        let mut all = Self::default();
        for (index, expectation) in expectations.iter().enumerate() {
            if !expectation.is_about(group) {
                continue;
            }
            // Of `after T` the instant, and without it the start.
            let after = expectation.time.last();
            match expectation.condition {
                Condition::Messages { message, count, .. } => {
                    all.add(message.map_or(ANY_MESSAGE, of_kind), index, after, count);
                }
                Condition::Elections { count, .. } => all.add(ELECTIONS, index, after, count),
                Condition::Leader { .. }
                | Condition::Follows { .. }
                | Condition::Leads { .. }
                | Condition::Agreement {}
                | Condition::NoSplitBrain {}
                | Condition::SplitBrain {}
                | Condition::Changes { .. }
                | Condition::UnprovokedChanges { .. }
                | Condition::LeaderlessTotal { .. }
                | Condition::SplitBrainTotal { .. }
                | Condition::LongestLeaderless { .. }
                | Condition::LongestSplitBrain { .. } => {}
            }
        }
        all.buckets.iter_mut().for_each(Bucket::sort);
        all
    }

    pub(crate) fn sent(&mut self, kind: MessageKind, at: Time) {
        self.buckets[ANY_MESSAGE].note(at);
        self.buckets[of_kind(kind)].note(at);
    }

    pub(crate) fn election_started(&mut self, at: Time) {
        self.buckets[ELECTIONS].note(at);
    }

    /// Hashes what the counters can still come to.
    pub(crate) fn hash_past(&self, hash: &mut impl Hasher) {
        for bucket in self.buckets.iter().filter(|bucket| !bucket.counters.is_empty()) {
            bucket.count.hash(hash);
            for counter in &bucket.counters {
                (counter.before, counter.reached, counter.exceeded).hash(hash);
            }
        }
    }

    /// What was counted for an expectation.
    pub(crate) fn of(&self, expectation: usize) -> Option<Counted> {
        self.buckets.iter().find_map(|bucket| {
            let counters = &bucket.counters;
            let place = counters.binary_search_by_key(&expectation, |c| c.expectation).ok()?;
            let &Counter { wanted, before, reached, exceeded, .. } = counters.get(place)?;
            let found = before.map_or(0, |before| bucket.count - before);
            Some(Counted { wanted, found, reached, exceeded })
        })
    }

    fn add(&mut self, bucket: usize, expectation: usize, after: Time, wanted: u64) {
        self.buckets[bucket].counters.push(Counter {
            expectation,
            after,
            wanted,
            before: None,
            reached: (wanted == 0).then_some(Time::ZERO),
            exceeded: None,
        });
    }
}

impl Bucket {
    fn sort(&mut self) {
        self.later = (0..self.counters.len()).collect();
        let counters = &self.counters;
        sort::sort_by_key(&mut self.later, |&place| Reverse(counters[place].after));
    }

    fn note(&mut self, at: Time) {
        while let Some(place) = self.later.pop_if(|place| self.counters[*place].after <= at) {
            let counter = &mut self.counters[place];
            counter.before = Some(self.count);
            // No run counts as far as the largest numbers.
            if let Some(wanted) = self.count.checked_add(counter.wanted.max(1)) {
                self.awaited.entry(wanted).or_default().push(place);
            }
        }
        self.count += 1;
        let Some(entry) = self.awaited.first_entry().filter(|e| *e.key() <= self.count) else {
            return;
        };
        for place in entry.remove() {
            let counter = &mut self.counters[place];
            let found = self.count - counter.before.unwrap_or_default();
            if found == counter.wanted {
                counter.reached = Some(at);
                self.awaited.entry(self.count + 1).or_default().push(place);
            } else {
                counter.exceeded = Some(at);
            }
        }
    }
}

const fn of_kind(kind: MessageKind) -> usize {
    FIRST_KIND + kind as usize
}
