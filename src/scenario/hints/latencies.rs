//! The latencies of each link over the run, as far as the script fixes them.

use crate::scenario::{
    FaultArguments, Latency, Link, Links, OwnSettingKind, Scenario, ScenarioPart, ScheduledFault,
    SettingKind, SettingOwner,
};
use crate::time::{Duration, Time};
use crate::types::{self, Rank};

/// The latencies at the start, and all later changes.
pub(super) struct Latencies<'a> {
    scenario: &'a Scenario,
    changes: Vec<LatencyChange>,
    /// By the sender's index: a bit for each receiver to which the link has its own latency at some time.
    own: Vec<u64>,
}

struct LatencyChange {
    at: Time,
    entry: usize,
    /// `None` for all links without their own latency.
    links: Option<LinkBits>,
    latency: Latency,
}

/// Links as bits by the indices of their ends.
struct LinkBits {
    from: u64,
    to: u64,
    both: bool,
}

/// A latency of a link from `from` until just before `to`, set by the part `place`.
struct LatencySpan {
    from: Time,
    to: Time,
    latency: Latency,
    place: ScenarioPart,
}

/// The longest time that a message and its answer can take, or the largest jitter of a link.
pub(super) struct Longest {
    pub link: Link,
    pub takes: Duration,
    /// The part that sets the latency, and since when.
    pub place: ScenarioPart,
    pub since: Time,
}

impl<'a> Latencies<'a> {
    /// `scheduled_faults` are those up to the end of the run.
    pub(crate) fn of(scenario: &'a Scenario, scheduled_faults: &[ScheduledFault]) -> Self {
        let bits = |ranks: &[Rank]| {
            let places = ranks.iter().filter_map(|&rank| types::place(&scenario.ranks, rank));
            places.fold(0, |bits, place| bits | 1 << place)
        };
        let link_bits = |links: &Links| LinkBits {
            from: bits(&links.from),
            to: bits(&links.to),
            both: links.both,
        };
        let change = |&ScheduledFault { at, entry, ref fault }: &ScheduledFault| {
            let FaultArguments { links, latency, .. } = fault.arguments();
            Some(LatencyChange {
                at,
                entry,
                links: links.as_deref().map(link_bits),
                latency: latency?,
            })
        };
        let changes: Vec<LatencyChange> = scheduled_faults.iter().filter_map(change).collect();
        let mut own = vec![0; scenario.ranks.len()];
        for (place, (row, &from)) in own.iter_mut().zip(&scenario.ranks).enumerate() {
            let links = scenario.network.latency_of.keys().filter(|link| link.from == from);
            *row = bits(&links.map(|link| link.to).collect::<Vec<Rank>>());
            for links in changes.iter().filter_map(|change| change.links.as_ref()) {
                *row |= links.receivers(place);
            }
        }
        Self { scenario, changes, own }
    }

    /// The longest round trip between two members of a group: of an Election and its answer if `asks`, else of
    /// any message. The answer is sent `answers_after` after the message arrives. With `within`, only
    /// round trips count whose shortest duration is below it.
    pub(crate) fn round_trip(
        &self,
        asks: bool,
        answers_after: Duration,
        within: Option<Duration>,
    ) -> Option<Longest> {
        let mut longest: Option<Longest> = None;
        for link in self.links(|link| !asks || self.asks(link)) {
            let there = self.spans(link);
            let back = self.spans(Link { from: link.to, to: link.from });
            for ask in &there {
                for (answer, takes) in answers(ask, &back, answers_after) {
                    let quickest = ask.latency.lo() + answer.latency.lo();
                    let counts = within.is_none_or(|within| quickest < within);
                    if counts && longest.as_ref().is_none_or(|longest| longest.takes < takes) {
                        let is_back = answer.latency.hi() > ask.latency.hi();
                        let slower = if is_back { answer } else { ask };
                        let LatencySpan { from: since, place, .. } = *slower;
                        longest = Some(Longest { link, takes, place, since });
                    }
                }
            }
        }
        longest
    }

    /// The slowest latency of a link between two members of a group.
    pub(crate) fn longest(&self) -> Option<Latency> {
        let spans = self.links(|_| true).into_iter().flat_map(|link| self.spans(link));
        spans.map(|span| span.latency).max_by_key(|latency| (latency.hi(), latency.lo()))
    }

    /// The largest jitter of a link between two members of a group: the largest difference between the
    /// arrivals of two messages that are sent at the same time.
    pub(crate) fn jitter(&self) -> Option<Longest> {
        let jitter = |span: &LatencySpan| {
            Duration::us(span.latency.hi().as_us() - span.latency.lo().as_us())
        };
        let mut longest: Option<Longest> = None;
        for link in self.links(|_| true) {
            for span in self.spans(link) {
                let takes = jitter(&span);
                if longest.as_ref().is_none_or(|longest| longest.takes < takes) {
                    let LatencySpan { from: since, place, .. } = span;
                    longest = Some(Longest { link, takes, place, since });
                }
            }
        }
        longest
    }

    /// The largest difference between the arrivals of two messages around a change of latency.
    pub(crate) fn rise(&self) -> Option<Longest> {
        let mut longest: Option<Longest> = None;
        for link in self.links(|_| true) {
            let spans = self.spans(link);
            for (before, after) in spans.iter().zip(&spans[1..]) {
                let (latest, earliest) = (after.latency.hi(), before.latency.lo());
                let takes = Duration::us(latest.as_us().saturating_sub(earliest.as_us()));
                if longest.as_ref().is_none_or(|longest| longest.takes < takes) {
                    let LatencySpan { from: since, place, .. } = *after;
                    longest = Some(Longest { link, takes, place, since });
                }
            }
        }
        longest
    }

    /// Whether the algorithm sends an Election on the link.
    fn asks(&self, Link { from, to }: Link) -> bool {
        let algorithm = &self.scenario.algorithm;
        let candidates = &algorithm.candidates().ranks;
        let is_above = !algorithm.row().asks_upwards || from < to;
        is_above && (candidates.is_empty() || candidates.contains(&to))
    }

    /// Each directed link between members of a group that counts, once; of the links with default latencies both
    /// ways, only the first.
    fn links(&self, counts: impl Fn(Link) -> bool) -> Vec<Link> {
        let ranks = &self.scenario.ranks;
        let mut seen = vec![0_u64; ranks.len()];
        let mut is_usual_seen = false;
        let mut all = Vec::new();
        for group in &self.scenario.groups {
            let places = || group.members.iter().filter_map(|&rank| types::place(ranks, rank));
            let pairs = places().flat_map(|from| places().map(move |to| (from, to)));
            for (from, to) in pairs.filter(|(from, to)| from != to) {
                let link = Link { from: ranks[from], to: ranks[to] };
                if !counts(link) {
                    continue;
                }
                let is_usual = self.own[from] & 1 << to == 0 && self.own[to] & 1 << from == 0;
                if seen[from] & 1 << to != 0 || (is_usual && is_usual_seen) {
                    continue;
                }
                seen[from] |= 1 << to;
                is_usual_seen |= is_usual;
                all.push(link);
            }
        }
        all
    }

    /// The latencies of a link, as spans that cover the run and the time after it without gaps.
    fn spans(&self, link: Link) -> Vec<LatencySpan> {
        let network = &self.scenario.network;
        let own = network.latency_of.get(&link).copied();
        let place = |rank| types::place(&self.scenario.ranks, rank);
        let ends = place(link.from).zip(place(link.to));
        let mut has_own = own.is_some();
        let mut now = LatencySpan {
            from: Time::ZERO,
            to: Time::NEVER,
            latency: own.unwrap_or(network.latency),
            place: if has_own {
                ScenarioPart::Own(OwnSettingKind::Latency, SettingOwner::Link(link))
            } else {
                SettingKind::Latency.part()
            },
        };
        let mut spans = Vec::new();
        for LatencyChange { at, entry, links, latency } in &self.changes {
            let applies = match links {
                None => !has_own,
                Some(links) => ends.is_some_and(|(from, to)| links.receivers(from) & 1 << to != 0),
            };
            if !applies {
                continue;
            }
            has_own |= links.is_some();
            if *latency == now.latency {
                continue;
            }
            let next = LatencySpan {
                from: *at,
                to: Time::NEVER,
                latency: *latency,
                place: ScenarioPart::Entry(*entry),
            };
            let before = std::mem::replace(&mut now, next);
            if before.from < *at {
                spans.push(LatencySpan { to: *at, ..before });
            }
        }
        spans.push(now);
        spans
    }
}

impl LinkBits {
    fn receivers(&self, from: usize) -> u64 {
        let there = if self.from & 1 << from != 0 { self.to } else { 0 };
        let back = if self.both && self.to & 1 << from != 0 { self.from } else { 0 };
        there | back
    }
}

/// The spans in which a message of a span can be answered, each with the longest round trip.
fn answers<'a>(
    ask: &'a LatencySpan,
    back: &'a [LatencySpan],
    answers_after: Duration,
) -> impl Iterator<Item = (&'a LatencySpan, Duration)> {
    let quickest = ask.from + ask.latency.lo() + answers_after;
    let first = back.partition_point(|answer| answer.to <= quickest);
    // The last message is sent just before the span ends.
    let last = move |way: Duration| ask.to + way + answers_after;
    let in_time = move |answer: &&LatencySpan| answer.from < last(ask.latency.hi());
    back[first..].iter().take_while(in_time).filter_map(move |answer| {
        // The longest latency after which the answer is still sent in this span.
        let latest = (answer.to - answers_after).since(ask.from + Duration::us(1));
        let way = ask.latency.hi().min(latest);
        let fits = way >= ask.latency.lo() && answer.from < last(way);
        fits.then(|| (answer, way + answer.latency.hi()))
    })
}
