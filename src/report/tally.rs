//! The fold over a run's events behind reports, expectations and leader intervals. A value that holds for
//! no time counts nowhere.

use super::counters::Counters;
use super::spans::{self, MemberTerms, Span, Spans};
use crate::election::Term;
use crate::scenario::{Condition, ConditionTime, Expectation, Group, Scenario};
use crate::simulation::{Event, EventKind, LossReason};
use crate::sort;
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank, Role};
use std::hash::{Hash, Hasher};

/// What has been seen of a run so far.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(super) groups: Vec<GroupTally>,
    stops: Vec<ProcessStop>,
}

/// One process's time as leader of a group; `until` is none where it lasts to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaderInterval {
    /// The leader.
    pub rank: Rank,
    /// When it took the lead.
    pub since: Time,
    /// When it no longer led.
    pub until: Option<Time>,
}

/// A crash, a pause or the end of one, in the order of the run.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct ProcessStop {
    pub at: Time,
    pub rank: Rank,
    pub what: StopKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum StopKind {
    Crashed,
    Paused,
    GoesOn,
}

/// What can be wrong in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupProblem {
    /// Nobody leads.
    NoLeader,
    /// Two or more lead.
    SplitBrain,
    /// One leads, and not every process follows it.
    NoAgreement,
}

/// What an event counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CountedAs {
    /// Each group of its process.
    Stop(StopKind),
    /// The group of its member.
    Member,
    Nothing,
}

impl CountedAs {
    const fn of(what: EventKind) -> Self {
        match what {
            EventKind::Crashed { .. } => Self::Stop(StopKind::Crashed),
            EventKind::Paused { .. } => Self::Stop(StopKind::Paused),
            EventKind::Recovered | EventKind::Resumed { .. } => Self::Stop(StopKind::GoesOn),
            EventKind::Sent { .. }
            | EventKind::Lost(_)
            | EventKind::StartedElection
            | EventKind::Became(_) => Self::Member,
            EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::Booted
            | EventKind::Suspected
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::Received
            | EventKind::Duplicated { .. }
            | EventKind::Held => Self::Nothing,
        }
    }
}

/// A process begins to lead that was not among the last leaders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LeaderChange {
    pub at: Time,
    /// One of the leaders of before runs on.
    pub is_unprovoked: bool,
}

#[derive(Clone, Debug)]
pub(super) struct GroupTally {
    members: Vec<Rank>,
    pub believed: Vec<Option<Rank>>,
    /// Bits by a member's place: whether its process runs, and whether it believes itself leader.
    running: u64,
    leading_now: u64,
    pub leaders: Spans<u64>,
    pub agreement: Spans<bool>,
    /// By the member's place, where the algorithm has terms; else empty.
    terms: Vec<MemberTerms>,
    /// Whom a process believes to lead, of those that an expectation asks for, by the member's place.
    beliefs: Vec<(usize, Spans<Option<Rank>>)>,
    /// Bits by a member's place: whose election runs, and when one of them last ran or began.
    electing: u64,
    elected_at: Option<Time>,
    /// When each round of elections began.
    pub rounds: Vec<Time>,
    pub elections: u64,
    /// How often a member left a leader that leads, to elect or to lead.
    pub needless: u64,
    pub sent: [u64; MessageKind::ALL.len()],
    pub lost: [u64; 4],
    pub counters: Counters,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(scenario: &Scenario) -> Self {
        let groups = scenario.groups.iter().zip(scenario.group_ids());
        let tally = |(group, id)| GroupTally::new(scenario, group, id);
        Self { groups: groups.map(tally).collect(), stops: Vec::new() }
    }

    pub(super) fn stops(&self) -> &[ProcessStop] {
        &self.stops
    }

    /// When each round of elections of a group began: elections that overlap are one round. An
    /// election lasts from its start until its member leads, follows a leader or crashes; one that
    /// begins in the instant in which another ends is of the same round.
    pub fn rounds(&self, group: GroupId) -> &[Time] {
        &self.groups[group.index()].rounds
    }

    /// Hashes all of the past that decides whether expectations hold.
    pub fn hash_past(&self, expectations: &[Expectation], hash: &mut impl Hasher) {
        if expectations.iter().all(forbids_any_split) {
            return self.groups.iter().for_each(|group| group.had_split().hash(hash));
        }
        for group in &self.groups {
            (&group.leaders, &group.agreement, &group.beliefs).hash(hash);
            group.counters.hash_past(hash);
        }
        self.stops.hash(hash);
    }

    /// False where it takes no look at the expectations to know that none is violated.
    pub fn may_violate(&self, scenario: &Scenario) -> bool {
        self.groups.iter().any(GroupTally::had_split)
            || !scenario.expectations.iter().all(forbids_any_split)
    }

    /// Takes the next event into account.
    pub fn note(&mut self, event: &Event) {
        if let (Some(group), Some(rank), Some(term)) = (event.group, event.rank, event.term) {
            self.groups[group.index()].note_term(rank, term, event.at);
        }
        match CountedAs::of(event.what) {
            CountedAs::Stop(what) => {
                self.groups.iter_mut().for_each(|group| group.note(event));
                self.stops.extend(event.rank.map(|rank| ProcessStop { at: event.at, rank, what }));
            }
            CountedAs::Member => {
                if let Some(group) = event.group {
                    self.groups[group.index()].note(event);
                }
            }
            CountedAs::Nothing => {}
        }
    }

    /// The members that lead after all that has happened so far.
    pub fn leaders(&self, group: GroupId) -> Vec<Rank> {
        let group = &self.groups[group.index()];
        group.ranks(group.leaders.live()).collect()
    }

    /// The problem of a group after all events so far.
    pub fn trouble(&self, group: GroupId) -> Option<GroupProblem> {
        let group = &self.groups[group.index()];
        match group.leaders.live().count_ones() {
            0 => Some(GroupProblem::NoLeader),
            1 => (!group.agreement.live()).then_some(GroupProblem::NoAgreement),
            2.. => Some(GroupProblem::SplitBrain),
        }
    }

    /// Each time that a process of these groups leads, in the order in which they begin.
    pub fn leaderships(
        &self,
        groups: impl IntoIterator<Item = GroupId>,
        end: Time,
    ) -> Vec<LeaderInterval> {
        let of = |id: GroupId| self.groups[id.index()].leaderships(end);
        let mut all: Vec<LeaderInterval> = groups.into_iter().flat_map(of).collect();
        sort::sort_by_key(&mut all, |leadership| leadership.since);
        all
    }

    /// Each leadership with its term, by its start; nothing where the algorithm has no terms.
    pub fn leaderships_by_term(&self, group: GroupId, end: Time) -> Vec<Span<(Rank, Term)>> {
        let GroupTally { members, terms, .. } = &self.groups[group.index()];
        spans::leaderships(members, terms, end)
    }

    /// The leaders, as spans that tile the run.
    pub fn leading(&self, group: GroupId, end: Time) -> Vec<Span<Vec<Rank>>> {
        let group = &self.groups[group.index()];
        let (spans, _) = group.leaders.until(end);
        let named =
            |Span { from, to, value }| Span { from, to, value: group.ranks(value).collect() };
        spans.into_iter().map(named).collect()
    }
}

/// Whether it is `no split brain` of the whole run.
pub(crate) fn forbids_any_split(expectation: &Expectation) -> bool {
    matches!(expectation.condition, Condition::NoSplitBrain {})
        && expectation.time == ConditionTime::Unstated
}

impl GroupTally {
    fn new(scenario: &Scenario, group: &Group, id: GroupId) -> Self {
        let members = group.members.clone();
        let expectations: &[Expectation] = &scenario.expectations;
        let mut beliefs: Vec<(usize, Spans<Option<Rank>>)> = Vec::new();
        for expectation in expectations.iter().filter(|it| it.is_about(id)) {
            if let Condition::Follows { process, .. } = expectation.condition
                && let Ok(place) = members.binary_search(&process)
                && beliefs.iter().all(|(known, _)| *known != place)
            {
                beliefs.push((place, Spans::new(group.leader)));
            }
        }
        let place = group.leader.and_then(|leader| members.binary_search(&leader).ok());
        let leading_now = place.map_or(0, |place| 1 << place);
        let running = (0..members.len()).fold(0, |bits, place| bits | 1 << place);
        let first_term = spans::first_term(&scenario.algorithm, group.leader.is_some());
        let terms = first_term.map(|term| {
            let leads = |rank: &Rank| group.leader == Some(*rank);
            members.iter().map(|rank| MemberTerms::new(term, leads(rank))).collect()
        });
        Self {
            believed: vec![group.leader; members.len()],
            members,
            running,
            leading_now,
            leaders: Spans::new(leading_now),
            agreement: Spans::new(group.leader.is_some()),
            terms: terms.unwrap_or_default(),
            beliefs,
            electing: 0,
            elected_at: None,
            rounds: Vec::new(),
            elections: 0,
            needless: 0,
            sent: [0; MessageKind::ALL.len()],
            lost: [0; 4],
            counters: Counters::new(expectations, id),
        }
    }

    fn note(&mut self, event: &Event) {
        match (event.what, event.message_kind()) {
            (EventKind::Sent { .. }, Some(kind)) => {
                self.sent[kind as usize] += 1;
                return self.counters.sent(kind, event.at);
            }
            (EventKind::Lost(loss), _) => return self.lost[loss as usize] += 1,
            (EventKind::StartedElection, _) => {
                self.elections += 1;
                if self.electing == 0 && self.elected_at != Some(event.at) {
                    self.rounds.push(event.at);
                }
                self.elected_at = Some(event.at);
                return self.counters.election_started(event.at);
            }
            _ => {}
        }
        let place = event.rank.and_then(|rank| self.members.binary_search(&rank).ok());
        let Some(place) = place else { return };
        let bit = 1 << place;
        if self.electing != 0 {
            self.elected_at = Some(event.at);
        }
        if let EventKind::Became(role) = event.what {
            if role == Role::Leads || role.is_electing() {
                let left = self.believed[place].filter(|leader| *leader != self.members[place]);
                let left = left.and_then(|leader| self.bit(leader)).unwrap_or_default();
                self.needless += u64::from(left & self.leading_now & self.running != 0);
            }
            self.believed[place] = role.believed(self.members[place]);
            set_bit(&mut self.leading_now, bit, role == Role::Leads);
            set_bit(&mut self.electing, bit, role.is_electing());
        }
        match CountedAs::of(event.what) {
            CountedAs::Stop(StopKind::Crashed) => {
                self.believed[place] = None;
                self.running &= !bit;
                self.leading_now &= !bit;
                self.electing &= !bit;
            }
            CountedAs::Stop(StopKind::Paused) => self.running &= !bit,
            CountedAs::Stop(StopKind::GoesOn) => self.running |= bit,
            CountedAs::Member | CountedAs::Nothing => {}
        }
        if let Some((_, belief)) = self.beliefs.iter_mut().find(|(known, _)| *known == place) {
            belief.set(event.at, self.believed[place]);
        }
        self.judge(event.at);
        self.note_leadership(place, event.at);
    }

    fn note_term(&mut self, rank: Rank, term: Term, at: Time) {
        let Ok(place) = self.members.binary_search(&rank) else { return };
        if self.terms[place].term != term {
            self.terms[place].term = term;
            self.note_leadership(place, at);
        }
    }

    fn note_leadership(&mut self, place: usize, at: Time) {
        let leads = self.leading_now & self.running & (1 << place) != 0;
        if let Some(own) = self.terms.get_mut(place) {
            own.note(at, leads);
        }
    }

    /// Updates the leaders and the agreement after a change.
    fn judge(&mut self, at: Time) {
        let leading = self.leading_now & self.running;
        self.leaders.set(at, leading);
        self.agreement.set(at, self.agrees(leading));
    }

    /// Every running process believes the same running process, which leads.
    fn agrees(&self, leading: u64) -> bool {
        let running = (0..self.members.len()).filter(|place| self.running & (1 << place) != 0);
        let mut beliefs = running.map(|place| self.believed[place]);
        let Some(Some(first)) = beliefs.next() else { return false };
        let leads = self.ranks(leading).any(|rank| rank == first);
        leads && beliefs.all(|belief| belief == Some(first))
    }

    /// Whether two processes have led at once, or do now.
    fn had_split(&self) -> bool {
        self.leaders.has_had(|leaders| leaders.count_ones() > 1)
    }

    /// The members behind a set of bits, ascending.
    pub(crate) fn ranks(&self, bits: u64) -> impl Iterator<Item = Rank> + '_ {
        let set = move |place: &usize| bits & (1 << place) != 0;
        (0..self.members.len()).filter(set).map(|place| self.members[place])
    }

    fn leaderships(&self, end: Time) -> Vec<LeaderInterval> {
        let mut all: Vec<LeaderInterval> = Vec::new();
        // By the member's place: what it began last.
        let mut begun = vec![0; self.members.len()];
        let mut before = 0;
        for Span { from, value, .. } in self.leaders.until(end).0 {
            let mut changed = value ^ before;
            while changed != 0 {
                let place = changed.trailing_zeros() as usize;
                changed &= changed - 1;
                if value & (1 << place) == 0 {
                    all[begun[place]].until = Some(from);
                } else {
                    begun[place] = all.len();
                    all.push(LeaderInterval {
                        rank: self.members[place],
                        since: from,
                        until: None,
                    });
                }
            }
            before = value;
        }
        all
    }

    /// The bit of one member; none of a process that is no member.
    pub(crate) fn bit(&self, rank: Rank) -> Option<u64> {
        self.members.binary_search(&rank).ok().map(|place| 1 << place)
    }

    /// Whom each member believes to lead.
    pub(crate) fn beliefs(&self) -> impl Iterator<Item = (Rank, Option<Rank>)> + '_ {
        self.members.iter().copied().zip(self.believed.iter().copied())
    }

    /// Whom members believe to lead over the run, of those that an expectation asks for.
    pub(crate) fn recorded_beliefs(&self) -> impl Iterator<Item = (Rank, &Spans<Option<Rank>>)> {
        self.beliefs.iter().map(|(place, belief)| (self.members[*place], belief))
    }

    /// The changes of leader, from the leader intervals and the stops of the run.
    pub(crate) fn changes(
        &self,
        leaders: &[Span<u64>],
        stops: &[ProcessStop],
    ) -> Vec<LeaderChange> {
        let mut changes = Vec::new();
        let mut led = leaders.iter().filter(|span| span.value != 0);
        let Some(mut before) = led.next() else { return changes };
        for span in led {
            if span.value & !before.value != 0 {
                let is_unprovoked = self.one_ran_on(before, span, stops);
                changes.push(LeaderChange { at: span.from, is_unprovoked });
            }
            before = span;
        }
        changes
    }

    /// Whether one of those that led before leads still, or neither crashed nor paused from then on.
    fn one_ran_on(&self, before: &Span<u64>, span: &Span<u64>, stops: &[ProcessStop]) -> bool {
        let first = stops.partition_point(|stop| stop.at < before.to);
        let last = stops.partition_point(|stop| stop.at <= span.from);
        let meanwhile = stops[first..last].iter().filter(|stop| stop.what != StopKind::GoesOn);
        let stopped =
            meanwhile.filter_map(|stop| self.bit(stop.rank)).fold(0, |all, bit| all | bit);
        before.value & (span.value | !stopped) != 0
    }

    pub(crate) fn losses(&self) -> impl Iterator<Item = (LossReason, u64)> + '_ {
        LossReason::ALL.into_iter().map(|loss| (loss, self.lost[loss as usize]))
    }
}

fn set_bit(bits: &mut u64, bit: u64, is_set: bool) {
    match is_set {
        true => *bits |= bit,
        false => *bits &= !bit,
    }
}
