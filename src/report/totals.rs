//! Times and numbers of a group over a whole run, without words.

use super::spans::Span;
use super::tally::Tally;
use crate::time::{Duration, Time};
use crate::types::GroupId;

/// What happened in a group, in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupTotals {
    /// The time with two leaders or more.
    pub split_brain: Duration,
    /// The time without a leader.
    pub leaderless: Duration,
    /// Elections started, one for each member that starts one.
    pub elections: u64,
    /// How often a member left a leader that leads, to elect or to lead.
    pub needless: u64,
    /// Changes of leader.
    pub changes: u64,
    /// Those of them before which one of the last leaders neither crashed nor paused.
    pub unprovoked_changes: u64,
    /// Messages sent.
    pub messages: u64,
}

impl Tally {
    /// What happened in a group up to the end.
    pub fn totals(&self, id: GroupId, end: Time) -> GroupTotals {
        let group = &self.groups[id.index()];
        let spans = group.leaders.until(end).0;
        let changes = group.changes(&spans, self.stops());
        GroupTotals {
            split_brain: total(&spans, |leaders| leaders > 1),
            leaderless: total(&spans, |leaders| leaders == 0),
            elections: group.elections,
            needless: group.needless,
            changes: changes.len() as u64,
            unprovoked_changes: changes.iter().filter(|it| it.is_unprovoked).count() as u64,
            messages: group.sent.iter().sum(),
        }
    }

    /// From which instant on a group has a leader again: the end of the first time without one that lasts beyond
    /// `since`. That instant itself where it is never without one, and none where it has none to the end.
    pub fn leader_again(&self, id: GroupId, since: Time, end: Time) -> Option<Time> {
        let spans = self.groups[id.index()].leaders.until(end).0;
        match spans.iter().find(|span| span.value == 0 && span.to > since) {
            None => Some(since),
            Some(span) => Some(span.to).filter(|&to| to < end),
        }
    }
}

/// How long the number of leaders is such, in all.
fn total(spans: &[Span<u64>], counts: impl Fn(u32) -> bool) -> Duration {
    let counted = spans.iter().filter(|span| counts(span.value.count_ones()));
    counted.fold(Duration::ZERO, |total, span| total + span.length())
}
