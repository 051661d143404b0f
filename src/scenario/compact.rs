//! Many single links as few lines: both ways where both are meant, sets where they share ends.

use crate::scenario::{Link, Links, Zone};
use crate::sort;
use crate::types::Rank;
use std::collections::{BTreeMap, BTreeSet};

/// What single links say, in as few lines as is easily done: links of the same value share them.
pub(super) fn by_value<T: Copy + Ord>(all: &BTreeMap<Link, T>, zones: &[Zone]) -> Vec<(Links, T)> {
    let mut values: Vec<(T, Vec<Link>)> = Vec::new();
    let mut places = BTreeMap::new();
    for (&link, &value) in all {
        let place = *places.entry(value).or_insert(values.len());
        match values.get_mut(place) {
            Some((_, links)) => links.push(link),
            None => values.push((value, vec![link])),
        }
    }
    let said = values.iter().flat_map(|(value, links)| {
        compact(links, zones).into_iter().map(|links| (links, *value)).collect::<Vec<_>>()
    });
    said.collect()
}

/// The links, which ascend, in as few `Links` as is easily done; each is named exactly once.
pub(super) fn compact(links: &[Link], zones: &[Zone]) -> Vec<Links> {
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
