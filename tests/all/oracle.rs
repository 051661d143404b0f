//! The rules of election a second time, in the plainest way, to test the engine against.
//!
//! It is written from the rules alone and shares only plain data with the engine. What will happen
//! is in one list that is searched for the earliest; a timer that is cancelled is taken out of it.
//! Here is the world: what falls due, and what the network does with messages.
//!
//! What the rules leave open is read so:
//! - A belief is compared before and after one handling: a leader that leads anew changes nothing.
//! - A crash before the first boot takes that boot away; the recovery boots instead, once.
//! - "The leader it replaced" is itself for one that leads and leads again (next-in-line, rule 3).
//! - A written list of alternates keeps the leader that was replaced; only `Highest` leaves it out.
//! - Only `Elected`, `Heartbeat` and taking the lead change a term; `Alive` and a walk do not.
//! - In the bully algorithms an `Alive` counts while one is awaited, whatever round asked for it.
//! - A timer `quorum` is the member's clock: what it says of a confirmation changes when it runs out, or when a
//!   newer stamp, the lead or its loss sets it anew, and not by the passing of time alone.
//! - Raft: one that led and takes a newer term sets `heartbeat` twice where it re-arms as well (rules 5 and 7).
//! - Vrrp has no timer `preempt`: its own rule 3 says how it bears a lower leader for a while.
//! - A delay of nothing sets no timer (candidates, rule 2).
//! - A pause of no length is a pause: it ends in its turn, within its instant.
//! - There is no limit to the number of events.

mod candidates;
mod faults;
mod invitation;
mod measures;
mod members;
mod quorum;
mod raft;
mod ring;
mod vrrp;

pub(crate) use measures::{Measures, measures, spans};

use hustings::choice::{ChoiceId, MessageId, TimerId};
use hustings::election::Algorithm;
use hustings::scenario::{Link, MessageOverride, NetworkSettings, Override, Rate, Scenario};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank, TimerKind};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use xxhash_rust::xxh3::xxh3_64;

/// Plays the scenario to its end and lists what happened, in order, one line a happening.
pub(crate) fn play(scenario: &Scenario) -> Vec<String> {
    outcome(scenario).log
}

/// What a run comes to. The lists are of each group, in the order of the scenario.
pub(crate) struct Outcome {
    pub log: Vec<String>,
    /// Who leads after all that happens at each instant at which that changes.
    pub leading: Vec<BTreeMap<Time, Vec<Rank>>>,
    /// The term in which each leader leads, after all that happens at each instant (next-in-line, raft).
    pub terms: Vec<BTreeMap<Time, BTreeMap<Rank, u32>>>,
    /// Whom each member believes at the end.
    pub believed: Vec<BTreeMap<Rank, Option<Rank>>>,
    /// Whether two members of a group ever believed to lead in the same term (raft).
    pub same_term: bool,
}

pub(crate) fn outcome(scenario: &Scenario) -> Outcome {
    let mut world = World::new(scenario);
    let befalls = scenario.scheduled_faults().into_iter();
    let mut faults: VecDeque<_> = befalls.map(|b| (b.at, (*b.fault).clone())).collect();
    loop {
        let fault_at = faults.front().map_or(Time::NEVER, |(at, _)| *at);
        // The list is in the order of scheduling, and of equal instants `min_by_key` finds the first.
        let earliest = world.pending.iter().enumerate().min_by_key(|(_, (at, _))| *at);
        let (place, due_at) = earliest.map_or((0, Time::NEVER), |(place, (at, _))| (place, *at));
        world.now = fault_at.min(due_at);
        if world.now > scenario.end() {
            return world.outcome();
        }
        if fault_at <= due_at {
            let (_, fault) = faults.pop_front().expect("a fault is due");
            world.apply_next(fault);
            world.look_who_leads();
        } else {
            let (_, due) = world.pending.remove(place);
            world.fall_due(due);
        }
    }
}

/// One member: a process in a group.
type MemberId = (GroupId, Rank);

/// What waits for its instant, or for the end of a pause.
enum Due {
    /// The first one of those that start without a leader is due at instant 0.
    Boot {
        member: MemberId,
        first: bool,
    },
    Suspect(MemberId),
    Timer(TimerId),
    Arrival(Letter),
    PauseEnds(Rank),
}

#[derive(Clone)]
struct Letter {
    name: MessageId,
    /// When it was sent: the stamp.
    sent: Time,
    /// Next-in-line: the sender's as it wrote. Others leave both as they were at the start.
    term: u32,
    alternates: Vec<Rank>,
    content: Content,
}

/// What a message says beside its kind.
#[derive(Clone)]
enum Content {
    Nothing,
    /// Candidates: who has won.
    Winner(Rank),
    Lap(ring::Lap),
    /// Invitation: how many the sender's group has.
    Size(usize),
    /// Invitation: into whose group, and how many that has.
    Group(Rank, usize),
    /// Raft: a term, whether it is granted, and the stamp that is acknowledged.
    Term {
        term: u32,
        granted: bool,
        stamp: Time,
    },
    /// Quorum: the stamp that is acknowledged.
    Stamp(Time),
}

#[derive(Default)]
struct Process {
    crashed: bool,
    paused_until: Option<Time>,
    /// What fell due during the pause.
    waiting: Vec<Due>,
}

#[derive(Default)]
struct Member {
    booted: bool,
    leader: Option<Rank>,
    phase: Phase,
    term: u32,
    alternates: Vec<Rank>,
    /// Next-in-line: whom to ask after the one that is asked, and the leader that the walk leaves out.
    walk: Vec<Rank>,
    left_out: Option<Rank>,
    /// Next-in-line: while it leads, the leader that it replaced.
    replaced: Option<Rank>,
    /// Candidates: whom this election leaves out.
    failed: Option<Rank>,
    ring: ring::State,
    /// Invitation: the others that a leader counts as its own.
    counted: BTreeSet<Rank>,
    raft: raft::State,
    /// Vrrp: when it booted.
    booted_at: Time,
    lease: quorum::Lease,
    /// Whether the timer `preempt` runs.
    bears: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Idle,
    /// Bully: with the best that was heard so far.
    AwaitingAlive(Option<Rank>),
    /// Next-in-line: of the one that is asked.
    Asking(Rank),
    AwaitingElected,
    /// Candidates.
    Delaying,
}

struct World<'a> {
    scenario: &'a Scenario,
    now: Time,
    pending: Vec<(Time, Due)>,
    processes: BTreeMap<Rank, Process>,
    members: BTreeMap<MemberId, Member>,
    network: NetworkSettings,
    cut: BTreeSet<Link>,
    last_arrival: BTreeMap<Link, Time>,
    /// How many there were of each name; the key's own number is 0.
    counts: BTreeMap<ChoiceId, u32>,
    log: Vec<String>,
    /// Where in the log the consequences of the present handling begin.
    begun: usize,
    leading: Vec<BTreeMap<Time, Vec<Rank>>>,
    terms: Vec<BTreeMap<Time, BTreeMap<Rank, u32>>>,
    same_term: bool,
}

impl<'a> World<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let mut world = Self {
            scenario,
            now: Time::ZERO,
            pending: Vec::new(),
            processes: scenario.ranks.iter().map(|&rank| (rank, Process::default())).collect(),
            members: BTreeMap::new(),
            network: scenario.network.clone(),
            cut: BTreeSet::new(),
            last_arrival: BTreeMap::new(),
            counts: BTreeMap::new(),
            log: Vec::new(),
            begun: 0,
            leading: vec![BTreeMap::new(); scenario.groups.len()],
            terms: vec![BTreeMap::new(); scenario.groups.len()],
            same_term: false,
        };
        for id in scenario.group_ids() {
            for &rank in &scenario.group(id).members {
                world.first_start((id, rank));
            }
        }
        world.look_who_leads();
        world
    }

    fn first_start(&mut self, me: MemberId) {
        let leader = self.scenario.group(me.0).leader;
        let alternates = leader.map(|leader| self.alternates_of((me.0, leader), None));
        let member = Member {
            booted: leader.is_some(),
            leader,
            alternates: alternates.unwrap_or_default(),
            ..Member::default()
        };
        self.members.insert(me, member);
        match leader {
            None => self.pending.push((Time::ZERO, Due::Boot { member: me, first: true })),
            Some(leader) if leader == me.1 => self.set_detector(me, TimerKind::Beat),
            Some(_) => self.set_detector(me, TimerKind::Heartbeat),
        }
        let Some(leader) = leader else { return };
        match self.scenario.algorithm {
            Algorithm::Invitation if leader == me.1 => {
                let others = self.others(me).collect();
                self.member(me).counted = others;
            }
            Algorithm::Raft(_) => self.begin_in_term_1(me, leader),
            Algorithm::Bully
            | Algorithm::BullyTextbook
            | Algorithm::NextInLine(_)
            | Algorithm::Candidates(_)
            | Algorithm::Ring
            | Algorithm::Invitation
            | Algorithm::Vrrp => {}
        }
        self.begin_with_lease(me, leader);
        self.look_whom_it_bears(me);
    }

    /// The members that believe that they lead, on a running process, confirmed where that is asked.
    fn look_who_leads(&mut self) {
        for id in self.scenario.group_ids() {
            let members = self.scenario.group(id).members.iter();
            let believing: Vec<Rank> = members
                .copied()
                .filter(|&rank| self.members[&(id, rank)].leader == Some(rank))
                .collect();
            if let Algorithm::Raft(_) = self.scenario.algorithm {
                let terms = believing.iter().map(|&rank| self.members[&(id, rank)].raft.term);
                self.same_term |= terms.collect::<BTreeSet<u32>>().len() < believing.len();
            }
            let leads = |rank: &Rank| {
                let process = &self.processes[rank];
                let running = !process.crashed && process.paused_until.is_none();
                running && self.is_confirmed((id, *rank))
            };
            let leading: Vec<Rank> = believing.into_iter().filter(leads).collect();
            let terms = leading.iter().map(|&rank| (rank, self.term_of((id, rank)))).collect();
            self.terms[id.index()].insert(self.now, terms);
            let states = &mut self.leading[id.index()];
            if states.last_key_value().is_none_or(|(_, last)| *last != leading) {
                states.insert(self.now, leading);
            }
        }
    }

    fn term_of(&self, me: MemberId) -> u32 {
        let member = &self.members[&me];
        if let Algorithm::Raft(_) = self.scenario.algorithm {
            member.raft.term
        } else {
            member.term
        }
    }

    fn outcome(self) -> Outcome {
        let mut believed = vec![BTreeMap::new(); self.scenario.groups.len()];
        for ((group, rank), member) in &self.members {
            believed[group.index()].insert(*rank, member.leader);
        }
        let Self { log, leading, terms, same_term, .. } = self;
        Outcome { log, leading, terms, believed, same_term }
    }

    fn fall_due(&mut self, due: Due) {
        let process = self.processes.get_mut(&due.process()).expect("it exists");
        match due {
            Due::PauseEnds(rank) => {
                self.resume(rank);
                self.look_who_leads();
            }
            Due::Arrival(letter) if self.cut.contains(&link(&letter.name)) => {
                self.lost(&letter.name, "cut");
            }
            Due::Arrival(letter) if process.crashed => self.lost(&letter.name, "crashed"),
            _ if process.crashed => {}
            due if process.paused_until.is_some() => process.waiting.push(due),
            due => self.happen(due),
        }
    }

    /// One handling: the input's line, the consequences, then the change of belief.
    fn happen(&mut self, due: Due) {
        match &due {
            Due::Arrival(letter) => self.say(format!("received {}", described(&letter.name))),
            Due::Timer(TimerId { group, timer, of, nth }) => {
                self.say(format!("timeout g{} {timer} {of} #{nth}", group.0));
            }
            Due::Boot { .. } | Due::Suspect(_) | Due::PauseEnds(_) => {}
        }
        self.begun = self.log.len();
        let me = due.context();
        let before = (self.role(me), self.term_of(me));
        self.handle(me, due);
        let after = self.role(me);
        if (after, self.term_of(me)) == before {
            return;
        }
        match after {
            _ if after == before.0 => {}
            ("", _) => {}
            (role, None) => self.say(format!("{role} g{} {}", me.0.0, me.1)),
            (role, Some(leader)) => {
                self.say(format!("{role} g{} {} {leader}", me.0.0, me.1));
            }
        }
        self.look_who_leads();
    }

    /// The part of a member's state that an event reports when it changes, and whom it follows.
    fn role(&self, me: MemberId) -> (&'static str, Option<Rank>) {
        let member = &self.members[&me];
        match member.leader {
            Some(leader) if leader != me.1 => ("follows", Some(leader)),
            Some(_) if self.is_confirmed(me) => ("leads", None),
            Some(_) => ("claims", None),
            None if member.phase == Phase::Delaying => ("delaying", None),
            None => (member.raft.role.told(), None),
        }
    }

    fn send(&mut self, me: MemberId, kind: MessageKind, to: Rank) {
        self.send_with(me, kind, to, Content::Nothing);
    }

    fn send_with(&mut self, me: MemberId, kind: MessageKind, to: Rank, content: Content) {
        let (group, from) = me;
        let mut name = MessageId { group, kind, from, to, nth: 0, copy: false };
        name.nth = self.count(ChoiceId::Message(name));
        self.say(format!("sent {}", described(&name)));
        if self.cut.contains(&link(&name)) {
            return self.lost(&name, "cut");
        }
        let Member { term, ref alternates, .. } = self.members[&me];
        let alternates = alternates.clone();
        let letter = Letter { name, sent: self.now, term, alternates, content };
        self.post(letter.clone());
        let rate = self.network.duplicate_of.get(&link(&name)).unwrap_or(&self.network.duplicate);
        if self.edited(&name).contains(&MessageOverride::Duplicated)
            || self.happens(*rate, &name, 2)
        {
            self.post(Letter { name: MessageId { copy: true, ..name }, ..letter });
        }
    }

    /// Puts a message or a copy on the wire, or loses it at once.
    fn post(&mut self, letter: Letter) {
        let (name, link) = (letter.name, link(&letter.name));
        let fates = self.edited(&name);
        if fates.contains(&MessageOverride::Lost) {
            return self.lost(&name, "edit");
        }
        let latency = self.network.latency_of.get(&link).unwrap_or(&self.network.latency);
        let (lo, hi) = (latency.lo().as_us(), latency.hi().as_us());
        let drawn = lo + self.draw(ChoiceId::Message(name), 0, hi - lo + 1);
        let drawn = self.now + Duration::us(drawn);
        let fixed = fates.iter().find_map(|fate| match *fate {
            MessageOverride::Arrives(at) if at >= self.now => Some(at),
            MessageOverride::Delayed(by) => Some(drawn + by),
            MessageOverride::Arrives(_) | MessageOverride::Lost | MessageOverride::Duplicated => {
                None
            }
        });
        let rate = self.network.loss_of.get(&link).unwrap_or(&self.network.loss);
        if fixed.is_none() && self.happens(*rate, &name, 1) {
            return self.lost(&name, "loss");
        }
        let last = self.last_arrival.entry(link).or_default();
        let queued = if self.network.fifo { drawn.max(*last) } else { drawn };
        let arrival = fixed.unwrap_or(queued);
        *last = arrival.max(*last);
        self.pending.push((arrival, Due::Arrival(letter)));
    }

    fn set(&mut self, me: MemberId, timer: TimerKind, span: Duration) {
        self.cancel(me, timer);
        let mut name = TimerId { group: me.0, timer, of: me.1, nth: 0 };
        name.nth = self.count(ChoiceId::Timer(name));
        let span = span + self.drawn_timeout(name);
        let fixed = self.scenario.overrides.iter().find_map(|edit| match edit {
            Override::Timer { name: of, fires } if *of == name && *fires >= self.now => {
                Some(*fires)
            }
            _ => None,
        });
        // "3's timers run 2 % longer; rounded half up to microseconds": half a microsecond is added, and the
        // rest falls off.
        let ppm = self.scenario.timing.drift_of.get(&me.1).map_or(0, |drift| drift.as_ppm());
        let millionths = i128::from(span.as_us()) * (1_000_000 + i128::from(ppm));
        let span = Duration::us(((millionths + 500_000) / 1_000_000) as u64);
        self.pending.push((fixed.unwrap_or(self.now + span), Due::Timer(name)));
    }

    /// Also one that ran out during a pause and waits for its turn.
    fn cancel(&mut self, me: MemberId, kind: TimerKind) {
        let other =
            |due: &Due| !matches!(due, Due::Timer(t) if (t.group, t.of) == me && t.timer == kind);
        self.pending.retain(|(_, due)| other(due));
        self.processes.get_mut(&me.1).expect("it exists").waiting.retain(other);
    }

    fn edited(&self, name: &MessageId) -> Vec<MessageOverride> {
        let fate = |edit: &Override| match edit {
            Override::Message { name: of, fate } if of == name => Some(*fate),
            _ => None,
        };
        self.scenario.overrides.iter().filter_map(fate).collect()
    }

    /// Evenly below `count`, for one purpose of one name.
    fn draw(&self, choice: ChoiceId, purpose: u8, count: u64) -> u64 {
        let mut bytes = self.scenario.seed.to_le_bytes().to_vec();
        bytes.extend(choice.canonical());
        bytes.push(purpose);
        ((u128::from(xxh3_64(&bytes)) * u128::from(count)) >> 64) as u64
    }

    fn happens(&self, rate: Rate, name: &MessageId, purpose: u8) -> bool {
        self.draw(ChoiceId::Message(*name), purpose, 1_000_000) < u64::from(rate.as_ppm())
    }

    fn count(&mut self, unnumbered: ChoiceId) -> u32 {
        let count = self.counts.entry(unnumbered).or_default();
        *count += 1;
        *count
    }

    fn lost(&mut self, name: &MessageId, why: &str) {
        self.say(format!("lost {} {why}", described(name)));
    }

    fn say(&mut self, what: String) {
        self.log.push(format!("{} {what}", self.now.as_us()));
    }
}

impl Due {
    fn process(&self) -> Rank {
        match self {
            Self::PauseEnds(rank) => *rank,
            due => due.context().1,
        }
    }

    fn context(&self) -> MemberId {
        match self {
            Self::Boot { member, .. } | Self::Suspect(member) => *member,
            Self::Timer(name) => (name.group, name.of),
            Self::Arrival(letter) => (letter.name.group, letter.name.to),
            Self::PauseEnds(_) => unreachable!("the end of a pause is of a process, not a member"),
        }
    }
}

fn link(name: &MessageId) -> Link {
    Link { from: name.from, to: name.to }
}

fn described(MessageId { group, kind, from, to, nth, copy }: &MessageId) -> String {
    format!("g{} {kind} {from}->{to} #{nth}{}", group.0, if *copy { " copy" } else { "" })
}
