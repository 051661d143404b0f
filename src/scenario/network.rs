//! The settings of links and processes: latency, loss and duplication of messages, the failure detector's timing, and
//! how fast clocks run; and links with their names.

use crate::time::Duration;
use crate::types::Rank;
use std::collections::BTreeMap;
use std::fmt;

/// The default settings of all links, and the settings of single links, which override them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkSettings {
    pub latency: Latency,
    pub loss: Rate,
    pub duplicate: Rate,
    /// Whether a message never overtakes an earlier one on its link.
    pub fifo: bool,
    pub latency_of: BTreeMap<Link, Latency>,
    pub loss_of: BTreeMap<Link, Rate>,
    pub duplicate_of: BTreeMap<Link, Rate>,
}

/// The latency of a message, drawn uniformly from `lo` to `hi`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Latency {
    lo: Duration,
    hi: Duration,
}

impl Latency {
    /// 10 to 20 ms.
    pub const DEFAULT: Self = Self { lo: Duration::ms(10), hi: Duration::ms(20) };

    /// `None` if `lo` is greater than `hi`.
    pub fn new(lo: Duration, hi: Duration) -> Option<Self> {
        (lo <= hi).then_some(Self { lo, hi })
    }

    pub const fn lo(self) -> Duration {
        self.lo
    }

    pub const fn hi(self) -> Duration {
        self.hi
    }

    /// The midpoint, at least 1 ms: the unit for how long pictures show past events.
    pub fn median(self) -> Duration {
        (self.lo + self.hi).half().max(Duration::ms(1))
    }
}

/// `80ms` or `10ms..20ms`; a unit that both ends share is written once (`10..20ms`).
impl fmt::Display for Latency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.lo == self.hi {
            return self.lo.fmt(f);
        }
        let (lo, hi) = (self.lo.to_string(), self.hi.to_string());
        let unit = |text: &str| text.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
        match unit(&lo) {
            shared if shared == unit(&hi) => write!(f, "{}..{hi}", &lo[..lo.len() - shared.len()]),
            _ => write!(f, "{lo}..{hi}"),
        }
    }
}

/// A probability in parts per million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u32);

impl Rate {
    pub const NEVER: Self = Self(0);
    pub const ALWAYS: Self = Self(1_000_000);

    /// `None` above one million.
    pub const fn ppm(ppm: u32) -> Option<Self> {
        if ppm <= Self::ALWAYS.0 { Some(Self(ppm)) } else { None }
    }

    pub const fn as_ppm(self) -> u32 {
        self.0
    }
}

/// As a percentage with no more decimals than needed: `0.5%`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        if rest == 0 {
            return write!(f, "{whole}%");
        }
        let digits = format!("{rest:04}");
        write!(f, "{whole}.{}%", digits.trim_end_matches('0'))
    }
}

/// One direction between two processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    pub from: Rank,
    pub to: Rank,
}

/// Links as the script names them: `1->2`, `1--2`, `1 2 3 -> 4 5 6`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Links {
    pub from: Vec<Rank>,
    pub to: Vec<Rank>,
    /// Whether the links are meant both ways.
    pub both: bool,
}

impl Links {
    /// All directed links that are meant, except from a process to itself.
    pub fn each(&self) -> impl Iterator<Item = Link> + '_ {
        let pairs = self.from.iter().flat_map(|&from| self.to.iter().map(move |&to| (from, to)));
        pairs.filter(|(from, to)| from != to).flat_map(|(from, to)| {
            let there = Link { from, to };
            let back = self.both.then_some(Link { from: to, to: from });
            std::iter::once(there).chain(back)
        })
    }
}

/// `1->2` if each side is one process, else `1 2 3 -> 4 5 6`.
impl fmt::Display for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arrow = if self.both { "--" } else { "->" };
        match (&*self.from, &*self.to) {
            ([from], [to]) => write!(f, "{from}{arrow}{to}"),
            (from, to) => {
                let list = |ranks: &[Rank]| {
                    ranks.iter().map(Rank::to_string).collect::<Vec<_>>().join(" ")
                };
                write!(f, "{} {arrow} {}", list(from), list(to))
            }
        }
    }
}

/// The timing of single processes; a process without any has that of the scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProcessTiming {
    /// After how long without a heartbeat it suspects its leader.
    pub timeout_of: BTreeMap<Rank, Duration>,
    /// How often it sends heartbeats while it leads.
    pub every_of: BTreeMap<Rank, Duration>,
    pub drift_of: BTreeMap<Rank, Drift>,
}

/// By how much the timers of a process run longer (or, below zero, shorter), in parts per million:
/// −500,000 to 500,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Drift(i32);

impl Drift {
    /// The most in either direction: a half.
    pub const MOST: i32 = 500_000;

    /// Nothing beyond `MOST`.
    pub const fn ppm(ppm: i32) -> Option<Self> {
        if ppm.unsigned_abs() <= Self::MOST.unsigned_abs() { Some(Self(ppm)) } else { None }
    }

    /// The most in either direction, as a percentage.
    pub fn most() -> Rate {
        Rate::ppm(Self::MOST.unsigned_abs()).unwrap_or(Rate::ALWAYS)
    }

    pub const fn as_ppm(self) -> i32 {
        self.0
    }

    /// How long a timer of this length runs, rounded half up to the microsecond.
    pub fn of(self, wait: Duration) -> Duration {
        const ONE: u64 = 1_000_000;
        let millionths =
            u128::from(wait.as_us()) * u128::from(ONE.saturating_add_signed(self.0.into()));
        Duration::us(((millionths + u128::from(ONE / 2)) / u128::from(ONE)) as u64)
    }
}

/// As a percentage with its sign: `+2%`, `-0.5%`.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        write!(f, "{sign}{}", Rate::ppm(self.0.unsigned_abs()).unwrap_or(Rate::ALWAYS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drift_rounds_half_up_to_the_microsecond() {
        let drifted = |ppm, us| Drift::ppm(ppm).map(|drift| drift.of(Duration::us(us)).as_us());
        assert_eq!(drifted(20_000, 350_000), Some(357_000));
        assert_eq!(drifted(-20_000, 350_000), Some(343_000));
        assert_eq!(drifted(20_000, 25), Some(26), "25.5");
        assert_eq!(drifted(20_000, 24), Some(24), "24.48");
        assert_eq!(drifted(-500_000, 1), Some(1), "0.5");
        assert_eq!(drifted(500_000, 3_600_000_000), Some(5_400_000_000));
        assert_eq!(drifted(500_001, 1), None);
        assert_eq!(drifted(-500_001, 1), None);
    }

    #[test]
    fn a_drift_is_written_with_its_sign() {
        let written = |ppm| Drift::ppm(ppm).map(|drift| drift.to_string());
        assert_eq!(written(20_000).as_deref(), Some("+2%"));
        assert_eq!(written(-5).as_deref(), Some("-0.0005%"));
        assert_eq!(written(0).as_deref(), Some("+0%"));
    }
}
