//! A scenario from a number like `random`, of one algorithm with one remedy, and shorter.

use super::random::{edits, groups, network, timeline, timing};
use crate::numbers::RandomSource;
use hustings::election::{
    Algorithm, AlgorithmKind, CandidateRules, Preemption, Quorum, RaftRules, Succession, Timeouts,
};
use hustings::member::Detector;
use hustings::scenario::{Scenario, ScenarioParts};
use hustings::time::Time;
use hustings::types::{MessageKind, Rank, TimerKind};

/// What is done against the known failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remedy {
    None,
    /// `preempt off`.
    Off,
    /// `preempt after` some time.
    After,
    /// `quorum majority`.
    Majority,
    /// `quorum` of some number.
    Count,
}

impl Remedy {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "plain",
            Self::Off => "off",
            Self::After => "after",
            Self::Majority => "majority",
            Self::Count => "count",
        }
    }
}

/// Each algorithm with each remedy that it takes.
pub(crate) const REMEDIES: [(AlgorithmKind, Remedy); 16] = [
    (AlgorithmKind::Bully, Remedy::Off),
    (AlgorithmKind::BullyTextbook, Remedy::Off),
    (AlgorithmKind::Vrrp, Remedy::Off),
    (AlgorithmKind::Bully, Remedy::After),
    (AlgorithmKind::BullyTextbook, Remedy::After),
    (AlgorithmKind::Vrrp, Remedy::After),
    (AlgorithmKind::Bully, Remedy::Majority),
    (AlgorithmKind::BullyTextbook, Remedy::Majority),
    (AlgorithmKind::NextInLine, Remedy::Majority),
    (AlgorithmKind::Candidates, Remedy::Majority),
    (AlgorithmKind::Ring, Remedy::Majority),
    (AlgorithmKind::Bully, Remedy::Count),
    (AlgorithmKind::BullyTextbook, Remedy::Count),
    (AlgorithmKind::NextInLine, Remedy::Count),
    (AlgorithmKind::Candidates, Remedy::Count),
    (AlgorithmKind::Ring, Remedy::Count),
];

/// The scenario of this algorithm with this number. Its run lasts 0.3 to 0.7 s and is seldom dull.
pub(crate) fn random_of(kind: AlgorithmKind, remedy: Remedy, seed: u64) -> Scenario {
    let seeded = seed ^ ((kind as u64 + 1) << 40) ^ ((remedy as u64 + 1) << 48);
    let title = format!("Random scenario {seed} of {kind:?} with {remedy:?}");
    decided_of(kind, remedy, title, RandomSource::seeded(seeded))
}

/// The same, where the source decides.
pub(crate) fn decided_of(
    kind: AlgorithmKind,
    remedy: Remedy,
    title: String,
    mut source: RandomSource,
) -> Scenario {
    let ranks = ranks(&mut source, kind);
    let until = Time::ms(source.between(60, 140) * 5);
    let mut parts = ScenarioParts {
        title: Some(title),
        algorithm: algorithm(&mut source, kind, &ranks),
        detector: detector(&mut source, kind, remedy),
        timeouts: timeouts(&mut source, kind),
        network: network(&mut source, &ranks),
        groups: groups(&mut source, &ranks),
        seed: source.next(),
        until: Some(until),
        ranks,
        ..ScenarioParts::default()
    };
    choose_leaders(&mut source, &mut parts);
    match remedy {
        Remedy::None => {}
        Remedy::Off => parts.preemption = Preemption::Off,
        Remedy::After => parts.preemption = Preemption::After(source.span(4, 100)),
        Remedy::Majority => parts.quorum = Quorum::Majority,
        Remedy::Count => {
            let smallest = parts.groups.iter().map(|group| group.members.len()).min();
            parts.quorum = Quorum::Count(source.between(1, smallest.unwrap_or(1) as u64) as u16);
        }
    }
    parts.timeline = timeline(&mut source, &parts, until);
    let (messages, timers) = kinds(&parts);
    parts.overrides = edits(&mut source, &parts, until, (&messages, &timers));
    parts.timing = timing(&mut source, &parts.ranks);
    Scenario::new(parts)
        .unwrap_or_else(|problems| panic!("{kind:?} with {remedy:?} is not valid: {problems:?}"))
}

fn ranks(source: &mut RandomSource, kind: AlgorithmKind) -> Vec<Rank> {
    let count = if source.once_in(6) { 6 } else { source.between(2, 5) };
    let widest = match kind {
        AlgorithmKind::Vrrp if source.once_in(2) => 42,
        _ if source.once_in(4) => 4,
        _ => 1,
    };
    let mut rank = 0;
    let each = (0..count).map(|_| {
        rank += source.between(1, widest) as u16;
        rank
    });
    each.filter_map(Rank::new).collect()
}

fn algorithm(source: &mut RandomSource, kind: AlgorithmKind, ranks: &[Rank]) -> Algorithm {
    match kind {
        AlgorithmKind::Bully => Algorithm::Bully,
        AlgorithmKind::BullyTextbook => Algorithm::BullyTextbook,
        AlgorithmKind::NextInLine if source.once_in(3) => {
            let (first, second) = source.two(ranks);
            Algorithm::NextInLine(Succession::List(vec![first, second]))
        }
        AlgorithmKind::NextInLine => {
            Algorithm::NextInLine(Succession::Highest(source.between(0, 3) as u8))
        }
        AlgorithmKind::Candidates => {
            let mut candidates = ranks.to_vec();
            for _ in 0..source.between(0, 3).min(ranks.len() as u64 - 1) {
                let out = source.between(0, candidates.len() as u64 - 1) as usize;
                candidates.remove(out);
            }
            Algorithm::Candidates(CandidateRules { ranks: candidates, delay: source.span(0, 20) })
        }
        AlgorithmKind::Ring => Algorithm::Ring,
        AlgorithmKind::Invitation => Algorithm::Invitation,
        AlgorithmKind::Raft => Algorithm::Raft(RaftRules {
            pre_vote: source.once_in(2),
            check_quorum: source.once_in(2),
        }),
        AlgorithmKind::Vrrp => Algorithm::Vrrp,
    }
}

/// Next-in-line hears `Alive` and `Elected` together, so that only a short wait for the second runs out.
fn timeouts(source: &mut RandomSource, kind: AlgorithmKind) -> Timeouts {
    let alive = source.span(4, 16);
    let (least, most) = if kind == AlgorithmKind::NextInLine { (1, 2) } else { (6, 24) };
    Timeouts { alive, elected: source.span(least, most) }
}

fn detector(source: &mut RandomSource, kind: AlgorithmKind, remedy: Remedy) -> Detector {
    let needs = match kind {
        AlgorithmKind::Invitation | AlgorithmKind::Raft | AlgorithmKind::Vrrp => true,
        AlgorithmKind::Bully
        | AlgorithmKind::BullyTextbook
        | AlgorithmKind::NextInLine
        | AlgorithmKind::Candidates
        | AlgorithmKind::Ring => remedy != Remedy::None,
    };
    if !needs && source.once_in(4) {
        return Detector::Scripted;
    }
    let every = source.span(8, 24);
    Detector::Heartbeat { every, timeout: every + every + source.span(1, 16) }
}

/// Anybody that may lead may lead at the start.
fn choose_leaders(source: &mut RandomSource, parts: &mut ScenarioParts) {
    for group in &mut parts.groups {
        let may_lead: Vec<Rank> = match &parts.algorithm {
            Algorithm::Candidates(rules) => {
                group.members.iter().copied().filter(|rank| rules.ranks.contains(rank)).collect()
            }
            Algorithm::Bully
            | Algorithm::BullyTextbook
            | Algorithm::NextInLine(_)
            | Algorithm::Ring
            | Algorithm::Invitation
            | Algorithm::Raft(_)
            | Algorithm::Vrrp => group.members.clone(),
        };
        let another = source.once_in(3);
        group.leader = match group.leader {
            Some(_) if may_lead.is_empty() => None,
            Some(leader) if another || !may_lead.contains(&leader) => Some(source.one(&may_lead)),
            leader => leader,
        };
    }
}

/// The kinds of messages and of timers that it really uses.
pub(crate) fn kinds(parts: &ScenarioParts) -> (Vec<MessageKind>, Vec<TimerKind>) {
    use MessageKind::{
        Accept, Ack, Alive, Elected, Election, Heartbeat, Invitation, PreVote, PreVoteRequest,
        Proceed, Vote, VoteRequest,
    };
    let (messages, timers): (&[MessageKind], &[TimerKind]) = match parts.algorithm.kind() {
        AlgorithmKind::Bully => {
            (&[Election, Alive, Proceed, Elected], &[TimerKind::Alive, TimerKind::Elected])
        }
        AlgorithmKind::BullyTextbook | AlgorithmKind::NextInLine | AlgorithmKind::Ring => {
            (&[Election, Alive, Elected], &[TimerKind::Alive, TimerKind::Elected])
        }
        AlgorithmKind::Candidates => {
            (&[Election, Alive, Elected], &[TimerKind::Alive, TimerKind::Elected, TimerKind::Delay])
        }
        AlgorithmKind::Invitation => (&[Invitation, Accept], &[]),
        AlgorithmKind::Raft => (&[VoteRequest, Vote, PreVoteRequest, PreVote, Ack], &[]),
        AlgorithmKind::Vrrp => (&[], &[]),
    };
    let (mut messages, mut timers) = (messages.to_vec(), timers.to_vec());
    messages.push(Heartbeat);
    timers.extend([TimerKind::Heartbeat, TimerKind::Beat]);
    if parts.quorum != Quorum::None {
        messages.push(Ack);
        timers.push(TimerKind::Quorum);
    }
    if parts.algorithm.kind() == AlgorithmKind::Raft && parts.algorithm.raft().check_quorum {
        timers.push(TimerKind::Quorum);
    }
    if matches!(parts.preemption, Preemption::After(_)) && parts.algorithm != Algorithm::Vrrp {
        timers.push(TimerKind::Preempt);
    }
    (messages, timers)
}

#[test]
fn random_scenarios_of_every_algorithm_are_valid() {
    for &kind in AlgorithmKind::ALL {
        for seed in 0..100 {
            let [one, other] = [0; 2].map(|_| random_of(kind, Remedy::None, seed));
            assert_eq!(one, other, "random scenario {seed} of {kind:?} is not the same twice");
        }
    }
}
