//! What the expectations that count have counted, in one group.

use crate::clock::Time;
use crate::scenario::{Claim, Expectation};
use crate::vocabulary::{GroupId, MessageKind};

/// Elections, messages of any kind, and one for each kind of message.
const BUCKETS: usize = 2 + MessageKind::ALL.len();
const ELECTIONS: usize = 0;
const ANY_MESSAGE: usize = 1;
const FIRST_KIND: usize = 2;

/// The counters of one group, by what they count: an event looks only at those that it concerns.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    /// Each in the order of the expectations.
    buckets: [Vec<Counter>; BUCKETS],
}

/// Counts what an expectation counts, and remembers the instants that decide it.
#[derive(Clone, Debug)]
pub(super) struct Counter {
    expectation: usize,
    after: Time,
    pub wanted: u64,
    pub found: u64,
    /// When the wanted number was reached, and when it was exceeded.
    pub reached: Option<Time>,
    pub exceeded: Option<Time>,
}

impl Counters {
    /// Of those expectations that are about the group.
    pub fn new(expectations: &[Expectation], group: GroupId) -> Self {
        let mut all = Self::default();
        for (index, Expectation { group: about, claim }) in expectations.iter().enumerate() {
            if about.is_some_and(|about| about != group) {
                continue;
            }
            match claim {
                Claim::Messages { kind, count, after, .. } => {
                    let bucket = kind.map_or(ANY_MESSAGE, of_kind);
                    all.add(bucket, index, after.unwrap_or_default(), *count);
                }
                Claim::Elections { count, .. } => all.add(ELECTIONS, index, Time::ZERO, *count),
                Claim::Leader { .. }
                | Claim::SplitBrain { .. }
                | Claim::LeaderlessAtMost(_)
                | Claim::SplitBrainAtMost(_)
                | Claim::Agreement { .. } => {}
            }
        }
        all
    }

    pub fn sent(&mut self, kind: MessageKind, at: Time) {
        self.count(ANY_MESSAGE, at);
        self.count(of_kind(kind), at);
    }

    pub fn set_out(&mut self, at: Time) {
        self.count(ELECTIONS, at);
    }

    /// What was counted for an expectation.
    pub fn of(&self, expectation: usize) -> Option<&Counter> {
        self.buckets.iter().find_map(|bucket| {
            let place = bucket.binary_search_by_key(&expectation, |c| c.expectation).ok()?;
            bucket.get(place)
        })
    }

    fn add(&mut self, bucket: usize, expectation: usize, after: Time, wanted: u64) {
        self.buckets[bucket].push(Counter {
            expectation,
            after,
            wanted,
            found: 0,
            reached: (wanted == 0).then_some(Time::ZERO),
            exceeded: None,
        });
    }

    fn count(&mut self, bucket: usize, at: Time) {
        let counting = self.buckets[bucket].iter_mut().filter(|counter| at >= counter.after);
        counting.for_each(|counter| counter.add(at));
    }
}

const fn of_kind(kind: MessageKind) -> usize {
    FIRST_KIND + kind as usize
}

impl Counter {
    fn add(&mut self, at: Time) {
        self.found += 1;
        if self.found == self.wanted {
            self.reached = Some(at);
        }
        // Not `wanted + 1`, of which there is none for the largest number.
        if self.found > self.wanted && self.exceeded.is_none() {
            self.exceeded = Some(at);
        }
    }
}
