//! Changes of leader, counted on the intervals that the report shows.

use super::spans::Span;
use super::tally::{ProcessStop, StopKind};
use crate::types::Rank;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Intervals in which somebody leads who did not lead in the last interval that had a leader.
    pub all: u64,
    /// Those of them before which one of the leaders of that last interval went on running.
    pub unprovoked: u64,
}

/// The intervals tile the run, and the stops are in its order.
pub(super) fn count(leading: &[Span<Vec<Rank>>], stops: &[ProcessStop]) -> Changes {
    let mut changes = Changes::default();
    let mut led = leading.iter().filter(|span| !span.value.is_empty());
    let Some(mut before) = led.next() else { return changes };
    for span in led {
        if span.value.iter().any(|leader| !before.value.contains(leader)) {
            changes.all += 1;
            changes.unprovoked += u64::from(one_ran_on(before, span, stops));
        }
        before = span;
    }
    changes
}

/// Whether one of those that led before leads still, or neither crashed nor paused from then on.
fn one_ran_on(before: &Span<Vec<Rank>>, span: &Span<Vec<Rank>>, stops: &[ProcessStop]) -> bool {
    let first = stops.partition_point(|stop| stop.at < before.to);
    let last = stops.partition_point(|stop| stop.at <= span.from);
    let meanwhile = &stops[first..last];
    let stopped = |leader: &Rank| {
        meanwhile.iter().any(|stop| stop.rank == *leader && stop.what != StopKind::GoesOn)
    };
    before.value.iter().any(|leader| span.value.contains(leader) || !stopped(leader))
}
