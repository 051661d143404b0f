//! The exploration of a set of moves after another: depth first in time order, from one world to the next.

use super::moves::{Move, MoveTarget, Touched};
use super::{MOST_SEEN, SearchQuestion};
use crate::report::{Report, Tally};
use crate::scenario::{Expectation, MoveKind};
use crate::simulation::{Event, StateScope, World};
use crate::time::{Duration, Time};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

/// How often a world is compared with those seen before: so many times a run.
const MARKS: u64 = 96;

/// What was followed from each state that was seen at a mark.
#[expect(
    clippy::disallowed_types,
    reason = "the hasher is fixed, and the order decides only what a full table forgets"
)]
pub(super) type Seen = std::collections::HashMap<u128, Followed, BuildHasherDefault<AlreadyHashed>>;

/// How a state was followed: with how many moves still to come, and from when on. What is later has less time for
/// moves and for violations.
#[derive(Clone, Copy, Debug)]
pub(super) struct Followed {
    left: u8,
    at: Time,
}

impl Followed {
    /// Whether nothing is found in the other way that is not found in this one.
    pub(super) fn covers(self, other: Self) -> bool {
        self.left >= other.left && self.at <= other.at
    }
}

/// Takes a key as its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AlreadyHashed(u64);

impl Hasher for AlreadyHashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u128(&mut self, hash: u128) {
        self.0 = hash as u64;
    }
}

/// What all parts of a level share.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    pub question: Arc<SearchQuestion>,
    /// What parts that are finished have seen.
    pub seen: Arc<Seen>,
    /// The number of moves in a set.
    pub level: usize,
    /// Whether chance can still decide something, so that numbers of messages are part of a state.
    pub has_chance: bool,
    /// Whether an expectation depends on how long something lasts, or on an instant: then it matters when in the time
    /// between two events of a process a fault begins, and both ends of that time are tried.
    pub measures_time: bool,
    /// What answers so far are about: a set about the same is no other answer.
    pub subjects: Arc<Vec<Subject>>,
}

/// What a set of moves is about: kinds and targets, without instants and durations.
pub(super) type Subject = Vec<(MoveKind, MoveTarget)>;

/// The subject of a set; of a message, its link.
pub(super) fn subject(moves: &[Move]) -> Subject {
    let mut all: Subject =
        moves.iter().map(|one| (one.kind, one.target.without_number())).collect();
    all.sort_unstable();
    all
}

/// A part of a level: the sets that begin with one of some first moves. It runs in slices, on any thread.
#[derive(Clone, Debug)]
pub struct SearchPart {
    shared: Shared,
    /// The newest last.
    stack: Vec<Node>,
    /// What this part has seen.
    pub(super) seen: Seen,
    runs: u64,
    pub(super) events: u64,
    /// Sets of moves that violate an expectation, of different subjects.
    pub(super) found: Vec<Vec<Move>>,
    /// How many first moves it has.
    pub(super) first_moves: u64,
    log: Vec<Event>,
}

/// A run with the moves so far, just before an instant.
#[derive(Clone, Debug)]
pub(super) struct Node {
    world: World,
    tally: Tally,
    /// The same world after the instant, where more moves are to come: it finds out what they can touch. None
    /// where nothing but the offers is to be tried.
    ahead: Option<World>,
    moves: Vec<Move>,
    /// The mark that was passed last.
    mark: u64,
    /// The instant to play next, once all offers are tried, and what it touches.
    pending: Option<(Time, Touched)>,
    /// What is tried at the instant, and how much of it has been.
    offers: Vec<Move>,
    tried: usize,
    /// What is tried at the instant of its last move without that move.
    elsewhere: (Time, Vec<Move>),
    /// The time in which moves begin is over.
    is_closed: bool,
}

impl SearchPart {
    /// The run without a move, from the start.
    pub(super) fn root(shared: Shared) -> Self {
        let scenario = shared.question.scenario.clone();
        let world = World::new(scenario);
        let root = Node {
            tally: Tally::new(&shared.question.scenario),
            ahead: (shared.level > 0).then(|| world.clone()),
            world,
            moves: Vec::new(),
            mark: 0,
            pending: None,
            offers: Vec::new(),
            tried: 0,
            elsewhere: (Time::NEVER, Vec::new()),
            is_closed: false,
        };
        Self::new(shared, root, 0)
    }

    fn new(shared: Shared, node: Node, first_moves: usize) -> Self {
        Self {
            shared,
            stack: vec![node],
            seen: Seen::default(),
            runs: 0,
            events: 0,
            found: Vec::new(),
            first_moves: first_moves as u64,
            log: Vec::new(),
        }
    }

    /// The next parts of the level, `self` being its root: those of the next instant at which a move can begin.
    /// None once there are no more.
    pub(super) fn next_parts(&mut self, shared: &Shared) -> Option<Vec<Self>> {
        let offers = self.next_offers()?;
        let root = self.stack.last()?;
        let piece = |from: usize| {
            let to = offers.len().min(from + PIECE);
            let node =
                Node { ahead: None, offers: offers[..to].to_vec(), tried: from, ..root.clone() };
            Self::new(shared.clone(), node, to - from)
        };
        Some((0..offers.len()).step_by(PIECE).map(piece).collect())
    }

    /// What a root tries at the next instant at which a move can begin. None once there are no more.
    pub(super) fn next_offers(&mut self) -> Option<Vec<Move>> {
        while self.advance() {
            let Some(root) = self.stack.last_mut() else { break };
            if !root.offers.is_empty() {
                return Some(std::mem::take(&mut root.offers));
            }
        }
        self.stack.clear();
        None
    }

    /// Explores about so many events more; true once it is done.
    pub fn step(&mut self, events: u64) -> bool {
        let stop = self.events.saturating_add(events);
        while !self.is_done() && self.events < stop {
            let level = self.shared.level;
            let child = self.stack.last_mut().and_then(|node| node.next_child(level));
            match child {
                Some(child) => self.stack.push(child),
                None if self.advance() => {}
                None => self.finish_run(),
            }
        }
        self.is_done()
    }

    /// Before it runs: what parts before it have seen and found.
    pub(super) fn share(&mut self, shared: &Shared) {
        self.shared = shared.clone();
    }

    /// How many runs were followed, to their end or to a world that was seen before.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Whether it alone has found as many answers as are asked for.
    pub fn has_enough(&self) -> bool {
        self.found.len() >= self.shared.question.answers
    }

    fn is_done(&self) -> bool {
        self.stack.is_empty() || self.has_enough()
    }

    /// Plays one instant of the newest run; false where it is at its end, or at a world that was seen.
    fn advance(&mut self) -> bool {
        let Self { shared, stack, seen, log, .. } = self;
        let Some(node) = stack.last_mut() else { return false };
        let rules = &shared.question.rules;
        let left = shared.level - node.moves.len();
        if left > 0 && (node.is_closed || node.ahead.is_none()) {
            return false;
        }
        let end = shared.question.scenario.end();
        let next = |world: &World| world.next().filter(|&at| at <= end);
        if let Some((at, touched)) = node.pending.take() {
            self.events += node.play(at, log);
            let after = at + MOMENT;
            if shared.measures_time && after <= rules.until && next(&node.world) != Some(after) {
                node.offer(after, rules.offers(&node.world, after, &touched.processes_alone()));
                if !node.offers.is_empty() {
                    return true;
                }
            }
        }
        let at = next(&node.world);
        // A run that has had a split already is judged at its end, even if it repeats itself.
        let is_open = shared.measures_time || !node.tally.may_violate(&shared.question.scenario);
        if let Some(at) = at
            && node.passes_mark(at, end)
            && is_open
        {
            let state = node.state(at, shared);
            let followed = Followed { left: left as u8, at };
            let known = [&*shared.seen, &*seen].map(|seen| seen.get(&state));
            if known.into_iter().flatten().any(|known| known.covers(followed)) {
                return false;
            }
            if seen.len() < MOST_SEEN {
                seen.insert(state, followed);
            }
        }
        let Some(ahead) = node.ahead.as_mut().filter(|_| left > 0) else {
            let Some(at) = at else { return false };
            self.events += node.play(at, log);
            return true;
        };
        let (at, touched) = match at.filter(|&at| at <= rules.until) {
            None => (rules.until, Touched::all(rules)),
            Some(at) => {
                log.clear();
                while ahead.next() == Some(at) {
                    ahead.step(log);
                }
                let mut touched = Touched::by(log);
                node.pending = Some((at, touched.clone()));
                if at == rules.until {
                    touched.add(Touched::all(rules));
                }
                (at, touched)
            }
        };
        node.is_closed = at == rules.until;
        node.offer(at, rules.offers(&node.world, at, &touched));
        true
    }

    /// The newest run is over.
    fn finish_run(&mut self) {
        let Some(node) = self.stack.pop() else { return };
        if node.moves.len() < self.shared.level {
            return;
        }
        self.runs += 1;
        let scenario = &self.shared.question.scenario;
        let is_at_end = node.world.next().is_none_or(|at| at > scenario.end());
        // A run that was stopped by a limit says nothing.
        if !is_at_end || node.world.is_exhausted() || !node.tally.may_violate(scenario) {
            return;
        }
        if Report::first_violated(&node.tally, scenario, scenario.end()).is_some() {
            let subject = subject(&node.moves);
            let known = self.shared.subjects.iter().cloned();
            let own = self.found.iter().map(|moves| self::subject(moves));
            if known.chain(own).all(|known| known != subject) {
                self.found.push(node.moves);
            }
        }
    }
}

/// What is hashed of the run up to an instant.
struct Past<'a> {
    tally: &'a Tally,
    expectations: &'a [Expectation],
}

impl Hash for Past<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.tally.hash_past(self.expectations, hasher);
    }
}

/// The shortest span.
const MOMENT: Duration = Duration::us(1);
/// The number of first moves in a part.
const PIECE: usize = 8;

impl Node {
    /// Everything of an instant happens. Returns the number of events.
    fn play(&mut self, at: Time, log: &mut Vec<Event>) -> u64 {
        log.clear();
        while self.world.next() == Some(at) {
            self.world.step(log);
        }
        log.iter().for_each(|event| self.tally.note(event));
        log.len() as u64
    }

    fn passes_mark(&mut self, at: Time, end: Time) -> bool {
        let mark = at.as_us() * MARKS / end.as_us().max(1);
        let passes = mark > self.mark;
        self.mark = mark;
        passes
    }

    /// What decides whether the rest of the run violates an expectation. Where neither chance nor the timeline nor an
    /// expectation knows how late it is, the instant is no part of it.
    fn state(&self, at: Time, shared: &Shared) -> u128 {
        let is_timeless = !shared.has_chance && !shared.measures_time;
        let scope = match is_timeless && self.world.is_past_own_faults() {
            true => StateScope::Relative,
            false if shared.has_chance => StateScope::WithNumbers,
            false => StateScope::WithoutNumbers,
        };
        let expectations = &shared.question.scenario.expectations;
        self.world.state(at, scope, Past { tally: &self.tally, expectations })
    }

    fn offer(&mut self, at: Time, mut offers: Vec<Move>) {
        let (instant, elsewhere) = &self.elsewhere;
        if *instant == at {
            offers.retain(|one| !elsewhere.contains(one));
        }
        // A message has one fate, and may have a copy besides.
        let is_decided = |one: &Move| {
            let same = |other: &&Move| {
                let are_copies = [one, *other].map(|one| one.kind == MoveKind::Duplicate);
                one.target == other.target && are_copies[0] == are_copies[1]
            };
            matches!(one.target, MoveTarget::Message(_)) && self.moves.iter().any(|m| same(&m))
        };
        offers.retain(|one| !is_decided(one));
        (self.offers, self.tried) = (offers, 0);
    }

    /// The run with the next of the offered moves.
    fn next_child(&mut self, level: usize) -> Option<Self> {
        let one = self.offers.get(self.tried)?.clone();
        self.tried += 1;
        let (faults, overrides) = one.parts();
        let world = self.world.branch(&faults, &overrides);
        let at = one.at;
        let mut elsewhere = self.offers[..self.tried].to_vec();
        if self.elsewhere.0 == at {
            elsewhere.extend_from_slice(&self.elsewhere.1);
        }
        let moves: Vec<Move> = self.moves.iter().cloned().chain([one]).collect();
        Some(Self {
            ahead: (moves.len() < level).then(|| world.clone()),
            world,
            tally: self.tally.clone(),
            moves,
            mark: self.mark,
            pending: None,
            offers: Vec::new(),
            tried: 0,
            elsewhere: (at, elsewhere),
            is_closed: false,
        })
    }
}
