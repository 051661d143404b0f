//! What a search may do to a run: one fault or one override each, and where each kind can make a difference.

use crate::choice::{ChoiceId, MessageId};
use crate::scenario::{
    Fault, FaultTime, Link, Links, MessageOverride, MoveKind, MoveKinds, Override, ScenarioParts,
    TimelineEntry,
};
use crate::simulation::{Event, EventKind, Status, World};
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::collections::BTreeSet;

/// Processes above which partitions are not searched: their number doubles with each process.
pub const MOST_IN_PARTITIONS: usize = 8;

/// One move: a fault at an instant, or an override of a message that is sent at that instant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// When it begins.
    pub at: Time,
    /// Its kind.
    pub kind: MoveKind,
    /// What it is done to.
    pub target: MoveTarget,
    /// How long it lasts, or by how much it delays; none for good, or where the kind has no span.
    pub span: Option<Duration>,
}

/// What a move is done to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoveTarget {
    /// A process.
    Process(Rank),
    /// Links, of a partition all between the two sides.
    Links(Links),
    /// A message.
    Message(MessageId),
}

impl MoveTarget {
    /// The same without the number of a message.
    pub(super) fn without_number(&self) -> Self {
        match self {
            Self::Process(rank) => Self::Process(*rank),
            Self::Links(links) => Self::Links(links.clone()),
            Self::Message(name) => Self::Message(MessageId { nth: 0, ..*name }),
        }
    }
}

impl Move {
    /// The faults and overrides that make it, with their instants.
    pub fn parts(&self) -> (Vec<(Time, Fault)>, Vec<Override>) {
        let end = self.span.map(|span| self.at + span);
        match &self.target {
            MoveTarget::Process(rank) => {
                let ranks = vec![*rank];
                let begin = match self.kind {
                    MoveKind::Pause => {
                        Fault::Pause { processes: ranks, span: self.span.unwrap_or_default() }
                    }
                    MoveKind::Suspect => Fault::Suspect { processes: ranks, group: None },
                    MoveKind::Crash
                    | MoveKind::Restart
                    | MoveKind::Cut
                    | MoveKind::CutBoth
                    | MoveKind::Partition
                    | MoveKind::Lose
                    | MoveKind::Delay
                    | MoveKind::Duplicate => Fault::Crash(ranks),
                };
                let recovery = end.filter(|_| self.kind == MoveKind::Restart);
                let recovery = recovery.map(|at| (at, Fault::Recover(vec![*rank])));
                ([(self.at, begin)].into_iter().chain(recovery).collect(), Vec::new())
            }
            MoveTarget::Links(links) => {
                let begin = if self.kind == MoveKind::Partition {
                    Fault::Partition(vec![links.from.clone(), links.to.clone()])
                } else {
                    Fault::Cut(links.clone())
                };
                let heal = end.map(|at| (at, Fault::Heal(Some(links.clone()))));
                ([(self.at, begin)].into_iter().chain(heal).collect(), Vec::new())
            }
            MoveTarget::Message(name) => {
                let fate = match (self.kind, self.span) {
                    (MoveKind::Delay, Some(span)) => MessageOverride::Delayed(span),
                    (MoveKind::Duplicate, _) => MessageOverride::Duplicated,
                    _ => MessageOverride::Lost,
                };
                (Vec::new(), vec![Override::Message { name: *name, fate }])
            }
        }
    }

    /// Adds its lines to a scenario.
    pub fn add_to(&self, parts: &mut ScenarioParts) {
        let (faults, overrides) = self.parts();
        let entry = |(at, fault)| TimelineEntry::Fault { when: FaultTime::At(at), fault };
        parts.timeline.extend(faults.into_iter().map(entry));
        parts.overrides.extend(overrides);
    }
}

/// Which moves a search tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveRules {
    /// The kinds.
    pub kinds: MoveKinds,
    /// How long a restart, a pause, a cut or a partition lasts, and how much a message is delayed, ascending.
    pub durations: Vec<Duration>,
    /// The last instant at which a move begins.
    pub until: Time,
    /// Only at these processes; of links both ends.
    pub processes: Vec<Rank>,
    /// Only on these links, if there are any.
    pub links: Vec<Link>,
}

/// Where a move of each kind makes a difference at an instant: of moves that begin between two events of a
/// process or a link, the last is tried, at the instant of the later event.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched {
    processes: BTreeSet<Rank>,
    links: BTreeSet<Link>,
    messages: BTreeSet<MessageId>,
}

impl Touched {
    /// By the events of an instant.
    pub(super) fn by(events: &[Event]) -> Self {
        let mut touched = Self::default();
        for event in events {
            let message = match event.choice {
                Some(ChoiceId::Message(name)) => Some(name),
                Some(ChoiceId::Timer(_)) | None => None,
            };
            let link = message.map(|name| Link { from: name.from, to: name.to });
            match event.what {
                EventKind::Sent { .. } => {
                    touched.processes.extend(event.rank);
                    touched.messages.extend(message);
                }
                // A cut stops what would arrive, so it makes no difference whether it begins before the message
                // is sent or while it is on its way.
                EventKind::Lost(_) | EventKind::Duplicated { .. } => touched.links.extend(link),
                EventKind::Cut
                | EventKind::Healed
                | EventKind::LatencyChanged
                | EventKind::LossChanged => {}
                EventKind::Crashed { .. }
                | EventKind::Recovered
                | EventKind::Paused { .. }
                | EventKind::Resumed { .. }
                | EventKind::Booted
                | EventKind::Suspected
                | EventKind::Unsuspecting
                | EventKind::TimedOut { .. }
                | EventKind::StartedElection
                | EventKind::Became(_) => touched.processes.extend(event.rank),
                EventKind::Received | EventKind::Held => {
                    touched.processes.extend(event.rank);
                    touched.links.extend(link);
                }
            }
        }
        touched
    }

    /// The processes without links and messages.
    pub(super) fn processes_alone(self) -> Self {
        Self { processes: self.processes, ..Self::default() }
    }

    /// Likewise by what touches the others.
    pub(super) fn add(&mut self, others: Self) {
        self.processes.extend(others.processes);
        self.links.extend(others.links);
        self.messages.extend(others.messages);
    }

    /// Everything: at the end of the time in which moves begin.
    pub(super) fn all(rules: &MoveRules) -> Self {
        let processes: BTreeSet<Rank> = rules.processes.iter().copied().collect();
        let pairs = processes.iter().flat_map(|&from| processes.iter().map(move |&to| (from, to)));
        let links = pairs.filter(|(from, to)| from != to).map(|(from, to)| Link { from, to });
        Self { links: links.collect(), processes, messages: BTreeSet::new() }
    }
}

impl MoveRules {
    /// The moves that make a difference at an instant; `world` is just before it.
    pub(super) fn offers(&self, world: &World, at: Time, touched: &Touched) -> Vec<Move> {
        let mut offers = Vec::new();
        for kind in self.kinds.iter() {
            for target in self.targets(kind, world, touched) {
                for span in self.spans(kind) {
                    offers.push(Move { at, kind, target: target.clone(), span });
                }
            }
        }
        offers
    }

    fn spans(&self, kind: MoveKind) -> Vec<Option<Duration>> {
        let some = || self.durations.iter().copied().map(Some);
        match kind {
            MoveKind::Crash | MoveKind::Suspect | MoveKind::Lose | MoveKind::Duplicate => {
                vec![None]
            }
            MoveKind::Restart | MoveKind::Pause | MoveKind::Delay => some().collect(),
            MoveKind::Cut | MoveKind::CutBoth | MoveKind::Partition => {
                some().chain([None]).collect()
            }
        }
    }

    fn targets(&self, kind: MoveKind, world: &World, touched: &Touched) -> Vec<MoveTarget> {
        match kind {
            MoveKind::Crash | MoveKind::Restart | MoveKind::Pause | MoveKind::Suspect => {
                let runs = |rank: &&Rank| {
                    let status = world.process(**rank).map(|process| process.status());
                    match (status, kind) {
                        (None | Some(Status::Crashed { .. }), _) => false,
                        (Some(Status::Paused { .. }), MoveKind::Pause) => false,
                        (Some(Status::Running | Status::Paused { .. }), _) => true,
                    }
                };
                let touched = touched.processes.iter().filter(|rank| self.processes.contains(rank));
                touched.filter(runs).map(|&rank| MoveTarget::Process(rank)).collect()
            }
            MoveKind::Cut => {
                let links = touched.links.iter().filter(|link| self.may_cut(world, **link));
                links.map(|&Link { from, to }| between(vec![from], vec![to], false)).collect()
            }
            MoveKind::CutBoth => {
                let may = |link: &Link| {
                    let back = Link { from: link.to, to: link.from };
                    self.may_cut(world, *link) && self.may_cut(world, back)
                };
                let pair = |link: &Link| (link.from.min(link.to), link.from.max(link.to));
                let pairs: BTreeSet<_> =
                    touched.links.iter().filter(|link| may(link)).map(pair).collect();
                pairs.into_iter().map(|(a, b)| between(vec![a], vec![b], true)).collect()
            }
            MoveKind::Partition => self.partitions(world, touched),
            MoveKind::Lose | MoveKind::Delay | MoveKind::Duplicate => {
                let own = |name: &&MessageId| {
                    let link = Link { from: name.from, to: name.to };
                    self.allows(link) && !world.is_cut(link)
                };
                touched.messages.iter().filter(own).map(|&m| MoveTarget::Message(m)).collect()
            }
        }
    }

    fn allows(&self, link: Link) -> bool {
        let ends = [link.from, link.to];
        let is_named = self.links.is_empty() || self.links.contains(&link);
        is_named && ends.iter().all(|end| self.processes.contains(end))
    }

    fn may_cut(&self, world: &World, link: Link) -> bool {
        self.allows(link) && !world.is_cut(link)
    }

    /// Two sides of all processes, with a touched link between them. Where one of the links is cut already, the
    /// end of the partition would heal it, so none begins there.
    fn partitions(&self, world: &World, touched: &Touched) -> Vec<MoveTarget> {
        let ranks = &world.scenario().ranks;
        if world.split().is_some() || ranks.len() > MOST_IN_PARTITIONS {
            return Vec::new();
        }
        // The highest is always on the second side, so that each partition comes once.
        let sides = (1..1_u64 << (ranks.len() - 1)).map(|bits| {
            let is_first = |place: usize| bits & (1 << place) != 0;
            let side = |first| {
                let own = (0..ranks.len()).filter(move |&place| is_first(place) == first);
                own.map(|place| ranks[place]).collect::<Vec<_>>()
            };
            (side(true), side(false))
        });
        let is_crossed = |(low, high): &(Vec<Rank>, Vec<Rank>)| {
            touched.links.iter().any(|link| low.contains(&link.from) == high.contains(&link.to))
        };
        sides.filter(is_crossed).map(|(low, high)| between(low, high, true)).collect()
    }
}

fn between(from: Vec<Rank>, to: Vec<Rank>, both: bool) -> MoveTarget {
    MoveTarget::Links(Links { from, to, both })
}
