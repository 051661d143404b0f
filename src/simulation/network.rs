//! The links as they are just now: which are cut, how slow and how lossy they are.

use super::choices::LinkConditions;
use super::compiled::DirectedLinks;
use crate::scenario::{Latency, Link, NetworkSettings, Rate};
use crate::time::Time;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Network {
    processes: usize,
    latency: Own<Latency>,
    loss: Own<Rate>,
    duplicate: Own<Rate>,
    /// Of each sender, by its place among the processes, a bit for each receiver.
    cut: Vec<u64>,
    /// Since when some link has been cut, and how many messages that has stopped since.
    split: Option<(Time, u32)>,
    /// With fifo, when the last message put on each link arrives, by sender and receiver.
    last: Vec<Time>,
}

/// A setting of all links, and of those that have their own, by sender and receiver. A table, since
/// one line of a script can change thousands of links, and ten thousand times.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Own<T> {
    default: T,
    /// Empty until a link has its own.
    of: Vec<Option<T>>,
}

impl<T: Copy> Own<T> {
    fn new(
        default: T,
        of: &BTreeMap<Link, T>,
        processes: usize,
        place: impl Fn(Link) -> Option<(usize, usize)>,
    ) -> Self {
        let mut all = Self { default, of: Vec::new() };
        for (&link, &value) in of {
            if let Some((from, to)) = place(link) {
                all.table(processes)[from * processes + to] = Some(value);
            }
        }
        all
    }

    fn table(&mut self, processes: usize) -> &mut [Option<T>] {
        if self.of.is_empty() {
            self.of.resize(processes * processes, None);
        }
        &mut self.of
    }

    fn set(&mut self, links: Option<DirectedLinks>, processes: usize, value: T) {
        let Some(links) = links else { return self.default = value };
        let table = self.table(processes);
        for (from, receivers) in links.each(processes) {
            let row = &mut table[from * processes..][..processes];
            for (to, own) in row.iter_mut().enumerate() {
                if receivers & (1 << to) != 0 {
                    *own = Some(value);
                }
            }
        }
    }

    #[inline(always)]
    fn get(&self, link: usize) -> T {
        self.of.get(link).copied().flatten().unwrap_or(self.default)
    }
}

impl Network {
    /// `place` knows the places of a link's processes.
    pub(crate) fn new(
        settings: &NetworkSettings,
        processes: usize,
        place: impl Fn(Link) -> Option<(usize, usize)> + Copy,
    ) -> Self {
        let NetworkSettings { latency, loss, duplicate, fifo, .. } = *settings;
        let links = if fifo { processes * processes } else { 0 };
        Self {
            processes,
            latency: Own::new(latency, &settings.latency_of, processes, place),
            loss: Own::new(loss, &settings.loss_of, processes, place),
            duplicate: Own::new(duplicate, &settings.duplicate_of, processes, place),
            cut: vec![0; processes],
            split: None,
            last: vec![Time::ZERO; links],
        }
    }

    /// In bytes.
    pub(crate) fn weight(&self) -> usize {
        (self.cut.len() + self.last.len()) * size_of::<u64>()
            + self.latency.of.len() * size_of::<Option<Latency>>()
            + (self.loss.of.len() + self.duplicate.of.len()) * size_of::<Option<Rate>>()
    }

    #[inline(always)]
    pub(crate) fn is_cut(&self, from: usize, to: usize) -> bool {
        self.cut[from] & (1 << to) != 0
    }

    pub(crate) fn cuts(&self) -> &[u64] {
        &self.cut
    }

    pub(crate) fn cut(&mut self, links: DirectedLinks, now: Time) {
        for (from, receivers) in links.each(self.processes) {
            self.cut[from] |= receivers;
        }
        self.note_cut(now);
    }

    /// Between sides, each with the bits of its processes.
    pub(crate) fn cut_sides(&mut self, sides: &[u64], now: Time) {
        let all = sides.iter().fold(0, |all, side| all | side);
        for side in sides {
            let others = all & !side;
            for (place, cut) in self.cut.iter_mut().enumerate() {
                if side & (1 << place) != 0 {
                    *cut |= others;
                }
            }
        }
        self.note_cut(now);
    }

    pub(crate) fn heal(&mut self, links: Option<DirectedLinks>) {
        match links {
            None => self.cut.fill(0),
            Some(links) => {
                for (from, receivers) in links.each(self.processes) {
                    self.cut[from] &= !receivers;
                }
            }
        }
        if self.cut.iter().all(|&cut| cut == 0) {
            self.split = None;
        }
    }

    fn note_cut(&mut self, now: Time) {
        if self.cut.iter().any(|&cut| cut != 0) {
            self.split.get_or_insert((now, 0));
        }
    }

    /// A message is lost to the cut.
    pub(crate) fn note_stopped(&mut self) {
        if let Some((_, stopped)) = &mut self.split {
            *stopped += 1;
        }
    }

    /// Since when some link has been cut, and how many messages that has stopped since.
    pub(crate) fn split(&self) -> Option<(Time, u32)> {
        self.split
    }

    /// Hashes what decides later messages; latencies and losses follow from the timeline alone.
    pub(crate) fn hash_state(&self, at: Time, hash: &mut impl Hasher) {
        self.cut.hash(hash);
        // An arrival that is past holds nothing back.
        self.last.iter().for_each(|&last| last.max(at).hash(hash));
    }

    /// Of some links, or of those that have none of their own.
    pub(crate) fn set_latency(&mut self, links: Option<DirectedLinks>, latency: Latency) {
        self.latency.set(links, self.processes, latency);
    }

    /// Likewise.
    pub(crate) fn set_loss(&mut self, links: Option<DirectedLinks>, rate: Rate) {
        self.loss.set(links, self.processes, rate);
    }

    /// Of the links that have none of their own.
    pub(crate) fn default_latency(&self) -> Latency {
        self.latency.default
    }

    /// Likewise.
    pub(crate) fn default_loss(&self) -> Rate {
        self.loss.default
    }

    pub(crate) fn latency(&self, from: usize, to: usize) -> Latency {
        self.latency.get(from * self.processes + to)
    }

    pub(crate) fn loss(&self, from: usize, to: usize) -> Rate {
        self.loss.get(from * self.processes + to)
    }

    #[inline(always)]
    pub(crate) fn conditions(&self, from: usize, to: usize) -> LinkConditions {
        let link = from * self.processes + to;
        LinkConditions {
            latency: self.latency.get(link),
            loss: self.loss.get(link),
            duplicate: self.duplicate.get(link),
        }
    }

    /// When a message put on the link now arrives: under fifo not before the one ahead of it,
    /// unless an override chose its instant.
    pub(crate) fn put_on(&mut self, from: usize, to: usize, due: Time, fixed: bool) -> Time {
        let link = from * self.cut.len() + to;
        let Some(last) = self.last.get_mut(link) else { return due };
        let due = if fixed { due } else { due.max(*last) };
        *last = due.max(*last);
        due
    }
}
