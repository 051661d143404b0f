//! Exact numbers: durations to the microsecond, rates to the millionth, counts; no float anywhere.

use super::cursor::Result;
use crate::clock::Duration;
use crate::scenario::Rate;
use crate::scenario::diagnostic::{Failure, Mend, Trouble, clip};
use crate::scenario::words::{self, Key, Kind};
use crate::vocabulary::Rank;
use std::ops::Range;

/// A number in three parts: `1`, `5` and `s` of `1.5s`.
pub(super) struct Parts<'a> {
    text: &'a str,
    span: Range<usize>,
    whole: &'a str,
    decimals: &'a str,
    unit: &'a str,
}

impl<'a> Parts<'a> {
    pub fn of(text: &'a str, span: Range<usize>) -> Self {
        let not_a_digit = |c: char| !c.is_ascii_digit();
        let (whole, rest) = text.split_at(text.find(not_a_digit).unwrap_or(text.len()));
        let (decimals, unit) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(rest.find(not_a_digit).unwrap_or(rest.len())),
            None => ("", rest),
        };
        Self { text, span, whole, decimals: decimals.trim_end_matches('0'), unit }
    }

    /// Digits alone.
    pub fn is_bare(&self) -> bool {
        self.whole.len() == self.text.len()
    }

    /// With a percent sign, or with nothing where one is missing.
    pub fn may_be_percentage(&self) -> bool {
        matches!(self.unit, "" | "%")
    }

    /// A length of time, with its own unit or the one that is lent to it.
    pub fn duration(&self, lent: Option<u64>) -> Result<Duration> {
        let micros = match self.unit {
            "" => lent.ok_or_else(|| self.no_unit())?,
            unit => unit_of_time(unit).ok_or_else(|| self.unknown_unit())?,
        };
        let too_fine = || self.fail(Trouble::TooFine { found: self.clipped() });
        self.scaled(micros, too_fine).map(Duration::us)
    }

    /// The microseconds of its unit, if it has one of time.
    pub fn micros(&self) -> Option<u64> {
        unit_of_time(self.unit)
    }

    pub fn percentage(&self) -> Result<Rate> {
        if self.unit.is_empty() {
            let found = self.clipped();
            let mend = Mend::write(self.span.clone(), &format!("{}%", self.text));
            return Err(self.fail(Trouble::NoPercent { found }).mended(Some(mend)));
        }
        let too_fine = || self.fail(Trouble::PercentTooFine { found: self.clipped() });
        let ppm = self.scaled(10_000, too_fine)?;
        let rate = u32::try_from(ppm).ok().and_then(Rate::ppm);
        rate.ok_or_else(|| self.fail(Trouble::OverPercent { found: self.clipped() }))
    }

    /// So many per second.
    pub fn per_second(&self) -> Result<u32> {
        if self.unit.eq_ignore_ascii_case("/s") && !self.text.contains('.') {
            return self.whole.parse().map_err(|_| self.too_large());
        }
        let found = clip(self.whole);
        let mend = Mend::write(self.span.clone(), &format!("{}/s", self.whole));
        Err(self.fail(Trouble::NotPerSecond { found }).mended(Some(mend)))
    }

    pub fn rank(&self) -> Result<Rank> {
        let rank = self.whole.parse().ok().filter(|_| self.is_bare()).and_then(Rank::new);
        rank.ok_or_else(|| self.fail(Trouble::NoRank { found: self.clipped() }))
    }

    /// Digits alone, no more than fit.
    pub fn count<T: std::str::FromStr>(&self) -> Result<T> {
        self.whole.parse().map_err(|_| self.too_large())
    }

    /// The value in so many times finer a unit, exactly.
    fn scaled(&self, finer: u64, too_fine: impl Fn() -> Box<Failure>) -> Result<u64> {
        let whole: u64 = self.whole.parse().map_err(|_| self.too_large())?;
        let whole = whole.checked_mul(finer).ok_or_else(|| self.too_large())?;
        // Sixty million is the largest scale, so nothing with more decimals than nine is whole.
        if self.decimals.len() > 9 {
            return Err(too_fine());
        }
        let ten_to_the = 10_u64.pow(self.decimals.len() as u32);
        let part = self.decimals.parse::<u64>().unwrap_or(0) * finer;
        if !part.is_multiple_of(ten_to_the) {
            return Err(too_fine());
        }
        whole.checked_add(part / ten_to_the).ok_or_else(|| self.too_large())
    }

    fn no_unit(&self) -> Box<Failure> {
        let mend = Mend::write(self.span.clone(), &format!("{}ms", self.text));
        self.fail(Trouble::NoUnit { found: self.clipped() }).mended(Some(mend))
    }

    fn unknown_unit(&self) -> Box<Failure> {
        let unit = self.unit.to_ascii_lowercase();
        let meant = match &*unit {
            "sec" | "secs" | "second" | "seconds" => Some("s"),
            "min" | "mins" | "minute" | "minutes" => Some("m"),
            "msec" | "msecs" | "millis" => Some("ms"),
            "µs" | "μs" | "usec" | "micros" => Some("us"),
            _ => None,
        };
        let number = &self.text[..self.text.len() - self.unit.len()];
        let mend = meant.map(|unit| Mend::write(self.span.clone(), &format!("{number}{unit}")));
        self.fail(Trouble::UnknownUnit { unit: clip(self.unit) }).mended(mend)
    }

    fn too_large(&self) -> Box<Failure> {
        self.fail(Trouble::TooLarge { found: self.clipped() })
    }

    fn fail(&self, trouble: Trouble) -> Box<Failure> {
        Failure::new(self.span.clone(), trouble)
    }

    fn clipped(&self) -> String {
        clip(self.text)
    }
}

/// The microseconds of a unit of time.
fn unit_of_time(unit: &str) -> Option<u64> {
    match words::find(Kind::Unit, unit)?.key {
        Key::Micros(micros) => Some(micros),
        _ => None,
    }
}
