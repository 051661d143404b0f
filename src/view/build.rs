//! Builds the stage's model of an instant: the world at that instant, and the events shortly before it.

use super::model::{
    Belief, Body, CaptionFacts, LinkModel, MessageModel, MessageState, ProcessLoad, ProcessModel,
    SplitModel, StageModel, TimerModel, WaitingRequests,
};
use super::palette::LeaderStyles;
use crate::choice::{ChoiceId, MessageId};
use crate::election::{Election, Preemption, Votes};
use crate::member::{Detector, Member};
use crate::report::Load;
use crate::report::load::whole;
use crate::run::Snapshot;
use crate::scenario::{Link, Scenario, limits};
use crate::simulation::{self, Event, EventKind, Status, World};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank, Role, TimerKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How far back the model of an instant looks: as long as the longest trace of a message stays on the stage,
/// and as long as an election waits for answers.
pub fn memory(scenario: &Scenario) -> Duration {
    let network = &scenario.network;
    let slowest = network.latency_of.values().chain([&network.latency]).map(|l| l.hi()).max();
    let glow = Duration::us(network.latency.median().as_us() * 6);
    let election = scenario.timeouts.alive + scenario.timeouts.elected;
    slowest.unwrap_or_default() + glow.max(election)
}

/// The model of one group at the instant of the snapshot.
pub fn build_stage(snapshot: &Snapshot, group: GroupId, leader_styles: LeaderStyles) -> StageModel {
    let world = &snapshot.world;
    let mut traces = RecentMarks::new(Some(group));
    snapshot.recent.iter().for_each(|event| traces.note(event));
    let processes = world.processes().iter();
    let processes: Vec<ProcessModel> =
        processes.map(|process| traces.process(world, process.rank(), group)).collect();
    StageModel {
        processes,
        leader_styles,
        counts: MessageKind::ALL.map(|kind| world.sent(group, kind)),
        ..network_model(world, traces)
    }
}

/// The model of all groups together: what each process believes in each group.
pub fn build_stage_of_all(snapshot: &Snapshot, leader_styles: LeaderStyles) -> StageModel {
    let world = &snapshot.world;
    let scenario = world.scenario();
    let mut traces = RecentMarks::new(None);
    snapshot.recent.iter().for_each(|event| traces.note(event));
    let process = |process: &simulation::Process| {
        let rank = process.rank();
        let groups: Vec<Belief> =
            scenario.group_ids().map(|group| belief(world, group, rank)).collect();
        let first = scenario.group_ids().find(|&group| world.member(group, rank).is_some());
        ProcessModel {
            faint: first.is_none(),
            groups,
            timer: None,
            hold: None,
            missed: None,
            ..traces.process(world, rank, first.unwrap_or(GroupId::MAIN))
        }
    };
    let sent = |kind| scenario.group_ids().map(|group| world.sent(group, kind)).sum();
    let processes: Vec<ProcessModel> = world.processes().iter().map(process).collect();
    StageModel {
        processes,
        leader_styles,
        counts: MessageKind::ALL.map(sent),
        ..network_model(world, traces)
    }
}

/// The part that is the same for one group and for all: the network. It has no processes.
fn network_model(world: &World, traces: RecentMarks) -> StageModel {
    let (messages, in_flight) = traces.flights(world);
    StageModel {
        scenario: world.shared_scenario(),
        now: world.now(),
        latency: world.default_latency(),
        median: world.scenario().network.latency.median(),
        processes: Vec::new(),
        links: links(world),
        leader_styles: LeaderStyles::default(),
        counts: [0; MessageKind::ALL.len()],
        split: world.split().map(|(since, lost)| SplitModel { since, lost }),
        waiting: Vec::new(),
        messages,
        in_flight,
        highlighted: None,
        veiled: false,
    }
}

fn belief(world: &World, group: GroupId, rank: Rank) -> Belief {
    let is_down = world
        .process(rank)
        .is_some_and(|process| matches!(process.status(), Status::Crashed { .. }));
    match world.member(group, rank).map(|member| member.role(rank)) {
        None => Belief::NoMember,
        Some(Role::Leads) if !is_down => Belief::Leader(rank),
        Some(Role::Follows(leader)) if !is_down => Belief::Leader(leader),
        Some(_) => Belief::Nobody,
    }
}

/// The directed links that differ from the default.
fn links(world: &World) -> BTreeMap<Link, LinkModel> {
    let scenario = world.scenario();
    let (latency, loss) = (world.default_latency(), world.default_loss());
    let pairs = scenario.ranks.iter().flat_map(|&from| {
        scenario.ranks.iter().filter(move |&&to| to != from).map(move |&to| Link { from, to })
    });
    sort::gather(pairs.filter_map(|link| {
        let own = (world.latency(link), world.loss(link));
        let conditions = LinkModel {
            cut: world.is_cut(link),
            latency: (own.0 != latency).then_some(own.0),
            loss: (own.1 != loss).then_some(own.1),
        };
        (conditions != LinkModel::default()).then_some((link, conditions))
    }))
}

/// What the recent events add to the state of the world.
struct RecentMarks {
    /// `None`: all groups.
    group: Option<GroupId>,
    of: BTreeMap<Rank, RecentMark>,
    flights: BTreeMap<MessageId, MessageModel>,
}

#[derive(Clone, Debug, Default)]
struct RecentMark {
    suspected: Option<Time>,
    changed: Option<Time>,
    asked: Vec<Rank>,
    handed_to: Option<Rank>,
    answered: Option<Rank>,
}

impl RecentMarks {
    fn new(group: Option<GroupId>) -> Self {
        Self { group, of: BTreeMap::new(), flights: BTreeMap::new() }
    }

    fn note(&mut self, event: &Event) {
        let Some(rank) = event.rank.filter(|_| event.group.is_none_or(|group| self.is_ours(group)))
        else {
            return;
        };
        if let Some(ChoiceId::Message(name)) = event.choice {
            self.note_message(event, name);
        }
        let trace = self.of.entry(rank).or_default();
        match event.what {
            EventKind::Suspected => trace.suspected = Some(event.at),
            EventKind::StartedElection => {
                trace.asked.clear();
                trace.handed_to = None;
            }
            EventKind::Became(Role::Leads | Role::Claims | Role::Follows(_)) => {
                trace.changed = Some(event.at);
            }
            EventKind::Crashed { .. } => *trace = RecentMark::default(),
            EventKind::Became(
                Role::BelievesNobody
                | Role::Electing
                | Role::AwaitingElected
                | Role::Delaying
                | Role::PreCandidate
                | Role::Candidate,
            )
            | EventKind::Recovered
            | EventKind::Paused { .. }
            | EventKind::Resumed { .. }
            | EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::Booted
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::Received
            | EventKind::Sent { .. }
            | EventKind::Duplicated { .. }
            | EventKind::Lost(_)
            | EventKind::Held => {}
        }
    }

    fn is_ours(&self, group: GroupId) -> bool {
        self.group.is_none_or(|ours| ours == group)
    }

    fn note_message(&mut self, event: &Event, name: MessageId) {
        match event.what {
            EventKind::Sent { due, names } | EventKind::Duplicated { due, names } => {
                let sent = event.at;
                let (alive, fate) = (0, MessageState::OnItsWay);
                let flight = MessageModel { name, names, alive, sent, due, fate };
                self.flights.insert(name, flight);
                let trace = self.of.entry(name.from).or_default();
                match name.kind {
                    MessageKind::Election => trace.asked.push(name.to),
                    MessageKind::Proceed => trace.handed_to = Some(name.to),
                    MessageKind::Alive => trace.answered = Some(name.to),
                    MessageKind::Elected
                    | MessageKind::Heartbeat
                    | MessageKind::Ack
                    | MessageKind::VoteRequest
                    | MessageKind::Vote
                    | MessageKind::PreVoteRequest
                    | MessageKind::PreVote
                    | MessageKind::Invitation
                    | MessageKind::Accept => {}
                }
            }
            EventKind::Received => self.settle(name, MessageState::Delivered(event.at)),
            EventKind::Held => self.settle(name, MessageState::Held),
            EventKind::Lost(why) => self.settle(name, MessageState::Lost { at: event.at, why }),
            EventKind::Crashed { .. }
            | EventKind::Recovered
            | EventKind::Paused { .. }
            | EventKind::Resumed { .. }
            | EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::Booted
            | EventKind::Suspected
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::StartedElection
            | EventKind::Became(_) => {}
        }
    }

    fn settle(&mut self, name: MessageId, fate: MessageState) {
        // The message was sent before the recent events begin.
        if let Some(flight) = self.flights.get_mut(&name) {
            flight.fate = fate;
        }
    }

    /// The messages in the order of sending, and how many are on their way. Messages on their way come from
    /// the world, which knows all of them. If there are more than can be drawn, those that were sent last are
    /// kept, and heartbeats are dropped first.
    fn flights(self, world: &World) -> (Vec<MessageModel>, usize) {
        let mut flights: Vec<MessageModel> = world
            .in_flight()
            .filter(|flight| self.is_ours(flight.name.group))
            .map(|flight| MessageModel {
                name: flight.name,
                names: flight.message.names(flight.name.from, flight.name.to),
                alive: flight.message.alive_count(),
                sent: flight.sent,
                due: flight.due,
                fate: MessageState::OnItsWay,
            })
            .collect();
        let in_flight = flights.len();
        // Messages on their way are in the list already.
        flights.extend(
            self.flights.into_values().filter(|flight| flight.fate != MessageState::OnItsWay),
        );
        if flights.len() > limits::MOST_DRAWN {
            sort::sort_by_key(&mut flights, |flight| {
                let is_heartbeat = flight.name.kind.is_routine();
                (is_heartbeat, Reverse(flight.sent), flight.name)
            });
            flights.truncate(limits::MOST_DRAWN);
        }
        sort::sort_by_key(&mut flights, |flight| (flight.sent, flight.name));
        (flights, in_flight)
    }

    fn process(&self, world: &World, rank: Rank, group: GroupId) -> ProcessModel {
        let none = RecentMark::default();
        let trace = self.of.get(&rank).unwrap_or(&none);
        let role = world.member(group, rank).map(|member| member.role(rank));
        let state = world.process(rank);
        let body = match state.map(simulation::Process::status) {
            Some(Status::Crashed { since }) => Body::Crashed { since },
            Some(Status::Paused { until, .. }) => {
                Body::Paused { role: role.unwrap_or(Role::BelievesNobody), until }
            }
            Some(Status::Running) | None => Body::Running(role.unwrap_or(Role::BelievesNobody)),
        };
        let timers = || world.timers(group, rank);
        let waits = |role: Role| match role {
            Role::PreCandidate | Role::Candidate => TimerKind::Heartbeat,
            Role::Delaying => TimerKind::Delay,
            Role::AwaitingElected => TimerKind::Elected,
            Role::Follows(_) => TimerKind::Preempt,
            Role::Electing | Role::BelievesNobody | Role::Leads | Role::Claims => TimerKind::Alive,
        };
        let running = |wanted: TimerKind| {
            let timer = timers().find(|timer| timer.name.timer == wanted)?;
            Some(TimerModel { timer: wanted, since: timer.since, due: timer.due })
        };
        let heartbeat = timers().find(|timer| timer.name.timer == TimerKind::Heartbeat);
        let election = world.member(group, rank).map(Member::election);
        let durable = match election {
            Some(Election::Raft(raft)) => Some(raft.durable()),
            _ => None,
        };
        let missed = match election {
            Some(Election::Candidates(candidates)) => candidates.missed(),
            _ => None,
        };
        let hold = match role {
            Some(Role::Leads | Role::Claims) => running(TimerKind::Quorum),
            Some(Role::Follows(leader)) if leader < rank => hold_down(world, election),
            _ => None,
        };
        ProcessModel {
            timer: role.map(waits).and_then(running),
            hold,
            missed,
            suspected: trace.suspected,
            changed: trace.changed,
            crashes: state.map_or(0, simulation::Process::crashes),
            facts: CaptionFacts {
                asked: trace.asked.clone(),
                handed_to: trace.handed_to,
                answered: trace.answered.is_some_and(|asker| is_electing(world, group, asker)),
                acknowledged: acknowledged(world, group, rank),
                votes: votes(world, group, rank),
                voted: durable.and_then(|durable| durable.voted),
                term: durable.map(|durable| durable.term),
                heard: heartbeat.map(|timer| timer.since),
                every: match world.scenario().detector_of(rank) {
                    Detector::Heartbeat { every, .. } => Some(every),
                    Detector::Scripted => None,
                },
            },
            faint: role.is_none(),
            ..ProcessModel::new(rank, body)
        }
    }
}

fn is_electing(world: &World, group: GroupId, rank: Rank) -> bool {
    let runs = world.process(rank).is_some_and(simulation::Process::is_running);
    let role = world.member(group, rank).map(|member| member.role(rank));
    runs && role.is_some_and(Role::is_electing)
}

/// Of a candidate or pre-candidate: the answers that it has, of how many members.
fn votes(world: &World, group: GroupId, rank: Rank) -> Option<(Votes, usize)> {
    let votes = world.member(group, rank)?.election().votes()?;
    Some((votes, world.scenario().group(group).members.len()))
}

/// Of a backup of VRRP: until when it accepts a leader of a lower rank.
fn hold_down(world: &World, election: Option<&Election>) -> Option<TimerModel> {
    let (Some(Election::Vrrp(vrrp)), Preemption::After(delay)) =
        (election, world.scenario().preemption)
    else {
        return None;
    };
    let (since, due) = (vrrp.booted(), vrrp.booted() + delay);
    (world.now() < due).then_some(TimerModel { timer: TimerKind::Preempt, since, due })
}

/// Of a process that only claims to lead: how many have acknowledged it within the timeout, of how many.
fn acknowledged(world: &World, group: GroupId, rank: Rank) -> Option<[usize; 2]> {
    let Detector::Heartbeat { timeout, .. } = world.scenario().detector else {
        return None;
    };
    let member = world.member(group, rank)?;
    let lease = member.lease().filter(|_| member.role(rank) == Role::Claims)?;
    let since = world.now() - timeout;
    let all = world.scenario().group(group).members.len();
    Some([1 + lease.acknowledged_since(since), all])
}

/// Adds the requests of these groups to a model, if the groups have a load.
pub fn with_load(
    mut picture: StageModel,
    scenario: &Scenario,
    load: Option<&Load>,
    groups: &[GroupId],
) -> StageModel {
    let Some(load) = load else { return picture };
    let flow = load.at(picture.now);
    let longest = load.longest_queue(match groups {
        [group] => Some(*group),
        _ => None,
    });
    for process in &mut picture.processes {
        let rank = process.rank;
        let takes = matches!(process.body, Body::Running(_));
        let coming = groups.iter().map(|&group| flow.coming(group, rank)).sum();
        let queue = groups.iter().map(|&group| flow.queue(group, rank)).sum();
        let work = ProcessLoad {
            coming: if takes { coming } else { 0 },
            queue: whole(queue),
            longest: whole(longest),
        };
        process.work = (work.coming > 0 || work.queue > 0).then_some(work);
    }
    let waits = groups.iter().map(|&group| WaitingRequests {
        group: (groups.len() > 1).then(|| scenario.group(group).name.clone()),
        requests: whole(flow.waiting(group)),
    });
    picture.waiting = waits.filter(|waiting| waiting.requests > 0).collect();
    picture
}
