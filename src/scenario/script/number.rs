//! Exact numbers: durations to the microsecond, rates to the millionth, counts; no float anywhere.

use super::cursor::Result;
use crate::scenario::Rate;
use crate::scenario::diagnostic::{DiagnosticKind, Failure, Suggestion, clip};
use crate::scenario::keywords::{self, KeywordMeaning, KeywordPosition};
use crate::time::Duration;
use crate::types::Rank;
use std::ops::Range;

/// A number in three parts: `1`, `5` and `s` of `1.5s`.
pub(super) struct NumberParts<'a> {
    text: &'a str,
    span: Range<usize>,
    whole: &'a str,
    decimals: &'a str,
    unit: &'a str,
}

impl<'a> NumberParts<'a> {
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

    /// With a percent sign, or with what can be meant for one.
    pub fn may_be_percentage(&self) -> bool {
        matches!(self.unit, "" | "%")
            || keywords::meaning(KeywordPosition::Unit, self.unit) == Some("%")
    }

    /// A length of time, with its own unit or the one that is lent to it.
    pub fn duration(&self, lent: Option<u64>) -> Result<Duration> {
        let micros = match self.unit {
            "" => lent.ok_or_else(|| self.no_unit())?,
            unit => unit_of_time(unit).ok_or_else(|| self.unknown_unit())?,
        };
        let too_fine = || self.fail(DiagnosticKind::TooFine { found: self.clipped() });
        self.scaled(micros, too_fine).map(Duration::us)
    }

    /// The microseconds of its unit, if it has one of time.
    pub fn micros(&self) -> Option<u64> {
        unit_of_time(self.unit)
    }

    pub fn percentage(&self) -> Result<Rate> {
        if self.unit != "%" {
            return Err(self.no_percent());
        }
        let too_fine = || self.fail(DiagnosticKind::PercentTooFine { found: self.clipped() });
        let ppm = self.scaled(10_000, too_fine)?;
        let rate = u32::try_from(ppm).ok().and_then(Rate::ppm);
        rate.ok_or_else(|| self.fail(DiagnosticKind::OverPercent { found: self.clipped() }))
    }

    /// Below 1 it is a fraction, as other programs write a rate: `0.01` is `1%`. A 1 is either.
    fn no_percent(&self) -> Box<Failure> {
        let found = self.clipped();
        let number = self.number();
        let fraction = || self.scaled(1_000_000, || self.too_large()).ok();
        let fraction = fraction().and_then(|ppm| Rate::ppm(u32::try_from(ppm).ok()?));
        let meant = match fraction {
            _ if !self.unit.is_empty() => format!("{number}%"),
            Some(Rate::ALWAYS) => {
                let meant = ["1%".to_owned(), Rate::ALWAYS.to_string()];
                return self.fail(DiagnosticKind::Ambiguous { found, meant });
            }
            Some(rate) => rate.to_string(),
            None => format!("{number}%"),
        };
        let mend = Suggestion::write(self.span.clone(), &meant);
        let meant = clip(&meant);
        self.fail(DiagnosticKind::NoPercent { found, meant }).corrected(Some(mend))
    }

    /// So many per second.
    pub fn per_second(&self) -> Result<u32> {
        let is_whole = !self.number().contains('.');
        if self.unit.eq_ignore_ascii_case("/s") && is_whole {
            return self.whole.parse().map_err(|_| self.too_large());
        }
        let is_meant = self.unit.is_empty()
            || keywords::meaning(KeywordPosition::Unit, self.unit) == Some("/s");
        let meant = (is_whole && is_meant).then(|| format!("{}/s", self.whole));
        let mend = meant.as_ref().map(|meant| Suggestion::write(self.span.clone(), meant));
        let meant = meant.as_deref().map(clip);
        Err(self
            .fail(DiagnosticKind::NotPerSecond { found: self.clipped(), meant })
            .corrected(mend))
    }

    /// Without its unit.
    fn number(&self) -> &'a str {
        &self.text[..self.text.len() - self.unit.len()]
    }

    pub fn rank(&self) -> Result<Rank> {
        let rank = self.whole.parse().ok().filter(|_| self.is_bare()).and_then(Rank::new);
        rank.ok_or_else(|| self.fail(DiagnosticKind::NoRank { found: self.clipped() }))
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

    /// Fractions of a millisecond and of a second are both written so.
    fn no_unit(&self) -> Box<Failure> {
        let found = self.clipped();
        if self.text.contains('.') {
            let meant = ["ms", "s"].map(|unit| format!("{found}{unit}"));
            return self.fail(DiagnosticKind::Ambiguous { found, meant });
        }
        let mend = Suggestion::write(self.span.clone(), &format!("{}ms", self.text));
        self.fail(DiagnosticKind::NoUnit { found }).corrected(Some(mend))
    }

    fn unknown_unit(&self) -> Box<Failure> {
        let is_time = |unit: &&str| unit_of_time(unit).is_some();
        let meant = keywords::meaning(KeywordPosition::Unit, self.unit).filter(is_time);
        let written = meant.map(|unit| format!("{}{unit}", self.number()));
        let mend = written.map(|written| Suggestion::write(self.span.clone(), &written));
        self.fail(DiagnosticKind::UnknownUnit { unit: clip(self.unit) }).corrected(mend)
    }

    fn too_large(&self) -> Box<Failure> {
        self.fail(DiagnosticKind::TooLarge { found: self.clipped() })
    }

    fn fail(&self, trouble: DiagnosticKind) -> Box<Failure> {
        Failure::new(self.span.clone(), trouble)
    }

    fn clipped(&self) -> String {
        clip(self.text)
    }
}

/// The microseconds of a unit of time.
fn unit_of_time(unit: &str) -> Option<u64> {
    match keywords::find(KeywordPosition::Unit, unit)?.key {
        KeywordMeaning::Micros(micros) => Some(micros),
        _ => None,
    }
}
