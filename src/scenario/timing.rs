//! What single processes have instead of the failure detector's timing, and how fast their clocks run.

use super::Rate;
use crate::time::Duration;
use crate::types::Rank;
use std::collections::BTreeMap;
use std::fmt;

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
