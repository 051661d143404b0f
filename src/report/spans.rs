//! The values of something over time, as spans. A value that holds for no time counts nowhere.

use crate::time::{Duration, Time};

/// From `from` until just before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span<T> {
    /// The first instant.
    pub from: Time,
    /// The end, which does not belong to it.
    pub to: Time,
    /// What held.
    pub value: T,
}

/// The values of something over time.
#[derive(Clone, Debug, Hash)]
pub struct Spans<T> {
    closed: Vec<Span<T>>,
    /// The value that has held since `since`.
    settled: T,
    since: Time,
    /// The value after all that has happened so far, and when it became so.
    live: T,
    live_at: Time,
}

impl<T: Copy + PartialEq> Spans<T> {
    /// `value` from the start on.
    pub fn new(value: T) -> Self {
        Self {
            closed: Vec::new(),
            settled: value,
            since: Time::ZERO,
            live: value,
            live_at: Time::ZERO,
        }
    }

    /// Instants come in order.
    pub fn set(&mut self, at: Time, value: T) {
        if at > self.live_at {
            self.settle();
            self.live_at = at;
        }
        self.live = value;
    }

    /// Whether a value that has lasted, or that may last, is such.
    pub fn has_had(&self, is_such: impl Fn(T) -> bool) -> bool {
        let lasted = self.closed.iter().map(|span| span.value);
        lasted.chain([self.settled, self.live]).any(is_such)
    }

    /// The value after all that has happened so far, even if for no time.
    pub fn live(&self) -> T {
        self.live
    }

    /// The spans up to `end`, and since when the last value has held.
    pub fn until(&self, end: Time) -> (Vec<Span<T>>, Time) {
        let mut all = self.clone();
        all.settle();
        let Self { mut closed, settled, since, .. } = all;
        if since < end || closed.is_empty() {
            closed.push(Span { from: since, to: end, value: settled });
        }
        (closed, since)
    }

    fn settle(&mut self) {
        if self.live == self.settled {
            return;
        }
        if self.live_at > self.since {
            let (from, to, value) = (self.since, self.live_at, self.settled);
            self.closed.push(Span { from, to, value });
        }
        self.settled = self.live;
        self.since = self.live_at;
        // A value that lasted no time may have stood between two equal ones.
        if self.closed.last().is_some_and(|last| last.value == self.settled) {
            self.since = self.closed.pop().map_or(self.since, |last| last.from);
        }
    }
}

impl<T> Span<T> {
    /// How long it lasted.
    pub fn length(&self) -> Duration {
        self.to.since(self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(changes: &[(u64, char)]) -> String {
        let mut spans = Spans::new('a');
        for &(at, value) in changes {
            spans.set(Time::ms(at), value);
        }
        let (spans, _) = spans.until(Time::ms(100));
        spans.iter().map(|s| format!("{}{} ", s.value, s.length().as_us() / 1000)).collect()
    }

    #[test]
    fn spans_tile_the_run() {
        assert_eq!(spans(&[]), "a100 ");
        assert_eq!(spans(&[(10, 'b'), (30, 'c')]), "a10 b20 c70 ");
        assert_eq!(spans(&[(0, 'b')]), "b100 ");
    }

    #[test]
    fn what_lasts_no_time_counts_nowhere() {
        assert_eq!(spans(&[(10, 'b'), (10, 'a')]), "a100 ");
        assert_eq!(spans(&[(10, 'b'), (10, 'c'), (30, 'c')]), "a10 c90 ");
        assert_eq!(spans(&[(100, 'b')]), "a100 ");
    }
}
