//! Virtual time: instants and spans as whole microseconds, how they add, and how they print.
//!
//! No float and no wall clock comes near them, so two machines never disagree about an instant.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Add, AddAssign, Sub};

/// An instant: microseconds since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(u64);

/// By `write_i64`, which nothing else uses: so a hasher can tell an instant from a span.
impl Hash for Time {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_i64(self.0.cast_signed());
    }
}

/// A span between two instants, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(u64);

impl Time {
    /// The start of every run.
    pub const ZERO: Self = Self(0);
    /// Later than everything that a scenario can name.
    pub const NEVER: Self = Self(u64::MAX);

    /// From microseconds.
    pub const fn us(us: u64) -> Self {
        Self(us)
    }

    /// From milliseconds.
    pub const fn ms(ms: u64) -> Self {
        Self(ms * 1_000)
    }

    /// In microseconds.
    pub const fn as_us(self) -> u64 {
        self.0
    }

    /// The span since `earlier`; nothing if that is not earlier.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }

    /// The span since `earlier` as a reader counts it from the two as they are spoken: the
    /// difference of the rounded instants, or the exact one where both are spoken alike.
    pub fn spoken_since(self, earlier: Self) -> Duration {
        let [to, from] = [self, earlier].map(|instant| Time(Duration(instant.0).rounded().0));
        match to.since(from) {
            Duration::ZERO => self.since(earlier),
            span => span,
        }
    }

    /// As a walk-through is stamped: always milliseconds, always three decimals (`210.212 ms`).
    pub fn stamp(self) -> impl fmt::Display {
        fmt::from_fn(move |f| write!(f, "{}.{:03} ms", self.0 / 1_000, self.0 % 1_000))
    }

    /// As a sentence says it: `268 ms` under a second, `1.204 s` from there.
    pub fn spoken(self) -> impl fmt::Display {
        Duration(self.0).spoken()
    }
}

impl Duration {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// From microseconds.
    pub const fn us(us: u64) -> Self {
        Self(us)
    }

    /// From milliseconds.
    pub const fn ms(ms: u64) -> Self {
        Self(ms * 1_000)
    }

    /// From seconds.
    pub const fn secs(secs: u64) -> Self {
        Self(secs * 1_000_000)
    }

    /// In microseconds.
    pub const fn as_us(self) -> u64 {
        self.0
    }

    /// The instant this long after the start.
    pub const fn from_start(self) -> Time {
        Time(self.0)
    }

    /// Half of it, rounded down to the microsecond.
    pub const fn half(self) -> Self {
        Self(self.0 / 2)
    }

    /// As a sentence says it: `268 ms` under a second, `1.204 s` from there, rounded to the
    /// millisecond; a span shorter than a millisecond keeps its microseconds (`0.250 ms`).
    pub fn spoken(self) -> impl fmt::Display {
        fmt::from_fn(move |f| {
            let us = self.rounded().0;
            match (us, us / 1_000) {
                (1..1_000, _) => write!(f, "0.{us:03} ms"),
                (_, ms @ 0..1_000) => write!(f, "{ms} ms"),
                (_, ms) if ms.is_multiple_of(1_000) => write!(f, "{} s", ms / 1_000),
                (_, ms) => write!(f, "{}.{:03} s", ms / 1_000, ms % 1_000),
            }
        })
    }

    /// As `spoken` rounds it.
    pub fn rounded(self) -> Self {
        match self.0 {
            0..1_000 => self,
            us => Self((us + 500) / 1_000 * 1_000),
        }
    }

    /// As a sentence says it beside a limit: rounded, but exact (`169.400 ms`) where rounding would
    /// put it on the other side of the limit.
    pub fn spoken_beside(self, limit: Self) -> impl fmt::Display {
        fmt::from_fn(move |f| match (self <= limit) == (self.rounded() <= limit) {
            true => write!(f, "{}", self.spoken()),
            false => write!(f, "{}", self.from_start().stamp()),
        })
    }
}

/// As the script writes it, exactly: the largest unit that needs at most three decimals and reads
/// as a person would write it (`250us`, `60ms`, `1.5s`, `2m`).
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MS: u64 = 1_000;
        const S: u64 = 1_000 * MS;
        const M: u64 = 60 * S;
        match self.0 {
            0 => f.write_str("0ms"),
            us if us.is_multiple_of(M) => write!(f, "{}m", us / M),
            us if us >= S && us.is_multiple_of(MS) => decimal(f, us / S, us % S / MS, "s"),
            us if us < MS => write!(f, "{us}us"),
            us => decimal(f, us / MS, us % MS, "ms"),
        }
    }
}

/// An instant is written as the span since the start.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Duration(self.0).fmt(f)
    }
}

/// `whole.thousandths` without trailing zeros.
fn decimal(f: &mut fmt::Formatter<'_>, whole: u64, thousandths: u64, unit: &str) -> fmt::Result {
    if thousandths == 0 {
        return write!(f, "{whole}{unit}");
    }
    let digits = format!("{thousandths:03}");
    write!(f, "{whole}.{}{unit}", digits.trim_end_matches('0'))
}

/// Sums stop at the largest instant: a scenario's limits lie far below it.
impl Add<Duration> for Time {
    type Output = Self;
    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Duration> for Time {
    fn add_assign(&mut self, span: Duration) {
        *self = *self + span;
    }
}

impl Add for Duration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Duration {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// The instant this long before; the start if there is none.
impl Sub<Duration> for Time {
    type Output = Self;
    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_written_as_a_person_would() {
        let written = |us| Duration::us(us).to_string();
        assert_eq!(written(0), "0ms");
        assert_eq!(written(250), "250us");
        assert_eq!(written(60_000), "60ms");
        assert_eq!(written(210_212), "210.212ms");
        assert_eq!(written(1_500_000), "1.5s");
        assert_eq!(written(1_204_001), "1204.001ms");
        assert_eq!(written(120_000_000), "2m");
        assert_eq!(written(90_000_000), "90s");
    }

    #[test]
    fn a_sentence_rounds_to_the_millisecond() {
        let text = |us| Duration::us(us).spoken().to_string();
        assert_eq!(text(0), "0 ms");
        assert_eq!(text(250), "0.250 ms");
        assert_eq!(text(268_400), "268 ms");
        assert_eq!(text(999_600), "1 s");
        assert_eq!(text(1_204_000), "1.204 s");
        assert_eq!(Time::us(210_212).stamp().to_string(), "210.212 ms");
    }

    #[test]
    fn a_span_between_two_spoken_instants_is_their_difference() {
        let between = |from, to| Time::us(to).spoken_since(Time::us(from)).spoken().to_string();
        assert_eq!(between(1_594_400, 1_601_600), "8 ms", "from 1.594 s to 1.602 s");
        assert_eq!(between(1_593_600, 1_602_400), "8 ms", "from 1.594 s to 1.602 s");
        assert_eq!(between(1_594_000, 1_594_250), "0.250 ms", "both are spoken alike");
        assert_eq!(between(250, 7_000), "7 ms");
        assert_eq!(between(7_000, 7_000), "0 ms");
    }

    #[test]
    fn beside_a_limit_a_sentence_does_not_round_across_it() {
        let text = |us, limit| Duration::us(us).spoken_beside(Duration::us(limit)).to_string();
        assert_eq!(text(169_400, 169_000), "169.400 ms");
        assert_eq!(text(169_400, 170_000), "169 ms");
        assert_eq!(text(169_600, 169_700), "169.600 ms");
        assert_eq!(text(170_000, 170_000), "170 ms");
    }
}
