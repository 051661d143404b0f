//! Hints about faults without an effect, or that no process notices: one pass over the timeline with what is
//! known of processes and links without a simulation.

use super::Hint;
use super::never_elects;
use crate::member::Detector;
use crate::scenario::{
    Condition, Expectation, Fault, Links, Scenario, ScenarioPart, ScheduledFault,
};
use crate::time::{Duration, Time};
use crate::types::{self, GroupId, Rank};
use std::collections::BTreeMap;

/// `scheduled_faults` are those up to the end of the run.
pub(super) fn without_effect(
    scenario: &Scenario,
    scheduled_faults: &[ScheduledFault],
) -> Vec<Hint> {
    let mut walk = TimelineWalk::new(scenario);
    scheduled_faults.iter().for_each(|scheduled| walk.apply_fault(scheduled));
    walk.hints()
}

struct TimelineWalk<'a> {
    scenario: &'a Scenario,
    /// A bit for each crashed process, by its index.
    down: u64,
    /// The end of each pause, unless something ends it earlier.
    paused: BTreeMap<Rank, Time>,
    /// By the sender's index: a bit for each receiver to which the link is cut.
    cut: Vec<u64>,
    /// By the process's index: a bit for each of its groups.
    memberships: Vec<u64>,
    /// A bit for each group in which an election has started.
    electing: u64,
    /// The leader of each group, as long as it is certain.
    leads: Vec<Option<Rank>>,
    /// The crash of each group's leader that no process has noticed yet.
    unnoticed: Vec<Option<LeaderCrash>>,
    /// Whether any process ever elects.
    elects: bool,
    /// The first fault that only messages are affected by.
    first_of_network: Option<usize>,
    /// By entry: a bit for each process that it affects at some time; for the network, any bit.
    effects: Vec<u64>,
    /// Why an entry has no effect on a process or on the network, the first time.
    reasons: BTreeMap<(usize, Option<Rank>), String>,
    pauses_of_leaders: BTreeMap<usize, (Rank, GroupId)>,
}

#[derive(Clone, Copy)]
struct LeaderCrash {
    at: Time,
    entry: usize,
    leader: Rank,
    /// A process that could notice it.
    other: Rank,
}

impl<'a> TimelineWalk<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        // With heartbeats the leader is uncertain once anything has happened.
        let is_scripted = scenario.detector == Detector::Scripted;
        let leaders = scenario.groups.iter().map(|group| group.leader.filter(|_| is_scripted));
        let mut walk = Self {
            scenario,
            down: 0,
            paused: BTreeMap::new(),
            cut: vec![0; scenario.ranks.len()],
            memberships: memberships(scenario),
            electing: 0,
            leads: leaders.collect(),
            unnoticed: vec![None; scenario.groups.len()],
            elects: false,
            first_of_network: None,
            effects: vec![0; scenario.timeline.len()],
            reasons: BTreeMap::new(),
            pauses_of_leaders: BTreeMap::new(),
        };
        let starts_alone = scenario.groups.iter().any(|group| group.leader.is_none());
        walk.elects = !is_scripted || (starts_alone && scenario.algorithm.row().elects_at_boot);
        walk
    }

    fn apply_fault(&mut self, ScheduledFault { at, entry, fault }: &ScheduledFault) {
        // At one instant, faults happen before the end of a pause.
        self.paused.retain(|_, until| *until >= *at);
        let entry = *entry;
        match &**fault {
            Fault::Crash(ranks) => ranks.iter().for_each(|&rank| self.crash(*at, entry, rank)),
            Fault::Recover(ranks) => ranks.iter().for_each(|&rank| self.recover(entry, rank)),
            Fault::Suspect { processes, group } => {
                processes.iter().for_each(|&rank| self.suspect(entry, rank, *group));
            }
            Fault::Pause { processes, span } => {
                processes.iter().for_each(|&rank| self.pause(entry, rank, *at + *span));
            }
            Fault::Resume(ranks) => {
                for &rank in ranks {
                    let nothing = self.paused.remove(&rank).is_none();
                    let why = || format!("process {rank} is not paused then, so this does nothing");
                    self.note(entry, Some(rank), nothing, why);
                }
            }
            Fault::Partition(sides) => self.cut(entry, self.between(sides)),
            Fault::Cut(links) => self.cut(entry, self.along(links)),
            Fault::Heal(links) => self.heal(entry, links.as_ref()),
            Fault::Latency { .. } | Fault::Loss { .. } => {
                self.first_of_network.get_or_insert(entry);
            }
        }
    }

    fn crash(&mut self, at: Time, entry: usize, rank: Rank) {
        let bit = self.bits(&[rank]);
        let nothing = self.down & bit != 0;
        self.down |= bit;
        let why = || format!("process {rank} is down already, so crashing it does nothing");
        self.note(entry, Some(rank), nothing, why);
        self.paused.remove(&rank);
        for place in 0..self.leads.len() {
            if self.leads[place] == Some(rank) {
                self.leads[place] = None;
                let members = &self.scenario.groups[place].members;
                let other = members.iter().find(|&&member| !self.is_down(member));
                self.unnoticed[place] =
                    other.map(|&other| LeaderCrash { at, entry, leader: rank, other });
            }
        }
    }

    fn recover(&mut self, entry: usize, rank: Rank) {
        let bit = self.bits(&[rank]);
        let nothing = self.down & bit == 0;
        self.down &= !bit;
        let why = || format!("process {rank} is not down then, so recovering it does nothing");
        self.note(entry, Some(rank), nothing, why);
        if !nothing && self.scenario.algorithm.row().elects_at_boot {
            self.elect(self.groups_of(rank, None));
        }
    }

    fn suspect(&mut self, entry: usize, rank: Rank, group: Option<GroupId>) {
        let groups = self.groups_of(rank, group);
        let why = if groups == 0 {
            Some("is in no group, so it has no leader to suspect")
        } else if self.is_down(rank) {
            Some("is down then, so it suspects no leader")
        } else if places(groups).all(|group| self.leads[group] == Some(rank)) {
            Some("leads then, so it suspects no leader")
        } else {
            self.elect(groups);
            None
        };
        self.note(entry, Some(rank), why.is_some(), || {
            format!("process {rank} {}", why.unwrap_or_default())
        });
    }

    fn pause(&mut self, entry: usize, rank: Rank, until: Time) {
        let already = self.paused.get(&rank).filter(|already| **already >= until);
        let already = already.copied();
        let is_down = self.is_down(rank);
        let nothing = is_down || already.is_some();
        if !nothing {
            self.paused.insert(rank, until);
            let leads = |id: &GroupId| {
                let group = self.scenario.group(*id);
                group.leader.or(group.members.last().copied()) == Some(rank)
            };
            let led = self.scenario.group_ids().filter(leads).find(|id| self.forbids_splits(*id));
            if let Some(id) = led {
                self.pauses_of_leaders.insert(entry, (rank, id));
            }
        }
        self.note(entry, Some(rank), nothing, || match already.filter(|_| !is_down) {
            None => format!("process {rank} is down then, so pausing it does nothing"),
            Some(already) => {
                format!(
                    "process {rank} is paused until {already} already, so this pause does nothing"
                )
            }
        });
    }

    /// Whether the expectations forbid or limit a split brain of a group, and none expects one: then a leader
    /// that is only slow would be missed.
    fn forbids_splits(&self, group: GroupId) -> bool {
        let of_group = |about: &&Expectation| about.group.is_none_or(|id| id == group);
        let mut forbids = false;
        for Expectation { condition: claim, .. } in
            self.scenario.expectations.iter().filter(of_group)
        {
            match claim {
                Condition::SplitBrain {} => return false,
                Condition::NoSplitBrain {}
                | Condition::SplitBrainTotal { .. }
                | Condition::LongestSplitBrain { .. } => forbids = true,
                Condition::Leader { .. }
                | Condition::Follows { .. }
                | Condition::Leads { .. }
                | Condition::Agreement {}
                | Condition::Messages { .. }
                | Condition::Elections { .. }
                | Condition::Changes { .. }
                | Condition::UnprovokedChanges { .. }
                | Condition::LeaderlessTotal { .. }
                | Condition::LongestLeaderless { .. } => {}
            }
        }
        forbids
    }

    fn cut(&mut self, entry: usize, links: Vec<u64>) {
        self.first_of_network.get_or_insert(entry);
        let is_new = links.iter().zip(&self.cut).any(|(links, cut)| links & !cut != 0);
        self.cut.iter_mut().zip(links).for_each(|(cut, links)| *cut |= links);
        let why = || "all of this is cut already, so it does nothing".to_owned();
        self.note(entry, None, !is_new, why);
    }

    fn heal(&mut self, entry: usize, links: Option<&Links>) {
        let healed =
            links.map_or_else(|| vec![u64::MAX; self.cut.len()], |links| self.along(links));
        let is_cut = healed.iter().zip(&self.cut).any(|(healed, cut)| healed & cut != 0);
        self.cut.iter_mut().zip(healed).for_each(|(cut, healed)| *cut &= !healed);
        let why = || "nothing of this is cut then, so healing it does nothing".to_owned();
        self.note(entry, None, !is_cut, why);
    }

    /// By the sender's index: the receivers on other sides.
    fn between(&self, sides: &[Vec<Rank>]) -> Vec<u64> {
        let sides: Vec<u64> = sides.iter().map(|side| self.bits(side)).collect();
        let all = sides.iter().fold(0, |all, side| all | side);
        let others = |place: usize| {
            let own = sides.iter().find(|side| *side & 1 << place != 0);
            own.map_or(0, |own| all & !own)
        };
        (0..self.cut.len()).map(others).collect()
    }

    /// By the sender's index: the receivers over these links.
    fn along(&self, links: &Links) -> Vec<u64> {
        let (from, to) = (self.bits(&links.from), self.bits(&links.to));
        let receivers = |place: usize| {
            let there = if from & 1 << place != 0 { to } else { 0 };
            let back = if links.both && to & 1 << place != 0 { from } else { 0 };
            (there | back) & !(1 << place)
        };
        (0..self.cut.len()).map(receivers).collect()
    }

    /// Marks groups as electing, so that their leaders are uncertain.
    fn elect(&mut self, groups: u64) {
        self.elects = true;
        for group in places(groups & !self.electing) {
            self.leads[group] = None;
            self.unnoticed[group] = None;
        }
        self.electing |= groups;
    }

    /// A bit for each group of the process, or for the named one if the process is a member.
    fn groups_of(&self, rank: Rank, group: Option<GroupId>) -> u64 {
        let place = types::place(&self.scenario.ranks, rank);
        let all = place.map_or(0, |place| self.memberships[place]);
        group.map_or(all, |group| all & 1 << group.index())
    }

    fn is_down(&self, rank: Rank) -> bool {
        self.down & self.bits(&[rank]) != 0
    }

    fn bits(&self, ranks: &[Rank]) -> u64 {
        let place = |&rank: &Rank| types::place(&self.scenario.ranks, rank);
        ranks.iter().filter_map(place).fold(0, |bits, place| bits | 1 << place)
    }

    /// Records whether an entry had an effect. A repeating entry has none only if no round has one. A flap
    /// always counts as effective.
    fn note(
        &mut self,
        entry: usize,
        rank: Option<Rank>,
        nothing: bool,
        why: impl FnOnce() -> String,
    ) {
        let is_flap = self.scenario.timeline[entry].fault().is_none();
        let bit = rank.map_or(1, |rank| self.bits(&[rank]));
        if !nothing || is_flap {
            self.effects[entry] |= bit;
        } else if self.effects[entry] & bit == 0 {
            self.reasons.entry((entry, rank)).or_insert_with(why);
        }
    }

    fn hints(self) -> Vec<Hint> {
        let hint = |entry: usize, text: String| Hint { place: ScenarioPart::Entry(entry), text };
        let has_none = |(entry, rank): &(usize, Option<Rank>)| {
            self.effects[*entry] & rank.map_or(1, |rank| self.bits(&[rank])) == 0
        };
        let reasons = self.reasons.iter().filter(|(key, _)| has_none(key));
        let mut hints: Vec<Hint> =
            reasons.map(|((entry, _), why)| hint(*entry, why.clone())).collect();
        let crashes: BTreeMap<(usize, Rank), LeaderCrash> = self
            .unnoticed
            .into_iter()
            .flatten()
            .map(|crash| ((crash.entry, crash.leader), crash))
            .collect();
        // `never_elects` covers a run without any election.
        if never_elects(self.scenario).is_none() {
            let network = self.first_of_network.filter(|_| !self.elects && crashes.is_empty());
            hints.extend(crashes.into_values().map(|crash| hint(crash.entry, crash.text())));
            hints.extend(network.map(|entry| {
                let text = "it has no effect: no message is sent in this run, since with \
                            `detector scripted` only a `suspect` line starts an election";
                hint(entry, text.to_owned())
            }));
        }
        for (entry, (rank, id)) in self.pauses_of_leaders {
            let members = &self.scenario.group(id).members;
            let others: Vec<Rank> = members.iter().copied().filter(|&of| of != rank).collect();
            let others: Vec<String> = others.iter().map(Rank::to_string).collect();
            let text = format!(
                "a paused process answers neither peers nor clients, so it does not count as a leader \
                 until it wakes; to model a leader that stalls but still answers its clients, use \
                 `cut {rank} -- {}`",
                others.join(" ")
            );
            hints.push(hint(entry, text));
        }
        hints
    }
}

fn memberships(scenario: &Scenario) -> Vec<u64> {
    let groups_of = |rank: &Rank| {
        let has = |id: &GroupId| scenario.group(*id).members.contains(rank);
        scenario.group_ids().filter(has).fold(0, |bits, id| bits | 1 << id.index())
    };
    scenario.ranks.iter().map(groups_of).collect()
}

/// The indices of the set bits.
fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (place < u64::BITS).then_some(place as usize)
    })
}

impl LeaderCrash {
    fn text(self) -> String {
        let Self { at, leader, other, .. } = self;
        format!(
            "no process can suspect {leader}: with `detector scripted` only a `suspect` line \
             starts an election, such as `at {} suspect {other}`",
            at + Duration::ms(100)
        )
    }
}
