//! The digest of a run: a 64-bit hash of its events, without reasons and wording. The same on every machine.

use crate::scenario::{Fault, FaultArguments, Links};
use crate::simulation::{Event, EventKind, World};
use crate::types::{Rank, Role};
use std::fmt;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// xxh3 over the canonical bytes of (time, group, rank, choice, what) of every event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest(pub u64);

impl Digest {
    /// Of a text instead of a run, for who needs a name for it that is as short.
    pub fn of_text(text: &str) -> Self {
        Self(xxh3_64(text.as_bytes()))
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[derive(Clone, Default)]
pub(super) struct Hasher(Xxh3);

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.finish().fmt(f)
    }
}

impl Hasher {
    pub(crate) fn note(&mut self, event: &Event, world: &World) {
        let (tag, value, rank) = encoded(event.what);
        let mut bytes = [0; 36];
        bytes[..8].copy_from_slice(&event.at.as_us().to_le_bytes());
        bytes[8] = event.group.map_or(0, |group| group.0 + 1);
        bytes[9] = tag;
        bytes[10..12].copy_from_slice(&event.rank.map_or(0, Rank::get).to_le_bytes());
        if let Some(choice) = &event.choice {
            bytes[12..24].copy_from_slice(&choice.canonical());
        }
        bytes[24..32].copy_from_slice(&value.to_le_bytes());
        bytes[32..34].copy_from_slice(&rank.map_or(0, Rank::get).to_le_bytes());
        self.0.update(&bytes);
        if let Some(fault) = world.fault(event.cause) {
            self.note_links(fault);
        }
    }

    pub(crate) fn finish(&self) -> Digest {
        Digest(self.0.digest())
    }

    /// Which links a fault is about stands in the fault, not in the event. The order is frozen too.
    fn note_links(&mut self, fault: &Fault) {
        let FaultArguments { sides, links, latency, rate, .. } = fault.arguments();
        sides.iter().for_each(|side| self.ranks(side));
        if let Some(latency) = latency {
            self.number(latency.lo().as_us());
            self.number(latency.hi().as_us());
        }
        if let Some(rate) = rate {
            self.number(u64::from(rate.as_ppm()));
        }
        if let Some(Links { from, to, both }) = links.as_deref() {
            self.ranks(from);
            self.ranks(to);
            self.0.update(&[u8::from(*both)]);
        }
    }

    fn ranks(&mut self, ranks: &[Rank]) {
        self.number(ranks.len() as u64);
        ranks.iter().for_each(|rank| self.0.update(&rank.get().to_le_bytes()));
    }

    fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }
}

/// A tag, a number and a rank. Frozen with the link's version 1.
fn encoded(what: EventKind) -> (u8, u64, Option<Rank>) {
    match what {
        EventKind::Crashed { .. } => (1, 0, None),
        EventKind::Recovered => (2, 0, None),
        EventKind::Paused { until, .. } => (3, until.as_us(), None),
        EventKind::Resumed { .. } => (4, 0, None),
        EventKind::Cut => (5, 0, None),
        EventKind::Healed => (6, 0, None),
        EventKind::LatencyChanged => (7, 0, None),
        EventKind::LossChanged => (8, 0, None),
        EventKind::Booted => (9, 0, None),
        EventKind::Suspected => (10, 0, None),
        EventKind::Unsuspecting => (11, 0, None),
        EventKind::TimedOut { .. } => (12, 0, None),
        EventKind::Received => (13, 0, None),
        EventKind::StartedElection => (14, 0, None),
        EventKind::Became(Role::BelievesNobody) => (15, 0, None),
        EventKind::Became(Role::Follows(leader)) => (15, 1, Some(leader)),
        EventKind::Became(Role::Leads) => (15, 2, None),
        EventKind::Became(Role::Electing) => (15, 3, None),
        EventKind::Became(Role::AwaitingElected) => (15, 4, None),
        EventKind::Became(Role::Claims) => (15, 5, None),
        EventKind::Became(Role::Delaying) => (15, 6, None),
        EventKind::Became(Role::PreCandidate) => (15, 7, None),
        EventKind::Became(Role::Candidate) => (15, 8, None),
        EventKind::Sent { due, .. } => (16, due.as_us(), None),
        EventKind::Duplicated { due, .. } => (17, due.as_us(), None),
        EventKind::Lost(loss) => (18, loss as u64, None),
        EventKind::Held => (19, 0, None),
    }
}
