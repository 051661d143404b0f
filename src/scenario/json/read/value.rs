//! The values that many fields have: instants, ranks, rates, links.

use crate::scenario::json::LARGEST_EXACT;
use crate::scenario::json::node::{Node, Object};
use crate::scenario::json::trouble::JsonTrouble;
use crate::scenario::{InvalidKind, Latency, Links, Rate, limits};
use crate::time::{Duration, Time};
use crate::types::Rank;

pub(super) fn duration(node: &Node) -> Option<Duration> {
    let longest = limits::LONGEST_SPAN.as_us();
    node.whole("a whole number of microseconds such as 60000", longest).map(Duration::us)
}

/// Since the start of the run.
pub(super) fn instant(node: &Node) -> Option<Time> {
    let longest = limits::LONGEST_RUN.as_us();
    node.whole("an instant in whole microseconds such as 250000", longest).map(Time::us)
}

/// A whole number, of which the scenario has its own words where it is larger than `most`.
pub(super) fn fitting<T: TryFrom<u64>>(
    node: &Node,
    expected: &'static str,
    most: u64,
) -> Option<T> {
    T::try_from(node.whole(expected, most)?).ok().or_else(|| node.too_large(most))
}

/// A whole number that fits.
pub(super) fn count<T: TryFrom<u64> + Into<u64>>(node: &Node, most: T) -> Option<T> {
    T::try_from(node.number("a whole number", most.into())?).ok()
}

/// A whole number that may be larger than a number of JavaScript can tell: then it is in quotes.
pub(super) fn large(node: &Node) -> Option<u64> {
    if node.is_text() {
        return in_quotes(node, "a whole number such as 3, in quotes only where it is very large");
    }
    let number = node.whole("a whole number", u64::MAX)?;
    if number > LARGEST_EXACT {
        node.say(JsonTrouble::Inexact { found: number });
        return None;
    }
    Some(number)
}

/// A whole number in quotes, every bit of which counts.
pub(super) fn in_quotes(node: &Node, expected: &'static str) -> Option<u64> {
    let text = node.text(expected)?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number) if is_number => Some(number),
        Err(_) if is_number => node.too_large(u64::MAX),
        _ => node.expected(expected),
    }
}

pub(super) fn requests(node: &Node) -> Option<u32> {
    fitting(node, "a whole number of requests such as 200", limits::MOST_REQUESTS.into())
}

pub(super) fn rate(node: &Node) -> Option<Rate> {
    let most = Rate::ALWAYS.as_ppm().into();
    let ppm = node.number("parts per million such as 5000, which are 0.5%", most)?;
    Rate::ppm(ppm as u32)
}

pub(super) fn rank(node: &Node) -> Option<Rank> {
    const EXPECTED: &str = "a rank from 1 to 65535";
    let number = node.number(EXPECTED, u16::MAX.into())?;
    Rank::new(number as u16).or_else(|| node.expected(EXPECTED))
}

/// No more than there can be: a list is compared with others.
pub(super) fn ranks(node: &Node) -> Option<Vec<Rank>> {
    let nodes = node.list("a list of ranks such as [1, 2, 3]")?;
    if nodes.len() > limits::MOST_PROCESSES {
        node.say(JsonTrouble::Invalid(InvalidKind::TooManyNamed { found: nodes.len() }));
        return None;
    }
    // All of them are read, so that all that are wrong are told.
    let ranks: Vec<Option<Rank>> = nodes.iter().map(rank).collect();
    ranks.into_iter().collect()
}

pub(super) fn latency(node: Node) -> Option<Latency> {
    let place = node.clone();
    let mut object = node.object("a latency")?;
    let lo = object.need("loUs").and_then(|node| duration(&node));
    let hi = object.need("hiUs").and_then(|node| duration(&node));
    object.end();
    let (lo, hi) = (lo?, hi?);
    let latency = Latency::new(lo, hi);
    if latency.is_none() {
        place.say(JsonTrouble::LatencyBackwards { lo, hi });
    }
    latency
}

/// The links that an object names: `from`, `to` and `both`.
pub(super) fn links(object: &mut Object) -> Option<Links> {
    let from = object.need("from").and_then(|node| ranks(&node));
    let to = object.need("to").and_then(|node| ranks(&node));
    let both = object.get("both").map_or(Some(false), |node| node.flag());
    Some(Links { from: from?, to: to?, both: both? })
}
