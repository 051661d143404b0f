//! What the undated lines say of single links: the last one counts, link by link.
//!
//! A table rather than a map while the lines are read: a line can name thousands of links, and a
//! script has room for hundreds of such lines.

use crate::scenario::{Link, Links, ScenarioParts};
use crate::types::Rank;

pub(super) struct LinkTable<'a, T> {
    ranks: &'a [Rank],
    /// Which saying counts for each link, by sender and then by receiver.
    cells: Vec<Option<usize>>,
    sayings: Vec<LinkStatement<T>>,
}

struct LinkStatement<T> {
    line: usize,
    value: T,
    /// For how many links it still counts.
    counts_for: usize,
    /// The line that took the last link from it.
    overruled_by: usize,
}

impl<'a, T: Copy> LinkTable<'a, T> {
    pub fn new(parts: &'a ScenarioParts) -> Self {
        let ranks = &*parts.ranks;
        Self { ranks, cells: vec![None; ranks.len() * ranks.len()], sayings: Vec::new() }
    }

    /// A line says something of these links, whose ends all exist.
    pub fn say(&mut self, links: &Links, line: usize, value: T) {
        let this = self.sayings.len();
        self.sayings.push(LinkStatement { line, value, counts_for: 0, overruled_by: line });
        let places = |ranks: &[Rank]| -> Vec<usize> {
            ranks.iter().filter_map(|rank| self.ranks.binary_search(rank).ok()).collect()
        };
        let (from, to) = (places(&links.from), places(&links.to));
        for &a in &from {
            for &b in &to {
                self.put(this, a, b);
                if links.both {
                    self.put(this, b, a);
                }
            }
        }
    }

    fn put(&mut self, saying: usize, from: usize, to: usize) {
        let cell = &mut self.cells[from * self.ranks.len() + to];
        if let Some(before) = cell.replace(saying) {
            self.sayings[before].counts_for -= 1;
            self.sayings[before].overruled_by = self.sayings[saying].line;
        }
        self.sayings[saying].counts_for += 1;
    }

    /// The lines that count for no link any more, each with the one that took its last.
    pub fn overruled(&self) -> impl Iterator<Item = (usize, usize)> {
        let gone = self.sayings.iter().filter(|saying| saying.counts_for == 0);
        gone.map(|saying| (saying.line, saying.overruled_by))
    }

    /// Every link that something is said of, with the line that counts.
    pub fn each(&self) -> impl Iterator<Item = (Link, usize, T)> {
        let ends =
            self.ranks.iter().flat_map(|&from| self.ranks.iter().map(move |&to| Link { from, to }));
        ends.zip(&self.cells).filter_map(|(link, cell)| {
            let saying = &self.sayings[(*cell)?];
            Some((link, saying.line, saying.value))
        })
    }
}
