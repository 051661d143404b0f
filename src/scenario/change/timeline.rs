//! Changes of the timeline, and the removal of everything that refers to removed processes.

use super::ChangeRefusal;
use crate::choice::ChoiceId;
use crate::election::{AlgorithmOptionValue, Succession};
use crate::scenario::{
    Fault, FaultArguments, FaultField, FaultTime, Group, Link, Links, ScenarioParts, TimelineEntry,
    limits,
};
use crate::time::Time;
use crate::types::Rank;
use std::borrow::Cow;
use std::collections::BTreeSet;

impl ScenarioParts {
    pub(super) fn add(&mut self, entry: TimelineEntry) -> Result<(), ChangeRefusal> {
        self.before_the_end(entry.first())?;
        self.timeline.push(entry);
        Ok(())
    }

    pub(super) fn replace(
        &mut self,
        entry: usize,
        with: TimelineEntry,
    ) -> Result<(), ChangeRefusal> {
        self.before_the_end(with.first())?;
        *self.timeline.get_mut(entry).ok_or(ChangeRefusal::NoSuchEntry)? = with;
        Ok(())
    }

    pub(super) fn move_entry(&mut self, entry: usize, to: Time) -> Result<(), ChangeRefusal> {
        let moved = self.timeline.get(entry).ok_or(ChangeRefusal::NoSuchEntry)?.moved(to);
        self.replace(entry, moved)
    }

    pub(super) fn end_pause(&mut self, entry: usize, at: Time) -> Result<(), ChangeRefusal> {
        let line = self.timeline.get_mut(entry).ok_or(ChangeRefusal::NoSuchEntry)?;
        let from = line.first();
        match line {
            TimelineEntry::Fault { fault: Fault::Pause { span, .. }, .. } if at > from => {
                *span = at.since(from);
                Ok(())
            }
            TimelineEntry::Fault { fault: Fault::Pause { .. }, .. } => {
                Err(ChangeRefusal::EndsFirst { from })
            }
            TimelineEntry::Fault { .. } | TimelineEntry::Flap { .. } => {
                Err(ChangeRefusal::DoesNotLast)
            }
        }
    }

    pub(super) fn end_cut(&mut self, entry: usize, at: Option<Time>) -> Result<(), ChangeRefusal> {
        let line = self.timeline.get(entry).ok_or(ChangeRefusal::NoSuchEntry)?;
        let (from, heals) = (line.first(), line.heals().ok_or(ChangeRefusal::DoesNotLast)?);
        if at.is_some_and(|at| at <= from) {
            return Err(ChangeRefusal::HealsFirst { from });
        }
        match (self.healing(entry), at) {
            (Some(heal), Some(at)) => self.move_entry(heal, at),
            (Some(heal), None) => self.remove(heal),
            (None, Some(at)) => self.add(TimelineEntry::at(at, heals)),
            (None, None) => Ok(()),
        }
    }

    /// The index of the first later line that heals all that this line cuts. `None` for a line that cuts
    /// nothing, or cuts repeatedly.
    pub fn healing(&self, entry: usize) -> Option<usize> {
        let line = self.timeline.get(entry)?;
        let (from, cut) = (line.first(), line.single_fault()?.cuts()?);
        let heals = |(place, line): &(usize, &TimelineEntry)| {
            let later = (line.first(), *place) > (from, entry);
            later && line.single_fault().is_some_and(|fault| fault.heals_all_of(&cut))
        };
        let found = self.timeline.iter().enumerate().filter(heals);
        found.min_by_key(|(place, line)| (line.first(), *place)).map(|(place, _)| place)
    }

    pub(super) fn remove(&mut self, entry: usize) -> Result<(), ChangeRefusal> {
        if entry >= self.timeline.len() {
            return Err(ChangeRefusal::NoSuchEntry);
        }
        self.timeline.remove(entry);
        Ok(())
    }

    /// Checks that an instant is not after the end. Without `until` the run grows with its timeline.
    fn before_the_end(&self, at: Time) -> Result<(), ChangeRefusal> {
        match self.until {
            Some(end) if at > end => Err(ChangeRefusal::AfterTheEnd { at, end }),
            _ => Ok(()),
        }
    }
}

impl Fault {
    /// The directed links that a partition or a cut stops; `None` for other faults.
    fn cuts(&self) -> Option<BTreeSet<Link>> {
        let FaultArguments { sides, links, .. } = self.arguments();
        let pairs = sides
            .iter()
            .enumerate()
            .flat_map(|(place, side)| sides[place + 1..].iter().map(|other| between(side, other)));
        let each = |links: Links| links.each().collect::<Vec<_>>();
        self.is_cut().then(|| pairs.chain(links.map(Cow::into_owned)).flat_map(each).collect())
    }

    fn heals_all_of(&self, cut: &BTreeSet<Link>) -> bool {
        let Self::Heal(links) = self else { return false };
        links.as_ref().is_none_or(|links| cut.is_subset(&links.each().collect()))
    }

    /// The fault that heals a partition or a cut, and nothing else if one line can express that.
    pub fn healing(&self) -> Option<Self> {
        let FaultArguments { sides, links, .. } = self.arguments();
        let links = match &*sides {
            [from, to] => Some(between(from, to)),
            _ => links.map(Cow::into_owned),
        };
        self.is_cut().then_some(Self::Heal(links))
    }
}

fn between(from: &[Rank], to: &[Rank]) -> Links {
    Links { from: from.to_vec(), to: to.to_vec(), both: true }
}

impl TimelineEntry {
    /// The fault of a line that happens once.
    const fn single_fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault { when: FaultTime::At(_), fault } => Some(fault),
            Self::Fault { when: FaultTime::Every { .. }, .. } | Self::Flap { .. } => None,
        }
    }

    fn heals(&self) -> Option<Fault> {
        self.single_fault()?.healing()
    }

    /// The line, moved so that it first happens at `to`.
    fn moved(&self, to: Time) -> Self {
        let from = self.first();
        let shifted = |until: Option<Time>| {
            until.map(
                |until| if to >= from { until + to.since(from) } else { until - from.since(to) },
            )
        };
        let when = match self.when() {
            FaultTime::At(_) => FaultTime::At(to),
            FaultTime::Every { every, until, .. } => {
                FaultTime::Every { every, from: to, until: shifted(until) }
            }
        };
        let arguments = self.arguments();
        let until = shifted(arguments.until);
        Self::new(when, self.kind(), FaultArguments { until, ..arguments })
    }
}

/// The ranks for a number of processes (1 to 64): the highest are removed first, and new ones are higher than
/// all others.
pub fn resized(ranks: &[Rank], count: usize) -> Vec<Rank> {
    let count = count.clamp(1, limits::MOST_PROCESSES);
    let mut next: Vec<Rank> = ranks.iter().copied().take(count).collect();
    while next.len() < count {
        let above = next.last().map_or(1, |rank| rank.get().saturating_add(1));
        match Rank::new(above).filter(|rank| !next.contains(rank)) {
            Some(rank) => next.push(rank),
            None => break,
        }
    }
    next
}

impl ScenarioParts {
    pub(in crate::scenario) fn set_ranks(&mut self, ranks: Vec<Rank>) {
        let alone = match &mut *self.groups {
            [only] if only.name == Group::MAIN && only.members == self.ranks => Some(only),
            _ => None,
        };
        match alone {
            Some(main) => {
                // If the highest rank leads, the new highest rank does after the change.
                let led_by_highest = main.leader == self.ranks.last().copied();
                main.members.clone_from(&ranks);
                let highest = ranks.last().copied();
                main.leader = match main.leader {
                    Some(_) if led_by_highest => highest,
                    Some(leader) if !ranks.contains(&leader) => highest,
                    other => other,
                };
            }
            None => self.prune_groups(&ranks),
        }
        self.names.retain(|rank, _| ranks.contains(rank));
        self.zones.retain_mut(|zone| keep(&mut zone.members, &ranks));
        let Self { algorithm, network, timing, timeline, overrides: edits, expectations, .. } =
            self;
        for option in algorithm.options() {
            match option.value {
                AlgorithmOptionValue::Succession(Succession::List(list))
                | AlgorithmOptionValue::Candidates(list) => {
                    list.retain(|rank| ranks.contains(rank));
                }
                AlgorithmOptionValue::Succession(Succession::Highest(_))
                | AlgorithmOptionValue::Delay(_)
                | AlgorithmOptionValue::Flag(_) => {}
            }
        }
        let both = |link: &Link| ranks.contains(&link.from) && ranks.contains(&link.to);
        network.latency_of.retain(|link, _| both(link));
        network.loss_of.retain(|link, _| both(link));
        network.duplicate_of.retain(|link, _| both(link));
        timing.timeout_of.retain(|rank, _| ranks.contains(rank));
        timing.every_of.retain(|rank, _| ranks.contains(rank));
        timing.drift_of.retain(|rank, _| ranks.contains(rank));
        timeline.retain_mut(|entry| entry.prune(&ranks));
        edits.retain(|edit| match edit.choice() {
            ChoiceId::Message(name) => ranks.contains(&name.from) && ranks.contains(&name.to),
            ChoiceId::Timer(name) => ranks.contains(&name.of),
        });
        let has = |rank: &Rank| ranks.contains(rank);
        expectations.retain(|expectation| expectation.condition.ranks().iter().all(has));
        self.ranks = ranks;
    }

    /// Removes members that are gone. A group must have members, so one that would lose all of them keeps
    /// them, and the check reports the missing process.
    fn prune_groups(&mut self, ranks: &[Rank]) {
        for group in &mut self.groups {
            let left: Vec<Rank> =
                group.members.iter().copied().filter(|rank| ranks.contains(rank)).collect();
            if left.is_empty() {
                continue;
            }
            if group.leader.is_some_and(|leader| !left.contains(&leader)) {
                group.leader = left.last().copied();
            }
            group.members = left;
        }
    }
}

impl TimelineEntry {
    /// Without the processes that are gone. Whether anything is left of it.
    fn prune(&mut self, ranks: &[Rank]) -> bool {
        let mut arguments = self.arguments();
        let is_left = self.kind().row().fields.iter().all(|field| match field {
            FaultField::Processes | FaultField::Process => {
                keep(arguments.processes.to_mut(), ranks)
            }
            FaultField::Sides => {
                let sides = arguments.sides.to_mut();
                sides.retain_mut(|side| keep(side, ranks));
                sides.len() > 1
            }
            FaultField::Links | FaultField::LinksOrAll => {
                arguments.links.as_mut().is_none_or(|links| links.to_mut().prune(ranks))
            }
            FaultField::Group
            | FaultField::Span
            | FaultField::Down
            | FaultField::Up
            | FaultField::Until
            | FaultField::Latency
            | FaultField::Rate => true,
        });
        *self = Self::new(self.when(), self.kind(), arguments);
        is_left
    }
}

impl Links {
    fn prune(&mut self, ranks: &[Rank]) -> bool {
        keep(&mut self.from, ranks) && keep(&mut self.to, ranks) && self.each().next().is_some()
    }
}

/// Removes processes that are gone; returns whether any remain.
fn keep(named: &mut Vec<Rank>, ranks: &[Rank]) -> bool {
    named.retain(|rank| ranks.contains(rank));
    !named.is_empty()
}
