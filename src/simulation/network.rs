//! The links as they are just now: which are cut, how slow and how lossy they are.

use super::fate::Conditions;
use crate::clock::Time;
use crate::scenario::{Latency, Link, Links, NetworkSettings, Rate};
use crate::vocabulary::Rank;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Network {
    settings: NetworkSettings,
    /// Of each sender, by its place among the processes, a bit for each receiver.
    cut: Vec<u64>,
    /// Since when some link has been cut, and how many messages that has stopped since.
    split: Option<(Time, u32)>,
    /// With fifo, when the last message put on each link arrives, by sender and receiver.
    last: Vec<Time>,
}

impl Network {
    pub fn new(settings: NetworkSettings, processes: usize) -> Self {
        let links = if settings.fifo { processes * processes } else { 0 };
        Self { settings, cut: vec![0; processes], split: None, last: vec![Time::ZERO; links] }
    }

    /// In bytes.
    pub fn weight(&self) -> usize {
        let own = self.settings.latency_of.len() + self.settings.loss_of.len();
        (self.cut.len() + self.last.len()) * size_of::<u64>()
            + own * 2 * size_of::<(Link, Latency)>()
    }

    #[inline(always)]
    pub fn is_cut(&self, from: usize, to: usize) -> bool {
        self.cut[from] & (1 << to) != 0
    }

    pub fn cut(&mut self, from: usize, to: usize, now: Time) {
        self.cut[from] |= 1 << to;
        self.split.get_or_insert((now, 0));
    }

    /// Cuts every link between two sides, each a bit for each of its processes.
    pub fn cut_sides(&mut self, sides: &[u64], now: Time) {
        let all = sides.iter().fold(0, |all, side| all | side);
        for side in sides {
            let others = all & !side;
            for (place, cut) in self.cut.iter_mut().enumerate() {
                if side & (1 << place) != 0 {
                    *cut |= others;
                }
            }
        }
        if sides.iter().any(|&side| side != all) {
            self.split.get_or_insert((now, 0));
        }
    }

    pub fn heal(&mut self, from: usize, to: usize) {
        self.cut[from] &= !(1 << to);
        if self.cut.iter().all(|&cut| cut == 0) {
            self.split = None;
        }
    }

    pub fn heal_all(&mut self) {
        self.cut.fill(0);
        self.split = None;
    }

    /// A message is lost to the cut.
    pub fn note_stopped(&mut self) {
        if let Some((_, stopped)) = &mut self.split {
            *stopped += 1;
        }
    }

    /// Since when some link has been cut, and how many messages that has stopped since.
    pub fn split(&self) -> Option<(Time, u32)> {
        self.split
    }

    pub fn set_latency(&mut self, links: Option<&Links>, latency: Latency) {
        match links {
            None => self.settings.latency = latency,
            Some(links) => {
                self.settings.latency_of.extend(links.each().map(|link| (link, latency)));
            }
        }
    }

    pub fn set_loss(&mut self, links: Option<&Links>, rate: Rate) {
        match links {
            None => self.settings.loss = rate,
            Some(links) => self.settings.loss_of.extend(links.each().map(|link| (link, rate))),
        }
    }

    pub fn default_latency(&self) -> Latency {
        self.settings.latency
    }

    pub fn default_loss(&self) -> Rate {
        self.settings.loss
    }

    pub fn latency(&self, link: Link) -> Latency {
        *self.settings.latency_of.get(&link).unwrap_or(&self.settings.latency)
    }

    pub fn loss(&self, link: Link) -> Rate {
        *self.settings.loss_of.get(&link).unwrap_or(&self.settings.loss)
    }

    #[inline(always)]
    pub fn conditions(&self, from: Rank, to: Rank) -> Conditions {
        let link = Link { from, to };
        let duplicate = self.settings.duplicate_of.get(&link).unwrap_or(&self.settings.duplicate);
        Conditions { latency: self.latency(link), loss: self.loss(link), duplicate: *duplicate }
    }

    /// When a message put on the link now arrives: under fifo not before the one ahead of it,
    /// unless an edit chose its instant.
    pub fn put_on(&mut self, from: usize, to: usize, due: Time, fixed: bool) -> Time {
        let link = from * self.cut.len() + to;
        let Some(last) = self.last.get_mut(link) else { return due };
        let due = if fixed { due } else { due.max(*last) };
        *last = due.max(*last);
        due
    }
}
