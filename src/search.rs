//! Searches a scenario for the fewest faults that violate its expectations.
//!
//! A set of moves is tried in the order of their instants, each from a copy of the world at its instant. All sets
//! of one move come before those of two, so the first violation has the fewest moves. The order does not depend on
//! how the work is divided, and neither does the answer. Worlds that were seen before are not followed again.

mod explore;
mod levels;
mod moves;
mod refine;

pub use explore::SearchPart;
pub use levels::{MoveCount, Search, SearchProgress};
pub use moves::{MOST_IN_PARTITIONS, Move, MoveRules, MoveTarget};

use crate::election::AlgorithmKind;
use crate::member::Detector;
pub use crate::report::GroupProblem;
use crate::scenario::{
    Condition, ConditionTime, Expectation, ExpectedRuns, FaultKind, Invalid, MoveKind, MoveKinds,
    Scenario, ScenarioParts, TimelineEntry, limits,
};
use crate::sort;
use crate::time::{Duration, Time};

/// A question: which moves violate an expectation of the scenario?
#[derive(Clone, Debug)]
pub struct SearchQuestion {
    /// With the expectations that count, one at least.
    pub scenario: Scenario,
    /// What may be tried.
    pub rules: MoveRules,
    /// How many moves together; at most `limits::MOST_ADDED_FAULTS`.
    pub most: usize,
    /// With how many answers the search ends; one at least.
    pub answers: usize,
}

/// An answer: a set of moves that violates an expectation. Each move is as mild as the same violation allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// In the order of their instants.
    pub moves: Vec<Move>,
    /// What they violate.
    pub violation: Violation,
    /// Of each move that has a duration: with which ones the expectation is violated.
    pub dangers: Vec<Option<DangerInterval>>,
    /// What lasts for ever, where that is proved.
    pub endless: Option<EndlessState>,
}

impl Answer {
    /// Whether both have the same kinds of moves on the same targets, at whatever instants: then they are one answer.
    pub fn is_like(&self, other: &Self) -> bool {
        explore::subject(&self.moves) == explore::subject(&other.moves)
    }

    /// Orders answers: the fewest moves first, then the mildest, then the earliest.
    pub fn severity(&self) -> (usize, Vec<(MoveKind, Option<Duration>)>, Time) {
        let kinds = self.moves.iter().map(|one| (one.kind, one.span)).collect();
        (self.moves.len(), kinds, self.violation.at)
    }
}

/// An expectation that a run does not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Its place in the scenario.
    pub expectation: usize,
    /// The instant that decides it.
    pub at: Time,
}

/// Around the duration of a move: with these durations the expectation is violated, as far as they were tried. The ends
/// are exact to a millisecond, and a duration within the interval need not have been tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DangerInterval {
    /// The shortest.
    pub from: Duration,
    /// Where it ends.
    pub to: DangerEnd,
    /// Longer ones violate it again.
    pub is_again_beyond: bool,
}

/// Where the durations end with which an expectation is violated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DangerEnd {
    /// With this one it is violated, with a longer one it is met.
    At(Duration),
    /// With this one it is violated, and a longer fault does not end within the run.
    EndOfRun(Duration),
    /// The violation begins before the fault ends, so no longer one prevents it.
    Never,
}

/// A state that lasts for ever: after the last fault the run repeats itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndlessState {
    /// What is so all the time.
    pub kind: GroupProblem,
    /// The instant from which on the run repeats.
    pub from: Time,
    /// After how long it repeats; nothing where nothing happens any more.
    pub period: Duration,
}

impl MoveRules {
    /// All kinds that the scenario allows, with its own durations.
    pub fn of(scenario: &Scenario) -> Self {
        let is_possible = |kind: &MoveKind| {
            *kind != MoveKind::Partition || scenario.ranks.len() <= MOST_IN_PARTITIONS
        };
        Self {
            kinds: MoveKinds::ALL.iter().filter(is_possible).collect(),
            durations: durations(scenario),
            until: Time::us(scenario.end().as_us() / 3 * 2),
            processes: scenario.ranks.clone(),
            links: Vec::new(),
        }
    }

    /// Tries these durations of faults; without any, the scenario's own.
    pub fn set_durations(&mut self, durations: &[Duration]) {
        if !durations.is_empty() {
            self.durations = durations.to_vec();
            sort::sort_by_key(&mut self.durations, |&duration| duration);
            self.durations.dedup();
        }
    }
}

/// Half a timeout, one and a half, and five: of the detector, or of the longer wait where there is none.
fn durations(scenario: &Scenario) -> Vec<Duration> {
    let timeout = match scenario.detector {
        Detector::Heartbeat { timeout, .. } => timeout,
        Detector::Scripted => scenario.timeouts.alive.max(scenario.timeouts.elected),
    };
    [1, 3, 10].map(|halves| Duration::us(timeout.as_us() * halves / 2)).to_vec()
}

/// What is asked where a scenario expects nothing.
pub const USUAL: Expectation = Expectation {
    group: None,
    condition: Condition::NoSplitBrain {},
    time: ConditionTime::Unstated,
    runs: ExpectedRuns::This,
};

impl SearchQuestion {
    /// A search through all sets of up to two moves for a violation of what the scenario expects of one run.
    pub fn of(scenario: Scenario) -> Self {
        let mut parts = scenario.into_parts();
        // One run cannot violate a claim about many seeds.
        parts.expectations.retain(Expectation::one_run_can_fail);
        for expectation in &mut parts.expectations {
            *expectation = expectation.of_one_run();
        }
        if parts.expectations.is_empty() {
            parts.expectations.push(USUAL);
        }
        let scenario = Scenario::new(parts).unwrap_or_default();
        Self { rules: MoveRules::of(&scenario), scenario, most: 2, answers: 1 }
    }

    /// The search behind an expectation with `always`, by its index; none where it has none.
    pub fn behind(scenario: &Scenario, index: usize) -> Option<Self> {
        let (_, expectation, added) =
            scenario.always_expectations().find(|(place, ..)| *place == index)?;
        let mut parts = scenario.clone().into_parts();
        parts.expectations = vec![expectation.of_one_run()];
        let mut question = Self::of(Scenario::new(parts).ok()?);
        question.most = added.most().into();
        let possible = question.rules.kinds;
        question.rules.kinds = added.kinds().iter().filter(|&it| possible.contains(it)).collect();
        Some(question)
    }

    /// The scenario that shows an answer: `own` with its moves, the violated expectation first, and its figure at the
    /// instant of the violation.
    ///
    /// # Errors
    /// If the moves exceed a limit of scenarios.
    pub fn shown(&self, own: &Scenario, answer: &Answer) -> Result<Scenario, Vec<Invalid>> {
        let mut parts = with_moves(own, &answer.moves);
        let violated = &self.scenario.expectations[answer.violation.expectation];
        parts.expectations.retain(|expectation| expectation != violated);
        parts.expectations.insert(0, violated.clone());
        parts.figure.start = Some(answer.violation.at);
        parts.figure.end = parts.figure.end.filter(|&end| end > answer.violation.at);
        Scenario::new(parts)
    }

    /// The scenario with moves as its last lines.
    ///
    /// # Errors
    /// If they exceed a limit of scenarios.
    pub fn with(&self, moves: &[Move]) -> Result<Scenario, Vec<Invalid>> {
        Scenario::new(with_moves(&self.scenario, moves))
    }

    /// The answer that a set of moves makes, of which each is as mild as possible; none where the set violates
    /// nothing.
    pub fn answer(&self, moves: &[Move]) -> Option<Answer> {
        refine::refine(self, moves)
    }

    /// Whether chance can still decide something, or an override name it.
    fn has_chance(&self) -> bool {
        let scenario = &self.scenario;
        let network = &scenario.network;
        let is_fixed = network.latency.lo() == network.latency.hi()
            && network.latency_of.values().all(|latency| latency.lo() == latency.hi())
            && network.loss.as_ppm() == 0
            && network.loss_of.values().all(|loss| loss.as_ppm() == 0)
            && network.duplicate.as_ppm() == 0
            && network.duplicate_of.values().all(|rate| rate.as_ppm() == 0)
            && !scenario.timeline.iter().any(changes_network)
            && scenario.overrides.is_empty()
            && scenario.algorithm.kind() != AlgorithmKind::Raft;
        !is_fixed
    }
}

fn with_moves(scenario: &Scenario, moves: &[Move]) -> ScenarioParts {
    let mut parts = scenario.clone().into_parts();
    // A move must not make the run longer.
    parts.until = Some(scenario.end());
    moves.iter().for_each(|one| one.add_to(&mut parts));
    parts
}

fn changes_network(entry: &TimelineEntry) -> bool {
    matches!(entry.kind(), FaultKind::Latency | FaultKind::Loss)
}

/// The number of entries in a table of seen worlds above which it takes no more: about 64 MB.
const MOST_SEEN: usize = limits::MOST_EVENTS as usize;
