//! The settings of many single links or processes as few lines: both ways where both are meant, sets where
//! links share ends.

use crate::scenario::{
    Link, Links, OwnSetting, OwnSettingKind, ScenarioParts, SettingOwner, SettingOwners, Zone,
};
use crate::sort;
use crate::types::Rank;
use std::collections::{BTreeMap, BTreeSet};

/// What single links or processes have of their own, in as few lines as is easily done: those of the
/// same value share them.
pub(super) fn by_value(
    all: &BTreeMap<SettingOwner, OwnSetting>,
    zones: &[Zone],
) -> Vec<(SettingOwners, OwnSetting)> {
    let mut values: Vec<(OwnSetting, Vec<Link>, Vec<Rank>)> = Vec::new();
    let mut places = BTreeMap::new();
    for (&owner, &value) in all {
        let place = *places.entry(value).or_insert(values.len());
        if place == values.len() {
            values.push((value, Vec::new(), Vec::new()));
        }
        let (_, links, ranks) = &mut values[place];
        match owner {
            SettingOwner::Link(link) => links.push(link),
            SettingOwner::Process(rank) => ranks.push(rank),
        }
    }
    let lines = values.into_iter().flat_map(|(value, links, ranks)| {
        let ranks = (!ranks.is_empty()).then_some(SettingOwners::Processes(ranks));
        let owners = compact(&links, zones).into_iter().map(SettingOwners::Links).chain(ranks);
        owners.map(|owners| (owners, value)).collect::<Vec<_>>()
    });
    lines.collect()
}

impl ScenarioParts {
    /// What single links or processes have of their own, in as few lines as is easily done.
    pub fn own_settings_by_value(&self, kind: OwnSettingKind) -> Vec<(SettingOwners, OwnSetting)> {
        by_value(&self.own_settings(kind), &self.zones)
    }
}

/// The links, which ascend, in as few `Links` as is easily done; each is named exactly once.
fn compact(links: &[Link], zones: &[Zone]) -> Vec<Links> {
    let mut all: BTreeSet<Link> = sort::gather(links.iter().copied());
    let between = between_zones(&mut all, zones);
    let back = |link: &Link| all.contains(&Link { from: link.to, to: link.from });
    let (both, single): (Vec<Link>, Vec<Link>) = all.iter().copied().partition(back);
    let there = both.into_iter().filter(|link| link.from < link.to);
    let mut compact = shared(there, true);
    compact.extend(shared(single.into_iter(), false));
    compact.splice(0..0, between);
    compact
}

/// Takes out the links from one whole zone to another, as one line for each pair of zones.
fn between_zones(all: &mut BTreeSet<Link>, zones: &[Zone]) -> Vec<Links> {
    let mut lines = Vec::new();
    for (index, one) in zones.iter().enumerate() {
        for other in &zones[index + 1..] {
            let both = Links { from: one.members.clone(), to: other.members.clone(), both: true };
            let back = Links { from: other.members.clone(), to: one.members.clone(), both: false };
            let there = Links { both: false, ..both.clone() };
            for links in [both, there, back] {
                if links.each().all(|link| all.contains(&link)) {
                    links.each().for_each(|link| _ = all.remove(&link));
                    lines.push(links);
                }
            }
        }
    }
    lines
}

/// Links from one sender are one line; senders with the same receivers share it.
fn shared(links: impl Iterator<Item = Link>, both: bool) -> Vec<Links> {
    let mut receivers: BTreeMap<Rank, Vec<Rank>> = BTreeMap::new();
    for Link { from, to } in links {
        receivers.entry(from).or_default().push(to);
    }
    let mut senders: BTreeMap<Vec<Rank>, Vec<Rank>> = BTreeMap::new();
    for (from, to) in receivers {
        senders.entry(to).or_default().push(from);
    }
    let links = senders.into_iter().map(|(to, from)| Links { from, to, both });
    let mut links: Vec<Links> = links.collect();
    sort::sort_by(&mut links, |a, b| a.from.cmp(&b.from));
    links
}
