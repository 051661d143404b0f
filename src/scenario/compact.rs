//! Combines single links into few lines: both ways where both have the value, sets where links share ends.

use crate::scenario::{Link, Links};
use crate::sort;
use crate::types::Rank;
use std::collections::{BTreeMap, BTreeSet};

/// Groups links by value, in few lines found greedily.
pub(super) fn by_value<T: Copy + Ord>(all: &BTreeMap<Link, T>) -> Vec<(Links, T)> {
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
        compact(links).into_iter().map(|links| (links, *value)).collect::<Vec<_>>()
    });
    said.collect()
}

/// Combines links (in ascending order) into few `Links`; each link is named exactly once.
pub(super) fn compact(links: &[Link]) -> Vec<Links> {
    let all: BTreeSet<Link> = sort::gather(links.iter().copied());
    let back = |link: &Link| all.contains(&Link { from: link.to, to: link.from });
    let (both, single): (Vec<Link>, Vec<Link>) = all.iter().copied().partition(back);
    let there = both.into_iter().filter(|link| link.from < link.to);
    let mut compact = shared(there, true);
    compact.extend(shared(single.into_iter(), false));
    compact
}

/// Combines the links of one sender, then senders with the same receivers.
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
