//! What a stage shows at one instant, as plain data: beliefs, messages, cuts. It borrows nothing from the
//! simulation, so a test can construct any state.

use super::glyphs::Glyph;
use super::palette::LeaderStyles;
use crate::choice::MessageId;
use crate::election::Votes;
use crate::scenario::{Latency, Link, ProcessName, Rate, Scenario, Zone};
use crate::simulation::LossReason;
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank, Role, TimerKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The state that a stage shows.
#[derive(Clone, Debug, PartialEq)]
pub struct StageModel {
    /// Names and zones are read off it.
    pub scenario: Arc<Scenario>,
    pub now: Time,
    /// The latency of every link without one of its own.
    pub latency: Latency,
    /// The midpoint of the default latency: how long traces stay is measured in it.
    pub median: Duration,
    /// Ascending by rank.
    pub processes: Vec<ProcessModel>,
    /// Directed links that differ from the default.
    pub links: BTreeMap<Link, LinkModel>,
    /// In the order of sending: messages on their way, and those that recently arrived or were lost. At most
    /// `limits::MOST_DRAWN`.
    pub messages: Vec<MessageModel>,
    /// How many messages are on their way, including those that `messages` leaves out.
    pub in_flight: usize,
    pub leader_styles: LeaderStyles,
    /// How many messages were sent up to now, in the order of `MessageKind::ALL`.
    pub counts: [u32; MessageKind::ALL.len()],
    /// When the network was split, and how many messages that has cost so far.
    pub split: Option<SplitModel>,
    /// The groups that have a load and no leader, in the order of the script.
    pub waiting: Vec<WaitingRequests>,
    /// The messages that an explanation highlights; `None` if no explanation is shown.
    pub highlighted: Option<BTreeSet<MessageId>>,
    /// Whether a lesson asks for a prediction: no text then shows an instant after `now` or what happens
    /// there.
    pub veiled: bool,
}

/// The state of a process.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcessModel {
    pub rank: Rank,
    pub body: Body,
    /// The timer that runs and leads to an action: an election's, a delay, or preemption.
    pub timer: Option<TimerModel>,
    /// What it waits out before it may act: a leader the end of its lease, a backup the end of its hold-down.
    pub hold: Option<TimerModel>,
    /// While it delays its election: the leader that it believed in until then, whose paint it keeps.
    pub missed: Option<Rank>,
    /// When it last suspected its leader.
    pub suspected: Option<Time>,
    /// When it last changed its belief about the leader.
    pub changed: Option<Time>,
    /// How many crashes it had up to now.
    pub crashes: u32,
    pub facts: CaptionFacts,
    /// Whether it is drawn faintly: it has no member in the group that is shown, or an explanation leaves it
    /// out.
    pub faint: bool,
    /// If all groups are shown together: one belief per group, in the order of the script; else empty.
    pub groups: Vec<Belief>,
    /// Its requests, if the groups that are shown have a load and it has any.
    pub work: Option<ProcessLoad>,
}

/// The requests at a process, of all groups that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessLoad {
    /// How many requests arrive, per second.
    pub coming: u32,
    /// How many requests it has accepted and not served yet.
    pub queue: u64,
    /// The longest queue of the run, which is the full length of the bar; 0 if no request is ever queued.
    pub longest: u64,
}

/// The requests that clients hold back because their group has no leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRequests {
    /// The name of the group, if several are shown.
    pub group: Option<String>,
    pub requests: u64,
}

/// Whether a process runs, with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    Running(Role),
    /// `role` is the role from before the pause.
    Paused {
        role: Role,
        until: Time,
    },
    Crashed {
        since: Time,
    },
}

/// A running timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerModel {
    pub timer: TimerKind,
    pub since: Time,
    pub due: Time,
}

/// What captions say beyond the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptionFacts {
    /// The processes that it asked in its current election, in the order of asking.
    pub asked: Vec<Rank>,
    /// The process to which it sent `Proceed` in that election.
    pub handed_to: Option<Rank>,
    /// Whether it answered a process that still holds an election.
    pub answered: bool,
    /// When it last heard a heartbeat of its leader.
    pub heard: Option<Time>,
    /// Of a process that needs a quorum to lead: how many acknowledge it, of how many, itself included.
    pub acknowledged: Option<[usize; 2]>,
    /// Of a candidate or pre-candidate: the answers that it has, of how many members.
    pub votes: Option<(Votes, usize)>,
    /// Whom it has voted for in its term.
    pub voted: Option<Rank>,
    /// The term that it is in, where the algorithm elects by votes.
    pub term: Option<u32>,
    /// The heartbeat interval, if the failure detector uses heartbeats.
    pub every: Option<Duration>,
}

/// What a process believes in one of several groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belief {
    NoMember,
    Nobody,
    Leader(Rank),
}

/// How one direction of a link differs from the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkModel {
    pub cut: bool,
    pub latency: Option<Latency>,
    pub loss: Option<Rate>,
}

/// A network that is split: since when, and how many messages the split has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitModel {
    pub since: Time,
    pub lost: u32,
}

/// A message on its way, or one that recently arrived or was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageModel {
    pub name: MessageId,
    /// The leader or candidate that the message names.
    pub names: Option<Rank>,
    /// Of an `Election` on a ring that is on its way: how many processes it has found alive.
    pub alive: usize,
    pub sent: Time,
    pub due: Time,
    pub fate: MessageState,
}

/// The state of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    OnItsWay,
    /// The message arrived at a paused process and waits there.
    Held,
    Delivered(Time),
    /// A message is lost when it is sent, or when it would have arrived. One that is lost when it is sent is
    /// still drawn on its way, and stops at the cut or half-way.
    Lost {
        at: Time,
        why: LossReason,
    },
}

impl StageModel {
    /// The same model with an explanation: these processes and messages stand out.
    #[must_use]
    pub fn highlighting(mut self, ranks: &BTreeSet<Rank>, messages: &BTreeSet<MessageId>) -> Self {
        for process in &mut self.processes {
            process.faint |= !ranks.contains(&process.rank);
        }
        self.highlighted = Some(messages.clone());
        self
    }

    pub fn process(&self, rank: Rank) -> Option<&ProcessModel> {
        let place = self.processes.binary_search_by_key(&rank, |process| process.rank).ok()?;
        self.processes.get(place)
    }

    pub fn called(&self, rank: Rank) -> ProcessName<'_> {
        self.scenario.called(rank)
    }

    pub fn zones(&self) -> &[Zone] {
        &self.scenario.zones
    }

    /// What all links from some processes to others have in common; nothing where they differ.
    pub fn common_link(&self, from: &[Rank], to: &[Rank]) -> Option<LinkModel> {
        let of = |from, to| self.links.get(&Link { from, to }).copied().unwrap_or_default();
        let first = of(*from.first()?, *to.first()?);
        let alike = from.iter().all(|&from| to.iter().all(|&to| of(from, to) == first));
        alike.then_some(first)
    }

    /// The other processes that believe this one leads, ascending; crashed ones believe nothing.
    pub fn followers(&self, leader: Rank) -> impl Iterator<Item = Rank> + '_ {
        let follow = move |process: &&ProcessModel| process.follows() == Some(leader);
        self.processes.iter().filter(follow).map(|process| process.rank)
    }

    pub fn is_cut(&self, link: Link) -> bool {
        self.links.get(&link).is_some_and(|conditions| conditions.cut)
    }

    /// How long ago an instant was, in median latencies.
    pub fn age(&self, at: Time) -> f64 {
        self.now.since(at).as_us() as f64 / self.median.as_us().max(1) as f64
    }

    /// How many messages of a kind were sent up to now.
    pub fn count(&self, kind: MessageKind) -> u32 {
        let place = MessageKind::ALL.iter().position(|&other| other == kind);
        place.map_or(0, |place| self.counts[place])
    }
}

impl ProcessModel {
    pub fn new(rank: Rank, body: Body) -> Self {
        Self {
            rank,
            body,
            timer: None,
            hold: None,
            missed: None,
            suspected: None,
            changed: None,
            crashes: 0,
            facts: CaptionFacts::default(),
            faint: false,
            groups: Vec::new(),
            work: None,
        }
    }

    /// Its role; `None` if it has crashed.
    pub fn role(&self) -> Option<Role> {
        match self.body {
            Body::Running(role) | Body::Paused { role, .. } => Some(role),
            Body::Crashed { .. } => None,
        }
    }

    /// The leader that it believes in, itself included; its colour shows that leader.
    pub fn believed_leader(&self) -> Option<Rank> {
        self.role()?.believed(self.rank)
    }

    /// The leader in whose colour it is drawn: the one that it believes in, or missed before it delays.
    pub fn painted_leader(&self) -> Option<Rank> {
        self.believed_leader().or(self.missed)
    }

    /// The leader that it follows; `None` if it leads itself.
    pub fn follows(&self) -> Option<Rank> {
        self.role()?.followed()
    }

    pub fn is_crashed(&self) -> bool {
        matches!(self.body, Body::Crashed { .. })
    }
}

impl TimerModel {
    /// The share of the timer that is left, 1 to 0.
    pub fn left(&self, now: Time) -> f64 {
        let whole = self.due.since(self.since).as_us().max(1) as f64;
        (self.due.since(now).as_us() as f64 / whole).clamp(0.0, 1.0)
    }
}

impl MessageModel {
    /// How it is drawn.
    pub const fn glyph(&self) -> Glyph {
        Glyph::of(self.name.kind, self.names.is_some())
    }

    /// Whether it is still drawn between its processes.
    pub fn is_under_way(&self, now: Time) -> bool {
        match self.fate {
            MessageState::OnItsWay | MessageState::Held => true,
            MessageState::Delivered(_) => false,
            MessageState::Lost { at, .. } if at > self.sent => at > now,
            MessageState::Lost { .. } => self.reaches(0.5) > now,
        }
    }

    /// When it has covered this share of its way, 0 to 1.
    pub fn reaches(&self, share: f64) -> Time {
        let way = self.due.since(self.sent).as_us() as f64;
        self.sent + Duration::us((way * share.clamp(0.0, 1.0)) as u64)
    }

    /// The share of its way that it has covered, 0 to 1.
    pub fn progress(&self, now: Time) -> f64 {
        let whole = self.due.since(self.sent).as_us().max(1) as f64;
        (now.since(self.sent).as_us() as f64 / whole).clamp(0.0, 1.0)
    }
}
