//! Other processes: what names one that is gone goes with it, and the rest stays as it is.

use crate::choice::ChoiceId;
use crate::election::{Algorithm, Succession};
use crate::scenario::{Condition, Fault, Group, Link, Links, ScenarioParts, TimelineEntry};
use crate::types::Rank;

impl ScenarioParts {
    pub(super) fn set_ranks(&mut self, ranks: Vec<Rank>) {
        let alone = match &mut *self.groups {
            [only] if only.name == Group::MAIN && only.members == self.ranks => Some(only),
            _ => None,
        };
        match alone {
            Some(main) => {
                // The highest leads unless somebody said otherwise, and so it stays.
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
        let Self { algorithm, network, timeline, overrides: edits, expectations, .. } = self;
        if let Algorithm::NextInLine(Succession::List(line)) = algorithm {
            line.retain(|rank| ranks.contains(rank));
        }
        let both = |link: &Link| ranks.contains(&link.from) && ranks.contains(&link.to);
        network.latency_of.retain(|link, _| both(link));
        network.loss_of.retain(|link, _| both(link));
        network.duplicate_of.retain(|link, _| both(link));
        timeline.retain_mut(|entry| entry.prune(&ranks));
        edits.retain(|edit| match edit.occurrence() {
            ChoiceId::Message(name) => ranks.contains(&name.from) && ranks.contains(&name.to),
            ChoiceId::Timer(name) => ranks.contains(&name.of),
        });
        expectations.retain(|expectation| match expectation.condition {
            Condition::Leader { leader: Some(leader), .. } => ranks.contains(&leader),
            _ => true,
        });
        self.ranks = ranks;
    }

    /// A group keeps those of its members that are left; one without any would be no group, so it
    /// keeps all, and the check says which process is missing.
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
    /// Whether anything is left of it.
    fn prune(&mut self, ranks: &[Rank]) -> bool {
        match self {
            Self::Flap { process, .. } => ranks.contains(process),
            Self::Fault { fault, .. } => fault.prune(ranks),
        }
    }
}

impl Fault {
    fn prune(&mut self, ranks: &[Rank]) -> bool {
        match self {
            Self::Crash(named)
            | Self::Recover(named)
            | Self::Resume(named)
            | Self::Suspect { processes: named, .. }
            | Self::Pause { processes: named, .. } => keep(named, ranks),
            Self::Partition(sides) => {
                sides.retain_mut(|side| keep(side, ranks));
                sides.len() > 1
            }
            Self::Cut(links) => links.prune(ranks),
            Self::Heal(links) | Self::Latency { links, .. } | Self::Loss { links, .. } => {
                links.as_mut().is_none_or(|links| links.prune(ranks))
            }
        }
    }
}

impl Links {
    fn prune(&mut self, ranks: &[Rank]) -> bool {
        keep(&mut self.from, ranks) && keep(&mut self.to, ranks) && self.each().next().is_some()
    }
}

/// Whether anybody is left.
fn keep(named: &mut Vec<Rank>, ranks: &[Rank]) -> bool {
    named.retain(|rank| ranks.contains(rank));
    !named.is_empty()
}
