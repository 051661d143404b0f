//! An index of a whole run, filled as it is simulated: instants worth a jump, how busy each process is, and the pose
//! of each process over time.

use crate::scenario::Scenario;
use crate::simulation::{Event, EventKind, Process, Status, World};
use crate::time::{Duration, Time};
use crate::types::{self, GroupId, MessageKind, Rank, Role};

/// Into how many equal stretches the run is divided: more than any screen has columns.
const BUCKETS: usize = 4_096;
/// A gap of so many heartbeats is one however short it is: a search for the next line skips it.
const FULL: u32 = 10_000;

/// A summary of a run for drawing it: instants, activity, roles and quiet times.
#[derive(Clone, Debug)]
pub struct Index {
    moments: Vec<Time>,
    end: Time,
    ranks: Vec<Rank>,
    /// The stretch that was last noted, and where it ends: a division for each event took a
    /// twentieth of a run.
    bucket: usize,
    bucket_end: Time,
    /// Of each process, for each stretch, how many messages it sent or received, up to 65,535.
    activity: Vec<u16>,
    /// For each stretch, how many messages other than heartbeats were sent, up to 65,535.
    described: Vec<u16>,
    /// For each stretch, how many events it has.
    events: Vec<u32>,
    pose_changes: PoseChanges,
    /// Of each group, when each of its elections set out.
    elections: Vec<Vec<Time>>,
    /// When something other than a heartbeat last happened, after how many events, and the long gaps
    /// between such instants.
    last_reported: Option<Time>,
    counted_events: u32,
    least_gap: Duration,
    quiet: Vec<(Time, Time)>,
}

impl Index {
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            moments: Vec::new(),
            end: scenario.end(),
            ranks: scenario.ranks.clone(),
            bucket: 0,
            bucket_end: Time::ZERO,
            activity: vec![0; scenario.ranks.len() * BUCKETS],
            described: vec![0; BUCKETS],
            events: vec![0; BUCKETS],
            pose_changes: PoseChanges::new(scenario),
            elections: vec![Vec::new(); scenario.groups.len()],
            last_reported: None,
            counted_events: 0,
            least_gap: scenario.network.latency.median() + scenario.network.latency.median(),
            quiet: Vec::new(),
        }
    }

    pub(super) fn note(&mut self, event: &Event) {
        let bucket = self.bucket_of(event.at);
        self.events[bucket] += 1;
        if !event.is_heartbeat() {
            self.note_described(event);
        }
        match event.what {
            EventKind::Sent { .. } | EventKind::Received => self.note_activity(event),
            EventKind::Became(_)
            | EventKind::Crashed { .. }
            | EventKind::Recovered
            | EventKind::Paused { .. }
            | EventKind::Resumed { .. } => {
                self.pose_changes.note(event, bucket);
            }
            EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::Booted
            | EventKind::Suspected
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::StartedElection
            | EventKind::Duplicated { .. }
            | EventKind::Lost(_)
            | EventKind::Held => {}
        }
        match event.what {
            EventKind::Crashed { .. }
            | EventKind::Recovered
            | EventKind::Paused { .. }
            | EventKind::Resumed { .. }
            | EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::StartedElection
            | EventKind::Became(Role::Leads) => {
                if self.moments.last() != Some(&event.at) {
                    self.moments.push(event.at);
                }
            }
            EventKind::Sent { .. }
            | EventKind::Received
            | EventKind::Booted
            | EventKind::Suspected
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::Became(_)
            | EventKind::Duplicated { .. }
            | EventKind::Lost(_)
            | EventKind::Held => {}
        }
    }

    /// Faults, elections and changes of leader: where a jump lands, in order and each once.
    pub fn moments(&self) -> &[Time] {
        &self.moments
    }

    /// When each election of a group set out.
    pub fn elections(&self, group: GroupId) -> &[Time] {
        self.elections.get(group.index()).map_or(&[], Vec::as_slice)
    }

    /// Gaps in which nothing but heartbeats happens, of more than two median latencies or of very
    /// many heartbeats, ascending.
    pub fn quiet(&self) -> &[(Time, Time)] {
        &self.quiet
    }

    /// A window in which the last thing up to `time` happens that is no heartbeat: one instant in or
    /// after a long gap, else the two median latencies before `time`.
    pub fn described_before(&self, time: Time) -> (Time, Time) {
        let place = self.quiet.partition_point(|(from, _)| *from <= time);
        match place.checked_sub(1).map(|place| self.quiet[place]) {
            Some((from, to)) if time < to || self.last_reported < Some(to) => (from, from),
            _ => (time - self.least_gap, time),
        }
    }

    /// How many messages a process sent or received in each of 4,096 equal stretches of the run.
    pub fn activity(&self, rank: Rank) -> &[u16] {
        match types::place(&self.ranks, rank) {
            Some(place) => &self.activity[place * BUCKETS..][..BUCKETS],
            None => &[],
        }
    }

    /// How many messages other than heartbeats were sent in each of these stretches.
    pub fn described(&self) -> &[u16] {
        &self.described
    }

    /// How many events the stretches have that a window touches.
    pub fn events(&self, from: Time, to: Time) -> u64 {
        let stretches = &self.events[self.stretch(from)..=self.stretch(to)];
        stretches.iter().map(|&count| u64::from(count)).sum()
    }

    /// What a member of a group is over the run, from its first stretch on; nothing for others.
    pub fn pose_changes(&self, group: GroupId, rank: Rank) -> &[PoseChange] {
        self.pose_changes.of(group, rank)
    }

    /// When a stretch begins; the one after the last, just after the end.
    pub fn start_of(&self, bucket: usize) -> Time {
        let (span, count) = (self.end.as_us() + 1, BUCKETS as u64);
        Time::us((bucket as u64 * span).div_ceil(count))
    }

    /// In which stretch an instant of the run lies.
    pub fn stretch(&self, at: Time) -> usize {
        let (span, count) = (self.end.as_us() + 1, BUCKETS as u64);
        (at.min(self.end).as_us() * count / span) as usize
    }

    fn note_described(&mut self, event: &Event) {
        if let (EventKind::StartedElection, Some(group)) = (event.what, event.group) {
            self.elections[group.index()].push(event.at);
        }
        let before = self.last_reported.unwrap_or(Time::ZERO);
        let is_full = event.id - self.counted_events > FULL && event.at > before;
        if event.at.since(before) > self.least_gap || is_full {
            self.quiet.push((before, event.at));
        }
        self.last_reported = Some(event.at);
        self.counted_events = event.id;
    }

    /// The run has come to its end.
    pub(super) fn finish(&mut self, end: Time) {
        let before = self.last_reported.unwrap_or(Time::ZERO);
        if end.since(before) > self.least_gap {
            self.quiet.push((before, end));
        }
    }

    fn note_activity(&mut self, event: &Event) {
        let place = event.rank.and_then(|rank| types::place(&self.ranks, rank));
        let Some(place) = place else { return };
        let bucket = self.bucket_of(event.at);
        let count = &mut self.activity[place * BUCKETS + bucket];
        *count = count.saturating_add(1);
        let is_described = !event.message_kind().is_some_and(MessageKind::is_routine);
        if is_described && matches!(event.what, EventKind::Sent { .. }) {
            self.described[bucket] = self.described[bucket].saturating_add(1);
        }
    }

    /// The stretch of an instant that is not before the last one asked for.
    fn bucket_of(&mut self, at: Time) -> usize {
        if at >= self.bucket_end {
            self.bucket = self.stretch(at);
            self.bucket_end = self.start_of(self.bucket + 1);
        }
        self.bucket
    }
}

/// From this stretch of the run on, until the next turn. What lasted less than a stretch is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoseChange {
    /// The part of the run, from 0.
    pub bucket: u16,
    /// The pose from there on.
    pub pose: Pose,
}

#[derive(Clone, Debug)]
struct PoseChanges {
    ranks: Vec<Rank>,
    /// Of each group in turn, of each process; empty where it is no member.
    of: Vec<Vec<PoseChange>>,
}

impl PoseChanges {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let ranks = scenario.ranks.clone();
        let of = scenario.groups.iter().flat_map(|group| {
            ranks.iter().map(|rank| {
                let role = match group.leader {
                    Some(leader) if leader == *rank => Role::Leads,
                    Some(leader) => Role::Follows(leader),
                    None => Role::BelievesNobody,
                };
                let first = PoseChange { bucket: 0, pose: Pose::Running(role) };
                group.members.contains(rank).then_some(first).into_iter().collect()
            })
        });
        Self { of: of.collect(), ranks }
    }

    /// Notes what an event makes of a pose, if anything: most events change none.
    pub(crate) fn note(&mut self, event: &Event, bucket: usize) {
        let Some(place) = event.rank.and_then(|rank| types::place(&self.ranks, rank)) else {
            return;
        };
        let count = self.ranks.len();
        match (event.what, event.group) {
            (EventKind::Became(role), Some(group)) => {
                let lane = &mut self.of[group.index() * count + place];
                change_pose(lane, bucket, |_| Pose::Running(role));
            }
            // A process crashes and pauses in all of its groups.
            (what, _) => {
                for lane in self.of.iter_mut().skip(place).step_by(count) {
                    change_pose(lane, bucket, |pose| pose.after(what));
                }
            }
        }
    }

    pub(crate) fn of(&self, group: GroupId, rank: Rank) -> &[PoseChange] {
        match types::place(&self.ranks, rank) {
            Some(place) => &self.of[group.index() * self.ranks.len() + place],
            None => &[],
        }
    }
}

/// Of several changes in one stretch the last one counts.
fn change_pose(lane: &mut Vec<PoseChange>, bucket: usize, change: impl FnOnce(Pose) -> Pose) {
    let Some(&last) = lane.last() else { return };
    let pose = change(last.pose);
    let bucket = bucket as u16;
    if last.bucket == bucket {
        lane.pop();
    }
    if lane.last().is_none_or(|before| before.pose != pose) {
        lane.push(PoseChange { bucket, pose });
    }
}

/// The state of a process in a group: whether it runs, and its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pose {
    /// It runs.
    Running(Role),
    /// The role is that from before the pause.
    Paused(Role),
    /// It has crashed.
    Crashed,
}

impl Pose {
    /// A process that is no member of the group has `BelievesNobody`.
    pub fn of(world: &World, group: GroupId, rank: Rank) -> Self {
        let member = world.member(group, rank);
        let role = member.map_or(Role::BelievesNobody, |member| member.role(rank));
        match world.process(rank).map(Process::status) {
            Some(Status::Crashed { .. }) => Self::Crashed,
            Some(Status::Paused { .. }) => Self::Paused(role),
            Some(Status::Running) | None => Self::Running(role),
        }
    }

    /// What it believes or waits for; a crashed one nothing.
    pub fn role(self) -> Option<Role> {
        match self {
            Self::Running(role) | Self::Paused(role) => Some(role),
            Self::Crashed => None,
        }
    }

    /// Whom it believes to lead, itself included.
    pub fn believes(self, me: Rank) -> Option<Rank> {
        self.role()?.believed(me)
    }

    /// Whether it runs and believes itself the leader.
    pub fn leads(self) -> bool {
        self == Self::Running(Role::Leads)
    }

    /// What it is once that has happened to its process; what happens to a member is a `Became`.
    pub fn after(self, what: EventKind) -> Self {
        let role = self.role().unwrap_or(Role::BelievesNobody);
        match what {
            EventKind::Crashed { .. } => Self::Crashed,
            EventKind::Recovered => Self::Running(Role::BelievesNobody),
            EventKind::Paused { .. } => Self::Paused(role),
            EventKind::Resumed { .. } => Self::Running(role),
            EventKind::Became(role) => Self::Running(role),
            EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::Booted
            | EventKind::Suspected
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::Received
            | EventKind::StartedElection
            | EventKind::Sent { .. }
            | EventKind::Duplicated { .. }
            | EventKind::Lost(_)
            | EventKind::Held => self,
        }
    }
}
