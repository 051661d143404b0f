//! What a stage shows at one instant, as plain data: who believes what, what is on its way, what is
//! cut. It owns nothing of the simulation, so a picture can be posed in a test.

use super::palette::LeaderStyles;
use crate::choice::MessageId;
use crate::scenario::{Latency, Link, ProcessName, Rate, Scenario, Zone};
use crate::simulation::LossReason;
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank, Role, TimerKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub struct StageModel {
    /// Names and zones are read off it.
    pub scenario: Arc<Scenario>,
    pub now: Time,
    /// Of every link that says nothing of itself.
    pub latency: Latency,
    /// The midpoint of the default latency: how long traces stay is measured in it.
    pub median: Duration,
    /// Ascending by rank.
    pub processes: Vec<ProcessModel>,
    /// Directed links that differ from the default.
    pub links: BTreeMap<Link, LinkModel>,
    /// In the order of sending: those on their way, and those that arrived or died recently. Of very
    /// many only some.
    pub messages: Vec<MessageModel>,
    /// How many are on their way, those that `messages` leaves out included.
    pub in_flight: usize,
    pub leader_styles: LeaderStyles,
    /// Sent up to now, in the order of `MessageKind::ALL`.
    pub counts: [u32; MessageKind::ALL.len()],
    /// Since when the network is split, and how many messages that has cost so far.
    pub split: Option<SplitModel>,
    /// Of groups that have a load and no leader, in the order of the script.
    pub waiting: Vec<WaitingRequests>,
    /// The messages that stand out while somebody asks why; nothing where all are alike.
    pub highlighted: Option<BTreeSet<MessageId>>,
    /// A lesson asks what is to come: no words tell an instant after `now`, or what happens there.
    pub veiled: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ProcessModel {
    pub rank: Rank,
    pub body: Body,
    /// What it waits for, if the wait is worth showing: for `Alive` or for `Elected`.
    pub timer: Option<TimerModel>,
    /// When it last suspected its leader.
    pub suspected: Option<Time>,
    /// When it last changed its mind about who leads.
    pub changed: Option<Time>,
    /// Up to now.
    pub crashes: u32,
    pub facts: CaptionFacts,
    /// No member of the group that is shown, or of no account for what somebody asks.
    pub faint: bool,
    /// Where all groups are shown together: one entry a group, in the order of the script.
    pub groups: Vec<Belief>,
    /// Where the groups that are shown have a load, and it has to do with that.
    pub work: Option<ProcessLoad>,
}

/// The requests at a process, of all groups that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessLoad {
    /// How many a second come to it.
    pub coming: u32,
    /// How many it has accepted and not served yet.
    pub queue: u64,
    /// The longest queue of the run, by which a bar is measured; 0 where nothing is ever queued.
    pub longest: u64,
}

/// The requests that clients hold back because nobody leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRequests {
    /// The name of the group, where several are shown.
    pub group: Option<String>,
    pub requests: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    Running(Role),
    /// The standing is that from before the pause.
    Paused {
        standing: Role,
        until: Time,
    },
    Crashed {
        since: Time,
    },
}

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerModel {
    pub timer: TimerKind,
    pub since: Time,
    pub due: Time,
}

/// What captions tell beyond the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptionFacts {
    /// Whom it asked in the election that it holds, ascending.
    pub asked: Vec<Rank>,
    /// Whom it told to proceed in that election.
    pub handed_to: Option<Rank>,
    /// It answered somebody who elects still.
    pub answered: bool,
    /// When it last heard a heartbeat of its leader.
    pub heard: Option<Time>,
    /// How often its leader beats, where the detector listens for that.
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitModel {
    pub since: Time,
    pub lost: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageModel {
    pub name: MessageId,
    /// The leader or candidate that it names.
    pub names: Option<Rank>,
    pub sent: Time,
    pub due: Time,
    pub fate: MessageState,
}

/// What became of a message up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    OnItsWay,
    /// It arrived at a paused process and waits there.
    Held,
    Delivered(Time),
    /// At its sending already, or where it would have arrived. One that is lost at its sending is
    /// still seen to set out, and dies where the cut is, or half-way.
    Lost {
        at: Time,
        why: LossReason,
    },
}

impl StageModel {
    /// The same picture while somebody asks why: these processes and messages stand out.
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

    /// Who believes that this one leads, itself left out, ascending; crashed ones believe nothing.
    pub fn followers(&self, leader: Rank) -> impl Iterator<Item = Rank> + '_ {
        let follow = move |process: &&ProcessModel| process.follows() == Some(leader);
        self.processes.iter().filter(follow).map(|process| process.rank)
    }

    pub fn is_cut(&self, link: Link) -> bool {
        self.links.get(&link).is_some_and(|conditions| conditions.cut)
    }

    /// How long ago that was, in median latencies.
    pub fn age(&self, at: Time) -> f64 {
        self.now.since(at).as_us() as f64 / self.median.as_us().max(1) as f64
    }

    /// How many of a kind were sent up to now.
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
            suspected: None,
            changed: None,
            crashes: 0,
            facts: CaptionFacts::default(),
            faint: false,
            groups: Vec::new(),
            work: None,
        }
    }

    /// What it believes or waits for; a crashed one nothing.
    pub fn standing(&self) -> Option<Role> {
        match self.body {
            Body::Running(standing) | Body::Paused { standing, .. } => Some(standing),
            Body::Crashed { .. } => None,
        }
    }

    /// Whom it believes to lead, itself included: its colour shows that.
    pub fn believed_leader(&self) -> Option<Rank> {
        match self.standing()? {
            Role::Follows(leader) => Some(leader),
            Role::Leads => Some(self.rank),
            Role::BelievesNobody | Role::Electing | Role::AwaitingElected => None,
        }
    }

    /// Another one, that it believes to lead.
    pub fn follows(&self) -> Option<Rank> {
        match self.standing()? {
            Role::Follows(leader) => Some(leader),
            Role::BelievesNobody | Role::Leads | Role::Electing | Role::AwaitingElected => None,
        }
    }

    pub fn is_crashed(&self) -> bool {
        matches!(self.body, Body::Crashed { .. })
    }
}

impl TimerModel {
    /// How much of it is left, 1 to 0.
    pub fn left(&self, now: Time) -> f64 {
        let whole = self.due.since(self.since).as_us().max(1) as f64;
        (self.due.since(now).as_us() as f64 / whole).clamp(0.0, 1.0)
    }
}

impl MessageModel {
    /// Whether it is still to be seen between its processes.
    pub fn is_under_way(&self, now: Time) -> bool {
        match self.fate {
            MessageState::OnItsWay | MessageState::Held => true,
            MessageState::Delivered(_) => false,
            MessageState::Lost { at, .. } if at > self.sent => at > now,
            MessageState::Lost { .. } => self.reaches(0.5) > now,
        }
    }

    /// When it has come so far on its way, 0 to 1.
    pub fn reaches(&self, share: f64) -> Time {
        let way = self.due.since(self.sent).as_us() as f64;
        self.sent + Duration::us((way * share.clamp(0.0, 1.0)) as u64)
    }

    /// How far it is on its way, 0 to 1.
    pub fn progress(&self, now: Time) -> f64 {
        let whole = self.due.since(self.sent).as_us().max(1) as f64;
        (now.since(self.sent).as_us() as f64 / whole).clamp(0.0, 1.0)
    }
}
