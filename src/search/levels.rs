//! A search from the run without a move to all sets of the most moves, in waves of parts.

use super::explore::{SearchPart, Seen, Shared, subject};
use super::moves::Move;
use super::{Answer, MOST_SEEN, SearchQuestion};
use crate::report::forbids_any_split;
use crate::scenario::MoveKind;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The number of parts that run before what they have seen is shared: more than most machines have cores. A
/// constant, so that the answer and the number of runs do not depend on the machine.
const WAVE: usize = 16;

/// A search. It does nothing by itself: `step` goes on with it on this thread; elsewhere the parts of each wave
/// run on any threads, and `close_wave` goes on once they are done.
#[derive(Clone, Debug)]
pub struct Search {
    shared: Shared,
    /// The run without a move, as far as parts were made of it; none while it is run itself.
    root: Option<SearchPart>,
    /// Jobs of the level that are not yet in a wave.
    waiting: Vec<SearchPart>,
    wave: Vec<SearchPart>,
    progress: SearchProgress,
    found: Vec<Vec<Move>>,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchProgress {
    /// The number of moves in the sets that are tried now, or were last.
    pub level: usize,
    /// Of the first moves of these sets, how many are tried.
    pub tried: u64,
    /// How many first moves there are; not known before all sets of one move are tried.
    pub first_moves: Option<u64>,
    /// How many runs were followed, to their end or to a world that was seen before.
    pub runs: u64,
    /// How many events they had.
    pub events: u64,
    /// All sets are tried, or as many answers found as asked for.
    pub is_done: bool,
}

impl SearchProgress {
    /// Of the first moves of the sets that are tried now, how many are done, in percent, where it is known.
    pub fn share(&self) -> Option<u64> {
        self.first_moves.map(|all| self.tried * 100 / all.max(1))
    }
}

/// Counts the first moves of each kind: a search tries each by itself, and begins larger sets with it.
#[derive(Clone, Debug)]
pub struct MoveCount {
    root: SearchPart,
    counts: [u64; MoveKind::ALL.len()],
}

impl MoveCount {
    /// Nothing is counted yet.
    pub fn new(question: SearchQuestion) -> Self {
        let root = SearchPart::root(Shared { level: 1, ..Shared::new(question) });
        Self { root, counts: [0; MoveKind::ALL.len()] }
    }

    /// Follows the run for about so many events more; true once all moves are counted.
    pub fn step(&mut self, events: u64) -> bool {
        let stop = self.root.events.saturating_add(events);
        while self.root.events < stop {
            let Some(offers) = self.root.next_offers() else { return true };
            offers.iter().for_each(|one| self.counts[one.kind as usize] += 1);
        }
        false
    }

    /// The kinds with the number of their moves so far.
    pub fn counts(&self) -> impl Iterator<Item = (MoveKind, u64)> {
        MoveKind::ALL.iter().copied().zip(self.counts)
    }
}

impl Shared {
    /// Of a search that has not begun.
    fn new(question: SearchQuestion) -> Self {
        let has_chance = question.has_chance();
        let measures_time = !question.scenario.expectations.iter().all(forbids_any_split);
        Self {
            question: Arc::new(question),
            seen: Arc::default(),
            level: 0,
            has_chance,
            measures_time,
            subjects: Arc::default(),
        }
    }
}

impl Search {
    /// Nothing is tried yet.
    pub fn new(question: SearchQuestion) -> Self {
        let shared = Shared::new(question);
        let wave = vec![SearchPart::root(shared.clone())];
        Self {
            shared,
            root: None,
            waiting: Vec::new(),
            wave,
            progress: SearchProgress::default(),
            found: Vec::new(),
        }
    }

    /// The question.
    pub fn question(&self) -> &SearchQuestion {
        &self.shared.question
    }

    /// How far it has come.
    pub fn progress(&self) -> SearchProgress {
        let mut progress = self.progress;
        for part in &self.wave {
            progress.runs += part.runs();
            progress.events += part.events;
        }
        progress
    }

    /// Up to how many moves together all sets are tried, and violate nothing.
    pub fn finished(&self) -> usize {
        let SearchProgress { level, is_done, .. } = self.progress;
        if is_done && self.found.is_empty() { level } else { level.saturating_sub(1) }
    }

    /// The sets of moves that violate an expectation: the fewest moves first, then in the order in which they
    /// are tried.
    pub fn found(&self) -> &[Vec<Move>] {
        &self.found
    }

    /// What was found as answers, the mildest first. Sets that come to the same kinds and targets when they are made
    /// mild are one answer.
    pub fn answers(&self) -> Vec<Answer> {
        let question = self.question();
        let mut answers: Vec<Answer> =
            self.found.iter().filter_map(|moves| question.answer(moves)).collect();
        answers.sort_by_key(Answer::severity);
        let mut distinct: Vec<Answer> = Vec::new();
        for answer in answers {
            if !distinct.iter().any(|known| known.is_like(&answer)) {
                distinct.push(answer);
            }
        }
        distinct
    }

    /// The parts that can run now; none once the search is done.
    pub fn wave(&mut self) -> &mut [SearchPart] {
        &mut self.wave
    }

    /// Explores about so many events more; true once the search is done.
    pub fn step(&mut self, events: u64) -> bool {
        let stop = self.progress().events.saturating_add(events);
        while !self.progress.is_done {
            for part in &mut self.wave {
                // Each part up to its end before the next: none in vain if one finds the last answer.
                let ahead = stop.saturating_sub(self.progress.events + part.events);
                if ahead == 0 || !part.step(ahead) {
                    return false;
                }
            }
            self.close_wave();
            if self.progress.events >= stop {
                break;
            }
        }
        self.progress.is_done
    }

    /// Takes what the parts of a wave found, which are all done, and makes the next wave.
    pub fn close_wave(&mut self) {
        for part in std::mem::take(&mut self.wave) {
            self.progress.runs += part.runs();
            self.progress.events += part.events;
            self.progress.tried += part.first_moves;
            remember(&mut self.shared.seen, part.seen);
            for moves in part.found {
                let about = subject(&moves);
                if !self.shared.subjects.contains(&about) {
                    Arc::make_mut(&mut self.shared.subjects).push(about);
                    self.found.push(moves);
                }
            }
            if self.found.len() >= self.shared.question.answers {
                self.progress.is_done = true;
                return;
            }
        }
        self.next_wave();
    }

    fn next_wave(&mut self) {
        // What holds without a move is violated by none of its longer sets alone: the fewest moves are the answer.
        if self.root.is_none() && !self.next_level() {
            return;
        }
        while self.waiting.len() < WAVE {
            let parts = self.root.as_mut().and_then(|root| root.next_parts(&self.shared));
            match parts {
                Some(parts) => self.waiting.extend(parts),
                None => break,
            }
        }
        let size = self.waiting.len().min(WAVE);
        self.wave = self.waiting.drain(..size).collect();
        for part in &mut self.wave {
            part.share(&self.shared);
        }
        if self.wave.is_empty() {
            if let Some(root) = self.root.take() {
                self.progress.events += root.events;
                remember(&mut self.shared.seen, root.seen);
            }
            self.progress.first_moves = Some(self.progress.tried);
            self.next_wave();
        }
    }

    /// Begins with the sets of one move more; false once there are no more to try.
    fn next_level(&mut self) -> bool {
        if self.shared.level == self.shared.question.most || !self.found.is_empty() {
            self.progress.is_done = true;
            return false;
        }
        self.shared.level += 1;
        self.progress.level = self.shared.level;
        self.progress.tried = 0;
        self.root = Some(SearchPart::root(self.shared.clone()));
        true
    }
}

fn remember(all: &mut Arc<Seen>, more: Seen) {
    let all = Arc::make_mut(all);
    for (state, followed) in more {
        // When the table is full, a world is followed again.
        if all.len() < MOST_SEEN || all.contains_key(&state) {
            let known = all.entry(state).or_insert(followed);
            if followed.covers(*known) {
                *known = followed;
            }
        }
    }
}
